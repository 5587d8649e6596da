"""A spreadsheet that somebody brings, as the rows of text that a bulk act reads: .csv in either encoding, or .xlsx.

Such tables have a title over the headings, notes, full-width digits, blanks behind words, columns that are empty. What
does not change the sense is set right here; the rest is told by the act itself.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator, Set
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from fadu.rules.errors import BadInput

LARGEST_MB = 20
UNPACKED = 400 << 20
MOST = 200_000
"""Rows that an office reads at once; more than that an administrator imports by command."""
ENCODINGS = ("utf-8-sig", "gb18030")
LOOKED_THROUGH = 15
"""Lines among which the headings are looked for."""
DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
OF_NUMBERS = re.compile(r"[\d\s，．－／：年月日,./:-]+")
IN_BRACKETS, MARKS = re.compile(r"[(\[【].*?[)\]】]"), re.compile(r"[\s*:()\[\]【】]")
DAMAGED = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, LookupError, ValueError, SyntaxError, TypeError,
    AttributeError, OSError, NotImplementedError,
)  # fmt: skip
"""What reading a workbook raises that is cut, altered or none: of malformed XML two kinds of SyntaxError."""

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows from the headings on, as CSV. above: lines of the person's own file over the headings."""

    text: str
    above: int = 0


def table_of(content: bytes, known: Collection[str]) -> Table:
    """The table in a file. known: headings that would be understood. Raises BadInput, with what to do."""
    rows = [[_plain(cell) for cell in row] for row in _rows(content)]
    above = _heading(rows, {key(one) for one in known})
    width = max(map(len, rows), default=0)
    whole = [row + [""] * (width - len(row)) for row in rows[above:]]
    used = [at for at in range(width) if any(row[at] for row in whole)]
    out = io.StringIO()
    csv.writer(out).writerows([row[at] for at in used] for row in whole)
    return Table(out.getvalue(), above)


def key(heading: str) -> str:
    """What of a heading counts: without blanks, brackets and marks."""
    return MARKS.sub("", unicodedata.normalize("NFKC", heading)) or heading


def shorter(heading: str) -> str:
    """The same without what stands in brackets."""
    return key(IN_BRACKETS.sub("", unicodedata.normalize("NFKC", heading)) or heading)


def headings(text: str) -> list[str]:
    """The headings of the file."""
    first = next(csv.reader(io.StringIO(text)), [])
    return [cell.strip() for cell in first if cell.strip()]


def _heading(rows: Rows, known: Set[str]) -> int:
    """The line that holds most known headings; where none does, the first with more than a title in it."""
    among = rows[:LOOKED_THROUGH]
    found = [sum(not known.isdisjoint((key(cell), shorter(cell))) for cell in row if cell) for row in among]
    if any(found):
        return found.index(max(found))
    return next((at for at, row in enumerate(among) if sum(bool(cell.strip()) for cell in row) > 1), 0)


def _plain(cell: str) -> str:
    """Without blanks around it, digits in their usual width; signs too, where there is nothing else."""
    text = cell.replace("\0", "").strip().translate(DIGITS)
    return unicodedata.normalize("NFKC", text) if OF_NUMBERS.fullmatch(text) else text


def _rows(content: bytes) -> Iterator[list[str]]:
    if content.startswith(b"PK\x03\x04"):
        return _workbook(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput({"file": "这是旧版 Excel 工作簿（.xls），请另存为 .xlsx 或者 CSV（UTF-8）"})
    for encoding in ENCODINGS:
        try:
            return _bounded(csv.reader(io.StringIO(content.decode(encoding), newline="")))
        except UnicodeDecodeError:
            continue
    raise BadInput({"file": "文件既不是 UTF-8 也不是 GB18030 编码的文本，请另存为 CSV（UTF-8）"})


def _bounded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        for number, row in enumerate(rows):
            if number > MOST:
                raise BadInput(
                    {"file": f"表格超过 {MOST} 行，一次读不了这样多，请分成几个文件，或者由管理员用 fadu bulk 导入"}
                )
            yield row
    except csv.Error as fault:
        raise BadInput({"file": f"文件不是有效的 CSV：{fault}"}) from fault


def _workbook(content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
        if sum(part.file_size for part in parts) > UNPACKED:
            raise BadInput({"file": "工作簿解开以后太大，没有读取：请只保留要导入的一张表，另存后再导入"})
        page = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        yield from _bounded([_cell(value) for value in row] for row in page.iter_rows(values_only=True))
    except DAMAGED as fault:
        raise BadInput({"file": "工作簿已经损坏，或者不是 .xlsx 文件，请重新另存"}) from fault


def _cell(value: object) -> str:
    """A cell as a person would type it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
