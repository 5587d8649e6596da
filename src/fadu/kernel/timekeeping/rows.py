"""A clock as a row of the case, and the row as what rules.clocks reckons from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from fadu.rules import clocks
from fadu.rules.casefile import CaseFile
from fadu.rules.law import Kind, Library, Roll, Rule, Transition, Unit
from fadu.rules.law_besides import CounterHours
from fadu.rules.procedure import Clock, LapseEffect, Overturned, Procedure
from fadu.rules.working_days import Calendar

Row = dict[str, Any]
Entries = Callable[[str, tuple[int, ...], date], Mapping[str, Mapping[str, Any]]]
RECKONED = 10_000
"""How much of what was reckoned a process remembers."""


@dataclass(frozen=True, slots=True)
class Env:
    """What the law and the calendar say where the house stands, and what it promises itself: system.clock → time.

    counter: the house's own hours, each from a day on, newest last.
    entries: of a register at some organs, those valid on a day, by what names them.
    """

    library: Library
    calendar: Calendar
    thresholds: clocks.Thresholds
    place: str | None = None
    promises: Mapping[str, tuple[int, Unit]] = field(default_factory=dict)
    counter: tuple[tuple[date, CounterHours], ...] = ()
    entries: Entries = field(default=lambda register, organs, day: {}, compare=False, repr=False)
    reckoned: dict[tuple[Any, ...], clocks.Reckoned] = field(default_factory=dict, compare=False, repr=False)
    """What was reckoned already: one act asks for the same clock several times, many cases begin on the same day."""

    def hours(self, day: date) -> CounterHours | None:
        """When the counter closed on a day."""
        return next((hours for since, hours in reversed(self.counter) if since <= day), self.library.besides.counter)


def law_day(case: CaseFile, statute: str, on: date, env: Env) -> date:
    """The day whose version of a statute counts in a case: the trigger day, or that of the opening (D1)."""
    return date.fromisoformat(case.opened) if _by_case(statute, env) else on


def _by_case(statute: str, env: Env) -> bool:
    return env.library.statute(statute).transition is Transition.BY_CASE


def by_case_text(row: Row, env: Env) -> str:
    """That a period follows the text of the opening day although another one is in force when it starts; or empty."""
    if row.get("amount") is not None or not _by_case(row["statute"], env):
        return ""
    rule = rule_of(row, env)
    if rule.in_force(date.fromisoformat(row["start"])):
        return ""
    basis = env.library.statute(row["statute"]).transition_basis
    return f"这一期限按收件立卷之日适用{rule.version}年文本，此后的修改不适用于本案。{basis}"


def rule_of(row: Row, env: Env) -> Rule:
    """The dated rule a clock runs under, by the day whose version counts."""
    if row.get("amount") is None:
        return env.library.period(row["statute"], row["period"], date.fromisoformat(row["on"]), place=env.place)
    return Rule(
        statute=row["statute"], version="", period=row["label"], kind=Kind.BY_PAPER, amount=row["amount"],
        amount_min=None, unit=Unit(row["unit"]), month_day=None, article=row["article"], since=None, before=None,
        roll=Roll(row.get("roll", Roll.NEXT)), verified=True, place=None, sector=None, actor="", trigger="", act="",
        note="", extension=None, excluded=None,
    )  # fmt: skip


def running(row: Row, env: Env) -> clocks.Running:
    """The inputs of one clock row as rules.clocks takes them."""
    pauses = tuple(
        clocks.Pause(
            begin=date.fromisoformat(pause["begin"]),
            end=date.fromisoformat(pause["end"]) if pause["end"] else None,
            kind=clocks.PauseKind(pause["kind"]),
            why=pause["why"] + (f"，{because}" if (because := pause.get("because")) else ""),
            article=pause["article"],
        )
        for pause in row["pauses"]
        if _counts(pause)
    )
    extensions = tuple(
        clocks.Extended(
            amount=more["amount"],
            unit=Unit(more["unit"]),
            on=date.fromisoformat(more["on"]),
            article=more["article"],
            why=more["why"],
        )
        for more in row["extensions"]
        if _counts(more)
    )
    return clocks.Running(
        rule=rule_of(row, env),
        start=date.fromisoformat(row["start"]),
        started_by=row["by"],
        pauses=pauses,
        extensions=extensions,
        start_time=_moment(row["start"], row["time"]) if row.get("time") else None,
        stopped=date.fromisoformat(row["stopped"]) if row["stopped"] else None,
        against_authority=row["ours"],
        cuts=tuple(
            clocks.Cut(date.fromisoformat(cut["on"]), cut["from"], cut["why"], cut["article"])
            for cut in row.get("cuts", ())
        ),
    )


def _counts(entry: Row) -> bool:
    """A pause or an extension counts once its notice was served, where it needs one, and while nobody voided it."""
    return entry.get("served", True) and not entry.get("void")


def _moment(day: str, minute: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(minute), clocks.SHANGHAI)


def reckon_all(case: CaseFile, env: Env) -> dict[str, clocks.Reckoned]:
    """The dates of every clock of the case."""
    return {key: reckon(row, env) for key, row in case.table("clock").items()}


INPUTS = (
    *("statute", "period", "label", "amount", "unit", "article", "roll"),
    *("on", "start", "time", "by", "stopped", "ours"),
)


def reckon(row: Row, env: Env) -> clocks.Reckoned:
    """The dates of one clock row."""
    inputs = (*map(row.get, INPUTS), repr(row["pauses"]), repr(row["extensions"]), repr(row.get("cuts")))
    found = env.reckoned.get(inputs)
    if found is None:
        if len(env.reckoned) >= RECKONED:
            env.reckoned.clear()
        found = env.reckoned[inputs] = clocks.reckon(running(row, env), env.calendar)
    return found


def promised(row: Row, env: Env) -> clocks.Reckoned | None:
    """The dates of the shorter line that the house promised, with the same start and pauses; None without a promise."""
    if not row.get("promised"):
        return None
    said = row["promised"]
    return clocks.reckon(replace(running(row, env), amount=said["amount"], unit=Unit(said["unit"])), env.calendar)


def is_duty(row: Row) -> bool:
    """A period that runs on our own side and is neither answered nor taken over by its lapse."""
    over = row["lapsed"] and row["lapsed"]["effect"] != "breaches"
    return bool(row["ours"]) and row["stopped"] is None and not over


def duties(case: CaseFile, procedure: Procedure) -> list[str]:
    """Keys of what our own side has to do in time: no minimum waits, and in a case that is over no rights."""
    return [key for key, row in case.table("clock").items() if is_duty(row) and _asks(case, procedure, row)]


def _asks(case: CaseFile, procedure: Procedure, row: Row) -> bool:
    clock = procedure.clock(row["name"])
    return clock is None or not (clock.waits or (case.closed and _is_right(clock)))


def outlives(clock: Clock) -> bool:
    """Whether it begins and runs on in a case that is over: a right that simply ends, the duty to retract what was
    made public.
    """
    return _is_right(clock) or isinstance(clock.after, Overturned)


def _is_right(clock: Clock) -> bool:
    return clock.lapse is not None and clock.lapse.effect is LapseEffect.EXPIRES
