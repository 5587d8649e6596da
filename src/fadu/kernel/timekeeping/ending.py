"""Which clocks have run out, and which notices came too late for their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fadu.kernel.timekeeping.rows import Env, Row, reckon, rule_of
from fadu.rules.casefile import CaseFile
from fadu.rules.procedure import Clock, Procedure


@dataclass(frozen=True, slots=True)
class DueLapse:
    """A clock that ran out unanswered; `day` is its last legal day."""

    key: str
    clock: Clock
    day: date


def can_lapse(row: Row, env: Env) -> bool:
    """Whether a period takes its effect by itself: nobody took its lapse back, and the library has verified it."""
    return not row.get("held") and rule_of(row, env).verified


def due_lapses(case: CaseFile, procedure: Procedure, today: date, env: Env) -> list[DueLapse]:
    """Clocks that ran out unanswered before today, earliest first."""
    due: list[DueLapse] = []
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or clock.lapse is None or row["stopped"] or row["lapsed"] or not can_lapse(row, env):
            continue
        end = reckon(row, env).lapses_after
        if end is not None and end < today:
            due.append(DueLapse(key, clock, end))
    return sorted(due, key=lambda lapse: (lapse.day, lapse.key))
