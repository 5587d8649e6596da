"""Not due days: minimum waits, leads counted backwards, service by public notice, several triggers."""

from __future__ import annotations

from datetime import date, timedelta

from fadu.rules.clocks.inputs import Running
from fadu.rules.clocks.periods import MONTHS_A_YEAR, ONE_DAY, add_months
from fadu.rules.clocks.reckoning import reckon
from fadu.rules.errors import Refusal
from fadu.rules.law_terms import Kind, Rule, Unit
from fadu.rules.working_days import Calendar

HOURS_A_DAY = timedelta(days=1) // timedelta(hours=1)


def wait_over(rule: Rule, start: date, calendar: Calendar) -> date:
    """The first day on which an act is allowed that must wait until the period has passed.

    The whole period belongs to the citizen: it ends on its last day by law, rolled where the statute rolls,
    and the act is allowed on the day after. Hours count from the end of the day of the start. Of a range
    (5日至7日) the shorter length must have passed.
    """
    least = rule.amount_min if rule.kind is Kind.RANGE else None
    wait = Running(rule, start, "", amount=least, against_authority=False)
    amount, unit = wait.length
    if unit is Unit.HOUR:
        return start + timedelta(days=-(-amount // HOURS_A_DAY)) + ONE_DAY
    waited = reckon(wait, calendar).due
    if waited is None:  # cannot be: nothing pauses a wait
        raise AssertionError("a wait has an end")
    return waited + ONE_DAY


def latest_before(rule: Rule, event: date, calendar: Calendar) -> date:
    """The last day on which a notice is in time for an event (至少提前若干日).

    Counted backwards; the day of the event does not count; the day on which the last counted day falls is
    the latest. It never rolls towards the event. Part of a day of hours counts as a whole day.
    """
    amount, unit = Running(rule, event, "").length
    match unit:
        case Unit.WORKDAY:
            return calendar.add_working(event, -amount)
        case Unit.MONTH | Unit.YEAR:
            return add_months(event, -amount * (MONTHS_A_YEAR if unit is Unit.YEAR else 1))
        case Unit.HOUR:
            return event - timedelta(days=-(-amount // HOURS_A_DAY))
        case Unit.DAY:
            return event - timedelta(days=amount)


def public_notice_effective(rule: Rule, published: date) -> date:
    """The day on which service by public notice takes effect (自发出公告之日起，经过三十日，即视为送达).

    The day of publishing does not count; service is deemed done at the end of the last counted day, so that
    day is the day of service and what it starts counts from the next. It does not roll: nobody has to act.
    """
    amount, unit = Running(rule, published, "").length
    if unit in (Unit.WORKDAY, Unit.HOUR):
        raise Refusal("公告送达的期间只能按日、月、年计算。", article=rule.cite, todo="请核对该期限的单位。")
    if unit is Unit.DAY:
        return published + timedelta(days=amount)
    return add_months(published, amount * (MONTHS_A_YEAR if unit is Unit.YEAR else 1))


def earliest(*days: date | None) -> date | None:
    """The first of the days that are known; None if none is."""
    return min((day for day in days if day is not None), default=None)


def latest(*days: date | None) -> date | None:
    """The last of several days, all of which must have come; None while one is missing."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
