"""指标图表: measures over months and years, by organ, beside the year before; every number opens its own cases."""

from __future__ import annotations

import io
import re
from datetime import date
from html import escape, unescape
from typing import Any

import openpyxl
import pytest

from fadu.kernel import house
from fadu.report_writer.outline import Outline
from fadu.web.workbench.views import trends
from tests.analytics.conftest import Filled, filled, filled_once
from tests.web.conftest import Entry, stand_still, text_of
from tests.web.test_lists import many, queries
from tests.web.test_reports import YEAR, enter

__all__ = ["enter", "filled", "filled_once"]

PAGE = "/figures/trends/"


@pytest.fixture(autouse=True)
def main_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that happen, a stock, and one that no room declares."""
    monkeypatch.setattr(trends, "outline", lambda: Outline("", (), plots=("applied", "grant_rate", "pending", "story")))


def cells(page: str, table: str) -> list[list[str]]:
    """The numbers of a table of the page, row by row, as a plot takes them."""
    found = re.search(f'<table id="{table}".*?</table>', page, re.S)
    assert found
    return [re.findall(r'data-value="([\d.]+)"', row) for row in found[0].split("<tr")[2:]]


def test_what_happens_is_shown_over_months_and_years(enter: Entry, filled: Filled) -> None:
    page = text_of(enter("mayor").get(f"{PAGE}?{YEAR}"))
    (months,) = cells(page, "applied-month")
    assert len(months) == 12
    assert sum(map(int, months)) == 7
    assert "收到申请数：7件" in page
    assert '<figure class="plot-box" data-plot="lines" data-table="grant_rate-month"' in page
    assert "pending-month" not in page
    assert "2024年" in page


def test_what_is_open_has_a_number_at_the_end_of_each_month(enter: Entry, filled: Filled) -> None:
    client = enter("mayor")
    page = text_of(client.get(f"/figures/pending/?{YEAR}"))
    (months,) = cells(page, "pending-month")
    assert len(months) == 12
    table = re.search('<table id="pending-month".*?</table>', page, re.S)
    assert table
    points = re.findall(r'data-value="(\d+)"[^>]*><a class="value" href="([^"]+)"', table[0])
    assert len({number for number, _ in points}) > 1
    for number, link in (points[2], points[-1]):
        assert f"：{number}件" in text_of(client.get(unescape(link)))
    few = queries(client, f"/figures/pending/?{YEAR}")
    list(many(filled.house, 20))
    assert queries(client, f"/figures/pending/?{YEAR}") == few
    assert few <= 90
    later = text_of(client.get("/figures/pending/?from=2025-01-01&before=2026-01-01"))
    assert [len(cells(later, f"pending-{by}")[0]) for by in ("month", "year")] == [2, 2]


def test_counts_by_organ_are_areas_and_rates_are_not(enter: Entry, filled: Filled) -> None:
    filled.house.organs["bureau"] = filled.house.organs["other"]
    filled.at("2024-03-05").open("stranger")
    filled.at("2025-02-03")
    page = text_of(enter("mayor").get(f"{PAGE}?{YEAR}"))
    assert 'data-plot="areas" data-table="applied-unit"' in page
    assert 'data-plot="areas" data-table="grant_rate-unit"' not in page
    assert cells(page, "applied-unit")[0] == ["7"]


def test_this_year_stands_beside_the_last_and_months_to_come_are_empty(enter: Entry, filled: Filled) -> None:
    filled.at("2025-03-10").open("officer")
    filled.at("2025-04-02")
    stand_still(filled.house)
    page = text_of(enter("mayor").get(f"{PAGE}?from=2025-03-01&before=2025-06-01"))
    now, before = cells(page, "applied-month")
    assert (now, len(before)) == (["1", "0"], 3)
    assert "与上年同期持平" in page
    assert cells(page, "applied-year") == [["7", "1"]]


def test_every_point_opens_its_cases(enter: Entry) -> None:
    client = enter("mayor")
    page = text_of(client.get(f"{PAGE}?{YEAR}"))
    table = re.search('<table id="applied-month".*?</table>', page, re.S)
    assert table
    points = re.findall(r'data-value="(\d+)"[^>]*><a class="value" href="([^"]+)"', table[0])
    link = max((int(number), unescape(address)) for number, address in points)
    assert link[0] > 0
    assert f"收到申请数：{link[0]}件" in text_of(client.get(link[1]))


def test_the_page_of_a_figure_has_its_course(enter: Entry) -> None:
    client = enter("mayor")
    (months,) = cells(text_of(client.get(f"/figures/decided/?{YEAR}")), "decided-month")
    assert len(months) == 12
    assert "applied-month" not in text_of(client.get("/figures/applied/?from=2010-01-01&before=2025-01-01"))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {page.title: list(page.values) for page in book}


def test_the_tables_as_a_spreadsheet(enter: Entry) -> None:
    client = enter("mayor")
    all_of_them = sheets(client.get(f"{PAGE}export.xlsx?{YEAR}").content)
    assert list(all_of_them) == ["1逐月", "2逐月"]
    one = sheets(client.get(f"{PAGE}export.xlsx?{YEAR}&measure=decided").content)["1逐月"]
    assert one[1][0] == "决定数（件）"
    assert one[-1][0] == "2024年"
    assert sum(one[-1][1:]) == 3
    assert client.get(f"{PAGE}export.xlsx?{YEAR}&measure=story").status_code == 404
    assert client.get(f"{PAGE}export.xlsx?{YEAR}&measure=pending").status_code == 200
    assert client.get(f"{PAGE}?from=2024-02-30").status_code == 422


def test_the_number_of_queries_does_not_grow(enter: Entry, filled: Filled) -> None:
    client = enter("mayor")
    few = queries(client, f"{PAGE}?{YEAR}")
    list(many(filled.house, 40))
    assert queries(client, f"{PAGE}?{YEAR}") == few
    assert few <= 40


def test_the_way_leads_down_the_organs_and_back_up(enter: Entry, filled: Filled) -> None:
    """From all to what stands below an organ, by links alone; what has nothing below opens its cases."""
    organs = filled.house.organs
    with filled.session("admin") as s:
        house.move_organ(s, organs["respondent"], organs["other"], date(2024, 1, 1))
    bureau, organs["bureau"] = organs["bureau"], organs["other"]
    filled.at("2024-03-05").open("stranger")
    filled.at("2025-02-03")
    organs["bureau"] = bureau
    client = enter("mayor")
    for address, more in (("/figures/applied/", "#spread"), (PAGE, ""), ("/figures/", "&by=unit")):
        asked = f"?{YEAR}&organ={{}}"
        page = text_of(client.get(f"{address}?{YEAR}{more}"))
        down = f"{asked.format(organs['other'])}{more}"
        assert f'<td class="lead"><a href="{escape(down)}">某区他局 ›</a></td>' in page
        assert '<td class="lead">某区人民政府（本级）</td>' in page
        assert "上级机关" not in page
        below = text_of(client.get(f"{address}{down}"))
        up = f"{asked.format(organs['government'])}{more}"
        assert f'› <a href="{escape(up)}">某区人民政府</a> › <strong aria-current="page">某区他局</strong>' in below
        assert f'<a href="{escape(f"?{YEAR}{more}")}">全部机关</a>' in below
    tops = [f"{PAGE}?{YEAR}", f"/figures/applied/?{YEAR}&organ={organs['government']}", f"/figures/?{YEAR}&by=unit"]
    few = [queries(client, address) for address in tops]
    list(many(filled.house, 20))
    assert [queries(client, address) for address in tops] == few
