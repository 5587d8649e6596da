"""看板: numbers by body and system with their cases, and the letter by which work is urged, from sending to reply."""

from __future__ import annotations

import io
import re
from html import unescape

import openpyxl
import pytest

from fadu.domains.organisation import ROOM
from fadu.kernel import access, models
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.kernel import small
from tests.kernel.conftest import House
from tests.web.conftest import Entry, fill, text_of
from tests.web.test_lists import many, queries

PAGE = "/standing/"


@pytest.fixture
def home(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house with letters of urging beside its own procedure."""
    catalogue = Registry([small.ROOM, ROOM], load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def numbers(page: str, table: str) -> dict[str, list[str]]:
    """Name of each line → its numbers."""
    found = re.search(f'<table id="board-{table}".*?</table>', page, re.S)
    assert found
    lines = re.findall(r'<td class="lead">(?:<a[^>]*>)?([^<]+)(.*?)</tr>', found[0], re.S)
    return {name: re.findall(r">(\d+)<", rest) for name, rest in lines}


def test_work_is_counted_by_body_and_by_system(home: House, sign_in: Entry) -> None:
    home.open()
    accepted = home.open().case
    home.do("officer", accepted, "accept")
    client = sign_in("head")
    page = text_of(client.get(PAGE))
    assert numbers(page, "body")["某区司法局"][3] == "2"
    assert sum(map(int, numbers(page, "system")["小程序"][:3])) == 2
    for kind in ("normal", "soon", "overdue", "open", "done"):
        link = re.search(rf'href="(\?body=[^"]*kind={kind})"', page)
        assert link
        listed = text_of(client.get(PAGE + unescape(link[1])))
        shown = re.search(rf"{re.escape(link[0])}>(\d+)<", page)
        assert shown
        assert listed.count("/cases/") - listed.count("/cases/new/") >= int(shown[1])
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}export.xlsx").content))
    assert [row[1] for row in book["分机构"].values][-1] == 2


def test_what_was_done_late_is_told_apart(home: House, sign_in: Entry) -> None:
    case = home.open().case
    with home.session(None):
        models.Case.objects.filter(pk=case).update(closed=home.day)
    client = sign_in("head")
    assert numbers(text_of(client.get(PAGE)), "body")["某区司法局"][5:] == ["1", "1"]
    with home.session(None):
        models.Clock.objects.filter(case_id=case, ours=True).update(lapsed="breaches")
    assert numbers(text_of(client.get(PAGE)), "body")["某区司法局"][5:7] == ["1", "0"]
    assert "张三与某局" in text_of(client.get(f"{PAGE}?kind=late"))
    assert "张三与某局" not in text_of(client.get(f"{PAGE}?kind=late&from=2020-01-01&before=2021-01-01"))


def test_a_case_is_urged_and_the_organ_answers(home: House, sign_in: Entry) -> None:
    case = home.open().case
    client = sign_in("head")
    listed = text_of(client.get(f"{PAGE}?kind=open"))
    form = re.search(r'href="(/cases/new/[^"]+about=[^"]+)"', listed)
    assert form
    address = unescape(form[1])
    assert "某政申〔2024〕1号" in text_of(client.get(address))
    letter = {
        "f-matter": "尽快受理",
        "f-task": "说明没有受理的原因",
        "f-term_days": "5",
        "f-case_number": "某政申〔2024〕1号",
        "p-responsible": "1",
        "p-responsible-0-organ": str(home.organs["respondent"]),
        "body": str(home.organs["bureau"]),
    }
    wrong = fill(client, address, **letter | {"f-case_number": "没有这一号"})
    assert wrong.status_code == 422
    assert "没有这一案号的案件" in text_of(wrong)
    sent = fill(client, address, **letter)
    assert sent.status_code == 302
    board = text_of(client.get(PAGE))
    assert f'<a href="/cases/{case}/">某政申〔2024〕1号</a>' in board
    assert "办理中" in board
    number = int(sent.url.split("/")[2])
    answered = fill(sign_in("clerk"), f"/cases/{number}/steps/report_task/", **{"f-report": "已经受理"})
    assert answered.status_code == 302
    assert "待验收" in text_of(client.get(PAGE))
    assert "已经受理" in text_of(client.get(f"/cases/{number}/"))
    with home.session(None):
        assert models.Link.objects.get(case_id=number).other_id == case


def test_an_organ_is_urged_without_a_case(home: House, sign_in: Entry) -> None:
    client = sign_in("head")
    board = text_of(client.get(PAGE))
    assert "发出督办函" in board
    sent = fill(
        client,
        "/cases/new/urged_matter/assign_task/",
        **{
            "f-matter": "答复经常逾期",
            "f-task": "查明原因",
            "f-term_days": "5",
            "p-responsible": "1",
            "p-responsible-0-organ": str(home.organs["respondent"]),
            "body": str(home.organs["bureau"]),
        },
    )
    assert sent.status_code == 302
    assert "某局：答复经常逾期" in text_of(client.get(PAGE))
    with home.session(None):
        assert not models.Link.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "clerk"])
def test_only_what_is_seen_from_inside_is_counted(home: House, sign_in: Entry, who: str) -> None:
    home.open()
    page = text_of(sign_in(who).get(PAGE))
    assert "没有您能从内部查看的案件" in page
    assert "发出督办函</a>" not in page
    assert "张三与某局" not in text_of(sign_in(who).get(f"{PAGE}?kind=open"))


def test_the_number_of_queries_does_not_grow(home: House, sign_in: Entry) -> None:
    client = sign_in("head")
    home.open()
    few = [queries(client, PAGE), queries(client, f"{PAGE}?kind=open")]
    list(many(home, 60))
    assert [queries(client, PAGE), queries(client, f"{PAGE}?kind=open")] == few
    assert max(few) <= 24
    assert "下一页" in text_of(client.get(f"{PAGE}?kind=open"))
