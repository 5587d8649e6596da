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
from fadu.rules.casefile import CaseFile, Operation, apply, fold, put
from fadu.rules.errors import BadInput
from fadu.rules.procedure import Actor, Does, Opens, Paper, PartyRole, Procedure, Step, Track

DRAFTER, REVIEWER, HEAD, OTHER = 1, 2, 3, 4
"""Who acts: separation of duties is kept between these persons."""

PERSONS = {"case_officer": DRAFTER, "reviewer": REVIEWER, "body_head": HEAD, "organ_head": HEAD}


def person(actor: Actor) -> int:
    """The stand-in for a role; what a party does is recorded by the case officer."""
    return DRAFTER if isinstance(actor, PartyRole) else PERSONS.get(actor.name, OTHER)


class Stage:
    """One case on the stage. opened: what its steps opened; day: up to where time has passed."""

    def __init__(self, procedure: Procedure, env: Env, day: date) -> None:
        self.procedure = procedure
        self.env = env
        self.day = day
        self.opened: list[Opens] = []
        self.case = CaseFile(
            id=1, system=procedure.system, version=procedure.version, organ=1, body=2, opened=day.isoformat()
        )

    def pass_time(self, day: date) -> None:
        """Lets every period that ended before `day` take its effect, earliest first."""
        self.day = day
        while due := timekeeping.due_lapses(self.case, self.procedure, day, self.env):
            self._take(engine.lapse(self.case, self.procedure, due[0], self.env), due[0].day, due[0].clock.name)

    def perform(
        self,
        step: Step,
        day: date,
        values: Mapping[str, Any],
        *,
        about: str = "",
        party: str = "",
        by: int | None = None,
    ) -> None:
        """Does a step; one that needs agreement is drafted and reviewed first, if that was not done before.

        Raises the engine's refusals; then the case is as it was, but for the time that has passed.
        """
        self.pass_time(day)
        before, opened = self.case.copy(), list(self.opened)
        try:
            for act in (
                *self._agreement(step, day, values),
                Act(step, day, by or person(step.by[0]), values, about, party),
            ):
                decision = engine.decide(self.case, self.procedure, act, self.env)
                if step.does is Does.PUBLISHES:
                    decision.operations.append(self._publication(act))
                self._take(decision, day, act.step.name)
        except Exception:
            self.case, self.opened = before, opened
            raise

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

    def _take(self, decision: Decision, day: date, step: str) -> None:
        apply(self.case, decision.operations)
        apply(self.case, [self._paper(key, paper, day, step) for key, paper in decision.papers])
        self.case.position += 1
        if decision.opens:
            self.opened.append(decision.opens)

    def _paper(self, key: str, paper: Paper, day: date, step: str) -> Operation:
        to = [role.name for role in paper.to]
        return put(
            "paper", key, name=paper.name, label=paper.label, to=to, day=day.isoformat(), step=step, number="示例"
        )

    def _publication(self, act: Act) -> Operation:
        key = self.case.next_key("publication", str(act.values["paper"]))
        return put("publication", key, paper=act.values["paper"], place=act.values["place"], day=act.day.isoformat())
