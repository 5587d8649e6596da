"""Acts on registers 名录: an entry is entered, changed or ended; each is one event on the chain of register and organ.

An entry is valid from a day until a day; a change ends the row that was valid and begins another. A change that took
effect earlier is entered late, with its own day, but never before the entry's last change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from fadu.kernel import files, forms, models, streams
from fadu.kernel.access import Session
from fadu.kernel.ledger import Deed
from fadu.rules.casefile import note
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.facts import Audience
from fadu.rules.procedure import SYSTEM
from fadu.rules.registers import ChangeKind, Effect, Register
from fadu.rules.registry import digest


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it came in. kind: code of the register's list; since: the day it takes effect, today if not given.

    values: the facts of the entry; for a change those that change, for an end only the key.
    """

    kind: str
    values: Mapping[str, Any]
    since: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register before it is written. began: code of the kind of change, none for the house's own."""

    register: str
    organ: int | None
    key: str
    since: date
    data: Mapping[str, Any]
    began: str | None = None


def perform(s: Session, name: str, organ: int, change: Change) -> models.RegisterEntry:
    """Makes one change in a register at an organ; returns the row that is valid by it, or that it ended.

    Raises NotFound (register, kind of change, entry), NotAllowed, BadInput; then nothing has been changed.
    """
    register, kind = declared(s, name, change.kind)
    role = may(s, register, organ)
    since = change.since or s.today
    _refuse_unready(register, kind, change)
    stream = streams.locked("register", stream_name(name, organ), organ)
    key = key_of(register, change.values)
    last = latest(name, organ, key)
    data = _content(register, kind, key, last, change, since)
    happened = min(since, s.today)
    label = f"{register.label}：{kind.label}"
    article = kind.article or register.article
    deed = Deed(uuid4(), str(kind), label, Audience.INTERNAL.value, article, s.officer, role, happened)
    said = {"key": key, "since": since.isoformat(), "data": data, "reason": change.reason.strip()}
    position = streams.append(s, stream, deed, [note("entry", said)], digest(register))
    if last is not None and kind.effect is not Effect.ENTERS:
        end_row(last, since, position, str(kind))
    if kind.effect is Effect.ENDS:
        assert last is not None  # _content refuses to end what is not there
        return last
    return add_row(Row(name, organ, key, since, data, str(kind)), stream.pk, position)


def _refuse_unready(register: Register, kind: ChangeKind, change: Change) -> None:
    """What can be told without the entry: a reason that is missing, all that is wrong with a new entry."""
    faults: dict[str, str] = {}
    if kind.effect is Effect.ENTERS:
        try:
            _clean(register, change.values)
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


def key_of(register: Register, values: Mapping[str, Any]) -> str:
    """What names the entry, as a person typed it or chose it."""
    key = str(values.get(register.key) or "").strip()
    if not key:
        label = forms.label_of(register.model, register.key)
        raise BadInput({register.key: f"“{label}”没有填写"})
    return key


def latest(name: str, organ: int | None, key: str) -> models.RegisterEntry | None:
    """The newest row under a key, ended or not."""
    rows = models.RegisterEntry.objects.filter(register=name, organ=organ, key=key)
    return rows.order_by("since", "pk").last()


def _content(
    register: Register, kind: ChangeKind, key: str, last: models.RegisterEntry | None, change: Change, since: date
) -> dict[str, Any]:
    """What the entry holds after the change, all rules about days checked."""
    if kind.effect is Effect.ENTERS:
        _refuse_twice(key, last, since)
        return _clean(register, change.values)
    if last is None:
        raise NotFound(f"“{register.label}”中的条目“{key}”")
    if last.before is not None:
        raise BadInput({register.key: f"条目“{key}”已自{last.before.isoformat()}起终止，不能再{kind.label}"})
    if since < last.since:
        raise BadInput({"since": f"条目“{key}”自{last.since.isoformat()}起生效，不能补录在此之前的{kind.label}"})
    if kind.effect is Effect.ENDS:
        return dict(last.data)
    data = _clean(register, {**last.data, **change.values})
    if data == last.data:
        raise BadInput({register.key: f"条目“{key}”的内容没有变化"})
    return data


def _refuse_twice(key: str, last: models.RegisterEntry | None, since: date) -> None:
    if last is not None and last.before is None:
        raise BadInput({"key": f"已有条目“{key}”（自{last.since.isoformat()}起），不能重复登记"})
    if last is not None and last.before is not None and since < last.before:
        raise BadInput({"since": f"条目“{key}”到{last.before.isoformat()}才终止，不能在此之前重新登记"})


def _clean(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    data = forms.clean_entry(register.model, values)
    files.check(data)
    return data


# ---------------------------------------------------------------- rows, also those of the house's own registers


def add_row(row: Row, stream: int, position: int) -> models.RegisterEntry:
    """A row that an event made."""
    return models.RegisterEntry.objects.create(
        register=row.register, organ_id=row.organ, key=row.key, since=row.since, data=dict(row.data), stream_id=stream,
        position=position, began=row.began,
    )  # fmt: skip


def end_row(row: models.RegisterEntry, before: date, position: int, ended: str | None = None) -> None:
    """Ends a row by an event; it stays readable as of the days before. ended: code of the kind of change."""
    row.before, row.ended_by, row.ended = before, position, ended
    row.save(update_fields=["before", "ended_by", "ended"])
