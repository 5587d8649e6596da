"""Which clocks have run out, and which notices came too late for their day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fadu.kernel.timekeeping.rows import Env, Row, reckon, rule_of
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile
from fadu.rules.law import NotInForce
from fadu.rules.procedure import Clock, Lead, Procedure


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
    """Clocks that ran out unanswered before today, earliest first. Final cases have only rights left."""
    due: list[DueLapse] = []
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or clock.lapse is None or row["stopped"] or row["lapsed"] or not can_lapse(row, env):
            continue
        end = reckon(row, env).lapses_after
        if end is not None and end < today:
            due.append(DueLapse(key, clock, end))
    return sorted(due, key=lambda lapse: (lapse.day, lapse.key))


def late_notices(case: CaseFile, procedure: Procedure, env: Env) -> frozenset[str]:
    """Names of the leads whose notice did not reach everybody in time for the day as it stands now."""
    return frozenset(lead.name for lead in procedure.leads if not _notice_in_time(case, lead, env))


def _notice_in_time(case: CaseFile, lead: Lead, env: Env) -> bool:
    day = case.facts.get(lead.before)
    papers = case.of("paper", name=lead.notice.name)
    if not day or not papers:
        return False
    try:
        rule = env.library.period(lead.period.statute, lead.period.name, date.fromisoformat(day), place=env.place)
    except NotInForce:
        return False  # a day on which the law knows no such notice cannot be the right one
    latest = clocks.latest_before(rule, date.fromisoformat(day), env.calendar).isoformat()
    on = {role.name for role in lead.on}
    parties = {key for key, row in case.table("party").items() if row["role"] in on and not row["before"]}
    in_time = {
        row["party"]
        for paper, _ in papers[-1:]
        for _, row in case.of("service", paper=paper)
        if row.get("effective") and row["effective"] <= latest
    }
    return parties <= in_time
