"""Periods that each party has for itself: paused, lengthened and counted for one party, or for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fadu.common.standing import change_party, serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, concerned, reckon_all
from fadu.rules.errors import DeclarationError
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Extension,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Pause,
    PauseKind,
    Period,
    Procedure,
    Served,
    State,
    Step,
)  # fmt: skip
from fadu.rules.working_days import load_calendar
from tests.kernel import seizure

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
FIRST = date(2024, 3, 1)
OWNER = PartyRole("owner", "当事人", many=True)
WITNESS = PartyRole("witness", "见证人")
OPEN, OVER = State("open", "办理中"), State("over", "办结", final=True)

told = Paper(name="told", label="鉴定期间告知书", template="copy", to=(OWNER, WITNESS))
begin = Step(name="begin", label="立案", to=OPEN, by=(CASE_OFFICER,), parties=(OWNER, WITNESS))
answer = Step(name="answer", label="答复", at=(OPEN,), by=(OWNER,))
excuse = Step(name="excuse", label="暂停答复", at=(OPEN,), by=(CASE_OFFICER,))
recall = Step(name="recall", label="恢复答复", at=(OPEN,), by=(CASE_OFFICER,))
prolong = Step(name="prolong", label="延长答复", at=(OPEN,), by=(BODY_HEAD,))
inspect = Step(name="inspect", label="送鉴定", at=(OPEN,), by=(CASE_OFFICER,), issues=(told,))
inspected = Step(name="inspected", label="鉴定结束", at=(OPEN,), by=(CASE_OFFICER,))
end = Step(name="end", label="办结", at=(OPEN,), to=OVER, by=(CASE_OFFICER,))
inspecting = Pause(
    begin=inspect, end=(inspected,), kind=PauseKind.EXCLUDED, article="第二十五条第三款", counts_if=Served(told, OWNER)
)
answering = Clock(
    name="answering", label="答复", period=Period(seizure.LAW, "查封扣押"), after=Done((begin,)), until=(answer,),
    per=OWNER, bearer=OWNER, lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="期满", article="第一条"),
    pauses=(Pause(begin=excuse, end=(recall,), kind=PauseKind.EXCLUDED, article="第一条"), inspecting),
    extensions=(Extension(by=prolong),),
)  # fmt: skip
holding = Clock(
    name="holding", label="查封扣押", period=Period(seizure.LAW, "查封扣押"), after=Done((begin,)), until=(end,),
    bearer=CASE_OFFICER, lapse=seizure.LATE, pauses=(inspecting,),
)  # fmt: skip
APART = Procedure(
    system="apart", version="2022", label="各自期限", statute=seizure.RULES, facts=seizure.SeizureFacts,
    states=(OPEN, OVER), steps=(begin, answer, excuse, recall, prolong, inspect, inspected, end, serve, change_party),
    clocks=(answering, holding), parties=(OWNER, WITNESS),
)  # fmt: skip


@pytest.fixture
def stage() -> Stage:
    made = Stage(APART, ENV, FIRST)
    parties = [
        {"role": role, "name": name, "kind": "person"}
        for role, name in (("owner", "王五"), ("owner", "赵六"), ("witness", "孙七"))
    ]
    made.perform(begin, FIRST, {"parties": parties})
    return made


def do(stage: Stage, step: Step, day: int, party: str = "") -> None:
    stage.perform(step, FIRST + timedelta(days=day), {}, party=party)


def deliver(stage: Stage, party: str, day: int) -> None:
    on = FIRST + timedelta(days=day)
    served = {"paper": "told-1", "party": party, "method": "direct", "sent_on": on, "received_on": on, "proof": "回证"}
    stage.perform(serve, on, served)


def ends(stage: Stage) -> dict[str, date | None]:
    return {key: dates.last_day for key, dates in reckon_all(stage.case, ENV).items()}


PLAIN, LATER = date(2024, 3, 31), date(2024, 4, 10)


def test_the_declaration_holds() -> None:
    judge(APART, ENV.library, seizure.DOCUMENTS)
    lone = replace(APART, parties=(WITNESS,))  # the one whose periods they are is no party of it
    with pytest.raises(DeclarationError, match="当事人“当事人”没有声明"):
        judge(lone, ENV.library, seizure.DOCUMENTS)


def test_a_pause_for_one_party_leaves_the_other_alone(stage: Stage) -> None:
    do(stage, excuse, 4, "owner-1")
    do(stage, recall, 14, "owner-1")
    assert ends(stage) == {"answering:owner-1": LATER, "answering:owner-2": PLAIN, "holding": PLAIN}


def test_recalling_one_party_leaves_the_other_excused(stage: Stage) -> None:
    do(stage, excuse, 4)
    do(stage, recall, 14, "owner-2")
    assert ends(stage) == {"answering:owner-1": None, "answering:owner-2": LATER, "holding": PLAIN}


def test_an_extension_for_one_party_leaves_the_other_alone(stage: Stage) -> None:
    do(stage, prolong, 4, "owner-2")
    assert ends(stage) == {"answering:owner-1": PLAIN, "answering:owner-2": date(2024, 4, 30), "holding": PLAIN}
    do(stage, prolong, 5, "owner-1")  # each has its own first extension
    assert ends(stage)["answering:owner-1"] == date(2024, 4, 30)


def test_done_for_nobody_in_particular_it_is_done_for_all(stage: Stage) -> None:
    do(stage, prolong, 4)
    assert set(ends(stage).values()) == {date(2024, 4, 30), PLAIN}


def test_an_answer_of_one_party_stops_its_own_period(stage: Stage) -> None:
    do(stage, answer, 4, "owner-1")
    stopped = {key: row["stopped"] for key, row in stage.case.table("clock").items()}
    assert stopped == {"answering:owner-1": "2024-03-05", "answering:owner-2": None, "holding": None}


@pytest.mark.parametrize("step", [answer, excuse, recall, prolong, inspect])
def test_for_whom_a_step_may_be_done_apart(stage: Stage, step: Step) -> None:
    assert concerned(stage.case, APART, step) == ["owner-1", "owner-2"]
    assert concerned(stage.case, APART, end) == []


# ---------------------------------------------------------------- the notice on which a pause depends


def inspected_from_5_to_15_march(stage: Stage) -> None:
    do(stage, inspect, 4)
    do(stage, inspected, 14)


def test_a_notice_to_somebody_else_makes_no_pause_count(stage: Stage) -> None:
    inspected_from_5_to_15_march(stage)
    deliver(stage, "witness-1", 15)
    assert set(ends(stage).values()) == {PLAIN}


def test_a_period_of_the_case_waits_until_all_of_the_role_have_the_notice(stage: Stage) -> None:
    inspected_from_5_to_15_march(stage)
    deliver(stage, "owner-1", 15)
    assert ends(stage) == {"answering:owner-1": LATER, "answering:owner-2": PLAIN, "holding": PLAIN}
    deliver(stage, "owner-2", 16)
    assert ends(stage) == {"answering:owner-1": LATER, "answering:owner-2": LATER, "holding": LATER}


def test_who_has_left_need_not_have_the_notice(stage: Stage) -> None:
    inspected_from_5_to_15_march(stage)
    leaving = {"change": "leaves", "party": "owner-2", "reason": "撤回", "article": "第一条"}
    stage.perform(change_party, FIRST + timedelta(days=15), leaving)
    deliver(stage, "owner-1", 15)
    assert ends(stage)["holding"] == LATER
