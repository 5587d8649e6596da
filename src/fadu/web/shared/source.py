"""From where a request comes."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address of whoever asks; behind a proxy of the office (FADU_PROXY) the one that the proxy itself saw."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    told = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    return told[-1] if settings.BEHIND_PROXY and told and _is_address(told[-1]) else direct


def _is_address(said: str) -> bool:
    try:
        ip_address(said)
    except ValueError:
        return False
    return True
