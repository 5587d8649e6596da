"""Figures, checks and numbers left unread of one or many reports as .xlsx, written row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from fadu.report_reader.inputs import Loaded
from fadu.report_reader.model import Claim, Reading
from fadu.report_reader.output.as_json import number

Row = list[str | int | float | None]
Rows = Sequence[Iterable[Row]]
Sheets = tuple[tuple[str, tuple[str, ...]], ...]
"""Title and head of each sheet."""

SHEETS: Sheets = (
    ("数字", ("文件", "编号", "原文", "数值", "单位", "限定词", "约数", "事项", "对象", "期间", "所在句")),
    ("核对", ("文件", "编号", "种类", "结论", "算式", "算得", "文中", "说明", "口径")),
    ("没有读懂", ("文件", "位置", "原文")),
)
MOST_ROWS = 1_000_000
"""Of a sheet, below what .xlsx allows: what is more goes on the next."""
_FORMULA = re.compile(r"[=#]")


def rows_of(file: str, reading: Reading, loaded: Loaded) -> Rows:
    """The rows of one report for each of the sheets."""
    claims: list[Row] = [[file, *_figure(c)] for c in reading.claims]
    relations: list[Row] = [
        [file, r.id, r.kind.label, r.verdict.label, r.expr, number(r.computed), number(r.stated), r.reason, r.reading]
        for r in reading.relations
    ]
    unread: list[Row] = [[file, one.start, one.raw] for one in reading.unread]
    return claims, relations, unread


def workbook(sheets: Sheets, rows: Rows) -> bytes:
    """A file that is small enough to be made at once."""
    book, out = ReportBook(sheets), io.BytesIO()
    book.add(rows)
    book.save(out)
    return out.getvalue()


def _figure(c: Claim) -> Row:
    approx = "是" if c.approx else ""
    return [c.id, c.raw, number(c.value), c.unit, c.qualifier, approx, c.measure, c.subject, c.period, c.sentence]


class ReportBook:
    """A workbook of many reports, kept on the disk while it grows."""

    def __init__(self, titles: Sheets = SHEETS) -> None:
        self.book = Workbook(write_only=True)
        self.titles = titles
        self.sheets = [self._sheet(place) for place in range(len(titles))]
        self.used = [0] * len(titles)

    def _sheet(self, place: int) -> Any:
        title, head = self.titles[place]
        sheet = self.book.create_sheet(title)
        sheet.freeze_panes = "A2"
        cells = [WriteOnlyCell(sheet, text) for text in head]
        for cell in cells:
            cell.font = Font(bold=True)
        sheet.append(cells)
        return sheet

    def add(self, rows: Rows) -> None:
        for place, listed in enumerate(rows):
            for row in listed:
                if self.used[place] == MOST_ROWS:
                    self.sheets[place], self.used[place] = self._sheet(place), 0
                self.sheets[place].append(list(_cells(self.sheets[place], row)))
                self.used[place] += 1

    def save(self, path: Path | IO[bytes]) -> None:
        self.book.save(path)


def _cells(sheet: Any, row: Row) -> Iterable[Any]:
    """Texts that look like formulas stay texts; signs that the format does not know are left out."""
    for value in row:
        if not isinstance(value, str):
            yield value
            continue
        text = ILLEGAL_CHARACTERS_RE.sub("", value)
        if not _FORMULA.match(text):
            yield text
            continue
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        yield cell
