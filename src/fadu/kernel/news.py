"""What happened lately in the cases that an officer answers for, told from the record, and how far he has read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from fadu.kernel import access, ledger
from fadu.kernel.access import Session
from fadu.kernel.desk import owner
from fadu.kernel.desk_models import ReadMark
from fadu.kernel.models import OPEN, Case
from fadu.rules.errors import NotFound
from fadu.rules.procedure import CASE_OFFICER

LATELY = timedelta(days=30)
"""What is older is no news, whether or not it was read."""
MOST_NEWS, MOST_LIT = 200, 100
NEWS = "SELECT * FROM fadu_news(%s, %s, %s, %s)"


class Told(NamedTuple):
    """One act of somebody else, or of time. about: the step that a proposal is about; actor: by name, None for time."""

    case: int
    position: int
    label: str
    about: str | None
    article: str | None
    actor: str | None
    role: str
    happened: date
    recorded: datetime


def told(s: Session, *, read: bool) -> list[Told]:
    """The newest first; read: also what was read already.

    Of cases that the officer handles, of those that nobody has taken up at his bodies, of those in which he acts for
    a party; each as far as he may see it.
    """
    bodies = [organ for role, organ in s.posts if role == CASE_OFFICER.name]
    return [Told(*row) for row in ledger.rows(NEWS, [s.now - LATELY, bodies, read, MOST_NEWS])]


def lit(s: Session, until: date) -> list[tuple[int, date, str | None]]:
    """Open cases of the officer due before a day and not long past: number, due day, the light he has read of."""
    read = ReadMark.objects.filter(officer_id=owner(s), case=OuterRef("pk")).values("light")[:1]
    due = access.cases(s).filter(OPEN, officer_id=owner(s), due__gte=s.today - LATELY, due__lt=until)
    return list(due.order_by("due", "pk").values_list("pk", "due", Subquery(read))[:MOST_LIT])


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a case a page told: up to which position, of which light."""

    position: int
    light: str


def mark(s: Session, shown: Mapping[int, Shown]) -> None:
    """What a page told has been read, no more than that, and no less than before.

    Raises NotFound alike for absent and forbidden cases.
    """
    positions = dict(Case.objects.filter(pk__in=shown).values_list("pk", "position"))
    if positions.keys() != shown.keys():
        raise NotFound("案件")
    before = {one.case_id: one for one in ReadMark.objects.filter(officer_id=owner(s), case__in=shown)}
    marks = []
    for case, one in shown.items():
        read = before.get(case) or ReadMark(officer_id=owner(s), case_id=case)
        read.position = min(max(one.position, read.position), positions[case])
        read.light = one.light or read.light
        marks.append(read)
    ReadMark.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["officer", "case"], update_fields=["position", "light"]
    )
