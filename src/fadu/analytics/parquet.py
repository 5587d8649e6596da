"""The rows of an analytics table in a Parquet file: whole numbers, days and text only. DuckDB is loaded on use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from psycopg import sql

from fadu.analytics import recorded
from fadu.analytics.tables import Kind, Table
from fadu.kernel import access
from fadu.kernel.access import Session

LENGTH = "record_length"
"""Besides the table's own columns: how many events the case had on record."""
LENGTHS = "SELECT case_id, record_length FROM sealed WHERE list_contains(?, case_id)"
"""In `reading`: the lengths of the records of these cases."""
_ALL = "sealed"
_TYPES = {
    Kind.DAY: "DATE",
    Kind.WHOLE: "BIGINT",
    Kind.TEXT: "VARCHAR",
    Kind.FLAG: "TINYINT",
    Kind.MANY: "VARCHAR",
}


def rows_of(s: Session, table: Table, before: datetime | None) -> Iterator[Sequence[Any]]:
    """Rows of the cases that the session sees from inside, now or as recorded before a moment; the last is LENGTH."""
    changed = recorded.changed_since(s, table.system, before) if before else []
    query = sql.SQL(
        "SELECT {}, t.position FROM {} AS v JOIN kernel_case AS c ON c.id = v.case_id"
        " JOIN kernel_stream AS t ON t.id = c.stream_id WHERE {} AND NOT {}"
    ).format(
        sql.SQL(", ").join(sql.Identifier("v", column.name) for column in table.columns),
        sql.Identifier(table.view),
        sql.SQL("true") if s.officer is None else _among("v.body_id", s.bodies),
        _among("v.case_id", [case.pk for case in changed]),
    )
    _, found = access.execute_figures(s, query.as_string())
    inside = [case for case in changed if s.officer is None or case.body_id in s.bodies]
    return chain(found, recorded.rows_with_length(s, table, inside, before) if before else ())


def _among(column: str, ids: Iterable[int]) -> sql.Composed:
    values = sql.SQL(", ").join(map(sql.Literal, sorted(ids)))
    name = sql.SQL(".").join(map(sql.Identifier, column.split(".")))
    return sql.SQL("coalesce({} = ANY (ARRAY[{}]::bigint[]), false)").format(name, values)


def write(file: Path, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    """Writes the file, sorted by organ, month and case, and returns the number of rows."""
    names = [*(column.name for column in table.columns), LENGTH]
    types = {column.name: _TYPES[column.kind] for column in table.columns} | {LENGTH: "BIGINT"}
    passing = file.with_suffix(".rows")
    try:
        with passing.open("x", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False) + "\n")
        with import_module("duckdb").connect() as engine:
            copied: tuple[int] = engine.execute(_copy(passing, file, types)).fetchone()
            return copied[0]
    finally:
        passing.unlink(missing_ok=True)


def _plain(value: Any) -> Any:
    """A value as the file has it: days as text for DuckDB to read, flags as 0 and 1."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _copy(rows: Path, file: Path, types: Mapping[str, str]) -> str:
    columns = sql.SQL(", ").join(
        sql.SQL("{}: {}").format(sql.Identifier(name), sql.Literal(type_)) for name, type_ in types.items()
    )
    text = sql.SQL(
        "COPY (SELECT * FROM read_json({}, format = 'newline_delimited', columns = {{{}}})"
        " ORDER BY organ_id, opened_month, case_id) TO {} (FORMAT parquet, COMPRESSION zstd)"
    ).format(sql.Literal(str(rows)), columns, sql.Literal(str(file)))
    return text.as_string()


@contextmanager
def reading(file: Path, table: Table) -> Iterator[Any]:
    """DuckDB in which the file is the system's view: the same names and types as in the house's database."""
    columns = [
        sql.SQL("{0} = 1 AS {0}" if column.kind is Kind.FLAG else "{0}").format(sql.Identifier(column.name))
        for column in table.columns
    ]
    sealed = sql.SQL("CREATE VIEW {} AS SELECT * FROM read_parquet({})")
    view = sql.SQL("CREATE VIEW {} AS SELECT {} FROM {}")
    with import_module("duckdb").connect() as engine:
        engine.execute(sealed.format(sql.Identifier(_ALL), sql.Literal(str(file))).as_string())
        told = view.format(sql.Identifier(table.view), sql.SQL(", ").join(columns), sql.Identifier(_ALL))
        engine.execute(told.as_string())
        yield engine
