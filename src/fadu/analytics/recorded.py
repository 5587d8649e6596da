"""The second axis of time: the table of a system or a register as the record stood at an earlier moment.

Cases whose record grew since then are folded anew from the events recorded before; entries that were made or ended
since then are left out, or go on; all others are counted in the database as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

from fadu.analytics.engine import opened
from fadu.analytics.tables import Column, Kind, Source, Table
from fadu.kernel import access, ledger, models
from fadu.kernel.access import Session
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules import casefile
from fadu.rules.casefile import CaseFile
from fadu.rules.keeping import kept

_TYPES = {
    Kind.DAY: "DATE",
    Kind.WHOLE: "BIGINT",
    Kind.TEXT: "VARCHAR",
    Kind.FLAG: "BOOLEAN",
    Kind.MANY: "VARCHAR",
}


Row = models.Case | models.RegisterEntry


def changed_since(s: Session, table: Table, moment: datetime) -> list[Row]:
    """Cases or entries with anything recorded, or imported, at that moment or later."""
    if table.register:
        later = _event_of("position", recorded__gte=moment) | _event_of("ended_by", recorded__gte=moment)
        entries = access.entries(s, table.name).filter(later)
        return list(entries.select_related("organ").order_by("pk"))
    later = Q(stream__events__recorded__gte=moment) | Q(bulk__made__gte=moment)
    return list(access.cases(s, system=table.name).filter(later).select_related("bulk").distinct().order_by("pk"))


def _event_of(position: str, **recorded: datetime) -> Q:
    """Whether an entry's event at that position was recorded then."""
    event = models.Event.objects.filter(stream_id=OuterRef("stream_id"), position=OuterRef(position), **recorded)
    return Q(Exists(event))


def rows(s: Session, table: Table, changed: Iterable[Row], before: datetime) -> Iterator[list[Any]]:
    """The rows that these cases or entries had before that moment; what was not yet there has none."""
    return (row[:-1] for row in rows_with_length(s, table, changed, before))


def inside(s: Session, table: Table, changed: Iterable[Row], before: datetime) -> Iterator[list[Any]]:
    """`rows_with_length` of those that the session sees from inside."""
    seen = (row for row in changed if s.officer is None or _body(row) in s.bodies)
    return rows_with_length(s, table, seen, before)


def _body(row: Row) -> int | None:
    return row.body_id if isinstance(row, models.Case) else row.organ_id


def rows_with_length(s: Session, table: Table, changed: Iterable[Row], before: datetime) -> Iterator[list[Any]]:
    """The same, each with the number of events of the case at the end, of an entry the position of its last."""
    for row in changed:
        if isinstance(row, models.RegisterEntry):
            yield from _entry_then(row, table, before)
        elif positions := _recorded(row, before):
            yield [*row_of(_folded(row, positions), table, s.env), max(positions)]


# ---------------------------------------------------------------- entries


def _entry_then(entry: models.RegisterEntry, table: Table, before: datetime) -> Iterator[list[Any]]:
    """The entry's row, if it was made by then; an end recorded later is not there."""
    events = models.Event.objects.filter(stream_id=entry.stream_id, recorded__lt=before)
    recorded = events.aggregate(last=Max("position"))["last"] or 0
    if entry.position > recorded:
        return
    if entry.ended_by is not None and entry.ended_by > recorded:
        entry.before = entry.ended_by = entry.ended = None
    yield [*(_entry_value(entry, column) for column in table.columns), entry.ended_by or entry.position]


def _entry_value(entry: models.RegisterEntry, column: Column) -> Any:
    assert entry.organ is not None  # the house's own registers are not declared and have no table
    match column.of if column.source is Source.ENTRY else "":
        case "":
            return _fact(entry.data.get(column.of), column.kind)
        case "organ":
            return entry.organ.serves_id or entry.organ_id
        case "body":
            return entry.organ_id
        case "since_month" | "before_month" as of:
            day = getattr(entry, of.removesuffix("_month"))
            return day and day.year * 100 + day.month
        case of:
            return getattr(entry, of)


# ---------------------------------------------------------------- cases


def case_then(case: models.Case, before: datetime) -> CaseFile | None:
    """A case as its record stood at that moment; None when it was not there yet."""
    positions = _recorded(case, before)
    return _folded(case, positions) if positions else None


def _recorded(case: models.Case, before: datetime) -> set[int]:
    """Positions of what was recorded before that moment; of a mirrored case the first repeats its import."""
    recorded = models.Event.objects.filter(stream_id=case.stream_id or 0, recorded__lt=before)
    positions = set(recorded.values_list("position", flat=True))
    return positions | {1} if case.bulk is not None and case.stream_id and case.bulk.made < before else positions


def _folded(case: models.Case, positions: set[int]) -> CaseFile:
    events = [event for event in ledger.read(case.stream_id or 0) if event.position in positions]
    head = {
        "id": case.pk,
        "system": case.system,
        "version": case.version,
        "organ": case.organ_id,
        "body": case.body_id,
        "opened": case.opened.isoformat(),
        "mirrored": case.mirrored,
    }
    taken_back = frozenset(event.reverses for event in events if event.reverses is not None)
    return casefile.fold(head, [(event.position, event.operations) for event in events], taken_back)


def row_of(case: CaseFile, table: Table, env: Env) -> list[Any]:
    """A case's row, column by column, as the view in the database has it."""
    last = {key: dates.lapses_after for key, dates in reckon_all(case, env).items()}
    return [_value(case, column, last) for column in table.columns]


def _value(case: CaseFile, column: Column, due: dict[str, date | None]) -> Any:
    match column.source:
        case Source.CASE if column.of.endswith("_month"):
            day = _day(getattr(case, column.of.removesuffix("_month")))
            return day and day.year * 100 + day.month
        case Source.CASE:
            value = getattr(case, column.of)
            return _day(value) if column.kind is Kind.DAY else value
        case Source.FACT:
            return _fact(case.facts.get(column.of), column.kind)
        case Source.PAPERS:
            return sum(not row.get("amends") for row in _of_stem(case, "paper", column.of))
        case Source.PARTIES:
            return sum(not row.get("before") for row in _of_stem(case, "party", column.of))
        case Source.ITEMS:
            return len(case.table("item"))
        case Source.NAMES:
            present = [row for row in _of_stem(case, "party", column.of) if not row.get("before")]
            return ",".join(sorted({_organ(row) for row in present})) or None
        case Source.STEP:
            return min((_day(entry["day"]) for entry in case.done.get(column.of, ())), default=None)
        case _:
            runs = case.of("clock", name=column.of)
            return _clock(column.source, [(row, due[key]) for key, row in runs])


def _of_stem(case: CaseFile, table: str, stem: str) -> list[dict[str, Any]]:
    """Rows by their key, which names kind or role: what else a row said may have been destroyed since."""
    return [row for key, row in case.table(table).items() if key.rpartition("-")[0] == stem]


def _organ(row: Mapping[str, Any]) -> str:
    """The number of an organ of the house, the name of any other."""
    return str(row.get("organ") or str(row.get("name") or "").replace(",", "，"))


def _fact(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    match kind:
        case Kind.DAY:
            return _day(value)
        case Kind.MANY:
            return ",".join(value)
        case Kind.TEXT:
            return str(value)
        case _:
            return value


def _clock(source: Source, runs: Sequence[tuple[dict[str, Any], date | None]]) -> Any:
    if source is Source.RAN:
        return bool(runs)
    if source is Source.KEPT:
        known = [answer for row, last in runs if (answer := kept(row, last)) is not None]
        return all(known) if known else None
    ended = [row for row, _ in runs if row["stopped"] and not row.get("void")]
    return max(((_day(row["stopped"]) - _day(row["start"])).days for row in ended), default=None)


def _day(text: str | None) -> Any:
    return date.fromisoformat(text) if text else None


def run(table: Table, values: Iterable[Sequence[Any]], statement: str) -> list[tuple[Any, ...]]:
    """A statement of the same expression on DuckDB over rows held in memory."""
    columns = ", ".join(f'"{column.name}" {_TYPES[column.kind]}' for column in table.columns)
    with opened() as engine:
        engine.execute(f'CREATE TEMPORARY TABLE "{table.view}" ({columns})')
        held = engine.table(table.view)
        for row in values:
            held.insert(list(row))
        found: list[tuple[Any, ...]] = engine.execute(statement).fetchall()
        return found
