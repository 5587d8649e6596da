"""期限日历: what is due on which day, what kind of day it is, whose; the same number of queries for any number."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from tests.fixtures.browser import Live
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of
from tests.web.test_browser import Faults, check
from tests.web.test_browser import sign_in as enter


def accepted(home: House) -> int:
    case = home.open().case
    home.do("officer", case, "accept")
    return case


def test_a_case_stands_on_the_day_it_is_due(home: House, sign_in: Entry) -> None:
    accepted(home)
    page = text_of(sign_in("officer").get("/calendar/?month=2024-04"))
    day = page.partition("<strong>30</strong>")[2].partition("</td>")[0]
    assert "某政申〔2024〕1号" in day
    assert "共 <strong>1</strong> 件" in page
    assert '<strong>28</strong> <span class="mark">班</span>' in page
    assert "这个月没有到期的案件" in text_of(sign_in("officer").get("/calendar/?month=2024-07"))


@pytest.mark.parametrize(("who", "whose", "seen"), [("head", "mine", 0), ("head", "all", 1), ("stranger", "all", 0)])
def test_ones_own_or_all_that_one_sees(home: House, sign_in: Entry, who: str, whose: str, seen: int) -> None:
    accepted(home)
    page = text_of(sign_in(who).get(f"/calendar/?month=2024-04&whose={whose}"))
    assert page.count("某政申〔2024〕1号") == seen


@pytest.mark.parametrize("typed", ["", "2024-13", "9999-99", "x", "0000-01"])
def test_what_is_no_month_is_this_month(home: House, sign_in: Entry, typed: str) -> None:
    assert "2024年3月到期" in text_of(sign_in("officer").get("/calendar/", {"month": typed}))


def test_the_number_of_queries_does_not_grow(home: House, sign_in: Entry) -> None:
    def asked() -> int:
        client = sign_in("officer")
        with CaptureQueriesContext(connection) as queries:
            client.get("/calendar/?month=2024-04")
        return len(queries)

    accepted(home)
    one = asked()
    for _ in range(6):
        accepted(home)
    home.day = date(2024, 3, 1)
    assert asked() == one <= 12
    assert "另有 3 件" in text_of(sign_in("officer").get("/calendar/?month=2024-04"))


@pytest.mark.browser
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_month_on_a_desk_and_on_a_phone(
    own_home: House, live: Live, width: str, request: pytest.FixtureRequest, accessibility_faults: Faults
) -> None:
    screen: Page = request.getfixturevalue(width)
    accepted(own_home)
    enter(screen, live.url, "officer")
    screen.get_by_role("link", name="期限日历").click()
    screen.goto(f"{live.url}/calendar/?month=2024-04")
    expect(screen.get_by_role("link", name="某政申〔2024〕1号")).to_be_visible()
    check(screen, accessibility_faults)
