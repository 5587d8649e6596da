"""A duty that a room takes from fadu.common: paid in parts, put off with a reason, enforced when late, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fadu.domains.review.compensation.payment import TEXT
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import situation
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, reckon_all
from fadu.rules.errors import BadInput, GatesUnmet, Refusal
from fadu.rules.law import load_library
from fadu.rules.working_days import load_calendar

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
OPENED = date(2024, 4, 22)
LAST = date(2024, 5, 7)
PARTIES = [
    {"role": "obligor", "name": "某区财政局", "kind": "organ"},
    {"role": "obligee", "name": "王某", "kind": "person"},
]
PROOF = {"performance_proof": "回单", "way": "direct"}
PART = {"performance_proof": "回单"}


def owed(amount: str | None = "3000.00") -> Stage:
    stage = Stage(TEXT, ENV, OPENED)
    do(stage, "owe_duty", OPENED, duty="支付赔偿金", parties=PARTIES, **({"amount": amount} if amount else {}))
    return stage


def do(stage: Stage, step: str, day: date, **values: Any) -> None:
    declared = TEXT.step(step)
    assert declared is not None
    stage.perform(declared, day, values)


def stands(stage: Stage, day: date) -> str:
    stage.pass_time(day)
    key, row = stage.case.of("clock", name="duty")[0]
    return situation(stage.case, row, reckon_all(stage.case, ENV)[key], day, waits=False)


def test_on_the_last_day_it_is_in_time_and_the_day_after_it_is_late() -> None:
    assert stands(owed(), LAST) == "进行中"
    assert stands(owed(), date(2024, 5, 8)) == "逾期"
    stage = owed()
    do(stage, "complete_duty", LAST, performed_amount="3000.00", performance_result="已转账", **PROOF)
    assert stands(stage, date(2024, 6, 1)) == "按期"
    assert stage.case.state == "performed"


def test_it_is_performed_when_all_is_paid_and_proof_is_there() -> None:
    stage = owed()
    do(stage, "complete_part", OPENED, performed_amount="1000.00", **PART)
    with pytest.raises(GatesUnmet, match="还没有付清"):
        do(stage, "complete_duty", LAST, performance_result="已转账", **PROOF)
    with pytest.raises(BadInput) as refusal:
        do(stage, "complete_duty", LAST, performed_amount="3000.00", performance_result="已转账", way="direct")
    assert "履行凭证" in "".join(refusal.value.fields.values())
    do(stage, "complete_duty", LAST, performed_amount="3000.00", performance_result="已转账", **PROOF)
    assert stage.case.closed == LAST.isoformat()


def test_a_deed_has_no_amount() -> None:
    stage = owed(None)
    do(stage, "complete_duty", LAST, performance_result="已返还设备", **PROOF)
    assert stage.case.state == "performed"


def test_put_off_before_the_end_it_is_late_later() -> None:
    stage = owed()
    do(stage, "allow_later", LAST, extension_days=30, extension_reason="缓期支付")
    assert stands(stage, date(2024, 6, 6)) == "进行中"
    assert stands(stage, date(2024, 6, 7)) == "逾期"
    with pytest.raises(GatesUnmet, match="期限已经届满"):
        do(stage, "allow_later", date(2024, 6, 7), extension_days=30, extension_reason="再缓期")


def parts(*said: tuple[str, str, str]) -> list[dict[str, str]]:
    return [{"part": name, "due_on": due, "part_amount": amount} for name, due, amount in said]


def test_in_parts_each_has_its_last_day_and_the_late_one_is_told() -> None:
    stage = owed()
    plan = parts(("一", "2024-04-30", "1000.00"), ("二", "2024-05-19", "2000.00"))
    do(stage, "plan_parts", OPENED, parts_reason="分两期支付", items=plan)
    assert stands(stage, date(2024, 5, 8)) == "按期"  # the plan took the place of the term
    first, second = stage.case.table("item")
    step = TEXT.step("complete_next_part")
    assert step is not None
    with pytest.raises(GatesUnmet, match="履行期限还没有届满"):
        do(stage_of_plan(plan), "enforce_duty", date(2024, 4, 30), enforced_by="court")
    stage.perform(step, date(2024, 5, 9), {"performed_amount": "1000.00", **PART}, party=first)
    stage.pass_time(date(2024, 5, 20))  # 19 May is a Sunday: a day that a paper names stays where it is
    rows = {row["party"]: row for _, row in stage.case.of("clock", name="part")}
    assert rows[first]["lapsed"]["day"] == "2024-04-30"
    assert rows[second]["lapsed"]["day"] == "2024-05-19"
    do(stage, "enforce_duty", date(2024, 5, 20), enforced_by="court")
    do(stage, "complete_duty", date(2024, 5, 20), performed_amount="3000.00", performance_result="已付清", **PROOF)
    assert stage.case.state == "performed"


def stage_of_plan(plan: list[dict[str, str]]) -> Stage:
    stage = owed()
    do(stage, "plan_parts", OPENED, parts_reason="分两期支付", items=plan)
    return stage


def test_a_plan_is_of_the_whole_sum_of_days_to_come_and_made_once() -> None:
    stage = owed()
    with pytest.raises(GatesUnmet, match="各期金额之和不等于"):
        do(stage, "plan_parts", OPENED, parts_reason="分期", items=parts(("一", "2024-04-30", "2999.00")))
    with pytest.raises(BadInput) as refusal:
        do(stage, "plan_parts", OPENED, parts_reason="分期", items=parts(("一", "2024-04-21", "3000.00")))
    assert "早于“本期履行”起算的2024-04-22" in refusal.value.fields["items"]
    do(stage, "plan_parts", OPENED, parts_reason="分期", items=parts(("一", "2024-04-22", "3000.00")))
    with pytest.raises(GatesUnmet, match="分期履行中"):
        do(stage, "plan_parts", OPENED, parts_reason="再分期", items=parts(("一", "2024-06-30", "3000.00")))


def test_it_is_enforced_when_late_only_and_may_be_ended() -> None:
    stage = owed()
    with pytest.raises(Refusal, match="履行期限还没有届满"):
        do(stage, "enforce_duty", LAST, enforced_by="court")
    do(stage, "enforce_duty", date(2024, 5, 8), enforced_by="court")
    do(stage, "end_duty", date(2024, 5, 9), end_reason="权利人放弃")
    assert (stage.case.state, stage.case.facts["enforced_by"]) == ("ended", "court")
    assert stage.case.table("clock")["duty"]["lapsed"] == {"effect": "breaches", "day": LAST.isoformat()}
