"""Random acts in the house: the right people and wrong ones, fresh and stale forms; fewer histories, real database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, acts, ledger, models, store
from fadu.kernel.acts import Receipt, Request
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import KeyReused, NotAllowed, NotFound, Refusal, StaleForm
from fadu.rules.facts import Audience
from fadu.rules.procedure import Does, PartyRole, Procedure, Step
from tests.contract.conftest import Theatre, stage_set, theatre, theatre_once
from tests.machines import values
from tests.machines.history import PROCEDURES, History, first_days, named

__all__ = ["stage_set", "theatre", "theatre_once"]

BOUNDED = settings(
    max_examples=2,
    stateful_step_count=10,
    deadline=None,
    phases=(Phase.generate,),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
ILL = (
    "\x00",
    "x" * 20_001,
    [],
    {},
    -1,
    10**30,
    "9999-12-31",
    "0001-01-01",
    "二〇二四年",
    None,
    1.5,
    "\ud800",
    [{}],
    [1],
)
ALONE = [procedure for procedure in PROCEDURES if procedure.opening[0].names is None]
"""Procedures that begin without naming another case; those that name one begin in the contract tests."""
ROWS = (models.Event, models.EventValue, models.Clock, models.Party, models.Paper, models.Service, models.NumberGiven)


class InHouse(RuleBasedStateMachine):
    """One case in the house. Whatever is asked for is one event more, or nothing at all has changed."""

    procedure: ClassVar[Procedure]
    theatre: ClassVar[Theatre]
    looked: ClassVar[int] = 0
    id: int | None = None

    @initialize(data=st.data())
    def opens(self, data: Any) -> None:
        self.day: date = data.draw(st.sampled_from(first_days(self.procedure)))
        self.organs = [self.theatre.organs["甲局"], self.theatre.organs["乙局"]]
        step = self.procedure.opening[0]
        history = History(self.procedure, self.day)
        for _ in range(4):
            form = self.with_organs(values.of_step(self.procedure, step, history.case, data.draw, self.day))
            try:
                with access.session(self.who(step), self.now) as s:
                    request = Request(step.name, form, key=uuid4().hex)
                    self.id = acts.open_case(s, self.procedure.system, self.theatre.body, request).case
                break
            except Refusal:
                continue
        self.check()

    @property
    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, tzinfo=SHANGHAI)

    def who(self, step: Step) -> int:
        """Somebody whose step it is; for parties the case officer records."""
        by = step.by[-1]
        role = "case_officer" if isinstance(by, PartyRole) else by.name
        return self.theatre.people.get(
            (role, self.theatre.body), self.theatre.people["case_officer", self.theatre.body]
        )

    def with_organs(self, form: dict[str, Any]) -> dict[str, Any]:
        for party in form.get("parties", ()):
            if "organ" in party:
                party["organ"] = self.organs[party["organ"] - 1]
        return form

    def case(self) -> CaseFile:
        with access.session(None, self.now):
            loaded = store.load(self.id or 0, None, None)
        assert loaded is not None
        return loaded.case

    def snapshot(self) -> tuple[Any, ...]:
        with access.session(None, self.now):
            loaded = store.load(self.id or 0, None, None)
            assert loaded is not None
            return loaded.case, loaded.hash, [model.objects.count() for model in ROWS]

    def ask(self, officer: int, request: Request) -> Receipt | None:
        """Asks as somebody; a refusal changes nothing, what is done is one event of its own act."""
        with access.session(None, self.now) as s:
            acts.run_lapses(s, self.id or 0)
        before = self.snapshot()
        try:
            with access.session(officer, self.now) as s:
                receipt = acts.perform(s, self.id or 0, request)
        except Refusal as refusal:
            refused = refusal
        else:
            self.check()
            with access.session(None, self.now):
                mine = models.Event.objects.get(stream__case=self.id, position=receipt.position)
                assert models.Event.objects.filter(act=mine.act, stream_id=mine.stream_id).count() == 1
            assert mine.position == before[0].position + 1
            assert mine.actor_id == officer
            return receipt
        assert refused.message
        assert self.snapshot() == before, refused.message
        return None

    def draw_request(self, data: Any) -> tuple[Step, dict[str, Any], str]:
        """An ordinary or a standing step with a filled form."""
        history = History(self.procedure, self.day)
        history.stage.case = case = self.case()
        standing = [(step.name, "") for step in self.procedure.steps if step.does and step.does is not Does.REVERSES]
        name, about = data.draw(st.sampled_from([*history.choices(), *standing]))
        step = self.procedure.step(name)
        assert step is not None
        if step.does is Does.SERVES and case.table("paper"):
            return step, values.service(case, data.draw, self.day), ""
        if step.does is Does.RECEIVES and case.table("service"):
            return step, values.receipt(case, data.draw, self.day), ""
        if step.does is Does.NAMES_AGENT:
            return step, values.agent(case, data.draw, self.day), ""
        if step.does is not None:
            return step, {"paper": next(iter(case.table("paper")), "none"), "place": "网站"}, ""
        subject = self.procedure.step(about) if step.carries else step
        return step, self.with_organs(values.of_step(self.procedure, subject or step, case, data.draw, self.day)), about

    @precondition(lambda self: self.id)
    @rule(data=st.data())
    def acts_rightly(self, data: Any) -> None:
        """The right person, twice with one key: the second gets the first answer, other content under it is refused."""
        step, form, about = self.draw_request(data)
        request = Request(step.name, form, key=uuid4().hex, track_key=about)
        receipt = self.ask(self.who(step), request)
        if receipt is None:
            return
        with access.session(self.who(step), self.now) as s:
            assert acts.perform(s, self.id or 0, request) == receipt
        other = Request(step.name, {**form, "else": "1"}, key=request.key, track_key=about)
        self.refused(self.who(step), other, KeyReused)

    def refused(self, officer: int, request: Request, kind: type[Refusal]) -> None:
        before = self.snapshot()
        with pytest.raises(kind), access.session(officer, self.now) as s:
            acts.perform(s, self.id or 0, request)
        assert self.snapshot() == before

    @precondition(lambda self: self.id)
    @rule(data=st.data())
    def acts_wrongly(self, data: Any) -> None:
        """The wrong person, an old form, a step that is not there."""
        step, form, about = self.draw_request(data)
        archivist = self.theatre.people["archivist", self.theatre.body]
        if all(by.name != "archivist" for by in step.by):
            self.refused(archivist, Request(step.name, form, track_key=about), NotAllowed)
        stale = Request(step.name, form, track_key=about, position=self.case().position - 1)
        if step.by[0].name != "system":
            self.refused(self.who(step), stale, Refusal if step.by[0].name == "supervisor" else StaleForm)
        self.refused(self.who(step), Request("no_such_step", form), NotFound)

    @precondition(lambda self: self.id)
    @rule(data=st.data())
    def fills_in_badly(self, data: Any) -> None:
        """Whatever stands in one field, the answer is a refusal in words or the act."""
        step, form, about = self.draw_request(data)
        if form:
            name = data.draw(st.sampled_from(sorted(form)))
            value = ILL[data.draw(st.integers(0, len(ILL) - 1))]
            self.ask(self.who(step), Request(step.name, {**form, name: value}, track_key=about))

    @precondition(lambda self: self.id)
    @rule(days=st.sampled_from((1, 3, 8, 40)))
    def waits(self, days: int) -> None:
        self.day += timedelta(days=days)
        with access.session(None, self.now) as s:
            acts.run_lapses(s, self.id or 0)
        self.check()

    def check(self) -> None:
        """The record holds, the rows are its fold, numbers are unique, parties see what is theirs."""
        if self.id is None:
            return
        type(self).looked += 1
        with access.session(None, self.now):
            loaded = store.load(self.id, None, None)
            assert loaded is not None
            assert store.refold(loaded) == loaded.case
            assert ledger.verify(loaded.stream) == loaded.case.position
            numbers = list(models.NumberGiven.objects.values_list("text", flat=True))
        assert len(numbers) == len(set(numbers))
        for party in loaded.case.table("party").values():
            if party["organ"] and party["before"] is None:
                self.sees_as_party(self.theatre.who("party_officer", party["organ"]))

    def sees_as_party(self, officer: int) -> None:
        with access.session(officer, self.now) as s:
            seen = access.case(s, self.id or 0)
            events = access.events(s, seen)
            assert all(Audience(event.audience) is not Audience.INTERNAL for event in events)
            tracks = {track.name for track in self.procedure.tracks if track.audience is not Audience.INTERNAL}
            assert {row.name for row in access.rows(s, seen, models.Track)} <= tracks
            papers = access.rows(s, seen, models.Paper)
            assert all(Audience(row.audience) is not Audience.INTERNAL for row in papers)


@pytest.mark.parametrize("procedure", ALONE, ids=named)
def test_every_act_is_one_event_or_nothing(theatre: Theatre, procedure: Procedure) -> None:
    machine = type(f"InHouse_{named(procedure)}", (InHouse,), {"procedure": procedure, "theatre": theatre})
    run_state_machine_as_test(machine, settings=BOUNDED)
    assert machine.looked, "no case was opened: nothing was looked at"
