"""Mirrored cases 转录: their chain begins with what was imported; a later import that tells them anew goes on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from fadu.kernel import ledger, models, streams
from fadu.kernel.access import Session
from fadu.kernel.ledger import Deed
from fadu.kernel.store import Loaded
from fadu.rules.casefile import (
    CaseFile,
    Operation,
    apply,
    mark_done,
    note,
    put,
    set_days,
    set_fact,
    set_head,
    set_state,
)
from fadu.rules.facts import Audience, display, fact_fields
from fadu.rules.procedure import ADMINISTRATOR, Procedure

STEP, LABEL = "mirror", "转录"
ORIGIN = "origin"
"""Name of the note that says which row of which import an event repeats."""
TOLD_OF_PARTY = ("role", "name", "kind", "organ", "before")


def adopt(s: Session, loaded: Loaded, procedure: Procedure) -> None:
    """Writes event 1 of a mirrored case that has none yet; of every other case nothing."""
    if loaded.stream:
        return
    row = models.Case.objects.select_related("bulk").get(pk=loaded.case.id)
    assert row.bulk is not None  # without a stream only by an import
    begin(s, loaded, procedure, {"stream": row.bulk.stream_id, "position": row.bulk.position, "row": row.bulk_row})
    models.Case.objects.filter(pk=loaded.case.id).update(stream=loaded.stream)


def begin(s: Session, loaded: Loaded, procedure: Procedure, origin: Mapping[str, Any]) -> None:
    """A chain with event 1, which repeats the case as it was imported. origin: the row of the import it repeats.

    Its day is that of receipt, its moment is now. The case is not yet led to it.
    """
    case = loaded.case
    stream = models.Stream.objects.create(kind="case", name=uuid4().hex, head=ledger.ZERO)
    seen = Audience.PARTIES.value
    deed = Deed(uuid4(), STEP, LABEL, seen, None, None, ADMINISTRATOR.name, date.fromisoformat(case.opened))
    operations = [*_operations(case), note(ORIGIN, dict(origin))]
    streams.append(s, stream, deed, operations, s.registry.digest_of(procedure), case.state, case.organ)
    loaded.stream, loaded.hash = stream.pk, bytes(stream.head)


def _operations(case: CaseFile) -> list[Operation]:
    head = {name: getattr(case, name) for name in ("number", "outcome", "closed")}
    return [
        set_state(case.state),
        *(set_fact(name, value) for name, value in case.facts.items()),
        *(put("party", key, **row) for key, row in case.table("party").items()),
        *(mark_done(step, date.fromisoformat(d["day"]), d["by"]) for step, days in case.done.items() for d in days),
        set_head(**head),
        set_head(title=case.title),  # by itself: it may be destroyed without the others
    ]


# ---------------------------------------------------------------- told anew


def anew(case: CaseFile, row: Mapping[str, Any], said: frozenset[str]) -> list[Operation]:
    """What makes the case what a row of a later import says of it; nothing where it says the same.

    row: as bulk.cases.body_of has it; said: what the columns of the file are about. What the file has no column for
    stays as it is; an empty cell says that there is nothing.
    """
    found: list[Operation] = [] if row["state"] == case.state else [set_state(row["state"])]
    for meaning in sorted(said):
        kind, _, name = meaning.partition(":")
        match kind:
            case "fact" if row["facts"].get(name) != case.facts.get(name):
                found.append(set_fact(name, row["facts"].get(name)))
            case "step" if row["done"].get(name, []) != case.done.get(name, []):
                found.append(set_days(name, row["done"].get(name, [])))
            case "party":
                found += _parties(case, row["parties"], name)
    names = {"closed"} | (said & {"outcome", "title"})
    head = {name: row[name] for name in sorted(names) if row[name] != getattr(case, name)}
    return [*found, set_head(**head)] if head else found


def _parties(case: CaseFile, rows: Mapping[str, Mapping[str, Any]], role: str) -> Iterator[Operation]:
    """Parties of a role that are another, new, or no longer there: these end with the day on which the case began."""
    here = {key: one for key, one in case.table("party").items() if one["role"] == role}
    there = {key: one for key, one in rows.items() if one["role"] == role}
    for key, one in there.items():
        if key not in here or any(here[key][name] != one[name] for name in TOLD_OF_PARTY):
            yield put("party", key, **(one if key not in here else {name: one[name] for name in TOLD_OF_PARTY}))
    for key in here.keys() - there.keys():
        if here[key]["before"] is None:
            yield put("party", key, before=here[key]["since"])


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was told anew, in words. audience: who may see it."""

    label: str
    old: str
    new: str
    audience: Audience = Audience.PARTIES

    def __str__(self) -> str:
        return f"{self.label}：{self.old}→{self.new}"


def differences(procedure: Procedure, before: CaseFile, operations: Sequence[Operation]) -> list[Difference]:
    """What the operations of a later import change in the case as it was before, old and new."""
    after = before.copy()
    apply(after, operations)
    return [one for operation in operations for one in _told(procedure, before, after, operation)]


def _told(procedure: Procedure, before: CaseFile, after: CaseFile, operation: Operation) -> Iterator[Difference]:
    match operation:
        case {"op": "state"}:
            states = {state.name: state.label for state in procedure.states}
            yield Difference("状态", states.get(before.state, before.state), states.get(after.state, after.state))
        case {"op": "fact", "name": name} if name in (fields := fact_fields(procedure.facts)):
            old, new = (display(fields[name], case.facts.get(name)) for case in (before, after))
            yield Difference(fields[name].fact.label, old, new, fields[name].fact.audience)
        case {"op": "days", "step": name} if step := procedure.step(name):
            old, new = (_days(case, name) for case in (before, after))
            yield Difference(f"{step.label}日期", old, new, step.audience)
        case {"op": "put", "table": "party", "key": key}:
            role = procedure.party(after.table("party")[key]["role"])
            old, new = (_name(case, key) for case in (before, after))
            yield Difference(role.label if role else key, old, new)
        case {"op": "head", "value": value}:
            for name in value:
                yield Difference(HEAD[name], _head(procedure, before, name), _head(procedure, after, name))


HEAD = {"closed": "结案日期", "outcome": "结果", "title": "标题"}
NONE = "—"


def _days(case: CaseFile, step: str) -> str:
    return "、".join(entry["day"] for entry in case.done.get(step, ())) or NONE


def _name(case: CaseFile, key: str) -> str:
    row = case.table("party").get(key)
    return str(row["name"]) if row and row["before"] is None else NONE


def _head(procedure: Procedure, case: CaseFile, name: str) -> str:
    value = getattr(case, name)
    if value and name == "outcome" and procedure.items:
        return str(procedure.items.outcome.label_of(value))
    return value or NONE
