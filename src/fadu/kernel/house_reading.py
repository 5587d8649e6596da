"""What administrators are shown of the house: accounts, and the acts by which it changed; and who holds what role."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from fadu.infra import clock
from fadu.kernel import access, models, validity
from fadu.kernel.access import Session
from fadu.rules.procedure import CASE_OFFICER


def accounts(s: Session, words: str = "") -> QuerySet[models.Officer]:
    """Everybody with an account, whether or not with a post, by user name; with each of the words in either name."""
    found = models.Officer.objects.order_by("username")
    for word in words.split():
        found = found.filter(Q(username__icontains=word) | Q(name__contains=word))
    held = models.Post.objects.select_related("organ", "substitute_for").order_by("since", "pk")
    return found.select_related("second_factor").prefetch_related(Prefetch("posts", queryset=held))


def changes_of_house(s: Session) -> QuerySet[models.Event]:
    """Acts on the house itself and on its own registers, newest first; without those of people on their accounts."""
    own = models.Stream.objects.filter(organ=None).exclude(kind="case").exclude(name__startswith="signed-in:")
    return (
        models.Event.objects.filter(stream__in=own).select_related("actor", "stream").order_by("-recorded", "-position")
    )


def said_by(events: Iterable[models.Event]) -> dict[tuple[int, int], dict[str, Any]]:
    """What each of the events said, by stream and position; what was erased is empty."""
    wanted = {(event.stream_id, event.position) for event in events}
    streams, positions = {stream for stream, _ in wanted}, {position for _, position in wanted}
    found = models.EventValue.objects.filter(stream__in=streams, position__in=positions, value__isnull=False)
    return {
        (one.stream_id, one.position): json.loads(one.value)
        for one in found
        if one.value and (one.stream_id, one.position) in wanted
    }


def roles_on(officer: int, on: date) -> frozenset[str]:
    """The roles a person holds on a day; asked outside a session, by the menu of every page."""
    posts = models.Post.objects.filter(validity.on(on), officer_id=officer)
    return frozenset(posts.values_list("role", flat=True))


def name_on(on: date) -> str:
    """What the organ above all others is called on a day; empty where several stand side by side."""
    there = models.Organ.objects.filter(validity.on(on), parent=None)
    names = there.values_list("name", flat=True)[:2]
    return names[0] if len(names) == 1 else ""


def handlers(s: Session, *organs: int) -> QuerySet[models.Officer]:
    """Those who may be given the cases of a body and its organ: case officers there today, with an open account."""
    posts = models.Post.objects.filter(validity.on(s.today), role=CASE_OFFICER.name, organ__in=organs)
    return models.Officer.objects.filter(posts__in=posts, is_active=True).distinct().order_by("pk")


def demo_accounts() -> list[models.Officer]:
    """The people of a demonstration house with their posts, for its sign-in page; none in a real house."""
    if not access.is_demo():
        return []
    today = access.now().astimezone(clock.SHANGHAI).date()
    posts = models.Post.objects.filter(validity.on(today)).select_related("organ")
    found = models.Officer.objects.filter(is_active=True, posts__in=posts).distinct().order_by("pk")
    return list(found.prefetch_related(Prefetch("posts", queryset=posts)))
