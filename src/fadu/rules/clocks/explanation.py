"""Why a clock ends when it ends: day by day for the ledger, and in entries that a person reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from fadu.rules.clocks.inputs import Pause, Running
from fadu.rules.clocks.lines import Leg, Line, lines_of
from fadu.rules.clocks.periods import ONE_DAY, is_in
from fadu.rules.clocks.phrases import (
    both_days_text,
    cut_text,
    last_day_text,
    pause_words,
    period_text,
    provisional_text,
    reasons_in_one,
    span,
    start_text,
    without_weekday,
)
from fadu.rules.clocks.reckoning import is_provisional
from fadu.rules.days import chinese_day
from fadu.rules.law_terms import UNIT_WORDS, PauseKind, Unit
from fadu.rules.working_days import Calendar


class EntryKind(StrEnum):
    """What an entry of an explanation tells."""

    START = "start"
    PERIOD = "period"
    EXTENDED = "extended"
    CUT = "cut"
    COUNTED = "counted"
    SKIPPED = "skipped"
    PAUSED = "paused"
    RESTARTED = "restarted"
    LAST_DAY = "last_day"
    ROLLED = "rolled"
    BOTH_DAYS = "both_days"
    PROVISIONAL = "provisional"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an explanation. days: how many it counts, skips or excludes; until None: still open."""

    kind: EntryKind
    since: date
    until: date | None
    days: int
    text: str
    article: str | None = None


class DayLine(NamedTuple):
    """One calendar day: counted as the ordinal-th, or not counted for a reason."""

    day: date
    counted: bool
    ordinal: int | None
    reason: str


class _Row(NamedTuple):
    """A day with the kind of entry it goes into and what it shares with its neighbours there."""

    day: date
    kind: EntryKind
    ordinal: int | None
    reason: str
    article: str | None
    unit: Unit
    leg: int | None


_COUNTED_AS = dict.fromkeys((Unit.DAY, Unit.MONTH, Unit.YEAR), "按自然日计入") | {Unit.HOUR: "按小时计入"}


def explain_days(running: Running, calendar: Calendar) -> list[DayLine]:
    """Every day from the start to the last day by law, or to the day on which an open pause began."""
    days: list[DayLine] = []
    for line in lines_of(running, calendar):
        days.append(DayLine(line.start, False, None, "开始之日不计入"))
        days += [
            DayLine(row.day, row.kind is EntryKind.COUNTED, row.ordinal, row.reason)
            for row in _rows(line, running, calendar)
        ]
        if line.broken_by is not None:
            days += _broken_days(line.broken_by, line.start)
    return days


def explain(running: Running, calendar: Calendar) -> list[Entry]:
    """The whole reckoning in entries, in the order of time."""
    entries: list[Entry] = []
    for line in lines_of(running, calendar):
        entries += _opening(line, running, first=not entries)
        rows = _rows(line, running, calendar)
        for _, run in groupby(rows, key=_fate):
            entries.append(_merged(list(run)))
        if line.broken_by is not None:
            entries.append(_restart(line.broken_by))
        else:
            entries += _ending(line, running, calendar)
    if running.stopped is not None:
        text = f"{chinese_day(running.stopped)}办结，计时停止。"
        entries.append(Entry(EntryKind.STOPPED, running.stopped, running.stopped, 0, text))
    return entries


def _rows(line: Line, running: Running, calendar: Calendar) -> Iterator[_Row]:
    """The days of one run after its start, each with what became of it."""
    until = line.rolled or line.paused_since or line.start
    if line.broken_by is not None:
        until = line.broken_by.begin
    day, ordinals = line.start, [0] * len(line.legs)
    while day < until:
        day += ONE_DAY
        number = next((i for i, leg in enumerate(line.legs) if _holds(leg, day)), None)
        unit = line.legs[-1 if number is None else number].unit
        if is_in(day, line.gaps):
            why, article = pause_words(_pauses_on(running, day))
            yield _Row(day, EntryKind.PAUSED, None, why, article, unit, number)
        elif number is None:
            reason = "顺延后的最后一日" if calendar.is_working(day) else calendar.why(day)
            yield _Row(day, EntryKind.ROLLED, None, reason, None, unit, number)
        elif unit is Unit.WORKDAY and not calendar.is_working(day):
            yield _Row(day, EntryKind.SKIPPED, None, calendar.why(day), None, unit, number)
        else:
            ordinals[number] += 1
            reason = calendar.why(day) if unit is Unit.WORKDAY else _COUNTED_AS[unit]
            yield _Row(day, EntryKind.COUNTED, ordinals[number], reason, None, unit, number)


def _holds(leg: Leg, day: date) -> bool:
    return leg.after < day and (leg.last is None or day <= leg.last)


def _pauses_on(running: Running, day: date) -> list[Pause]:
    return [
        pause
        for pause in running.pauses
        if pause.kind is not PauseKind.RESTARTS and pause.begin < day and (pause.end is None or day <= pause.end)
    ]


def _broken_days(pause: Pause, start: date) -> Iterator[DayLine]:
    """The days between an interruption and the new start, which belong to no run."""
    day = max(pause.begin, start) + ONE_DAY
    while pause.end is not None and day < pause.end:
        yield DayLine(day, False, None, f"{pause.why}，期限将重新计算")
        day += ONE_DAY


def _fate(row: _Row) -> tuple[EntryKind, str, str | None, int | None]:
    """What neighbouring days share in one entry: counted days their length, days off their notice."""
    reason = "" if row.kind is EntryKind.COUNTED else without_weekday(row.reason)
    return row.kind, reason, row.article, row.leg


def _merged(rows: Sequence[_Row]) -> Entry:
    """One entry for neighbouring days of the same fate."""
    first, last, days = rows[0], rows[-1], len(rows)
    when = span(first.day, last.day)
    match first.kind:
        case EntryKind.COUNTED if first.unit is Unit.HOUR:
            text = f"{when} 按小时连续计算"
        case EntryKind.COUNTED:
            made_up = [row for row in rows if row.reason.startswith("调休")]
            text = f"{when} 共{days}{'个工作日' if first.unit is Unit.WORKDAY else '日'}"
            text += f"（第{first.ordinal}至第{last.ordinal}）" if days > 1 else f"（第{first.ordinal}）"
            if made_up:
                names = "、".join(f"{row.day.month}月{row.day.day}日" for row in made_up)
                text += f"，其中{names}{made_up[0].reason}"
        case EntryKind.PAUSED:
            text = f"{when} 不计入{days}日：{first.reason}"
        case EntryKind.ROLLED:
            text = f"{when} 顺延：{first.reason}"
        case _:
            text = f"{when} 不计入：{reasons_in_one(row.reason for row in rows)}"
    return Entry(first.kind, first.day, last.day, days, text, first.article)


def _opening(line: Line, running: Running, *, first: bool) -> Iterator[Entry]:
    """The start, the period and the extensions of one run."""
    start, cite = line.start, running.rule.cite
    yield Entry(EntryKind.START, start, start, 0, start_text(line, running, first), None)
    yield Entry(EntryKind.PERIOD, start, None, 0, period_text(running), cite)
    for extension in line.extensions:
        amount = f"{extension.amount}{UNIT_WORDS[extension.unit]}"
        text = f"{chinese_day(extension.on)}延长{amount}：{extension.why}。"
        yield Entry(EntryKind.EXTENDED, extension.on, extension.on, 0, text, extension.article)
    for cut in running.cuts:
        yield Entry(EntryKind.CUT, cut.on, cut.on, 0, cut_text(cut, running), cut.article)


def _restart(pause: Pause) -> Entry:
    if pause.end is None:
        text = f"{chinese_day(pause.begin)}起{pause.why}，尚未结束；结束之日起重新计算期限。"
        return Entry(EntryKind.RESTARTED, pause.begin, None, 0, text, pause.article)
    days = (pause.end - pause.begin).days
    text = f"{span(pause.begin, pause.end)} {pause.why}，此前计算作废，期限自{chinese_day(pause.end)}起重新计算。"
    return Entry(EntryKind.RESTARTED, pause.begin, pause.end, days, text, pause.article)


def _ending(line: Line, running: Running, calendar: Calendar) -> Iterator[Entry]:
    """The last day in both readings, or the pause that keeps it open."""
    since = line.paused_since
    if since is not None:
        why, article = pause_words(_pauses_on(running, since + ONE_DAY))
        text = f"{chinese_day(since)}起{why}，尚未恢复，期限暂不能确定。"
        yield Entry(EntryKind.PAUSED, since + ONE_DAY, None, 0, text, article)
    if line.last is not None:
        last, moved = line.last, line.rolled or line.last
        days = (moved - last).days
        text = last_day_text(line, last, running, calendar)
        yield Entry(EntryKind.LAST_DAY, last, moved, days, text, running.rule.cite)
        yield Entry(EntryKind.BOTH_DAYS, last, moved, days, both_days_text(line, last, running))
    if is_provisional(line, running, calendar):
        yield Entry(EntryKind.PROVISIONAL, line.start, line.rolled, 0, provisional_text(line))
