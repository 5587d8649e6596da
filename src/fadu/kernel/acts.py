"""The only door through which a case changes: may → due lapses → gates → change → event, in one transaction.

`open_case` starts a case, `perform` does a step in one, `run_lapses` lets the passing of time speak.

Every act takes its locks in one order, so that no two wait for each other: the form's key, the case, the numbers
of the case's organ. The cases that one names are locked together with it, in the order of their ids; a case that an
act opens is seen by nobody before it ends.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from fadu.infra import jobs
from fadu.kernel import (
    access,
    engine,
    files,
    forms,
    house_reading,
    ledger,
    mirrored,
    models,
    registers,
    reversal,
    seal,
    store,
    visits,
)
from fadu.kernel.access import Session
from fadu.kernel.engine import Act, Decision
from fadu.kernel.issuing import issue
from fadu.kernel.late_entry import learned_on, refuse_out_of_order
from fadu.kernel.ledger import Deed
from fadu.kernel.proposals import settle
from fadu.kernel.publication import publication
from fadu.kernel.store import Loaded
from fadu.kernel.timekeeping import DueLapse, can_lapse, concerned, due_lapses
from fadu.kernel.titles import title_of
from fadu.rules.casefile import CaseFile, Operation, apply, handed_over, mark_done, put, set_head
from fadu.rules.days import chinese_day
from fadu.rules.errors import BadInput, KeyReused, NotAllowed, NotFound, StaleForm
from fadu.rules.facts import Audience
from fadu.rules.law import LawError
from fadu.rules.procedure import CASE_OFFICER, SYSTEM, Does, Effect, Opens, Procedure, Step

LAPSING = """
SELECT k.case_id, k.data::text FROM kernel_clock k JOIN kernel_case c ON c.id = k.case_id
JOIN unnest(%s::text[], %s::text[], %s::text[]) AS l(system, version, name)
    ON (l.system, l.version, l.name) = (c.system, c.version, k.name)
WHERE k.lapses_after < %s AND k.stopped IS NULL AND k.lapsed IS NULL
"""
Kept = Mapping[str, Any] | None
"""The form's key with its actor and digest, under which the answer is kept."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an act did: kept under its key, so that a second click gets the first answer."""

    case: int
    position: int
    step: str
    label: str
    papers: list[str] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    """One form as it came in. key: idempotency key; position: of the case when the form was made.

    learned: the day on which the house learned of what happened outside.
    """

    step: str
    values: Mapping[str, Any]
    day: date | None = None
    key: str | None = None
    position: int | None = None
    track_key: str = ""
    party: str = ""
    learned: date | None = None

    def digest(self, case: int | None) -> str:
        """Whether two requests under one key are the same."""
        body = {
            "case": case, "step": self.step, "values": self.values, "day": self.day, "track": self.track_key,
            "party": self.party, "learned": self.learned,
        }  # fmt: skip
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


# ---------------------------------------------------------------- opening


def open_case(s: Session, system: str, body: int, request: Request) -> Receipt:
    """Opens a case of a system at a body (机构) by one of the procedure's opening steps.

    The text in force on the day it happened is pinned. Raises NotFound for an unknown system, step or
    body, BadInput, NotAllowed, KeyReused.
    """
    answered = _answered(s, request, None)
    if answered:
        return answered
    day = _day_of(s, request)
    if system not in s.registry.systems:
        raise NotFound("程序")
    procedure = s.registry.in_force(system, day)
    step = next((step for step in procedure.opening if step.name == request.step), None)
    handler = models.Organ.objects.filter(pk=body).first()
    if step is None or handler is None:
        raise NotFound("立案方式")
    organ = handler.serves_id or handler.pk
    role = access.may(s, body, organ, system, step, ())
    if role is None:
        raise not_allowed(step)
    number = visits.reserve() if s.officer == visits.VISITOR else None
    loaded = store.create(procedure, organ, body, day, s.actor, number)
    act = Act(step, day, s.actor, request.values)
    return _apply(s, loaded, procedure, act, role, uuid4(), _key(s, request, None))


# ---------------------------------------------------------------- performing


def perform(s: Session, case: int, request: Request) -> Receipt:
    """Does one step in a case.

    Raises NotFound (absent or forbidden), NotAllowed, StaleForm, KeyReused, BadInput, GatesUnmet; then the act has
    changed nothing. Lapses that fell due before the day of the act are run first, and they stand even when the act is
    refused: a door catches the refusal inside the session, so that they are committed.
    """
    loaded = store.load(case, s.officer, request.key)
    if loaded is None:
        raise NotFound("案件")
    if loaded.answer is not None:
        return _same(loaded.answer, request.digest(case))
    procedure, step, role, day = _asked(s, loaded, request)
    _lapse_until(s, loaded, procedure, day)
    act = _act(s, loaded, procedure, step, day, request)
    receipt = _apply(s, loaded, procedure, act, role, uuid4(), _key(s, request, case))
    _lapse_until(s, loaded, procedure, s.today)
    return receipt


def weigh(s: Session, case: int, request: Request) -> None:
    """Raises what `perform` would raise as the case stands now. Locks nothing and changes nothing."""
    loaded = store.look(case)
    if loaded is None:
        raise NotFound("案件")
    procedure, step, _, day = _asked(s, loaded, request)
    act = _act(s, loaded, procedure, step, day, request)
    engine.decide(loaded.case, procedure, act, s.env)
    if step.does is Does.ASSIGNS:
        _refuse_stranger(s, loaded.case, act)


def _asked(s: Session, loaded: Loaded, request: Request) -> tuple[Procedure, Step, str, date]:
    """The step that is asked for, under which role, on which day. Raises NotFound, NotAllowed, StaleForm, BadInput."""
    procedure = s.registry.procedure(loaded.case.system, loaded.case.version)
    step = procedure.step(request.step)
    if step is None or step.opening:
        raise NotFound("步骤")
    role = _role(s, loaded, step)
    if request.position is not None and request.position != loaded.case.position:
        raise StaleForm(loaded.case.position, store.told_since(loaded, request.position, _sees(s, loaded)))
    day = _day_of(s, request)
    _refuse_strange_party(loaded, procedure, step, request.party)
    return procedure, step, role, day


def _act(s: Session, loaded: Loaded, procedure: Procedure, step: Step, day: date, request: Request) -> Act:
    """The act as the engine takes it. Raises BadInput, GatesUnmet when its day is out of order."""
    learned = learned_on(step, day, request.learned, s.today)
    refuse_out_of_order(loaded.case, procedure, step, day, request.track_key, learned)
    return Act(step, day, s.actor, request.values, request.track_key, request.party, learned)


def run_lapses(s: Session, case: int) -> int:
    """Lets every period of a case that ran out before today take its effect; returns how many did."""
    loaded = store.load(case, None, None)
    if loaded is None:
        raise NotFound("案件")
    procedure = s.registry.procedure(loaded.case.system, loaded.case.version)
    return _lapse_until(s, loaded, procedure, s.today)


def cases_with_lapses(s: Session) -> list[int]:
    """Cases in which a period that can lapse has run out before today and has not yet taken effect.

    A minimum wait, a period whose lapse was taken back and one that the library has not verified never lapse: their
    cases are not looked at again and again.
    """
    versions = (text for system in s.registry.systems for text in s.registry.versions(system))
    lapsing = [(text.system, text.version, clock.name) for text in versions for clock in text.clocks if clock.lapse]
    found = ledger.rows(LAPSING, [*(list(column) for column in zip(*lapsing, strict=True)), s.today]) if lapsing else []
    return sorted({case for case, row in found if _may_lapse(json.loads(row), s)})


def _may_lapse(row: Mapping[str, Any], s: Session) -> bool:
    """Of a period that the library no longer knows its case's own job tells what is wrong."""
    try:
        return can_lapse(dict(row), s.env)
    except LawError:
        return True


# ---------------------------------------------------------------- one event


def _apply(s: Session, loaded: Loaded, procedure: Procedure, act: Act, role: str, act_id: UUID, key: Kept) -> Receipt:
    """Decides an act and writes it; what may still be refused once something is written is undone by a savepoint."""
    decision = engine.decide(loaded.case, procedure, act, s.env)
    settle(s, loaded.case, procedure, act, decision)
    step = act.step
    linked = step.names or step.consequence or step.concludes
    several = decision.papers or decision.opens or decision.changing or not loaded.stream or step.does or linked
    with transaction.atomic() if several else nullcontext():
        return _carry_out(s, loaded, procedure, act, decision, role, act_id, key)


def _carry_out(
    s: Session, loaded: Loaded, procedure: Procedure, act: Act, decision: Decision, role: str, act_id: UUID, key: Kept
) -> Receipt:
    mirrored.adopt(s, loaded, procedure)
    if loaded.case.officer is None and role == CASE_OFFICER.name and _opened_by_nobody(loaded.case, procedure):
        # what the clock or the public opened belongs to who takes it up
        decision.operations.append(set_head(officer=act.actor))
    step, reverses = act.step, None
    undone: Sequence[Operation] = ()
    match step.does:
        case Does.REVERSES:
            back = _take_back(s, loaded, procedure, act, role, decision, act_id)
            reverses, undone = back.position, back.undone
        case Does.PUBLISHES:
            decision.operations.extend(publication(loaded.case, procedure, act))
        case Does.ASSIGNS:
            _refuse_stranger(s, loaded.case, act)
        case _:
            files.check(act.values)
    deed = _deed(act_id, step, act, role, reverses)
    registers.take_back(s, step, undone, deed)
    return _write(s, loaded, procedure, deed, decision, key)


def _opened_by_nobody(case: CaseFile, procedure: Procedure) -> bool:
    """Whether the clock or somebody on the portal opened it; what was imported stays as it was told."""
    if procedure.every:
        return True
    opened = [entry for step in procedure.opening if step.online for entry in case.done.get(step.name, ())]
    return bool(opened) and not case.mirrored and all(entry.get("by") is None for entry in opened)


def _deed(act_id: UUID, step: Step, act: Act, role: str, reverses: int | None = None) -> Deed:
    return Deed(act_id, step.name, step.label, step.audience.value, step.article, act.actor, role, act.day, reverses)


def _take_back(
    s: Session, loaded: Loaded, procedure: Procedure, act: Act, role: str, decision: Decision, act_id: UUID
) -> reversal.TakenBack:
    """Folds the case without the act that is taken back; what it did in other cases is taken back with it."""
    record = ledger.read(loaded.stream)
    back = reversal.take_back(loaded.case, record, procedure, act, access.over(loaded.case))
    for number in reversal.reached(loaded.case, record, back.position):
        other, text = _linked_case(s, number, loaded.case.id)
        there = ledger.read(other.stream)
        mine = replace(act, values={**act.values, "position": reversal.heard(there, loaded.case.id)})
        gone = reversal.take_back(other.case, there, text, mine, access.over(other.case), loaded.case.id)
        other.case = gone.case
        done = mark_done(act.step.name, act.day, act.actor)
        deed = _deed(act_id, act.step, act, role, gone.position)
        _write(s, other, text, deed, Decision([done, *gone.operations]), None)
    loaded.case = back.case
    decision.operations.extend(back.operations)
    return back


def _linked_case(s: Session, number: int, mine: int) -> tuple[Loaded, Procedure]:
    """A case that this one is linked with, to act on; it was locked together with this one."""
    waiting = (one for one in store.waiting(mine) if one.case.id == number)
    list(models.Case.objects.select_for_update().filter(pk=number).values_list("pk"))  # it alone, not what waits for it
    other = store.look(number) or next(waiting, None)
    if other is None:
        raise NotFound("所关联的案件")
    procedure = s.registry.procedure(other.case.system, other.case.version)
    mirrored.adopt(s, other, procedure)
    return other, procedure


def _write(s: Session, loaded: Loaded, procedure: Procedure, deed: Deed, decision: Decision, key: Kept) -> Receipt:
    """Papers, title, linked cases: then one event with all of it."""
    opening = not loaded.case.position
    apply(loaded.case, decision.operations)
    papers = issue(s, loaded, procedure, deed, decision)
    apply(loaded.case, papers)
    operations = [*decision.operations, *papers]
    if opening:
        head = [set_head(title=title_of(loaded.case, procedure))]
        apply(loaded.case, head)
        operations += head
    linked, opened = _open_linked(s, loaded, decision.opens, deed)
    operations += [*linked, *_reach_linked(s, loaded, procedure, deed), *_end_waiting(s, loaded, procedure, deed)]
    if decision.changing:
        operations += registers.carry_out(s, loaded.case, decision.changing, deed)
    keys = [operation["key"] for operation in papers if operation["op"] == "put"]
    receipt = Receipt(loaded.case.id, loaded.case.position + 1, deed.step, deed.label, keys, opened)
    store.write(s, loaded, procedure, deed, operations, {**key, "answer": asdict(receipt)} if key else None)
    if keys:
        jobs.soon(seal.seal)  # what has left the house is under a signed head at once
    return receipt


def _open_linked(s: Session, loaded: Loaded, opens: Opens | None, deed: Deed) -> tuple[list[dict[str, Any]], list[int]]:
    """Opens the case that a step opens, under the same act id, and links both."""
    if opens is None:
        return [], []
    case = loaded.case
    other = s.registry.in_force(opens.system, deed.happened)
    step = other.step(opens.step)
    assert step is not None  # judged when the declarations load
    new = store.create(other, case.organ, case.body, deed.happened, deed.actor)
    act = Act(step, deed.happened, deed.actor, handed_over(case, opens), handed=True)
    receipt = _apply(s, new, other, act, deed.role, deed.act, None)
    relation = opens.relation.value
    link = put(
        "link", f"{relation}-{receipt.case}", other=receipt.case, relation=relation, effect=None, label=other.label
    )
    apply(case, [link])
    return [link], [receipt.case]


def _reach_linked(s: Session, loaded: Loaded, procedure: Procedure, deed: Deed) -> list[dict[str, Any]]:
    """Links the case that a step names, and lets the step have its effect on those that were named before (D12)."""
    case, step = loaded.case, procedure.step(deed.step)
    if step is None or deed.reverses is not None:
        return []
    operations = []
    if step.names and case.facts.get(step.names.fact):
        found = access.by_number(s, step.names.system, str(case.facts[step.names.fact]))
        if found is None:
            raise BadInput({step.names.fact: "没有这一案号的案件，或者您无权查看"})
        text = s.registry.procedure(found.system, found.version)
        there = store.look(found.pk)
        assert there is not None  # it is seen
        operations += engine.named(case, procedure, step, deed.happened, there.case, text)
    if given := engine.given(case, step):
        effect, keys = given
        for key in sorted(keys, key=lambda key: case.table("link")[key]["other"]):
            _have_effect(s, loaded, procedure, case.table("link")[key]["other"], effect, deed)
            operations.append(put("link", key, effect=effect.value))
    apply(case, operations)
    return operations


def _end_waiting(s: Session, loaded: Loaded, procedure: Procedure, deed: Deed) -> list[dict[str, Any]]:
    """Lets the cases that wait for this one know that it has its result; each has its event of it (D12)."""
    case, step = loaded.case, procedure.step(deed.step)
    if step is None or not step.concludes or deed.reverses is not None:
        return []
    operations: list[dict[str, Any]] = []
    for other in store.waiting(case.id):
        text = s.registry.procedure(other.case.system, other.case.version)
        heard = engine.waits(other.case, text, case.id)
        if heard is None:
            continue
        act = Act(heard, deed.happened, deed.actor)
        because = f"{procedure.label}{case.number or ''}于{chinese_day(deed.happened)}“{deed.label}”"
        giver = (case.id, procedure.label)
        back = engine.returned(text, case)
        decision = engine.hear(other.case, text, heard, Effect.OVER, giver, act, s.env, because, back)
        _write(s, other, text, _deed(deed.act, heard, act, deed.role), decision, None)
        _lapse_until(s, other, text, s.today)
        operations += engine.ended_waiting(other.case.id, text.label)
    apply(case, operations)
    return operations


def _have_effect(s: Session, loaded: Loaded, procedure: Procedure, number: int, effect: Effect, deed: Deed) -> None:
    """The event of one effect on the case that it reaches, under the same act id."""
    other, text = _linked_case(s, number, loaded.case.id)
    step = text.hears(effect)
    assert step is not None  # judged when the declarations load
    _lapse_until(s, other, text, deed.happened)
    act = Act(step, deed.happened, deed.actor)
    decision = engine.hear(other.case, text, step, effect, (loaded.case.id, procedure.label), act, s.env)
    _write(s, other, text, _deed(deed.act, step, act, deed.role), decision, None)
    _lapse_until(s, other, text, s.today)


def _lapse_until(s: Session, loaded: Loaded, procedure: Procedure, day: date) -> int:
    """Runs lapses whose last day lies before `day`, earliest first; a lapse may start clocks that lapse too."""
    count = 0
    while True:
        due = due_lapses(loaded.case, procedure, day, s.env)
        if not due:
            return count
        _lapse_one(s, loaded, procedure, due[0])
        count += 1


@transaction.atomic
def _lapse_one(s: Session, loaded: Loaded, procedure: Procedure, due: DueLapse) -> None:
    decision = engine.lapse(loaded.case, procedure, due, s.env)
    step, seen = engine.silence(due), Audience.PARTIES.value
    deed = Deed(uuid4(), step.name, step.label, seen, step.article, None, SYSTEM.name, due.day)
    _write(s, loaded, procedure, deed, decision, None)


# ---------------------------------------------------------------- checks and keys


def _sees(s: Session, loaded: Loaded) -> Audience:
    return access.viewer(s, loaded.case.body)


def _role(s: Session, loaded: Loaded, step: Step) -> str:
    case = loaded.case
    role = access.may(s, case.body, case.organ, case.system, step, case.present())
    if role is None:
        raise not_allowed(step)
    return role


def not_allowed(step: Step) -> NotAllowed:
    """The refusal that says whose step it is."""
    who = "、".join(dict.fromkeys(actor.label for actor in step.by))
    return NotAllowed(f"“{step.label}”由{who}办理，您没有这项权限。", article=step.article, todo=f"请转请{who}办理。")


def _day_of(s: Session, request: Request) -> date:
    """The day it happened: today unless given; never in the future."""
    day = request.day or s.today
    if day > s.today:
        raise BadInput({"day": f"办理日期不能晚于今天（{s.today.isoformat()}）"})
    return day


def _refuse_strange_party(loaded: Loaded, procedure: Procedure, step: Step, key: str) -> None:
    """The party (item, paper) named must be in the case, and do the step or have a period that the step answers."""
    if key and key not in concerned(loaded.case, procedure, step):
        raise BadInput({"party": f"“{step.label}”不是为这一当事人（事项、文书）办理的，请选择与这一步有关的"})


def _refuse_stranger(s: Session, case: CaseFile, act: Act) -> None:
    """Who is to handle a case holds the post for it today at its body, or at the organ it acts for."""
    officer = forms.clean_row(Does.ASSIGNS, act.values).officer
    if not house_reading.handlers(s, case.body, case.organ).filter(pk=officer).exists():
        said = f"所选的人员今天在本案的承办机构没有“{CASE_OFFICER.label}”职务，请另选一人，或者请系统管理员先登记任职"
        raise BadInput({"officer": said})


def _answered(s: Session, request: Request, case: int | None) -> Receipt | None:
    if request.key is None or s.officer is None:
        return None
    store.hold_key(s.officer, request.key)
    kept = models.Key.objects.filter(actor_id=s.officer, key=request.key).first()
    return _same({"digest": kept.digest, "answer": kept.answer}, request.digest(case)) if kept else None


def _same(kept: Mapping[str, Any], digest: str) -> Receipt:
    if kept["digest"] != digest:
        raise KeyReused
    return Receipt(**kept["answer"])


def _key(s: Session, request: Request, case: int | None) -> Kept:
    if request.key is None or s.officer is None:
        return None
    return {"actor": s.officer, "key": request.key, "digest": request.digest(case)}
