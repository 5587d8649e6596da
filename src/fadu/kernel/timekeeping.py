"""Clocks of a case: when they start, stop, pause, are extended and run out. Pure; dates come from rules.clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import yaml

from fadu.rules import clocks
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.law import LAW_FOLDER, UNIT_WORDS, Kind, LawError, Library, NotInForce, Roll, Rule, Unit
from fadu.rules.procedure import (
    Choose,
    Clock,
    Done,
    EndOf,
    FactDay,
    InPaper,
    LapseEffect,
    Lead,
    Period,
    Procedure,
    Role,
    Served,
    Step,
)
from fadu.rules.working_days import Calendar

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Env:
    """What the law and the calendar say where the house stands."""

    library: Library
    calendar: Calendar
    thresholds: clocks.Thresholds
    place: str | None = None


@cache
def local_thresholds() -> clocks.Thresholds:
    """When lights turn yellow and red: the office's own setting."""
    said = yaml.safe_load((LAW_FOLDER / "local" / "lights.yaml").read_text(encoding="utf-8"))
    return clocks.Thresholds(said["yellow"], said["red"], Unit(said["unit"]))


@dataclass(frozen=True, slots=True)
class Happening:
    """What one event brings that clocks listen to.

    services: (paper name, party key, effective day); ended: (clock name, key of its party, last day).
    """

    day: date
    step: str | None = None
    party: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    services: tuple[tuple[str, str, date], ...] = ()
    ended: tuple[tuple[str, str, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a clock. on: the day whose version of the law counts (D1)."""

    day: date
    on: date
    party: str
    phrase: str


@dataclass(frozen=True, slots=True)
class DueLapse:
    """A clock that ran out unanswered; `day` is its last legal day."""

    key: str
    clock: Clock
    day: date


def rule_of(row: Row, env: Env) -> Rule:
    """The dated rule a clock runs under, by its trigger day (D1)."""
    if row.get("amount") is None:
        return env.library.period(row["statute"], row["period"], date.fromisoformat(row["on"]), place=env.place)
    return Rule(
        statute=row["statute"], version="", period=row["label"], kind=Kind.MAX, amount=row["amount"],
        amount_min=None, unit=Unit(row["unit"]), month_day=None, article=row["article"], since=None, before=None,
        roll=Roll.NEXT, verified=True, place=None, sector=None, actor="", trigger="", act="", note="",
        extension=None, excluded=None,
    )  # fmt: skip


def running(row: Row, env: Env) -> clocks.Running:
    """The inputs of one clock row as rules.clocks takes them."""
    pauses = tuple(
        clocks.Pause(
            begin=date.fromisoformat(pause["begin"]),
            end=date.fromisoformat(pause["end"]) if pause["end"] else None,
            kind=clocks.PauseKind(pause["kind"]),
            why=pause["why"],
            article=pause["article"],
        )
        for pause in row["pauses"]
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
    )
    return clocks.Running(
        rule=rule_of(row, env),
        start=date.fromisoformat(row["start"]),
        started_by=row["by"],
        pauses=pauses,
        extensions=extensions,
        stopped=date.fromisoformat(row["stopped"]) if row["stopped"] else None,
        against_authority=row["ours"],
    )


def reckon_all(case: CaseFile, env: Env) -> dict[str, clocks.Reckoned]:
    """The dates of every clock of the case."""
    return {key: clocks.reckon(running(row, env), env.calendar) for key, row in case.table("clock").items()}


def is_duty(row: Row) -> bool:
    """A period that runs on our own side and is neither answered nor taken over by its lapse."""
    over = row["lapsed"] and row["lapsed"]["effect"] != "breaches"
    return bool(row["ours"]) and row["stopped"] is None and not over


# ---------------------------------------------------------------- starting


def start(case: CaseFile, procedure: Procedure, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that start the clocks which listen to what happened; in a case that is over only rights begin."""
    state = procedure.state(case.state)
    over = state is not None and state.final
    for clock in procedure.clocks:
        if over and not _is_right(clock):
            continue
        looks_back = isinstance(clock.after, FactDay) and clock.after.looking_back
        for day, party, phrase in _triggers(case, procedure, clock, what):
            on = what.day if looks_back else day
            yield from _start_one(case, procedure, clock, Start(day, on, party, phrase), env)


def _triggers(case: CaseFile, procedure: Procedure, clock: Clock, what: Happening) -> Iterator[tuple[date, str, str]]:
    """(start day, party key or "", phrase for people) for each start."""
    match clock.after:
        case Done(steps):
            step = next((s for s in steps if s.name == what.step), None)
            if step:
                for key in _keys(case, clock):
                    yield what.day, key, step.label
        case FactDay(fact=fact):
            if what.facts.get(fact):
                for key in _keys(case, clock):
                    yield date.fromisoformat(what.facts[fact]), key, _fact_label(procedure, fact)
        case Served(paper, on):
            for name, party, day in what.services:
                if name == paper.name and case.table("party")[party]["role"] == on.name:
                    for key in [party] if clock.per == on else _keys(case, clock):
                        yield day, key, f"《{paper.label}》送达{on.label}"
        case EndOf(name):
            for ended, party, day in what.ended:
                if ended == name:
                    other = procedure.clock(name)
                    for key in [party] if clock.per and party else _keys(case, clock):
                        yield day, key, f"“{other.label if other else name}”期限届满"


def _keys(case: CaseFile, clock: Clock) -> list[str]:
    if clock.per is None:
        return [""]
    return [key for key, row in case.of("party", role=clock.per.name) if row.get("before") is None]


def _fact_label(procedure: Procedure, fact: str) -> str:
    metadata = procedure.facts.model_fields[fact].metadata
    return next((str(m.label) for m in metadata if hasattr(m, "label")), fact)


def _start_one(case: CaseFile, procedure: Procedure, clock: Clock, start: Start, env: Env) -> Iterator[Operation]:
    """A new row; a running clock does not start twice; a corrected day of fact moves the row it had started."""
    days = {"start": start.day.isoformat(), "on": start.on.isoformat()}
    earlier = case.of("clock", name=clock.name, party=start.party)
    period = _period(case, procedure, clock, start.on, env)
    if isinstance(clock.after, FactDay):
        _check_stated_day(clock.after.fact, days | {"label": clock.label} | period, env)
        if earlier and not earlier[-1][1]["lapsed"]:
            yield put("clock", earlier[-1][0], **days, **period)
            return
    if any(row["stopped"] is None and not row["lapsed"] for _, row in earlier):
        return
    stem = f"{clock.name}:{start.party}" if start.party else clock.name
    used = [int(key.partition("#")[2] or 1) for key, _ in earlier]
    key = f"{stem}#{max(used) + 1}" if used else stem
    yield put(
        "clock",
        key,
        name=clock.name,
        label=clock.label,
        party=start.party,
        **days,
        by=start.phrase,
        bearer=clock.bearer.name,
        ours=isinstance(clock.bearer, Role),
        stopped=None,
        lapsed=None,
        pauses=[],
        extensions=[],
        **period,
    )


def _check_stated_day(fact: str, row: Row, env: Env) -> None:
    """A day that a person states may lie where the law knows no such period: that is told at its field."""
    try:
        rule_of(row, env)
    except LawError as fault:
        raise BadInput({fact: f"请核对日期：{fault.message}"}, article=fault.article) from fault


def _period(case: CaseFile, procedure: Procedure, clock: Clock, on: date, env: Env) -> dict[str, Any]:
    match clock.period:
        case Period() as period:
            return _addressed(period, on, env)
        case Choose(fact, periods):
            value = case.facts.get(fact)
            return _addressed(periods[str(value).lower() if isinstance(value, bool) else str(value)], on, env)
        case InPaper(fact, article, working):
            unit = Unit.WORKDAY if working else Unit.DAY
            amount = case.facts[fact]
            return {
                "statute": procedure.statute, "period": clock.label, "amount": amount, "unit": unit.value,
                "article": article,
            }  # fmt: skip


def length_in_words(case: CaseFile, procedure: Procedure, clock: str, on: date, env: Env) -> str:
    """How long a declared period is on a day, as papers say it: 10个工作日. KeyError for an unknown clock."""
    declared = procedure.clock(clock)
    if declared is None:
        raise KeyError(clock)
    if isinstance(declared.period, InPaper) and declared.period.fact not in case.facts:
        return "文书所定期限"
    row = _period(case, procedure, declared, on, env) | {"on": on.isoformat(), "label": declared.label}
    return rule_of(row, env).in_words


def longest_extension(case: CaseFile, procedure: Procedure, clock: str, on: date, env: Env) -> str:
    """By how much the law lets a declared period be extended: 30日. KeyError for an unknown clock."""
    declared = procedure.clock(clock)
    if declared is None:
        raise KeyError(clock)
    extension = rule_of(_period(case, procedure, declared, on, env) | {"on": on.isoformat()}, env).extension
    if extension is None or extension.amount is None or extension.unit is None:
        return "（法律未定上限）"
    return f"{extension.amount}{UNIT_WORDS[extension.unit]}"


def _addressed(period: Period, on: date, env: Env) -> dict[str, Any]:
    """Where the law says the period on that day: a rule may have moved to another statute."""
    while period.moved_to and all(
        rule.before is not None and rule.before <= on for rule in env.library.series(period.statute, period.name)
    ):
        period = period.moved_to
    return {"statute": period.statute, "period": period.name, "amount": None}


# ---------------------------------------------------------------- stopping, pausing, extending


def stop(case: CaseFile, procedure: Procedure, what: Happening) -> Iterator[Operation]:
    """Operations that stop the clocks which the step answers, on the day it was posted where that counts."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or row["stopped"] is not None or all(step.name != what.step for step in clock.until):
            continue
        if what.party in (None, "", row["party"] or what.party):
            came = what.day.isoformat()
            yield put("clock", key, stopped=min(what.facts.get(clock.posted or "") or came, came))


def stop_the_rest(case: CaseFile, procedure: Procedure, day: date) -> Iterator[Operation]:
    """When the case ends: duties that were not answered end with it; rights run on."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if row["stopped"] is None and not (clock and _is_right(clock)):
            yield put("clock", key, stopped=day.isoformat(), void=True)


def _is_right(clock: Clock) -> bool:
    return clock.lapse is not None and clock.lapse.effect is LapseEffect.EXPIRES


def pause(case: CaseFile, procedure: Procedure, what: Happening) -> Iterator[Operation]:
    """Operations that pause clocks or let them run again."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or row["stopped"] is not None:
            continue
        pauses = [dict(entry) for entry in row["pauses"]]
        for declared in clock.pauses:
            open_ = next((p for p in pauses if p["end"] is None and p["begun_by"] == declared.begin.name), None)
            if what.step == declared.begin.name and open_ is None:
                entry = {"begin": what.day.isoformat(), "end": None, "kind": declared.kind.value}
                pauses.append(
                    entry
                    | {
                        "why": declared.begin.label,
                        "article": declared.article,
                        "begun_by": declared.begin.name,
                    }
                )
            elif open_ is not None and any(step.name == what.step for step in declared.end):
                open_["end"] = what.day.isoformat()
        if pauses != row["pauses"]:
            yield put("clock", key, pauses=pauses)


def extend(case: CaseFile, procedure: Procedure, step: Step, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that lengthen clocks. Raises when the law gives no (further) or no such long extension."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        declared = clock.extension if clock else None
        if declared is None or declared.by != step or row["stopped"] is not None:
            continue
        rule = rule_of(row, env)
        law = rule.extension
        if law is None:
            raise GatesUnmet(step.label, [Unmet("extension", "法律没有规定这一期限可以延长", rule.cite)])
        if law.times is not None and len(row["extensions"]) >= law.times:
            raise GatesUnmet(step.label, [Unmet("times", f"最多只能延长{law.times}次", rule.cite)])
        reckoned = clocks.reckon(running(row, env), env.calendar)
        if declared.before_end and reckoned.lapses_after and what.day > reckoned.lapses_after:
            raise GatesUnmet(step.label, [Unmet("before_end", "期限已经届满，不能再延长", rule.cite)])
        amount = what.facts.get(declared.amount or "") or law.amount
        if not amount:
            raise BadInput({declared.amount or "amount": "请写明延长多少"}, article=rule.cite)
        if law.amount is not None and amount > law.amount:
            raise BadInput({declared.amount or "amount": f"延长的期限过长：{law.in_words}"}, article=rule.cite)
        unit = law.unit or clocks.Running(rule, what.day, "").length[1]
        more = {"amount": amount, "unit": unit.value, "on": what.day.isoformat()}
        yield put("clock", key, extensions=[*row["extensions"], more | {"article": rule.cite, "why": step.label}])


# ---------------------------------------------------------------- running out, leads


def due_lapses(case: CaseFile, procedure: Procedure, today: date, env: Env) -> list[DueLapse]:
    """Clocks that ran out unanswered before today, earliest first. Final cases have only rights left."""
    due: list[DueLapse] = []
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or clock.lapse is None or row["stopped"] or row["lapsed"] or row.get("held"):
            continue
        end = clocks.reckon(running(row, env), env.calendar).lapses_after
        if end is not None and end < today and not rule_of(row, env).verified:
            continue
        if end is not None and end < today:
            due.append(DueLapse(key, clock, end))
    return sorted(due, key=lambda lapse: (lapse.day, lapse.key))


def late_notices(case: CaseFile, procedure: Procedure, env: Env) -> frozenset[str]:
    """Names of the leads whose notice did not reach everybody in time for the day as it stands now."""
    return frozenset(lead.name for lead in procedure.leads if not _notice_in_time(case, lead, env))


def _notice_in_time(case: CaseFile, lead: Lead, env: Env) -> bool:
    day = case.facts.get(lead.before)
    papers = case.of("paper", name=lead.notice.name)
    if not day or not papers:
        return False
    try:
        rule = env.library.period(lead.period.statute, lead.period.name, date.fromisoformat(day), place=env.place)
    except NotInForce:
        return False  # a day on which the law knows no such notice cannot be the right one
    latest = clocks.latest_before(rule, date.fromisoformat(day), env.calendar).isoformat()
    on = {role.name for role in lead.on}
    parties = {key for key, row in case.table("party").items() if row["role"] in on and not row["before"]}
    in_time = {
        row["party"]
        for paper, _ in papers[-1:]
        for _, row in case.of("service", paper=paper)
        if row.get("effective") and row["effective"] <= latest
    }
    return parties <= in_time
