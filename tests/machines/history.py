"""One case on the stage that goes through anything that is offered; what was done is written down beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from fadu.kernel.engine import track_row
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import Refusal
from fadu.rules.judge_time import version_of
from fadu.rules.law import load_library
from fadu.rules.procedure import Does, Procedure, Step
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar
from tests.machines import values
from tests.machines.values import Draw

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
PROCEDURES = [text for system in registry().systems for text in registry().versions(system)]


def named(procedure: Procedure) -> str:
    return f"{procedure.system}-{procedure.version}"


def first_days(procedure: Procedure) -> list[date]:
    """Days on which a case may be opened: before holidays, and shortly before and after a change of the text."""
    version = version_of(procedure, ENV.library)
    if version.before:
        return [version.before - timedelta(days=days) for days in (1, 4, 20, 60, 95, 200, 400)]
    since = max(version.since or date(2024, 1, 1), date(2022, 1, 1))
    return [since + timedelta(days=days) for days in (0, 1, 36, 118, 270, 364, 600)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted act: which event it is, and what of it the case's clocks should have heard."""

    position: int
    step: str
    party: str
    day: date


class History:
    """A case on the stage with its own diary."""

    def __init__(self, procedure: Procedure, day: date) -> None:
        self.procedure, self.day = procedure, day
        self.stage = Stage(procedure, ENV, day)
        self.diary: list[Entry] = []

    @property
    def case(self) -> CaseFile:
        return self.stage.case

    def attempt(self, step: Step, form: dict[str, Any], about: str = "", party: str = "", by: Any = None) -> bool:
        """Whether it was done; a refusal changes nothing but that time has passed."""
        self.stage.pass_time(self.day)
        before, length = self.case.copy(), len(self.stage.record)
        try:
            self.stage.perform(step, self.day, form, about=about, party=party, by=by)
        except Refusal as refusal:
            refused = refusal
        else:
            mine = max(one.position for one in self.stage.record if one.step == step.name and one.actor is not None)
            self.diary.append(Entry(mine, step.name, party, self.day))
            return True
        assert refused.message
        assert self.case == before, f"a refused “{step.label}” changed the case: {refused.message}"
        assert len(self.stage.record) == length
        return False

    def fits(self, step: Step, about: str = "") -> bool:
        """Whether the step belongs to where the case, or its track, stands."""
        if step.track is None:
            return self.case.state in {state.name for state in step.at}
        if step.within and self.case.state not in {state.name for state in step.within}:
            return False
        state = track_row(self.case, step.track, about)[1]["state"]
        return not step.at or state in {at.name for at in step.at}

    def choices(self) -> list[tuple[str, str]]:
        """Ordinary steps with what they are about; those that fit come often, the others now and then."""
        found: list[tuple[str, str]] = []
        agreed = [step.name for step in self.procedure.steps if step.agreed]
        for step in self.procedure.steps:
            if step.opening or step.does is not None:
                continue
            abouts = agreed if step.track and step.track.per_step else [""]
            fitting = [(step.name, about) for about in abouts if self.fits(step, about)]
            found += fitting if step.track and step.track.per_step else 5 * fitting
            found.append((step.name, abouts[0]))
        return found

    def do_something(self, draw: Draw) -> bool:
        name, about = draw(st.sampled_from(self.choices()))
        step = self.procedure.step(name)
        assert step is not None
        form_of = self.procedure.step(about) if step.carries else step
        form = values.of_step(self.procedure, form_of or step, self.case, draw, self.day)
        roles = {by.name for by in step.by}
        theirs = [key for key, row in self.case.table("party").items() if row["role"] in roles]
        party = draw(st.sampled_from(["", *theirs])) if theirs else ""
        return self.attempt(step, form, about, party, step.by[draw(st.integers(0, len(step.by) - 1))])

    def does(self, does: Does) -> Step | None:
        return next((step for step in self.procedure.steps if step.does is does), None)
