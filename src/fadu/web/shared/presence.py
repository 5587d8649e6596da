"""How long a person stays signed in, what is kept of the browser, and who has to set up a second factor first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fadu.infra import clock
from fadu.web.shared.source import address

SEEN_EVERY = 300
"""Seconds after which a look is written down again; in between a page costs no write."""
MUST_SET_UP = "must_set_up"
WITHOUT = ("second_factor_setup", "second_factor_picture", "logout", "look", "health")
"""Addresses that whoever must set up a second factor opens without one."""
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "火狐"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "安卓"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


class Presence:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = request.session.get("began")
        if began is not None and _seconds() - began > settings.LONGEST_SESSION:
            logout(request)
        elif began is not None:
            stay(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, given: Any, named: Any) -> HttpResponse | None:
        match = request.resolver_match
        if MUST_SET_UP in request.session and match is not None and match.url_name not in WITHOUT:
            return redirect("second_factor_setup")
        return None


def stay(request: HttpRequest) -> None:
    """Notes that somebody was here just now: from then on the session is kept as long again."""
    now = _seconds()
    if now - request.session.get("seen", 0) > SEEN_EVERY:
        request.session["seen"] = now


def begin(request: HttpRequest) -> None:
    """Keeps of a browser that has just signed in what its owner is shown of it."""
    now = _seconds()
    request.session.update({"began": now, "seen": now, "device": device(request), "address": address(request)})


def device(request: HttpRequest) -> str:
    """The browser and its system in two words, as far as it says them."""
    said = request.META.get("HTTP_USER_AGENT", "")
    words = [next((name for sign, name in known if sign in said), "") for known in (BROWSERS, SYSTEMS)]
    return "，".join(filter(None, words)) or "未知设备"


def _seconds() -> int:
    return int(clock.now().timestamp())
