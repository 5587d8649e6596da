"""What every page says about the house: its name, who is signed in, what day it is, whether it is a demonstration."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fadu.infra import clock
from fadu.kernel import access, house_reading, integrity
from fadu.rules.procedure import ADMINISTRATOR
from fadu.web.shared.look import look
from fadu.web.shared.words import with_weekday


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asks the database only where a page shows it."""
    standing = cache(access.standing)
    day = cache(lambda: (standing() or clock.now()).astimezone(clock.SHANGHAI).date())
    roles = cache(lambda: _roles(request, day()))
    return {
        "is_demo": SimpleLazyObject(lambda: standing() is not None),
        "house_day": SimpleLazyObject(lambda: with_weekday(day())),
        "house_name": SimpleLazyObject(lambda: house_reading.name_on(day())),
        "offers_integrity": SimpleLazyObject(lambda: integrity.offered_to(roles())),
        "offers_house": SimpleLazyObject(lambda: ADMINISTRATOR.name in roles()),
        "look": look(request),
        "words_searched": request.GET.get("q", ""),
    }


def _roles(request: HttpRequest, day: date) -> frozenset[str]:
    """What the person signed in holds today: the menu leads where that person may go."""
    officer = request.user.pk
    return frozenset() if officer is None else house_reading.roles_on(int(officer), day)
