"""期限日历: the due days of open cases in one month, on working days and days off as the notices say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from fadu.kernel.access import Session
from fadu.kernel.models import OPEN, Case
from fadu.web.workbench import listing
from fadu.web.workbench.listing import Line

MOST = 500
SHOWN = 4
"""Cases named on a day; the others are told by their number."""
WEEK = timedelta(days=7)
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """mark: 休 or 班 where the day is not what its weekday says; why: in words, with the notice."""

    day: date
    within: bool
    today: bool
    working: bool
    mark: str
    why: str
    lines: tuple[Line, ...] = field(default=())

    @property
    def shown(self) -> tuple[Line, ...]:
        return self.lines[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.lines[SHOWN:])


@dataclass(frozen=True, slots=True)
class Month:
    """weeks: from Monday to Sunday. complete: whether no due day is left out for their number."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    total: int
    complete: bool

    @property
    def before(self) -> str:
        return f"{self.first - ONE:%Y-%m}"

    @property
    def after(self) -> str:
        return f"{following(self.first):%Y-%m}"


def following(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def first_of(typed: str, today: date) -> date:
    """The month typed as 2024-03; any other text is this month."""
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)


def month(s: Session, cases: QuerySet[Case], first: date) -> Month:
    """One look at the cases due in the month, whatever their number."""
    end = following(first)
    due = cases.filter(OPEN, due__gte=first, due__lt=end).order_by("due", "id")
    found = listing.page(s, due, 0, MOST + 1)
    by_day: dict[date, list[Line]] = {}
    for case in found[:MOST]:
        if case.due:
            by_day.setdefault(case.due, []).append(listing.line(s, case))
    start, weeks = first - timedelta(days=first.weekday()), []
    while start < end:
        weeks.append(tuple(_day(s, start + timedelta(days=place), first, by_day) for place in range(7)))
        start += WEEK
    return Month(first, tuple(weeks), len(found[:MOST]), len(found) <= MOST)


def _day(s: Session, day: date, first: date, by_day: Mapping[date, list[Line]]) -> Day:
    working, weekday = s.env.calendar.is_working(day), day.weekday() < 5
    mark = "" if working == weekday else "班" if working else "休"
    within = first <= day < following(first)
    return Day(day, within, day == s.today, working, mark, s.env.calendar.why(day), tuple(by_day.get(day, ())))
