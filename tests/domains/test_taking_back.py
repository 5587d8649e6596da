"""Worked examples that take back an act, and that go on in a case which a step opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import ExampleFailed, rehearse
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env
from fadu.rules.errors import DeclarationError
from fadu.rules.law import load_library
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar

ENV = Env(load_library(), load_calendar(), shipped_thresholds())
HEAD = {"说明": "例", "依据": "《行政复议法》第三十条", "程序": "行政复议"}
RECEIVED: dict[str, Any] = {
    "日期": "2024-03-04",
    "办理": "收到复议申请",
    "其余": "略",
    "填写": {"申请期限起算日": "2024-02-20"},
    "当事人": [{"身份": "申请人", "姓名或者名称": "王某"}, {"身份": "被申请人", "姓名或者名称": "某局"}],
    "复议请求": [{"请求内容": "撤销"}],
}
ACCEPTED = {"日期": "2024-03-05", "办理": "受理"}
BACK = {"办理": "受理", "理由": "材料不齐", "依据": "《行政复议法》第三十一条"}


def play(folder: Path, *entries: dict[str, Any]) -> Stage:
    """Plays the entries after the receipt; an entry 应当 that does not hold raises ExampleFailed."""
    text = yaml.safe_dump({**HEAD, "经过": [RECEIVED, *entries]}, allow_unicode=True, sort_keys=False)
    path = folder / "story.yaml"
    path.write_text(text.replace("'", ""), encoding="utf-8")
    return rehearse(path, registry(), ENV)


def stands(day: str, **said: Any) -> dict[str, Any]:
    return {"日期": day, "应当": said}


def test_the_case_is_as_if_the_act_had_not_been(tmp_path: Path) -> None:
    """State and periods come back: the screening runs again, the trial never began, silence accepts in the end."""
    stage = play(
        tmp_path,
        ACCEPTED,
        {"日期": "2024-03-06", "撤回": BACK, "由": "机构负责人"},
        stands("2024-03-06", 状态="受理审查", 期限={"受理审查": {"届满": "2024-03-11", "情况": "进行中"}}),
        stands("2024-03-12", 状态="审理中", 期限={"受理审查": {"情况": "视为"}, "审理": {"届满": "2024-05-10"}}),
    )
    assert [(event.label, event.reverses) for event in stage.record] == [
        ("收到复议申请", None), ("受理", None), ("撤回错误操作", 2), ("视为受理", None),
    ]  # fmt: skip


def test_a_lapse_taken_back_does_not_come_again(tmp_path: Path) -> None:
    back = {"办理": "视为受理", "理由": "期满前已经口头告知补正", "依据": "《行政复议法》第三十一条"}
    stage = play(tmp_path, {"日期": "2024-03-13", "撤回": back}, stands("2024-03-15", 状态="受理审查"))
    assert [event.label for event in stage.record].count("视为受理") == 1
    assert stage.case.table("clock")["screen"]["held"] is True


def test_by_number(tmp_path: Path) -> None:
    by_number = {"序号": 2, "理由": "误办", "依据": "条文"}
    stage = play(tmp_path, ACCEPTED, {"日期": "2024-03-06", "撤回": by_number}, stands("2024-03-06", 状态="受理审查"))
    assert stage.record[-1].reverses == 2


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"撤回": {**BACK, "办理": "收到复议申请"}}, "立卷和撤回本身不能撤回"),
        ({"撤回": {"序号": 9, "理由": "误办", "依据": "条文"}}, "没有这一操作"),
        ({"撤回": BACK, "由": "承办人"}, "不能撤回自己办理的操作"),
    ],
)
def test_what_cannot_be_taken_back(tmp_path: Path, entry: dict[str, Any], words: str) -> None:
    refused = {"日期": "2024-03-06", "应当拒绝": words, **entry}
    stage = play(tmp_path, ACCEPTED, refused, stands("2024-03-06", 状态="审理中"))
    assert [event.label for event in stage.record] == ["收到复议申请", "受理"]


def test_the_later_act_first(tmp_path: Path) -> None:
    stopped = {"日期": "2024-03-06", "办理": "中止审理", "其余": "略"}
    back = {"日期": "2024-03-07", "撤回": BACK, "应当拒绝": "此后已办理“中止审理”"}
    stage = play(tmp_path, ACCEPTED, stopped, back, stands("2024-03-07", 状态="已中止"))
    assert "撤回错误操作" not in [event.label for event in stage.record]


def test_an_act_is_taken_back_once(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="已经撤回"):
        play(tmp_path, ACCEPTED, {"日期": "2024-03-06", "撤回": BACK}, {"日期": "2024-03-06", "撤回": BACK})


def test_an_opened_case_goes_on_by_itself(tmp_path: Path) -> None:
    letter = {"案件": "行政复议意见书"}
    stage = play(
        tmp_path,
        ACCEPTED,
        {"日期": "2024-03-06", "办理": "制发行政复议意见书", "其余": "略"},
        {"日期": "2024-03-07", **letter, "送达": {"文书": "行政复议意见书"}},
        {"日期": "2024-03-08", "送达": {"文书": "行政复议受理通知书"}},
        {**stands("2024-05-07", 状态="待报送纠正情况", 期限={"报送期限": {"情况": "逾期"}}), **letter},
        stands("2024-05-07", 状态="审理中", 打开=["行政复议意见书"]),
    )
    assert [text.system for text in stage.opened()] == ["opinion_letter"]


def test_no_such_case_was_opened(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match="没有名为“行政复议意见书”的已经打开的案件"):
        play(tmp_path, ACCEPTED, {"日期": "2024-03-06", "案件": "行政复议意见书", "送达": {"文书": "行政复议意见书"}})


def test_what_differs_in_an_opened_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExampleFailed, match="状态应为 已办结"):
        play(
            tmp_path,
            ACCEPTED,
            {"日期": "2024-03-06", "办理": "制发行政复议意见书", "其余": "略"},
            {**stands("2024-03-07", 状态="已办结"), "案件": "行政复议意见书"},
        )
