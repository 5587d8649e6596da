"""Last year beside this year: in sentences, in the provenance, in the spreadsheet."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from fadu.infra.official import Paragraph, plain
from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.report_writer import Report, kept_report, recheck, write
from fadu.rules.indicators import Rounding
from tests.analytics import counted
from tests.analytics.conftest import Filled
from tests.report_writer.conftest import Write

COMPARED = """\
{% if value("applied") %}收到申请{{ fig("applied") }}{{ change("applied") }}。\
{% else %}没有收到申请{{ change("applied") }}。{% endif %}
作出决定{{ fig("decided") }}{{ change("decided") }}，支持率为{{ fig("grant_rate") }}{{ change("grant_rate") }}。
"""


@pytest.fixture
def compared(filled: Filled, paragraphs: Write) -> Filled:
    paragraphs(COMPARED)
    return filled


def reach_back(filled: Filled) -> None:
    """A case of the first month of the year before the last, so that last year's record is whole."""
    filled.cases["first"] = filled.at("2024-01-20").open(known_on="2024-01-20").case


def written(filled: Filled, year: int, day: str) -> Report:
    filled.at(day)
    with filled.session() as s:
        return write(s, year)


def text_of(report: Report) -> str:
    return "".join(plain(block.runs) for block in report.document.blocks if isinstance(block, Paragraph))


def test_a_year_before_the_record_began_is_not_compared(compared: Filled) -> None:
    report = written(compared, 2025, "2026-01-10")
    assert text_of(report) == "没有收到申请。作出决定1件，支持率为100%。"
    assert report.before == {}
    assert {entry["last"] for entry in report.provenance["figures"]} == {None}


def test_sentences_say_what_changed(compared: Filled) -> None:
    reach_back(compared)
    report = written(compared, 2025, "2026-01-10")
    said = "没有收到申请，上年为8件。作出决定1件，比上年减少2件，支持率为100%，比上年提高33.33个百分点。"
    assert text_of(report) == said
    entries = {entry["name"]: entry for entry in report.provenance["figures"]}
    last = entries["decided"]["last"]
    assert (last["text"], last["change"]) == ("3件", "同比下降66.67%")
    assert last["period"] == {"from": "2024-01-01", "before": "2025-01-01"}
    assert last["sentences"] == [said.partition("。")[2]]
    links = [run.link for block in report.document.blocks for run in getattr(block, "runs", ()) if run.link]
    assert sum("from=2024-01-01" in link for link in links) == 3


def test_a_year_that_runs_is_compared_with_the_same_days(compared: Filled) -> None:
    reach_back(compared)
    report = written(compared, 2025, "2025-02-03")
    assert report.before["applied"].period.before == date(2024, 2, 4)
    assert text_of(report).startswith("没有收到申请，上年同期为1件。作出决定1件，上年同期没有")


def test_a_change_in_last_years_record_breaks_this_years_sentence(compared: Filled, paragraphs: Write) -> None:
    paragraphs('受理{{ fig("accepted") }}{{ change("accepted") }}。')
    reach_back(compared)
    told = kept_report(json.dumps(written(compared, 2025, "2026-01-10").provenance))
    with compared.session() as s:
        assert recheck(s, told) == []
    case = compared.cases["taken_back"]
    compared.at("2026-01-11").do("officer", case, "accept", day=date(2024, 8, 2))
    with compared.session() as s:
        (one,) = recheck(s, told)
    assert (one.label, one.then, one.now) == ("上年受理数", "5件", "6件")
    assert one.sentences == ("受理0件，上年为5件。",)
    assert [row.pk for row in one.came.rows] == [case]


def test_rounded_in_print_exact_beside_it(compared: Filled, paragraphs: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    rounded = tuple(replace(one, rounding=Rounding.TENS) if one.name == "pages" else one for one in counted.ALL)
    monkeypatch.setattr(counted, "ALL", rounded)
    paragraphs('申请材料{{ fig("pages") }}。')
    report = written(compared, 2024, "2025-02-03")
    entry = report.provenance["figures"][0]
    assert (text_of(report), entry["text"], entry["value"]) == ("申请材料10余份。", "10余份", 12)


# ---------------------------------------------------------------- the spreadsheet


def test_the_spreadsheet_has_every_figure(compared: Filled) -> None:
    reach_back(compared)
    report = written(compared, 2025, "2026-01-10")
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(report.sheets)))
    rows = list(book["数字"].iter_rows(min_row=2, values_only=True))
    table = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}
    assert len(table) == len(report.figures) == 3
    decided = table["决定数"]
    assert (decided["数值"], decided["单位"], decided["上年"], decided["同比"]) == (1, "件", 3, "同比下降66.67%")
    assert (decided["定义"], decided["案件清单摘要"]) == ("按决定之日计入。", report.figures["decided"].cases)
    rate = table["支持率"]
    assert (rate["数值"], rate["分子"], rate["分母"], rate["上年分子"], rate["上年分母"]) == ("100%", 1, 1, 2, 3)
    origin = dict(book["出处"].iter_rows(min_row=3, values_only=True))
    assert origin["期间"] == "2025-01-01 至 2026-01-01（不含该日）"
    assert (origin["快照"], origin["全过程记录"]) == ("没有封存", "没有封存")
    declared = [value for key, value in origin.items() if str(key).startswith("声明·small")]
    assert declared == list(report.provenance["declarations"]["small"].values())


def test_what_looks_like_a_formula_stays_text() -> None:
    sheet = Sheet("一[二]", ("甲",), (("=1+1",), ("\x01乙",), (3,)))
    page = openpyxl.load_workbook(io.BytesIO(to_xlsx([sheet]))).worksheets[0]
    assert page.title == "一 二 "
    assert [(cell.value, cell.data_type) for (cell,) in page.iter_rows(min_row=3)] == [
        ("=1+1", "s"),
        ("乙", "s"),
        (3, "n"),
    ]
