"""A duty that a room takes from fadu.common: paid in parts, put off with a reason, enforced when late, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fadu.domains.review.compensation.payment import TEXT
from fadu.kernel.rehearsal import situation
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, local_thresholds, reckon_all
from fadu.rules.errors import BadInput, GatesUnmet, Refusal
from fadu.rules.law import load_library
from fadu.rules.working_days import load_calendar

ENV = Env(load_library(), load_calendar(), local_thresholds())
OPENED = date(2024, 4, 22)
LAST = date(2024, 5, 7)
PARTIES = [
    {"role": "obligor", "name": "某区财政局", "kind": "organ"},
    {"role": "obligee", "name": "王某", "kind": "person"},
]
PROOF = {"performance_proof": "回单"}


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
    do(stage, "complete_part", OPENED, performed_amount="1000.00", **PROOF)
    with pytest.raises(GatesUnmet, match="还没有付清"):
        do(stage, "complete_duty", LAST, performance_result="已转账", **PROOF)
    with pytest.raises(BadInput) as refusal:
        do(stage, "complete_duty", LAST, performed_amount="3000.00", performance_result="已转账")
    assert "履行凭证" in "".join(refusal.value.fields.values())
    do(stage, "complete_duty", LAST, performed_amount="3000.00", performance_result="已转账", **PROOF)
    assert stage.case.closed == LAST.isoformat()


def test_a_deed_has_no_amount() -> None:
    stage = owed(None)
    do(stage, "complete_duty", LAST, performance_result="已返还设备", **PROOF)
    assert stage.case.state == "performed"


def test_put_off_before_the_end_it_is_late_later() -> None:
    stage = owed()
    do(stage, "allow_parts", LAST, extension_days=30, extension_reason="分三期支付")
    assert stands(stage, date(2024, 6, 6)) == "进行中"
    assert stands(stage, date(2024, 6, 7)) == "逾期"
    with pytest.raises(GatesUnmet, match="期限已经届满"):
        do(stage, "allow_parts", date(2024, 6, 7), extension_days=30, extension_reason="再分期")


def test_it_is_enforced_when_late_only_and_may_be_ended() -> None:
    stage = owed()
    with pytest.raises(Refusal, match="履行期限还没有届满"):
        do(stage, "enforce_duty", LAST, enforced_by="court")
    do(stage, "enforce_duty", date(2024, 5, 8), enforced_by="court")
    do(stage, "end_duty", date(2024, 5, 9), end_reason="权利人放弃")
    assert (stage.case.state, stage.case.facts["enforced_by"]) == ("ended", "court")
    assert stage.case.table("clock")["duty"]["lapsed"] == {"effect": "breaches", "day": LAST.isoformat()}
