"""Minimum waits that end early: each party gives up its own, and somebody with a reason makes them shorter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest

from fadu.common.standing import serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import situation
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, reckon_all, running
from fadu.rules import sheet
from fadu.rules.clocks import explain
from fadu.rules.errors import BadInput, DeclarationError, GatesUnmet
from fadu.rules.facts import Audience, Count, Fact, Text
from fadu.rules.gates import over
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, InPaper, Period, Procedure, Served, Shortening, Step, Wait
from fadu.rules.working_days import load_calendar
from tests.kernel import small as s

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
FIRST = date(2024, 3, 1)
DOCUMENTS = Path(s.__file__).parent / "documents"


class WaitFacts(s.SmallFacts):
    shorter: Annotated[Count, Fact("缩短后的天数", Audience.PARTIES)]
    why: Annotated[Text, Fact("缩短的理由", Audience.PARTIES)]


waive = Step(name="waive", label="放弃等待", by=(s.APPLICANT,), at=(s.ACCEPTED,), article="第三十五条")
shorten = Step(
    name="shorten", label="紧急时缩短", by=(BODY_HEAD,), at=(s.ACCEPTED,), takes=("shorter", "why"), reason="why",
    article="第三十六条",
)  # fmt: skip
enforce = Step(
    name="enforce", label="开始执行", by=(CASE_OFFICER,), at=(s.ACCEPTED,),
    gates=(over("urged", "催告期限还没有届满", "第三十七条"),),
)  # fmt: skip
urged = Wait(
    name="urged", label="催告期限", period=Period("行政强制法", "申请前催告"), after=Served(s.receipt, s.APPLICANT),
    per=s.APPLICANT, bearer=CASE_OFFICER, waived_by=(waive,),
    shortened_by=Shortening(by=shorten, to=InPaper("shorter", "第三十六条")),
)  # fmt: skip
URGING = replace(
    s.SMALL, facts=WaitFacts, steps=(*s.SMALL.steps, waive, shorten, enforce), clocks=(*s.SMALL.clocks, urged)
)


def served() -> Stage:
    """A case with two applicants, each served with the paper that starts the wait, on the 1st and on the 4th."""
    stage = Stage(URGING, ENV, FIRST)
    parties = [{"role": "applicant", "name": name, "kind": "person"} for name in ("张三", "李四")]
    parties.append({"role": "respondent", "name": "某局", "kind": "organ", "organ": 3})
    stage.perform(s.apply, FIRST, {
        "known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}],
    })  # fmt: skip
    stage.perform(s.accept, FIRST, {})
    for number, day in ((1, 1), (2, 4)):
        on = date(2024, 3, day)
        stage.perform(serve, on, {
            "paper": "receipt-1", "party": f"applicant-{number}", "method": "direct", "sent_on": on,
            "received_on": on, "proof": "回证",
        })  # fmt: skip
    return stage


def do(stage: Stage, step: Step, day: int, values: Mapping[str, Any] | None = None, party: str = "") -> None:
    stage.perform(step, date(2024, 3, day), values or {}, party=party)


def stands(stage: Stage, key: str, day: int) -> str:
    row = stage.case.table("clock")[key]
    return situation(stage.case, row, reckon_all(stage.case, ENV)[key], date(2024, 3, day), waits=True)


def told(stage: Stage, key: str) -> list[str]:
    return [entry.text for entry in explain(running(stage.case.table("clock")[key], ENV), ENV.calendar)]


def test_the_declaration_holds_and_is_told() -> None:
    judge(URGING, ENV.library, DOCUMENTS)
    row = next(row for row in sheet.periods(URGING, ENV.library) if row.label == "催告期限")
    assert "当事人可以放弃：“放弃等待”" in row.details
    assert "可以缩短：“紧急时缩短”，写明理由和“缩短后的天数”（第三十六条）" in row.details


def test_a_wait_is_over_for_all_when_the_last_one_is() -> None:
    stage = served()
    with pytest.raises(GatesUnmet, match="催告期限还没有届满"):
        do(stage, enforce, 18)  # the tenth working day of the second applicant
    do(stage, enforce, 19)


def test_each_gives_up_for_himself_alone() -> None:
    stage = served()
    with pytest.raises(BadInput, match="请选择“放弃等待”的是哪一名当事人"):
        do(stage, waive, 4)
    do(stage, waive, 4, party="applicant-1")
    assert (stands(stage, "urged:applicant-1", 5), stands(stage, "urged:applicant-2", 5)) == ("已放弃", "进行中")
    with pytest.raises(GatesUnmet, match="催告期限还没有届满"):
        do(stage, enforce, 5)
    do(stage, waive, 5, party="applicant-2")
    do(stage, enforce, 5)
    assert "2024年3月4日放弃等待，自该日起不必再等待期满。" in told(stage, "urged:applicant-1")


def test_a_shorter_wait_is_waited_for() -> None:
    stage = served()
    with pytest.raises(BadInput, match=r"缩短后的期限应当短于原来的期限（不少于10个工作日）"):
        do(stage, shorten, 4, {"shorter": 14, "why": "汛期"})
    with pytest.raises(BadInput, match="至少为1"):
        do(stage, shorten, 4, {"shorter": 0, "why": "汛期"})
    do(stage, shorten, 4, {"shorter": 6, "why": "汛期"})
    with pytest.raises(GatesUnmet, match="催告期限还没有届满"):
        do(stage, enforce, 10)  # a Sunday, from which a minimum wait does not move
    do(stage, enforce, 11)
    found = told(stage, "urged:applicant-2")
    assert "2024年3月4日缩短为6日（原为不少于10个工作日）：紧急时缩短。" in found
    assert any(text.startswith("文书确定的期限：6日") for text in found)


FAULTS: dict[str, tuple[Wait, str]] = {
    "given up by an officer": (replace(urged, waived_by=(shorten,)), "只能由当事人放弃，步骤“紧急时缩短”不是由当事人"),
    "given up elsewhere": (
        replace(urged, waived_by=(replace(waive, name="other", label="别的"),)), "所指的步骤“别的”不在本程序中",
    ),
    "one wait of many": (replace(urged, per=None), "应当按当事人各自计算"),
    "without a reason": (
        replace(urged, shortened_by=Shortening(by=s.extend, to=InPaper("shorter", "第三十六条"))),
        "并要求写明理由和缩短后的长度",
    ),
    "by no number": (
        replace(urged, shortened_by=Shortening(by=shorten, to=InPaper("why", "第三十六条"))),
        "文书所定长度 why 不是数字",
    ),
    "under a ceiling": (
        replace(
            urged,
            shortened_by=Shortening(by=shorten, to=InPaper("shorter", "第三十六条", at_most=Period(s.LAW, "审理"))),
        ),
        "缩短后的长度不能另有法定长度",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_wait_is_found(name: str) -> None:
    wait, said = FAULTS[name]
    clocks = tuple(wait if clock is urged else clock for clock in URGING.clocks)
    wrong: Procedure = replace(URGING, clocks=clocks)
    with pytest.raises(DeclarationError) as refusal:
        judge(wrong, ENV.library, DOCUMENTS)
    assert said in refusal.value.message
