"""A citizen and a lawyer on the portal in a real browser, wide and narrow: apply, save, send twice, go back, follow."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from fadu.kernel import access, applications, models, registers
from fadu.kernel.registers import Change
from tests.fixtures.browser import Live
from tests.kernel.conftest import House
from tests.web import open_house
from tests.web.test_browser import Faults, check, dress

pytestmark = pytest.mark.browser


@pytest.fixture
def site(own_home: House, live: Live) -> str:
    """The house on a port of this machine, whose bureau receives on the portal."""
    with own_home.session("admin") as s:
        applications.receive_at(s, "small", own_home.organs["bureau"])
    return live.url


@pytest.fixture(params=["desktop", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    page: Page = request.getfixturevalue(request.param)
    page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
    page.on("console", lambda message: pytest.fail(message.text) if "Content Security" in message.text else None)
    return page


def begin(page: Page, site: str, faults: Faults) -> None:
    page.goto(f"{site}/open/")
    check(page, faults)
    page.get_by_role("link", name="我要申请").first.click()
    page.get_by_role("link", name="小程序").click()
    check(page, faults)
    page.get_by_role("button", name="开始填写").click()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).last.click()


def next_page(page: Page) -> None:
    press(page, "下一步")


def slip(page: Page) -> list[str]:
    return page.locator(".slip dd").all_inner_texts()


def enter(page: Page, site: str, number: str, code: str) -> None:
    page.goto(f"{site}/open/follow/")
    page.get_by_label("回执编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()


@pytest.mark.slow
def test_a_citizen_applies_and_follows(own_home: House, site: str, screen: Page, accessibility_faults: Faults) -> None:
    begin(screen, site, accessibility_faults)
    next_page(screen)
    expect(screen.get_by_role("alert")).to_contain_text("请填写申请人")
    check(screen, accessibility_faults)
    screen.get_by_label("姓名或者名称").fill("张三")
    next_page(screen)
    press(screen, "添加代理人")
    check(screen, accessibility_faults)
    press(screen, "删去这一项")
    next_page(screen)
    screen.locator("[name=p-respondent-0-organ]").select_option(label="某区某局")
    next_page(screen)
    screen.locator("[name=i-0-wish]").fill("撤销")
    next_page(screen)
    screen.get_by_label("知道之日").fill("2024-02-20")
    screen.get_by_label("经过").fill("某日某事")
    screen.go_back()
    expect(screen.locator("[name=i-0-wish]")).to_have_value("撤销")
    screen.go_forward()
    screen.get_by_label("知道之日").fill("2024-02-20")
    screen.get_by_label("经过").fill("某日某事")
    next_page(screen)
    expect(screen.get_by_role("heading", name="请核对")).to_be_visible()
    check(screen, accessibility_faults)
    screen.get_by_role("button", name="确认提交").dblclick()
    expect(screen.get_by_role("heading", name="已经收到您的申请")).to_be_visible()
    check(screen, accessibility_faults)
    number, code = slip(screen)
    with own_home.session("officer"):
        assert models.Case.objects.count() == 1
    screen.go_back()
    expect(screen.get_by_role("heading", name="小程序")).to_be_visible()
    screen.get_by_role("button", name="结束，不留痕迹").click()
    enter(screen, site, number, "0000-0000-0000")
    expect(screen.get_by_role("alert")).to_contain_text("编号或者查询码不对")
    enter(screen, site, number, code)
    expect(screen.get_by_text("待审查")).to_be_visible()
    screen.get_by_text("怎样算出来的").first.click()
    check(screen, accessibility_faults)
    case = models.Application.objects.get(number=number).case_id or 0
    own_home.do("officer", case, "accept")
    screen.reload()
    screen.get_by_role("link", name="撤回申请").click()
    check(screen, accessibility_faults)
    screen.get_by_role("button", name="确认提交").click()
    expect(screen.get_by_role("status")).to_contain_text("已经办好")


@pytest.mark.slow
def test_a_lawyer_saves_a_draft_and_goes_on_elsewhere(
    own_home: House, site: str, desktop: Page, phone: Page, accessibility_faults: Faults
) -> None:
    begin(desktop, site, accessibility_faults)
    desktop.get_by_label("姓名或者名称").fill("李四公司")
    desktop.get_by_label("法人").check()
    desktop.get_by_role("button", name="先存着，以后再填").click()
    desktop.get_by_role("button", name="给我编号和查询码").click()
    check(desktop, accessibility_faults)
    number, code = slip(desktop)
    enter(phone, site, number, code.lower())
    expect(phone.get_by_label("姓名或者名称")).to_have_value("李四公司")
    phone.get_by_role("button", name="再加一项申请人").click()
    expect(phone.locator("[name=p-applicant-1-name]")).to_be_visible()
    check(phone, accessibility_faults)


def test_what_everybody_reads(own_home: House, site: str, screen: Page, accessibility_faults: Faults) -> None:
    dress(screen, site)
    for address in (
        "/open/",
        "/open/apply/",
        "/open/apply/small/apply/",
        "/open/follow/",
        "/open/reports/",
        "/open/report-check/",
        "/open/look/",
        "/open/public/",
        "/open/public/texts/",
        "/open/public/guides/",
        "/open/public/guides/small/",
        "/open/public/measures/",
        "/open/opinions/",
        "/open/verify/",
    ):
        screen.goto(site + address)
        expect(screen.get_by_role("heading", level=1)).to_be_visible()
        check(screen, accessibility_faults)
    screen.get_by_label("核验码").fill("7K2M")
    screen.get_by_role("button", name="核验文书").click()
    expect(screen.get_by_role("alert")).to_contain_text(re.compile("核验码由16位"))
    check(screen, accessibility_faults)


def test_entries_of_public_lists_stand_beside_the_texts(
    own_home: House, site: str, screen: Page, accessibility_faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = open_house.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    with own_home.session("officer") as s:
        facts = {"code": "A-1", "subject": "对某事的处罚", "risk": "high"}
        registers.perform(s, "open_power", own_home.organs["bureau"], Change("add", facts))
    screen.goto(f"{site}/open/public/texts/?words=某事")
    expect(screen.get_by_role("heading", name="清单中的条目")).to_be_visible()
    check(screen, accessibility_faults)
    screen.get_by_role("link", name="A-1").click()
    expect(screen.get_by_role("heading", name="权力清单")).to_be_visible()
    expect(screen.get_by_text("对某事的处罚")).to_be_visible()


LOST = "网络中断，没有提交。"


def test_nothing_is_lost_and_nothing_done_twice(
    own_home: House, site: str, phone: Page, accessibility_faults: Faults
) -> None:
    begin(phone, site, accessibility_faults)
    name, told = phone.get_by_label("姓名或者名称"), phone.get_by_role("alert")
    name.fill("张三")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="下一步").last.click()
    expect(told).to_contain_text(f"{LOST}内容已保留在本页，请稍后再点一次提交，不会重复办理。")
    check(phone, accessibility_faults)
    phone.context.set_offline(False)
    phone.reload()
    expect(name).to_have_value("张三")
    next_page(phone)
    next_page(phone)
    phone.locator("[name=p-respondent-0-organ]").select_option(label="某区某局")
    next_page(phone)
    phone.locator("[name=i-0-wish]").fill("撤销")
    next_page(phone)
    phone.get_by_label("知道之日").fill("2024-02-20")
    phone.get_by_label("经过").fill("某日某事")
    next_page(phone)
    send = phone.get_by_role("button", name="确认提交")
    phone.context.set_offline(True)
    send.click()
    expect(told).to_contain_text(LOST)
    phone.context.set_offline(False)
    send.click()
    expect(phone.get_by_role("heading", name="已经收到您的申请")).to_be_visible()
    with own_home.session("officer"):
        case = models.Case.objects.get().pk
    own_home.do("officer", case, "accept")
    number = slip(phone)[0]
    # the act arrives, its answer does not: the form is still there and is sent once more
    phone.goto(f"{site}/open/follow/{number}/steps/withdraw/")
    phone.route("**/steps/withdraw/", lambda route: (route.fetch(max_redirects=0), route.fulfill(status=204)))
    with phone.expect_event("requestfailed"):
        send.click()
    phone.unroute("**/steps/withdraw/")
    phone.evaluate("delete document.forms[0].dataset.sent")  # as eight seconds do
    send.click()
    expect(phone.get_by_role("status")).to_contain_text("已经办好")
    phone.go_back()
    expect(phone.get_by_text("已经提交并且办结")).to_be_visible()
    with own_home.session(None):
        assert models.Event.objects.filter(stream__case=case, step="withdraw").count() == 1
