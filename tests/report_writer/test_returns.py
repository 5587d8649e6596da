"""The other returns: tables of figures, and a register in force on a day; each number opens its cases."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest

from fadu.analytics.breakdown import Dimension, Line
from fadu.analytics.figures import Figure, Period
from fadu.analytics.whose import Whose
from fadu.infra.official import Paragraph, Table, plain, to_docx
from fadu.infra.official.xlsx import to_xlsx
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer import returns as module
from fadu.report_writer.returns import Filled as FilledReturn
from fadu.report_writer.returns import Grid, Return, fill, returns, validity_of
from fadu.report_writer.targets import Target
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.facts import fact_fields
from fadu.rules.indicators import Count
from fadu.rules.law import load_library
from fadu.rules.registry import Registry, registry
from tests.analytics import counted, listed
from tests.analytics.conftest import Filled
from tests.kernel import lists
from tests.kernel.conftest import House, build

TABLES = Return(
    "small",
    "办理情况统计表",
    (
        Grid("收到和受理", (), {"收到": ("applied",), "支持率": ("grant_rate",)}),
        Grid("结果", ("支持", "未支持"), {"决定": ("granted", "refused")}),
    ),
)
LIST = Return("powers", "事项目录", register="power", facts=("code", "subject", "risk"))


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "returns", lambda: (TABLES, LIST))


@pytest.fixture
def counting(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> Filled:
    catalogue = counted.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return filled


def cells(table: Table) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table.rows]


def tables(filled: FilledReturn) -> list[Table]:
    return [block for block in filled.document.blocks if isinstance(block, Table)]


def test_a_return_of_figures_in_every_form(counting: Filled) -> None:
    counting.at("2025-02-03")
    with counting.session() as s:
        filled = fill(s, "small", date(2024, 5, 1))
    one, other = tables(filled)
    assert (one.header, cells(one)) == (
        ("项目", "本年", "上年同期", "与上年同期相比"),
        [["收到", "7件", "—", "—"], ["支持率", "66.67%", "—", "—"]],
    )
    assert (other.header, cells(other)) == (("项目", "支持", "未支持"), [["决定", "2件", "1件"]])
    links = [run.link for table in (one, other) for row in table.rows for cell in row for run in cell if run.link]
    assert [link.partition("?")[0] for link in links if link] == [
        f"/figures/{name}" for name in ("applied", "grant_rate", "granted", "refused")
    ]
    assert filled.document.title == "某区人民政府\n办理情况统计表（2024年）"
    printed = docx.Document(io.BytesIO(to_docx(filled.document)))
    assert [[cell.text for cell in row.cells] for row in printed.tables[1].rows][1] == ["决定", "2件", "1件"]
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(filled.sheets)))
    assert book.sheetnames == ["收到和受理", "结果", "数字"]
    assert ("收到", "7件", "—", "—") in list(book["收到和受理"].iter_rows(values_only=True))
    assert ("支持数", 2, "件") in [row[:3] for row in book["数字"].iter_rows(values_only=True)]


def test_a_return_of_a_part_of_the_year(counting: Filled) -> None:
    """Up to the last day of the half, that day included; the year before to the same day."""
    counting.at("2024-01-20").open(known_on="2024-01-20")
    counting.at("2026-01-05")
    with counting.session() as s:
        half, day_before = (fill(s, "small", date(2025, 1, day), part=True) for day in (9, 8))
        (first, *_), (second, *_) = tables(half), tables(day_before)
        with pytest.raises(BadInput, match="最晚为2026年1月5日"):
            fill(s, "small", date(2026, 1, 6), part=True)
    assert half.document.title.endswith("办理情况统计表（2025年1月1日至1月9日）")
    assert first.header == ("项目", "本期", "上年同期", "与上年同期相比")
    assert cells(first)[1][1] == "100%", "decided on the ninth"
    assert cells(second)[1][1] == "—"


def test_a_table_broken_down_with_its_total(counting: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    grids = (
        Grid("按答复分列", ("收到", "支持率"), {"合计": ("applied", "grant_rate")}, "answer"),
        Grid("按被申请人分列", ("收到",), {"合计": ("applied",)}, "respondent"),
    )
    monkeypatch.setattr(module, "returns", lambda: (Return("small", "分列表", grids),))
    counting.at("2025-02-03")
    with counting.session() as s:
        filled = fill(s, "small", date(2024, 5, 1))
    one, other = tables(filled)
    assert (one.header, cells(one)[-1]) == (("答复", "收到", "支持率"), ["合计", "7件", "66.67%"])
    assert [row[:2] for row in cells(one)[:-1]] == [
        ["支持", "2件"], ["部分支持", "1件"], ["不支持", "1件"], ["（未填写）", "3件"],
    ]  # fmt: skip
    assert (other.header, cells(other)) == (("被申请人（单位：件）", "收到"), [["某区某局", "7"], ["合计", "7"]])
    links = [run.link or "" for run in one.rows[0][1]]
    assert links[0].endswith("&by=answer&key=grant")
    assert any(
        "一件有几个被申请人的" in plain(block.runs) for block in filled.document.blocks if isinstance(block, Paragraph)
    )


def test_last_year_stands_beside(counting: Filled) -> None:
    counting.at("2024-01-20").open(known_on="2024-01-20")
    counting.at("2026-01-05")
    with counting.session() as s:
        one, _ = tables(fill(s, "small", date(2025, 12, 31)))
    assert cells(one) == [
        ["收到", "0件", "8件", "比上年减少8件"],
        ["支持率", "100%", "66.67%", "比上年提高33.33个百分点"],
    ]


def test_who_sees_a_part_and_years_to_come(counting: Filled) -> None:
    with counting.session("clerk") as s, pytest.raises(NotAllowed):
        fill(s, "small", date(2024, 5, 1))
    with counting.session() as s:
        with pytest.raises(BadInput, match="2026年还没有开始"):
            fill(s, "small", date(2026, 1, 1))
        with pytest.raises(NotFound):
            fill(s, "nothing", date(2024, 1, 1))


@pytest.fixture
def powers(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = listed.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return build()


def test_what_was_in_force_on_any_day(powers: House) -> None:
    rows = listed.fill(powers)
    with powers.session(None) as s:
        before, after = (fill(s, "powers", day) for day in (date(2024, 3, 15), date(2024, 12, 31)))
    (table,) = tables(before)
    assert cells(table) == [["1", "A", "对某事的处罚", "低"], ["2", "D", "对某事的处罚", "低"]]
    assert [run.link for run in table.rows[0][1]] == [f"/registers/power/entries/{rows['A2']}/"]
    assert before.document.title == "某区人民政府\n事项目录（截至2024年3月15日）"
    (table,) = tables(after)
    assert [row[1] for row in cells(table)] == ["B", "F", "D"]
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(after.sheets)))["事项目录"]
    assert list(sheet.iter_rows(min_row=4, values_only=True)) == [
        ("序号", "事项编码", "事项名称", "风险等级"),
        (1, "B", "对某事的处罚", "高"),
        (2, "F", "对某事的处罚", "高"),
        (3, "D", "对某事的处罚", "低"),
    ]
    with powers.session(None) as s:
        empty = fill(s, "powers", date(2020, 1, 1)).document
    assert [plain(block.runs) for block in empty.blocks if isinstance(block, Paragraph)] == [
        "截至2020年1月1日现行有效的共0件。"
    ]


def test_each_entry_of_a_register_has_a_row_with_its_own_count(powers: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one of whom nothing was counted; whether the year's target is met stands beside."""
    listed.fill(powers)
    catalogue = Registry([replace(lists.ROOM, indicators=(counted.applied,))], load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    grid = Grid("逐项", (), {"收到": ("applied",)}, each="power", fact="answer")

    asked = []

    def by_key(
        s: Session, known: Registry, wanted: list[Count], period: Period, by: Dimension, whose: Whose
    ) -> list[Line]:
        asked.append(by.column.name)
        figures = {one.name: Figure(one, period, Whose(1), 2, None, None, "") for one in wanted}
        return [Line("B", "B", figures)]

    monkeypatch.setattr(module, "returns", lambda: (Return("each", "逐项", (grid,)),))

    def together(s: Session, known: Registry, wanted: list[Count], *period: object) -> dict[str, Figure]:
        return {one.name: Figure(one, Period.year(2024), Whose(1), 2, None, None, "") for one in wanted}

    monkeypatch.setattr(module, "compute", together)
    monkeypatch.setattr(module, "break_down", by_key)
    monkeypatch.setattr(module, "previous_year", lambda *asked: {})
    monkeypatch.setattr(module, "of_year", lambda s, year: {"applied": Target(at_least=1)})
    with powers.session(None) as s:
        (table,) = tables(fill(s, "each", date(2024, 12, 31)))
    assert table.header == ("项目", "收到", "年度目标")
    assert cells(table) == [
        ["B", "2件", "不低于1件，达到"],
        ["D", "0件", "不低于1件，没有达到"],
        ["F", "0件", "不低于1件，没有达到"],
    ]
    assert all(cell[0].link for cell, *_ in table.rows)
    assert asked == ["fact_answer"], "one question, however many entries"


@pytest.mark.parametrize(
    ("day", "label"),
    [
        (date(2024, 4, 14), "尚未施行"),
        (date(2024, 4, 15), "有效"),
        (date(2029, 4, 15), "有效"),
        (date(2029, 4, 16), "有效期已满"),
    ],
)
def test_each_document_bears_its_label_of_validity(day: date, label: str) -> None:
    data = {"effective_on": "2024-04-15", "valid_until": "2029-04-15"}
    assert validity_of(data, ("effective_on", "valid_until"), day) == label


def test_what_is_not_in_force_yet_is_told_apart(powers: House, monkeypatch: pytest.MonkeyPatch) -> None:
    listed.fill(powers)
    labelled = Return("powers", "事项目录", register="power", facts=("code",), unit="项", validity=("since", "until"))
    monkeypatch.setattr(module, "returns", lambda: (labelled,))
    monkeypatch.setattr(module, "validity_of", lambda data, names, day: "尚未施行" if data["code"] == "B" else "有效")
    with powers.session(None) as s:
        filled = fill(s, "powers", date(2024, 12, 31))
    (table,) = tables(filled)
    assert table.header == ("序号", "事项编码", "效力")
    assert cells(table) == [["1", "B", "尚未施行"], ["2", "F", "有效"], ["3", "D", "有效"]]
    assert plain(next(b.runs for b in filled.document.blocks if isinstance(b, Paragraph))) == (
        "截至2024年12月31日现行有效的共2项；另有尚未施行的1项。"
    )


def test_the_returns_of_the_house_name_what_there_is() -> None:
    known = {indicator.name for indicator in registry().indicators}
    assert {one.name for one in returns()} == {
        *("reconsideration", "litigation", "documents", "first_responsible"),
        *("powers", "responsibilities", "services", "township_duties"),
    }
    for one in returns():
        assert set(one.indicators) <= known
        for grid in one.grids:
            assert {len(row) for row in grid.rows.values()} == {len(grid.columns) or 1}
            if grid.each:
                assert grid.each in {register.name for register in registry().registers}
                assert all(isinstance(registry().indicator(name), Count) for (name,) in grid.rows.values())
        if one.register:
            assert set(one.facts) <= set(fact_fields(registry().register(one.register).model))
