"""Which periods count as missed: asked by the board, and by the index that answers it."""

from __future__ import annotations

from django.db import models

from fadu.rules.time_words import LapseEffect

MISSED = (
    models.Q(ours=True)
    & ~models.Q(data__has_key="void")
    & (
        models.Q(lapsed__in=(LapseEffect.BREACHES.value, LapseEffect.DEEMS.value))
        | models.Q(data__has_key="late")
        | models.Q(stopped__gt=models.F("lapses_after"))
    )
)
"""Of periods: a term of the authority's own that ran out, or was answered too late."""
