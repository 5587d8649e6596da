"""Published declarations keep their digest until the revision rises; the catalogue on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fadu.cli import registry as command
from fadu.rules import published
from fadu.rules.errors import DeclarationError, Refusal
from fadu.rules.published import Published
from fadu.rules.registry import registry

ONE = {("suggestion", "2025"): Published(1, "aa")}


def test_the_declarations_are_those_published() -> None:
    """Fails when a declaration changed: raise its `revision` by one, then run `fadu registry publish`."""
    before, now = published.read(command.DECLARATIONS), published.current(registry())
    assert published.changed_without_revision(before, now) == []
    assert published.not_published(before, now) == [], "运行 fadu registry publish"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({("suggestion", "2025"): Published(1, "bb")}, "请把 revision 改为 2"),
        ({("suggestion", "2025"): Published(2, "aa")}, "修订号变了，声明却没有变"),
        ({}, "已经公布，不能删除"),
    ],
)
def test_a_silent_change_is_told(now: dict[tuple[str, str], Published], told: str) -> None:
    assert [told in sentence for sentence in published.changed_without_revision(ONE, now)] == [True]


def test_a_new_text_and_a_new_revision_are_no_fault() -> None:
    now = {("suggestion", "2025"): Published(2, "bb"), ("other", "2025"): Published(1, "cc")}
    assert published.changed_without_revision(ONE, now) == []
    assert published.not_published(ONE, now) == [
        "程序 suggestion 2025 第2次修订还没有公布",
        "程序 other 2025 第1次修订还没有公布",
    ]


def test_publishing_writes_what_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "declarations.yaml"
    assert published.read(file) == {}
    assert published.publish(file, ONE) == ["程序 suggestion 2025 第1次修订已公布"]
    assert published.read(file) == ONE
    assert published.publish(file, ONE) == []
    text = file.read_text(encoding="utf-8")
    with pytest.raises(DeclarationError, match="revision 改为 2"):
        published.publish(file, {("suggestion", "2025"): Published(1, "bb")})
    assert file.read_text(encoding="utf-8") == text


# ---------------------------------------------------------------- the command


def said(*words: str) -> str:
    result = CliRunner().invoke(command.registry, list(words), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_list_names_rooms_texts_and_figures() -> None:
    text = said("list")
    for word in ("行政复议、行政应诉与行政赔偿（review）", "reconsideration", "2017", "2023", "recon_in_time_rate"):
        assert word in text


@pytest.mark.parametrize("name", ["reconsideration", "行政复议"])
def test_show_writes_the_sheet_of_the_newest_text(name: str) -> None:
    text = said("show", name)
    for word in (
        "《行政复议法》2023，自2024-01-01起，现行有效",
        "受理  《行政复议法》第三十条第一款",
        "不能办理的情形：申请超过了法定申请期限（《行政复议法》第二十条第一款）",
        "办理：机关负责人，须经呈批",
        "随审理程序，普通程序：60日；可延长30日，1次；批准：行政复议机构的负责人",
        "简易程序：30日；简易程序转为普通程序：60日",
        "按“因不动产提出”，是：20年；否：5年",
        "届满（视为已作出）：审查期限届满未作出不予受理决定，视为受理",
        "《行政复议决定书》\n    送达：申请人、被申请人、第三人",
        "“听证日期”提前5个工作日",
    ):
        assert word in text


def test_show_writes_an_older_text() -> None:
    text = said("show", "reconsideration", "--text", "2017")
    assert "《行政复议法》2017，自1999-10-01起，至2023-12-31" in text
    assert "由文书确定（补正期限（日））" in text
    assert "《行政复议法》（2017）第二十三条第一款\n    长度：10日" in text


@pytest.mark.parametrize("words", [("show", "nothing"), ("show", "reconsideration", "--text", "1999")])
def test_show_says_what_is_not_there(words: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="没有名为"):
        said(*words)


def test_publish_says_when_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "DECLARATIONS", tmp_path / "declarations.yaml")
    assert "程序 reconsideration 2023 第1次修订已公布" in said("publish")
    assert said("publish") == "没有变化。\n"
