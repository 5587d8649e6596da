"""What stands against an act that is entered after the day it happened (D2): what came before and after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fadu.rules.casefile import CaseFile
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.history import Move, moves, states_on
from fadu.rules.procedure import Procedure, State, Step

TODO = "请核对办理日期；此后的操作确有错误的，请先撤回此后的操作。"


def refuse_out_of_order(case: CaseFile, procedure: Procedure, step: Step, day: date, key: str = "") -> None:
    """Refuses a day before the case was opened, one on which the step was not possible, one before a later move.

    A step that moves the case or its track comes after what moved it last, an agreed one after its agreement. A step
    that moves nothing is possible as long as the case was where it had to be on that day. key: instance of the track.
    """
    if day < date.fromisoformat(case.opened):
        raise BadInput({"day": f"办理日期不能早于收件立卷的日期（{case.opened}）"})
    if step.does is not None:
        return
    if step.to is not None:
        _refuse_before(moves(case, procedure, step.track, key), step, day)
    elif step.at:
        _refuse_elsewhere(states_on(case, procedure, day, step.track), step.at, step, day)
    if step.agreed and procedure.agreement:
        _refuse_before(moves(case, procedure, procedure.agreement, step.name)[-1:], step, day)
    if step.within:
        _refuse_elsewhere(states_on(case, procedure, day), step.within, step, day)


def _refuse_before(done: Iterable[Move], step: Step, day: date) -> None:
    for moved, later in done:
        if day.isoformat() < moved:
            raise GatesUnmet(
                step.label,
                [Unmet("late_entry", f"{moved}已经办理“{later.label}”，不能再补录在此之前的操作", None, TODO)],
            )


def _refuse_elsewhere(stood: tuple[str, ...], needed: tuple[State, ...], step: Step, day: date) -> None:
    if not {state.name for state in needed}.intersection(stood):
        where = "、".join(state.label for state in needed)
        raise GatesUnmet(
            step.label, [Unmet("late_entry", f"{day.isoformat()}还不在“{where}”阶段，那一天不能办理这一步", None, TODO)]
        )
