"""Tables as .csv files that spreadsheets open in Chinese: UTF-8 with its mark, no cell that would be run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

MARK = "\ufeff"
RUN = ("=", "+", "-", "@", "\t", "\r")


class _Writes(Protocol):
    def write(self, text: str, /) -> object: ...


def write_rows(file: _Writes, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Writes heading and rows; returns how many rows there were."""
    count = 0
    file.write(MARK)
    writer = csv.writer(file)
    writer.writerow(headings)
    for count, row in enumerate(rows, start=1):  # noqa: B007  # the last number is the count
        writer.writerow([safe(cell) for cell in row])
    return count


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """The same as a file, readable by its owner only."""
    with path.open("w", encoding="utf-8", newline="") as file:
        path.chmod(0o600)
        return write_rows(file, headings, rows)


def safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return "'" + cell if cell.startswith(RUN) else cell
