"""Tables as one .xlsx file: numbers are numbers, text is text and never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | Decimal | None

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_OFFERED, _OFFERED_ROWS = "可选内容", 2000
_LONGEST_TEXT = 32_767
_THIN = Side(style="thin", color="FFAAB6C2")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFEAF0F6")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. widths: of the columns, in characters of Latin script; note: lines under the title.

    lists: for each column what its empty cells below offer, nothing for most.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    note: tuple[str, ...] = ()
    lists: tuple[tuple[str, ...], ...] = ()


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The file, one sheet for each table."""
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _put(book.create_sheet(_NO_NAME.sub(" ", sheet.title)[:_LONGEST_NAME]), sheet)
    _offer(book, sheets)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def _put(page: Worksheet, sheet: Sheet) -> None:
    _text(page.cell(1, 1), sheet.title).font = Font(bold=True, size=14)
    for number, line in enumerate(sheet.note, start=2):
        _text(page.cell(number, 1), line)
    top = len(sheet.note) + 2
    for column, label in enumerate(sheet.header, start=1):
        cell = _framed(_text(page.cell(top, column), label))
        cell.font, cell.fill = Font(bold=True), _HEAD
    for number, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            _framed(_value(page.cell(number, column), value))
    for column, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = page.cell(top + 1, 2)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.print_title_rows = f"{top}:{top}"


def _offer(book: Workbook, sheets: Sequence[Sheet]) -> None:
    """Closed lists for the cells below a table: they stand on a sheet of their own, since a rule holds few letters."""
    if not any(sheet.lists for sheet in sheets):
        return
    page = book.create_sheet(_OFFERED)
    page.sheet_state = "hidden"
    column = 0
    for sheet in sheets:
        top = len(sheet.note) + 3 + len(sheet.rows)
        for place, labels in enumerate(sheet.lists, start=1):
            if not labels:
                continue
            column += 1
            for row, label in enumerate(labels, start=1):
                _text(page.cell(row, column), label)
            letter, here = get_column_letter(column), get_column_letter(place)
            rule = DataValidation(
                "list", formula1=f"'{_OFFERED}'!${letter}$1:${letter}${len(labels)}", allow_blank=True
            )
            rule.add(f"{here}{top}:{here}{top + _OFFERED_ROWS}")
            book[_NO_NAME.sub(" ", sheet.title)[:_LONGEST_NAME]].add_data_validation(rule)


def _value(cell: XlsxCell, value: Cell) -> XlsxCell:
    if isinstance(value, str):
        return _text(cell, value)
    cell.value = value
    return cell


def _text(cell: XlsxCell, text: str) -> XlsxCell:
    """Text as typed: what begins with a sign of calculation is no formula."""
    cell.value = _CONTROL.sub("", text)[:_LONGEST_TEXT]
    cell.data_type = "s"
    return cell


def _framed(cell: XlsxCell) -> XlsxCell:
    cell.border = _BORDER
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell
