"""The search: what matched is marked, nobody finds what he may not read, and it asks the same number of queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from fadu.kernel import access
from fadu.web.workbench import searching
from tests.analytics import listed
from tests.fixtures.browser import Live
from tests.kernel.conftest import House
from tests.web.conftest import Entry, stand_still, text_of
from tests.web.test_browser import Faults, check
from tests.web.test_browser import sign_in as enter


def page(client: Client, typed: str, **more: str) -> str:
    response = client.get("/search/", {"q": typed} | more)
    assert response.status_code == 200
    return text_of(response)


def test_what_matched_is_named_and_marked(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    told = page(sign_in("officer"), "某日 通知书")
    assert f'href="/cases/{case}/"' in told
    assert '<span class="match-label">经过</span><mark>某日</mark>某事' in told
    assert '<span class="match-label">《受理通知书》</span>' in told
    assert "<mark>通知书</mark>" in told


def test_a_whole_number_leads_to_its_case(home: House, sign_in: Entry) -> None:
    case = home.open().case
    assert sign_in("officer").get("/search/", {"q": "某政申〔2024〕1号"})["Location"] == f"/cases/{case}/"
    assert "没有找到" in page(sign_in("stranger"), "某政申〔2024〕1号")


def test_the_inner_file_is_not_found_from_outside(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "deliberate", {"secret": "不宜支持的内部意见"})
    assert "<mark>内部意见</mark>" in page(sign_in("officer"), "内部意见")
    outside = page(sign_in("clerk"), "内部意见")
    assert "没有找到“内部意见”" in outside
    both = page(sign_in("clerk"), "某日某事")
    assert f'href="/cases/{case}/"' in both
    assert "内部意见" not in both


def test_procedures_statutes_and_registers_are_found_by_name(home: House, sign_in: Entry) -> None:
    told = page(sign_in("stranger"), "行政复议法")
    assert '<span class="tag">法规</span>' in told
    assert "<mark>行政复议法</mark>" in told


def test_what_cannot_be_looked_for_is_told(home: House, sign_in: Entry) -> None:
    response = sign_in("officer").get("/search/", {"q": "张"})
    assert response.status_code == 422
    assert "“张”只有一个字，请至少输入两个字" in text_of(response)
    listed = sign_in("officer").get("/cases/", {"q": "张"})
    assert (listed.status_code, "请至少输入两个字" in text_of(listed)) == (422, True)


def test_pages_follow_one_another(home: House, sign_in: Entry) -> None:
    for _ in range(21):
        home.open()
    told = page(sign_in("officer"), "张三")
    assert (told.count('class="hit"'), "第 1 页，共 2 页" in told) == (20, True)
    assert page(sign_in("officer"), "张三", page="9").count('class="hit"') == 1


def test_the_number_of_queries_does_not_grow(home: House, sign_in: Entry) -> None:
    def asked() -> int:
        client = sign_in("officer")
        with CaptureQueriesContext(connection) as queries:
            page(client, "张三 某日")
        return len(queries)

    home.open()
    one = asked()
    for _ in range(5):
        home.open()
    assert asked() == one <= 16


# ---------------------------------------------------------------- entries of registers


@pytest.fixture
def filled(home: House, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Entries in every state; today is 1 February 2025."""
    monkeypatch.setattr(access, "registry", listed.catalogue)
    rows = listed.fill(home)
    stand_still(home)
    return rows


def addresses(told: str) -> list[str]:
    return [one.partition('"')[0] for one in told.split('href="/registers/power/entries/')[1:]]


def test_entries_stand_below_the_cases_with_what_is_true_today(filled: dict[str, int], sign_in: Entry) -> None:
    told = page(sign_in("officer"), "某事 处罚")
    assert '<h2 id="entries">名录条目 <span class="number">4</span>' in told
    assert '执法事项清单 <span class="tag">现行有效</span>' in told
    assert '<span class="tag">已经终止</span>' in told
    assert "对<mark>某事</mark>的<mark>处罚</mark>" in told
    assert f"{filled['B']}/" in addresses(told)
    assert sign_in("officer").get(f"/registers/power/entries/{filled['B']}/").status_code == 200


def test_who_may_see_the_list_finds_its_entries_and_nobody_else(filled: dict[str, int], sign_in: Entry) -> None:
    for who, number in (("officer", 4), ("mayor", 6), ("stranger", 1), ("clerk", 0)):
        found = addresses(page(sign_in(who), "某事", **{"in": "entries"}))
        assert len(found) == number
        for address in found:
            assert sign_in(who).get(f"/registers/power/entries/{address}").status_code == 200
    assert "没有找到“某事的”" in page(sign_in("clerk"), "某事的")


def test_more_entries_than_a_few_have_pages_of_their_own(home: House, filled: dict[str, int], sign_in: Entry) -> None:
    for number in range(21):
        listed.change(home, "officer", "add", f"N{number}")
    home.open(story="对某事的处罚")
    client = sign_in("officer")
    told = page(client, "某事的处罚")
    assert (len(addresses(told)), "查看全部 25 条" in told, told.count('class="hit"')) == (5, True, 6)
    alone = page(client, "某事的处罚", **{"in": "entries"})
    assert (len(addresses(alone)), "第 1 页，共 2 页" in alone, "/cases/1/" in alone) == (20, True, False)
    assert "in=entries&amp;page=2" in alone
    assert len(addresses(page(client, "某事的处罚", **{"in": "entries", "page": "9"}))) == 5


def test_entries_beyond_what_is_counted_are_told(
    filled: dict[str, int], sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "COUNTED", 2)
    told = page(sign_in("officer"), "某事")
    assert '名录条目 <span class="number">2+</span>' in told
    assert len(addresses(page(sign_in("officer"), "某事", **{"in": "entries"}))) == 2


def test_the_number_of_queries_does_not_grow_with_entries(home: House, filled: dict[str, int], sign_in: Entry) -> None:
    def asked(**more: str) -> int:
        client = sign_in("officer")
        with CaptureQueriesContext(connection) as queries:
            page(client, "某事的处罚", **more)
        return len(queries)

    few = asked(), asked(**{"in": "entries"})
    for number in range(21):
        listed.change(home, "officer", "add", f"N{number}")
    assert (asked(), asked(**{"in": "entries"})) == few
    assert max(few) <= 16


@pytest.mark.browser
def test_by_keyboard_alone(own_home: House, live: Live, desktop: Page, accessibility_faults: Faults) -> None:
    for _ in range(2):
        own_home.open()
    enter(desktop, live.url, "officer")
    desktop.keyboard.press("/")
    desktop.keyboard.type("某日某事")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="案件 2")).to_be_visible()
    check(desktop, accessibility_faults)
    desktop.keyboard.press("/")
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(f"{live.url}/cases/1/")
