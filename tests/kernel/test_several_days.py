"""Clocks that start on the first or the last of several days, of whatever kind each of them is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fadu.common.standing import serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, running
from fadu.rules import sheet
from fadu.rules.clocks import explain
from fadu.rules.errors import DeclarationError
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import CASE_OFFICER, Done, Earliest, EndOf, FactDay, Latest, Served
from fadu.rules.working_days import load_calendar
from tests.kernel import small as s

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
FIRST = date(2024, 3, 1)
DOCUMENTS = Path(s.__file__).parent / "documents"

REACHED, TALKED, SAID = Served(s.copy, s.RESPONDENT), Done((s.deliberate,)), FactDay("hearing_on")
clock = replace(
    s.trial, name="several", label="办理期限", until=(s.extend,), bearer=CASE_OFFICER, pauses=(), extensions=(),
    lapse=s.publishing.lapse,
)  # fmt: skip


def text(after: Any) -> Any:
    return replace(s.SMALL, clocks=(*s.SMALL.clocks, replace(clock, after=after)))


def accepted(after: Any) -> Stage:
    stage = Stage(text(after), ENV, FIRST)
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 3},
    ]
    stage.perform(s.apply, FIRST, {
        "known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}],
    })  # fmt: skip
    stage.perform(s.accept, FIRST, {})
    return stage


def deliver(stage: Stage, entered: int, on: int) -> None:
    day = date(2024, 3, on)
    stage.perform(serve, date(2024, 3, entered), {
        "paper": "copy-1", "party": "respondent-1", "method": "direct", "sent_on": day, "received_on": day,
        "proof": "回证",
    })  # fmt: skip


def talk(stage: Stage, day: int) -> None:
    stage.perform(s.deliberate, date(2024, 3, day), {"secret": "略"})


def arrange(stage: Stage, day: int, said: int) -> None:
    stage.perform(s.arrange, date(2024, 3, day), {"hearing_on": date(2024, 3, said)})


def starts(stage: Stage) -> list[str]:
    return [row["start"] for _, row in stage.case.of("clock", name="several")]


def test_the_last_day_starts_the_clock_when_all_have_come() -> None:
    stage = accepted(Latest((TALKED, REACHED)))
    talk(stage, 4)
    assert starts(stage) == []
    deliver(stage, 6, 5)
    assert starts(stage) == ["2024-03-05"]
    row = stage.case.table("clock")["several"]
    told = explain(running(row, ENV), ENV.calendar)[0].text
    assert told == "2024年3月5日，《副本》送达被申请人，几项起算日中最后到来的，开始之日不计入。"


def test_the_order_in_which_they_are_entered_does_not_matter() -> None:
    stage = accepted(Latest((TALKED, REACHED)))
    deliver(stage, 2, 2)
    talk(stage, 4)
    assert starts(stage) == ["2024-03-04"]


def test_the_first_day_starts_it_and_an_earlier_one_moves_it() -> None:
    stage = accepted(Earliest((TALKED, REACHED)))
    talk(stage, 6)
    assert starts(stage) == ["2024-03-06"]
    deliver(stage, 8, 5)
    assert starts(stage) == ["2024-03-05"]
    talk(stage, 9)
    assert starts(stage) == ["2024-03-05"]


def test_a_stated_day_that_is_corrected_moves_it() -> None:
    stage = accepted(Latest((SAID, REACHED)))
    arrange(stage, 4, 20)
    deliver(stage, 6, 5)
    found = [starts(stage)]
    for day, said in ((7, 12), (8, 2), (9, 25)):
        arrange(stage, day, said)
        found.append(starts(stage))
    assert found == [["2024-03-20"], ["2024-03-12"], ["2024-03-05"], ["2024-03-25"]]


def test_answered_it_does_not_start_again() -> None:
    stage = accepted(Earliest((TALKED, REACHED)))
    talk(stage, 4)
    stage.perform(s.extend, date(2024, 3, 5), {})
    talk(stage, 6)
    deliver(stage, 7, 7)
    assert starts(stage) == ["2024-03-04"]


def test_the_end_of_a_period_may_be_one_of_them() -> None:
    stage = accepted(Earliest((TALKED, EndOf("reply"))))
    deliver(stage, 4, 4)  # ten working days: 18 March
    stage.pass_time(date(2024, 3, 20))
    assert starts(stage) == ["2024-03-18"]


def test_people_read_what_is_compared() -> None:
    row = next(row for row in sheet.periods(text(Latest((TALKED, REACHED))), ENV.library) if row.label == "办理期限")
    assert "起算：“合议”之日；《副本》送达被申请人之日，以其中最后到来的为准" in row.details


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (Earliest((TALKED,)), "起算只有一项"),
        (Latest((FactDay("story"), TALKED)), "起算日 story 不是日期"),
        (Latest((FactDay("known_on", looking_back=True), TALKED)), "其中的 known_on 不能回溯"),
        (Latest((EndOf("none"), TALKED)), "所接续的期限 none 没有声明"),
        (Latest((Served(s.receipt, s.RESPONDENT), TALKED)), "但没有这样的送达"),
        (Earliest((Done((replace(s.accept, name="other"),)), TALKED)), "所指的步骤“受理”不在本程序中"),
    ],
)
def test_a_fault_is_found(after: Any, said: str) -> None:
    with pytest.raises(DeclarationError) as refusal:
        judge(text(after), ENV.library, DOCUMENTS)
    assert said in refusal.value.message


@pytest.mark.parametrize("after", [Latest((TALKED, REACHED)), Earliest((SAID, EndOf("trial")))])
def test_what_is_right_passes(after: Any) -> None:
    judge(text(after), ENV.library, DOCUMENTS)
    assert len(sheet.periods(text(after), ENV.library)) == len(s.SMALL.clocks) + 2
