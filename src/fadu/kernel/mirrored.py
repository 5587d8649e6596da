"""Mirrored cases 转录: the first act that happens to one here gives it a chain, which begins with what was imported."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from fadu.kernel import ledger, models, streams
from fadu.kernel.access import Session
from fadu.kernel.ledger import Deed
from fadu.kernel.store import Loaded
from fadu.rules.casefile import CaseFile, Operation, mark_done, note, put, set_fact, set_head, set_state
from fadu.rules.facts import Audience
from fadu.rules.procedure import ADMINISTRATOR, Procedure

STEP, LABEL = "mirror", "转录"
ORIGIN = "origin"
"""Name of the note that says which row of which import an event repeats."""


def adopt(s: Session, loaded: Loaded, procedure: Procedure) -> None:
    """Writes event 1 of a mirrored case that has none yet; of every other case nothing.

    Its day is that of receipt, its moment is now; the note says which row of which import it repeats.
    """
    if loaded.stream:
        return
    case = loaded.case
    row = models.Case.objects.select_related("bulk").get(pk=case.id)
    assert row.bulk is not None  # without a stream only by an import
    origin = {"stream": row.bulk.stream_id, "position": row.bulk.position, "row": row.bulk_row}
    stream = models.Stream.objects.create(kind="case", name=uuid4().hex, head=ledger.ZERO)
    seen = Audience.PARTIES.value
    deed = Deed(uuid4(), STEP, LABEL, seen, None, None, ADMINISTRATOR.name, date.fromisoformat(case.opened))
    operations = [*_operations(case), note(ORIGIN, origin)]
    streams.append(s, stream, deed, operations, s.registry.digest_of(procedure), case.state, case.organ)
    models.Case.objects.filter(pk=case.id).update(stream=stream)
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
