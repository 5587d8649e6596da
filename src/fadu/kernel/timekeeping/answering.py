"""What answers a running period, and what an answer in time does to a lapse that is on record already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fadu.kernel.timekeeping.rows import Env, Row, outlives, reckon
from fadu.kernel.timekeeping.triggers import Happening
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import GatesUnmet, Unmet
from fadu.rules.procedure import SYSTEM, Clock, EndOf, LapseEffect, PartyRole, Procedure, Step


def stop(case: CaseFile, procedure: Procedure, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that stop the clocks which the step answers, on the day it was posted where that counts.

    Raises GatesUnmet where somebody has to take back first what the answer, had it been known, would have prevented.
    """
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        step = next((step for step in clock.until if step.name == what.step), None) if clock else None
        if clock is None or step is None or not what.means(row):
            continue
        answer = _answer(row, clock, what, env)
        if row["stopped"] is None:
            posted = bool(clock.posted and what.facts.get(clock.posted))
            yield from overtake(case, procedure, key, step, answer["stopped"], posted=posted)
            yield put("clock", key, **answer)
        elif _found_too_early(case, clock, row, step) and _was_in_time(row, answer["stopped"]):
            _refuse_finding(step, clock, row)


def _answer(row: Row, clock: Clock, what: Happening, env: Env) -> Row:
    """What the row says of its answer; `late` when it came on the last day, but after the last minute."""
    came = what.day.isoformat()
    day, _, minute = str(what.facts.get(clock.posted or "") or came).partition("T")
    answer: Row = {"stopped": min(day, came)}
    if minute:
        answer["stopped_at"] = minute[:5]
        last = reckon(row, env).due_at
        if last and (day, minute[:5]) > (last.date().isoformat(), last.time().isoformat(timespec="minutes")):
            answer["late"] = True
    return answer


def stop_the_rest(case: CaseFile, procedure: Procedure, day: date, step: Step | None = None) -> Iterator[Operation]:
    """When the case ends: duties that were not answered end with it; rights run on, what was deemed stays so.

    step: by which it ends; entered late it may come before a lapse that is on record.
    """
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        deemed = row["lapsed"] and row["lapsed"]["effect"] == LapseEffect.DEEMS
        if row["stopped"] is None and not deemed and not (clock and outlives(clock)):
            if step:
                yield from overtake(case, procedure, key, step, day.isoformat())
            yield put("clock", key, stopped=day.isoformat(), void=True)


# ---------------------------------------------------------------- a lapse on record that was none


def _was_in_time(row: Row, day: str) -> bool:
    """Whether a lapse stands on record although the answer is of that day; what was deemed has been done."""
    lapsed = row["lapsed"]
    return bool(lapsed and lapsed["effect"] != LapseEffect.DEEMS and day <= lapsed["day"])


def overtake(
    case: CaseFile, procedure: Procedure, key: str, step: Step, day: str, *, posted: bool = False
) -> Iterator[Operation]:
    """The lapse no longer counts, nor what began with it and was not used; both stay visible on their rows.

    Nobody clears himself: where only our own word says that our own duty was done in time (or stayed, or given
    more time), another person takes the lapse back first. A postmark or what happened outside is not our own word.
    """
    row = case.table("clock")[key]
    if not _was_in_time(row, day):
        return
    theirs = step.told_by is not None or any(isinstance(actor, PartyRole) for actor in step.by)
    own_word = step.by != (SYSTEM,) and not theirs
    if row["ours"] and own_word and not posted:
        _refuse_own_word(procedure, step, row)
    yield put("clock", key, **_overtaken(row, step))
    yield from _never_began(case, procedure, row, step)


def _overtaken(row: Row, step: Step) -> Row:
    return {"lapsed": None, "overtaken": {**row["lapsed"], "by": step.label}}


def _never_began(case: CaseFile, procedure: Procedure, ended: Row, step: Step) -> Iterator[Operation]:
    """Ends the unanswered periods that began when that one ran out, and what began with those."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        follows = (
            clock is not None and EndOf(ended["name"]) in clock.triggers and row["start"] == ended["lapsed"]["day"]
        )
        if follows and row["stopped"] is None and row["party"] in ("", ended["party"] or row["party"]):
            yield put("clock", key, stopped=row["start"], void=True, **(_overtaken(row, step) if row["lapsed"] else {}))
            if row["lapsed"]:
                yield from _never_began(case, procedure, row, step)


def _found_too_early(case: CaseFile, clock: Clock, row: Row, step: Step) -> bool:
    """Whether an officer found what follows from the silence, before this answer was known."""
    finding = clock.lapse.step if clock.lapse and clock.lapse.effect is LapseEffect.FORFEITS else None
    return bool(
        finding and finding != step and any(done["day"] == row["stopped"] for done in case.done.get(finding.name, ()))
    )


def _refuse_finding(step: Step, clock: Clock, row: Row) -> None:
    assert clock.lapse is not None
    assert clock.lapse.step is not None
    finding = clock.lapse.step.label
    sentence = f"“{row['label']}”已经“{finding}”，而这一次在期限之内，认定就不能成立"
    raise GatesUnmet(
        step.label, [Unmet("found", sentence, clock.lapse.article, f"请先撤回“{finding}”，再登记“{step.label}”。")]
    )


def _refuse_own_word(procedure: Procedure, step: Step, row: Row) -> None:
    clock = procedure.clock(row["name"])
    article = clock.lapse.article if clock and clock.lapse else None
    day, label = row["lapsed"]["day"], row["label"]
    sentence = f"“{label}”{day}届满已经记录在案，不能由补录自行改为按期"
    todo = f"确在期限内办理的，请由另一名有权人员先撤回“{label}期限届满”，再补录；否则请按实际办理的日期登记。"
    raise GatesUnmet(step.label, [Unmet("own_word", sentence, article, todo)])
