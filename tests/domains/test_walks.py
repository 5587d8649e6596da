"""Random walks through every procedure: whatever is tried, it is done or refused in a sentence, and time goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from fadu.common.receipt import TOLD_BY
from fadu.kernel.engine import track_row
from fadu.kernel.labels import Labels
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import situation
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import Refusal
from fadu.rules.facts import Facts, fact_fields
from fadu.rules.judge_time import version_of
from fadu.rules.law import load_library
from fadu.rules.parties import Method
from fadu.rules.procedure import Does, Procedure, Step
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
PROCEDURES = [text for system in registry().systems for text in registry().versions(system)]
WALKS = 24
AT_MOST = 96
"""Walks of a procedure whose ends are far: it is walked on until one came there and half of its steps were done."""
ACTS = 40
NOT_WALKED = (Does.REVERSES, Does.ASSIGNS)
"""What was taken back is walked elsewhere; whom a case may be assigned to only a house knows."""


class Walk:
    """One case on which anything is tried."""

    def __init__(self, procedure: Procedure, seed: int) -> None:
        self.procedure = procedure
        self.random = Random(seed)
        self.labels = Labels(procedure)
        version = version_of(procedure, ENV.library)
        last = version.before or (version.since or date(2024, 1, 1)) + timedelta(days=700)
        self.day = last - timedelta(days=self.random.randint(1, 400))
        self.stage = Stage(procedure, ENV, self.day)
        self.done: list[str] = []

    def go(self) -> None:
        self.attempt(self.random.choice(self.procedure.opening))
        for _ in range(ACTS):
            self.day += timedelta(days=self.random.choice((0, 0, 1, 1, 2, 5, 9, 30)))
            self.attempt(self.random.choice(self.likely()))
            self.check()

    def likely(self) -> list[Step]:
        """Steps that fit the case's state or a track's more often than others, so that walks go far."""
        steps = [step for step in self.procedure.steps if not step.opening and step.does not in NOT_WALKED]
        return steps + 6 * [step for step in steps if step.does or self.fits(step)]

    def fits(self, step: Step) -> bool:
        case = self.stage.case
        if step.track and step.track.per_step:
            rows = [row["state"] for _, row in case.of("track", name=step.track.name)]
            return any(state.name in rows for state in step.at)
        state = track_row(case, step.track, "")[1]["state"] if step.track else case.state
        return state in {at.name for at in step.at}

    def attempt(self, step: Step) -> None:
        per_step = bool(step.track and step.track.per_step)
        about = self.random.choice([s for s in self.procedure.steps if s.agreed]) if per_step else None
        for values in self.forms(about if about and step.carries else step):
            before = self.stage.case
            refused = self.refusal(step, values, about.name if about else "")
            if refused is None:
                self.done.append(step.name)
            else:
                assert "None" not in refused.message
                assert self.stage.case.done == before.done or self.stage.case.position > before.position

    def refusal(self, step: Step, values: dict[str, Any], about: str) -> Refusal | None:
        try:
            self.stage.perform(step, self.day, values, about=about)
        except Refusal as refusal:
            return refusal
        return None

    def forms(self, step: Step) -> Iterator[dict[str, Any]]:
        case = self.stage.case
        match step.does:
            case Does.SERVES:
                for key, row in case.table("paper").items():
                    for party in [k for k, p in case.table("party").items() if p["role"] in row["to"]]:
                        yield self.service(key, party)
            case Does.RECEIVES:
                for key, row in case.table("service").items():
                    if not row["effective"]:
                        yield {"service": key, "received_on": self.day, "proof": "回证"}
            case Does.PUBLISHES:
                for key in case.table("paper"):
                    yield {"paper": key, "place": "网站"}
            case _:
                yield self.values(step)

    def service(self, paper: str, party: str) -> dict[str, Any]:
        method = self.random.choice(list(Method))
        arrived = method is not Method.NOTICE and self.random.random() < 0.7
        return {
            "paper": paper,
            "party": party,
            "method": method.value,
            "sent_on": self.day,
            "received_on": self.day if arrived else None,
            "proof": "回证" if arrived else "",
            "reason": "略",
        }

    def values(self, step: Step) -> dict[str, Any]:
        fields = fact_fields(self.procedure.facts)
        names = [*step.takes, *(name for name in step.may_take if self.random.random() < 0.5)]
        values = {name: self.value(fields[name]) for name in names}
        if step.receipt:  # by another channel the fact that tells the day would have to be that day
            values = {name: value for name, value in values.items() if name not in TOLD_BY} | {"channel": "counter"}
        if step.parties:
            values["parties"] = [
                self.labels.party("", {"身份": role.label, "姓名或者名称": f"某{role.label}"})
                for role in step.parties
                for _ in range(self.random.choice((0, 1, 1, 2)))
            ]
        if step.items and self.procedure.items:
            model = self.procedure.items.model
            values["items"] = [self.item(model) for _ in range(self.random.choice((1, 1, 2)))]
        if step.outcomes and self.procedure.items:
            codes = [str(code) for code in self.procedure.items.outcome]
            values["outcomes"] = {key: self.random.choice(codes) for key in self.stage.case.table("item")}
        return values

    def item(self, model: type[Facts]) -> dict[str, Any]:
        """One item of any model, with what it must hold; nothing in it is left to chance."""
        plain = {"bool": False, "number": 1, "date": self.day, "files": []}
        return {
            name: str(next(iter(field.choices))) if field.choices else plain.get(field.widget, "略")
            for name, field in fact_fields(model).items()
            if model.model_fields[name].is_required()
        }

    def value(self, field: Any) -> Any:
        if field.choices:
            return str(self.random.choice(list(field.choices)))
        plain: dict[str, Any] = {
            "bool": self.random.random() < 0.3,
            "number": self.random.randint(1, 40),
            "money": self.random.randint(1, 40),
            "date": self.day + timedelta(days=self.random.randint(-50, 9)),
            "files": [],
        }
        return plain.get(field.widget, "略")

    def check(self) -> None:
        """The case is one that the declaration knows, and every period can be told to people."""
        case, procedure = self.stage.case, self.procedure
        if not case.state:
            return
        assert procedure.state(case.state)
        for track in procedure.tracks:
            states = {state.name for state in procedure.track_states(track)}
            for step in [step.name for step in procedure.steps if step.agreed] if track.per_step else [""]:
                assert track_row(case, track, step)[1]["state"] in states
        reckoned = reckon_all(case, ENV)
        for key, row in case.table("clock").items():
            clock = procedure.clock(row["name"])
            assert clock
            assert situation(case, row, reckoned[key], self.day, waits=clock.waits)
            assert row["stopped"] is None or row["stopped"] <= self.day.isoformat()
            if not row["stopped"] and not row["lapsed"] and clock.lapse:
                end = reckoned[key].lapses_after
                assert end is None or end >= self.stage.day, f"{clock.label} ran out unnoticed"


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda p: f"{p.system}-{p.version}")
def test_walks(procedure: Procedure) -> None:
    tried = {step.name for step in procedure.steps if step.does not in NOT_WALKED and step.by and not step.carries}
    done: set[str] = set()
    ends: list[CaseFile] = []
    for seed in range(AT_MOST):
        if seed >= WALKS and any(case.closed for case in ends) and len(done & tried) > len(tried) / 2:
            break
        walk = Walk(procedure, seed)
        walk.go()
        done |= set(walk.done)
        ends.append(walk.stage.case)
    assert any(case.closed for case in ends), "no walk came to an end"
    assert len(done & tried) > len(tried) / 2, f"never done: {sorted(tried - done)}"
