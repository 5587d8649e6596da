"""Who is given what at every address, as one table: pages, lists, counts, search, exports, figures, files and forms.

The table is rights.txt. An address without a line fails, and so does a form that takes something without one.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from fadu.kernel import models
from tests.web.matrix_house import EVIDENCE, Shared, settled, shared
from tests.web.test_doors import bare
from tests.web.test_guards import ADDRESSES

__all__ = ["settled", "shared"]

# From outside nobody but the party's own officers sees the case, and they see it as a party does.
PEOPLE = {
    "nobody": "没有登录的人",
    "stranger": "另一个机关的承办人",
    "beside": "另一个机关的负责人",
    "chief": "被申请人的负责人",
    "clerk": "被申请人的经办人",
    "both": "被申请人的负责人，兼经办人",
    "officer": "本案承办人",
    "supervisor": "本机关法制监督人员",
    "admin": "系统管理员",
}
# The statuses of each cell; what they mean, the table says.
CELLS: dict[str, tuple[int, ...]] = {
    "in": (302,),
    "open": (200,),
    "sees": (200,),
    "party": (200,),
    "part": (200,),
    "none": (404,),
    "not": (403,),
    "back": (409, 422),
    "goes": (302,),
}
TABLE = Path(__file__).with_name("rights.txt").read_text(encoding="utf-8")
OF_THE_CASE = ("张三", "幸福路1号", "某日某事", "某政申〔2024〕1号", EVIDENCE, "对某事的处罚", "A-1", "依据正文")
INNER = ("副卷里的意见", "合议", "拟稿", "待审核", "呈批", "拒收内情", "第 1 步")
"""Of the inner file: what was deliberated, what is on its way to be signed, why a service was made as it was."""


@dataclass(frozen=True)
class Line:
    method: str
    address: str
    cells: dict[str, str]
    words: str


def _lines() -> list[Line]:
    found = []
    for text in TABLE.splitlines():
        if text.startswith("#") or not text:
            continue
        said, _, words = text.partition(" | ")
        method, address, *cells = said.split()
        assert len(cells) == len(PEOPLE), text
        found.append(Line(method, address, dict(zip(PEOPLE, cells, strict=True)), words.strip()))
    return found


LINES = _lines()


# ---------------------------------------------------------------- the table is whole


def _pattern(address: str) -> str:
    """The pattern that an address of the table belongs to."""
    filled = re.sub(
        r"\{(\w+)\}", lambda found: "1" if found[1] in ("case", "entry", "table", "rehearsal") else "0" * 64, address
    )
    return str(resolve(filled.partition("?")[0]).route)


def _known() -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for line in LINES:
        known.setdefault(_pattern(line.address), set()).add(line.method)
    return known


@pytest.mark.parametrize(("address", "name"), ADDRESSES)
def test_every_address_has_a_line(address: str, name: str) -> None:
    route = str(resolve(address).route)
    assert route in _known(), f"{name}: who may do what at {route} is not in the table"


def test_what_has_no_line_is_not_taken(shared: Shared) -> None:
    """Only an address with a line of its own takes a form; whether its subject is there is not told either."""
    known, client = _known(), enter("stranger")
    for address, name in ADDRESSES:
        for method in {"GET", "POST"} - known[str(resolve(address).route)]:
            assert client.generic(method, address).status_code == 405, f"{method} {name}"


# ---------------------------------------------------------------- the table holds


def enter(who: str) -> Client:
    client = Client()
    if who != "nobody":
        client.force_login(models.Officer.objects.get(username=who), "django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, line: Line, names: dict[str, str]) -> tuple[Any, str]:
    """The answer, and everything it says: text, headers, each part of a packed file; without what is new each time."""
    models.Attempt.objects.all().delete()  # nobody has asked often yet
    response: Any = client.generic(line.method, line.address.format(**names))
    content = b"".join(response.streaming_content) if response.streaming else response.content
    parts = [content]
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        parts = [packed.read(name) for name in packed.namelist()]
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    text = b"\n".join([*parts, str(headers).encode()]).decode(errors="replace")
    text = unescape(text) if len(parts) > 1 else text
    return response, re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)


def against(line: Line, who: str, response: Any, text: str) -> str:
    """What of an answer is not as the table says."""
    cell = line.cells[who]
    if missing := bare(response):
        return f"without {missing}"
    if response.status_code not in CELLS[cell]:
        return f"{response.status_code}"
    if cell == "in" and not response.url.startswith(settings.LOGIN_URL):
        return f"led to {response.url}"
    if cell in ("sees", "party") and line.words not in text:
        return f"without “{line.words}”"
    hidden = [line.words] if line.words and cell in ("open", "part") else []
    hidden += OF_THE_CASE if cell in ("in", "open", "none", "not", "goes") else ()
    hidden += INNER if who in ("clerk", "both") and cell not in ("open", "not") else ()
    return "、".join(word for word in hidden if word in text)


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_is_given_what_the_table_says(shared: Shared, who: str) -> None:
    client, absent, wrong = enter(who), shared.absent(), []
    for line in LINES:
        response, text = ask(client, line, shared.found)
        if fault := against(line, who, response, text):
            wrong.append(f"{line.method} {line.address} {line.cells[who]}: {fault}")
        if line.cells[who] == "none":
            _, missing = ask(client, line, absent)
            if plain(text, line, shared.found) != plain(missing, line, absent):
                wrong.append(f"{line.method} {line.address}: forbidden is not like absent")
        if line.address in ("/login/", "/logout/"):
            client = enter(who)
    assert "\n".join(wrong) == ""


def plain(text: str, line: Line, names: dict[str, str]) -> str:
    """A page repeats the address that the person asked for."""
    asked = line.address.format(**names)
    for shown in (quote(asked, safe=""), quote(asked), escape(asked), asked.partition("?")[0]):
        text = text.replace(shown, "")
    return text
