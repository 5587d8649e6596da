"""How often somebody tried: counted in the house for all its processes, by digests, as long as it matters."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from fadu.infra import clock
from fadu.kernel.models import Attempt

A_MINUTE, AN_HOUR = 60, 3600
COUNT = """
INSERT INTO kernel_attempt (what, who, "by", count, until) VALUES (%(what)s, %(who)s, %(by)s, %(more)s, %(until)s)
ON CONFLICT (what, who, "by") DO UPDATE SET
    count = CASE WHEN kernel_attempt.until <= %(now)s THEN %(more)s ELSE kernel_attempt.count + %(more)s END,
    until = CASE WHEN kernel_attempt.until <= %(now)s THEN EXCLUDED.until ELSE kernel_attempt.until END
RETURNING count
"""
SWEEP = """
DELETE FROM kernel_attempt WHERE (what, who, "by") IN
    (SELECT what, who, "by" FROM kernel_attempt WHERE until <= %s ORDER BY until LIMIT 100 FOR UPDATE SKIP LOCKED)
"""


def count(what: str, who: str, seconds: int = AN_HOUR, by: str = "", more: int = 1) -> int:
    """Counts one more try of something by somebody, from the first on for so long; how many there are now.

    by: from where, when those who try for one person are counted apart; more: several things asked for at once.
    """
    now = clock.now()
    named = {"what": what, "who": _hidden(who), "by": _hidden(by)}
    told: dict[str, Any] = {**named, "now": now, "until": now + timedelta(seconds=seconds), "more": more}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, told)
        counted = int(cursor.fetchone()[0])
        if counted == more:
            cursor.execute(SWEEP, [now])
    return counted


def often(what: str, who: str, most: int, seconds: int = A_MINUTE, more: int = 1) -> bool:
    """Counts one more, or several, and says whether it was too often."""
    return count(what, who, seconds, more=more) > most


def counted(what: str, who: str, by: str = "") -> int:
    """How many there are, without one more."""
    running = Attempt.objects.filter(what=what, who=_hidden(who), by=_hidden(by), until__gt=clock.now())
    return running.values_list("count", flat=True).first() or 0


def wait(what: str, who: str, seconds: int) -> None:
    """From now on nobody tries it for that one, for so long."""
    until = clock.now() + timedelta(seconds=seconds)
    Attempt.objects.update_or_create({"until": until, "count": 1}, what=what, who=_hidden(who), by="")


def waiting(what: str, who: str) -> int:
    """Seconds until it may be tried again."""
    row = Attempt.objects.filter(what=what, who=_hidden(who)).first()
    left = (row.until - clock.now()).total_seconds() if row else 0
    return max(0, int(-(-left // 1)))


def forget(who: str) -> None:
    """Somebody begins anew with everything, from wherever he tries."""
    Attempt.objects.filter(who=_hidden(who)).delete()


def _hidden(name: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"attempt:{name}".encode(), "sha256").hex() if name else ""
