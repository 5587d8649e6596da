"""In a browser: two people on one case, a page grown old, a double click, the back button, a lost connection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from fadu.infra import clock
from fadu.kernel import models
from tests.fixtures.browser import CHINA, Live
from tests.kernel.conftest import House
from tests.web.conftest import PASSWORD
from tests.web.test_browser import check, sign_in

pytestmark = pytest.mark.browser
SEND = "确认合议"


@pytest.fixture
def second(browser: Browser) -> Iterator[Page]:
    """A browser of somebody else's."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, **CHINA)
    yield context.new_page()
    context.close()


def accepted(home: House) -> int:
    case = home.open().case
    home.do("officer", case, "accept")
    return case


def steps(home: House, case: int) -> list[str]:
    """What the record of a case holds after it was accepted."""
    with home.session(None):
        of_case = models.Event.objects.filter(stream__case=case).order_by("position")
        return [event.step for event in of_case][2:]


def secret(home: House, case: int) -> str:
    with home.session(None):
        return str(models.Case.objects.get(pk=case).facts["secret"])


def test_two_people_on_one_case(own_home: House, live: Live, desktop: Page, second: Page) -> None:
    case = accepted(own_home)
    address = f"{live.url}/cases/{case}/steps/deliberate/"
    for page, who in ((desktop, "officer"), (second, "second")):
        sign_in(page, live.url, who)
        page.goto(address)
    second.get_by_label("合议意见").fill("第二人的意见")
    second.get_by_role("button", name=SEND).dblclick()
    expect(second.get_by_text("已办结：合议")).to_be_visible()
    assert steps(own_home, case) == ["deliberate"]
    # the first one's page is older than that now
    desktop.get_by_label("合议意见").fill("第一人的意见")
    desktop.get_by_role("button", name=SEND).click()
    expect(desktop.get_by_role("alert").first).to_contain_text("您填写期间，本案已有新的操作：second某“合议”")
    expect(desktop.get_by_label("合议意见")).to_have_value("第一人的意见")
    assert steps(own_home, case) == ["deliberate"]
    desktop.get_by_role("button", name="已了解，继续").click()
    expect(desktop.get_by_text("已办结：合议")).to_be_visible()
    assert (steps(own_home, case), secret(own_home, case)) == (["deliberate"] * 2, "第一人的意见")
    # back to the form that was sent, and sent once more: the same act, not another one
    second.go_back()
    expect(second.get_by_role("alert")).to_contain_text("已经提交并且办结")
    second.get_by_label("合议意见").fill("第二人的意见")
    second.get_by_role("button", name=SEND).click()
    expect(second.get_by_text("已办结：合议")).to_be_visible()
    assert steps(own_home, case) == ["deliberate"] * 2


def test_what_is_typed_outlives_the_connection_and_the_signing_in(
    own_home: House, live: Live, desktop: Page, accessibility_faults: object
) -> None:
    case = accepted(own_home)
    sign_in(desktop, live.url, "officer")
    desktop.goto(f"{live.url}/cases/{case}/steps/deliberate/")
    box, send, told = (
        desktop.get_by_label("合议意见"),
        desktop.get_by_role("button", name=SEND),
        desktop.get_by_role("alert"),
    )
    box.fill("路上写的意见")
    desktop.context.set_offline(True)
    send.click()
    expect(told).to_contain_text("网络中断，没有提交。内容已保留在本页，请稍后再点一次提交，不会重复办理。")
    check(desktop, accessibility_faults)  # type: ignore[arg-type]
    desktop.context.set_offline(False)
    # a day later: the session is over, the page still stands open
    with own_home.session(None):
        models.WebSession.objects.all().update(expire_date=clock.now() - timedelta(days=1))
    send.click()
    expect(told).to_contain_text("登录已经结束，没有提交。")
    expect(box).to_have_value("路上写的意见")
    desktop.get_by_role("link", name="重新登录").click()
    desktop.get_by_label("用户名").fill("officer")
    desktop.get_by_label("密码").fill(PASSWORD)
    desktop.get_by_role("button", name="登录", exact=True).click()
    expect(desktop.get_by_text("还没有提交")).to_be_visible()
    expect(box).to_have_value("路上写的意见")
    # the act arrives, its answer does not
    desktop.route("**/steps/deliberate/", lambda route: (route.fetch(max_redirects=0), route.abort()))
    with desktop.expect_event("requestfailed"):
        send.click()
    assert steps(own_home, case) == ["deliberate"]
    desktop.unroute("**/steps/deliberate/")
    desktop.goto(f"{live.url}/cases/{case}/steps/deliberate/")
    expect(box).to_have_value("路上写的意见")
    send.click()
    expect(desktop.get_by_text("已办结：合议")).to_be_visible()
    assert (steps(own_home, case), secret(own_home, case)) == (["deliberate"], "路上写的意见")
    desktop.goto(f"{live.url}/cases/{case}/steps/deliberate/")
    expect(box).to_have_value("")
