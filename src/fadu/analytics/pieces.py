"""What compiled expressions are put together from: columns, days, conditions, groups of partial sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from operator import and_, or_

import ibis
from ibis.expr import types as ir

from fadu.analytics.tables import Column, Kind, Table
from fadu.rules.indicators import (
    Before,
    Closed,
    Condition,
    Day,
    DayOf,
    Did,
    FactIs,
    Kept,
    Mirrored,
    Missed,
    Not,
    Opened,
    Outcome,
    Ran,
)

# ---------------------------------------------------------------- what is read


def day_columns(table: Table, day: Day) -> list[str]:
    match day:
        case Opened():
            return ["opened"]
        case Closed():
            return ["closed"]
        case DayOf(steps):
            return [table.column(f"{step.name}_on").name for step in steps]


def condition_columns(table: Table, condition: Condition) -> list[str]:
    match condition:
        case Did(steps):
            return [table.column(f"{step.name}_on").name for step in steps]
        case Outcome():
            return [table.column("outcome").name]
        case FactIs(fact, _):
            return [table.column(f"fact_{fact}").name]
        case Kept(clock) | Missed(clock):
            return [table.column(f"{clock.name}_kept").name]
        case Ran(clock):
            return [table.column(f"{clock.name}_ran").name]
        case Mirrored():
            return [table.column("mirrored").name]
        case Before(day):
            return day_columns(table, day)
        case Not(inner):
            return condition_columns(table, inner)


# ---------------------------------------------------------------- days and conditions


def day_of(table: Table, rows: ir.Table, day: Day) -> ir.DateValue:
    """The earliest of the days in question."""
    days = [rows[name] for name in dict.fromkeys(day_columns(table, day))]
    return ibis.least(*days) if len(days) > 1 else days[0]


def all_hold(table: Table, rows: ir.Table, conditions: Sequence[Condition]) -> ir.BooleanValue:
    """Every condition; without conditions, every row there is."""
    if not conditions:
        return rows[table.id].notnull()
    return reduce(and_, (_holds(table, rows, condition) for condition in conditions))


def _holds(table: Table, rows: ir.Table, condition: Condition) -> ir.BooleanValue:
    """The condition as true or false, never unknown."""
    if isinstance(condition, Not):
        return ~_holds(table, rows, condition.condition)
    names = condition_columns(table, condition)
    match condition:
        case Did():
            return reduce(or_, (rows[name].notnull() for name in names))
        case Outcome(codes):
            return rows.outcome.isin(codes).fill_null(False)
        case FactIs(_, values):
            return _is_one_of(rows[names[0]], table.column(names[0]), values).fill_null(False)
        case Kept() | Ran() | Mirrored():
            return rows[names[0]].fill_null(False)
        case Before(day):
            return (day_of(table, rows, day) < rows.period_since).fill_null(False)
        case Missed():
            return (~rows[names[0]]).fill_null(False)


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


# ---------------------------------------------------------------- partial sums

SPLIT = "split"
"""The column by whose values a breakdown groups its rows; the last of the result, where there is one."""


def month_of(day: ir.DateValue) -> ir.IntegerValue:
    return day.year().cast("int64") * 100 + day.month().cast("int64")


def grouped(rows: ir.Table, keys: dict[str, ir.Value], sums: dict[str, ir.Value]) -> ir.Table:
    split = [SPLIT] if SPLIT in rows.columns else []
    grouped = rows.group_by(rows.organ_id, rows.body_id, rows.month, *split, **keys).aggregate(**sums)
    return grouped.select("organ_id", "body_id", "month", "days", *sums, *split)


def nothing() -> tuple[ir.Value, ir.Value]:
    """A sum and a list of cases for a measure that another branch counts."""
    return ibis.literal(0, "int64"), ibis.null().cast("array<int64>")
