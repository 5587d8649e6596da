"""在办 and 在册: what still wants something of somebody, and what is only on record."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

from fadu.kernel.access import Session
from fadu.kernel.models import OPEN


def settled(s: Session) -> dict[str, set[str]]:
    """By system the states in which nothing has to follow: those of entries of books."""
    found: dict[str, set[str]] = {}
    for name in s.registry.systems:
        states = [state for text in s.registry.versions(name) for state in text.states]
        if complete := {state.name for state in states if state.complete}:
            found[name] = complete
    return found


def at_work(s: Session, system: str = "") -> Q:
    """Of cases, or of one system's: open and not only on record; what has a due day is at work."""
    return OPEN & (~_settled(s, system) | Q(due__isnull=False))


def on_record(s: Session, system: str = "") -> Q:
    """Of cases, or of one system's: open, and nothing has to follow."""
    return Q(closed=None, due=None) & _settled(s, system)


def _settled(s: Session, system: str) -> Q:
    states = {name: sorted(found) for name, found in settled(s).items() if system in ("", name)}
    return reduce(or_, (Q(system=name, state__in=found) for name, found in states.items()), Q(pk=None))
