"""我的工作: what is new, what waits for me and for others, what is due, and how many cases there are of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.models import OPEN, Track
from fadu.rules.procedure import CASE_OFFICER, Step
from fadu.web.shared.officer import me
from fadu.web.workbench import list_cells, listing, news_lines, rehearsals, tables, unsent
from fadu.web.workbench.at_work import at_work, settled
from fadu.web.workbench.awaited import agreement_tracks, awaited, first_of

SHOWN = 20
NEWS_SHOWN = 5
WAITING = 50


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    with access.session(me(request)) as s:
        mine = access.cases(s).filter(at_work(s), officer_id=me(request))
        ordered = mine.order_by(F("due").asc(nulls_last=True), "id")
        number, unread = mine.count(), news_lines.lines(s)
        brought, rehearsed = tables.unseen(s), rehearsals.unseen(s)
        context = {
            "section": "work",
            "unread": len(unread) + len(brought) + len(rehearsed),
            "news_count": len(unread),
            "news": unread[:NEWS_SHOWN],
            "awaited": awaited(s) if number else [],
            "waiting": _waiting(s),
            "tables": brought,
            "rehearsals": rehearsed,
            "drafts": list(unsent.lines(s, SHOWN)),
            "untaken": _untaken(s),
            "mine": list_cells.first(s, ordered, SHOWN),
            "mine_count": number,
            "as_party": _as_party(s),
            "systems": _counts(s),
            "me": s.officer,
        }
        return render(request, "workbench/work.html", context)


# ---------------------------------------------------------------- what waits for agreement


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal on its way that this person may take further."""

    track: Track
    line: listing.Line
    state: str
    subject: Step
    step: Step

    @property
    def about(self) -> str:
        """Which instance of the track: for the act of agreement itself the address needs none."""
        return self.subject.name if self.step != self.subject else ""


def _waiting(s: Session) -> list[Waiting]:
    """Proposals in a state in which one of their steps is within the person's posts."""
    tracks = agreement_tracks(s)
    if not tracks or not s.posts:
        return []
    rows = access.waiting(s, tracks).order_by("case__due", "case_id", "key")
    return first_of(rows, partial(_next_step, s), WAITING)


def _next_step(s: Session, row: Track) -> Waiting | None:
    procedure = access.procedure_of(s, row.case)
    track, subject = procedure.track(row.name), procedure.step(row.key.partition(":")[2])
    if track is None or subject is None:
        return None
    states = {state.name: state.label for state in procedure.track_states(track)}
    for step in procedure.onward(track, row.state, subject):
        if access.may(s, row.case.body_id, row.case.organ_id, row.case.system, step, ()):
            return Waiting(row, listing.line(s, listing.row(row.case)), states[row.state], subject, step)
    return None


# ---------------------------------------------------------------- as a party, and counts


def _untaken(s: Session) -> list[SafeString]:
    """What the clock or the public opened at a body of the person's and nobody has taken up."""
    texts = [s.registry.newest(name) for name in s.registry.systems]
    opened = [text.system for text in texts if text.every or any(step.online for step in text.opening)]
    bodies = [organ for role, organ in s.posts if role == CASE_OFFICER.name]
    found = access.cases(s).filter(closed=None, officer=None, mirrored=False, system__in=opened, body__in=bodies)
    return list_cells.first(s, found.order_by(F("due").asc(nulls_last=True)), SHOWN)


def _as_party(s: Session) -> list[SafeString]:
    """Open cases of others in which an organ that the person acts for is a party."""
    if not s.parties:
        return []
    found = access.cases(s).filter(OPEN).exclude(body_id__in=s.bodies).order_by("-opened", "-id")
    return list_cells.first(s, found, SHOWN)


def _counts(s: Session) -> list[dict[str, Any]]:
    """For each system what the person sees: open, due soon, overdue; of entries of books also what is on record."""
    soon, kept = listing.first_green(s), settled(s)
    counted = (
        access.cases(s).filter(OPEN).order_by().values_list("system", "state").annotate(
            number=Count("id"),
            undated=Count("id", filter=Q(due=None)),
            near=Count("id", filter=Q(due__gte=s.today, due__lt=soon)),
            over=Count("id", filter=Q(due__lt=s.today)),
        )
    )  # fmt: skip
    sums: dict[str, Counter[str]] = {}
    for system, state, number, undated, near, over in counted:
        record = undated if state in kept.get(system, ()) else 0
        found = {"open": number - record, "kept": record, "soon": near, "overdue": over}
        sums.setdefault(system, Counter()).update(found)
    return [
        {"name": name, "label": s.registry.newest(name).label, **sums[name]}
        for name in s.registry.systems
        if name in sums
    ]
