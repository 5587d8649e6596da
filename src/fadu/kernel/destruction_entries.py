"""Destruction of an entry of a register that is over: what it said goes, that it was there remains.

As with cases one event says what goes and on which ground, on the chain of the register and its organ; values become
NULL behind their digests, rows of imports leave the kept files. Why so: docs/decisions/0016.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from fadu.kernel import access, ledger, models, remains, sought_entries, streams
from fadu.kernel.access import Session
from fadu.kernel.bulk import erasing
from fadu.kernel.destruction import NOTE, Ground, destroy_uploads, role_of, uploads_of
from fadu.kernel.ledger import Deed
from fadu.kernel.registers import stream_name
from fadu.kernel.remains import GONE, Place
from fadu.rules.casefile import DESTROYING, Operation, note
from fadu.rules.errors import NotFound, Refusal
from fadu.rules.facts import Audience, fact_fields
from fadu.rules.registers import Register
from fadu.rules.registry import digest

LABEL = "销毁条目"
SAID = """
SELECT position, slot, value FROM kernel_eventvalue
WHERE stream_id = %s AND position = ANY (%s) AND value IS NOT NULL ORDER BY position, slot
"""


@dataclass(frozen=True, slots=True)
class WhatEntry:
    """An entry by its key, as one organ's register had it, from its first row to its last."""

    register: str
    organ: int
    key: str


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """What goes. rows: how many rows of the register lose their content; values: of the record; imported: of files."""

    label: str
    key: str
    rows: int
    values: int
    imported: int
    uploads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """The locked chain and rows of an entry, and what goes."""

    register: Register
    stream: models.Stream
    rows: list[models.RegisterEntry]
    going: list[tuple[Place, Operation]]
    imported: list[tuple[models.Bulk, int]]
    uploads: tuple[str, ...]


def plan_entry(what: WhatEntry, ground: Ground, *, at: datetime | None = None) -> EntryPlan:
    """What would be destroyed; changes nothing. Raises NotFound, BadInput, NotAllowed, Refusal."""
    with access.session(None, at) as s, transaction.atomic():
        role_of(s, ground, (what.organ,))
        told = _told(what, _find(s, what))
        transaction.set_rollback(True)
        return told


def destroy_entry(what: WhatEntry, ground: Ground, *, at: datetime | None = None) -> EntryPlan:
    """Destroys it; what was destroyed cannot be brought back. Raises NotFound, BadInput, NotAllowed, Refusal."""
    with access.session(None, at) as s:
        role = role_of(s, ground, (what.organ,))
        found = _find(s, what)
        taken = [out for bulk, row in found.imported if (out := erasing.take_out(s, bulk, row))]
        where = f"{found.register.label}第{found.stream.position + 1}条记录"
        said: dict[str, Any] = {
            "what": f"名录“{found.register.label}”的一个条目",
            "reason": ground.reason,
            "approved_by": ground.approved_by,
            "ground": f"{where}：{ground.reason}（{ground.article}）",
            "slots": [list(place) for place, _ in found.going],
            "uploads": list(found.uploads),
        }
        said |= {"imports": taken} if taken else {}
        deed = Deed(
            uuid4(), DESTROYING, f"{found.register.label}：{LABEL}", Audience.INTERNAL.value, ground.article, ground.by,
            role, s.today,
        )  # fmt: skip
        position = streams.append(s, found.stream, deed, [note(NOTE, said)], digest(found.register))
        _leave(found)
        ledger.rows("SELECT fadu_erase(%s, %s)", [found.stream.pk, position])
        destroy_uploads(found.uploads)
        return _told(what, found)


def _find(s: Session, what: WhatEntry) -> _Found:
    try:
        register = s.registry.register(what.register)
    except KeyError as fault:
        raise NotFound(f"名录“{what.register}”") from fault
    stream = streams.locked("register", stream_name(what.register, what.organ), what.organ)
    mine = models.RegisterEntry.objects.filter(register=what.register, organ=what.organ, key=what.key)
    rows = list(mine.order_by("since", "pk"))
    if not rows:
        raise NotFound(f"“{register.label}”中的条目“{what.key}”")
    if any(row.before is None or row.before > s.today for row in rows):
        raise Refusal(f"条目“{what.key}”还在有效期内，不能销毁。", todo="请先登记终止，终止以后再办理。")
    going = _going(stream, rows)
    imported = [
        (bulk, row.bulk_row)
        for row in rows
        if row.bulk_id and row.bulk_row is not None
        for bulk in models.Bulk.objects.select_for_update().filter(pk=row.bulk_id)
        if row.bulk_row not in erasing.gone_of(bulk)
    ]
    if not going and not imported:
        raise Refusal(f"条目“{what.key}”的内容已经销毁过。", todo="无须再办理。")
    return _Found(register, stream, rows, going, imported, uploads_of(stream.pk, going))


def _going(stream: models.Stream, rows: Sequence[models.RegisterEntry]) -> list[tuple[Place, Operation]]:
    """What the record says of the entry, in the events by which its rows began and ended; not what imports say."""
    made = {row.position for row in rows if row.bulk_id is None}
    at = made | {row.ended_by for row in rows if row.ended_by is not None}
    said = ledger.rows(SAID, [stream.pk, sorted(at)])
    return [((position, slot), {"op": "note", "value": json.loads(value)}) for position, slot, value in said]


def _leave(found: _Found) -> None:
    """The rows keep their days, how they began and ended, and what figures count; a personal key is replaced."""
    fields = fact_fields(found.register.model)
    counted = {name for name, field in fields.items() if remains.counted(field)}
    key = found.register.key
    kept_key = fields[key].fact.personal is False
    name = found.rows[0].key if kept_key else f"{GONE}{found.rows[0].pk}"
    for row in found.rows:
        row.data = _left(row.data, counted) | {key: name}
        row.key = name
    models.RegisterEntry.objects.bulk_update(found.rows, ["data", "key"])
    sought_entries.settle(found.register, found.stream.organ_id, name)


def _left(data: Mapping[str, Any], counted: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name in counted}


def _told(what: WhatEntry, found: _Found) -> EntryPlan:
    return EntryPlan(
        found.register.label, what.key, len(found.rows), len(found.going), len(found.imported), found.uploads
    )
