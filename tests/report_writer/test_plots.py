"""The main measures month by month: the numbers add up to the year's, the picture says nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from fadu.analytics.whose import Whose
from fadu.infra.official import Chart, Series, to_html
from fadu.infra.official.chart_svg import svg
from fadu.report_writer import compose, write
from fadu.report_writer import plots as plots_module
from fadu.report_writer.plots import Month, Plot, chart, monthly
from tests.analytics.conftest import Filled


def plots(house: Filled, year: int, day: str) -> dict[str, Plot]:
    house.at(day)
    with house.session() as s:
        report = write(s, year)
        mine = Whose(report.provenance["organ"]["id"])
        names = ["applied", "decided", "nothing", "refused"]
        found = monthly(s, report.figures, report.before, names, report.span, mine)
        return {plot.label: plot for plot in found}


def test_the_months_add_up_to_the_year(reporting: Filled) -> None:
    found = plots(reporting, 2024, "2025-02-01")
    assert list(found) == ["收到申请数", "决定数", "未支持数"]
    assert [month.now for month in found["收到申请数"].months] == [0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0]
    assert [month.now for month in found["决定数"].months] == [0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0]
    assert not found["决定数"].compared
    december = found["决定数"].months[-1]
    assert "from=2024-12-01&before=2025-01-01" in december.now_link
    assert {month.before for month in found["决定数"].months} == {None}


def test_months_to_come_have_no_number_and_last_year_stands_beside(reporting: Filled) -> None:
    reporting.at("2024-01-20").open(known_on="2024-01-20")
    decided = plots(reporting, 2025, "2025-02-03")["决定数"]
    assert [month.now for month in decided.months] == [1, 0, *[None] * 10]
    assert (decided.compared, sum(month.before or 0 for month in decided.months)) == (True, 3)


def test_what_was_nothing_in_both_years_is_not_drawn(reporting: Filled) -> None:
    assert plots(reporting, 2023, "2025-02-01") == {}


@pytest.mark.parametrize("highest", [0, 1, 7, 1_000_000])
def test_the_picture_is_drawn_inside_its_frame(highest: int) -> None:
    months = tuple(Month(number, highest if number == 3 else 0, "/", None, "/") for number in range(1, 13))
    plot = Plot("甲<乙>", "件", 2024, False, months)
    picture = svg(chart(plot))
    root = ElementTree.fromstring(picture)
    assert root.get("aria-label") == "甲<乙>逐月情况（件）：2024年"
    bars = [bar for bar in root.iter("rect") if bar.get("class") == "plot-now" and bar.get("y") != "6"]
    assert len(bars) == bool(highest)
    for bar in bars:
        assert 0 <= int(bar.get("y") or -1) <= 240 - int(bar.get("height") or 0)
    assert not re.search(r"style=|\d\.\d", picture)
    assert plot.is_worth_a_look == (highest > 9)


def test_charts_are_attached_to_the_report_and_number_themselves(
    reporting: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = replace(compose.outline(), plots=("applied", "decided"))
    monkeypatch.setattr(compose, "outline", lambda: said)
    monkeypatch.setattr(plots_module, "FEW", 4)
    reporting.at("2025-02-01")
    with reporting.session() as s:
        document = write(s, 2024).document
        kept = write(s, 2024, keep=True).document
        assert write(s, 2024, recorded_before=s.now).document.attachments == ()
    (attached,) = document.attachments
    (applied,) = (block for block in attached.blocks if isinstance(block, Chart))  # three decisions show no course
    assert applied.caption == "图1 收到申请数逐月情况（件）"
    assert applied.series == (Series("2024年", (0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0)),)
    assert kept.attachments == document.attachments
    assert document.attachment_names == ("主要数字逐月情况",)
    assert "图1 收到申请数逐月情况（件）" in to_html(document)
