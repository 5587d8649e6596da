"""The statement of an engine: the compiled expression with the cases and the period in question before it.

Compiling takes seconds of a process, so that compiled texts are kept in the house's folder, as Python keeps its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg import sql

from fadu.analytics.kept import kept_text
from fadu.analytics.measures import ENDS, SCOPED, Measure, Scope
from fadu.analytics.tables import Table

Engine = Literal["postgres", "duckdb"]


def statement(
    table: Table,
    measures: Sequence[Measure],
    scope: Scope,
    dialect: Engine = "postgres",
    *,
    members: bool = True,
    split: str | None = None,
) -> str:
    """The whole statement: the scope is put before the expression, which is compiled once."""
    key = (id(table), dialect, members, split, *map(id, measures))
    if key not in _compiled:
        columns, text = kept_text(table, measures, dialect, members=members, split=split)
        _compiled[key] = _Compiled(table, tuple(measures), columns, text)
    found = _compiled[key]
    return f"{_scoped(table, found.columns, scope, dialect)}\nSELECT * FROM (\n{found.text}\n) AS figures"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A compiled text with the objects by whose identity it is found: held, no other can take their place."""

    table: Table
    measures: tuple[Measure, ...]
    columns: list[str]
    text: str


_compiled: dict[tuple[object, ...], _Compiled] = {}


def _scoped(table: Table, columns: Sequence[str], scope: Scope, dialect: Engine) -> str:
    """The rows in question with the ends of the period.

    PostgreSQL reads them once, each column that is needed worked out once; DuckDB, whose columns lie ready in the
    file, reads for each day only the columns and rows that it needs. What was opened or began after the period has
    no day in it. Only names, days and numbers enter the text.
    """
    conditions: list[sql.Composable] = [
        sql.SQL("{} < {}").format(sql.Identifier(table.first), sql.Literal(scope.before))
    ]
    if scope.organs is not None:
        conditions.append(_among(scope.of, scope.organs))
    if scope.bodies is not None:
        conditions.append(_among("body_id", scope.bodies))
    if scope.without:
        conditions.append(sql.SQL("NOT {}").format(_among(table.id, scope.without)))
    ends = zip(ENDS, (scope.since, scope.before, *(scope.days or (scope.since, scope.before))), strict=True)
    text = sql.SQL("WITH {} AS {} (SELECT {}, {} FROM {} WHERE {})").format(
        sql.Identifier(SCOPED),
        sql.SQL("MATERIALIZED" if dialect == "postgres" else "NOT MATERIALIZED"),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(sql.SQL("{} AS {}").format(sql.Literal(day), sql.Identifier(name)) for name, day in ends),
        sql.Identifier(table.view),
        sql.SQL(" AND ").join(conditions),
    )
    return text.as_string()


def _among(column: str, ids: frozenset[int]) -> sql.Composed:
    """Without any id, nothing."""
    values = sql.SQL(", ").join(map(sql.Literal, sorted(ids))) if ids else sql.SQL("NULL")
    return sql.SQL("coalesce({} IN ({}), false)").format(sql.Identifier(column), values)
