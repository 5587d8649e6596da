"""Visits of the portal: a session without an officer, led to one case, and what it may do there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from fadu.rules.procedure import PUBLIC, Step

VISITOR = 0
"""Stands for the officer in the sessions of the portal: nobody, who holds no post."""
VISITING = "SELECT set_config('fadu.visited', %s, true)"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor is led to: a case, and the party he is in it; no party: what is open to everybody.

    agent: he acts for that party, by the power that stands in the case.
    """

    case: int
    party: str = ""
    role: str = ""
    agent: str = ""


def role(step: Step, visit: Visit | None, received: bool) -> str | None:
    """The role under which a visitor may do a step, None when he may not.

    received: the body receives on the portal what opens cases; the rest is done by the party itself, or by everybody.
    """
    if step.online is None:
        return None
    if step.opening:
        return PUBLIC.name if received else None
    mine, party = visit.role if visit else "", step.online.party
    return PUBLIC.name if mine == (party.name if party else "") else None


def reserve() -> int:
    """The number of the case that a visitor is about to open, which he sees from then on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('kernel_case_id_seq')")
        number = int(cursor.fetchone()[0])
        cursor.execute(VISITING, [str(number)])
    return number
