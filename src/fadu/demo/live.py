"""A stage in the house itself: the same stories as worked examples, but every act goes through kernel.acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fadu.demo.cast import Cast, Who
from fadu.kernel import access, acts, registers, store
from fadu.kernel.acts import Request
from fadu.kernel.engine import track_row
from fadu.kernel.registers import Change
from fadu.kernel.stage import Stage, waiting_for_stamp
from fadu.report_writer import write
from fadu.report_writer.outline import outline
from fadu.rules.errors import DeclarationError
from fadu.rules.procedure import (
    CASE_OFFICER,
    OPENING,
    PARTY_OFFICER,
    REVIEWER,
    STAMP_KEEPER,
    Actor,
    PartyRole,
    Procedure,
    Step,
)
from fadu.rules.registers import Effect, Register


class LiveStage(Stage):
    """One case of the house. who: the officer for a role."""

    def __init__(self, procedure: Procedure, day: date, cast: Cast, who: Who) -> None:
        with access.session(None) as s:
            env = s.env
        super().__init__(procedure, env, day)
        self.cast = cast
        self.who = who
        self.id: int | None = None

    def pass_time(self, day: date) -> None:
        """Time passes for the whole house at once; here only the case is read anew."""
        self.day = day
        if self.id is not None:
            with access.session(None) as s:
                loaded = store.load(self.id, s.officer, None)
            assert loaded is not None
            self.case = loaded.case

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
        """Does the step as the officer whose step it is; agreement is drafted and reviewed by others first.

        The case is read anew when time passes next, not here: an entry of an example needs it once.
        """
        values = self._with_organs(values)
        if signed := waiting_for_stamp(self.case, self.procedure, step, values):
            self._do("stamp_paper", STAMP_KEEPER.name, {}, signed)
            self.pass_time(day)
        if step.agreed and not self._is_agreed(step):
            self._do("draft_paper", CASE_OFFICER.name, values, step.name)
            self._do("review_paper", REVIEWER.name, {}, step.name)
            values = {}
        role, organ = self._actor(by or step.by[0], party)
        happened = day if step.told_by else None
        if step.opening:
            self.id = self._owed(step, values)
            if self.id is None:
                with access.session(self.who(role, organ)) as s:
                    self.id = acts.open_case(s, self.procedure.system, self.cast.body, Request(step.name, values)).case
        else:
            self._do(step.name, role, values, about, party, organ, happened)

    def _owed(self, step: Step, values: Mapping[str, Any]) -> int | None:
        """What the clock has opened as a duty of the year and nobody leads yet: a story takes it up, opens no other."""
        every = self.procedure.every
        if every is None or step.name != every.step:
            return None
        facts = {f"facts__{name}": str(values[name]) for name in (every.year_end, *every.hands)}
        with access.session(None) as s:
            found = access.cases(s, system=self.procedure.system).filter(body=self.cast.body, officer=None, **facts)
            return found.values_list("pk", flat=True).first()

    def _do(
        self,
        step: str,
        role: str,
        values: Mapping[str, Any],
        about: str,
        party: str = "",
        organ: int | None = None,
        happened: date | None = None,
    ) -> None:
        """happened: when, of what is learned today."""
        if self.id is None:
            raise DeclarationError(f"还没有立案，不能办理“{step}”")
        with access.session(self.who(role, organ)) as s:
            learned = self.day if happened else None
            acts.perform(s, self.id, Request(step, values, happened, track_key=about, party=party, learned=learned))

    def _actor(self, by: Actor, party: str) -> tuple[str, int | None]:
        """(role, organ); what a party does that is no organ of the house is recorded by the case officer."""
        if not isinstance(by, PartyRole):
            return by.name, None
        parties = self.case.of("party", role=by.name)
        organs = [row["organ"] for key, row in parties if row["organ"] and party in ("", key)]
        return (PARTY_OFFICER.name, organs[0]) if organs else (CASE_OFFICER.name, None)

    def position_of(self, label: str) -> int | None:
        """Position of the newest event of that name which still counts."""
        with access.session(None) as s:
            events = access.events(s, access.case(s, self.id or 0))
            taken_back = {event.reverses for event in events}
            found = [event.position for event in events if event.label == label and event.position not in taken_back]
        return found[-1] if found else None

    def enlist(self, register: Register, values: Mapping[str, Any], since: date) -> None:
        enters = next(kind for kind in register.changes if kind.effect is Effect.ENTERS)
        with access.session(None) as s:
            registers.perform(s, register.name, self.cast.body, Change(str(enters), values, since))

    def listed(self, register: Register, day: date) -> list[str]:
        """What names the entries of a register of the house that are valid on a day."""
        with access.session(None) as s:
            return sorted(access.register(s, register.name, day).values_list("key", flat=True))

    def opened(self) -> list[Procedure]:
        """The procedures of the cases that were opened by this one."""
        numbers = self._links()
        with access.session(None) as s:
            return [access.procedure_of(s, access.case(s, number)) for number in numbers]

    def enter(self, number: int) -> Stage:
        """The stage of the case that a step of this one opened: it is in the house already."""
        procedure = self.opened()[number]
        stage = type(self)(procedure, self.day, self.cast, self.who)
        stage.id = self._links()[number]
        return stage

    def _links(self) -> list[int]:
        self.pass_time(self.day)
        return [row["other"] for row in self.case.table("link").values() if row["relation"] in OPENING]

    def _is_agreed(self, step: Step) -> bool:
        track = self.procedure.agreement
        return bool(track and track.agreed and track_row(self.case, track, step.name)[1]["state"] == track.agreed.name)

    def _with_organs(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Parties that are organs get the house's own number, by their name."""
        clean = dict(values)
        if "parties" in clean:
            clean["parties"] = [
                {**party, "organ": self.cast.organ(party["name"])} if "organ" in party else party
                for party in clean["parties"]
            ]
        return clean


class OwnReports(LiveStage):
    """Where the step that takes the whole text of the yearly report takes what the house itself wrote and counted."""

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
        super().perform(step, day, {**values, **self._compiled(step)}, about=about, party=party, by=by)

    def _compiled(self, step: Step) -> dict[str, str]:
        """What the house's own report says on that day, for the step that takes its whole text."""
        said = outline().written
        if said is None or (self.procedure.system, step.name) != (said.system, said.compiled_by):
            return {}
        with access.session(None) as s:
            case = access.case(s, self.id or 0)
            organ = case.organ_id if case.facts[said.reporter] in said.own else case.body_id
            written = write(s, date.fromisoformat(case.facts[said.day]).year, organ)
        return written.taken_over((*step.takes, *step.may_take))
