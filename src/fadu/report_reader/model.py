"""What reading a report gives: claims, relations between them, numbers that are no claims, numbers left unread."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Kinds of relations that an auditor would check."""

    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    GROWTH = "growth"
    BOUND = "bound"
    ENUMERATION = "enumeration"
    RESTATED = "restated"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.SUM: "合计",
    Kind.DIFFERENCE: "增减",
    Kind.RATIO: "比率",
    Kind.GROWTH: "增幅",
    Kind.BOUND: "部分与总数",
    Kind.ENUMERATION: "列名",
    Kind.RESTATED: "前后说法",
}


class Verdict(StrEnum):
    """What became of a check. `alternative`: true under another reading, which is said."""

    HOLDS = "holds"
    FAILS = "fails"
    ALTERNATIVE = "alternative"
    UNVERIFIABLE = "unverifiable"

    @property
    def label(self) -> str:
        return VERDICT_LABELS[self]


VERDICT_LABELS = {
    Verdict.HOLDS: "相符",
    Verdict.FAILS: "不符",
    Verdict.ALTERNATIVE: "另一口径相符",
    Verdict.UNVERIFIABLE: "无法核对",
}


@dataclass(slots=True)
class Claim:
    """One figure of a report. start, end: characters of the decoded source that its raw text covers.

    value: in the unit without its multiplier (15.2万件 is 152000 件). high: the upper end of a range, whose lower end
    is `value`. decimals: digits after the point as printed. qualifier: 余, 近, 以上 …; approx: the value is inexact.
    """

    id: str
    start: int
    end: int
    raw: str
    value: Decimal
    unit: str
    approx: bool = False
    qualifier: str = ""
    high: Decimal | None = None
    decimals: int = 0
    subject: str = ""
    measure: str = ""
    indicator: str | None = None
    period: str = ""
    sentence: str = ""
    page: int | None = None


@dataclass(slots=True)
class Relation:
    """One check. expr: over ids of claims, `stated = computed`; reason: one sentence for the reader; id: r001 …"""

    kind: Kind
    expr: str
    claims: list[str]
    computed: Decimal | None
    stated: Decimal
    verdict: Verdict
    reason: str
    reading: str = ""
    id: str = ""


class Other(NamedTuple):
    """A number that is no claim, and as what it was recognised; `unread` when as nothing."""

    start: int
    end: int
    raw: str
    kind: str


@dataclass(slots=True)
class Meta:
    """What the report says of itself; empty where it does not."""

    place: str = ""
    year: int | None = None
    issued: str = ""
    title: str = ""
    reports_to: str = ""
    rounding: str = ""


@dataclass(slots=True)
class Reading:
    """A report that was read. numbers: how many numbers the text has; claims, others and unread are all of them."""

    source: str
    claims: list[Claim] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    unread: list[Other] = field(default_factory=list)
    meta: Meta = field(default_factory=Meta)

    @property
    def findings(self) -> list[Relation]:
        """Relations that a publisher should be asked about."""
        return [one for one in self.relations if one.verdict in (Verdict.FAILS, Verdict.ALTERNATIVE)]
