"""The calendar a house counts by: the notices that come with Fadu, and those in its own register `holidays`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from fadu.kernel import models
from fadu.rules.holiday_files import Notice, notice_of
from fadu.rules.working_days import Calendar, load_calendar

REGISTER = "holidays"
"""Register of the holiday notices a house has loaded. Key: the year, for an autonomous place with its name."""


def place() -> str | None:
    """Where the house lies (FADU_PLACE); it decides which local holidays and periods hold."""
    return settings.PLACE or None


@lru_cache(maxsize=8)
def calendar_at(head: str | None, where: str | None) -> Calendar:
    """The calendar as of a state of the register; read once for each, so that a request reads nothing anew."""
    return merged(own_notices() if head else (), where)


def merged(own: Iterable[Notice], where: str | None) -> Calendar:
    """The house's own notice of a year takes the place of the one that comes with Fadu."""
    shipped = {(notice.year, notice.place): notice for notice in load_calendar().notices}
    ours = {(notice.year, notice.place): notice for notice in own}
    return Calendar((shipped | ours).values(), where)


def key_of(notice: Notice) -> str:
    """Under what key the register keeps a notice."""
    return f"{notice.year} {notice.place}" if notice.place else str(notice.year)


def kept(key: str) -> Mapping[str, Any] | None:
    """What the register holds under a key."""
    entry = models.RegisterEntry.objects.filter(register=REGISTER, key=key, before=None).first()
    return entry.data if entry else None


def own_notices() -> tuple[Notice, ...]:
    """The notices of the register."""
    entries = models.RegisterEntry.objects.filter(register=REGISTER, before=None).order_by("key")
    return tuple(
        notice_of(f"（名录“{entry.key}”）", entry.data, entry.key.partition(" ")[2] or None) for entry in entries
    )
