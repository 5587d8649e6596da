"""Chains of events beside those that kernel.store writes: of the house, of registers, of an adopted case."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection

from fadu.kernel import ledger, models
from fadu.kernel.access import Session
from fadu.kernel.ledger import Deed
from fadu.rules.casefile import Operation


def locked(kind: str, name: str, organ: int | None = None) -> models.Stream:
    """The stream, made at its first use, kept to this transaction until it ends."""
    models.Stream.objects.get_or_create(kind=kind, name=name, defaults={"head": ledger.ZERO, "organ_id": organ})
    return models.Stream.objects.select_for_update(no_key=True).get(kind=kind, name=name)


def append(
    s: Session, stream: models.Stream, deed: Deed, operations: Sequence[Operation], declaration: str = "",
    state: str = "", organ: int | None = None,
) -> int:  # fmt: skip
    """One event on a locked stream; returns its position. organ: of a case, else that of the register's chain."""
    position, organ = stream.position + 1, organ or stream.organ_id
    event = ledger.event(stream.pk, position, bytes(stream.head), deed, s.now, state, declaration, operations, organ)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_append(%s::jsonb)", [json.dumps(event, ensure_ascii=False)])
    stream.position, stream.head = position, bytes.fromhex(event["hash"])
    return position
