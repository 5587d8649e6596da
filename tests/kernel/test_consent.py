"""A party may agree to a day for which its notice came too late: for itself, and for that day alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fadu.common.standing import serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env
from fadu.rules import sheet
from fadu.rules.casefile import handed_over, refold
from fadu.rules.errors import BadInput, DeclarationError, GatesUnmet
from fadu.rules.gates import in_good_time
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import CASE_OFFICER, Opens, Step
from fadu.rules.working_days import load_calendar
from tests.kernel import small as s

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
FIRST = date(2024, 3, 1)
DOCUMENTS = Path(s.__file__).parent / "documents"

agree = Step(name="agree", label="同意听证日期", by=(s.APPLICANT, s.RESPONDENT), at=(s.ACCEPTED,), article="第五十一条")
LEAD = replace(s.in_advance, consent=agree)
TEXT = replace(s.SMALL, steps=(*s.SMALL.steps, agree), leads=(LEAD,))


def do(stage: Stage, step: Step, day: int, of: str = "", **values: object) -> None:
    stage.perform(step, date(2024, 3, day), values, party=of)


def arranged(on: int = 7) -> Stage:
    """A hearing on that day of March; its notice reaches both on the 5th: in time from the 10th on."""
    stage = Stage(TEXT, ENV, FIRST)
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 3},
    ]
    stage.perform(s.apply, FIRST, {
        "known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}],
    })  # fmt: skip
    do(stage, s.accept, 1)
    do(stage, s.arrange, 4, hearing_on=date(2024, 3, on))
    for party in ("applicant-1", "respondent-1"):
        day = date(2024, 3, 5)
        do(stage, serve, 5, paper="notice-1", party=party, method="direct", sent_on=day, received_on=day, proof="回证")
    return stage


def test_the_declaration_holds_and_is_told() -> None:
    judge(TEXT, ENV.library, DOCUMENTS)
    row = next(row for row in sheet.periods(TEXT, ENV.library) if row.label == "听证通知")
    assert row.details[0].endswith("送达申请人、被申请人，或者由其“同意听证日期”")
    assert in_good_time(LEAD, "第五十一条").todo == (
        "请另定日期并重新通知，或者在通知送达满规定时间后举行；当事人同意的，办理“同意听证日期”。"
    )


def test_everybody_has_to_agree() -> None:
    stage = arranged()
    do(stage, agree, 5, "applicant-1")
    with pytest.raises(GatesUnmet, match="期限不足"):
        do(stage, s.hold, 7)
    do(stage, agree, 6, "respondent-1")
    do(stage, s.hold, 7)
    assert stage.case.table("track")["hearing"]["state"] == "held"
    assert refold(stage.case, stage.record) == stage.case


def test_who_agrees_is_named_and_is_in_the_case() -> None:
    stage = arranged()
    for party in ("", "applicant-9"):
        with pytest.raises(BadInput, match="请选择“同意听证日期”的是哪一名当事人"):
            do(stage, agree, 5, party)


def test_another_day_needs_another_consent() -> None:
    stage = arranged()
    for party in ("applicant-1", "respondent-1"):
        do(stage, agree, 5, party)
    do(stage, s.arrange, 6, hearing_on=date(2024, 3, 8))
    with pytest.raises(GatesUnmet, match="期限不足"):
        do(stage, s.hold, 8)
    for party in ("applicant-1", "respondent-1"):
        do(stage, agree, 8, party)
    do(stage, s.hold, 8)


def test_consent_stands_beside_a_notice_in_time() -> None:
    stage = arranged(on=20)
    do(stage, s.hold, 20)
    assert all("consents" not in row for row in stage.case.table("party").values())


def test_nobody_agrees_to_no_day() -> None:
    stage = Stage(TEXT, ENV, FIRST)
    parties = [{"role": "applicant", "name": "张三", "kind": "person"}]
    stage.perform(s.apply, FIRST, {
        "known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}],
    })  # fmt: skip
    do(stage, s.accept, 1)
    with pytest.raises(GatesUnmet, match="还没有确定日期，“听证通知”无从同意"):
        do(stage, agree, 2)


def test_a_consent_is_not_handed_to_another_case() -> None:
    stage = arranged()
    do(stage, agree, 5, "applicant-1")
    handed = handed_over(stage.case, Opens(system="follow", step="open", parties={"body": "applicant"}))
    assert set(handed["parties"][0]).isdisjoint({"consents", "since", "before"})


@pytest.mark.parametrize("by", [(CASE_OFFICER,), (s.APPLICANT, CASE_OFFICER)])
def test_only_those_who_are_told_agree(by: tuple[object, ...]) -> None:
    other = replace(agree, by=by)
    wrong = replace(TEXT, steps=(*s.SMALL.steps, other), leads=(replace(LEAD, consent=other),))
    with pytest.raises(DeclarationError, match="并由受通知的当事人办理"):
        judge(wrong, ENV.library, DOCUMENTS)
