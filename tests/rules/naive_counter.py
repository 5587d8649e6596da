"""The second opinion on clocks: counts day after day on its fingers and shares no code with the product."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

NEXT_DAY = timedelta(days=1)
FOLDER = Path(__file__).resolve().parents[2] / "src" / "fadu" / "law" / "holidays"


class Almanac:
    """Which days are worked, read from the holiday files without any help; own name for every day."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.rest: set[date] = set()
        self.work: set[date] = set()
        self.years: set[int] = set()
        for path in folder.glob("*.yaml"):
            content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
            self.years.add(content["year"])
            for holiday in content["holidays"]:
                if "place" not in holiday:
                    self.rest.update(holiday.get("rest", []))
                    self.work.update(holiday.get("work", []))

    def worked(self, day: date) -> bool:
        if day in self.rest:
            return False
        return day in self.work or day.isoweekday() < 6


ALMANAC = Almanac()


@dataclass(frozen=True)
class History:
    """One clock in plain words. pauses: (begin, end or None, kind); extensions: (amount, unit, day)."""

    start: date
    amount: int
    unit: str
    pauses: tuple[tuple[date, date | None, str], ...] = ()
    extensions: tuple[tuple[int, str, date], ...] = ()
    rolls: bool = True
    authority: bool = True
    at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """Strict and generous last day; both None while nobody knows them."""

    last: date | None
    rolled: date | None
    minute: datetime | None = None

    def due(self, history: History) -> date | None:
        return self.last if history.authority else self.rolled


UNKNOWN = Answer(None, None)


def answer(history: History, almanac: Almanac) -> Answer:
    """Tell the story again and again from its beginning, each time up to the next interruption."""
    start, first_run = history.start, True
    while True:
        interruption = None
        for begin, end, kind in sorted(history.pauses, key=lambda p: (p[0], p[1] or date.max)):
            if kind != "restarts" or (end is not None and end <= start):
                continue
            granted = extensions_of(history, start, first_run, until=begin)
            so_far = one_run(history, start, first_run, granted, almanac)
            if so_far.rolled is None or begin <= so_far.rolled:
                interruption = (begin, end)
                break
        if interruption is None:
            granted = extensions_of(history, start, first_run, until=date.max)
            return one_run(history, start, first_run, granted, almanac)
        if interruption[1] is None:
            return UNKNOWN
        start, first_run = interruption[1], False


def extensions_of(history: History, start: date, first_run: bool, until: date) -> list[tuple[int, str, date]]:
    found = []
    for extension in sorted(history.extensions, key=lambda e: e[2]):
        if extension[2] <= until and (first_run or extension[2] >= start):
            found.append(extension)
    return found


def one_run(
    history: History, start: date, first_run: bool, granted: list[tuple[int, str, date]], almanac: Almanac
) -> Answer:
    """Count the base length, then each length granted in another unit, one after the other."""
    lengths = [[history.amount, history.unit]]
    for amount, unit, _ in granted:
        if lengths[-1][1] == unit:
            lengths[-1][0] += amount
        else:
            lengths.append([amount, unit])
    day = start
    result = UNKNOWN
    for position, (amount, unit) in enumerate(lengths):
        minute = None
        if unit == "hour":
            clock = first_minute(history, day, first_run and position == 0)
            minute = walk_minutes(history, clock, amount)
            if minute is None:
                return UNKNOWN
            last = (minute - timedelta(minutes=1)).date()
            result = Answer(last, last, minute)
        else:
            last_day = walk_days(history, day, amount, unit, almanac)
            if last_day is None:
                return UNKNOWN
            result = Answer(last_day, roll(history, last_day, almanac), None)
        joint = result.last if history.authority else result.rolled
        if joint is None:
            return UNKNOWN if position + 1 < len(lengths) else result
        day = joint
    return result


def paused(history: History, day: date) -> bool:
    """Whether the day lies after the beginning of a stay or exclusion and not after its end."""
    return any(begin < day and (end is None or day <= end) for begin, end, kind in history.pauses if kind != "restarts")


def forever(history: History, day: date) -> bool:
    """Whether a pause without end covers the day: counting on would never stop."""
    return any(begin < day and end is None for begin, end, kind in history.pauses if kind != "restarts")


def walk_days(history: History, start: date, amount: int, unit: str, almanac: Almanac) -> date | None:
    goal = amount if unit in ("day", "workday") else days_of_months(start, amount * (12 if unit == "year" else 1))
    day, counted = start, 0
    while counted < goal:
        day += NEXT_DAY
        if forever(history, day):
            return None
        if not paused(history, day) and (unit != "workday" or almanac.worked(day)):
            counted += 1
    return through_the_pause(history, day)


def through_the_pause(history: History, day: date) -> date | None:
    """A pause that began on the last day or before it, and still lasts on the next, uses up no day."""
    while paused(history, day + NEXT_DAY):
        day += NEXT_DAY
        if forever(history, day):
            return None
    return day


def days_of_months(start: date, number: int) -> int:
    """Step through the months one by one; the same day of the month, or the month's end if it has none."""
    year, month = start.year, start.month
    for _ in range(number):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    return (date(year, month, min(start.day, months.monthrange(year, month)[1])) - start).days


def roll(history: History, last: date, almanac: Almanac) -> date | None:
    if not history.rolls:
        return last
    day = last
    while not almanac.worked(day):
        day += NEXT_DAY
        while paused(history, day) or not almanac.worked(day):
            if forever(history, day):
                return None
            day += NEXT_DAY
        onward = through_the_pause(history, day)
        if onward is None:
            return None
        day = onward
    return day


def first_minute(history: History, day: date, at_start: bool) -> datetime:
    """The minute of the start; a person's begun hour does not count; later lengths begin at midnight."""
    assert history.at is not None
    if not at_start:
        return history.at.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0) + NEXT_DAY
    if history.authority:
        return history.at
    clock = history.at + timedelta(minutes=1)
    while clock.minute:
        clock += timedelta(minutes=1)
    return clock


def walk_minutes(history: History, clock: datetime, hours: int) -> datetime | None:
    left = hours * 60
    while left:
        if forever(history, clock.date()):
            return None
        if paused(history, clock.date()):
            clock = clock.replace(hour=0, minute=0) + NEXT_DAY
            continue
        tonight = clock.replace(hour=0, minute=0) + NEXT_DAY
        while left and clock < tonight:
            clock += timedelta(minutes=1)
            left -= 1
    return clock


def left_after(history: History, day: date, almanac: Almanac) -> int:
    """Days that still count after a day, as the record stood then, if a pause had ended that day."""
    now = max(day, history.start)
    known = []
    for begin, end, kind in history.pauses:
        if begin <= now:
            known.append((begin, now if end is None else min(end, now), kind))
    granted = tuple(extension for extension in history.extensions if extension[2] <= now)
    supposed = replace(history, pauses=tuple(known), extensions=granted)
    end = answer(supposed, almanac).due(history)
    assert end is not None
    step = 1 if end >= now else -1
    tally, cursor = 0, min(now, end)
    while cursor < max(now, end):
        cursor += NEXT_DAY
        if step == 1 and paused(supposed, cursor):
            continue
        if history.unit != "workday" or almanac.worked(cursor):
            tally += step
    return tally
