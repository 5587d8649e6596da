"""`fadu read` as people and programs call it."""

import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from fadu.cli.read import reader

GOOD = "全区共收到申请71件,其中受理50件,其他方式处理21件,受理率100%。"


def test_one_file_as_json(tmp_path: Path) -> None:
    file = tmp_path / "报告.txt"
    file.write_text(GOOD, encoding="utf-8")
    done = CliRunner().invoke(reader, ["--format", "json", str(file)])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert [(one["raw"], one["value"], one["unit"]) for one in told["claims"]] == [
        ("71", 71, "件"),
        ("50", 50, "件"),
        ("21", 21, "件"),
        ("100%", 100, "%"),
    ]
    assert {one["verdict"] for one in told["relations"]} == {"holds", "alternative"}
    assert told["numbers"] == len(told["claims"]) + len(told["not_claims"]) + len(told["unread"])


def test_findings_are_no_errors_and_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("受理30件:审结20件,在办11件。", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    done = CliRunner().invoke(reader, [str(tmp_path), "--jobs", "2"])
    assert done.exit_code == 0
    assert "不符" in done.stdout
    assert "b.pdf：这个 PDF 文件已经损坏" in done.stderr
    assert "读了 1 个文件，1 个没有读成" in done.stderr


def test_nothing_read_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "空.txt"
    file.touch()
    done = CliRunner().invoke(reader, [str(file)])
    assert done.exit_code == 1
    assert "文件是空的" in done.stderr


def test_standard_input_as_a_page() -> None:
    done = CliRunner().invoke(reader, ["-", "--format", "html"], input=GOOD)
    assert done.exit_code == 0
    assert '<a class="alternative"' in done.stdout
    assert "只有分母扣除" in done.stdout


def test_a_workbook_of_figures_and_checks(tmp_path: Path) -> None:
    file, out = tmp_path / "a.txt", tmp_path / "out.xlsx"
    file.write_text(GOOD, encoding="utf-8")
    assert CliRunner().invoke(reader, [str(file), "--format", "xlsx", "--out", str(out)]).exit_code == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["数字", "核对", "没有读懂"]
    assert [row[2] for row in book["数字"].iter_rows(min_row=2, values_only=True)] == ["71", "50", "21", "100%"]
