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


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars by its name; None where there is no number."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Whole numbers as columns, side by side; caption: printed below with its own number (图1)."""

    caption: str
    places: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def top(self) -> int:
        """The end of the axis: even, and at least two."""
        numbers = [value for one in self.series for value in one.values if value]
        return max(2, (most := max(numbers, default=0)) + most % 2)


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: named below the text, printed on pages of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """核验码 of a paper and the address that its picture opens; without one the picture holds the code."""

    code: str
    address: str = ""

    @property
    def said(self) -> str:
        """What the picture holds."""
        return self.address or self.code

    @property
    def lines(self) -> tuple[str, str]:
        """The words printed beside the picture."""
        how = "扫描二维码" if self.address else "在本机关网上服务中输入核验码"
        return f"核验码　{self.code}", f"{how}，可以核验本文书"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper.

    title: its lines, divided by a line feed; recipient: 主送机关 without colon; signature, date: 署名 and
    成文日期 as printed; notes: 附注, each printed in brackets below the date; mark: printed above every page (演示);
    footer: 版记 at the foot of the last page, line by line (what follows a tab stands at the right edge);
    check: printed small below the type area of every page; on a screen, whoever shows the paper shows it.
    """

    title: str
    blocks: tuple[Block, ...]
    number: str | None = None
    recipient: str | None = None
    signature: str | None = None
    date: str | None = None
    mark: str | None = None
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    footer: tuple[str, ...] = ()
    check: Check | None = None

    @property
    def attachment_names(self) -> tuple[str, ...]:
        """As they are listed below the text: one without a number, several with."""
        names = [one.title for one in self.attachments]
        return tuple(f"{number}. {name}" for number, name in enumerate(names, 1)) if len(names) > 1 else tuple(names)


def heading_level(text: str) -> int | None:
    """The level that the heading's own number shows; nothing when it has none."""
    return next((level for level, form in enumerate(_LEVELS, start=1) if form.match(text)), None)


def plain(runs: Iterable[Run]) -> str:
    """The bare text of some runs."""
    return "".join(run.text for run in runs)
