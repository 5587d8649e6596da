"""What a period of law is: units, kinds, dated values, statutes, and the refusals of the law library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fadu.rules.errors import FaduError


class Unit(StrEnum):
    """In what a length is counted."""

    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"


class Kind(StrEnum):
    """What a length means.

    max: to be done within; min: lasts at least; range: from amount_min to amount; lead: to be done so long
    before the trigger; date: by a day of the calendar; validity: effect ends by itself; window: may be done
    within, or counted over; frequency: once in each; by_paper: the law gives no number, a paper sets it.
    """

    MAX = "max"
    MIN = "min"
    RANGE = "range"
    LEAD = "lead"
    DATE = "date"
    VALIDITY = "validity"
    WINDOW = "window"
    FREQUENCY = "frequency"
    BY_PAPER = "by_paper"


class Roll(StrEnum):
    """Whether a last day that is a holiday moves to the next working day."""

    NEXT = "next"
    NONE = "none"


class Transition(StrEnum):
    """Which version a running case follows: that of each period's trigger day, or that of its opening."""

    BY_TRIGGER = "by_trigger"
    BY_CASE = "by_case"


UNIT_WORDS: Mapping[Unit, str] = {
    Unit.DAY: "日",
    Unit.WORKDAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
    Unit.HOUR: "小时",
}

KIND_WORDS: Mapping[Kind, str] = {
    Kind.MAX: "期限",
    Kind.MIN: "最短",
    Kind.RANGE: "区间",
    Kind.LEAD: "提前",
    Kind.DATE: "日历日",
    Kind.VALIDITY: "有效期",
    Kind.WINDOW: "时段",
    Kind.FREQUENCY: "频次",
    Kind.BY_PAPER: "由文书定",
}

NEVER_ROLLS = frozenset(set(Kind) - {Kind.MAX, Kind.RANGE})
"""Kinds whose end is no last day for doing something, or that count backwards: they do not move."""


class PauseKind(StrEnum):
    """What a pause does to a clock (L8)."""

    STAYS = "stays"
    RESTARTS = "restarts"
    EXCLUDED = "excluded"

    @property
    def label(self) -> str:
        return {"stays": "中止（剩余期限保留）", "restarts": "重新计算", "excluded": "扣除"}[self.value]


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How a period may be prolonged; amount None: the law sets no ceiling; times None: no number of times."""

    amount: int | None
    unit: Unit | None
    times: int | None
    approver: str | None
    condition: str | None

    @property
    def in_words(self) -> str:
        """可延长30日，1次；批准：…；条件：…"""
        length = f"{self.amount}{UNIT_WORDS[self.unit]}" if self.amount is not None and self.unit else "（未定上限）"
        parts = [f"可延长{length}" + (f"，{self.times}次" if self.times else "")]
        if self.approver:
            parts.append(f"批准：{self.approver}")
        if self.condition:
            parts.append(f"条件：{self.condition}")
        return "；".join(parts)


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated value of a period, in force from `since` until the day before `before`."""

    statute: str
    version: str
    period: str
    kind: Kind
    amount: int | None
    amount_min: int | None
    unit: Unit | None
    month_day: str | None
    article: str
    since: date | None
    before: date | None
    roll: Roll
    verified: bool
    place: str | None
    sector: str | None
    actor: str
    trigger: str
    act: str
    note: str
    extension: ExtensionRule | None
    excluded: str | None

    @property
    def cite(self) -> str:
        """《行政复议法》（2023）第三十条第一、二款; of a length that a paper sets, its article alone."""
        if not self.version:
            return self.article
        return f"《{self.statute}》（{self.version}）{self.article}"

    @property
    def in_words(self) -> str:
        """The length as a lawyer says it: 10个工作日, 至少提前7日, 每年1月31日前."""
        if self.month_day is not None:
            return _date_in_words(self.month_day)
        if self.amount is None or self.unit is None:
            return "由文书确定"
        length = f"{self.amount}{UNIT_WORDS[self.unit]}"
        match self.kind:
            case Kind.MIN:
                return f"不少于{length}"
            case Kind.LEAD:
                return f"提前{length}"
            case Kind.RANGE:
                return f"{self.amount_min}至{length}"
            case Kind.FREQUENCY:
                return f"每{length}"
            case _:
                return length

    def in_force(self, on: date) -> bool:
        """True if `on` lies in the half-open interval [since, before)."""
        return (self.since is None or self.since <= on) and (self.before is None or on < self.before)


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a statute, as it was read; values may bear an older day where amendments left them alone."""

    label: str
    title: str
    since: date | None
    before: date | None


@dataclass(frozen=True, slots=True)
class Statute:
    """A statute with its versions, its own rules of time, and its periods, each a series of dated values."""

    title: str
    slug: str
    full_title: str
    aliases: tuple[str, ...]
    place: str | None
    sector: str | None
    successor: str | None
    versions: tuple[Version, ...]
    transition: Transition
    transition_basis: str
    roll: Roll
    roll_basis: str
    periods: Mapping[str, tuple[Rule, ...]]


@dataclass(frozen=True, slots=True)
class LocalSetting:
    """A figure nobody has read in a source: a proposal, in force nowhere until an office confirms it."""

    name: str
    proposed: str
    statute: str
    article: str | None
    place: str | None
    actor: str
    trigger: str
    act: str
    reason: str
    confirmed: str | None


class LawError(FaduError):
    """Base of what the law library refuses."""

    code = "law"


class BadLawFile(LawError):
    """A law file that does not hold: the sentence names the file and the period."""

    code = "bad_law_file"


class UnknownPeriod(LawError):
    """A statute or a period of which the library knows nothing."""

    code = "unknown_period"


class UnknownStatute(UnknownPeriod):
    code = "unknown_statute"


class NotInForce(LawError):
    """A known period without a value for that day, place or sector."""

    code = "not_in_force"


def _date_in_words(month_day: str) -> str:
    parts = [int(part) for part in month_day.split("-")]
    if len(parts) == 3:
        return f"{parts[0]}年{parts[1]}月{parts[2]}日"
    return f"每年{parts[0]}月{parts[1]}日"
