"""Made-up districts: cases walked at random through every procedure, entries of every register, and their figures.

Walks follow the states alone, without gates; figures are counted row by row, plainly. A district need not be lawful,
only whole: every figure is counted over the same cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from fadu.analytics.arithmetic import median
from fadu.analytics.figures import Figure, Period
from fadu.analytics.measures import Measure, parts_of
from fadu.analytics.tables import column_of
from fadu.analytics.whose import Whose
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.indicators import (
    At,
    Before,
    Changes,
    Closed,
    Condition,
    Count,
    Day,
    DayOf,
    Did,
    FactIs,
    Indicator,
    Kept,
    Median,
    Mirrored,
    Missed,
    Not,
    Opened,
    Outcome,
    Pending,
    Ran,
    Rate,
    Reach,
    Stock,
    Sum,
)
from fadu.rules.procedure import Procedure, Step
from fadu.rules.registers import Effect, Register
from fadu.rules.registry import Registry

ACTS = 14
"""Acts of the longest case."""


@dataclass(slots=True)
class Row:
    """A case, or an entry, so many times over."""

    times: int
    own: bool
    opened: date
    ended: date | None = None
    began_by: str = ""
    ended_by: str = ""
    outcome: str = ""
    days: dict[str, date] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    clocks: dict[str, bool | None] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class District:
    """seed: by which everything is made; most: rows of a system or register, at most; times: how often a row counts."""

    registry: Registry
    year: int
    seed: int
    most: int
    times: int

    def figures(self, indicators: Sequence[Indicator], year: int) -> dict[str, Figure]:
        """The figures of a year over the same cases."""
        rows = {source: list(self._rows(source)) for source in {one.source for one in indicators}}
        return {one.name: _figure(one, Period.year(year), rows[one.source]) for one in indicators}

    def _rows(self, source: str) -> Iterator[Row]:
        chance = Random(f"{self.seed} {source}")
        register = next((one for one in self.registry.registers if one.name == source), None)
        for _ in range(chance.randint(0, self.most)):
            first = date(self.year - 1, 1, 1) + timedelta(days=chance.randrange(700))
            row = Row(chance.choice((1, 1, self.times)), chance.random() < 0.5, first)
            if register:
                _entered(row, register, chance)
            else:
                _walked(row, self.registry.newest(source), chance)
            yield row


def _entered(row: Row, register: Register, chance: Random) -> None:
    kinds = list(register.changes)
    row.began_by = chance.choice([one for one in kinds if one.effect is not Effect.ENDS])
    row.facts = {name: _value(one, chance) for name, one in fact_fields(register.model).items()}
    if chance.random() < 0.3:
        row.ended = row.opened + timedelta(days=chance.randrange(1, 500))
        row.ended_by = chance.choice([one for one in kinds if one.effect is not Effect.ENTERS])


def _walked(row: Row, procedure: Procedure, chance: Random) -> None:
    """From the opening on, whatever the states of the case and of its tracks allow."""
    row.facts = {name: _value(one, chance) for name, one in fact_fields(procedure.facts).items()}
    row.numbers = {role.name: chance.randint(1, 3) for role in procedure.parties}
    if procedure.items:
        row.numbers[procedure.items.name] = chance.randint(1, 4)
    state: dict[str, str] = {track.name: track.initial.name for track in procedure.tracks}
    day, step = row.opened, chance.choice(procedure.opening)
    for _ in range(ACTS):
        row.days.setdefault(step.name, day)
        for paper in step.issues:
            row.numbers[paper.name] = row.numbers.get(paper.name, 0) + 1
        if step.outcomes and procedure.items:
            row.outcome = chance.choice(procedure.items.weight)
        if step.to:
            state[step.track.name if step.track else ""] = step.to.name
        if not step.track and step.to and step.to.final:
            row.ended = day
            break
        possible = [one for one in procedure.steps if _fits(one, state)]
        if not possible:
            break
        step, day = chance.choice(possible), day + timedelta(days=chance.choice((0, 1, 3, 20, 60)))
    for clock in procedure.clocks:
        ran = chance.random() < 0.9
        row.clocks[f"{clock.name}_ran"] = ran
        row.clocks[f"{clock.name}_kept"] = chance.choice((True, True, False)) if ran else None


def _fits(step: Step, state: dict[str, str]) -> bool:
    return state.get(step.track.name if step.track else "") in {one.name for one in step.at}


def _value(one: FactField, chance: Random) -> Any:
    match one.widget:
        case "choice" if one.choices:
            return str(chance.choice(list(one.choices)))
        case "choices" if one.choices:
            return ",".join(str(code) for code in one.choices if chance.random() < 0.5)
        case "bool":
            return chance.choice(("true", "false"))
        case "number" | "money":
            return chance.choice((0, 1, 2, 17, 12345))
        case _:
            return "某"


# ---------------------------------------------------------------- figures


def _figure(indicator: Indicator, period: Period, rows: Sequence[Row]) -> Figure:
    mine = [row for row in rows if row.own] if indicator.reach is Reach.OWN else rows
    counted = [_counted(part, period, mine) for part in parts_of(indicator)]
    if isinstance(indicator, Rate):
        return Figure(indicator, period, Whose(1), None, counted[0] or 0, counted[1] or 0, "sm3:")
    value = counted[0] if len(counted) == 1 else sum(one or 0 for one in counted)
    return Figure(indicator, period, Whose(1), value, None, None, "sm3:")


def _counted(measure: Measure, period: Period, rows: Sequence[Row]) -> int | None:
    there = [row for row in rows if _in(measure, row, period) and _all(measure.where, row, period)]
    match measure:
        case Count(of=of) if of is not None:
            return sum(row.times * row.numbers.get(column_of(of).of, 0) for row in there)
        case Sum(fact=fact):
            return sum(row.times * row.facts[fact] for row in there)
        case Median(since=since, until=until):
            ends = [(_day(row, since), _day(row, until), row.times) for row in there]
            took = Counter[int]()
            for first, last, times in ends:
                if first and last:
                    took[(last - first).days] += times
            return median(took)
        case _:
            return sum(row.times for row in there)


def _in(measure: Measure, row: Row, period: Period) -> bool:
    match measure:
        case Stock():
            return row.opened < period.before and (row.ended is None or row.ended >= period.before)
        case Changes(kinds=kinds):
            return (row.began_by in kinds and _within(row.opened, period)) or (
                row.ended_by in kinds and _within(row.ended, period)
            )
        case Pending(day=day, until=until, at=at):
            end = period.since if at is At.BEGIN else period.before
            came, went = _day(row, day), _day(row, until)
            return came is not None and came < end and (went is None or went >= end)
        case _:
            return _within(_day(row, measure.day), period)


def _within(day: date | None, period: Period) -> bool:
    return day is not None and period.since <= day < period.before


def _day(row: Row, day: Day) -> date | None:
    match day:
        case Opened():
            return row.opened
        case Closed():
            return row.ended
        case DayOf(steps):
            return min((row.days[step.name] for step in steps if step.name in row.days), default=None)


def _all(conditions: Sequence[Condition], row: Row, period: Period) -> bool:
    return all(_holds(one, row, period) for one in conditions)


def _holds(condition: Condition, row: Row, period: Period) -> bool:
    match condition:
        case Did(steps):
            return any(step.name in row.days for step in steps)
        case Outcome(codes):
            return row.outcome in codes
        case FactIs(fact, values):
            return bool(set(str(row.facts.get(fact)).split(",")) & set(values))
        case Kept(clock):
            return row.clocks[f"{clock.name}_kept"] is True
        case Missed(clock):
            return row.clocks[f"{clock.name}_kept"] is False
        case Ran(clock):
            return row.clocks[f"{clock.name}_ran"] is True
        case Mirrored():
            return False
        case Before(day):
            came = _day(row, day)
            return came is not None and came < period.since
        case Not(inner):
            return not _holds(inner, row, period)
