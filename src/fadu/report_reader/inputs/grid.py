"""What the cells of a table become: one line a row, tabulators between, merged cells undone."""

from __future__ import annotations

import re

WIDEST = 200
"""Columns: cells further right are left out, so that no merge blows a row up."""
LONGEST_LABEL = 60
_PLAIN_NUMBER = re.compile(r"[\d.,%‰ ]*")


def cell(text: str) -> str:
    """The text of one cell, in one line."""
    return " ".join(text.split())


def repeated(text: str) -> str:
    """What stands in the further rows of a cell merged over several: its name, but never its number once more."""
    return "" if len(text) > LONGEST_LABEL or _PLAIN_NUMBER.fullmatch(text) else text


def line(cells: list[str]) -> str:
    """One row."""
    return "\t".join(cells[:WIDEST])
