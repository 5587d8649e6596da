"""Keeps what entries of registers are found by: one text for each, as its newest row has it.

The act that changes an entry writes it. Those of an import are written by the worker, some at a time: to take so many
texts apart would take as long again as the import.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fadu.infra import jobs
from fadu.kernel import access, sought
from fadu.kernel.access import Session
from fadu.kernel.models import RegisterEntry, Stream
from fadu.kernel.sought_models import SoughtEntry
from fadu.rules.registers import Register
from fadu.rules.registry import digest

BATCH = 500
"""Texts in one transaction, for which acts on the same register wait."""


def newest() -> QuerySet[RegisterEntry]:
    """Of each entry the row that says what it holds: the newest of those that ever counted."""
    counted = Q(before=None) | Q(before__gt=F("since"))
    names = {name: OuterRef(name) for name in ("register", "organ", "key")}
    later = Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
    return RegisterEntry.objects.filter(counted, ~Exists(RegisterEntry.objects.filter(counted, later, **names)))


def settle(register: Register, organ: int | None, key: str) -> None:
    """Writes the text of one entry anew, on whose locked chain something was changed."""
    row = newest().filter(register=register.name, organ=organ, key=key).first()
    mine = SoughtEntry.objects.filter(entry__register=register.name, entry__organ=organ, entry__key=key)
    mine.exclude(pk=row.pk if row else None).delete()
    if row is not None:
        _write(register, [row])


def write_later() -> None:
    """Has the worker write what is missing, once the present transaction is committed."""
    jobs.soon(write_entry_texts)


def write_entry_texts() -> int:
    """Writes the texts that are missing, batch by batch; returns how many. Harmless to repeat."""
    with access.session(None) as s:
        found = list(missing(s).order_by("stream", "pk").values_list("stream", "pk"))
    chains = ((stream, [row for _, row in rows]) for stream, rows in groupby(found, key=itemgetter(0)))
    return sum(
        _write_missing(stream, rows[first : first + BATCH])
        for stream, rows in chains
        for first in range(0, len(rows), BATCH)
    )


def missing(s: Session) -> QuerySet[RegisterEntry]:
    """The newest rows of declared registers that have no text, or one by a declaration that has changed since."""
    now = {register.name: digest(register) for register in s.registry.registers}
    return newest().filter(register__in=now).exclude(sought__declared__in=now.values())


def _write_missing(stream: int, among: list[int]) -> int:
    """Those of one chain, which is kept to this transaction: nothing about them changes meanwhile."""
    with access.session(None) as s:
        Stream.objects.select_for_update(no_key=True).get(pk=stream)
        rows = list(missing(s).filter(pk__in=among))
        if rows:
            # of a row before it, where a newer one came by an import
            SoughtEntry.objects.filter(entry__stream=stream, entry__key__in=[row.key for row in rows]).delete()
            _write(s.registry.register(rows[0].register), rows)
        return len(rows)


def _write(register: Register, rows: list[RegisterEntry]) -> None:
    declared = digest(register)
    texts = ((row, *sought.entry_text(register, row.data)) for row in rows)
    SoughtEntry.objects.bulk_create(
        [SoughtEntry(entry=row, text=text, open=open_, declared=declared) for row, text, open_ in texts],
        update_conflicts=True, unique_fields=["entry"], update_fields=["text", "open", "declared"],
    )  # fmt: skip
