"""Several reports side by side: only what has one definition, ranks, changes, gaps; on the command line too."""

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from fadu.cli.read import reader
from fadu.report_reader import read
from fadu.report_reader.compare import Cell, Comparison, Measure, State, compare
from fadu.report_reader.inputs import NotReadable
from fadu.report_reader.output import plot
from fadu.report_reader.output.as_comparison import comparison_json, comparison_page

TEXTS = {
    "安宁.txt": "安宁区2023年法治政府建设年度报告\n2023年，全区共收到行政复议申请120件，其中网上收到复议申请40件、"
    "窗口收到复议申请80件。2022年，全区共收到行政复议申请100件。行政机关负责人出庭应诉率98.5%。",
    "平乐.txt": "平乐区2023年法治政府建设年度报告\n2023年，全区共收到行政复议申请96件。"
    "2022年，全区共收到行政复议申请104件。行政机关负责人出庭应诉率100%。",
    "和顺.txt": "和顺区2023年法治政府建设年度报告\n2023年，区政府本级共收到行政复议申请40件。"
    "行政机关负责人出庭应诉率95%以上。",
    "永丰.txt": "永丰区2023年法治政府建设年度报告\n2023年，全区共收到行政复议申请96件。"
    "全区行政机关负责人出庭应诉率97%。",
}


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare([(name, read(text)) for name, text in TEXTS.items()])


def measure(found: Comparison, indicator: str, extent: str) -> Measure:
    return next(one for one in found.measures if (one.indicator, one.extent) == (indicator, extent))


def cell(one: Measure, place: str, period: str = "2023") -> Cell:
    got = one.cell(place, period)
    assert got is not None
    return got


def test_ranks_share_and_a_part_is_left_to_its_total(found: Comparison) -> None:
    one = measure(found, "recon-applications", "whole")
    assert one.name == "收到(新收)行政复议申请/案件数"
    ranks = {place: (cell(one, place).value, cell(one, place).rank) for place in ("安宁区", "平乐区", "永丰区")}
    assert ranks == {"安宁区": (120, 1), "平乐区": (96, 2), "永丰区": (96, 2)}


def test_change_on_the_year_before_of_the_same_place(found: Comparison) -> None:
    one = measure(found, "recon-applications", "whole")
    assert (cell(one, "安宁区").change, cell(one, "安宁区").change_percent) == (20, Decimal("20.0"))
    assert (cell(one, "平乐区").change, cell(one, "平乐区").change_percent) == (-8, Decimal("-7.7"))
    assert cell(one, "永丰区").change is None
    assert cell(one, "安宁区", "2022").change is None


def test_a_gap_is_no_number_and_another_extent_is_told(found: Comparison) -> None:
    applications = measure(found, "recon-applications", "whole")
    assert cell(applications, "和顺区").state is State.MISSING
    assert applications.cell("永丰区", "2022") is None, "its report is of another year"
    rate = measure(found, "appearance-rate", "unsaid")
    assert (cell(rate, "永丰区").state, cell(rate, "永丰区").others) == (State.OTHER, ("whole",))
    assert (cell(rate, "和顺区").state, cell(rate, "和顺区").rank) == (State.INEXACT, None)
    assert {cell(rate, place).ranked for place in ("安宁区", "平乐区")} == {2}


def test_two_numbers_of_one_report_are_not_chosen_between() -> None:
    twice = "安宁区2023年法治政府建设年度报告\n出庭应诉率98%。\n行政机关负责人出庭应诉率为99%。"
    one = measure(compare([("甲", read(twice)), ("乙", read(TEXTS["平乐.txt"]))]), "appearance-rate", "unsaid")
    assert (cell(one, "安宁区").state, cell(one, "安宁区").value) == (State.SEVERAL, None)


def test_without_an_indicator_name_unit_and_extent_are_the_same() -> None:
    def place(name: str, words: str) -> tuple[str, str]:
        return name, f"{name}2023年法治政府建设年度报告\n一、推进普法\n{words}"

    texts = [
        place("安宁区", "开展送法下乡活动30场。"),
        place("平乐区", "开展送法下乡活动42场。"),
        place("永丰区", "开展送法下乡活动5次。"),
    ]
    (one,) = compare([(name, read(text)) for name, text in texts]).measures
    assert (one.indicator, one.unit, one.places) == (None, "场", ["安宁区", "平乐区", "永丰区"])
    assert cell(one, "永丰区").state is State.MISSING


def test_json_page_and_plot_say_the_same(found: Comparison) -> None:
    told = comparison_json(found)["measures"][0]
    assert told["id"] == "recon-applications||whole"
    first = told["cells"][0]
    assert (first["place"], first["period"], first["value"], first["rank"]) == ("安宁区", "2022", 100, 2)
    page = comparison_page(found)
    assert "比上年＋20件（＋20.0%）" in page
    assert "印出的是另一对象的数：全区、全市" in page
    assert plot.svg(found.measures[0]) in page
    assert page.count("<section") == len(found.measures)


def test_the_command_compares_and_plots(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    out, picture = tmp_path / "out.xlsx", tmp_path / "plot.svg"
    given = [str(tmp_path), "--compare", "--format", "xlsx", "--out", str(out), "--plot", str(picture)]
    done = CliRunner().invoke(reader, [*given, "--measure", "复议申请"])
    assert done.exit_code == 0, done.output
    rows = list(openpyxl.load_workbook(out)["比较"].iter_rows(min_row=2, values_only=True))
    assert ("安宁区", "2023年", 120) in [row[3:6] for row in rows]
    assert picture.read_text(encoding="utf-8").count("<rect") == 6
    told = json.loads(CliRunner().invoke(reader, [str(tmp_path), "--compare", "--format", "json"]).stdout)
    assert len(told["reports"]) == 4
    assert "没有印出" in CliRunner().invoke(reader, [str(tmp_path), "--compare"]).stdout


def test_what_cannot_be_plotted_is_said(found: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXTS["安宁.txt"], encoding="utf-8")
    for given, said in (
        (["--plot", "x.svg"], "与 --compare 一起用"),
        (["--compare", "--plot", "x.gif"], "以 .svg 或者 .png 结尾"),
        (["--compare", "--plot", str(tmp_path / "x.svg")], "比较结果里没有"),
    ):
        done = CliRunner().invoke(reader, [str(file), *given])
        assert (done.exit_code, said in done.stderr) == (2, True)
    monkeypatch.setattr(plot, "PAINTER", "no_such_package")
    with pytest.raises(NotReadable, match=r"\.png"):
        plot.png(found.measures[0])
