"""What clocks listen to: acts, services, stated days and ends of other clocks, alone or several together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fadu.kernel.timekeeping.rows import Row
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile
from fadu.rules.facts import fact_fields
from fadu.rules.procedure import (
    Clock,
    Done,
    Earliest,
    EndOf,
    FactDay,
    Items,
    Latest,
    Overturned,
    Paper,
    PartyRole,
    Procedure,
    Served,
    Trigger,
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A service that took effect: key and name of the paper, key of the party, the day.

    renews: of a corrected paper whose service starts the periods anew.
    """

    paper: str
    name: str
    party: str
    day: date
    renews: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """What one event brings that clocks listen to.

    party: for which party, item or paper it was done, if for one; among: for which parties, if for some; ended: (clock
    name, key of its party, last day); learned: the day on which the house learned of what happened outside; because:
    what else explains it, for people.
    """

    day: date
    step: str | None = None
    party: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    service: Reached | None = None
    ended: tuple[tuple[str, str, date], ...] = ()
    learned: date | None = None
    because: str = ""
    among: frozenset[str] = frozenset()

    @property
    def named(self) -> frozenset[str]:
        """The parties, items or papers for which it was done; none: for all."""
        return frozenset((self.party,)) if self.party else self.among

    def means(self, row: Row) -> bool:
        """Whether it is about that period: not about the same period of another party, item or paper."""
        if not self.named or not row["party"]:
            return True
        return row["party"] in self.named or _stem(row["party"]) not in {_stem(key) for key in self.named}


def _stem(key: str) -> str:
    return key.rpartition("-")[0]


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a clock. on: the day whose version of the law counts (D1).

    party: key of the party, item or paper that the clock is about, "" for the case; time: the minute, for hours;
    fact: that states the day, whose correction moves the clock; earlier: an earlier day moves it too; once: it starts
    no second time.
    """

    day: date
    on: date
    party: str
    phrase: str
    time: str | None = None
    renews: bool = False
    fact: str = ""
    earlier: bool = False
    once: bool = False


def starts(case: CaseFile, procedure: Procedure, clock: Clock, what: Happening) -> Iterator[Start]:
    """The starts of a clock that something which happened brings."""
    after = clock.after
    if not isinstance(after, Earliest | Latest):
        yield from _starts(case, procedure, clock, after, what)
        return
    for part in after.of:
        for one in _starts(case, procedure, clock, part, what):
            known = [_first_day(case, clock, trigger, one.party) for trigger in after.of]
            day = clocks.latest(*known) if isinstance(after, Latest) else clocks.earliest(*known)
            if day:
                which = f"{_phrase(procedure, after.of[known.index(day)])}，几项起算日中{after.word}"
                yield replace(one, day=day, on=day, phrase=which, once=True, earlier=isinstance(after, Earliest))


def _starts(case: CaseFile, procedure: Procedure, clock: Clock, trigger: Trigger, what: Happening) -> Iterator[Start]:
    match trigger:
        case Done(steps, learned):
            step = next((s for s in steps if s.name == what.step), None)
            if step:
                day, phrase = (what.learned or what.day, f"知悉“{step.label}”") if learned else (what.day, step.label)
                for key in whose(case, clock.per):
                    yield Start(day, day, key, phrase)
        case FactDay(fact=fact):
            if what.facts.get(fact):
                text, _, minute = str(what.facts[fact]).partition("T")
                stated = date.fromisoformat(text)
                for key in whose(case, clock.per):
                    yield Start(stated, stated, key, _phrase(procedure, trigger), minute[:5] or None, fact=fact)
        case Served(paper, on):
            if reached := _is_service(case, trigger, what):
                own = {on: reached.party, paper: reached.paper}
                for key in [own[clock.per]] if clock.per in own else whose(case, clock.per):
                    phrase = _phrase(procedure, trigger, "更正后" if reached.renews else "")
                    yield Start(reached.day, reached.day, key, phrase, renews=reached.renews)
        case Overturned(paper, steps):
            step = next((s for s in steps if s.name == what.step), None)
            for key in _public(case, paper) if step else ():
                yield Start(what.day, what.day, key, f"公开的《{paper.label}》其后{step.label}" if step else "")
        case EndOf(name):
            for ended, party, day in what.ended:
                if ended == name:
                    for key in [party] if clock.per and party else whose(case, clock.per):
                        yield Start(day, day, key, _phrase(procedure, trigger))


def _phrase(procedure: Procedure, trigger: Trigger, amended: str = "") -> str:
    """The start in words of people; of several steps those that may be it."""
    match trigger:
        case Done(steps, learned):
            return ("知悉" if learned else "") + "、".join(step.label for step in steps)
        case FactDay(fact=fact):
            return fact_fields(procedure.facts)[fact].fact.label
        case Served(paper, on):
            return f"《{paper.label}》{amended}送达{on.label}"
        case Overturned(paper, steps):
            return f"公开的《{paper.label}》其后{'、'.join(step.label for step in steps)}"
        case EndOf(name):
            other = procedure.clock(name)
            return f"“{other.label if other else name}”期限届满"
        case Earliest() | Latest() as several:
            return "、".join(_phrase(procedure, part) for part in several.of)


def _first_day(case: CaseFile, clock: Clock, trigger: Trigger, key: str) -> date | None:
    """The first day on which one of several triggers came, as the case knows it."""
    match trigger:
        case Done(steps, learned):
            done = [entry for step in steps for entry in case.done.get(step.name, ())]
            days = [(entry.get("learned") if learned else None) or entry["day"] for entry in done]
        case FactDay(fact=fact):
            days = [case.facts[fact]] if case.facts.get(fact) else []
        case Served(paper, on):
            meant = {key} if clock.per == on else set(whose(case, on))
            papers = [made for made, _ in case.of("paper", name=paper.name)]
            rows = [row for made in papers for _, row in case.of("service", paper=made) if row["party"] in meant]
            days = [row["effective"] for row in rows if row.get("effective")]
        case EndOf(name):
            rows = [row for _, row in case.of("clock", name=name) if row["party"] in ("", key or row["party"])]
            days = [row["lapsed"]["day"] for row in rows if row["lapsed"]]
        case _:
            days = []
    return date.fromisoformat(min(days)) if days else None


def _public(case: CaseFile, paper: Paper) -> list[str]:
    """The papers of a kind that stand public, each once."""
    rows = [row["paper"] for row in case.table("publication").values() if not row.get("retracted")]
    return [key for key in dict.fromkeys(rows) if case.table("paper")[key]["name"] == paper.name]


def _is_service(case: CaseFile, after: Served, what: Happening) -> Reached | None:
    """The service that happened, if it is of that paper on a party of that role."""
    reached = what.service
    if reached and reached.name == after.paper.name and case.table("party")[reached.party]["role"] == after.on.name:
        return reached
    return None


def whose(case: CaseFile, per: PartyRole | Items | Paper | None) -> list[str]:
    """Keys of the rows that have a clock of their own each; [""] when the case has one."""
    match per:
        case None:
            return [""]
        case PartyRole():
            return [key for key, row in case.of("party", role=per.name) if row.get("before") is None]
        case Items():
            return list(case.table("item"))
        case Paper():
            return [key for key, _ in case.of("paper", name=per.name)]
