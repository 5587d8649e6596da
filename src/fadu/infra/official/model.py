"""What an official document consists of, without a word about how it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_NUMERALS = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"[{_NUMERALS}]+、"),
    re.compile(rf"（[{_NUMERALS}]+）"),
    re.compile(r"\d+[.．]"),
    re.compile(r"[(（]\d+[)）]"),
)
"""The four forms of headings, in order: 一、 （一） 1. (1)."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. link: where it leads on a screen; a printed paper shows the text alone."""

    text: str
    bold: bool = False
    link: str | None = None
    kind: Literal["text", "figure"] = "text"


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4. runs: text that follows it in the same paragraph."""

    level: int
    text: str
    runs: Runs = ()

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading has a level from 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as the others, the header included."""

    rows: tuple[tuple[Runs, ...], ...]
    header: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.rows} | ({len(self.header)} if self.header else set())
        if len(widths) != 1 or widths == {0}:
            raise ValueError("the rows of a table have the same number of cells, and at least one")


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper.

    title: its lines, divided by a line feed; recipient: 主送机关 without colon; signature, date: 署名 and
    成文日期 as printed; mark: printed above every page (演示); footer: 版记, line by line.
    """

    title: str
    blocks: tuple[Block, ...]
    number: str | None = None
    recipient: str | None = None
    signature: str | None = None
    date: str | None = None
    mark: str | None = None
    footer: tuple[str, ...] = ()


def heading_level(text: str) -> int | None:
    """The level that the heading's own number shows; nothing when it has none."""
    return next((level for level, form in enumerate(_LEVELS, start=1) if form.match(text)), None)


def plain(runs: Iterable[Run]) -> str:
    """The bare text of some runs."""
    return "".join(run.text for run in runs)
