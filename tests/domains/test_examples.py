"""Every worked example of every room, and what is said about one that does not read or does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from fadu.kernel.parameters import shipped_thresholds
from fadu.kernel.rehearsal import ExampleFailed, rehearse
from fadu.kernel.stage import Stage
from fadu.kernel.timekeeping import Env
from fadu.rules.errors import DeclarationError
from fadu.rules.law import load_library
from fadu.rules.registry import registry
from fadu.rules.working_days import load_calendar

EXAMPLES = [path for room in registry().rooms for path in sorted((room.folder / "examples").glob("*.yaml"))]
ENV = Env(load_library(), load_calendar(), shipped_thresholds())

STORY = """
说明: 收到一件代表建议
依据: 《代表法》第五十一条
程序: 代表建议办理
经过:
  - 日期: 2025-03-31
    办理: 收到代表建议
    其余: 略
    当事人: [{身份: 提出建议的代表, 姓名或者名称: 赵某}]
  - 日期: 2025-03-31
    办理: 交办
    其余: 略
  - 日期: 2025-04-01
    应当:
      状态: 办理中
      期限: {答复期限: {届满: 2025-06-30, 顺延: 2025-06-30, 情况: 进行中}}
"""


def play(folder: Path, story: str) -> Stage:
    """The stage at the end; raises with every difference between the story and what happened."""
    path = folder / "story.yaml"
    path.write_text(story, encoding="utf-8")
    return rehearse(path, registry(), ENV)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_example_holds(path: Path) -> None:
    stage = rehearse(path, registry(), ENV)
    assert stage.case.state, "an example opens a case"
    assert stage.case.position > 0


def test_there_are_examples_on_the_boundaries() -> None:
    assert len(EXAMPLES) >= 30


def test_the_story_holds(tmp_path: Path) -> None:
    assert play(tmp_path, STORY).case.position > 0


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("办理: 交办", "办理: 交班", ["第2条“交班”", "没有名为“交班”的步骤", "交办"]),
        ("程序: 代表建议办理", "程序: 代表建议办", ["没有名为“代表建议办”的程序", "代表建议办理"]),
        ("身份: 提出建议的代表", "身份: 代表", ["第1条", "没有名为“代表”的当事人身份", "提出建议的代表"]),
        ("姓名或者名称: 赵某", "姓名: 赵某", ["没有名为“姓名”的填写项", "姓名或者名称"]),
        ("状态: 办理中", "状态: 办里中", ["第3条“应当”", "没有名为“办里中”的状态", "办理中"]),
        ("{答复期限: ", "{答复: ", ["没有名为“答复”的期限", "答复期限"]),
        ("届满: 2025-06-30", "到期: 2025-06-30", ["没有名为“到期”的项目", "届满"]),
        ("日期: 2025-04-01", "日期: 2025-03-01", ["第3条“应当”", "日期早于前一条"]),
        ("依据: 《代表法》第五十一条", "根据: 《代表法》第五十一条", ["没有名为“根据”的项目", "依据"]),
        ("    其余: 略\n  - 日期: 2025-04-01", "    其他: 略\n  - 日期: 2025-04-01", ["第2条“交办”", "“其他”", "其余"]),
        ("状态: 办理中", "状态: [", ["story.yaml", "不是有效的 YAML"]),
    ],
)
def test_a_wrong_word_is_told_with_its_place_and_the_nearest(
    tmp_path: Path, right: str, wrong: str, told: list[str]
) -> None:
    assert right in STORY
    with pytest.raises(DeclarationError) as refusal:
        play(tmp_path, STORY.replace(right, wrong))
    said = refusal.value.message + (refusal.value.todo or "")
    assert "story.yaml" in said
    for words in told:
        assert words in said


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("状态: 办理中", "状态: 已答复", "第3条“应当”：状态应为 已答复，实际为 办理中"),
        ("届满: 2025-06-30", "届满: 2025-07-01", "期限“答复期限”的届满应为 2025-07-01，实际为 2025-06-30"),
        ("情况: 进行中", "情况: 逾期", "期限“答复期限”的情况应为 逾期，实际为 进行中"),
        ("办理: 交办", "办理: 办结", "第2条“办结”：被拒绝"),
        ("    其余: 略\n  - 日期: 2025-04-01", "  - 日期: 2025-04-01", "“难易程度”没有填写"),
        ("      状态: 办理中", "      文书: [代表建议答复函]", "没有制作《代表建议答复函》"),
    ],
)
def test_what_differs_is_told(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert right in STORY
    with pytest.raises(ExampleFailed) as failure:
        play(tmp_path, STORY.replace(right, wrong))
    assert told in failure.value.message


def test_a_refusal_that_does_not_come_is_told(tmp_path: Path) -> None:
    story = STORY.replace(
        "    其余: 略\n  - 日期: 2025-04-01", "    其余: 略\n    应当拒绝: 期限\n  - 日期: 2025-04-01"
    )
    with pytest.raises(ExampleFailed, match="应当以“期限”拒绝，实际办成了"):
        play(tmp_path, story)


def test_a_refusal_with_other_words_is_told(tmp_path: Path) -> None:
    story = STORY.replace("办理: 交办\n    其余: 略", "办理: 办结\n    应当拒绝: 期限")
    with pytest.raises(ExampleFailed, match="应当以“期限”拒绝，实际为"):
        play(tmp_path, story)


def test_a_refused_act_changes_nothing(tmp_path: Path) -> None:
    refused = "办理: 交办\n    应当拒绝: 没有填写\n  - 日期: 2025-03-31\n    办理: 交办\n    其余: 略"
    assert play(tmp_path, STORY.replace("办理: 交办\n    其余: 略", refused)).case == play(tmp_path, STORY).case
