"""Indicators of one system as ONE Ibis expression over its table: integers only, additive over organs and months.

Conditions are two-valued: what is not known does not hold, so that its `Not` holds. The algorithms of
medians and rates are described in docs/algorithms/figures.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import and_, or_

import ibis
from ibis.expr import types as ir

from fadu.analytics.measures import Measure, measures_of
from fadu.analytics.tables import Column, Kind, Table, table_of
from fadu.rules.errors import DeclarationError
from fadu.rules.facts import fact_fields
from fadu.rules.indicators import (
    Closed,
    Condition,
    Day,
    DayOf,
    Did,
    FactIs,
    Kept,
    Median,
    Mirrored,
    Not,
    Opened,
    Outcome,
    Ran,
    Rate,
    Sum,
    Unit,
)
from fadu.rules.registry import Registry

SCOPED = "scoped"
_TYPES = {Kind.DAY: "date", Kind.WHOLE: "int64", Kind.TEXT: "string", Kind.FLAG: "boolean", Kind.MANY: "string"}


def expression(table: Table, measures: Sequence[Measure], *, members: bool) -> ir.Table:
    """The expression: organ_id, body_id, month, days, n0, n1, … and, with members, c0, c1, ….

    It reads a table `scoped`: the system's rows, each with the period's two ends. Every row of the result
    holds partial sums: `n…` of a count is to be added up over the rows; for a median the rows with `days` say
    how many cases took that many days. `c…` are the ids of the cases counted.
    """
    types = {name: _TYPES[table.column(name).kind] for name in columns_read(table, measures)}
    rows = ibis.table(types | {"period_since": "date", "period_before": "date"}, name=SCOPED)
    days: list[Day] = []
    for measure in measures:
        if not isinstance(measure, Median) and measure.day not in days:
            days.append(measure.day)
    branches = [_counts(table, rows, day, measures, members) for day in days]
    branches += [
        _histogram(table, rows, position, measures, members)
        for position, measure in enumerate(measures)
        if isinstance(measure, Median)
    ]
    return ibis.union(*branches, distinct=False) if len(branches) > 1 else branches[0]


def check(registry: Registry) -> None:
    """Raises DeclarationError when an indicator names what its system's table does not have, when the two
    counts of a rate do not belong together, or when two readings of a rate bear one name for people.
    """
    labels: dict[str, str] = {}
    for indicator in registry.indicators:
        table = table_of(registry, indicator.system)
        if isinstance(indicator, Rate):
            _check_rate(indicator)
        if isinstance(indicator, Sum):
            _check_sum(registry, table, indicator)
        if labels.setdefault(indicator.label, indicator.name) != indicator.name:
            raise DeclarationError(f"两个指标都叫“{indicator.label}”：口径不同的指标应当有不同的名称")
        if not indicator.definition.strip():
            raise DeclarationError(f"指标“{indicator.label}”没有写明口径")
        expression(table, measures_of([indicator]), members=False)


def _check_rate(rate: Rate) -> None:
    if rate.numerator.system != rate.denominator.system:
        raise DeclarationError(f"指标“{rate.label}”的分子、分母应当属于同一个程序")
    if rate.numerator.day != rate.denominator.day:
        raise DeclarationError(f"指标“{rate.label}”的分子、分母应当按同一个日期计入期间")


def _check_sum(registry: Registry, table: Table, added: Sum) -> None:
    if table.column(f"fact_{added.fact}").kind is not Kind.WHOLE:
        raise DeclarationError(f"指标“{added.label}”只能合计金额或者数字")
    fields = [fact_fields(text.facts).get(added.fact) for text in registry.versions(added.system)]
    if any((field.widget == "money") != (added.unit is Unit.YUAN) for field in fields if field):
        raise DeclarationError(f"指标“{added.label}”的单位不对：金额以元为单位，其他数字不能以元为单位")


# ---------------------------------------------------------------- what is read


def columns_read(table: Table, measures: Sequence[Measure]) -> list[str]:
    """The columns that these measures need. Raises DeclarationError for what the table does not have."""
    names = ["case_id", "organ_id", "body_id"]
    for measure in measures:
        days = [measure.day] + ([measure.since, measure.until] if isinstance(measure, Median) else [])
        names += [name for day in days for name in _day_columns(table, day)]
        names += [name for condition in measure.where for name in _condition_columns(table, condition)]
        names += [table.column(f"fact_{measure.fact}").name] if isinstance(measure, Sum) else []
    return list(dict.fromkeys(names))


def _day_columns(table: Table, day: Day) -> list[str]:
    match day:
        case Opened():
            return ["opened"]
        case Closed():
            return ["closed"]
        case DayOf(steps):
            return [table.column(f"{step.name}_on").name for step in steps]


def _condition_columns(table: Table, condition: Condition) -> list[str]:
    match condition:
        case Did(steps):
            return [table.column(f"{step.name}_on").name for step in steps]
        case Outcome():
            return ["outcome"]
        case FactIs(fact, _):
            return [table.column(f"fact_{fact}").name]
        case Kept(clock):
            return [table.column(f"{clock.name}_kept").name]
        case Ran(clock):
            return [table.column(f"{clock.name}_ran").name]
        case Mirrored():
            return ["mirrored"]
        case Not(inner):
            return _condition_columns(table, inner)


# ---------------------------------------------------------------- branches


def _counts(table: Table, rows: ir.Table, day: Day, measures: Sequence[Measure], members: bool) -> ir.Table:
    """All counts and sums with one day, in one pass."""
    rows = _in_period(table, rows, day)
    sums: dict[str, ir.Value] = {}
    cases: dict[str, ir.Value] = {}
    for position, measure in enumerate(measures):
        if not isinstance(measure, Median) and measure.day == day:
            holds = _all(table, rows, measure.where)
            if isinstance(measure, Sum):
                number = rows[f"fact_{measure.fact}"]
                holds = holds & number.notnull()
                sums[f"n{position}"] = _whole(ibis.ifelse(holds, number, 0).sum())
            else:
                sums[f"n{position}"] = ibis.ifelse(holds, 1, 0).sum().cast("int64")
            cases[f"c{position}"] = rows.case_id.collect(where=holds)
        else:
            sums[f"n{position}"], cases[f"c{position}"] = _nothing()
    days = ibis.null().cast("int64")
    return _grouped(rows, {"days": days}, sums | (cases if members else {}))


def _histogram(table: Table, rows: ir.Table, position: int, measures: Sequence[Measure], members: bool) -> ir.Table:
    """How many cases took how many days; what ended before it began is no duration."""
    median = measures[position]
    assert isinstance(median, Median)
    rows = _in_period(table, rows, median.day)
    rows = rows.filter(_all(table, rows, median.where))
    took = _day(table, rows, median.until).delta(_day(table, rows, median.since), unit="day")
    rows = rows.mutate(days=took.cast("int64"))
    rows = rows.filter(rows.days >= 0)
    sums, cases = {}, {}
    for other in range(len(measures)):
        sums[f"n{other}"], cases[f"c{other}"] = _nothing()
    sums[f"n{position}"] = rows.case_id.count().cast("int64")
    cases[f"c{position}"] = rows.case_id.collect()
    return _grouped(rows, {"days": rows.days}, sums | (cases if members else {}))


def _grouped(rows: ir.Table, keys: dict[str, ir.Value], sums: dict[str, ir.Value]) -> ir.Table:
    grouped = rows.group_by(rows.organ_id, rows.body_id, rows.month, **keys).aggregate(**sums)
    return grouped.select("organ_id", "body_id", "month", "days", *sums)


def _whole(number: ir.Value) -> ir.Value:
    """A sum as a whole number: engines widen it to types of their own, and a single cast is taken for needless."""
    return number.cast("decimal(38, 0)").cast("int64")


def _nothing() -> tuple[ir.Value, ir.Value]:
    """A sum and a list of cases for a measure that another branch counts."""
    return ibis.literal(0, "int64"), ibis.null().cast("array<int64>")


def _in_period(table: Table, rows: ir.Table, day: Day) -> ir.Table:
    when = _day(table, rows, day)
    rows = rows.filter((when >= rows.period_since) & (when < rows.period_before))
    when = _day(table, rows, day)
    return rows.mutate(month=(when.year().cast("int64") * 100 + when.month().cast("int64")))


# ---------------------------------------------------------------- days and conditions


def _day(table: Table, rows: ir.Table, day: Day) -> ir.DateValue:
    """The earliest of the days in question."""
    days = [rows[name] for name in dict.fromkeys(_day_columns(table, day))]
    return ibis.least(*days) if len(days) > 1 else days[0]


def _all(table: Table, rows: ir.Table, conditions: Sequence[Condition]) -> ir.BooleanValue:
    """Every condition; without conditions, every case there is."""
    if not conditions:
        return rows.case_id.notnull()
    return reduce(and_, (_holds(table, rows, condition) for condition in conditions))


def _holds(table: Table, rows: ir.Table, condition: Condition) -> ir.BooleanValue:
    """The condition as true or false, never unknown."""
    if isinstance(condition, Not):
        return ~_holds(table, rows, condition.condition)
    names = _condition_columns(table, condition)
    match condition:
        case Did():
            return reduce(or_, (rows[name].notnull() for name in names))
        case Outcome(codes):
            return rows.outcome.isin(codes).fill_null(False)
        case FactIs(_, values):
            return _is_one_of(rows[names[0]], table.column(names[0]), values).fill_null(False)
        case Kept() | Ran() | Mirrored():
            return rows[names[0]].fill_null(False)


def _is_one_of(value: ir.Value, column: Column, values: Sequence[str]) -> ir.BooleanValue:
    match column.kind:
        case Kind.TEXT:
            return value.isin(values)
        case Kind.MANY:
            codes = "," + value + ","
            return reduce(or_, (codes.contains(f",{code},") for code in values))
        case Kind.FLAG:
            return value.isin([{"true": True, "false": False}[text] for text in values])
        case Kind.WHOLE:
            return value.isin([int(text) for text in values])
        case Kind.DAY:
            return value.isin([date.fromisoformat(text) for text in values])
