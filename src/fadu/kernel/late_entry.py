"""What stands against an act that is entered after the day it happened (D2): what came before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fadu.rules.casefile import CaseFile
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.history import Move, moves, states_on
from fadu.rules.procedure import Procedure, State, Step

TODO = "请核对办理日期；此后的操作确有错误的，请先撤回此后的操作。"


def learned_on(step: Step, day: date, said: date | None, today: date) -> date | None:
    """When the house learned of what happened outside: on the day itself unless said otherwise. Raises BadInput."""
    if step.told_by is None:
        if said:
            raise BadInput({"learned": f"“{step.label}”不是外部发生的事，不填写知悉日期"})
        return None
    learned = said or day
    if not day <= learned <= today:
        raise BadInput({"learned": f"知悉日期应当在发生日期（{day.isoformat()}）当日或者之后，且不晚于今天"})
    return learned


def refuse_out_of_order(
    case: CaseFile, procedure: Procedure, step: Step, day: date, key: str = "", learned: date | None = None
) -> None:
    """Refuses a day before the case was opened, one on which the step was not possible, one before a later move.

    A step that moves the case or its track comes after what moved it last, an agreed one after its agreement. A step
    that moves nothing is possible as long as the case was where it had to be on that day. What happened outside takes
    its place on the day the house learned of it: what was done before in ignorance stands.
    key: instance of the track.
    """
    day = learned or day
    if day < date.fromisoformat(case.opened):
        raise BadInput({"learned" if learned else "day": f"办理日期不能早于收件立卷的日期（{case.opened}）"})
    if step.does is not None:
        return
    if step.to is not None:
        _refuse_before(moves(case, procedure, step.track, key), step, day)
    elif step.at:
        known = procedure.track_states(step.track) if step.track else procedure.states
        _refuse_elsewhere(states_on(case, procedure, day, step.track), step.at, known, step, day)
    if step.agreed and procedure.agreement:
        _refuse_before(moves(case, procedure, procedure.agreement, step.name), step, day)
    if step.within:
        _refuse_elsewhere(states_on(case, procedure, day), step.within, procedure.states, step, day)


def _refuse_before(done: Sequence[Move], step: Step, day: date) -> None:
    if done and day.isoformat() < done[-1][0]:
        moved, later = done[-1]
        sentence = f"{moved}已经办理“{later.label}”，不能再补录在此之前的操作"
        raise GatesUnmet(step.label, [Unmet("late_entry", sentence, None, TODO)])


def _refuse_elsewhere(
    stood: tuple[str, ...], needed: tuple[State, ...], known: Sequence[State], step: Step, day: date
) -> None:
    if {state.name for state in needed}.intersection(stood):
        return
    where = "、".join(state.label for state in needed)
    then = "、".join(state.label for state in known if state.name in stood)
    sentence = f"{day.isoformat()}还不在“{where}”阶段，那一天不能办理这一步" + (f"，当时处于“{then}”" if then else "")
    raise GatesUnmet(step.label, [Unmet("late_entry", sentence, None, TODO)])
