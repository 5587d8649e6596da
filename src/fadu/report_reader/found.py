"""What the third stage finds: figures with their unit, and numbers that are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple


@dataclass(slots=True, eq=False)
class Quantity:
    """A figure in the normalised text. end: behind the raw text; tail: behind unit and qualifier.

    left, right: the words of its clause before it and behind its unit; in a table (in_table) left names row and
    column. sentence: index in the layout. step: what one in its last printed digit stands for (100 in 1.28万).
    words: what measures.words_of made of them. changed: what relations.scope.changed found in them, False before.
    """

    start: int
    end: int
    tail: int
    value: Decimal
    unit: str
    group: str
    decimals: int = 0
    high: Decimal | None = None
    qualifier: str = ""
    approx: bool = False
    sentence: int = 0
    left: str = ""
    right: str = ""
    in_table: bool = False
    step: Decimal = Decimal(1)
    words: str | None = None
    changed: re.Match[str] | Literal[False] | None = False

    @property
    def percent(self) -> bool:
        return self.unit in ("%", "‰")


class NoFigure(NamedTuple):
    """A number that is not a figure, and why; kind `未识别` when nothing fits."""

    start: int
    end: int
    kind: str


UNREAD = "未识别"
Found = Quantity | NoFigure
