"""Taking back a wrong act or lapse (D4): a new act that names the old one; state and clocks come from folding again.

Pure: the record comes as an argument, from the database or from a case that is played in memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel.engine import Act
from fadu.kernel.timekeeping import stop_the_rest
from fadu.rules.casefile import (
    DESTROYING,
    REDATING,
    UPDATING,
    CaseFile,
    Operation,
    Recorded,
    hold,
    note,
    put,
    refold,
    rests_on,
    taken_back,
)
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.procedure import OPENING, Does, Procedure, Relation


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a reversal comes to: the case without the event at that position, and what it changes besides.

    undone: what the event that was taken back had done.
    """

    position: int
    case: CaseFile
    operations: list[Operation]
    undone: Sequence[Operation]


def take_back(
    case: CaseFile,
    record: Sequence[Recorded],
    procedure: Procedure,
    act: Act,
    over: Collection[int] = (),
    giver: int | None = None,
) -> TakenBack:
    """Takes back the event that the act names. Raises BadInput, GatesUnmet.

    over: linked cases that are closed; giver: the case whose act is taken back, when this is what it did here.

    Refused: an event that is not there or was taken back already, the opening of the case, one's own act, a reversal,
    a re-dating, a destruction, an act after which the case was moved on, one that opened a case which is still going
    on, what another case did here, and one on which a later act rests: on its rows, or by a condition that asked for it
    (take back the later one first). The link with a case that was opened stays, marked void.
    """
    target = _target(record, act)
    faults = [*_faults(record, procedure, target, act.actor), *_linked(target, over, giver)]
    if faults:
        raise GatesUnmet(act.step.label, faults)
    without = refold(case, record, frozenset({target.position}))
    reason = {"position": target.position, "reason": act.values["reason"], "article": act.values["article"]}
    held = [hold(clock) for clock in _lapsed(target) if clock in without.table("clock")]
    void = [put("link", key, **row, void=True) for key, row in _links(target, *OPENING)]
    operations = [*held, *_ended(without, procedure), *void, note("reversal", reason)]
    return TakenBack(target.position, without, operations, target.operations)


def reached(case: CaseFile, record: Sequence[Recorded], position: object) -> list[int]:
    """The cases on which the event at that position had an effect."""
    puts = [op for event in record if event.position == position for op in event.operations if op["op"] == "put"]
    given = [op["key"] for op in puts if op["table"] == "link" and op["value"].keys() == {"effect"}]
    return sorted(case.table("link")[key]["other"] for key in given if key in case.table("link"))


def heard(record: Sequence[Recorded], giver: int) -> int:
    """Position of the newest event by which that case had an effect here."""
    gone = taken_back(record)
    return max(
        event.position
        for event in record
        if event.position not in gone and any(row["other"] == giver for _, row in _links(event, Relation.EFFECT))
    )


def _links(target: Recorded, *relations: Relation) -> list[tuple[str, dict[str, Any]]]:
    """The links of these kinds that the event made."""
    return [
        (operation["key"], operation["value"])
        for operation in target.operations
        if operation["op"] == "put" and operation["table"] == "link" and operation["value"].get("relation") in relations
    ]


def _linked(target: Recorded, over: Collection[int], giver: int | None) -> Iterator[Unmet]:
    for _, row in _links(target, Relation.EFFECT):
        if row["other"] != giver:
            todo = f"请在“{row['label']}”案件中撤回相应的操作。"
            yield Unmet("effect", f"这是关联的“{row['label']}”案件对本案的影响", None, todo)
    for _, row in _links(target, *OPENING):
        if row["other"] not in over:
            sentence = f"这一操作打开的“{row['label']}”案件还没有办结"
            yield Unmet("opened", sentence, None, f"请先办结（撤销、终止）所打开的“{row['label']}”案件。")


def _ended(case: CaseFile, procedure: Procedure) -> Iterator[Operation]:
    """In a case that is over, the duties which the event had answered ended with the case instead."""
    if case.closed:
        yield from stop_the_rest(case, procedure, date.fromisoformat(case.closed))


def _target(record: Sequence[Recorded], act: Act) -> Recorded:
    try:
        position = int(act.values["position"])
    except (KeyError, TypeError, ValueError) as fault:
        raise BadInput({"position": "请选择要撤回的操作"}) from fault
    target = next((event for event in record if event.position == position), None)
    if target is None:
        raise BadInput({"position": "没有这一操作"})
    return target


def _faults(record: Sequence[Recorded], procedure: Procedure, target: Recorded, actor: int | None) -> Iterator[Unmet]:
    gone = taken_back(record)
    if target.position in gone:
        yield Unmet("taken_back", "这一操作已经撤回过")
    if target.position == 1 or target.reverses is not None:
        yield Unmet("kind", "立卷和撤回本身不能撤回")
    if target.step == REDATING:
        yield Unmet("kind", "按放假通知重算期限不能撤回", None, "通知有误的，请载入更正后的通知。")
    step = procedure.step(target.step)
    if step and step.does is Does.ASSIGNS:
        yield Unmet("kind", "改派承办人不能撤回", None, "派错的，请再次改派。")
    if target.step == UPDATING:
        yield Unmet("kind", "转录的更新不能单独撤回", None, "请由系统管理员整批撤回那一次导入。")
    if target.step == DESTROYING:
        yield Unmet("kind", "销毁不能撤回")
    if actor is not None and target.actor == actor:
        yield Unmet("own", "不能撤回自己办理的操作", None, "请由另一名有权人员撤回。")
    counting = [
        event
        for event in record
        if event.position > target.position and event.position not in gone and event.reverses is None
    ]
    both_moved = (later for later in counting if _moves(later) and _moves(target))
    rows = (later for later in counting if rests_on(later.operations, target.operations))
    asked = (later for later in counting if _asked_for(procedure, later, target))
    first = next(both_moved, None) or next(rows, None) or next(asked, None)
    if first:
        yield Unmet("later", f"此后已办理“{first.label}”", None, f"请先撤回“{first.label}”。")


def _moves(event: Recorded) -> bool:
    return any(operation["op"] == "state" for operation in event.operations)


def _asked_for(procedure: Procedure, later: Recorded, target: Recorded) -> bool:
    """Whether a condition of the later step read that the target was done, or a fact that it stated."""
    step = procedure.step(later.step)
    said = {f"fact:{operation['name']}" for operation in target.operations if operation["op"] == "fact"}
    return step is not None and any(
        word in said or word == f"step:{target.step}" for gate in procedure.gates_of(step) for word in gate.reads
    )


def _lapsed(event: Recorded) -> list[str]:
    """Keys of the periods that ran out in this event. Taken back, they wait for an officer instead of lapsing anew."""
    return [
        operation["key"]
        for operation in event.operations
        if operation["op"] == "put" and operation["table"] == "clock" and operation["value"].get("lapsed")
    ]
