"""The tag `url` of all templates: an address is put together once, and then remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse

register = template.Library()
REMEMBERED = 8192


@register.simple_tag
def url(name: str, *given: Any, **named: Any) -> str:
    """As Django's, which takes a twentieth of a millisecond for each of a page's fifty addresses."""
    return _address(name, given, tuple(named.items()))


@lru_cache(maxsize=REMEMBERED, typed=True)
def _address(name: str, given: tuple[Any, ...], named: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, args=given, kwargs=dict(named))
