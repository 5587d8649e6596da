"""What every page says about the house: who is signed in, what day it is, whether it is a demonstration."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, house_reading, integrity
from fadu.rules.procedure import ADMINISTRATOR
from fadu.web.shared.look import look
from fadu.web.shared.words import with_weekday


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asks the database only where a page shows it."""
    roles = cache(lambda: _roles(request))
    return {
        "is_demo": SimpleLazyObject(access.is_demo),
        "house_day": SimpleLazyObject(lambda: with_weekday(access.now().astimezone(SHANGHAI).date())),
        "offers_integrity": SimpleLazyObject(lambda: integrity.offered_to(roles())),
        "offers_house": SimpleLazyObject(lambda: ADMINISTRATOR.name in roles()),
        "look": look(request),
        "words_searched": request.GET.get("q", ""),
    }


def _roles(request: HttpRequest) -> frozenset[str]:
    """What the person signed in holds today: the menu leads where that person may go."""
    officer = request.user.pk
    day = access.now().astimezone(SHANGHAI).date()
    return frozenset() if officer is None else house_reading.roles_on(int(officer), day)
