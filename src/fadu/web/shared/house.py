"""What every page says about the house: who is signed in, what day it is, whether it is a demonstration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access
from fadu.web.shared.words import with_weekday


def house(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asks the database only where a page shows it."""
    return {
        "is_demo": SimpleLazyObject(access.is_demo),
        "house_day": SimpleLazyObject(lambda: with_weekday(access.now().astimezone(SHANGHAI).date())),
        "words_searched": request.GET.get("q", ""),
    }
