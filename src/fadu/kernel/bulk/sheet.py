"""Reads a file of rows: CSV with a heading line, in UTF-8 or GB18030, as office suites write it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from fadu.rules.errors import BadInput

CHUNK = 1 << 20
ENCODINGS = ("utf-8-sig", "gb18030")
FIRST = 2
"""Rows are numbered as a spreadsheet shows them: the headings are row 1."""
LONGEST = 1 << 20
MOST = 2_000_000
"""Rows of one file: its act keeps others of the same chain waiting until all of it is written."""
OTHERWISE = {
    b"PK\x03\x04": "这是 Excel 工作簿（.xlsx），请在表格软件中另存为 CSV（UTF-8）",
    b"\xd0\xcf\x11\xe0": "这是旧版 Excel 工作簿（.xls），请在表格软件中另存为 CSV（UTF-8）",
    b"\xff\xfe": "文件是 UTF-16 编码（“Unicode 文本”），请另存为 CSV（UTF-8）",
    b"\xfe\xff": "文件是 UTF-16 编码（“Unicode 文本”），请另存为 CSV（UTF-8）",
}
"""First bytes of what people take for a CSV file, and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that is being read. lines: how many there are at least, for the progress told."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    lines: int


@contextmanager
def sheet(path: Path) -> Iterator[Sheet]:
    """Opens a file. Raises BadInput when it is not text, is too long, has no headings, or one twice."""
    encoding, lines = _look_through(path)
    csv.field_size_limit(LONGEST)
    with path.open(encoding=encoding, newline="") as file:
        if lines > MOST and sum(1 for _ in islice(csv.reader(file), MOST + FIRST)) > MOST + 1:
            raise BadInput({"file": f"文件超过{MOST}行，一次导入不了这样多：请分成几个文件，逐个导入"})
        file.seek(0)
        reader = csv.reader(file)
        headings = _headings(next(reader, []))
        yield Sheet(headings, _rows(reader, len(headings)), lines)


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings, without empty columns behind the last one."""
    found = [cell.strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    if not found:
        raise BadInput({"file": "文件没有表头"})
    empty = [str(place) for place, name in enumerate(found, start=1) if not name]
    if empty:
        told = f"第{'、'.join(empty)}列没有表头"
        raise BadInput({"file": f"{told}：表头应当只占第一行，合并过的单元格、标题行请先取消合并、删去"})
    twice = sorted({name for name in found if found.count(name) > 1})
    if twice:
        raise BadInput({"file": f"表头“{'、'.join(twice)}”出现了不止一次，请改名或者删去多余的一列"})
    return tuple(found)


def _rows(reader: Iterator[list[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells; empty lines are left out and counted, empty cells behind the last column cut off."""
    try:
        for number, cells in enumerate(reader, start=FIRST):
            if any(cells):
                yield number, cells[:width] if not any(cells[width:]) else cells
    except csv.Error as fault:
        raise BadInput({"file": f"文件不是有效的 CSV：{fault}"}) from fault


def _look_through(path: Path) -> tuple[str, int]:
    """Encoding and number of lines."""
    with path.open("rb") as file:
        first = file.read(4)
    for start, said in OTHERWISE.items():
        if first.startswith(start):
            raise BadInput({"file": said})
    for encoding in ENCODINGS:
        decoder, lines = codecs.getincrementaldecoder(encoding)(), 0
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    decoder.decode(chunk)
                    lines += chunk.count(b"\n")
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding, lines
    raise BadInput({"file": "文件既不是 UTF-8 也不是 GB18030 编码的文本，请另存为 CSV（UTF-8）"})
