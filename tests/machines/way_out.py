"""Whether a case can be brought to an end from where it stands: walking on with favourable values, within bounds."""

from __future__ import annotations

from collections import Counter
from copy import copy
from datetime import date, timedelta
from typing import Any

from fadu.kernel.timekeeping import reckon_all
from fadu.rules.errors import GatesUnmet, Refusal
from fadu.rules.procedure import SYSTEM, Does, Procedure, State, Step
from tests.machines import values
from tests.machines.history import ENV, History

ROUNDS = 60
VARIANTS = 14
ENOUGH = 2


def distances(procedure: Procedure) -> dict[str, int]:
    """State → fewest moves to a final state, by the declared steps that people or silence make."""
    found = {state.name: 0 for state in procedure.states if state.final}
    for _ in procedure.states:
        for step in procedure.steps:
            if step.track is None and step.to and step.to.name in found:
                for state in step.at:
                    found[state.name] = min(found.get(state.name, 99), found[step.to.name] + 1)
    return found


class Glance:
    """What a gate sees that compares one number with the items."""

    def __init__(self, items: list[dict[str, Any]], number: int) -> None:
        self._items = items
        self._number = number

    def fact(self, name: str) -> int:
        return self._number

    def items(self) -> list[dict[str, Any]]:
        return self._items


class WayOut:
    """A walk on a copy of the stage; the history itself stays where it is."""

    def __init__(self, history: History) -> None:
        self.procedure = history.procedure
        self.stage = copy(history.stage)
        self.stage.case = history.case.copy()
        self.stage.record = list(history.stage.record)
        self.far = distances(self.procedure)
        self.tried: Counter[str] = Counter()
        self.path: list[str] = []
        self.against: dict[str, str] = {}
        self.day = history.day

    def found(self) -> bool:
        for _ in range(ROUNDS):
            if self.stage.case.closed:
                return True
            self.serve()
            self.publish()
            if not any(self.done(step, about) for step, about in self.candidates()):
                self.wait()
        return bool(self.stage.case.closed)

    def candidates(self) -> list[tuple[Step, str]]:
        """Steps that fit, those that lead nearer to the end first, and rarely done before often done."""
        history = History(self.procedure, self.day)
        history.stage = self.stage
        agreed = [step.name for step in self.procedure.steps if step.agreed]
        fitting = [
            (step, about)
            for step in self.procedure.steps
            if not step.opening and step.does is None and step.by != (SYSTEM,) and not step.carries
            for about in (agreed if step.track and step.track.per_step else [""])
            if history.fits(step, about)
        ]
        here = self.far[self.stage.case.state]
        rank = {step.name: (self.tried[step.name], self._after(step, here)) for step, _ in fitting}
        nearer = [one for one in fitting if self._after(one[0], here) < here and self.tried[one[0].name] < 9]
        aside = [one for one in fitting if one not in nearer and self.tried[one[0].name] < 3]
        return sorted(nearer, key=lambda one: rank[one[0].name]) + sorted(aside, key=lambda one: rank[one[0].name])

    def _after(self, step: Step, here: int) -> int:
        to: State | None = step.to if step.track is None else None
        return self.far[to.name] if to else here

    def done(self, step: Step, about: str) -> bool:
        for variant in range(VARIANTS):
            form = values.plain(self.procedure, step, self.stage.case, self.day, variant) | self.counted(step)
            try:
                self.stage.perform(step, self.day, form, about=about, by=step.by[variant % len(step.by)])
            except Refusal as refusal:
                again = isinstance(refusal, GatesUnmet) and refusal.message == self.against.get(step.name)
                self.against[step.name] = refusal.message
                if again and not (step.outcomes or step.carries) and variant > ENOUGH:
                    return False
                continue
            self.tried[step.name] += 1
            self.path.append(step.name)
            return True
        return False

    def counted(self, step: Step) -> dict[str, int]:
        """Numbers that a gate compares with the items: those that it lets through."""
        items = list(self.stage.case.table("item").values())
        found = {}
        for gate in self.procedure.gates_of(step):
            facts = [word.partition(":")[2] for word in gate.reads if word.startswith("fact:")]
            if len(facts) == 1 and set(gate.reads) == {"items", f"fact:{facts[0]}"}:
                right = [n for n in range(len(items) + 1) if gate.holds(Glance(items, n))]  # type: ignore[arg-type]
                if right:
                    found[facts[0]] = right[0]
        return found

    def publish(self) -> None:
        """Whatever may be made public is made public once."""
        step = next((step for step in self.procedure.steps if step.does is Does.PUBLISHES), None)
        case = self.stage.case
        for key, paper in list(case.table("paper").items()):
            kind = self.procedure.paper(paper["name"])
            if step and kind and kind.publish and not case.of("publication", paper=key):
                try:
                    self.stage.perform(step, self.day, {"paper": key, "place": "政府网站"})
                except Refusal as refusal:
                    self.path.append(refusal.message)

    def serve(self) -> None:
        """Whatever was made reaches everybody it is meant for."""
        step = next((step for step in self.procedure.steps if step.does is Does.SERVES), None)
        case = self.stage.case
        for key, paper in list(case.table("paper").items()):
            for party, row in list(case.table("party").items()):
                reached = [row for _, row in case.of("service", paper=key, party=party) if row["effective"]]
                if step and row["role"] in paper["to"] and not reached:
                    day = self.day.isoformat()
                    form = {"paper": key, "party": party, "method": "direct", "sent_on": day, "received_on": day}
                    try:
                        self.stage.perform(step, self.day, form | {"proof": "回证"})
                    except Refusal as refusal:
                        self.path.append(refusal.message)

    def wait(self) -> None:
        """On to the next day on which something may change: a day that a fact names, the end of a period."""
        ends = [dates.lapses_after for dates in reckon_all(self.stage.case, ENV).values() if dates.lapses_after]
        said = [date.fromisoformat(f) for f in self.stage.case.facts.values() if isinstance(f, str) and _is_day(f)]
        ahead = [end + timedelta(days=1) for end in ends if end >= self.day] + [day for day in said if day > self.day]
        self.day = min(ahead, default=self.day + timedelta(days=30))
        self.tried.clear()
        self.path.append(self.day.isoformat())
        try:
            self.stage.pass_time(self.day)
        except Refusal as refusal:
            raise AssertionError(f"time cannot pass: {refusal.message}") from refusal


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_way_out(history: History) -> None:
    """No open end: from here a final state can be reached."""
    if not history.case.state:
        return
    way = WayOut(history)
    assert way.found(), (
        f"no way out of {history.case.state}, stuck at {way.stage.case.state} after {way.path[-20:]}: {way.against}"
    )
