"""What every import page does: read a file, propose what its columns mean, try it, tell each row's fault beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpRequest

from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import bulk
from fadu.kernel.access import Session
from fadu.kernel.bulk import IGNORED, About, Fault, Faulty, Line, Outcome, Target
from fadu.rules.errors import BadInput
from fadu.rules.uploads import clean_name
from fadu.web.workbench import row_file
from fadu.web.workbench.row_file import key

SHOWN = 500
MOST_LABELS = 60
SEVERAL = "一项或者几项"
"""What the kind of a column begins with that takes several of its list: a rule of the sheet would refuse them."""
LIKE = 0.8
FIRST_ROW = 2
"""Rows of a table are numbered as spreadsheets do; the headings are the first."""


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of the file, and what it is taken for. guessed: by likeness only, to be looked at."""

    heading: str
    meaning: str
    guessed: bool = False


@dataclass(slots=True)
class Brought:
    """A file on its way in. above: lines over its headings; said: heading → meaning, where the person said it."""

    text: str = ""
    name: str = ""
    above: int = 0
    said: dict[str, str] = field(default_factory=dict)

    def columns(self, target: Target, before: Mapping[str, str]) -> list[Column]:
        """What each column is taken for: as said, as named, as in earlier imports (before), else what is most alike."""
        known = target.columns()
        by_key = {key(heading): meaning for heading, meaning in known.items()}
        heads = row_file.headings(self.text)
        sure = {
            one: self.said[one] if one in self.said else known.get(one) or before.get(one) or by_key.get(key(one), "")
            for one in heads
        }
        free = {name: meaning for name, meaning in by_key.items() if meaning not in sure.values()}
        found = []
        for one in heads:
            like = (
                [] if sure[one] or one in self.said else get_close_matches(row_file.shorter(one), list(free), 1, LIKE)
            )
            found.append(Column(one, free.pop(like[0]) if like else sure[one], bool(like)))
        return found

    def run(self, s: Session, target: Target, columns: Sequence[Column], *, check: bool) -> Outcome:
        """Raises what a bulk act raises; a check leaves nothing."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.write_text(self.text, encoding="utf-8", newline="")
            said = {one.heading: one.meaning for one in columns if one.meaning}
            return bulk.run(s, target, path, said=said, check=check)


def read(request: HttpRequest, target: Target, before: Mapping[str, str]) -> Brought:
    """What was sent. Raises BadInput."""
    given = request.POST
    upload: Any = request.FILES.get("file")
    if upload is None and given.get("text"):
        above = given.get("above", "")[:6]
        brought = Brought(given["text"], clean_name(given.get("name", "")), int(above) if above.isdecimal() else 0)
        places = {f"column-{at}": one for at, one in enumerate(row_file.headings(brought.text))}
        brought.said = {one: given[box] for box, one in places.items() if box in given}
        return brought
    table = row_file.table_of(upload, {*target.columns(), *before})
    return Brought(table.text, f"{Path(upload.name or '').stem[:80] or '表格'}.csv", table.above)


@dataclass(slots=True)
class Tried:
    """What a try came to. told: what is wrong with the whole; faults: of rows, numbered as in the person's."""

    outcome: Outcome | None = None
    told: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    number: int = 0
    lines: Sequence[Line] = ()

    @property
    def bad(self) -> bool:
        return bool(self.told or self.faults)

    @property
    def shown(self) -> list[Fault]:
        return self.faults[:SHOWN]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows are new, changed, as they were."""
        found = [(one.label, sum(line.result is one for line in self.lines)) for one in bulk.Result]
        return [(label, number) for label, number in found if number]


def tried(s: Session, brought: Brought, target: Target, columns: Sequence[Column], *, check: bool) -> Tried:
    """Runs the import, or tries it; refusals become what the page tells."""
    try:
        outcome = brought.run(s, target, columns, check=check)
    except Faulty as refused:
        faults = [Fault(one.row + brought.above, one.column, one.said) for one in refused.faults]
        return Tried(faults=faults, number=refused.count, lines=refused.lines)
    except BadInput as refused:
        return Tried(told=list(refused.fields.values()))
    return Tried(outcome, lines=outcome.lines)


def report(brought: Brought, what: Tried) -> bytes:
    """The rows as they were read, with what is wrong, or what becomes of each, beside them, as .xlsx."""
    said: dict[int, list[str]] = {}
    for fault in what.faults:
        said.setdefault(fault.row, []).append(f"{fault.column}：{fault.said}" if fault.column else fault.said)
    for line in what.lines:
        if line.row and line.result is not bulk.Result.FAULTY:
            became = [line.result.label, line.said] if line.said else [line.result.label]
            said.setdefault(line.row + brought.above, []).append("：".join(became))
    first, *rows = csv.reader(io.StringIO(brought.text)) if brought.text else ([],)
    table: list[tuple[str | int, ...]] = [
        (number, "；".join(said.get(number, ())), *row)
        for number, row in enumerate(rows, start=FIRST_ROW + brought.above)
        if any(row)
    ]
    widths = (8, 60, *(18 for _ in first))
    return to_xlsx([Sheet("逐行结果", ("行号", "结果", *first), tuple(table), widths)])


def choices(target: Target) -> list[tuple[str, str]]:
    """What a column may be taken for."""
    return [*((meaning, heading) for heading, meaning in target.columns().items()), (IGNORED, "不导入")]


def template(target: Target) -> bytes:
    """An empty table with the headings of a target, those that must be there first, and what each column may hold."""
    needed, about = list(target.required()), target.about()
    heads = [*needed, *(one for one in target.columns() if one not in needed)]
    known = [about.get(one, About()) for one in heads]
    lists = tuple(one.labels if not one.kind.startswith(SEVERAL) else () for one in known)
    note = ("从第三行的列名起保留；前面几列必须填写，用不着的列可以删去。可选的内容和填法见“填写说明”。",)
    rows = tuple(
        (head, "必填" if head in needed else "", one.kind, one.hint, "、".join(one.labels[:MOST_LABELS]))
        for head, one in zip(heads, known, strict=True)
    )
    told = Sheet("填写说明", ("列名", "", "填什么", "说明", "可选内容"), rows, (24, 8, 26, 40, 80))
    return to_xlsx([Sheet(target.label, tuple(heads), (), (18,) * len(heads), note, lists), told])
