"""The passing of time: runs what fell due, and moves a demonstration house's clock on, day by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, house, yearly
from fadu.rules.errors import BadInput

OPENING_HOUR = time(9)


def open_owed() -> int:
    """Opens what is owed for last year and was not begun, a transaction for each case; returns how many."""
    with access.session(None) as s:
        waiting = yearly.owed(s)
    count = 0
    for one in waiting:
        with access.session(None) as s:
            count += yearly.open_one(s, one)
    return count


def run_due() -> int:
    """Lets every period of the house that ran out before today take its effect, a transaction for each case.

    What is owed for last year is opened first. Returns how many lapses were recorded. Safe to run twice and at any
    time.
    """
    open_owed()
    with access.session(None) as s:
        waiting = acts.cases_with_lapses(s)
    count = 0
    for case in waiting:
        with access.session(None) as s:
            count += acts.run_lapses(s, case)
    return count


def set_day(officer: int | None, day: date) -> None:
    """Puts a demonstration house on the morning of a day."""
    moment = datetime.combine(day, OPENING_HOUR, SHANGHAI)
    with access.session(None, moment) as s:
        house.move_clock(s, moment, by=officer)


def advance(officer: int | None, days: int) -> int:
    """Moves a demonstration house on by days, one after the other, as time would; returns the lapses.

    Raises BadInput in a house that lives in real time.
    """
    if not access.is_demo():
        raise BadInput({"days": "只有演示环境可以推进日期"})
    if not 1 <= days <= 366:
        raise BadInput({"days": "一次可以推进 1 至 366 天"})
    count = 0
    for _ in range(days):
        today = access.now().astimezone(SHANGHAI).date()
        set_day(officer, today + timedelta(days=1))
        count += run_due()
    return count


def next_working_day(officer: int | None) -> int:
    """Moves a demonstration house on to the next working day."""
    with access.session(officer) as s:
        today = s.today
        ahead = (s.env.calendar.next_working(today + timedelta(days=1)) - today).days
    return advance(officer, ahead)
