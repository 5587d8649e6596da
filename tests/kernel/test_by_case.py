"""A statute may say that a case follows the text of the day it was opened, not that of each period's start (D1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fadu.common.standing import serve
from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env, by_case_text, length_in_words, reckon_all
from fadu.rules.errors import BadInput, GatesUnmet
from fadu.rules.law import Library, load_library
from fadu.rules.law_files import read_statute
from fadu.rules.procedure import FactDay, InPaper, LapseEffect, Period
from fadu.rules.working_days import load_calendar
from tests.kernel import small as s

FIRST = date(2024, 3, 1)
MADE_UP = """
statute: 示例条例
title: 示例条例
roll: none
roll_basis: 示例
transition: {transition}
transition_basis: 示例条例第九条。
versions:
  - {{label: "2020", title: 示例条例, since: 2020-01-01, before: 2024-04-01}}
  - {{label: "2024", title: 示例条例, since: 2024-04-01}}
periods:
  - period: 办理
    values:
      - &old {{before: 2024-04-01, since: 2020-01-01, kind: max, amount: 10, unit: day, version: "2020",
               article: 第一条, actor: 机关, trigger: 合议, act: 办理}}
      - &new {{since: 2024-04-01, kind: max, amount: 20, unit: day, version: "2024",
               article: 第一条, actor: 机关, trigger: 合议, act: 办理}}
  - period: 通知
    values:
      - {{<<: *old, kind: lead, amount: 3}}
      - {{<<: *new, kind: lead, amount: 9}}
"""


def env(transition: str, folder: Path) -> Env:
    file = folder / "made_up.yaml"
    file.write_text(MADE_UP.format(transition=transition), encoding="utf-8")
    library = Library([*load_library().statutes(), read_statute(file)])
    return Env(library, load_calendar(), shipped_thresholds())


handling = replace(
    s.publishing, name="handling", label="办理期限", period=Period("示例条例", "办理"), after=FactDay("hearing_on"),
    until=(s.extend,),
)  # fmt: skip
ceiling = replace(
    handling, name="in_paper", label="文书期限", after=FactDay("known_on"),
    period=InPaper("pages", "第二条", at_most=Period("示例条例", "办理"), default=Period("示例条例", "办理")),
    lapse=replace(s.sue.lapse, effect=LapseEffect.EXPIRES),  # type: ignore[type-var]
)  # fmt: skip
TEXT = replace(
    s.SMALL,
    clocks=(*s.SMALL.clocks, handling, ceiling),
    leads=(replace(s.in_advance, period=Period("示例条例", "通知")),),
)


def accepted(env: Env, **more: object) -> Stage:
    """A case opened under the old text."""
    stage = Stage(TEXT, env, FIRST)
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": 3},
    ]
    stage.perform(s.apply, FIRST, {
        "known_on": "2024-02-20", "story": "略", "parties": parties, "items": [{"wish": "撤销"}], **more,
    })  # fmt: skip
    stage.perform(s.accept, FIRST, {})
    return stage


@pytest.mark.parametrize(
    ("transition", "last", "told"),
    [
        (
            "by_case",
            date(2024, 4, 20),
            "这一期限按收件立卷之日适用2020年文本，此后的修改不适用于本案。示例条例第九条。",
        ),
        ("by_trigger", date(2024, 4, 30), ""),
    ],
)
def test_a_period_that_starts_after_the_change(transition: str, last: date, told: str, tmp_path: Path) -> None:
    env_ = env(transition, tmp_path)
    stage = accepted(env_)
    stage.perform(s.arrange, date(2024, 4, 8), {"hearing_on": date(2024, 4, 10)})
    row = stage.case.table("clock")["handling"]
    assert (row["start"], reckon_all(stage.case, env_)["handling"].last_day) == ("2024-04-10", last)
    assert by_case_text(row, env_) == told
    days = 10 if told else 20
    assert length_in_words(stage.case, TEXT, "handling", date(2024, 5, 1), env_) == f"{days}日"


def test_before_the_change_there_is_nothing_to_tell(tmp_path: Path) -> None:
    env_ = env("by_case", tmp_path)
    stage = accepted(env_)
    stage.perform(s.arrange, date(2024, 3, 4), {"hearing_on": date(2024, 3, 20)})
    assert by_case_text(stage.case.table("clock")["handling"], env_) == ""


@pytest.mark.parametrize(("transition", "in_time"), [("by_case", True), ("by_trigger", False)])
def test_a_notice_in_advance_follows_the_same_text(transition: str, in_time: bool, tmp_path: Path) -> None:
    stage = accepted(env(transition, tmp_path))
    on = date(2024, 4, 8)
    stage.perform(s.arrange, on, {"hearing_on": date(2024, 4, 12)})
    for party in ("applicant-1", "respondent-1"):
        stage.perform(serve, on, {
            "paper": "notice-1", "party": party, "method": "direct", "sent_on": on, "received_on": on, "proof": "回证",
        })  # fmt: skip
    if in_time:
        stage.perform(s.hold, date(2024, 4, 12), {})
        assert stage.case.table("track")["hearing"]["state"] == "held"
    else:
        with pytest.raises(GatesUnmet, match="期限不足"):
            stage.perform(s.hold, date(2024, 4, 12), {})


def test_the_ceiling_of_a_paper_is_that_of_the_same_text(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="不能长于法律规定的上限（10日）"):
        accepted(env("by_case", tmp_path), pages=11)
    stage = accepted(env("by_case", tmp_path), pages=10)
    assert stage.case.table("clock")["in_paper"]["amount"] == 10
