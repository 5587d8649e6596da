"""Figures and the yearly report on the screen: every number opens its cases, within the person's rights."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fadu.analytics import comparison, kept, statements
from fadu.analytics.beforehand import compile_beforehand
from fadu.infra.official import pdf
from fadu.kernel import access, house, models
from fadu.report_writer import returns as module
from fadu.report_writer.outline import Outline
from fadu.report_writer.returns import Grid, Return
from fadu.rules.indicators import Rounding
from fadu.web.workbench.views import reports
from fadu.web.workbench.views import returns as pages
from tests.analytics import counted
from tests.analytics.conftest import Filled, filled, filled_once
from tests.report_writer.conftest import paragraphs, reporting
from tests.web.conftest import Entry, entry_of, stand_still, text_of

__all__ = ["filled", "filled_once", "paragraphs", "reporting"]

YEAR = "from=2024-01-01&before=2025-01-01"


@pytest.fixture
def enter(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> Entry:
    """The filled house on a day of the next year, with the indicators of the tests of figures."""
    catalogue = counted.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    filled.at("2025-02-03")
    stand_still(filled.house)
    return entry_of(filled.house)


def rows(page: str) -> int:
    return page.count('<td class="lead">')


def test_all_figures_with_their_definitions(enter: Entry) -> None:
    page = text_of(enter("mayor").get(f"/figures/?{YEAR}"))
    for indicator in counted.ALL:
        assert indicator.label in page
        assert indicator.definition in page
    assert "2024年1月1日至2024年12月31日" in page


@pytest.mark.parametrize("mirrored", [False, True])
def test_all_figures_are_compiled_before_the_first_visitor(
    enter: Entry, filled: Filled, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, mirrored: bool
) -> None:
    monkeypatch.setenv("FADU_HOME", str(tmp_path))
    if mirrored:
        with access.session(None):
            models.Case.objects.filter(pk=filled.cases["denied"]).update(mirrored=True)
    compile_beforehand(counted.catalogue())
    monkeypatch.setattr(statements, "_compiled", {})
    monkeypatch.setattr(kept, "_compile", lambda *_, **more: pytest.fail("compiled in front of a visitor"))
    client = enter("mayor")
    for asked in ("", f"&organ={filled.house.organs['government']}"):
        assert ("其中转录1件" in text_of(client.get(f"/figures/?{YEAR}{asked}"))) is mirrored


def test_a_count_opens_its_cases(enter: Entry) -> None:
    page = text_of(enter("mayor").get(f"/figures/applied/?{YEAR}"))
    assert "收到申请数：7件" in page
    assert rows(page) == 7
    assert "按收到之日计入。" in page
    assert "sm3:" in page


def test_the_page_of_a_figure_says_how_it_is_rounded_in_print(enter: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    rounded = tuple(replace(one, rounding=Rounding.TENS) if one.name == "pages" else one for one in counted.ALL)
    monkeypatch.setattr(counted, "ALL", rounded)
    catalogue = counted.catalogue.__wrapped__()
    client = enter("mayor")
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    page = text_of(client.get(f"/figures/pages/?{YEAR}"))
    assert "申请页数：12份" in page
    assert "10余份" in page
    assert "舍去10以下的尾数" in page
    assert "报告中的写法" not in text_of(client.get(f"/figures/applied/?{YEAR}"))


def test_a_rate_shows_both_its_parts(enter: Entry) -> None:
    page = text_of(enter("mayor").get(f"/figures/grant_rate/?{YEAR}"))
    assert "支持率：66.67%" in page
    assert "分子：计入的案件" in page
    assert "分母：全部有关案件" in page
    assert rows(page) == 2 + 3


def test_a_figure_broken_down_and_one_of_its_lines(enter: Entry) -> None:
    client = enter("mayor")
    page = text_of(client.get(f"/figures/applied/?{YEAR}&by=answer"))
    assert "按答复分列" in page
    assert '<option value="respondent">按被申请人</option>' in page
    link = re.search(r'<a href="/figures/applied([^"]*by=answer&amp;key=grant)">2件</a>', page)
    assert link
    assert '<td class="lead">合计</td><td data-label="数值"><strong>7件</strong></td>' in page
    line = text_of(client.get(f"/figures/applied/{unescape(link[1])}"))
    assert "收到申请数（答复：支持）：2件" in line
    assert rows(line) == 2
    assert '<td data-label="名次">1</td>' in text_of(client.get(f"/figures/applied/?{YEAR}&by=respondent"))
    assert "名次" not in page
    assert "一件有几个被申请人的" in text_of(client.get(f"/figures/grant_rate/?{YEAR}&by=respondent"))
    assert client.get(f"/figures/applied/?{YEAR}&by=story").status_code == 404


def test_a_figure_of_one_organ(enter: Entry, filled: Filled) -> None:
    organs = filled.house.organs
    for organ, number in (("bureau", 7), ("government", 7), ("other", 0)):
        page = text_of(enter("mayor").get(f"/figures/applied/?{YEAR}&organ={organs[organ]}"))
        assert f"收到申请数：{number}件" in page


@pytest.mark.parametrize(("who", "number"), [("officer", 7), ("mayor", 7), ("clerk", 0), ("stranger", 0), ("chief", 0)])
def test_figures_count_what_is_seen_from_inside(enter: Entry, who: str, number: int) -> None:
    page = text_of(enter(who).get(f"/figures/applied/?{YEAR}"))
    assert f"收到申请数：{number}件" in page
    assert rows(page) == number


def test_a_figure_is_divided_among_the_organs_below(enter: Entry, filled: Filled) -> None:
    """Each number opens its own cases; whole and alone lead to each other; one organ is not divided."""
    organs = filled.house.organs
    client = enter("mayor")
    assert "没有可以分机关列出的数字" in text_of(client.get(f"/figures/?{YEAR}&by=unit"))
    organs["bureau"] = organs["other"]
    filled.at("2024-03-05").open("stranger")
    filled.at("2025-02-03")
    for address in (f"/figures/?{YEAR}&by=unit", f"/figures/applied/?{YEAR}&organ={organs['government']}"):
        page = text_of(client.get(address))
        row = r'<td class="lead">(?:<a[^>]*>)?([^<]+)(?:</a>)?</td><td[^>]*data-label="收到申请数"><a[^>]*>([^<]+)</a>'
        rows = re.findall(row, page)
        assert rows == [("某区人民政府（本级）", "7件"), ("某区他局", "1件"), ("合计", "8件")]
        for link, number in zip(
            re.findall(r'data-label="收到申请数"><a class="value" href="(/figures/applied[^"]+)"', page),
            (7, 1, 8),
            strict=False,
        ):
            assert f"：{number}件" in text_of(client.get(unescape(link)))
    alone = text_of(client.get(f"/figures/applied@own/?{YEAR}&organ={organs['government']}"))
    assert "收到申请数（本级）：7件" in alone
    assert "连同下级机关" in alone
    assert client.get(f"/figures/applied@all/?{YEAR}").status_code == 404


def test_figures_by_todays_organs(enter: Entry, filled: Filled) -> None:
    """An organ that was ended is still asked for by its name; today its successor has its cases."""
    organs = filled.house.organs
    with filled.session("admin") as s:
        house.end_organ(s, organs["respondent"], date(2025, 1, 1), organs["other"])
        house.move_organ(s, organs["bureau"], organs["other"], date(2025, 1, 1))
    client = enter("mayor")
    page = text_of(client.get(f"/figures/applied/?{YEAR}&organ={organs['respondent']}&organs=today"))
    assert "某区某局（已撤销）" in page
    assert "撤销、合并的机关计入继受机关" in page
    assert "按当日的机关归集" in text_of(client.get(f"/figures/applied/?{YEAR}&organ={organs['respondent']}"))


def test_a_period_that_is_none_is_told(enter: Entry) -> None:
    client = enter("officer")
    for query, sentence in (
        ("from=2024-02-30", "不是有效的日期"),
        ("from=2024-05-01&before=2024-05-01", "截止日期应当晚于起始日期"),
    ):
        for address in ("/figures/", "/figures/applied/"):
            response = client.get(f"{address}?{query}")
            assert response.status_code == 422
            assert sentence in text_of(response)
    assert client.get("/figures/?organ=999999").status_code == 404
    assert client.get("/figures/?organ=x").status_code == 404


# ---------------------------------------------------------------- the report


@pytest.fixture
def reader(reporting: Filled) -> Entry:
    reporting.at("2025-02-03")
    stand_still(reporting.house)
    return entry_of(reporting.house)


def test_every_figure_of_the_report_leads_to_its_cases(reader: Entry) -> None:
    client = reader("mayor")
    page = text_of(client.get("/reports/2024/"))
    assert "某区人民政府2024年收到申请" in page
    links = [unescape(link) for link in re.findall(r'<a class="figure" href="([^"]+)">', page)]
    assert len(links) >= 7
    for link in links:
        response = client.get(link)
        assert response.status_code == 200
        assert "怎样统计" in text_of(response)
    applied = next(link for link in links if "/applied?" in link)
    assert "收到申请数：7件" in text_of(client.get(applied))


def test_beside_the_report_stand_its_outline_last_year_its_way_and_a_check(
    reader: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text_of(reader("mayor").get("/reports/2024/"))
    places = re.findall(r'<a href="#(part-\d+)">', page)
    assert places
    assert all(f'<section id="{place}"' in page for place in places)
    assert "没有发现不符" in page
    assert re.search(r"读出 [1-9]\d* 个数字", page)
    assert "还没有立案" in page
    assert "与上年比较" not in page
    monkeypatch.setattr(comparison, "_reaches", lambda *_: True)
    later = text_of(reader("mayor").get("/reports/2025/"))
    assert "与上年比较" in later
    assert re.search(r'data-label="上年"><a class="value" href="/figures/[^"]*2024', later)


def test_the_report_of_a_part_of_the_year(reader: Entry) -> None:
    client = reader("mayor")
    page = text_of(client.get("/reports/2024/?until=2024-05-31"))
    assert "2024年1—5月" in page
    assert "before=2024-06-01" in page
    assert 'href="/reports/2024/docx?until=2024-05-31"' in page
    for until, sentence in (("2025-01-01", "应当在2024年之内"), ("2024-02-30", "不是有效的日期")):
        refused = client.get(f"/reports/2024/?until={until}")
        assert (refused.status_code, sentence in text_of(refused)) == (422, True)


def test_the_report_as_files(reader: Entry) -> None:
    client = reader("mayor")
    printed = client.get("/reports/2024/docx")
    assert printed.content.startswith(b"PK")
    assert "attachment" in printed["Content-Disposition"]
    told = json.loads(client.get("/reports/2024/json").content)
    assert {"applied", "grant_rate"} <= {figure["name"] for figure in told["figures"]}


def test_the_figures_as_spreadsheets(reader: Entry) -> None:
    client = reader("mayor")
    for address in ("/reports/2024/xlsx", f"/figures/export.xlsx?{YEAR}"):
        response = client.get(address)
        assert "attachment" in response["Content-Disposition"]
        rows = list(openpyxl.load_workbook(io.BytesIO(response.content))["数字"].iter_rows(values_only=True))
        assert ("收到申请数", 7, "件") in [row[:3] for row in rows]
    assert client.get("/figures/export.xlsx?from=x").status_code == 422


def test_who_sees_only_a_part_writes_no_report_of_the_whole(reader: Entry) -> None:
    for address in ("/reports/2024/", "/reports/2024/docx", "/reports/2024/xlsx", "/reports/2024/json"):
        response = reader("clerk").get(address)
        assert response.status_code == 403
        assert "您只能查看其中一部分" in text_of(response)


@pytest.mark.parametrize(("who", "may"), [("clerk", False), ("mayor", True), ("admin", False)])
def test_reports_are_offered_to_those_who_get_them(reader: Entry, who: str, may: bool) -> None:
    client = reader(who)
    page = text_of(client.get("/figures/"))
    assert ('href="/reports/2024/"' in page, "您只能查看其中一部分" in page or "您不能查看" in page) == (may, not may)
    assert client.get("/reports/2024/").status_code == (200 if may else 403)


def test_years_and_organs_that_cannot_be(reader: Entry) -> None:
    client = reader("mayor")
    future = client.get("/reports/2026/")
    assert future.status_code == 422
    assert "还没有开始" in text_of(future)
    assert client.get("/reports/1999/").status_code == 404
    assert client.get("/reports/2024/?organ=x").status_code == 404
    assert client.get("/reports/2024/?organ=999999").status_code == 404


# ---------------------------------------------------------------- a kept report


def sent(client: Client, text: bytes, signed: bytes = b"") -> Any:
    files = {"file": SimpleUploadedFile("报告.json", text)}
    if signed:
        files["signed"] = SimpleUploadedFile("签发.docx", signed)
    return client.post("/reports/check/", files)


def test_a_kept_report_is_checked_sentence_by_sentence(reader: Entry, reporting: Filled) -> None:
    client = reader("mayor")
    kept = client.get("/reports/2024/json").content
    assert "全部相符" in text_of(sent(client, kept))
    case = reporting.cases["taken_back"]
    reporting.house.do("officer", case, "accept", day=date(2024, 8, 2))
    page = text_of(sent(client, kept))
    assert "“某区人民政府2024年收到申请7件，受理5件；”" in page
    assert f'另外计入：<a href="/cases/{case}/">' in page
    assert '<a class="value" href="/figures/accepted?' in page
    assert ">6件</a>" in page
    assert "作出决定" not in page


def test_what_was_signed_is_compared_with_what_was_compiled(reader: Entry) -> None:
    client = reader("mayor")
    kept, paper = client.get("/reports/2024/json").content, client.get("/reports/2024/docx").content
    assert "签发的报告都照写了" in text_of(sent(client, kept, paper))
    page = text_of(sent(client, kept, "某区人民政府2024年收到申请8件，受理5件。".encode()))
    assert "某区人民政府2024年收到申请7件，受理5件</td>" in page
    assert ">某区人民政府2024年收到申请8件，受理5件</td>" in page
    refused = sent(client, kept, b"\x89PNG picture")
    assert (refused.status_code, 'id="signed-fault"' in text_of(refused)) == (422, True)


def test_a_file_that_is_no_report_is_told(reader: Entry) -> None:
    for response in (sent(reader("mayor"), b"{}"), reader("mayor").post("/reports/check/")):
        assert response.status_code == 422
        assert 'id="file-fault"' in text_of(response)


def test_who_sees_only_a_part_checks_no_report(reader: Entry) -> None:
    kept = reader("mayor").get("/reports/2024/json").content
    assert sent(reader("clerk"), kept).status_code == 403


def test_the_months_stand_in_a_table_beside_each_picture(reader: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "outline", lambda: Outline("", (), plots=("applied",)))
    page = text_of(reader("mayor").get("/reports/2024/plots/"))
    assert 'aria-label="收到申请数逐月情况（件）：2024年"' in page
    assert page.count('"><a href="/figures/applied?from=2024-') == 12
    assert reader("clerk").get("/reports/2024/plots/").status_code == 403


def test_returns_on_the_screen_and_as_files(enter: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (Return("small", "统计表", (Grid("收到", (), {"收到申请": ("applied",)}),)),)
    monkeypatch.setattr(module, "returns", lambda: said)
    monkeypatch.setattr(pages, "returns", lambda: said)
    client = enter("mayor")
    assert 'href="/figures/applied?from=2024-01-01' in text_of(client.get("/returns/small/?on=2024-06-01"))
    half = text_of(client.get("/returns/small/?on=2024-06-30&part=1"))
    assert "统计表（2024年1—6月）" in half
    assert 'href="/figures/applied?from=2024-01-01&amp;before=2024-07-01' in half
    assert 'href="/returns/small/docx?on=2024-06-30&amp;part=1"' in half
    for form in ("docx", "xlsx"):
        response = client.get(f"/returns/small/{form}?on=2024-06-01")
        assert response.content.startswith(b"PK")
        assert "attachment" in response["Content-Disposition"]
    assert client.get("/returns/small/?on=2024-02-30").status_code == 422
    assert client.get("/returns/none/").status_code == 404
    assert enter("clerk").get("/returns/small/").status_code == 403


def test_without_an_office_or_a_font_the_pdf_says_what_to_run(reader: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    client = reader("mayor")
    monkeypatch.setattr(pdf, "has_chinese_font", lambda: False)
    monkeypatch.setattr(pdf, "office", lambda: "/bin/false")
    told = client.get("/reports/2024/pdf")
    assert (told.status_code, "没有找到中文字体" in text_of(told), pdf.INSTALL in text_of(told)) == (422, True, True)
    monkeypatch.setattr(pdf, "office", lambda: None)
    told = client.get("/reports/2024/pdf")
    assert (told.status_code, "没有找到LibreOffice" in text_of(told)) == (422, True)


@pytest.mark.office
def test_the_report_as_pdf(reader: Entry) -> None:
    assert reader("mayor").get("/reports/2024/pdf").content.startswith(b"%PDF-")
