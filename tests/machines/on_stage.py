"""The machine in memory: every rule is one act or the passing of time, every invariant is looked at after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fadu.rules.procedure import Does, Procedure, Step
from tests.machines import values
from tests.machines.history import History, first_days, named
from tests.machines.invariants import check
from tests.machines.way_out import check_way_out

DAYS = st.sampled_from((1, 1, 2, 3, 6, 9, 16, 31, 70, 200))


class OnStage(RuleBasedStateMachine):
    """One case of one procedure. sound: the last act went well, so that the end may be looked for.

    looked: how often a case that was open was looked at, in all histories of the machine.
    """

    procedure: ClassVar[Procedure]
    looked: ClassVar[int] = 0
    history: History
    sound = False

    @initialize(data=st.data())
    def opens(self, data: Any) -> None:
        day: date = data.draw(st.sampled_from(first_days(self.procedure)))
        self.history = History(self.procedure, day)
        step = self.procedure.opening[data.draw(st.integers(0, len(self.procedure.opening) - 1))]
        for _ in range(12):
            form = values.of_step(self.procedure, step, self.history.case, data.draw, day)
            if self.history.attempt(step, form):
                self.sound = True
                return

    @property
    def begun(self) -> bool:
        return bool(self.history.case.state)

    @precondition(lambda self: self.begun)
    @rule(data=st.data())
    def acts(self, data: Any) -> None:
        self._try(lambda: self.history.do_something(data.draw))

    @precondition(lambda self: self.begun)
    @rule(data=st.data())
    def acts_again(self, data: Any) -> None:
        """The same once more, so that ordinary acts are about half of all."""
        self._try(lambda: self.history.do_something(data.draw))

    @precondition(lambda self: self.begun and self.history.case.table("paper"))
    @rule(data=st.data())
    def serves(self, data: Any) -> None:
        self._standing(Does.SERVES, lambda: values.service(self.history.case, data.draw, self.history.day))

    @precondition(lambda self: self.begun and self.history.case.table("service"))
    @rule(data=st.data())
    def receives(self, data: Any) -> None:
        self._standing(Does.RECEIVES, lambda: values.receipt(self.history.case, data.draw, self.history.day))

    @precondition(lambda self: self.begun and self.history.case.table("party"))
    @rule(data=st.data())
    def names_agent(self, data: Any) -> None:
        self._standing(Does.NAMES_AGENT, lambda: values.agent(self.history.case, data.draw, self.history.day))

    @precondition(lambda self: self.begun and self.history.case.table("agent"))
    @rule(data=st.data())
    def ends_agent(self, data: Any) -> None:
        agents = st.sampled_from(sorted(self.history.case.table("agent")))
        self._standing(Does.ENDS_AGENT, lambda: {"agent": data.draw(agents), "reason": "解除委托"})

    @precondition(lambda self: self.begun and self.history.case.table("paper"))
    @rule(data=st.data())
    def publishes(self, data: Any) -> None:
        papers = st.sampled_from(sorted(self.history.case.table("paper")))
        self._standing(Does.PUBLISHES, lambda: {"paper": data.draw(papers), "place": data.draw(values.TEXT)})

    @precondition(lambda self: self.begun and len(self.history.stage.record) > 1)
    @rule(data=st.data())
    def takes_back(self, data: Any) -> None:
        last = len(self.history.stage.record)
        positions = st.sampled_from([last, *range(1, last + 2)])
        self._standing(
            Does.REVERSES,
            lambda: {"position": data.draw(positions), "reason": data.draw(values.TEXT), "article": "第一条"},
        )

    @precondition(lambda self: self.begun)
    @rule(days=DAYS)
    def waits(self, days: int) -> None:
        self.history.day += timedelta(days=days)
        self._try(lambda: self.history.stage.pass_time(self.history.day))

    def _standing(self, does: Does, form: Any) -> None:
        step: Step | None = self.history.does(does)
        if step is not None:
            self._try(lambda: self.history.attempt(step, form(), by=step.by[-1]))

    def _try(self, act: Any) -> None:
        self.sound = False
        act()
        self.sound = True

    @invariant()
    def holds(self) -> None:
        if self.sound:
            self.sound = False
            check(self.history)
            type(self).looked += self.begun
            self.sound = True

    def teardown(self) -> None:
        if self.sound:
            check_way_out(self.history)


def machine_of(procedure: Procedure) -> type[OnStage]:
    return type(f"OnStage_{named(procedure)}", (OnStage,), {"procedure": procedure})
