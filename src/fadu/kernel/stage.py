"""Runs a procedure in memory, without a database: acts, agreements, lapses, papers, and the cases linked with it.

Everything is decided by the same engine as in the house; only numbers and texts of papers are stand-ins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fadu.kernel import engine, entries, forms, reversal, timekeeping
from fadu.kernel.engine import Act, Decision
from fadu.kernel.timekeeping import Env
from fadu.rules.casefile import (
    CaseFile,
    Operation,
    Recorded,
    apply,
    handed_over,
    mark_done,
    put,
    set_head,
    taken_back,
)
from fadu.rules.days import chinese_day
from fadu.rules.errors import BadInput
from fadu.rules.procedure import OPENING, Actor, Does, Effect, Opens, Paper, PartyRole, Procedure, Step, Track
from fadu.rules.registers import Effect as EntryEffect
from fadu.rules.registers import Register
from fadu.rules.registry import Registry

DRAFTER, REVIEWER, HEAD, OTHER = 1, 2, 3, 4
"""Who acts: separation of duties is kept between these persons."""

PERSONS = {"case_officer": DRAFTER, "reviewer": REVIEWER, "body_head": HEAD, "organ_head": HEAD}


def person(actor: Actor) -> int:
    """The stand-in for a role; what a party does is recorded by the case officer."""
    return DRAFTER if isinstance(actor, PartyRole) else PERSONS.get(actor.name, OTHER)


def waiting_for_stamp(case: CaseFile, procedure: Procedure, step: Step, values: Mapping[str, Any]) -> str | None:
    """The step whose papers must be stamped first: those about to be served, or those of the same step before."""
    if step.does is Does.SERVES:
        paper = case.table("paper").get(str(values.get("paper")), {})
        return paper["step"] if paper.get("stamped") == "" else None
    return step.name if step.agreed and case.of("paper", step=step.name, stamped="") else None


@dataclass(slots=True)
class Entered:
    """A row of a register in memory. position: of the case's event that made it; ended_by: of that which ended it."""

    register: str
    organ: int
    key: str
    position: int
    since: date
    data: Mapping[str, Any]
    before: date | None = None
    ended_by: int | None = None


class Story:
    """The cases of one worked example, by number, in the order in which they were opened."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.stages: dict[int, Stage] = {}

    def number(self, system: str, number: str) -> Stage | None:
        """The case of a system, "" for any, that has this number."""
        found = (one for one in self.stages.values() if system in ("", one.case.system) and one.case.number == number)
        return next(found, None)


class Stage:
    """One case on the stage.

    record: its events; day: up to where time has passed; story: the cases played with it, without which it opens
    and reaches none.
    """

    def __init__(self, procedure: Procedure, env: Env, day: date, story: Story | None = None) -> None:
        self.procedure = procedure
        self.env = replace(env, entries=self._valid)
        self.day = day
        self.story = story
        self.case = CaseFile(
            id=len(story.stages) + 1 if story else 1,
            system=procedure.system,
            version=procedure.version,
            organ=1,
            body=2,
            opened=day.isoformat(),
        )
        self.record: list[Recorded] = []
        self._entered: list[Entered] = []
        if story:
            story.stages[self.case.id] = self

    def pass_time(self, day: date) -> None:
        """Lets every period that ended before `day` take its effect, earliest first."""
        self.day = day
        while due := timekeeping.due_lapses(self.case, self.procedure, day, self.env):
            act = Act(engine.silence(due[0]), due[0].day, None)
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
        """Does a step; what comes before it in 呈批 is done first, if that was not done before.

        A step that needs agreement is drafted and reviewed; a paper that was signed is stamped before it is served.

        What happened outside is learned on the day up to which time has passed.

        Raises the engine's refusals; then the case is as it was, but for the time that has passed.
        """
        learned = max(self.day, day) if step.told_by else None
        self.pass_time(learned or day)
        before = {one: (one.case, len(one.record), [replace(row) for row in one._entered]) for one in self._everybody()}
        self.case = self.case.copy()
        try:
            for act in (
                *self._stamping(step, day, values),
                *self._agreement(step, day, values),
                Act(step, day, person(by or step.by[0]), values, about, party, learned),
            ):
                decision, reverses = engine.decide(self.case, self.procedure, act, self.env), None
                if act.step.does is Does.PUBLISHES:
                    decision.operations.append(self._publication(act))
                if act.step.does is Does.REVERSES:
                    reverses = self._take_back(act, decision)
                self._take(decision, act, reverses)
        except Exception:
            self._undo(before)
            raise
        self.pass_time(learned or day)  # what began in the past, or was taken back, may have run out since

    def position_of(self, label: str) -> int | None:
        """Position of the newest event of that name which still counts."""
        gone = taken_back(self.record)
        counting = [event.position for event in self.record if event.label == label and event.position not in gone]
        return counting[-1] if counting else None

    def opened(self) -> list[Procedure]:
        """The procedures of the cases that were opened by this one."""
        return [stage.procedure for stage in self._offspring()]

    def enter(self, number: int) -> Stage:
        """The stage of the case that was opened as the number-th."""
        return self._offspring()[number]

    def _offspring(self) -> list[Stage]:
        links = self.case.table("link").values() if self.story else ()
        return [self.story.stages[row["other"]] for row in links if self.story and row["relation"] in OPENING]

    def _everybody(self) -> list[Stage]:
        return list(self.story.stages.values()) if self.story else [self]

    def _undo(self, before: Mapping[Stage, tuple[CaseFile, int, list[Entered]]]) -> None:
        """All or none: every case played stands as it did."""
        for stage, (case, length, entered) in before.items():
            stage.case, stage._entered = case, entered
            del stage.record[length:]
        if self.story:
            self.story.stages = {stage.case.id: stage for stage in before}

    def _take_back(self, act: Act, decision: Decision) -> int:
        back = reversal.take_back(self.case, self.record, self.procedure, act, self._over())
        for number in reversal.reached(self.case, self.record, back.position):
            assert self.story is not None  # only where others are played is anybody reached
            other = self.story.stages[number]
            mine = replace(act, values={**act.values, "position": reversal.heard(other.record, self.case.id)})
            gone = reversal.take_back(other.case, other.record, other.procedure, mine, other._over(), self.case.id)
            other.case = gone.case
            done = mark_done(act.step.name, act.day, act.actor)
            other._take(Decision([done, *gone.operations]), mine, gone.position)
        self.case = back.case
        decision.operations.extend(back.operations)
        return back.position

    def _over(self) -> frozenset[int]:
        return frozenset(stage.case.id for stage in self._everybody() if stage.case.closed)

    def _stamping(self, step: Step, day: date, values: Mapping[str, Any]) -> list[Act]:
        track, about = self.procedure.agreement, waiting_for_stamp(self.case, self.procedure, step, values)
        if track is None or about is None:
            return []
        stamp = next(s for s in self.procedure.steps if s.track == track and track.signed in s.at)
        return [Act(stamp, day, OTHER, {}, about)]

    def _agreement(self, step: Step, day: date, values: Mapping[str, Any]) -> list[Act]:
        track = self.procedure.agreement
        if not step.agreed or track is None or self._agreed(track, step):
            return []
        draft = next(s for s in self.procedure.steps if s.track == track and s.carries)
        review = next(s for s in self.procedure.steps if s.track == track and s.to == track.agreed)
        return [Act(draft, day, DRAFTER, values, step.name), Act(review, day, REVIEWER, {}, step.name)]

    def _agreed(self, track: Track, step: Step) -> bool:
        _, row = engine.track_row(self.case, track, step.name)
        return track.agreed is not None and row["state"] == track.agreed.name

    def _take(self, decision: Decision, act: Act, reverses: int | None = None) -> None:
        papers = [self._paper(key, paper, act, decision.more) for key, paper in decision.papers]
        operations = [*decision.operations, *papers]
        if self.story and not self.record:
            operations.append(set_head(number=f"示例{self.case.id}号"))
        apply(self.case, operations)
        if self.story:
            operations += self._link(self.story, decision, act, reverses)
        self.case.position = len(self.record) + 1
        step = act.step
        self.record.append(Recorded(self.case.position, step.name, step.label, act.actor, reverses, operations))
        if decision.changing:
            self._change_registers(decision.changing, act.day)
        if reverses:
            self._restore_registers(step, reverses)

    def enlist(self, register: Register, values: Mapping[str, Any], since: date) -> None:
        """An entry that stands in a register before the story begins."""
        data = forms.clean_entry(register.model, values)
        self._entered.append(Entered(register.name, self.case.body, entries.key_of(register, data), 0, since, data))

    def _valid(self, name: str, organs: tuple[int, ...], day: date) -> dict[str, Mapping[str, Any]]:
        rows = [row for stage in self._everybody() for row in stage._entered]
        return {
            row.key: row.data
            for row in rows
            if row.register == name
            and row.organ in organs
            and row.since <= day
            and not (row.before and row.before <= day)
        }

    def listed(self, register: Register, day: date) -> list[str]:
        """What names the entries of a register that are valid on a day, by what the case did."""
        rows = [row for row in self._entered if row.register == register.name and row.since <= day]
        return sorted(row.key for row in rows if row.before is None or row.before > day)

    def _change_registers(self, step: Step, day: date) -> None:
        for want in entries.wanted(self.case, step, day, self.env):
            name, since = want.register.name, want.since
            for organ in entries.places(want, step, lambda organ, key, name=name: self._latest(name, organ, key)):  # type: ignore[misc]
                key = entries.key_of(want.register, want.change.values)
                last = self._latest(name, organ, key)
                data = entries.content(want.register, want.kind, key, last, want.change, since)
                if last and want.kind.effect is not EntryEffect.ENTERS:
                    last.before, last.ended_by = since, self.case.position
                if want.kind.effect is not EntryEffect.ENDS:
                    self._entered.append(Entered(name, organ, key, self.case.position, since, data))

    def _latest(self, register: str, organ: int, key: str) -> Entered | None:
        rows = [row for row in self._entered if (row.register, row.organ, row.key) == (register, organ, key)]
        return rows[-1] if rows else None

    def _restore_registers(self, step: Step, position: int) -> None:
        """Without what the act at a position had changed in registers. Raises GatesUnmet as the house does."""
        for row in self._entered:
            touched, last = position in (row.position, row.ended_by), self._latest(row.register, row.organ, row.key)
            if touched and last and (last.position > position or (last.ended_by or 0) > position):
                raise entries.changed_since(step, f"“{row.key}”变动")
        self._entered = [row for row in self._entered if row.position != position]
        for row in self._entered:
            if row.ended_by == position:
                row.before, row.ended_by = None, None

    def _link(self, story: Story, decision: Decision, act: Act, reverses: int | None) -> list[Operation]:
        """What the act does with other cases: opens one, names one, reaches those that were named."""
        operations: list[Operation] = []
        if opens := decision.opens:
            relation = opens.relation.value
            other = self._open(story, opens, act.day)
            fields = {"other": other.case.id, "relation": relation, "effect": None, "label": other.procedure.label}
            operations.append(put("link", f"{relation}-{other.case.id}", **fields))
        if act.step.names and reverses is None and self.case.facts.get(fact := act.step.names.fact):
            found = story.number(act.step.names.system, str(self.case.facts[fact]))
            if found is None:
                raise BadInput({fact: "没有这一案号的案件，或者您无权查看"})
            operations += engine.named(self.case, self.procedure, act.step, act.day, found.case, found.procedure)
        if reverses is None and (given := engine.given(self.case, act.step)):
            effect, keys = given
            for key in keys:
                story.stages[self.case.table("link")[key]["other"]]._hear(self, effect, act)
                operations.append(put("link", key, effect=effect.value))
        if reverses is None and act.step.concludes:
            operations += self._end_waiting(story, act)
        apply(self.case, operations)
        return operations

    def _end_waiting(self, story: Story, act: Act) -> Iterator[Operation]:
        """Lets the cases that wait for this one know that it has its result."""
        for other in list(story.stages.values()):
            if other is not self and engine.waits(other.case, other.procedure, self.case.id):
                because = f"{self.procedure.label}于{chinese_day(act.day)}“{act.step.label}”"
                other._hear(self, Effect.OVER, act, because, engine.returned(other.procedure, self.case))
                yield from engine.ended_waiting(other.case.id, other.procedure.label)

    def _open(self, story: Story, opens: Opens, day: date) -> Stage:
        other = Stage(story.registry.in_force(opens.system, day), self.env, day, story)
        step = other.procedure.step(opens.step)
        assert step is not None  # judged when the declarations load
        act = Act(step, day, person(step.by[0]), handed_over(self.case, opens), handed=True)
        other._take(engine.decide(other.case, other.procedure, act, other.env), act)
        return other

    def _hear(self, giver: Stage, effect: Effect, act: Act, because: str = "", back: Sequence[Operation] = ()) -> None:
        self.case = self.case.copy()
        self.pass_time(act.day)
        step = self.procedure.hears(effect)
        assert step is not None  # judged when the declarations load
        mine = Act(step, act.day, act.actor)
        told = (giver.case.id, giver.procedure.label)
        self._take(engine.hear(self.case, self.procedure, step, effect, told, mine, self.env, because, back), mine)
        self.pass_time(act.day)

    def _paper(self, key: str, paper: Paper, act: Act, more: Mapping[str, Any]) -> Operation:
        to, day = [role.name for role in paper.to], act.day.isoformat()
        row = {"name": paper.name, "label": paper.label, "to": to, "day": day, "step": act.step.name, "number": "示例"}
        row["audience"] = paper.audience.value
        return put("paper", key, **row | engine.stamped_later(self.procedure, act.step.name) | dict(more))

    def _publication(self, act: Act) -> Operation:
        key = self.case.next_key("publication", str(act.values["paper"]))
        return put("publication", key, paper=act.values["paper"], place=act.values["place"], day=act.day.isoformat())
