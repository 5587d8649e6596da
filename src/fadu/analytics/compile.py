"""Indicators of one system or register as ONE Ibis expression over its table: integers only, that may be added up.

Conditions are two-valued: what is not known does not hold, so that its `Not` holds. The algorithms of
medians and rates are described in docs/algorithms/figures.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_

import ibis
import sqlglot
from ibis.expr import types as ir
from sqlglot import expressions as ast

from fadu.analytics import entries
from fadu.analytics.measures import ENDS, SCOPED, Dialect, Measure, measures_of
from fadu.analytics.pieces import SPLIT, all_hold, condition_columns, day_columns, day_of, grouped, month_of, nothing
from fadu.analytics.tables import Kind, Table, column_of, table_of
from fadu.rules.errors import DeclarationError
from fadu.rules.facts import fact_fields
from fadu.rules.indicators import At, Changes, Count, Day, Median, Of, Pending, Rate, Stock, Sum, Total, Unit
from fadu.rules.registry import Registry

_TYPES = {Kind.DAY: "date", Kind.WHOLE: "int64", Kind.TEXT: "string", Kind.FLAG: "boolean", Kind.MANY: "string"}


def expression(table: Table, measures: Sequence[Measure], *, members: bool, split: str | None = None) -> ir.Table:
    """The expression: organ_id, body_id, month, days, n0, n1, … and, with members, c0, c1, …; last, what it splits by.

    It reads a table `scoped`: the table's rows, each with the period's two ends. Every row of the result
    holds partial sums: `n…` of a count is to be added up over the rows; for a median the rows with `days` say
    how many cases took that many days. `c…` are the ids of the cases or entries counted. split: a column by whose
    values the sums are kept apart, as text.
    """
    types = {name: _TYPES[table.column(name).kind] for name in columns_read(table, measures, split)}
    rows = ibis.table(types | dict.fromkeys(ENDS, "date"), name=SCOPED)
    if split:
        rows = rows.mutate(**{SPLIT: rows[split].cast("string")})
    passes = entries.passes if table.register else _passes
    branches = list(passes(table, rows, measures, members))
    return ibis.union(*branches, distinct=False) if len(branches) > 1 else branches[0]


def check(registry: Registry) -> None:
    """Raises DeclarationError when an indicator names what its system's table does not have, when the two
    counts of a rate do not belong together, or when two readings of a rate bear one name for people.
    """
    labels: dict[str, str] = {}
    for indicator in registry.indicators:
        table = table_of(registry, indicator.source)
        if isinstance(indicator, Rate):
            _check_rate(indicator)
        if isinstance(indicator, Total):
            _check_total(indicator)
        for measure in measures_of([indicator]):
            _check_source(registry, table, measure)
        if labels.setdefault(indicator.label, indicator.name) != indicator.name:
            raise DeclarationError(f"两个指标都叫“{indicator.label}”：口径不同的指标应当有不同的名称")
        if not indicator.definition.strip():
            raise DeclarationError(f"指标“{indicator.label}”没有写明口径")
        expression(table, measures_of([indicator]), members=False)


def _check_rate(rate: Rate) -> None:
    if rate.numerator.source != rate.denominator.source:
        raise DeclarationError(f"指标“{rate.label}”的分子、分母应当属于同一个程序")
    if rate.own_days != (getattr(rate.numerator, "day", None) != getattr(rate.denominator, "day", None)):
        told = "各按各的日期计入（own_days）却是同一个日期" if rate.own_days else "应当按同一个日期计入期间"
        raise DeclarationError(f"指标“{rate.label}”的分子、分母{told}")


def _check_total(total: Total) -> None:
    if len({(part.source, part.unit) for part in total.parts}) != 1:
        raise DeclarationError(f"指标“{total.label}”相加的各部分应当属于同一个程序，单位相同")
    if any(getattr(part, "of", None) for part in total.parts) or total.unit is not total.parts[0].unit:
        raise DeclarationError(f"指标“{total.label}”只能把案件数相加，单位与各部分相同")


def _check_source(registry: Registry, table: Table, measure: Measure) -> None:
    """Cases are counted in systems, entries and their changes in registers."""
    if isinstance(measure, Stock | Changes) != table.register:
        raise DeclarationError(f"指标“{measure.label}”不能从“{measure.source}”统计：案件属于程序，条目属于名录")
    if isinstance(measure, Sum):
        _check_sum(registry, table, measure)
    if isinstance(measure, Count) and measure.of:
        _check_of(registry, measure, measure.of)
    if isinstance(measure, Changes):
        entries.check_kinds(registry.register(measure.register), measure)


def _check_sum(registry: Registry, table: Table, added: Sum) -> None:
    if table.column(f"fact_{added.fact}").kind is not Kind.WHOLE:
        raise DeclarationError(f"指标“{added.label}”只能合计金额或者数字")
    fields = [fact_fields(text.facts).get(added.fact) for text in registry.versions(added.system)]
    if any((field.widget == "money") != (added.unit is Unit.YUAN) for field in fields if field):
        raise DeclarationError(f"指标“{added.label}”的单位不对：金额以元为单位，其他数字不能以元为单位")


def _check_of(registry: Registry, measure: Count, of: Of) -> None:
    texts = registry.versions(measure.system)
    if all(of not in (*text.papers, *text.parties, text.items) for text in texts):
        told = f"程序“{texts[-1].label}”的文书、当事人或者分项"
        raise DeclarationError(f"指标“{measure.label}”所数的“{of.label}”不是{told}")
    if measure.unit is Unit.CASES:
        raise DeclarationError(f"指标“{measure.label}”数的是“{of.label}”，不能以件为单位")


# ---------------------------------------------------------------- what is read


def columns_read(table: Table, measures: Sequence[Measure], split: str | None = None) -> list[str]:
    """The columns that these measures need, and that of a breakdown.

    Raises DeclarationError for what the table does not have.
    """
    names = [table.id, "organ_id", "body_id", *([table.column(split).name] if split else [])]
    for measure in measures:
        if isinstance(measure, Stock | Changes):
            names += entries.columns_of(table, measure)
            continue
        names += [name for day in _days(measure) for name in day_columns(table, day)]
        names += [name for condition in measure.where for name in condition_columns(table, condition)]
        names += [table.column(added).name] if (added := _added(measure)) else []
    return list(dict.fromkeys(names))


def _days(measure: Count | Sum | Median | Pending) -> list[Day]:
    match measure:
        case Median():
            return [measure.day, measure.since, measure.until]
        case Pending():
            return [measure.day, measure.until]
        case _:
            return [measure.day]


def _added(measure: Measure) -> str | None:
    """The column that is added up over the cases; none where the cases themselves are counted."""
    if isinstance(measure, Sum):
        return f"fact_{measure.fact}"
    return column_of(measure.of).name if isinstance(measure, Count) and measure.of else None


# ---------------------------------------------------------------- branches


def _passes(table: Table, rows: ir.Table, measures: Sequence[Measure], members: bool) -> Iterator[ir.Table]:
    """One pass for each distinct day, one for each distinct stock, one for each median."""
    for day in dict.fromkeys(measure.day for measure in measures if isinstance(measure, Count | Sum)):
        mine = {n: one for n, one in enumerate(measures) if isinstance(one, Count | Sum) and one.day == day}
        yield _counts(table, _in_period(table, rows, day), mine, len(measures), members)
    for kind in dict.fromkeys(_open_at(measure) for measure in measures if isinstance(measure, Pending)):
        stocks = {n: one for n, one in enumerate(measures) if isinstance(one, Pending) and _open_at(one) == kind}
        yield _counts(table, _open(table, rows, *kind), stocks, len(measures), members)
    for position, measure in enumerate(measures):
        if isinstance(measure, Median):
            yield _histogram(table, rows, position, measures, members)


def _counts(
    table: Table, rows: ir.Table, mine: Mapping[int, Count | Sum | Pending], number: int, members: bool
) -> ir.Table:
    """All measures over the same rows, in one pass; a condition that several of them name is judged once a row."""
    conditions = dict.fromkeys(condition for one in mine.values() for condition in one.where)
    names = {condition: f"q{n}" for n, condition in enumerate(conditions)}
    rows = rows.mutate(**{name: all_hold(table, rows, [condition]) for condition, name in names.items()})
    sums: dict[str, ir.Value] = {}
    cases: dict[str, ir.Value] = {}
    for position in range(number):
        if position not in mine:
            sums[f"n{position}"], cases[f"c{position}"] = nothing()
            continue
        measure = mine[position]
        judged = [rows[names[condition]] for condition in measure.where]
        holds = reduce(and_, judged) if judged else all_hold(table, rows, ())
        if added := _added(measure):
            amount = rows[added]
            holds = holds & (amount.notnull() if isinstance(measure, Sum) else amount > 0)
            sums[f"n{position}"] = _whole(ibis.ifelse(holds, amount, 0).sum())
        else:
            sums[f"n{position}"] = ibis.ifelse(holds, 1, 0).sum().cast("int64")
        cases[f"c{position}"] = rows.case_id.collect(where=holds)
    days = ibis.null().cast("int64")
    return grouped(rows, {"days": days}, sums | (cases if members else {}))


def _histogram(table: Table, rows: ir.Table, position: int, measures: Sequence[Measure], members: bool) -> ir.Table:
    """How many cases took how many days; what ended before it began is no duration."""
    median = measures[position]
    assert isinstance(median, Median)
    rows = _in_period(table, rows, median.day)
    rows = rows.filter(all_hold(table, rows, median.where))
    took = day_of(table, rows, median.until).delta(day_of(table, rows, median.since), unit="day")
    rows = rows.mutate(days=took.cast("int64"))
    rows = rows.filter(rows.days >= 0)
    sums, cases = {}, {}
    for other in range(len(measures)):
        sums[f"n{other}"], cases[f"c{other}"] = nothing()
    sums[f"n{position}"] = rows.case_id.count().cast("int64")
    cases[f"c{position}"] = rows.case_id.collect()
    return grouped(rows, {"days": rows.days}, sums | (cases if members else {}))


def _whole(number: ir.Value) -> ir.Value:
    """A sum as a whole number: engines widen it to types of their own, and a single cast is taken for needless."""
    return number.cast("decimal(38, 0)").cast("int64")


def _in_period(table: Table, rows: ir.Table, day: Day) -> ir.Table:
    when = day_of(table, rows, day)
    rows = rows.filter((when >= rows.counted_since) & (when < rows.counted_before))
    return rows.mutate(month=month_of(day_of(table, rows, day)))


def _open_at(pending: Pending) -> tuple[Day, Day, At]:
    return pending.day, pending.until, pending.at


def _open(table: Table, rows: ir.Table, day: Day, until: Day, at: At) -> ir.Table:
    """Cases that had begun and not ended at that end of the period; they stand under the month that it bounds."""
    edge = rows.period_since if at is At.BEGIN else rows.period_before
    ended = day_of(table, rows, until)
    rows = rows.filter((day_of(table, rows, day) < edge) & (ended.isnull() | (ended >= edge)))
    first, last = rows.period_since, rows.period_before - ibis.interval(days=1)
    return rows.mutate(month=month_of(first if at is At.BEGIN else last))


# ---------------------------------------------------------------- text


def to_sql(expr: ir.Table, dialect: Dialect) -> str:
    """The expression as one statement, in the form that the engine runs fastest."""
    text = str(ibis.to_sql(expr, dialect=dialect))
    if dialect != "duckdb":
        return text
    return sqlglot.parse_one(text, read="duckdb").transform(_count_if).sql(dialect="duckdb")


def _count_if(node: ast.Expression) -> ast.Expression:
    """SUM(CASE WHEN c THEN 1 ELSE 0 END) → COUNT_IF(c), which DuckDB counts faster."""
    if isinstance(node, ast.Sum) and isinstance(case := node.this, ast.Case):
        (found,) = case.args["ifs"]
        if found.args["true"] == ast.Literal.number(1) and case.args["default"] == ast.Literal.number(0):
            return ast.CountIf(this=found.this)
    return node
