"""Reads a case, to look at or to act on, and writes what an act changed: one call each, see 0002_record.sql."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from django.db import connection

from fadu.kernel import access, ledger, models, sought
from fadu.kernel.access import Session
from fadu.kernel.ledger import Deed
from fadu.kernel.timekeeping import duties, reckon_all
from fadu.rules import casefile
from fadu.rules.casefile import TABLES, CaseFile, Operation
from fadu.rules.clocks import Reckoned
from fadu.rules.facts import Audience, FactField, fact_fields
from fadu.rules.procedure import Procedure

HOLD_KEY = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(%s, 0))"
"""Waits until nobody else uses a form's key, so that the same form sent twice at once gets one answer."""
LOAD = "SELECT fadu_load(%s, %s, %s)::text"
LOOK = "SELECT fadu_look(%s)::text"
WAITING = "SELECT waiting::text FROM fadu_waiting(%s)"
Row = TypeVar("Row", bound=models.CaseRow)
WRITE, TELL = "SELECT fadu_write(%s::jsonb)", "SELECT fadu_bulk_act(%s, %s::jsonb)"
HOLD_AND_LOAD = LOAD + " FROM pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(slots=True)
class Loaded:
    """A case as it was read, with the head of its chain and the answer kept for the form's key.

    source: the case from which this one, which the session may not see, is reached.
    """

    case: CaseFile
    stream: int
    hash: bytes
    answer: Mapping[str, Any] | None
    source: int | None = None


def load(case: int, actor: int | None, key: str | None) -> Loaded | None:
    """Locks and reads a case to act on it, its form's key first; None when it is absent or not to be seen."""
    if key is None:
        return _read(LOAD, [case, actor, key])
    return _read(HOLD_AND_LOAD, [case, actor, key, f"{actor}:{key}"])


def waiting(case: int) -> list[Loaded]:
    """The cases that may wait for this one, which is locked and they with it, in the order of their ids."""
    found = [of_whole(json.loads(text)) for (text,) in ledger.rows(WAITING, [case])]
    for one in found:
        one.source = case
    return found


def look(case: int) -> Loaded | None:
    """Reads a case without locking it: for pages, which never wait for an act. Nothing may be written after it."""
    return _read(LOOK, [case])


def rows(s: Session, found: models.Case, loaded: Loaded, kind: type[Row]) -> list[Row]:
    """What access.rows says, of a case that was looked at; not of clocks, whose days are reckoned when written."""
    fields = [one for one in kind._meta.concrete_fields if one.name not in ("case", "key", "order", "data")]
    made = [
        kind(
            case_id=loaded.case.id, key=key, order=order, data=row,
            **{one.attname: one.to_python(row.get(one.name)) for one in fields},
        )
        for order, (key, row) in enumerate(loaded.case.table(str(kind._meta.model_name)).items())
    ]  # fmt: skip
    return access.allowed(s, found, kind, made)


def _read(sql: str, parameters: list[Any]) -> Loaded | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        text = cursor.fetchone()[0]
    return None if text is None else of_whole(json.loads(text))


def of_whole(whole: Mapping[str, Any]) -> Loaded:
    """A case as fadu_whole answers it."""
    file = CaseFile(**whole["head"], rows=whole["rows"])
    return Loaded(file, whole["stream"], bytes.fromhex(whole["hash"]), whole["answer"])


def hold_key(actor: int, key: str) -> None:
    """Keeps a form's key to this transaction, where there is no case to lock yet."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD_KEY, [f"{actor}:{key}"])


def create(
    procedure: Procedure, organ: int, body: int, day: date, officer: int | None, number: int | None = None
) -> Loaded:
    """A new, empty case with a stream of its own. number: its id, where that was reserved before."""
    stream = models.Stream.objects.create(kind="case", name=uuid4().hex, head=ledger.ZERO)
    row = models.Case.objects.create(
        pk=number,
        system=procedure.system,
        version=procedure.version,
        revision=procedure.revision,
        organ_id=organ,
        body_id=body,
        stream=stream,
        officer_id=officer,
        state="",
        title="",
        opened=day,
    )
    file = CaseFile(row.pk, procedure.system, procedure.version, organ, body, day.isoformat(), officer=officer)
    return Loaded(file, stream.pk, ledger.ZERO, None)


def refold(loaded: Loaded) -> CaseFile:
    """The case folded anew from its record."""
    return casefile.refold(loaded.case, ledger.read(loaded.stream))


def told_since(loaded: Loaded, position: int, seen: Audience) -> list[str]:
    """What happened after a position, as far as the viewer may know it; from inside also who did it."""
    events = models.Event.objects.filter(stream_id=loaded.stream, position__gt=position).order_by("position")
    inside = seen is Audience.INTERNAL
    return [
        f"{event.actor.name if inside and event.actor else ''}“{event.label}”"
        for event in events.select_related("actor")
        if Audience(event.audience).includes(seen)
    ]


# ---------------------------------------------------------------- writing


def write(
    s: Session, loaded: Loaded, procedure: Procedure, deed: Deed, operations: list[Operation],
    kept: Mapping[str, Any] | None, bulk: int | None = None,
) -> None:  # fmt: skip
    """Writes the event and the rows that changed; moves the loaded case on to its new position.

    kept: the answer to keep under the form's key (actor, key, digest, answer). bulk: the import whose act it is.
    """
    case = loaded.case
    case.position += 1
    declaration = s.registry.digest_of(procedure)
    event = ledger.event(
        loaded.stream, case.position, loaded.hash, deed, s.now, case.state, declaration, operations, case.organ
    )
    everything = deed.reverses is not None
    reckoned = reckon_all(case, s.env)
    payload: dict[str, Any] = {
        "case": case.id,
        "event": event,
        "head": _head(case, procedure, reckoned),
        "rows": _rows(case, reckoned, None if everything else _touched(operations)),
        "facts": list(indexed_facts(case, procedure, None if everything else _facts_set(operations))),
        "sought": sought.pieces(case, procedure, None if everything else sought.touched(operations)),
    }
    if everything:
        payload["clear"] = True
    if loaded.source is not None:
        payload["from"] = loaded.source
    if kept is not None:
        payload["key"] = {**kept, "made": s.now.isoformat()}
    text = json.dumps(payload, ensure_ascii=False)
    s.flight.later(*((WRITE, [text]) if bulk is None else (TELL, [bulk, text])))
    if bulk is not None:
        s.flight.send()  # an import's rows go over the same connection from another thread, past the flight
    loaded.hash = bytes.fromhex(event["hash"])


def _touched(operations: Iterable[Operation]) -> set[tuple[str, str]]:
    return {(op["table"], op["key"]) for op in operations if op["op"] == "put"}


def _facts_set(operations: Iterable[Operation]) -> set[str]:
    return {op["name"] for op in operations if op["op"] == "fact"}


def _head(case: CaseFile, procedure: Procedure, reckoned: Mapping[str, Reckoned]) -> dict[str, Any]:
    """The case's own columns."""
    names = ("state", "position", "closed", "number", "title", "officer", "outcome", "facts", "done")
    head = {name: getattr(case, name) for name in names}
    head["due"], head["due_label"] = next_duty(case, procedure, reckoned)
    return head


def next_duty(case: CaseFile, procedure: Procedure, reckoned: Mapping[str, Reckoned]) -> tuple[str | None, str | None]:
    """Day and name of the case's next duty."""
    days = [(due.isoformat(), key) for key in duties(case, procedure) if (due := reckoned[key].due)]
    named = [(day, case.table("clock")[key]["label"]) for day, key in days]
    return min(named, default=(None, None))


def _rows(
    case: CaseFile, reckoned: Mapping[str, Reckoned], touched: set[tuple[str, str]] | None
) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for table in TABLES:
        found = {
            key: {"order": number, "data": row} | (_dates(reckoned[key]) if table == "clock" else {})
            for number, (key, row) in enumerate(case.table(table).items())
            if touched is None or (table, key) in touched
        }
        if found:
            rows[table] = found
    return rows


def _dates(reckoned: Reckoned) -> dict[str, Any]:
    return {
        "due": reckoned.due.isoformat() if reckoned.due else None,
        "lapses_after": reckoned.lapses_after.isoformat() if reckoned.lapses_after else None,
        "provisional": reckoned.provisional,
        "digest": reckoned.digest,
    }


def indexed_facts(case: CaseFile, procedure: Procedure, names: set[str] | None = None) -> Iterable[list[Any]]:
    """Indexed facts as (name, day, number, text), each as text."""
    for name, field in fact_fields(procedure.facts).items():
        if field.fact.indexed and name in case.facts and (names is None or name in names):
            yield [name, *_typed(field, case.facts[name])]


def _typed(field: FactField, value: Any) -> tuple[str | None, str | None, str | None]:
    if value is None:
        return None, None, None
    if field.widget == "date":
        return value, None, None
    if field.widget in ("number", "money"):
        return None, str(value), None
    if field.widget == "bool":
        return None, "1" if value else "0", None
    return None, None, ",".join(value) if isinstance(value, list) else str(value)
