"""The typed view of each system and register in the database, made anew by `fadu sync` as the owner role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from fadu.analytics.tables import Column, Kind, Source, Table, tables_of
from fadu.rules.registry import Registry

_FUNCTIONS = Path(__file__).with_name("functions.sql")
_MADE = "fadu:"
"""How the comment of a view of ours begins; the digest of its columns follows."""

_CASE = {
    "id": sql.SQL("c.id"),
    "organ": sql.SQL("c.organ_id"),
    "body": sql.SQL("c.body_id"),
    "version": sql.SQL("c.version"),
    "opened": sql.SQL("c.opened"),
    "opened_month": sql.SQL("fadu_month(c.opened)"),
    "closed": sql.SQL("c.closed"),
    "closed_month": sql.SQL("fadu_month(c.closed)"),
    "state": sql.SQL("c.state"),
    "outcome": sql.SQL("c.outcome"),
    "number": sql.SQL("c.number"),
    "mirrored": sql.SQL("c.mirrored"),
}
_ENTRY = {
    "id": sql.SQL("e.id"),
    "organ": sql.SQL("coalesce(o.serves_id, o.id)"),
    "body": sql.SQL("o.id"),
    "since": sql.SQL("e.since"),
    "since_month": sql.SQL("fadu_month(e.since)"),
    "before": sql.SQL("e.before"),
    "before_month": sql.SQL("fadu_month(e.before)"),
    "began": sql.SQL("e.began"),
    "ended": sql.SQL("e.ended"),
}
_FACTS = {
    Kind.DAY: sql.SQL("fadu_day({} ->> {})"),
    Kind.WHOLE: sql.SQL("fadu_whole({} ->> {})"),
    Kind.FLAG: sql.SQL("fadu_flag({} ->> {})"),
    Kind.TEXT: sql.SQL("{} ->> {}"),
    Kind.MANY: sql.SQL("fadu_many({} -> {})"),
}
_STEP = sql.SQL("fadu_first(c.done, {})")
_CLOCKS = {
    Source.RAN: sql.SQL("EXISTS (SELECT FROM kernel_clock k WHERE k.case_id = c.id AND k.name = {})"),
    Source.KEPT: sql.SQL(
        "(SELECT bool_and(fadu_kept(k.lapses_after, k.stopped, k.lapsed, k.data -> 'void' IS NOT NULL,"
        " k.data -> 'late' IS NOT NULL))"
        " FROM kernel_clock k WHERE k.case_id = c.id AND k.name = {})"
    ),
    Source.DAYS: sql.SQL(
        "(SELECT max(k.stopped - k.start) FROM kernel_clock k"
        " WHERE k.case_id = c.id AND k.name = {} AND k.data -> 'void' IS NULL)"
    ),
}


_COUNTED = {
    Source.PAPERS: sql.SQL(
        "(SELECT count(*) FROM kernel_paper p WHERE p.case_id = c.id AND p.name = {} AND p.data -> 'amends' IS NULL)"
    ),
    Source.PARTIES: sql.SQL(
        "(SELECT count(*) FROM kernel_party p WHERE p.case_id = c.id AND p.role = {} AND p.before IS NULL)"
    ),
    Source.ITEMS: sql.SQL("(SELECT count(*) FROM kernel_item i WHERE i.case_id = c.id AND {} IS NOT NULL)"),
    Source.NAMES: sql.SQL(
        "(SELECT string_agg(DISTINCT fadu_organ(p.organ_id, p.name) COLLATE \"C\", ','"
        ' ORDER BY fadu_organ(p.organ_id, p.name) COLLATE "C")'
        " FROM kernel_party p WHERE p.case_id = c.id AND p.role = {} AND p.before IS NULL)"
    ),
}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the rows of a table come from: the tables, the column of its name, the facts."""

    tables: sql.SQL
    name: sql.SQL
    facts: sql.SQL


_CASES = _Rows(sql.SQL("kernel_case c"), sql.SQL("c.system"), sql.SQL("c.facts"))
_ENTRIES = _Rows(
    sql.SQL("kernel_registerentry e JOIN kernel_organ o ON o.id = e.organ_id"), sql.SQL("e.register"), sql.SQL("e.data")
)


def _rows(table: Table) -> _Rows:
    return _ENTRIES if table.register else _CASES


@dataclass(frozen=True, slots=True)
class Bad:
    """A column in which stored values cannot be read as its type: they count as absent. table: system or register."""

    table: str
    column: str
    label: str
    rows: int


def _expression(table: Table, column: Column) -> sql.Composable:
    name = sql.Literal(column.of)
    match column.source:
        case Source.CASE:
            return _CASE[column.of]
        case Source.ENTRY:
            return _ENTRY[column.of]
        case Source.FACT:
            return _FACTS[column.kind].format(_rows(table).facts, name)
        case Source.STEP:
            return _STEP.format(name)
        case source if source in _COUNTED:
            return _COUNTED[source].format(name)
        case clock:
            return _CLOCKS[clock].format(name)


def view_sql(table: Table, *, reading: bool = False) -> sql.Composed:
    """The statement that makes the view of a system or register, read with the reader's rights.

    reading: its twin in the schema `reading`, read with the owner's rights by the reading role.
    """
    columns = sql.SQL(",\n    ").join(
        sql.SQL("{} AS {}").format(_expression(table, column), sql.Identifier(column.name)) for column in table.columns
    )
    name = sql.Identifier("reading", table.name) if reading else sql.Identifier(table.view)
    rights = sql.SQL("false" if reading else "true")
    return sql.SQL("CREATE VIEW {} WITH (security_invoker = {}) AS SELECT\n    {}\nFROM {} WHERE {} = {}").format(
        name, rights, columns, _rows(table).tables, _rows(table).name, sql.Literal(table.name)
    )


def _comments(table: Table) -> list[sql.Composed]:
    view = sql.Identifier(table.view)
    comments = [sql.SQL("COMMENT ON VIEW {} IS {}").format(view, sql.Literal(_MADE + table.digest))]
    for column in table.columns:
        name = sql.Identifier(column.name)
        comments.append(sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(view, name, sql.Literal(column.label)))
    return comments


def drop_views() -> None:
    """Remove the views; a migration that changes their tables needs them out of the way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
            " AND obj_description(oid) LIKE %s",
            [f"{_MADE}%"],
        )
        views = cursor.fetchall()
        cursor.execute("DROP SCHEMA IF EXISTS reading CASCADE")
        for (name,) in views:
            cursor.execute(sql.SQL("DROP VIEW {}").format(sql.Identifier(name)))


def sync(registry: Registry) -> list[Bad]:
    """Drop and make the views of all systems and registers in one transaction, as the owner role.

    Returns the columns in which stored values do not have the declared type.
    """
    tables = tables_of(registry)
    with transaction.atomic(), connection.cursor() as cursor:
        drop_views()
        cursor.execute(_FUNCTIONS.read_text(encoding="utf-8"))
        for table in tables:
            for statement in (view_sql(table), *_comments(table)):
                cursor.execute(statement)
            cursor.execute(sql.SQL("GRANT SELECT ON {} TO fadu_app").format(sql.Identifier(table.view)))
        _reading(cursor, tables)
        return [bad for table in tables for bad in _bad_values(table)]


def _bad_values(table: Table) -> list[Bad]:
    """Facts that are there and cannot be read as their column's type."""
    facts = [c for c in table.columns if c.source is Source.FACT and c.kind is not Kind.TEXT]
    if not facts:
        return []
    rows = _rows(table)
    count = sql.SQL("count(*) FILTER (WHERE {} ->> {} IS NOT NULL AND {} IS NULL)")
    counts = sql.SQL(", ").join(count.format(rows.facts, sql.Literal(c.of), _expression(table, c)) for c in facts)
    query = sql.SQL("SELECT {} FROM {} WHERE {} = {}").format(counts, rows.tables, rows.name, sql.Literal(table.name))
    with connection.cursor() as cursor:
        cursor.execute(query)
        found: Sequence[int] = cursor.fetchone() or ()
    return [Bad(table.name, c.name, c.label, n) for c, n in zip(facts, found, strict=True) if n]


def made_from(comment: str | None) -> str | None:
    """The digest of the columns a view was made from, as its comment tells; nothing for other comments."""
    return comment.removeprefix(_MADE) if comment and comment.startswith(_MADE) else None


def _reading(cursor: Any, tables: Sequence[Table]) -> None:
    """The same views once more in the schema `reading`, for fadu_read: all cases, no personal data, no session.

    They read with their owner's rights, so that the reading role needs none on the tables themselves.
    """
    cursor.execute("DROP SCHEMA IF EXISTS reading CASCADE")
    cursor.execute("CREATE SCHEMA reading")
    cursor.execute("GRANT USAGE ON SCHEMA reading TO fadu_read")
    for table in tables:
        cursor.execute(view_sql(table, reading=True))
    cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA reading TO fadu_read")


def outdated(registry: Registry) -> bool:
    """Whether any view is missing or was made from other declarations; any role may ask."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, obj_description(oid, 'pg_class') FROM pg_class"
            " WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace"
        )
        found = {name: made_from(comment) for name, comment in cursor.fetchall()}
    return any(found.get(table.view) != table.digest for table in tables_of(registry))
