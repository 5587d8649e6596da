"""`fadu law`: what a person sees when looking up the law."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fadu.cli.law import law


def run(*arguments: str) -> Result:
    return CliRunner().invoke(law, arguments)


def test_show_gives_the_values_of_that_day() -> None:
    shown = run("show", "行政复议法", "--on", "2023-12-31")
    assert shown.exit_code == 0
    line = next(line for line in shown.output.splitlines() if line.startswith("答复举证"))
    assert line.split() == [
        *("答复举证", "被申请人", "10日", "期限", "第二十三条第一款"),
        *("1999-10-01", "至", "2023-12-31"),
    ]
    assert "简易程序" not in shown.output


def test_show_follows_the_version() -> None:
    shown = run("show", "行政复议法", "--on", "2024-01-01").output
    line = next(line for line in shown.splitlines() if line.startswith("答复举证"))
    assert line.split()[1:5] == ["被申请人", "10个工作日", "期限", "第四十八条"]
    assert "延长：可延长30日，1次；批准：行政复议机构的负责人；条件：情况复杂；书面告知当事人" in shown
    assert "转送他机关" not in shown
    assert "简易程序款额：不超过3,000元（《行政复议法》第五十三条第一款第三项）" in shown
    assert "转送他机关" in run("show", "行政复议法", "--all").output


def test_show_says_when_nothing_was_in_force() -> None:
    assert "该日没有有效的数值" in run("show", "行政复议法", "--on", "1990-01-01").output


def test_show_answers_a_mistyped_name_with_the_nearest() -> None:
    shown = run("show", "行政复议发")
    assert shown.exit_code == 2
    assert "法律库中没有“行政复议发”" in shown.output
    assert "行政复议法" in shown.output


def test_list_names_versions_and_scope() -> None:
    lines = run("list").output.splitlines()
    assert any(line.split() == ["行政复议法", "27", "2017、2023", "全国"] for line in lines)
    assert any(line.startswith("治安管理处罚法") and line.endswith("治安") for line in lines)


def test_find_looks_into_names_and_acts() -> None:
    found = run("find", "补正").output
    assert "提交补正" in found
    assert "共12个数值。" in found
    assert run("find", "不存在的词").output.endswith("没有找到含有“不存在的词”的期限。\n")


def test_check_counts_and_names_the_edition() -> None:
    checked = run("check")
    assert checked.exit_code == 0
    assert "全部通过检查" in checked.output
    assert "放假通知：2004—2026年。" in checked.output


def test_check_fails_on_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("statute: 试行法\n", encoding="utf-8")
    checked = run("check", str(tmp_path))
    assert checked.exit_code == 1
    assert "法律文件bad.yaml" in str(checked.exception)


@pytest.mark.parametrize("command", ["list", "show", "find", "check"])
def test_every_command_explains_itself(command: str) -> None:
    assert run(command, "--help").exit_code == 0
