"""When a clock starts, on whom, and for how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from fadu.kernel.timekeeping.rows import Env, Row, law_day, outlives, rule_of
from fadu.kernel.timekeeping.triggers import Happening, Start, starts, whose
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput
from fadu.rules.law import UNIT_WORDS, LawError, Roll, Unit
from fadu.rules.procedure import (
    Choose,
    Clock,
    FactDay,
    InPaper,
    Items,
    OnTrack,
    Period,
    Procedure,
    Role,
    Step,
    UntilDay,
)


def start(case: CaseFile, procedure: Procedure, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that start the clocks which listen to what happened; in a case that is over those that outlive it."""
    state = procedure.state(case.state)
    over = state is not None and state.final
    for clock in procedure.clocks:
        if over and not outlives(clock):
            continue
        looks_back = isinstance(clock.after, FactDay) and clock.after.looking_back
        for one in starts(case, procedure, clock, what):
            begun = replace(one, on=what.day) if looks_back else one
            yield from _start_one(case, procedure, clock, begun, env)


def concerned(case: CaseFile, procedure: Procedure, step: Step) -> list[str]:
    """Keys of parties, items and papers for which a step may be done apart: who does it, whose period it changes."""
    return [key for per in procedure.apart(step) for key in whose(case, per)]


def _start_one(case: CaseFile, procedure: Procedure, clock: Clock, start: Start, env: Env) -> Iterator[Operation]:
    """A new row; a running clock does not start twice; a corrected day of fact moves the row it had started.

    Of several days together a clock starts once, and moves when an earlier one becomes known.
    """
    days = {"start": start.day.isoformat(), "on": start.on.isoformat()} | ({"time": start.time} if start.time else {})
    earlier = case.of("clock", name=clock.name, party=start.party)
    period = days | period_of(case, procedure, clock, start.on, env, start.party)
    if start.fact:
        _check_stated_day(start.fact, period | {"label": clock.label}, env)
        if earlier and not earlier[-1][1]["lapsed"]:
            yield put("clock", earlier[-1][0], **(days | _own_length(earlier[-1][1], period)), by=start.phrase)
            return
    if start.once and any(not row.get("void") for _, row in earlier):
        if start.earlier and not earlier[-1][1]["lapsed"] and days["start"] < earlier[-1][1]["start"]:
            yield put("clock", earlier[-1][0], **(days | _own_length(earlier[-1][1], period)), by=start.phrase)
        return
    running = [key for key, row in earlier if row["stopped"] is None and not row["lapsed"]]
    if running:
        if start.renews:
            yield put("clock", running[-1], **period, by=start.phrase)
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
        by=start.phrase,
        bearer=clock.bearer.name,
        ours=isinstance(clock.bearer, Role),
        stopped=None,
        lapsed=None,
        pauses=[],
        extensions=[],
        **_promised(procedure, clock, env),
        **period,
    )


def _own_length(row: Row, period: Row) -> Row:
    """The length of a row that moves: what somebody shortened stays so."""
    return {} if any(cut["from"] for cut in row.get("cuts", ())) else period


def _promised(procedure: Procedure, clock: Clock, env: Env) -> Row:
    said = env.promises.get(f"{procedure.system}.{clock.name}")
    return {"promised": {"amount": said[0], "unit": said[1].value}} if said and isinstance(clock.bearer, Role) else {}


def _check_stated_day(fact: str, row: Row, env: Env) -> None:
    """A day that a person states may lie where the law knows no such period: that is told at its field."""
    try:
        rule_of(row, env)
    except LawError as fault:
        raise BadInput({fact: f"请核对日期：{fault.message}"}, article=fault.article) from fault


def period_of(case: CaseFile, procedure: Procedure, clock: Clock, on: date, env: Env, key: str = "") -> Row:
    """Under which period a clock runs that started on that day, as its row says it. key: of the row it is about."""
    match clock.period:
        case Period() as period:
            return _addressed(case, period, on, env)
        case Choose(fact, periods):
            value = case.facts.get(fact)
            return _addressed(case, periods[str(value).lower() if isinstance(value, bool) else str(value)], on, env)
        case OnTrack(track, periods):
            row = case.table("track").get(track.name)
            return _addressed(case, periods[row["state"] if row else track.initial.name], on, env)
        case InPaper() as length:
            if case.facts.get(length.fact) is None and length.default:
                return _addressed(case, length.default, on, env)
            return _in_paper(case, procedure, clock, length)
        case UntilDay() as until:
            return _until_day(case, procedure, clock, until, on, key)


def _until_day(case: CaseFile, procedure: Procedure, clock: Clock, until: UntilDay, on: date, key: str) -> Row:
    """The days to the last day that a paper names. Raises BadInput when it lies before the start."""
    facts = case.table("item")[key]["facts"] if isinstance(clock.per, Items) else case.facts
    last = date.fromisoformat(facts[until.fact])
    if last < on:
        todo = f"{last.isoformat()}早于“{clock.label}”起算的{on.isoformat()}；早已到期的，请按当时的日期补录"
        raise BadInput({"items" if isinstance(clock.per, Items) else until.fact: todo}, article=until.article)
    said = {"amount": (last - on).days, "unit": Unit.DAY.value, "article": until.article, "roll": Roll.NONE.value}
    return {"statute": procedure.statute, "period": clock.label} | said


def _in_paper(case: CaseFile, procedure: Procedure, clock: Clock, length: InPaper) -> Row:
    """The length that a paper sets, with the article that lets it."""
    amount = case.facts.get(length.fact)
    if not amount:
        raise BadInput({length.fact: f"请写明“{clock.label}”有多长，至少为1"}, article=length.article)
    said = {"amount": amount, "unit": length.unit_in(case.facts).value, "article": length.article}
    roll = {} if length.rolls else {"roll": Roll.NONE.value}
    return {"statute": procedure.statute, "period": clock.label} | said | roll


def left_open(case: CaseFile, procedure: Procedure, step: Step, facts: Mapping[str, Any]) -> dict[str, None]:
    """Lengths that an earlier paper set and this one leaves to the law."""
    lengths = [clock.period for clock in procedure.clocks if isinstance(clock.period, InPaper)]
    open_ = {length.fact for length in lengths if length.default and length.fact in step.may_take}
    return dict.fromkeys(name for name in sorted(open_) if name not in facts and name in case.facts)


def check_lengths(case: CaseFile, procedure: Procedure, what: Happening, env: Env) -> None:
    """A paper that sets a length sets one at all, and none longer than the law lets it. Raises BadInput."""
    for clock in procedure.clocks:
        length = clock.period
        if isinstance(length, InPaper) and what.facts.get(length.fact) is not None:
            own = {"on": what.day.isoformat(), "label": clock.label} | _in_paper(case, procedure, clock, length)
            if length.at_most:
                ceiling = rule_of(own | _addressed(case, length.at_most, what.day, env), env)
                both = (clocks.Running(rule, what.day, "") for rule in (rule_of(own, env), ceiling))
                paper, most = (clocks.reckon(inputs, env.calendar).last_day for inputs in both)
                if paper and most and paper > most:
                    raise BadInput({length.fact: f"不能长于法律规定的上限（{ceiling.in_words}）"}, article=ceiling.cite)


def length_in_words(case: CaseFile, procedure: Procedure, clock: str, on: date, env: Env) -> str:
    """How long a declared period is on a day, as papers say it: 10个工作日. KeyError for an unknown clock."""
    declared = procedure.clock(clock)
    if declared is None:
        raise KeyError(clock)
    length = declared.period
    if isinstance(length, UntilDay) or (
        isinstance(length, InPaper) and not length.default and length.fact not in case.facts
    ):
        return "文书所定期限"
    row = {"on": on.isoformat(), "label": declared.label} | period_of(case, procedure, declared, on, env)
    return rule_of(row, env).in_words


def longest_extension(case: CaseFile, procedure: Procedure, clock: str, on: date, env: Env) -> str:
    """By how much the law lets a declared period be extended: 30日. KeyError for an unknown clock."""
    declared = procedure.clock(clock)
    if declared is None:
        raise KeyError(clock)
    extension = rule_of({"on": on.isoformat()} | period_of(case, procedure, declared, on, env), env).extension
    if extension is None or extension.amount is None or extension.unit is None:
        return "（法律未定上限）"
    return f"{extension.amount}{UNIT_WORDS[extension.unit]}"


def _addressed(case: CaseFile, period: Period, on: date, env: Env) -> Row:
    """Where the law says the period, and the day whose version counts: a rule may have moved to another statute."""
    day = law_day(case, period.statute, on, env)
    while period.moved_to and all(
        rule.before is not None and rule.before <= day for rule in env.library.series(period.statute, period.name)
    ):
        period = period.moved_to
        day = law_day(case, period.statute, on, env)
    return {"statute": period.statute, "period": period.name, "amount": None, "on": day.isoformat()}
