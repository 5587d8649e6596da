"""From the headings of a file to what they mean, and from cells to values as a form has them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol

from fadu.infra.table_file import RUN
from fadu.kernel import models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput
from fadu.rules.facts import FactField

IGNORED = "-"
"""What a column is mapped to that is not imported."""
DAY = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?")
JOINED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
SERIAL = re.compile(r"[2-6]\d{4}")
"""A day as spreadsheets count it, where a cell lost its form: 45352 is 2024-03-01."""
EPOCH = date(1899, 12, 30)
YES = {"是": True, "否": False, "true": True, "false": False}
SEPARATORS = re.compile(r"[、,，;；]")
NAMES = re.compile(r'"([^"]+)"|([^、,，;；"]+)')
"""Names in a cell: one after the other, in quotation marks where a name has a separator in it."""
NOT_IN_CELLS = ("files", "list")

Convert = Callable[[str], Any]
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A row read. body: what it says, whose canonical form is a leaf of the import's tree; derived: what follows."""

    body: dict[str, Any]
    derived: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a column may hold, for who fills it in. labels: of a closed list."""

    kind: str = "文字"
    labels: tuple[str, ...] = ()
    hint: str = ""


A_DAY = About("日期，如 2024-03-01")
KINDS = {
    "date": A_DAY.kind, "number": "整数", "money": "金额（元）", "bool": "是或者否", "choice": "选一项",
    "choices": "一项或者几项，以顿号分开",
}  # fmt: skip


class Target(Protocol):
    """What a file is imported into."""

    kind: str
    name: str
    label: str
    organ: int | None
    updates: bool
    """Whether rows may be about what is there already, as imports told it, and then change it."""

    def options(self) -> dict[str, Any]:
        """What else must be known to read the file again, as the event tells it."""
        ...

    def columns(self) -> Mapping[str, str]:
        """Heading → what it means (`fact:code`, `since`), everything that a file may bring."""
        ...

    def about(self) -> Mapping[str, About]:
        """Heading → what it may hold."""
        ...

    def required(self) -> Sequence[str]:
        """The headings that must be there."""
        ...

    def made(self, cells: Cells) -> Made:
        """A row from its cells, by meaning, empty ones left out. Raises BadInput by meaning."""
        ...

    def role(self, s: Session) -> str:
        """The role under which the session imports. Raises NotAllowed."""
        ...

    def stream(self) -> models.Stream:
        """The chain on which the import is an event, locked."""
        ...

    def conflict(self, about: str, since: str) -> tuple[str, str]:
        """Meaning of the column, and the sentence for a row that contradicts another (since: the other's day)."""
        ...


def said_of(bulk: models.Bulk) -> dict[str, Any]:
    """What the import's event says: digest, rows, root, columns, options."""
    kept = models.EventValue.objects.filter(stream_id=bulk.stream_id, position=bulk.position).first()
    said: dict[str, Any] = json.loads(kept.value) if kept and kept.value else {}
    return said


def mapped(target: Target, headings: Iterable[str], said: Mapping[str, str]) -> dict[str, str]:
    """Heading → meaning for every column of a file. said: what a person said a heading means, or IGNORED.

    Raises BadInput that names every unknown, missing or double column.
    """
    known = target.columns()
    meanings = {heading: said.get(heading) or known.get(heading, "") for heading in headings}
    faults: dict[str, str] = {}
    for heading, meaning in meanings.items():
        if meaning != IGNORED and meaning not in known.values():
            faults[heading] = f"不认识的列“{heading or '（空）'}”"
    for heading in said.keys() - meanings.keys():
        faults[heading] = f"文件中没有列“{heading}”"
    for meaning in {m for m in meanings.values() if m != IGNORED and list(meanings.values()).count(m) > 1}:
        faults[meaning] = "、".join(f"“{h}”" for h, m in meanings.items() if m == meaning) + "是同一项内容"
    missing = [heading for heading in target.required() if known[heading] not in meanings.values()]
    faults |= {heading: f"缺少列“{heading}”" for heading in missing}
    if faults:
        raise BadInput(dict(sorted(faults.items(), key=lambda entry: entry[1])))
    return meanings


def names_in(cell: str) -> list[str]:
    """The names that a cell holds."""
    found = ((quoted or plain).strip() for quoted, plain in NAMES.findall(cell))
    return [name for name in found if name]


def quoted(name: str) -> str:
    """A name as it stands in a cell."""
    return f'"{name}"' if SEPARATORS.search(name) else name


def plain(cell: str) -> str:
    """What a cell says, without the apostrophe that tables bear before what a spreadsheet would run."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(RUN) else text


@lru_cache(maxsize=1 << 14)
def day(text: str) -> str:
    """A day as people write it, as ISO text; what is none stays as it is, for the form to refuse."""
    if SERIAL.fullmatch(text):
        return (EPOCH + timedelta(days=int(text))).isoformat()
    found = DAY.fullmatch(text) or JOINED.fullmatch(text)
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else text


def converter(field: FactField) -> Convert | None:
    """How a cell becomes a form's value; None for what no cell can hold."""
    if field.widget in NOT_IN_CELLS:
        return None
    match field.widget:
        case "date":
            return day
        case "bool":
            return lambda text: YES.get(text.lower(), text)
        case "number":
            return lambda text: text.replace(",", "")
        case "choice":
            codes = _codes(field)
            return lambda text: codes.get(text, text)
        case "choices":
            codes = _codes(field)
            return lambda text: [codes.get(one, one) for one in names_in(text)]
        case _:
            return lambda text: text


def _codes(field: FactField) -> dict[str, str]:
    return {member.label: member.value for member in field.choices} if field.choices else {}


def fact_columns(fields: Mapping[str, FactField]) -> dict[str, str]:
    """Heading → meaning of every fact that a cell can hold."""
    return {field.fact.label: f"fact:{name}" for name, field in fields.items() if converter(field)}


def about_facts(fields: Mapping[str, FactField]) -> dict[str, About]:
    """What the column of each fact may hold."""
    return {
        one.fact.label: About(
            KINDS.get(one.widget, "文字"), tuple(_codes(one)) or (tuple(YES)[:2] if one.widget == "bool" else ()),
            one.fact.hint,
        )
        for one in fields.values()
    }  # fmt: skip


def facts_of(cells: Cells, converters: Mapping[str, tuple[str, Convert]]) -> dict[str, Any]:
    """The cells that are facts, by name, as a form has them."""
    return {
        converters[meaning][0]: converters[meaning][1](text) for meaning, text in cells.items() if meaning in converters
    }


def converters_of(fields: Mapping[str, FactField]) -> dict[str, tuple[str, Convert]]:
    """Meaning → name of the fact and how its cell is read."""
    return {f"fact:{name}": (name, convert) for name, field in fields.items() if (convert := converter(field))}


def by_meaning(fault: BadInput) -> BadInput:
    """A form's refusal, with facts named as columns name them."""
    return BadInput({f"fact:{name}": said for name, said in fault.fields.items()})
