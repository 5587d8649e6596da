"""Working days as the State Council's yearly notices set them, make-up working weekends (调休) included."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path

from fadu.rules.holiday_files import WORKING_WEEK as _WORKING_WEEK
from fadu.rules.holiday_files import BadHolidayFile, Holiday, Notice, read_notices
from fadu.rules.law_terms import LawError

__all__ = [
    "HOLIDAY_FOLDER",
    "BadHolidayFile",
    "Calendar",
    "Holiday",
    "Notice",
    "UnknownYear",
    "load_calendar",
    "read_notices",
]

HOLIDAY_FOLDER = Path(__file__).resolve().parents[1] / "law" / "holidays"

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEK = 7


class UnknownYear(LawError):
    """A year for which no holiday notice has been loaded."""

    code = "unknown_year"


class Calendar:
    """Working days of one place; immutable.

    Weekdays are counted in closed form and corrected by the running total of the exceptions, so that counting
    takes a bisection and no table of days. A year without a notice has only its weekends and is provisional, and so
    are the last days of the year before it, as far back as any notice has reached over New Year.
    """

    def __init__(self, notices: Iterable[Notice], place: str | None = None) -> None:
        given = sorted(notices, key=lambda notice: (notice.year, notice.place or ""))
        self._notices = {notice.year: notice for notice in given if notice.place is None}
        self._local = [notice for notice in given if notice.place is not None]
        self.place = place
        self._holidays = [
            holiday
            for notice in sorted((*self._notices.values(), *self._local), key=lambda notice: notice.year)
            for holiday in notice.holidays
            if holiday.place is None or (place or "").startswith(holiday.place)
        ]
        self._reach = max(map(_reach, self._notices.values()), default=timedelta())
        self._off = {day: holiday for holiday in self._holidays for day in holiday.off}
        self._work = {
            day: holiday for holiday in self._holidays for day in holiday.work if self._stays_worked(day, holiday)
        }
        self._statutory = frozenset(day for holiday in self._holidays for day in holiday.statutory)
        exceptions = {day: 1 for day in self._work if day.weekday() >= _WORKING_WEEK}
        exceptions |= {day: -1 for day in self._off if day.weekday() < _WORKING_WEEK and day not in self._work}
        ordered = sorted(exceptions)
        self._exceptions = [day.toordinal() for day in ordered]
        self._totals = [0, *accumulate(exceptions[day] for day in ordered)]
        self._departures = [(str(day), exceptions[day]) for day in ordered]
        self.edition = _digest(self._holidays)

    def at(self, place: str) -> Calendar:
        """The calendar of an autonomous place: the nation's days and its own."""
        return Calendar(self.notices, place)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice the calendar was made of, those of places included."""
        return (*self._notices.values(), *self._local)

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose notice is known."""
        return tuple(sorted(self._notices))

    def notice(self, year: int) -> Notice:
        """The notice of a year; refuses a year without one."""
        try:
            return self._notices[year]
        except KeyError:
            raise UnknownYear(
                f"尚未载入{year}年的放假通知，该年只按周末计算。", todo="请在通知发布后载入该年的节假日文件。"
            ) from None

    def is_working(self, day: date) -> bool:
        if day in self._work:
            return True
        return day.weekday() < _WORKING_WEEK and day not in self._off

    def is_statutory(self, day: date) -> bool:
        """Whether the day itself is a statutory holiday (法定休假日), not merely a day off by exchange."""
        return day in self._statutory

    def why(self, day: date) -> str:
        """What kind of day it is and which notice made it so; for explaining every counted or skipped day."""
        if day in self._work:
            return f"调休上班（{self._work[day].source}）"
        if day in self._off:
            return f"{self._off[day].name}放假（{self._off[day].source}）"
        weekday = _WEEKDAYS[day.weekday()]
        plain = "工作日" if day.weekday() < _WORKING_WEEK else weekday
        awaited = self._awaited(day)
        return f"{plain}（{awaited}年放假通知尚未载入，暂按周末计算）" if awaited else plain

    def provisional(self, day: date) -> bool:
        """True where a notice still to come may change the day: in its own year, or on the eve of it."""
        return self._awaited(day) is not None

    def provisional_within(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last`, both included, is provisional."""
        return last >= first and any(
            year not in self._notices and _new_year(year) - self._reach <= last and first < _new_year(year + 1)
            for year in range(first.year, min(last.year + 1, date.max.year - 1) + 1)
        )

    def departures(self, first: date, last: date) -> list[tuple[str, int]]:
        """Days from `first` to `last` on which notices depart from the plain week: +1 worked, -1 off."""
        low, high = bisect_left(self._exceptions, first.toordinal()), bisect_right(self._exceptions, last.toordinal())
        return self._departures[low:high]

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the first working day after it."""
        return day if self.is_working(day) else self.add_working(day, 1)

    def add_working(self, day: date, n: int) -> date:
        """The n-th working day after `day`, itself not counted; n < 0 counts back; 0 is the day itself."""
        if n == 0:
            return day
        if n < 0:
            return self._nth(self._worked(day.toordinal() - 1) + n + 1, day)
        return self._nth(self._worked(day.toordinal()) + n, day)

    def count_working(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 if `last` is earlier."""
        if last < first:
            return 0
        return self._worked(last.toordinal()) - self._worked(first.toordinal() - 1)

    def _awaited(self, day: date) -> int | None:
        """The year whose notice may still change the day."""
        if day.year not in self._notices:
            return day.year
        following = day.year + 1
        on_the_eve = following not in self._notices and _new_year(following) - day <= self._reach
        return following if on_the_eve else None

    def _stays_worked(self, day: date, holiday: Holiday) -> bool:
        """A weekend day once to be worked, but given off by a later notice or by the place, is off."""
        giver = self._off.get(day)
        return giver is None or giver.source == holiday.source

    def _worked(self, ordinal: int) -> int:
        """Working days from the first day of the proleptic calendar, a Monday, up to and with `ordinal`."""
        weeks, rest = divmod(ordinal, _WEEK)
        plain = weeks * _WORKING_WEEK + min(rest, _WORKING_WEEK)
        return plain + self._totals[bisect_right(self._exceptions, ordinal)]

    def _nth(self, number: int, near: date) -> date:
        """The day on which the count of working days reaches `number`: bisection around a first guess."""
        missing = number - self._worked(near.toordinal())
        guess = near.toordinal() + missing * _WEEK // _WORKING_WEEK
        margin = 8 * _WEEK
        low = guess - margin
        while self._worked(low) >= number:
            low -= margin
        high = guess + margin
        while self._worked(high) < number:
            high += margin
        while low + 1 < high:
            middle = (low + high) // 2
            if self._worked(middle) >= number:
                high = middle
            else:
                low = middle
        return date.fromordinal(high)


def load_calendar(folder: Path | None = None, place: str | None = None) -> Calendar:
    """The calendar of the holiday files in `folder`; without one, of those that come with Fadu."""
    calendar = _default_calendar() if folder is None else Calendar(read_notices(folder))
    return calendar if place is None else calendar.at(place)


@cache
def _default_calendar() -> Calendar:
    return Calendar(read_notices(HOLIDAY_FOLDER))


def _reach(notice: Notice) -> timedelta:
    """How far before its own year the notice reaches."""
    first = min((day for one in notice.holidays for day in (*one.off, *one.work)), default=_new_year(notice.year))
    return max(_new_year(notice.year) - first, timedelta())


def _new_year(year: int) -> date:
    return date(year, 1, 1)


def _digest(holidays: Iterable[Holiday]) -> str:
    content = [
        [one.name, one.source, one.place, *([str(day) for day in days] for days in (one.off, one.work))]
        for one in holidays
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
