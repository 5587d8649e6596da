"""Reads a file of rows: CSV with a heading line, in UTF-8 or GB18030, as office suites write it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fadu.rules.errors import BadInput

CHUNK = 1 << 20
ENCODINGS = ("utf-8-sig", "gb18030")
FIRST = 2
"""Rows are numbered as a spreadsheet shows them: the headings are row 1."""
LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that is being read. lines: how many there are at least, for the progress told."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    lines: int


@contextmanager
def sheet(path: Path) -> Iterator[Sheet]:
    """Opens a file. Raises BadInput when it is not text, has no headings, or one twice."""
    encoding, lines = _look_through(path)
    csv.field_size_limit(LONGEST)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file)
        headings = tuple(cell.strip() for cell in next(reader, []))
        twice = sorted({name for name in headings if headings.count(name) > 1})
        if not any(headings):
            raise BadInput({"file": "文件没有表头"})
        if twice:
            raise BadInput({"file": f"表头“{'、'.join(twice)}”出现了不止一次"})
        yield Sheet(headings, _rows(reader), lines)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells; empty lines are left out and counted."""
    try:
        for number, cells in enumerate(reader, start=FIRST):
            if any(cells):
                yield number, cells
    except csv.Error as fault:
        raise BadInput({"file": f"文件不是有效的 CSV：{fault}"}) from fault


def _look_through(path: Path) -> tuple[str, int]:
    """Encoding and number of lines."""
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
