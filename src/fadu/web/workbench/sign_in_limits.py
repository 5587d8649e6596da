"""Guessing passwords is slow, and shuts out nobody else: what is counted by name, by place and by device.

Five wrong tries lock a name for the place they came from. Wrong tries for one name from many places only delay the
next, since otherwise anybody could keep its owner out. A device on which somebody signed in before is counted by
itself: nobody else's tries touch it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from django.conf import settings
from django.contrib.auth.forms import UsernameField
from django.core import signing
from django.http import HttpRequest, HttpResponse

from fadu.kernel import attempts
from fadu.web.shared.source import address

WRONG, FROM_ONE_PLACE, CODES = 5, 50, 5
"""Within an hour: for one name from one place; from one place, whoever's (more than an office mistypes); of codes."""
PATIENCE, LONGEST_WAIT = 10, 60
"""Wrong tries for one name, from wherever, before the next has to wait; seconds that it waits at most."""
SIGN_IN, PLACE, NAME, PAUSE, CODE = "sign-in", "sign-in place", "sign-in name", "sign-in pause", "sign-in code"
Refused = Literal["place", "pause", "locked", ""]
COOKIE, SALT, KNOWN_DAYS, MOST_NAMES = "fadu_known", "known device", 180, 20


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody who gives a name and a password. by: his device, or the place where he sits."""

    name: str
    place: str
    device: str = ""

    @property
    def by(self) -> str:
        return f"device {self.device}" if self.device else f"place {self.place}"


def of(request: HttpRequest, typed: str) -> Try:
    """typed: a name as it came in; counted is what the form takes it for, without blanks and wide letters."""
    name = str(UsernameField().to_python(typed))
    device, names = _known(request)
    return Try(name[:150], address(request), device if _mark(name, device) in names else "")


def begin(one: Try) -> Refused:
    """Counts a try before the password is looked at, so that many at once are counted; why it is not listened to."""
    if not one.device:
        if attempts.counted(PLACE, one.place) >= FROM_ONE_PLACE:
            return "place"
        if attempts.waiting(PAUSE, one.name):
            return "pause"
    so_many = attempts.count(SIGN_IN, one.name, by=one.by)
    return "locked" if so_many > WRONG or attempts.counted(CODE, one.name) >= CODES else ""


def wrong(one: Try) -> Refused:
    """What follows from a wrong password."""
    attempts.count(PLACE, one.place)
    so_many = attempts.count(NAME, one.name)
    if so_many > PATIENCE:
        attempts.wait(PAUSE, one.name, min(2 ** (so_many - PATIENCE), LONGEST_WAIT))
    return "locked" if attempts.counted(SIGN_IN, one.name, by=one.by) >= WRONG else ""


def count_code(name: str) -> int:
    """Counts a code before it is looked at. Who is asked for one knew the password: the name itself can be locked."""
    return attempts.count(CODE, name)


# ---------------------------------------------------------------- known devices


def know(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """From now on this browser is known as one where this name signed in."""
    device, names = _known(request)
    device = device or secrets.token_urlsafe(12)
    kept = list(dict.fromkeys([_mark(name, device), *names]))[:MOST_NAMES]
    response.set_cookie(
        COOKIE,
        signing.dumps([device, kept], salt=SALT),
        max_age=KNOWN_DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, names = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KNOWN_DAYS * 86400)
    except signing.BadSignature:
        return "", []
    return device, names


def _mark(name: str, device: str) -> str:
    return sha256(f"{device}:{name}".encode()).hexdigest()[:16]
