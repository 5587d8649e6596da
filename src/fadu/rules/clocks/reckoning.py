"""The due day of a clock and what can be asked of it later: days left, in time or not; digest of inputs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise

from fadu.rules.clocks.inputs import Pause, Running
from fadu.rules.clocks.lines import Line, lines_of
from fadu.rules.clocks.periods import ONE_DAY, ONE_MINUTE, working_between
from fadu.rules.law_terms import Roll, Unit
from fadu.rules.working_days import Calendar

_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The result of one clock.

    due: the day that counts for lights and for 'in time': the unrolled day of an authority's duty, the rolled
    day of a person's right; None while the clock is paused without end, unless a duty's day was over before the
    pause, which then only holds up the day after holidays on which it lapses. last_day: the unrolled day.
    rolled: the last day by law. lapses_after: silence has its effect when this day is over; for duties and
    rights alike the rolled day. due_at: the minute, for a clock whose last length is in hours.
    provisional: the answer may change when a missing holiday notice comes. digest: SHA-256 of the inputs.
    """

    due: date | None
    last_day: date | None
    rolled: date | None
    lapses_after: date | None
    due_at: datetime | None
    paused_since: date | None
    provisional: bool
    digest: str
    running: Running = field(repr=False, compare=False)

    def remaining_at(self, day: date, calendar: Calendar) -> int:
        """Days left after `day`: working days if the law counts those, else calendar days; below 0 when late.

        As the record stood on that day: what was paused or granted later is not looked at, and during a
        pause there are as many days left as the pause found. For hours: the days begun.
        """
        return _remaining(self.running, day, calendar)

    def minutes_at(self, moment: datetime) -> int | None:
        """Whole minutes left of a clock of hours; None for other clocks and while paused without end."""
        return None if self.due_at is None else (self.due_at - moment) // ONE_MINUTE

    def in_time(self, day: date) -> bool:
        """Whether an act of that day keeps the period (a duty strictly, a right up to its rolled day)."""
        return self.due is None or day <= self.due


def reckon(running: Running, calendar: Calendar) -> Reckoned:
    """The result of a clock from its inputs and the calendar alone."""
    lines = lines_of(running, calendar)
    line = lines[-1]
    pending = line.broken_by
    last = None if pending else line.last
    rolled = None if pending else line.rolled
    return Reckoned(
        due=last if running.against_authority else rolled,
        last_day=last,
        rolled=rolled,
        lapses_after=rolled,
        due_at=None if pending else line.legs[-1].moment,
        paused_since=pending.begin if pending else line.paused_since,
        provisional=is_provisional(line, running, calendar),
        digest=_digest(running, lines, calendar),
        running=running,
    )


def is_provisional(line: Line, running: Running, calendar: Calendar) -> bool:
    """Whether a day that the calendar decided may be changed by a holiday notice still to come."""
    return any(calendar.provisional_within(first, last) for first, last in _decided(line, running))


def _decided(line: Line, running: Running) -> list[tuple[date, date]]:
    """First and last day of each stretch that the calendar decides.

    These are every day of a length in working days, and from the last day on whether it rolls.
    """
    rolls = running.rule.roll is Roll.NEXT
    known_until = line.paused_since or line.start
    spans = [(leg.after + ONE_DAY, leg.last or known_until) for leg in line.legs if leg.unit is Unit.WORKDAY]
    if rolls and not running.against_authority:
        spans += [(leg.last, following.after) for leg, following in pairwise(line.legs) if leg.last]
    if rolls and line.last is not None and line.legs[-1].unit is not Unit.HOUR:
        spans.append((line.last, line.rolled or max(line.last, known_until)))
    return spans


def _digest(running: Running, lines: tuple[Line, ...], calendar: Calendar) -> str:
    """SHA-256 over everything that can move the result; phrases for people are left out.

    Of the calendar only the days it decided: a notice that changes none of them leaves the digest as it is.
    """
    rule = running.rule
    spans = [span for line in lines for span in _decided(line, running)]
    words: list[object] = [
        "clock/2",
        [calendar.departures(first, last) for first, last in spans],
        any(calendar.provisional_within(first, last) for first, last in spans),
        *(rule.statute, rule.version, rule.period, rule.article, rule.kind, rule.amount, rule.unit),
        *(rule.month_day, rule.roll, rule.place, rule.sector, rule.since),
        *(running.start, running.start_time, running.amount, running.unit),
        *(running.stopped, running.against_authority),
        len(running.pauses),
    ]
    for pause in sorted(running.pauses, key=_order):
        words += (pause.begin, pause.end, pause.kind, pause.article)
    for extension in running.extensions:
        words += (extension.amount, extension.unit, extension.on, extension.article)
    return hashlib.sha256(_CANONICAL.encode(words).encode()).hexdigest()


def _order(pause: Pause) -> tuple[date, date, str]:
    return pause.begin, pause.end or date.max, pause.kind


def _remaining(running: Running, day: date, calendar: Calendar) -> int:
    """Days from `day` to the end, as the record stood that day and as if a pause had ended on it.

    With no pause left after that day, every day counts.
    """
    now = max(day, running.start)
    if running.stopped is not None:
        now = min(now, running.stopped)
    pauses = tuple(
        replace(pause, end=now) if pause.end is None or pause.end > now else pause
        for pause in running.pauses
        if pause.begin <= now
    )
    extensions = tuple(extension for extension in running.extensions if extension.on <= now)
    line = lines_of(replace(running, pauses=pauses, extensions=extensions), calendar)[-1]
    end = line.last if running.against_authority else line.rolled
    if end is None:  # cannot be: no pause is open any more
        raise AssertionError("a clock without open pauses has an end")
    near, far = min(now, end), max(now, end)
    in_working_days = line.legs[0].unit is Unit.WORKDAY
    days = working_between(near, far, calendar) if in_working_days else (far - near).days
    return days if end == far else -days
