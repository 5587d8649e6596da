"""Day arithmetic of clocks: where a length of time ends when some days are excluded. No phrases here."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta

from fadu.rules.errors import Refusal
from fadu.rules.law_terms import Unit
from fadu.rules.working_days import Calendar

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """Excluded days, both ends included; `last` is None while nobody knows the end."""

    first: date
    last: date | None


def merge(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Overlapping and adjacent gaps as one, in order: no day is excluded twice."""
    merged: list[Gap] = []
    for gap in sorted(gaps, key=lambda g: g.first):
        before = merged[-1] if merged else None
        if before is None or (before.last is not None and gap.first > before.last + ONE_DAY):
            merged.append(gap)
        elif before.last is not None and (gap.last is None or gap.last > before.last):
            merged[-1] = Gap(before.first, gap.last)
    return tuple(merged)


def after_day(gaps: Sequence[Gap], day: date) -> tuple[Gap, ...]:
    """The parts of the gaps that lie after a day."""
    return tuple(Gap(max(gap.first, day + ONE_DAY), gap.last) for gap in gaps if gap.last is None or gap.last > day)


def is_in(day: date, gaps: Sequence[Gap]) -> bool:
    return any(gap.first <= day and (gap.last is None or day <= gap.last) for gap in gaps)


def carried(day: date, gaps: Sequence[Gap]) -> date | None:
    """The last day of the excluded days that follow `day` without a break; `day` itself if none follow.

    On an excluded day no counted day is used up: what is done then is still done in time.
    """
    for gap in gaps:
        if gap.first == day + ONE_DAY:
            return gap.last
    return day


def add_months(day: date, months: int) -> date:
    """The corresponding day of a later (or earlier) month, or that month's last day where there is none."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    if not 1 <= year < MAXYEAR:
        raise Refusal(f"从{day.isoformat()}起的期限超出可计算的年份。", todo="请核对期限的数字和单位。")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def length_in_days(after: date, amount: int, unit: Unit) -> int:
    """How many calendar days a length of days, months or years has when it begins after that day."""
    if unit is Unit.DAY:
        return amount
    months = amount * MONTHS_A_YEAR if unit is Unit.YEAR else amount
    return (add_months(after, months) - after).days


def count_days(after: date, days: int, gaps: Sequence[Gap]) -> date | None:
    """The day on which the last of `days` counted days falls; None if an open gap comes first."""
    day = after + timedelta(days=days)
    for gap in after_day(gaps, after):
        if gap.first > day + ONE_DAY:
            break
        if gap.last is None:
            return None
        day += gap.last - gap.first + ONE_DAY
    return day


def count_working_days(after: date, days: int, gaps: Sequence[Gap], calendar: Calendar) -> date | None:
    """As `count_days`, with working days; working days inside a gap do not count."""
    day, left = after, days
    for gap in after_day(gaps, after):
        before = gap.first - ONE_DAY
        free = working_between(day, before, calendar)
        if free >= left:
            end = calendar.add_working(day, left)
            return carried(end, (gap,))
        if gap.last is None:
            return None
        day, left = gap.last, left - free
    return calendar.add_working(day, left)


def working_between(after: date, until: date, calendar: Calendar) -> int:
    """Working days after `after`, up to and including `until`."""
    return calendar.count_working(after + ONE_DAY, until)


def count_hours(moment: datetime, hours: int, gaps: Sequence[Gap]) -> datetime | None:
    """The minute in which the hours are used up; excluded days take none of them."""
    at = moment.replace(second=0, microsecond=0)
    left = timedelta(hours=hours)
    for gap in after_day(gaps, at.date() - ONE_DAY):
        room = max(midnight(gap.first, at) - at, timedelta())
        if left <= room:
            break
        if gap.last is None:
            return None
        at, left = midnight(gap.last + ONE_DAY, at), left - room
    return at + left


def midnight(day: date, like: datetime) -> datetime:
    """The first moment of a day, in the time zone of another moment."""
    return datetime.combine(day, time(), like.tzinfo)


def day_of_end(moment: datetime) -> date:
    """The day that ends or is running at that moment: 0:00 belongs to the day before, as its 24:00."""
    return (moment - ONE_MINUTE).date()
