"""Stocks of a register and changes in it, as passes over the register's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import ibis
from ibis.expr import types as ir

from fadu.analytics.measures import Measure
from fadu.analytics.pieces import all_hold, condition_columns, grouped, month_of, nothing
from fadu.analytics.tables import Table
from fadu.rules.errors import DeclarationError
from fadu.rules.indicators import Changes, Stock
from fadu.rules.registers import Effect, Register

Wanted = Mapping[int, ir.BooleanValue]
"""Measures that a pass counts, by their place, with the rows for which they do."""


def columns_of(table: Table, measure: Stock | Changes) -> list[str]:
    """The columns that the measure needs beside those that name the row."""
    names = ["since", "before"]
    if isinstance(measure, Changes):
        names += ["began", "ended"]
    return names + [name for condition in measure.where for name in condition_columns(table, condition)]


def check_kinds(register: Register, changes: Changes) -> None:
    """Raises DeclarationError when the kinds of change are not the register's own, or there is none."""
    if not changes.kinds or any(kind not in list(register.changes) for kind in changes.kinds):
        raise DeclarationError(f"指标“{changes.label}”所计的变动种类不在“{register.label}”的变动种类之内")


def passes(table: Table, rows: ir.Table, measures: Sequence[Measure], members: bool) -> Iterator[ir.Table]:
    """One pass for all stocks, one for the changes that began something, one for those that ended something.

    A change of content ends a row and begins another: it is counted where it begins.
    """
    if any(isinstance(measure, Stock) for measure in measures):
        yield _stocks(table, rows, measures, members)
    for day, kind, ends in (("since", "began", False), ("before", "ended", True)):
        if any(_codes(measure, ends) for measure in measures):
            yield _changes(table, rows, measures, members, (day, kind, ends))


def _stocks(table: Table, rows: ir.Table, measures: Sequence[Measure], members: bool) -> ir.Table:
    """Rows that began before the period's end and go on; they stand under the month of its last day."""
    rows = rows.filter(rows.before.isnull() | (rows.before >= rows.period_before))
    rows = rows.mutate(month=month_of(rows.period_before - ibis.interval(days=1)))
    wanted = {
        place: all_hold(table, rows, measure.where)
        for place, measure in enumerate(measures)
        if isinstance(measure, Stock)
    }
    return _counted(table, rows, wanted, len(measures), members)


def _changes(
    table: Table, rows: ir.Table, measures: Sequence[Measure], members: bool, which: tuple[str, str, bool]
) -> ir.Table:
    """Changes by the day on which they took effect."""
    day, kind, ends = which
    rows = rows.filter((rows[day] >= rows.counted_since) & (rows[day] < rows.counted_before))
    rows = rows.mutate(month=month_of(rows[day]))
    wanted = {
        place: rows[kind].isin(codes).fill_null(False) & all_hold(table, rows, measure.where)
        for place, measure in enumerate(measures)
        if (codes := _codes(measure, ends)) and isinstance(measure, Changes)
    }
    return _counted(table, rows, wanted, len(measures), members)


def _codes(measure: Measure, ends: bool) -> list[str]:
    """The kinds of change that end an entry, or those that do not."""
    if not isinstance(measure, Changes):
        return []
    return [str(kind) for kind in measure.kinds if (kind.effect is Effect.ENDS) == ends]


def _counted(table: Table, rows: ir.Table, wanted: Wanted, number: int, members: bool) -> ir.Table:
    sums: dict[str, ir.Value] = {}
    entries: dict[str, ir.Value] = {}
    for place in range(number):
        if place in wanted:
            sums[f"n{place}"] = ibis.ifelse(wanted[place], 1, 0).sum().cast("int64")
            entries[f"c{place}"] = rows[table.id].collect(where=wanted[place])
        else:
            sums[f"n{place}"], entries[f"c{place}"] = nothing()
    return grouped(rows, {"days": ibis.null().cast("int64")}, sums | (entries if members else {}))
