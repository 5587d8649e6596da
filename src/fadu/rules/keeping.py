"""Whether one run of a period was kept: the one rule that gates and figures share (analytics/functions.sql too)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def kept(row: Mapping[str, Any], last: date | None) -> bool | None:
    """False once it was answered late or ran out, True when it was answered in time; None while neither is known.

    row: of the period; last: its last day by law, rolled. What the law deems done was not done. What ended only
    because the case did (void) is not known either.
    """
    stopped = date.fromisoformat(row["stopped"]) if row["stopped"] else None
    deemed = row["lapsed"] and row["lapsed"]["effect"] == "deems"
    if deemed or row.get("late") or (stopped and last and stopped > last):
        return False
    if stopped and not row.get("void"):
        return True
    return False if row["lapsed"] else None
