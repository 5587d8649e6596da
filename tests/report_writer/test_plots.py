"""The main measures month by month: the numbers add up to the year's, the picture says nothing else."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from fadu.report_writer import write
from fadu.report_writer.plots import Month, Plot, monthly, svg
from tests.analytics.conftest import Filled


def plots(house: Filled, year: int, day: str) -> dict[str, Plot]:
    house.at(day)
    with house.session() as s:
        report = write(s, year)
        organ = report.provenance["organ"]["id"]
        return {
            plot.label: plot for plot in monthly(s, report, ["applied", "decided", "nothing", "refused"], year, organ)
        }


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
    picture = svg(Plot("甲<乙>", "件", 2024, False, months))
    root = ElementTree.fromstring(picture)
    assert root.get("aria-label") == "甲<乙>，2024年逐月"
    bars = [bar for bar in root.iter("rect") if bar.get("class") == "plot-now" and bar.get("y") != "6"]
    assert len(bars) == bool(highest)
    for bar in bars:
        assert 0 <= int(bar.get("y") or -1) <= 240 - int(bar.get("height") or 0)
    assert not re.search(r"style=|\d\.\d", picture)
