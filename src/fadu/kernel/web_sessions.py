"""Where the web keeps its sessions (SESSION_ENGINE), so that people see and end theirs; and the list of one's own."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as OfDatabase
from django.db.models import QuerySet

from fadu.infra import clock
from fadu.kernel.models import WebSession


class SessionStore(OfDatabase):
    """Django's own, with what is shown of a session in columns beside it."""

    @classmethod
    def get_model_class(cls) -> type[WebSession]:
        return WebSession

    def create_model_instance(self, data: dict[str, Any]) -> WebSession:
        row = WebSession(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
        )
        officer = data.get("_auth_user_id")
        if officer is not None:
            row.officer_id, row.device, row.address = int(officer), data.get("device", ""), data.get("address", "")
            row.began, row.seen = _moment(data.get("began")), _moment(data.get("seen"))
        return row


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, clock.SHANGHAI)


def of(officer: int) -> QuerySet[WebSession]:
    """In which browsers a person is signed in, the last used first."""
    return WebSession.objects.filter(officer=officer, expire_date__gt=clock.now()).order_by("-seen", "session_key")


def sign_of(row: WebSession) -> str:
    """What a page calls a session: its key would open it."""
    return hashlib.sha256(row.session_key.encode()).hexdigest()[:16]


def end(officer: int, *, but: str | None, one: str = "") -> int:
    """Signs a person out: in the browser that is called so, else in all but one; how many."""
    mine = WebSession.objects.filter(officer=officer).exclude(session_key=but)
    ended = [row.session_key for row in mine if not one or sign_of(row) == one]
    return WebSession.objects.filter(session_key__in=ended).delete()[0]


def forget_expired() -> None:
    """For the queue: what nobody can use any more."""
    WebSession.objects.filter(expire_date__lt=clock.now()).delete()
