"""Acts on registers 名录: an entry is entered, changed or ended; each is one event on the chain of register and organ.

An entry is valid from a day until a day; a change ends the row that was valid and begins another. A change that took
effect earlier is entered late, with its own day, but never before the entry's last change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from fadu.kernel import entries, files, forms, models, sought_entries, streams, validity
from fadu.kernel.access import Session
from fadu.kernel.entries import Change as Change
from fadu.kernel.entries import content, key_of
from fadu.kernel.ledger import Deed
from fadu.rules.casefile import CaseFile, Operation, note
from fadu.rules.errors import BadInput, GatesUnmet, NotAllowed, NotFound, Unmet
from fadu.rules.facts import Audience
from fadu.rules.procedure import SYSTEM, Step
from fadu.rules.registers import ChangeKind, Effect, Register
from fadu.rules.registry import digest


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register before it is written. began: code of the kind of change, none for the house's own."""

    register: str
    organ: int | None
    key: str
    since: date
    data: Mapping[str, Any]
    began: str | None = None
    before: date | None = None


def perform(s: Session, name: str, organ: int, change: Change) -> models.RegisterEntry:
    """Makes one change in a register at an organ; returns the row that is valid by it, or that it ended.

    Raises NotFound (register, kind of change, entry), NotAllowed, BadInput; then nothing has been changed.
    """
    register, kind = declared(s, name, change.kind)
    role = may(s, register, organ)
    since = change.since or s.today
    _refuse_unready(register, kind, change)
    stream = streams.locked("register", stream_name(name, organ), organ)
    deed = Deed(uuid4(), "", "", "", None, s.officer, role, min(since, s.today))
    return write(s, stream, register, kind, replace(change, since=since), deed)


def write(
    s: Session, stream: models.Stream, register: Register, kind: ChangeKind, change: Change, deed: Deed
) -> models.RegisterEntry:
    """One change on the locked chain of a register and organ; of the deed who acts, under which act id, and when.

    Raises NotFound (entry), BadInput.
    """
    key, since, organ = key_of(register, change.values), change.since or deed.happened, stream.organ_id
    last = latest(register.name, organ, key)
    data = content(register, kind, key, last, change, since)
    files.check(data)
    label, article = f"{register.label}：{kind.label}", kind.article or register.article
    said = {"key": key, "since": since.isoformat(), "data": data, "reason": change.reason.strip()}
    told = replace(deed, step=str(kind), label=label, audience=Audience.INTERNAL.value, article=article, reverses=None)
    position = streams.append(s, stream, told, [note("entry", said)], digest(register))
    if last is not None and kind.effect is not Effect.ENTERS:
        end_row(last, since, position, str(kind))
    if kind.effect is Effect.ENDS:
        assert last is not None  # content() refuses to end what is not there
        return last
    row = add_row(Row(register.name, organ, key, since, data, str(kind)), stream.pk, position)
    sought_entries.settle(register, organ, key)
    return row


def _refuse_unready(register: Register, kind: ChangeKind, change: Change) -> None:
    """What can be told without the entry: a reason that is missing, all that is wrong with a new entry."""
    faults: dict[str, str] = {}
    if kind.effect is Effect.ENTERS:
        try:
            forms.clean_entry(register.model, change.values)
        except BadInput as fault:
            faults = fault.fields
    if kind.needs_reason and not change.reason.strip():
        faults["reason"] = f"“{kind.label}”应当写明理由"
    if faults:
        raise BadInput(faults, article=kind.article if "reason" in faults else None)


def declared(s: Session, name: str, kind: str) -> tuple[Register, ChangeKind]:
    """The register and one of its kinds of change. Raises NotFound."""
    try:
        register = s.registry.register(name)
    except KeyError as fault:
        raise NotFound(f"名录“{name}”") from fault
    found = register.change(kind)
    if found is None:
        raise NotFound(f"“{register.label}”的变动种类“{kind}”")
    return register, found


def may(s: Session, register: Register, organ: int) -> str:
    """The role under which the session changes the register at an organ. Raises NotAllowed."""
    if s.officer is None:
        return SYSTEM.name
    role = next((role for role in register.by if s.holds(role.name, organ)), None)
    if role is None:
        who = "、".join(role.label for role in register.by)
        raise NotAllowed(
            f"“{register.label}”由本单位的{who}登记，您没有这项权限。",
            article=register.article,
            todo=f"请转请{who}办理。",
        )
    return role.name


def stream_name(register: str, organ: int) -> str:
    """One chain for each register and organ: organs do not wait for each other, nor see each other's."""
    return f"{register}:{organ}"


def latest(name: str, organ: int | None, key: str) -> models.RegisterEntry | None:
    """The newest row under a key, ended or not."""
    rows = models.RegisterEntry.objects.filter(register=name, organ=organ, key=key)
    return rows.order_by("since", "pk").last()


def beyond(name: str, key: str, day: date) -> list[models.RegisterEntry]:
    """The rows of the house's own under a key that hold on a day or will afterwards."""
    return list(models.RegisterEntry.objects.filter(validity.until_after(day), register=name, organ=None, key=key))


# ---------------------------------------------------------------- by acts of cases

CHANGED = "register"
"""Name of the note in a case's event that says which entry the act changed, and where."""


def carry_out(s: Session, case: CaseFile, step: Step, deed: Deed) -> list[Operation]:
    """Makes the changes that a step declares, under the act's id; returns what the case's event says of them.

    The case is as it is after the act. Raises GatesUnmet, also where the actor does not see the entries.
    """
    told: list[Operation] = []
    for want in entries.wanted(case, step, deed.happened, s.env):
        name = want.register.name
        if s.officer is not None and not set(want.keepers) <= set(s.bodies):
            raise GatesUnmet(step.label, [Unmet("register", f"您看不到“{want.register.label}”中有关单位的条目")])
        chains = {organ: streams.locked("register", stream_name(name, organ), organ) for organ in want.keepers}
        for organ in entries.places(want, step, lambda organ, key, name=name: latest(name, organ, key)):  # type: ignore[misc]
            row = write(s, chains[organ], want.register, want.kind, want.change, deed)
            ended = want.kind.effect is Effect.ENDS
            position = row.ended_by if ended else row.position
            label = f"“{want.register.label}”{want.kind.label}“{row.key}”"
            told.append(note(CHANGED, {"register": name, "organ": organ, "position": position, "label": label}))
    return told


def take_back(s: Session, step: Step, operations: Iterable[Operation], deed: Deed) -> None:
    """Takes back the changes that an act of a case made, as its event tells them, the last one first.

    What was entered ends on the day it began; what was ended is entered again from that day. Raises GatesUnmet when
    an entry was changed since.
    """
    for operation in reversed([one for one in operations if one["op"] == "note" and one["name"] == CHANGED]):
        said = operation["value"]
        stream = streams.locked("register", stream_name(said["register"], said["organ"]), said["organ"])
        rows = models.RegisterEntry.objects.filter(stream=stream.pk)
        began, ended = rows.filter(position=said["position"]).first(), rows.filter(ended_by=said["position"]).first()
        meant = began or ended
        last = latest(said["register"], said["organ"], meant.key) if meant else None
        if last is None or last != meant or (last.before is not None and last.ended_by != said["position"]):
            raise entries.changed_since(step, said["label"])
        _undo(s, stream, deed, said, began, ended)
        sought_entries.settle(s.registry.register(said["register"]), said["organ"], last.key)


def _undo(
    s: Session, stream: models.Stream, deed: Deed, said: Mapping[str, Any], began: models.RegisterEntry | None,
    ended: models.RegisterEntry | None,
) -> None:  # fmt: skip
    label = f"撤回：{said['label']}"
    told = replace(deed, label=label, audience=Audience.INTERNAL.value, reverses=said["position"])
    position = streams.append(s, stream, told, [note("entry", {"taken_back": said["position"]})])
    if began is not None:
        began.began = None  # a change that was taken back counts nowhere
        began.save(update_fields=["began"])
        end_row(began, began.since, position)
    if ended is not None and ended.before is not None and ended.ended_by is not None:
        since = ended.before
        end_row(ended, since, ended.ended_by)
        add_row(Row(said["register"], said["organ"], ended.key, since, ended.data), stream.pk, position)


# ---------------------------------------------------------------- rows, also those of the house's own registers


def add_row(row: Row, stream: int, position: int) -> models.RegisterEntry:
    """A row that an event made."""
    return models.RegisterEntry.objects.create(
        register=row.register, organ_id=row.organ, key=row.key, since=row.since, data=dict(row.data), stream_id=stream,
        position=position, began=row.began, before=row.before,
    )  # fmt: skip


def end_row(row: models.RegisterEntry, before: date, position: int, ended: str | None = None) -> None:
    """Ends a row by an event; it stays readable as of the days before. ended: code of the kind of change."""
    row.before, row.ended_by, row.ended = before, position, ended
    row.save(update_fields=["before", "ended_by", "ended"])
