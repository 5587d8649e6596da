"""Runs a procedure in memory, without a database: acts, agreements, lapses and papers of one case.

Everything is decided by the same engine as in the house; only numbers and texts of papers are stand-ins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import engine, timekeeping
from fadu.kernel.engine import Act, Decision
from fadu.kernel.timekeeping import Env
from fadu.rules.casefile import CaseFile, Operation, apply, fold, hold, put, rests_on
from fadu.rules.errors import BadInput
from fadu.rules.procedure import Actor, Does, Opens, Paper, PartyRole, Procedure, Step, Track

DRAFTER, REVIEWER, HEAD, OTHER = 1, 2, 3, 4
"""Who acts: separation of duties is kept between these persons."""

PERSONS = {"case_officer": DRAFTER, "reviewer": REVIEWER, "body_head": HEAD, "organ_head": HEAD}


def person(actor: Actor) -> int:
    """The stand-in for a role; what a party does is recorded by the case officer."""
    return DRAFTER if isinstance(actor, PartyRole) else PERSONS.get(actor.name, OTHER)


@dataclass(frozen=True, slots=True)
class Told:
    """One event on the stage: what an act or a lapse changed, so that it can be taken back."""

    label: str
    operations: tuple[Operation, ...]
    actor: int | None


class Stage:
    """One case on the stage. opened: what its steps opened, and when; day: up to where time has passed."""

    def __init__(self, procedure: Procedure, env: Env, day: date) -> None:
        self.procedure = procedure
        self.env = env
        self.day = day
        self.opened: list[tuple[Opens, date]] = []
        self.case = CaseFile(
            id=1, system=procedure.system, version=procedure.version, organ=1, body=2, opened=day.isoformat()
        )
        self.told: list[Told] = []
        self.taken_back: set[int] = set()

    def pass_time(self, day: date) -> None:
        """Lets every period that ended before `day` take its effect, earliest first."""
        self.day = day
        while due := timekeeping.due_lapses(self.case, self.procedure, day, self.env):
            lapse = due[0].clock.lapse
            label = lapse.step.label if lapse and lapse.effect == "deems" and lapse.step else due[0].clock.label
            act = Act(Step(name=due[0].clock.name, label=label, by=()), due[0].day, None)
            self._take(engine.lapse(self.case, self.procedure, due[0], self.env), act)

    def perform(
        self,
        step: Step,
        day: date,
        values: Mapping[str, Any],
        *,
        about: str = "",
        party: str = "",
        by: Actor | None = None,
    ) -> None:
        """Does a step; one that needs agreement is drafted and reviewed first, if that was not done before.

        Raises the engine's refusals; then the case is as it was, but for the time that has passed.
        """
        self.pass_time(day)
        before, length, opened = self.case.copy(), len(self.told), list(self.opened)
        try:
            for act in (
                *self._agreement(step, day, values),
                Act(step, day, person(by or step.by[0]), values, about, party),
            ):
                decision = engine.decide(self.case, self.procedure, act, self.env)
                if step.does is Does.PUBLISHES:
                    decision.operations.append(self._publication(act))
                if step.does is Does.REVERSES:
                    decision.operations.extend(self._go_back(act))
                self._take(decision, act)
        except Exception:
            self.case, self.opened = before, opened
            del self.told[length:]
            raise
        self.pass_time(day)  # what began in the past, or was taken back, may have run out since

    def position_of(self, label: str) -> int | None:
        """Position of the newest event of that name which still counts."""
        counting = [n for n, told in enumerate(self.told, start=1) if told.label == label and n not in self.taken_back]
        return counting[-1] if counting else None

    def enter(self, number: int, procedure: Procedure) -> Stage:
        """The stage of the case that was opened as the number-th: its opening has been played on it."""
        opens, day = self.opened[number]
        step = procedure.step(opens.step)
        assert step is not None  # judged when the declarations load
        values: dict[str, Any] = {there: self.case.facts[here] for there, here in opens.hands.items()}
        values["parties"] = [
            {name: value for name, value in row.items() if name not in ("since", "before")} | {"role": there}
            for there, here in opens.parties.items()
            for _, row in self.case.of("party", role=here)
        ]
        stage = Stage(procedure, self.env, day)
        stage.perform(step, day, values)
        return stage

    def _agreement(self, step: Step, day: date, values: Mapping[str, Any]) -> list[Act]:
        track = engine.agreement(self.procedure)
        if not step.agreed or track is None or self._agreed(track, step):
            return []
        draft = next(s for s in self.procedure.steps if s.track == track and s.carries)
        review = next(s for s in self.procedure.steps if s.track == track and s.to == track.agreed)
        return [Act(draft, day, DRAFTER, values, step.name), Act(review, day, REVIEWER, {}, step.name)]

    def _agreed(self, track: Track, step: Step) -> bool:
        _, row = engine.track_row(self.case, track, step.name)
        return track.agreed is not None and row["state"] == track.agreed.name

    def _take(self, decision: Decision, act: Act) -> None:
        papers = [self._paper(key, paper, act) for key, paper in decision.papers]
        self.told.append(Told(act.step.label, (*decision.operations, *papers), act.actor))
        apply(self.case, self.told[-1].operations)
        self.case.position = len(self.told)
        if decision.opens:
            self.opened.append((decision.opens, act.day))

    def _go_back(self, act: Act) -> list[Operation]:
        """The case becomes the case without the act taken back; a lapse taken back does not come again by itself."""
        position = int(act.values["position"])
        if fault := self._cannot_go_back(position, act):
            raise BadInput({"position": fault})
        self.taken_back.add(position)
        events = [(n, list(told.operations)) for n, told in enumerate(self.told, start=1)]
        head = {name: getattr(self.case, name) for name in ("id", "system", "version", "organ", "body", "opened")}
        self.case = fold(head, events, frozenset(self.taken_back))
        lapsed = [op["key"] for op in self.told[position - 1].operations if _is_lapse(op)]
        return [hold(key) for key in lapsed if key in self.case.table("clock")]

    def _cannot_go_back(self, position: int, act: Act) -> str:
        if not 1 <= position <= len(self.told) or position in self.taken_back:
            return "没有这一操作"
        told, later = self.told[position - 1], list(enumerate(self.told, start=1))[position:]
        if position == 1 or _does(told, act.step.name):
            return "立卷和撤回本身不能撤回"
        if told.actor == act.actor:
            return "不能撤回自己办理的操作"
        counting = [more for n, more in later if n not in self.taken_back and not _does(more, act.step.name)]
        both = (more for more in counting if _moves(more) and _moves(told))
        first = next(both, None) or next((m for m in counting if rests_on(m.operations, told.operations)), None)
        return f"此后已办理“{first.label}”" if first else ""

    def _paper(self, key: str, paper: Paper, act: Act) -> Operation:
        to, day = [role.name for role in paper.to], act.day.isoformat()
        return put("paper", key, name=paper.name, label=paper.label, to=to, day=day, step=act.step.name, number="示例")

    def _publication(self, act: Act) -> Operation:
        key = self.case.next_key("publication", str(act.values["paper"]))
        return put("publication", key, paper=act.values["paper"], place=act.values["place"], day=act.day.isoformat())


def _moves(told: Told) -> bool:
    return any(operation["op"] == "state" for operation in told.operations)


def _does(told: Told, step: str) -> bool:
    return any(operation["op"] == "done" and operation["step"] == step for operation in told.operations)


def _is_lapse(operation: Operation) -> bool:
    return operation["op"] == "put" and operation["table"] == "clock" and bool(operation["value"].get("lapsed"))
