"""Many files: in order, a few at a time, and one that cannot be read harms no other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from fadu.cli.read import reader
from fadu.report_reader import Reading, batch
from fadu.report_reader.inputs import Loaded, patience
from fadu.report_reader.output import as_workbook
from tests.report_reader import files

GOOD = "全区共收到申请71件,其中受理50件,其他方式处理21件。"


def counted(file: str, reading: Reading, loaded: Loaded) -> int:
    """What a test wants of a reading; ends the process, runs out of memory or fails where the text says so."""
    if "中止" in reading.source:
        os._exit(3)
    if "内存" in reading.source:
        raise MemoryError
    if "出错" in reading.source:
        raise ValueError("x")
    while "太久" in reading.source:
        try:
            sum(range(1000))
        except Exception:
            continue
    Path(file).with_suffix(".done").touch()
    return len(reading.claims)


def folder(tmp_path: Path, texts: list[str]) -> list[Path]:
    for number, text in enumerate(texts):
        (tmp_path / f"{number:03d}.txt").write_text(text, encoding="utf-8")
    return sorted(tmp_path.glob("*.txt"))


def test_all_files_come_in_the_order_given(tmp_path: Path) -> None:
    paths = folder(tmp_path, [GOOD + "另有3件。" * n for n in range(12)])
    assert [done.made for done in batch.read_all(paths, counted, 2)] == [3 + n for n in range(12)]


def test_a_file_that_ends_its_process_harms_no_other(tmp_path: Path) -> None:
    texts = [GOOD] * 12
    texts[3], texts[4], texts[9] = "中止3件。", "内存3件。", "出错3件。"
    found = list(batch.read_all(folder(tmp_path, texts), counted, 2))
    assert [done.made for done in found] == [3, 3, 3, None, None, 3, 3, 3, 3, None, 3, 3]
    assert "异常中止" in found[3].fault
    assert "内存太多" in found[4].fault
    assert "程序出错（ValueError" in found[9].fault


def test_a_file_that_takes_too_long_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.3)
    texts = [GOOD] * 6
    texts[1] = "太久3件。"
    found = list(batch.read_all(folder(tmp_path, texts), counted, 2))
    assert [done.made for done in found] == [3, None, 3, 3, 3, 3]
    assert "时间太长" in found[1].fault


def test_processes_that_end_one_after_another_are_outlived(tmp_path: Path) -> None:
    texts = ["中止3件。" if number % 4 == 1 else GOOD for number in range(14)]
    found = list(batch.read_all(folder(tmp_path, texts), counted, 2))
    assert [done.made for done in found] == [None if number % 4 == 1 else 3 for number in range(14)]


def test_a_command_over_many_files_ends_without_a_word_too_many(tmp_path: Path) -> None:
    folder(tmp_path, [GOOD] * 5)
    command = [sys.executable, "-m", "fadu", "read", str(tmp_path), "--format", "json", "--out", os.devnull]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "读了 5 个文件，0 个没有读成；统计数字 15 个，核对 5 项，其中需要询问的 0 项。\n"


def test_no_more_files_are_begun_than_are_waited_for(tmp_path: Path) -> None:
    paths = folder(tmp_path, [GOOD] * 40)
    reading = batch.read_all(paths, counted, 2)
    next(reading)
    begun = len(list(tmp_path.glob("*.done")))
    reading.close()
    assert 1 <= begun <= 2 * batch.AHEAD
    assert len(list(tmp_path.glob("*.done"))) <= 2 * batch.AHEAD


def test_a_folder_gives_its_reports_and_not_the_locks_of_word(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/二.DOCX", "一.txt", "~$二.docx", ".c.txt", "d.doc"):
        (tmp_path / name).touch()
    paths, faults = batch.files_of([tmp_path])
    assert [path.name for path in paths] == ["二.DOCX", "一.txt"]
    assert faults == []


def test_an_empty_folder_and_a_closed_one_are_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, empty, closed = tmp_path / "a.txt", tmp_path / "空", tmp_path / "关"
    file.write_text(GOOD, encoding="utf-8")
    empty.mkdir()
    closed.mkdir()
    scan = os.scandir

    def scandir(path: Path) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    done = CliRunner().invoke(reader, [str(file), str(empty), str(closed)])
    assert done.exit_code == 0
    assert "空：文件夹里没有 .txt、.html、.docx 或者 .pdf 文件" in done.stderr
    assert "关：没有读取这个文件夹的权限" in done.stderr
    assert "读了 1 个文件，2 个没有读成；统计数字 3 个，核对 1 项" in done.stderr
    assert CliRunner().invoke(reader, [str(empty)]).exit_code == 1


def test_a_name_in_no_encoding_and_the_standard_input_are_read(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xb1\xa8.txt"
    with open(name, "wb") as file:
        file.write(GOOD.encode())
    (tmp_path / "b.txt").write_text(GOOD, encoding="utf-8")
    for form in ("json", "table"):
        done = CliRunner().invoke(reader, [str(tmp_path), "-", "--format", form], input=GOOD)
        assert done.exit_code == 0, done.output
        assert "\ufffd" in done.stdout or form == "table"
    told = json.loads(CliRunner().invoke(reader, [str(tmp_path), "-", "--format", "json"], input=GOOD).stdout)
    assert [len(one["claims"]) for one in told["reports"]] == [3, 3, 3]
    assert told["reports"][2]["file"] == "标准输入"


def test_nothing_read_of_several_is_an_empty_list_and_status_1(tmp_path: Path) -> None:
    folder(tmp_path, ["", ""])
    done = CliRunner().invoke(reader, [str(tmp_path), "--format", "json"])
    assert (done.exit_code, json.loads(done.stdout)) == (1, {"reports": []})
    assert done.stderr.count("文件是空的") == 2


def test_a_text_without_figures_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天天气很好，我们去公园散步。", encoding="utf-8")
    done = CliRunner().invoke(reader, [str(tmp_path / "a.txt")])
    assert done.exit_code == 0
    assert "没有找到统计数字，可能不是年度报告" in done.stderr


def test_pages_of_several_reports_stand_in_a_folder_with_a_list(tmp_path: Path) -> None:
    for part in ("甲", "乙"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "报告.txt").write_text(GOOD, encoding="utf-8")
    refused = CliRunner().invoke(reader, [str(tmp_path), "--format", "html"])
    assert (refused.exit_code, "--out 写明文件夹" in refused.stderr) == (2, True)
    out = tmp_path / "页"
    assert CliRunner().invoke(reader, [str(tmp_path), "--format", "html", "--out", str(out)]).exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "报告-1.html", "报告.html"]
    assert (out / "index.html").read_text(encoding="utf-8").count("<td>3</td>") == 2


def test_a_workbook_goes_on_on_the_next_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_workbook, "MOST_ROWS", 4)
    (tmp_path / "=a.txt").write_text(GOOD.replace("其中", "其中\x0b"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(GOOD, encoding="utf-8")
    out = tmp_path / "out.xlsx"
    done = CliRunner().invoke(reader, [str(tmp_path), "--format", "xlsx", "--out", str(out)])
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(out)
    figures = [sheet for sheet in book.sheetnames if sheet.startswith("数字")]
    assert [book[sheet].max_row for sheet in figures] == [5, 3]
    assert [row[2] for sheet in figures for row in book[sheet].iter_rows(min_row=2, values_only=True)] == [
        "71", "50", "21", "71", "50", "21",
    ]  # fmt: skip


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    done = CliRunner().invoke(reader, [str(tmp_path / "a.txt"), "--out", str(tmp_path / "no" / "b.txt")])
    assert done.exit_code == 1
    assert "不能写入" in done.stderr


# ---------------------------------------------------------------- step by step


def explained(text: str, *more: str) -> str:
    done = CliRunner().invoke(reader, ["-", "--explain", *more], input=text)
    assert done.exit_code == 0, done.output
    return done.stdout


TWO = f"一、复议\n2023年{GOOD}受理率100%。\n二、其他\n培训干部３００余名。"


def test_every_stage_of_a_text_is_told() -> None:
    told = explained(TWO)
    for line in (
        "规范化：原文",
        "数字：统计数字 5 个，其他 3 个，没有读懂 0 个。",
        "规范化　培训干部300余名",
        "分句　　标题：二、其他",
        "“３００余”　c005＝300名，限定词“余”，约数",
        "“2023年”　不是统计数字：日期",
        "c002　前文“其中受理”；事项：复议-受理；对象：全区；期间：2023",
        "r001　合计　c001 = c002 + c003；文中 71，算得 71",
        "r001　相符：",
    ):
        assert line in told, told


@pytest.mark.parametrize(
    ("about", "there", "absent"), [("c005", "培训", "申请"), ("r001", "申请", "培训"), ("300余", "培训", "申请")]
)
def test_one_sentence_is_told_by_figure_check_or_words(about: str, there: str, absent: str) -> None:
    told = explained(TWO, about)
    assert there in told
    assert absent not in told


def test_what_is_not_there_is_told_and_a_file_is_no_word(tmp_path: Path) -> None:
    assert "没有与“信访”有关的句子" in explained(TWO, "信访")
    file, broken = tmp_path / "a.docx", tmp_path / "b.pdf"
    file.write_bytes(files.word([GOOD]))
    broken.write_bytes(b"%PDF-1.7 broken")
    done = CliRunner().invoke(reader, ["--explain", str(file), str(broken)])
    assert done.exit_code == 0
    assert f"【{file}】" in done.stdout
    assert "c001" in done.stdout
    assert "已经损坏" in done.stderr
