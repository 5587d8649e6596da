"""In a browser: the day's work of who reviews for legality, of the heads, of the justice bureau, in one house."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from fadu.domains.organisation import ROOM
from fadu.kernel import access
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.fixtures.browser import CHINA, Live
from tests.kernel import small
from tests.kernel.conftest import House
from tests.web.test_browser import check, sign_in
from tests.web.test_news import proposed

pytestmark = pytest.mark.browser
At = Callable[[str], Page]


@pytest.fixture
def at(own_home: House, live: Live, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[At]:
    """The desk of one of the house's people: signed in, on 我的工作."""
    catalogue = Registry([small.ROOM, ROOM], load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    pages: dict[str, Page] = {}

    def desk(who: str) -> Page:
        if who not in pages:
            pages[who] = browser.new_context(viewport={"width": 1440, "height": 900}, **CHINA).new_page()
            sign_in(pages[who], live.url, who)
        pages[who].goto(live.url)
        return pages[who]

    yield desk
    for page in pages.values():
        page.context.close()


def done(page: Page, label: str) -> None:
    expect(page.get_by_text(f"已办结：{label}")).to_be_visible()


def test_from_a_proposal_returned_to_a_letter_answered(
    own_home: House, at: At, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    proposed(own_home)
    # who reviews for legality finds the proposal on his desk, and sends it back
    reviewer = at("reviewer")
    reviewer.get_by_role("link", name="去办理").click()
    reviewer.get_by_role("link", name="退回修改").click()
    reviewer.get_by_label("退回理由").fill("说理不足")
    reviewer.get_by_role("button", name="确认退回修改").click()
    done(reviewer, "退回修改")
    # the officer is told, and proposes anew
    officer = at("officer")
    expect(officer.locator(".badge")).to_have_text("1")
    expect(officer.locator(".news")).to_contain_text("reviewer某（审核人）退回修改：作出决定")
    check(officer, accessibility_faults)
    officer.locator(".news").get_by_role("button").click()
    officer.get_by_role("link", name="拟稿呈批：作出决定").click()
    officer.get_by_label("理由").fill("经审理查明，请求有理")
    officer.get_by_role("button", name="提交审核").click()
    done(officer, "拟稿呈批")
    expect(officer.locator(".badge")).to_be_hidden()
    officer = at("officer")
    expect(officer.get_by_role("region", name="等待他人办理的事项列表")).to_contain_text("审核人reviewer某")
    at("reviewer").get_by_role("link", name="去办理").click()
    reviewer.get_by_role("button", name="确认审核同意").click()
    done(reviewer, "审核同意")
    # the head of the government reads what he signs, and signs
    mayor = at("mayor")
    mayor.get_by_role("link", name="审阅并签发").click()
    expect(mayor.get_by_text("预览，尚未编号、签发：《决定书》")).to_be_visible()
    expect(mayor.locator("main")).to_contain_text("经审理查明，请求有理")
    mayor.get_by_role("button", name="签发").click()
    done(mayor, "作出决定")
    # the justice bureau looks at its board, urges the organ, and finds the answer there
    head = at("head")
    head.get_by_role("link", name="看板").click()
    check(head, accessibility_faults)
    head.get_by_role("link", name="发出督办函").click()
    head.get_by_label("任务事项").fill("履行决定")
    head.get_by_label("完成要求").fill("说明履行的情况")
    head.get_by_label("完成期限（日）").fill("5")
    head.locator("[name=p-responsible-0-organ]").select_option(label="某区某局")
    head.get_by_role("button", name="登记立案").click()
    expect(head.get_by_role("heading", name="履行决定")).to_be_visible()
    clerk = at("clerk")
    expect(clerk.locator(".news")).to_contain_text("履行决定")
    clerk.locator(".news").get_by_role("button", name="履行决定").click()
    clerk.locator("a.step", has_text="报送完成情况").first.click()
    clerk.get_by_label("完成情况").first.fill("已经履行")
    clerk.locator("form button.button[value=act]").click()
    expect(clerk.get_by_text("已办结：")).to_be_visible()
    head = at("head")
    expect(head.locator(".news")).to_contain_text("clerk某（本单位涉案事务经办人）")
    head.get_by_role("link", name="看板").click()
    expect(head.locator("main")).to_contain_text("待验收")
