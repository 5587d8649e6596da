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
from functools import partial
from typing import Any, Literal, cast

from fadu.analytics import recorded
from fadu.analytics.arithmetic import NOTHING, TWO, Precision, hundredths, median, percent
from fadu.analytics.measures import Measure, Scope, measures_of
from fadu.analytics.statements import statement
from fadu.analytics.tables import Table, table_of
from fadu.analytics.views import made_from
from fadu.analytics.whose import EVERYBODY, Stretch, Whose, stretches
from fadu.kernel import access, ledger
from fadu.kernel.access import Session
from fadu.kernel.organs import Tree
from fadu.rules.days import chinese_day
from fadu.rules.errors import Refusal
from fadu.rules.indicators import At, Indicator, Median, Pending, Rate, Reach, Stock, Total, Unit
from fadu.rules.registry import Registry

Part = Literal["numerator", "denominator"]
By = Literal["month", "year", "body", "organ", "unit"]
"""unit: what stands directly below the organ in question, with all below it; the organ itself with its own cases."""
Row = tuple[Any, ...]
"""organ, body, month, days, then a sum and a list of cases for each measure; last what a breakdown splits by."""
Counted = Sequence[tuple[Stretch, Sequence[Row]]]
"""Partial sums, by the days on which the tree of organs was the same."""

_KEYS = {"organ": 0, "body": 1, "month": 2, "year": 2}


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, [since, before)."""

    since: date
    before: date

    def __str__(self) -> str:
        return f"{chinese_day(self.since)}至{chinese_day(self.last)}"

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last(self) -> date:
        return self.before - timedelta(days=1)

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
    whose: Whose
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
    whose: Whose = EVERYBODY,
    recorded_before: datetime | None = None,
) -> dict[str, Figure]:
    """The figures of a period by name, one statement a system or register.

    whose: only what belongs to that organ, with or without those below it as each indicator says. recorded_before:
    as the record stood at that moment. Raises Refusal when the views do not fit the declarations (`fadu sync` makes
    them anew).
    """
    period = Period(period_from, period_before)
    found: dict[str, Figure] = {}
    for mine in by_source(indicators, whose):
        found |= gather(mine, period, whose, all_rows(rows_of(s, registry, mine, period, whose, recorded_before)))
    return {indicator.name: found[indicator.name] for indicator in indicators}


def cases(
    s: Session,
    registry: Registry,
    indicator: Indicator,
    period_from: date,
    period_before: date,
    whose: Whose = EVERYBODY,
    recorded_before: datetime | None = None,
    part: Part | None = None,
) -> list[int]:
    """The ids of the cases or entries behind a figure, in order; of a rate both parts unless one is named."""
    period = Period(period_from, period_before)
    return ids_in(indicator, all_rows(rows_of(s, registry, [indicator], period, whose, recorded_before)), part)


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
    whose: Whose = EVERYBODY,
) -> dict[int, dict[str, Figure]]:
    """The figures of a period for each month (yyyymm), year, body, organ or unit in which there was anything to count.

    By month and year a stock is that of the period's last day and stands under its month.
    """
    period = Period(period_from, period_before)
    found: dict[int, dict[str, Figure]] = {}
    for mine in by_source(indicators, whose):
        counted = rows_of(s, registry, mine, period, whose, divided=by == "unit")
        for key, figures in gather_by(mine, period, whose, counted, by).items():
            found.setdefault(key, {}).update(figures)
    return found


def by_source(indicators: Sequence[Indicator], whose: Whose) -> Iterator[list[Indicator]]:
    """The indicators of each system and register that count the same organs together."""

    def key(one: Indicator) -> tuple[str, Reach | None]:
        return one.source, one.reach if whose.organ is not None else None

    for wanted in dict.fromkeys(map(key, indicators)):
        yield [indicator for indicator in indicators if key(indicator) == wanted]


def gather(indicators: Sequence[Indicator], period: Period, whose: Whose, rows: Iterable[Row]) -> dict[str, Figure]:
    """The figures of one system's or register's indicators from the partial sums of `measures_of(indicators)`."""
    measures = measures_of(indicators)
    tallies = add_up(measures, rows)
    return {indicator.name: _figure(indicator, period, whose, measures, tallies) for indicator in indicators}


def gather_by(
    indicators: Sequence[Indicator], period: Period, whose: Whose, counted: Counted, by: By
) -> dict[int, dict[str, Figure]]:
    """The same for each month, year, body, organ or unit among the rows; a unit's figures are its own."""
    groups: dict[int, list[Row]] = {}
    for stretch, rows in counted:
        for row in rows:
            groups.setdefault(_key(stretch, row, by), []).append(row)
    return {
        key: gather(indicators, period, Whose(key, whose.today) if by == "unit" else whose, groups[key])
        for key in sorted(groups)
    }


def _key(stretch: Stretch, row: Row, by: By) -> int:
    """Under what a row stands."""
    if by == "unit":
        return stretch.unit(row[0], row[1])
    key: int = row[_KEYS[by]]
    return key // 100 if by == "year" else key


def all_rows(counted: Counted) -> list[Row]:
    """Undivided."""
    return [row for _, rows in counted for row in rows]


def rows_of(
    s: Session,
    registry: Registry,
    mine: Sequence[Indicator],
    period: Period,
    whose: Whose,
    recorded_before: datetime | None = None,
    split: str | None = None,
    *,
    divided: bool = False,
) -> Counted:
    """Partial sums of what the session sees from inside, as it is or as it was recorded; all of one source."""
    table, measures = table_of(registry, mine[0].source), measures_of(mine)
    refuse_stale(s, table)
    bodies = None if s.officer is None else s.bodies
    if recorded_before is None:
        run_in = partial(run, s, table, measures, split)
    else:
        run_in = partial(_run_then, s, table, measures, split, *_earlier(s, table, recorded_before))
    tree = access.tree(s, recorded_before)
    return in_stretches(mine, period, whose, tree, lambda scope: run_in(replace(scope, bodies=bodies)), divided=divided)


def _earlier(s: Session, table: Table, before: datetime) -> tuple[frozenset[int], list[Any]]:
    """What changed since that moment, and as what it stood then: folded once a session, it is most of the work."""
    key = f"then {table.name} {before}"
    if key not in s.kept:
        changed = recorded.changed_since(s, table, before)
        rows = list(recorded.rows(s, table, changed, before))
        s.kept[key] = frozenset(row.pk for row in changed), rows
    return cast(tuple[frozenset[int], list[Any]], s.kept[key])


def _run_then(
    s: Session,
    table: Table,
    measures: Sequence[Measure],
    split: str | None,
    changed: frozenset[int],
    earlier: Sequence[Any],
    scope: Scope,
) -> list[Row]:
    """What did not change since, from the database; the others as they were."""
    then = recorded.run(table, earlier, statement(table, measures, scope, "duckdb", split=split))
    return [*run(s, table, measures, split, replace(scope, without=changed)), *then]


def in_stretches(
    mine: Sequence[Indicator],
    period: Period,
    whose: Whose,
    tree: Tree,
    run_in: Callable[[Scope], list[Row]],
    *,
    divided: bool,
) -> Counted:
    """One statement for all days on which the tree was the same; a stock is that of the first or the last of them."""
    measures, found = measures_of(mine), []
    parts = stretches(tree, whose, mine[0].reach, period.since, period.before, divided=divided)
    for part in parts:
        days = (part.since, part.before)
        rows = run_in(Scope(period.since, period.before, part.organs, part.column, days))
        left = [place for place, one in enumerate(measures) if not _counts_in(one, part is parts[0], part is parts[-1])]
        found.append((part, [_without(left, len(measures), row) for row in rows] if left else rows))
    return found


def _counts_in(measure: Measure, first: bool, last: bool) -> bool:
    """Whether a measure is counted in a stretch: what there is at an end of the period only in the one at that end."""
    if isinstance(measure, Pending):
        return first if measure.at is At.BEGIN else last
    return last or not isinstance(measure, Stock)


def _without(left: Sequence[int], width: int, row: Row) -> Row:
    """The partial sums without those of these measures."""
    found = list(row)
    for place in left:
        found[4 + place], found[4 + width + place] = 0, None
    return tuple(found)


def run(s: Session, table: Table, measures: Sequence[Measure], split: str | None, scope: Scope) -> list[Row]:
    """The statement's rows from the session's own connection."""
    return access.execute_figures(s, statement(table, measures, scope, split=split))[1]


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
    indicator: Indicator, period: Period, whose: Whose, measures: Sequence[Measure], tallies: Sequence[Tally]
) -> Figure:
    if isinstance(indicator, Rate):
        over, under = (tallies[measures.index(m)] for m in (indicator.numerator, indicator.denominator))
        digest = _digest([sorted(over.cases), sorted(under.cases)])
        return Figure(indicator, period, whose, None, over.count, under.count, digest)
    if isinstance(indicator, Total):
        parts = [tallies[measures.index(part)] for part in indicator.parts]
        digest = _digest([sorted(part.cases) for part in parts])
        return Figure(indicator, period, whose, sum(part.count for part in parts), None, None, digest)
    tally = tallies[measures.index(indicator)]
    value = median(tally.took) if isinstance(indicator, Median) else tally.count
    return Figure(indicator, period, whose, value, None, None, _digest(sorted(tally.cases)))


def _digest(ids: object) -> str:
    return "sm3:" + ledger.sm3(json.dumps(ids, separators=(",", ":")).encode()).hex()


def refuse_stale(s: Session, table: Table) -> None:
    """A view made from other declarations counts something else than it says. Asked once in a session."""
    if s.kept.setdefault("views", {}).get(table.view) == table.digest:
        return
    query = f"SELECT obj_description(to_regclass('public.{table.view}'), 'pg_class')"
    _, rows = access.execute_figures(s, query)
    if made_from(rows[0][0]) != table.digest:
        raise Refusal("统计用的视图与现行程序声明不一致。", todo="请由管理人员运行 fadu sync，然后重试。")
    s.kept["views"][table.view] = table.digest


def _year_before(day: date, leap: int | None) -> date:
    if (day.month, day.day) != (2, 29):
        return day.replace(year=day.year - 1)
    return date(day.year - 1, 2, leap) if leap else date(day.year - 1, 3, 1)
