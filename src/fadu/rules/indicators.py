"""Indicators: what is counted, among what, and which day puts a case into the period. Declared, not programmed.

Counted are cases of a system that did something in a period or are open at an end of it, or entries of a register and
their changes. Numbers are integers; a rate keeps numerator and denominator apart and is divided only when it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from fadu.rules.procedure import Clock, Items, Paper, PartyRole, Step
from fadu.rules.registers import ChangeKind

# ---------------------------------------------------------------- days


@dataclass(frozen=True, slots=True)
class DayOf:
    """The first day on which one of these steps was done (and not reversed)."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The day on which the case was opened."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The day on which the case reached a final state."""


Day = DayOf | Opened | Closed

# ---------------------------------------------------------------- conditions


@dataclass(frozen=True, slots=True)
class Did:
    """At least one of the steps was done."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The case's counted outcome is one of these codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactIs:
    """An indexed fact of the case, or of the entry of a register, has one of these values."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """The clock was answered within its (extended, unpaused) period."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class Missed:
    """The clock ran out or was answered late; of several of one name, one of them."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class Ran:
    """The clock ran at all."""

    clock: Clock


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The case was handled elsewhere and is known by an import (转录)."""


@dataclass(frozen=True, slots=True)
class Before:
    """The day lies before the period: what came in earlier and is counted now."""

    day: Day


@dataclass(frozen=True, slots=True)
class Not:
    condition: Condition


Condition = Did | Outcome | FactIs | Kept | Missed | Ran | Mirrored | Before | Not

# ---------------------------------------------------------------- measures


class Unit(StrEnum):
    CASES = "件"
    PERSONS = "人"
    PAPERS = "份"
    ENTRIES = "项"
    DAYS = "天"
    PERCENT = "%"
    YUAN = "元"
    TIMES = "次"
    ATTENDANCES = "人次"
    PLACES = "个"
    POINTS = "分"


class Reach(StrEnum):
    """Whose cases and entries a figure of an organ counts: also those of all organs below it (全区), or only those in
    its own name (本级), its bodies' among them."""

    WHOLE = "whole"
    OWN = "own"


class Rounding(Enum):
    """Down to what a printed number is rounded, with 余 behind it where something was left out."""

    TENS = 10
    HUNDREDS = 100
    THOUSANDS = 1_000


class _OfSystem:
    """What is counted over the cases of a system."""

    __slots__ = ()
    system: str

    @property
    def source(self) -> str:
        """Of what it is counted: the system."""
        return self.system


class _OfRegister:
    """What is counted over the entries of a register, which never has the name of a system."""

    __slots__ = ()
    register: str

    @property
    def source(self) -> str:
        """Of what it is counted: the register."""
        return self.register


Of = Paper | PartyRole | Items
"""What of a case is counted instead of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(_OfSystem):
    """Cases of a system whose `day` lies in the period and for which every condition holds.

    of: not the cases are counted but their papers of that kind (份, without corrections), their present parties of
    that role (人), or their items: 件, 份 and 人 are different units (D18). All of a case fall on the case's day.
    """

    name: str
    label: str
    system: str
    day: Day
    where: tuple[Condition, ...] = ()
    of: Of | None = None
    unit: Unit = Unit.CASES
    definition: str
    rounding: Rounding | None = None
    reach: Reach = Reach.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(_OfSystem):
    """Sum of an indexed amount or number over the cases of a count; money is added in 分 and printed in 元."""

    name: str
    label: str
    system: str
    day: Day
    fact: str
    where: tuple[Condition, ...] = ()
    unit: Unit = Unit.YUAN
    definition: str
    rounding: Rounding | None = None
    reach: Reach = Reach.WHOLE


class At(Enum):
    """At which end of the period a stock of cases is taken: when it begins, or when it is over."""

    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending(_OfSystem):
    """Cases that are open at an end of the period: their `day` had come by then and their `until` had not."""

    name: str
    label: str
    system: str
    day: Day
    until: Day
    at: At = At.END
    where: tuple[Condition, ...] = ()
    unit: Unit = Unit.CASES
    definition: str
    rounding: Rounding | None = None
    reach: Reach = Reach.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Counts of one system put together that have no case in common: 办理 = 上年结转 + 新收."""

    name: str
    label: str
    parts: tuple[Count | Pending, ...]
    unit: Unit = Unit.CASES
    definition: str
    rounding: Rounding | None = None
    reach: Reach = Reach.WHOLE

    @property
    def source(self) -> str:
        """Of what all parts are counted."""
        return self.parts[0].source


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(_OfRegister):
    """Entries of a register that are valid on the last day of the period and for which every condition holds.

    where: `FactIs` on indexed facts of the register's model, and `Not`.
    """

    name: str
    label: str
    register: str
    where: tuple[Condition, ...] = ()
    unit: Unit = Unit.ENTRIES
    definition: str
    rounding: Rounding | None = None
    reach: Reach = Reach.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes(_OfRegister):
    """How many changes of these kinds took effect in the period, in a register.

    where: as of a stock; asked of the entry as it became by the change, or as it was until its end.
    """

    name: str
    label: str
    register: str
    kinds: tuple[ChangeKind, ...]
    where: tuple[Condition, ...] = ()
    unit: Unit = Unit.ENTRIES
    definition: str
    rounding: Rounding | None = None
    reach: Reach = Reach.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """numerator ÷ denominator, both counts with the same day or both stocks; each reading has its own name.

    own_days: each goes by a day of its own, so that it is no share and may exceed the whole (结收案比).
    """

    name: str
    label: str
    numerator: Count | Stock
    denominator: Count | Stock
    own_days: bool = False
    definition: str
    unit: Unit = Unit.PERCENT
    reach: Reach = Reach.WHOLE

    @property
    def source(self) -> str:
        """Of what both are counted."""
        return self.numerator.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Median(_OfSystem):
    """Median number of natural days from the first `since` to the first `until`, rounded down to whole days."""

    name: str
    label: str
    system: str
    day: Day
    since: Day
    until: Day
    where: tuple[Condition, ...] = ()
    definition: str
    unit: Unit = Unit.DAYS
    reach: Reach = Reach.WHOLE


Indicator = Count | Sum | Rate | Median | Pending | Total | Stock | Changes

REACHES = {Reach.WHOLE: "含下级机关", Reach.OWN: "本级"}


def reaching(indicator: Indicator, reach: Reach) -> Indicator:
    """The same with a reach that is asked for: `name@own`, `name@whole`."""
    plain = indicator.name.partition("@")[0]
    label = indicator.label if reach is indicator.reach else f"{indicator.label}（{REACHES[reach]}）"
    return replace(indicator, name=f"{plain}@{reach}", label=label, reach=reach)
