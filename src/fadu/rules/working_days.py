"""Working days as the State Council's yearly notices set them, make-up working weekends (调休) included."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from fadu.rules.law_files import read_yaml
from fadu.rules.law_terms import LawError

HOLIDAY_FOLDER = Path(__file__).resolve().parents[1] / "law" / "holidays"

_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEK = 7
_WORKING_WEEK = 5
_NOTICE_WORDS = frozenset(("year", "notice", "holidays"))
_ENTRY_WORDS = frozenset(("name", "statutory", "rest", "work", "notice", "place"))


class BadHolidayFile(LawError):
    """A holiday file that does not hold; the sentence names the file."""

    code = "bad_holiday_file"


class UnknownYear(LawError):
    """A year for which no holiday notice has been loaded."""

    code = "unknown_year"


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice: days off (weekends among them), weekend days worked, statutory days.

    source: the notice, or the later notice that changed this holiday; place: an autonomous place whose own
    holiday this is, None for the whole nation.
    """

    name: str
    source: str
    off: tuple[date, ...]
    work: tuple[date, ...]
    statutory: tuple[date, ...]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """The holidays of one year; its 元旦 may begin in the last days of the year before."""

    year: int
    number: str | None
    holidays: tuple[Holiday, ...]


class Calendar:
    """Working days of one place; immutable.

    Weekdays are counted in closed form and corrected by the running total of the exceptions, so that counting
    takes a bisection and no table of days. A year without a notice has only its weekends and is provisional.
    """

    def __init__(self, notices: Iterable[Notice], place: str | None = None) -> None:
        self._notices = {notice.year: notice for notice in notices}
        self.place = place
        self._holidays = [
            holiday
            for year in sorted(self._notices)
            for holiday in self._notices[year].holidays
            if holiday.place is None or (place or "").startswith(holiday.place)
        ]
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
        self.edition = _digest(self._holidays)

    def at(self, place: str) -> Calendar:
        """The calendar of an autonomous place: the nation's days and its own."""
        return Calendar(self._notices.values(), place)

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
        return f"{plain}（{day.year}年放假通知尚未载入，暂按周末计算）" if self.provisional(day) else plain

    def provisional(self, day: date) -> bool:
        """True in a year without a notice: the answer may change when the notice comes."""
        return day.year not in self._notices

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


def read_notices(folder: Path) -> tuple[Notice, ...]:
    """All holiday files of a folder, one a year."""
    return tuple(_notice(path, read_yaml(path)) for path in sorted(folder.glob("*.yaml")))


def _notice(path: Path, content: Any) -> Notice:
    _known(path, content, _NOTICE_WORDS)
    year, number = content["year"], content.get("notice")
    source = number or f"国务院办公厅{year}年放假通知"
    entries = content.get("holidays") or ()
    holidays = tuple(_holiday(path, year, source, entry) for entry in entries)
    return Notice(year, number, holidays)


def _holiday(path: Path, year: int, source: str, entry: Mapping[str, Any]) -> Holiday:
    _known(path, entry, _ENTRY_WORDS)
    off, work, statutory = (tuple(entry.get(word) or ()) for word in ("rest", "work", "statutory"))
    for day in (*off, *work, *statutory):
        if type(day) is not date or day.year not in (year - 1, year):
            raise BadHolidayFile(f"节假日文件{path.name}的“{entry.get('name')}”中“{day}”不是{year}年的日期。")
    if any(day.weekday() < _WORKING_WEEK for day in work):
        raise BadHolidayFile(f"节假日文件{path.name}的“{entry.get('name')}”把平日写成了调休上班日。")
    return Holiday(str(entry["name"]), entry.get("notice") or source, off, work, statutory, entry.get("place"))


def _known(path: Path, entry: Any, words: frozenset[str]) -> None:
    unknown = sorted(set(entry) - words)
    if unknown:
        raise BadHolidayFile(f"节假日文件{path.name}有不认识的词：{'、'.join(map(str, unknown))}。")


def _digest(holidays: Iterable[Holiday]) -> str:
    content = [
        [one.name, one.source, one.place, *([str(day) for day in days] for days in (one.off, one.work))]
        for one in holidays
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
