"""The rows of an analytics table in a Parquet file: whole numbers, days and text only. DuckDB is loaded on use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from psycopg import sql

from fadu.analytics import recorded
from fadu.analytics.engine import opened
from fadu.analytics.tables import Kind, Table
from fadu.kernel import access
from fadu.kernel.access import Session

LENGTH = "record_length"
"""Besides the table's own columns: how many events the case had on record; of an entry, the position of its last."""
_ALL = "sealed"
_CASES = (
    "SELECT {}, coalesce(t.position, 1) FROM {} AS v JOIN kernel_case AS c ON c.id = v.case_id"
    " LEFT JOIN kernel_stream AS t ON t.id = c.stream_id WHERE {} AND NOT {}"
)
"""A mirrored case without a chain has its import on record."""
_ENTRIES = (
    "SELECT {}, greatest(e.position, e.ended_by) FROM {} AS v JOIN kernel_registerentry AS e ON e.id = v.entry_id"
    " WHERE {} AND NOT {}"
)
_TYPES = {
    Kind.DAY: "DATE",
    Kind.WHOLE: "BIGINT",
    Kind.TEXT: "VARCHAR",
    Kind.FLAG: "TINYINT",
    Kind.MANY: "VARCHAR",
}


def rows_of(s: Session, table: Table, before: datetime | None) -> Iterator[Sequence[Any]]:
    """Rows of what the session sees from inside, now or as recorded before a moment; the last column is LENGTH."""
    changed = recorded.changed_since(s, table, before) if before else []
    query = sql.SQL(_ENTRIES if table.register else _CASES).format(
        sql.SQL(", ").join(sql.Identifier("v", column.name) for column in table.columns),
        sql.Identifier(table.view),
        sql.SQL("true") if s.officer is None else _among("v.body_id", s.bodies),
        _among(f"v.{table.id}", [row.pk for row in changed]),
    )
    _, found = access.execute_figures(s, query.as_string())
    return chain(found, recorded.inside(s, table, changed, before) if before else ())


def _among(column: str, ids: Iterable[int]) -> sql.Composed:
    values = sql.SQL(", ").join(map(sql.Literal, sorted(ids)))
    name = sql.SQL(".").join(map(sql.Identifier, column.split(".")))
    return sql.SQL("coalesce({} = ANY (ARRAY[{}]::bigint[]), false)").format(name, values)


def write(file: Path, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    """Writes the file, sorted by organ, month and id, and returns the number of rows."""
    names = [*(column.name for column in table.columns), LENGTH]
    types = {column.name: _TYPES[column.kind] for column in table.columns} | {LENGTH: "BIGINT"}
    passing = file.with_suffix(".rows")
    try:
        with passing.open("x", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(dict(zip(names, map(_plain, row), strict=True)), ensure_ascii=False) + "\n")
        with opened() as engine:
            copied: tuple[int] = engine.execute(_copy(passing, file, table, types)).fetchone()
            return copied[0]
    finally:
        passing.unlink(missing_ok=True)


def _plain(value: Any) -> Any:
    """A value as the file has it: days as text for DuckDB to read, flags as 0 and 1."""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _copy(rows: Path, file: Path, table: Table, types: Mapping[str, str]) -> str:
    columns = sql.SQL(", ").join(
        sql.SQL("{}: {}").format(sql.Identifier(name), sql.Literal(type_)) for name, type_ in types.items()
    )
    text = sql.SQL(
        "COPY (SELECT * FROM read_json({}, format = 'newline_delimited', columns = {{{}}})"
        " ORDER BY organ_id, {}, {}) TO {} (FORMAT parquet, COMPRESSION zstd)"
    ).format(
        sql.Literal(str(rows)), columns, sql.Identifier(f"{table.first}_month"), sql.Identifier(table.id),
        sql.Literal(str(file)),
    )  # fmt: skip
    return text.as_string()


@contextmanager
def reading(file: Path, table: Table) -> Iterator[Any]:
    """DuckDB in which the file is the view of its name: the same names and types as in the house's database."""
    columns = [
        sql.SQL("{0} = 1 AS {0}" if column.kind is Kind.FLAG else "{0}").format(sql.Identifier(column.name))
        for column in table.columns
    ]
    sealed = sql.SQL("CREATE TEMPORARY VIEW {} AS SELECT * FROM read_parquet({})")
    view = sql.SQL("CREATE TEMPORARY VIEW {} AS SELECT {} FROM {}")
    with opened() as engine:
        engine.execute(sealed.format(sql.Identifier(_ALL), sql.Literal(str(file))).as_string())
        told = view.format(sql.Identifier(table.view), sql.SQL(", ").join(columns), sql.Identifier(_ALL))
        engine.execute(told.as_string())
        yield engine


def lengths(engine: Any, table: Table, ids: Sequence[int]) -> dict[int, int]:
    """In `reading`: LENGTH of these rows."""
    query = sql.SQL("SELECT {id}, {length} FROM {all} WHERE list_contains(?, {id})").format(
        id=sql.Identifier(table.id), length=sql.Identifier(LENGTH), all=sql.Identifier(_ALL)
    )
    return dict(engine.execute(query.as_string(), [list(ids)]).fetchall())
