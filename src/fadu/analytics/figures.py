"""Figures: indicators computed over the cases and entries a session sees from inside, each with those behind it.

Sums come from the database as integers; a rate is divided when it is printed, with integers. The algorithms
are described in docs/algorithms/figures.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any, Literal

from fadu.analytics import recorded
from fadu.analytics.arithmetic import NOTHING, TWO, Precision, hundredths, median, percent
from fadu.analytics.measures import Measure, Scope, measures_of
from fadu.analytics.tables import Table, table_of
from fadu.analytics.views import made_from
from fadu.kernel import access, ledger
from fadu.kernel.access import Session
from fadu.rules.days import chinese_day
from fadu.rules.errors import Refusal
from fadu.rules.indicators import Indicator, Median, Rate, Total, Unit
from fadu.rules.registry import Registry

Part = Literal["numerator", "denominator"]
By = Literal["month", "body", "organ"]
Row = tuple[Any, ...]
"""organ, body, month, days, then a sum and a list of cases for each measure; last what a breakdown splits by."""

_KEYS = {"organ": 0, "body": 1, "month": 2}


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, [since, before)."""

    since: date
    before: date

    def __str__(self) -> str:
        last = self.before - timedelta(days=1)
        return f"{chinese_day(self.since)}至{chinese_day(last)}"

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def is_year(self) -> bool:
        """Whether it is one whole year."""
        return self == Period.year(self.since.year)

    @property
    def previous_year(self) -> Period:
        """The same days a year earlier; 29 February becomes 28 February as a first day, 1 March as an end."""
        return Period(_year_before(self.since, 28), _year_before(self.before, None))


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed figure.

    value: the count, the sum (money in 分), or the median, None when there is no case; a rate has numerator and
    denominator instead.
    cases: digest of the ids of the cases, or of the entries of a register, behind it, "sm3:…".
    among: of a breakdown's line by what it splits, and the value, "" for nothing filled in.
    """

    indicator: Indicator
    period: Period
    organ: int | None
    value: int | None
    numerator: int | None
    denominator: int | None
    cases: str
    among: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        return self.indicator.name

    @property
    def unit(self) -> str:
        return self.indicator.unit.value

    @property
    def definition(self) -> str:
        return self.indicator.definition

    def text(self) -> str:
        """The figure without its unit; a rate with its percent sign and at most two decimals."""
        if self.numerator is not None:
            return percent(self.numerator, self.denominator or 0)
        if self.value is None:
            return NOTHING
        return hundredths(self.value) if self.indicator.unit is Unit.YUAN else str(self.value)

    def __str__(self) -> str:
        text = self.text()
        return text if self.numerator is not None or text == NOTHING else f"{text}{self.unit}"

    def printed(self, precision: Precision = TWO) -> str:
        """As a report prints it: 500余人 where the indicator declares that it is rounded, else exactly."""
        if self.numerator is not None:
            return percent(self.numerator, self.denominator or 0, precision)
        rounding = getattr(self.indicator, "rounding", None)
        base = (rounding.value if rounding else 1) * (100 if self.indicator.unit is Unit.YUAN else 1)
        if rounding is None or self.value is None or self.value < base or self.value % base == 0:
            return str(self)
        whole = self.value // base * rounding.value
        return f"{whole}余{self.unit}"


@dataclass(slots=True)
class Tally:
    """What one measure came to: a count, a sum, or for a median how many cases took how many days."""

    count: int = 0
    took: Counter[int] = field(default_factory=Counter)
    cases: list[int] = field(default_factory=list)


# ---------------------------------------------------------------- computing


def compute(
    s: Session,
    registry: Registry,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    organ: int | None = None,
    recorded_before: datetime | None = None,
) -> dict[str, Figure]:
    """The figures of a period by name, one statement a system or register.

    organ: only cases in the name of that organ or handled by that body, only entries of it or of the bodies that
    serve it. recorded_before: as the record stood at that moment. Raises Refusal when the views do not fit the
    declarations (`fadu sync` makes them anew).
    """
    period = Period(period_from, period_before)
    found: dict[str, Figure] = {}
    for mine in by_source(indicators):
        rows = rows_of(s, registry, mine, period, organ, recorded_before)
        found |= gather(mine, period, organ, rows)
    return {indicator.name: found[indicator.name] for indicator in indicators}


def cases(
    s: Session,
    registry: Registry,
    indicator: Indicator,
    period_from: date,
    period_before: date,
    organ: int | None = None,
    recorded_before: datetime | None = None,
    part: Part | None = None,
) -> list[int]:
    """The ids of the cases or entries behind a figure, in order; of a rate both parts unless one is named."""
    period = Period(period_from, period_before)
    rows = rows_of(s, registry, [indicator], period, organ, recorded_before)
    return ids_in(indicator, rows, part)


def ids_in(indicator: Indicator, rows: Iterable[Row], part: Part | None = None) -> list[int]:
    """The ids of the cases in the partial sums of one indicator."""
    measures = measures_of([indicator])
    tallies = add_up(measures, rows)
    if isinstance(indicator, Rate) and part is not None:
        wanted = indicator.numerator if part == "numerator" else indicator.denominator
        return sorted(tallies[measures.index(wanted)].cases)
    return sorted({case for tally in tallies for case in tally.cases})


def compute_by(
    s: Session,
    registry: Registry,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    by: By,
    organ: int | None = None,
) -> dict[int, dict[str, Figure]]:
    """The figures of a period for each month (yyyymm), body or organ in which there was anything to count.

    By month a stock is that of the period's last day and stands under its month.
    """
    period = Period(period_from, period_before)
    found: dict[int, dict[str, Figure]] = {}
    for mine in by_source(indicators):
        rows = rows_of(s, registry, mine, period, organ, None)
        for key, figures in gather_by(mine, period, organ, rows, by).items():
            found.setdefault(key, {}).update(figures)
    return found


def by_source(indicators: Sequence[Indicator]) -> Iterator[list[Indicator]]:
    """The indicators of each system and register together."""
    for source in dict.fromkeys(indicator.source for indicator in indicators):
        yield [indicator for indicator in indicators if indicator.source == source]


def gather(
    indicators: Sequence[Indicator], period: Period, organ: int | None, rows: Iterable[Row]
) -> dict[str, Figure]:
    """The figures of one system's or register's indicators from the partial sums of `measures_of(indicators)`."""
    measures = measures_of(indicators)
    tallies = add_up(measures, rows)
    return {indicator.name: _figure(indicator, period, organ, measures, tallies) for indicator in indicators}


def gather_by(
    indicators: Sequence[Indicator], period: Period, organ: int | None, rows: Sequence[Row], by: By
) -> dict[int, dict[str, Figure]]:
    """The same for each month, body or organ among the rows."""
    place = _KEYS[by]
    keys = sorted({row[place] for row in rows})
    return {key: gather(indicators, period, organ, [row for row in rows if row[place] == key]) for key in keys}


def rows_of(
    s: Session,
    registry: Registry,
    mine: Sequence[Indicator],
    period: Period,
    organ: int | None,
    recorded_before: datetime | None = None,
    split: str | None = None,
) -> list[Row]:
    """Partial sums of what the session sees from inside, as it is or as it was recorded; all of one source."""
    table, measures = table_of(registry, mine[0].source), measures_of(mine)
    refuse_stale(s, table)
    bodies = None if s.officer is None else s.bodies
    scope = Scope(period.since, period.before, organ, bodies)
    if recorded_before is None:
        return run(s, table, measures, scope, split)
    changed = recorded.changed_since(s, table, recorded_before)
    earlier = recorded.rows(s, table, changed, recorded_before)
    unchanged = replace(scope, without=frozenset(row.pk for row in changed))
    then = recorded.run(table, earlier, compiler()(table, measures, scope, "duckdb", split=split))
    return [*run(s, table, measures, unchanged, split), *then]


@cache
def compiler() -> Callable[..., str]:
    """`statements.statement`, loaded with the first figure: it takes seconds, and most processes need none."""
    statement: Callable[..., str] = import_module("fadu.analytics.statements").statement
    return statement


def run(s: Session, table: Table, measures: Sequence[Measure], scope: Scope, split: str | None = None) -> list[Row]:
    """The statement's rows from the session's own connection."""
    return access.execute_figures(s, compiler()(table, measures, scope, split=split))[1]


def add_up(measures: Sequence[Measure], rows: Iterable[Row]) -> list[Tally]:
    """Partial sums by organ, body, month (and days) → one tally a measure. Members are optional."""
    tallies = [Tally() for _ in measures]
    width = len(measures)
    for row in rows:
        days, sums, members = row[3], row[4 : 4 + width], row[4 + width :]
        for position, measure in enumerate(measures):
            if not isinstance(measure, Median):
                tallies[position].count += sums[position]
            elif days is not None and sums[position]:
                tallies[position].took[days] += sums[position]
            tallies[position].cases += (members[position] or []) if members else []
    return tallies


def _figure(
    indicator: Indicator, period: Period, organ: int | None, measures: Sequence[Measure], tallies: Sequence[Tally]
) -> Figure:
    if isinstance(indicator, Rate):
        over, under = (tallies[measures.index(m)] for m in (indicator.numerator, indicator.denominator))
        digest = _digest([sorted(over.cases), sorted(under.cases)])
        return Figure(indicator, period, organ, None, over.count, under.count, digest)
    if isinstance(indicator, Total):
        parts = [tallies[measures.index(part)] for part in indicator.parts]
        digest = _digest([sorted(part.cases) for part in parts])
        return Figure(indicator, period, organ, sum(part.count for part in parts), None, None, digest)
    tally = tallies[measures.index(indicator)]
    value = median(tally.took) if isinstance(indicator, Median) else tally.count
    return Figure(indicator, period, organ, value, None, None, _digest(sorted(tally.cases)))


def _digest(ids: object) -> str:
    return "sm3:" + ledger.sm3(json.dumps(ids, separators=(",", ":")).encode()).hex()


def refuse_stale(s: Session, table: Table) -> None:
    """A view made from other declarations counts something else than it says."""
    query = f"SELECT obj_description(to_regclass('public.{table.view}'), 'pg_class')"
    _, rows = access.execute_figures(s, query)
    if made_from(rows[0][0]) != table.digest:
        raise Refusal("统计用的视图与现行程序声明不一致。", todo="请由管理人员运行 fadu sync，然后重试。")


def _year_before(day: date, leap: int | None) -> date:
    if (day.month, day.day) != (2, 29):
        return day.replace(year=day.year - 1)
    return date(day.year - 1, 2, leap) if leap else date(day.year - 1, 3, 1)
