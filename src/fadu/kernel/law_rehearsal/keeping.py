"""Rehearsals that officers asked for: done at once where little is looked at, else by a job; kept for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from fadu.infra import jobs
from fadu.infra.jobs import Course
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.desk import owner
from fadu.kernel.desk_models import Rehearsed, RehearsedCase
from fadu.kernel.law_rehearsal.examples import examples
from fadu.kernel.law_rehearsal.lengths import Length
from fadu.kernel.law_rehearsal.persons import Persons
from fadu.kernel.law_rehearsal.proposal import Proposal
from fadu.kernel.law_rehearsal.sums import Sum
from fadu.rules.errors import NotFound

KINDS: dict[str, type[Proposal]] = {one.kind: one for one in (Length, Sum, Persons)}
KEPT = timedelta(days=30)
CHUNK = 1000

Tick = Callable[[int, int], None]


def ask(s: Session, proposal: Proposal) -> Rehearsed:
    """Rehearses, or asks for it; the same asked again while it is under way is the same. Raises LawError."""
    before, after = proposal.in_words(s)
    title, said = proposal.statute.title, proposal.said()
    under_way = Rehearsed.objects.filter(officer_id=owner(s), statute=title, asked=said, answer__isnull=True).first()
    row = under_way or Rehearsed.objects.create(
        officer_id=owner(s), statute=title, asked=said, before=before, after=after, changed=s.now
    )
    if under_way is None or course(row) is None:
        begin(s, row)
    return row


def begin(s: Session, row: Rehearsed) -> None:
    """Does it now, or puts it on the queue; nothing where it is done or under way."""
    proposal = proposal_of(s, row)
    if row.answer is not None or course(row):
        return
    if proposal.count(s) <= proposal.at_once:
        _work(s, row, proposal, lambda done, whole: None)
    else:
        jobs.defer(work_on_rehearsal, subject(row.pk), number=row.pk, officer=owner(s))


def proposal_of(s: Session, row: Rehearsed) -> Proposal:
    return KINDS[row.asked["kind"]].of(s.env.library.statute(row.statute), row.asked)


def course(row: Rehearsed) -> Course | None:
    """How its job stands, while there is one."""
    return jobs.course(subject(row.pk))


def subject(number: int) -> str:
    return f"rehearsal {number}"


def own(s: Session, number: int) -> Rehearsed:
    """One that the person asked for. Raises NotFound alike for one that is not there and for somebody else's."""
    found = Rehearsed.objects.filter(officer_id=owner(s), pk=number).first()
    if found is None:
        raise NotFound("修法演练")
    return found


def own_ones(s: Session, *where: Q) -> QuerySet[Rehearsed]:
    """What the person asked for, newest first."""
    return Rehearsed.objects.filter(*where, officer_id=owner(s)).order_by("-changed", "-pk")


def unseen(s: Session) -> list[Rehearsed]:
    """Those under way, and those whose end the person has not seen."""
    return list(own_ones(s, Q(seen=False)))


def lines(s: Session, row: Rehearsed) -> QuerySet[RehearsedCase]:
    """What would come out otherwise, in cases that the session sees from inside today."""
    seen = access.cases(s).filter(body_id__in=s.bodies).order_by()
    found = RehearsedCase.objects.filter(rehearsed=row, case__in=seen)
    return found.select_related("case").order_by("rank", "case_id", "pk")


def forget_old(s: Session) -> None:
    Rehearsed.objects.filter(changed__lt=s.now - KEPT).delete()


@jobs.task
def work_on_rehearsal(number: int, officer: int) -> None:
    """Rehearses with the rights of whoever asked; after a kill there is neither answer nor list, or both."""
    with access.session(officer) as s, jobs.telling(subject(number)) as tick:
        row = Rehearsed.objects.filter(pk=number, answer__isnull=True).first()
        if row:
            _work(s, row, proposal_of(s, row), tick)


def _work(s: Session, row: Rehearsed, proposal: Proposal, tick: Tick) -> None:
    whole, looked, touched = proposal.count(s), 0, 0
    found = proposal.touched(s)
    while chunk := list(islice(found, CHUNK)):
        made = [RehearsedCase(rehearsed=row, case_id=one.case, what=one.what, start=one.start, before=one.before,
                              after=one.after, rank=one.rank) for one in chunk if one]  # fmt: skip
        RehearsedCase.objects.bulk_create(made)
        looked, touched = looked + len(chunk), touched + len(made)
        tick(looked, max(looked, whole))
    uses = list(proposal.uses(s))
    played = examples(s, proposal.always(s), [use.system for use in uses])
    row.answer = {
        "looked": looked,
        "touched": touched,
        "uses": [asdict(one) for one in uses],
        "examples": [asdict(one) for one in played],
    }
    row.save(update_fields=["answer"])
