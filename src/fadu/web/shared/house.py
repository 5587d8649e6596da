"""What every page says about the house: who is signed in, what day it is, whether it is a demonstration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, integrity
from fadu.web.shared.look import look
from fadu.web.shared.words import with_weekday


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asks the database only where a page shows it."""
    return {
        "is_demo": SimpleLazyObject(access.is_demo),
        "house_day": SimpleLazyObject(lambda: with_weekday(access.now().astimezone(SHANGHAI).date())),
        "offers_integrity": SimpleLazyObject(lambda: _offers_integrity(request)),
        "look": look(request),
        "words_searched": request.GET.get("q", ""),
    }


def _offers_integrity(request: HttpRequest) -> bool:
    """Whether the menu leads to the page of the integrity checks."""
    officer = request.user.pk
    return officer is not None and integrity.offered_to(int(officer), access.now().astimezone(SHANGHAI).date())
