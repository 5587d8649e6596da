"""One run of a clock after another: a restart begins a new line, an extension in another unit a new leg."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fadu.rules.clocks.inputs import SHANGHAI, Extended, Pause, Running
from fadu.rules.clocks.periods import (
    ONE_DAY,
    Gap,
    add_months,
    after_day,
    carried,
    count_days,
    count_hours,
    count_working_days,
    day_of_end,
    is_in,
    length_in_days,
    merge,
)
from fadu.rules.law_terms import PauseKind, Roll, Unit
from fadu.rules.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Leg:
    """A length counted in one unit. after: the day before its first day; last: None while paused."""

    amount: int
    unit: Unit
    after: date
    last: date | None
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One run of the clock, from its start to its end or to the interruption `broken_by`."""

    start: date
    legs: tuple[Leg, ...]
    gaps: tuple[Gap, ...]
    last: date | None
    rolled: date | None
    extensions: tuple[Extended, ...]
    broken_by: Pause | None = None

    @property
    def paused_since(self) -> date | None:
        """The day on which the pause without end began, if the end of the line depends on it."""
        if self.rolled is not None or not self.gaps:
            return None
        return max(self.gaps[-1].first - ONE_DAY, self.start)


def lines_of(running: Running, calendar: Calendar) -> tuple[Line, ...]:
    """Every run of the clock; the last one is in force, unless it is `broken_by` a restart without end."""
    pauses = () if running.by_calendar_date else running.pauses
    gaps = merge(
        Gap(pause.begin + ONE_DAY, pause.end)
        for pause in pauses
        if pause.kind is not PauseKind.RESTARTS and pause.end != pause.begin
    )
    restarts = sorted((pause for pause in pauses if pause.kind is PauseKind.RESTARTS), key=_by_begin)
    lines: list[Line] = []
    start = running.start
    while (line := _broken_line(running, start, calendar, gaps, restarts, bool(lines))) is not None:
        lines.append(line)
        if line.broken_by is None or line.broken_by.end is None:
            return tuple(lines)
        start = line.broken_by.end
    lines.append(_line(running, start, calendar, gaps, _granted(running, start, bool(lines))))
    return tuple(lines)


def _broken_line(
    running: Running,
    start: date,
    calendar: Calendar,
    gaps: tuple[Gap, ...],
    restarts: Sequence[Pause],
    restarted: bool,
) -> Line | None:
    """The run from `start` to the first interruption that finds it still running, if there is one."""
    for pause in restarts:
        if pause.end is not None and pause.end <= start:
            continue
        extensions = _granted(running, start, restarted, pause.begin)
        line = _line(running, start, calendar, gaps, extensions, pause)
        if line.rolled is None or pause.begin <= line.rolled:
            return line
    return None


def _by_begin(pause: Pause) -> tuple[date, date]:
    return pause.begin, pause.end or date.max


def _granted(running: Running, start: date, restarted: bool, known_on: date | None = None) -> tuple[Extended, ...]:
    """The extensions of one run: a restart forgets those granted before it."""
    granted = (e for e in running.extensions if not restarted or e.on >= start)
    return tuple(sorted((e for e in granted if known_on is None or e.on <= known_on), key=lambda e: e.on))


def _line(
    running: Running,
    start: date,
    calendar: Calendar,
    all_gaps: tuple[Gap, ...],
    extensions: tuple[Extended, ...],
    broken_by: Pause | None = None,
) -> Line:
    lengths = _lengths(running, start, extensions)
    moment = _first_moment(running, start, lengths[0][1])
    gaps = after_day(all_gaps, start if moment is None else start - ONE_DAY)
    legs: list[Leg] = []
    after, rolled = start, None
    for amount, unit in lengths:
        leg = _leg(amount, unit, after, moment, gaps, calendar)
        legs.append(leg)
        rolled = None if leg.last is None else _roll(leg.last, leg.unit, running, gaps, calendar)
        joint = leg.last if running.against_authority else rolled
        if joint is None:
            break
        after, moment = joint, None
    complete = len(legs) == len(lengths)
    return Line(
        start=start,
        legs=tuple(legs),
        gaps=gaps,
        last=legs[-1].last if complete else None,
        rolled=rolled if complete else None,
        extensions=extensions,
        broken_by=broken_by,
    )


def _lengths(running: Running, start: date, extensions: tuple[Extended, ...]) -> list[tuple[int, Unit]]:
    """The lengths to be counted one after the other; one in the same unit lengthens the one before."""
    if running.by_calendar_date:
        lengths = [((_calendar_date(running, start) - start).days, Unit.DAY)]
    else:
        lengths = [running.length]
    for extension in extensions:
        amount, unit = lengths[-1]
        if extension.unit is unit:
            lengths[-1] = (amount + extension.amount, unit)
        else:
            lengths.append((extension.amount, extension.unit))
    return lengths


def _calendar_date(running: Running, start: date) -> date:
    """The first day of that name after the start (01-31), or the one day itself (2025-12-31)."""
    *year, month, day = (int(part) for part in (running.rule.month_day or "").split("-"))
    if year:
        return date(year[0], month, day)
    this_year = _day_of_month(start.year, month, day)
    return this_year if this_year > start else _day_of_month(start.year + 1, month, day)


def _day_of_month(year: int, month: int, day: int) -> date:
    return add_months(date(year - 1, 12, day), month)


def _first_moment(running: Running, start: date, unit: Unit) -> datetime | None:
    """From when hours run: the minute of the start for an authority, the next full hour for a person."""
    if unit is not Unit.HOUR or start != running.start:
        return None
    moment = running.moment
    return moment if running.against_authority else moment.replace(minute=0) + timedelta(hours=1)


def _leg(
    amount: int, unit: Unit, after: date, moment: datetime | None, gaps: tuple[Gap, ...], calendar: Calendar
) -> Leg:
    if unit is Unit.HOUR:
        begin = moment or datetime.combine(after + ONE_DAY, time(), SHANGHAI)
        end = count_hours(begin, amount, gaps)
        return Leg(amount, unit, after, None if end is None else day_of_end(end), end)
    if unit is Unit.WORKDAY:
        return Leg(amount, unit, after, count_working_days(after, amount, gaps, calendar))
    return Leg(amount, unit, after, count_days(after, length_in_days(after, amount, unit), gaps))


def _roll(last: date, unit: Unit, running: Running, gaps: tuple[Gap, ...], calendar: Calendar) -> date | None:
    """The last day by law: a working day on which the clock is not paused; None while nobody knows it."""
    if unit is Unit.HOUR or running.rule.roll is Roll.NONE:
        return last
    day: date | None = last
    while day is not None and not calendar.is_working(day):
        day = _first_free_working_day(day, gaps, calendar)
    return day


def _first_free_working_day(day: date, gaps: tuple[Gap, ...], calendar: Calendar) -> date | None:
    """The next working day that lies in no gap, carried over the gap that begins right after it."""
    while True:
        day = calendar.next_working(day + ONE_DAY)
        inside = next((gap for gap in gaps if is_in(day, (gap,))), None)
        if inside is None:
            return carried(day, gaps)
        if inside.last is None:
            return None
        day = inside.last
