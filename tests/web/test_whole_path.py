"""The main job through the browser, wide and narrow: from an application to a sentence of the yearly report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from fadu.demo.build import settings as demo_settings
from fadu.kernel import access, clockwork
from fadu.kernel.roster import establish
from tests.fixtures.browser import Live
from tests.fixtures.database import OwnDatabase
from tests.fixtures.views import current_views

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = date(2024, 3, 12)
SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture
def site(own_database: OwnDatabase, live: Live) -> str:
    """The demonstration's organs and people on one working day, without any case."""
    current_views(own_database)
    clockwork.set_day(None, DAY)
    said = demo_settings()
    with access.session(None) as s:
        establish(s, said, lambda username: str(said["password"]))
    return live.url


def choose(box: Locator, said: str) -> None:
    """Takes the first choice of a list whose words contain those said."""
    box.select_option(box.locator("option", has_text=said).first.get_attribute("value"))


class Person:
    """One of the house's people at a browser of their own."""

    def __init__(self, browser: Browser, site: str, username: str, size: str) -> None:
        self.page: Page = browser.new_context(viewport=SIZES[size]).new_page()  # type: ignore[arg-type]
        self.site = site
        self.page.goto(f"{site}/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(demo_settings()["password"])
        self.page.get_by_role("button", name="登录", exact=True).click()
        expect(self.page.get_by_role("heading", name="我的工作")).to_be_visible()

    def step(self, case: str, label: str, fill: dict[str, str] | None = None, **choose: str) -> None:
        """Opens the step from the case's page, fills it in and confirms it."""
        self.page.goto(self.site + case)
        self.page.locator("a.step", has_text=re.compile(rf"^\s*{label}")).first.click()
        for field, value in (fill or {}).items():
            self.page.get_by_label(field).first.fill(value)
        for group, value in choose.items():
            self.page.get_by_role("group", name=group).get_by_label(value, exact=True).check()
        self.confirm()

    def confirm(self) -> None:
        self.page.locator("form button.button[value=act]").click()
        expect(self.page.get_by_text("已办结：")).to_be_visible()
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    def serve(self, case: str, paper: str, party: str) -> None:
        self.page.goto(f"{self.site}{case}steps/serve/")
        for field, said in (("文书", paper), ("受送达人", party)):
            choose(self.page.get_by_label(field).first, said)
        self.page.get_by_label("直接送达").check()
        for field in ("送出（公告）日期", "签收（送达）日期"):
            self.page.get_by_label(field).fill(DAY.isoformat())
        self.page.get_by_label("送达凭证").fill("送达回证")
        self.confirm()


@pytest.fixture(params=list(SIZES))
def people(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[dict[str, Person]]:
    names = ("chengban", "shenhe", "quzhang", "yinzhang", "shijianju")
    found = {name: Person(browser, site, name, request.param) for name in names}
    yield found
    for person in found.values():
        person.page.context.close()


def open_case(officer: Person) -> str:
    """The application as the counter enters it; returns the address of the case."""
    page = officer.page
    page.get_by_role("link", name="新收", exact=True).first.click()
    page.get_by_role("link", name="收到复议申请").click()
    choose(page.get_by_label("申请方式"), "当面提交")
    choose(page.get_by_label("案件事项"), "行政处罚")
    page.get_by_role("group", name="被申请人类型").get_by_label("本级人民政府工作部门").check()
    page.get_by_label("被申请复议的行政行为").fill("罚款三千元的行政处罚决定")
    page.get_by_label("申请期限起算日").fill("2024-03-01")
    page.get_by_label("申请的事实和理由").fill("处罚过重，请求撤销。")
    page.get_by_role("group", name="因不动产提出").get_by_label("否").check()
    page.locator("[name=p-applicant-0-name]").fill("柳如意")
    page.locator("[name=p-respondent-0-organ]").select_option(label="安宁区市场监督管理局")
    page.get_by_label("请求内容").first.fill("撤销处罚决定")
    page.get_by_role("button", name="登记立案").click()
    expect(page.get_by_role("heading", name="柳如意不服")).to_be_visible()
    return page.url.removeprefix(officer.site).partition("?")[0]


def test_from_an_application_to_a_sentence_of_the_report(people: dict[str, Person]) -> None:
    officer, head = people["chengban"], people["quzhang"]
    case = open_case(officer)
    officer.step(case, "受理")
    officer.serve(case, "受理通知书", "柳如意")
    officer.step(case, "发送申请书副本")
    officer.serve(case, "答复通知书", "市场监督管理局")
    people["shijianju"].step(case, "提出书面答复并举证", {"答复要点": "处罚有据。"})
    officer.step(case, "确定审理方式", **{"重大、疑难、复杂": "否", "专业性、技术性较强": "否"})
    officer.step(case, "听取当事人意见", {"听取意见记录": "申请人称已经改正。"}, 听取意见方式="电话")
    officer.page.goto(officer.site + case)
    officer.page.locator("a.step", has_text="拟稿呈批：作出复议决定").first.click()
    officer.page.get_by_label("查明的事实").fill("申请人首次违法，已经改正。")
    officer.page.get_by_label("决定的理由").fill("主要事实不清。")
    choose(officer.page.locator("[name^=o-]").first, "撤销")
    officer.confirm()
    people["shenhe"].step(case, "审核同意")
    head.step(case, "作出复议决定")
    people["yinzhang"].step(case, "用印")
    officer.serve(case, "复议决定书", "柳如意")
    officer.serve(case, "复议决定书", "市场监督管理局")
    officer.page.goto(f"{officer.site}{case}steps/publish/")
    officer.page.get_by_label("公开的文书").select_option(index=1)
    officer.page.get_by_label("公开渠道").fill("区政府网站")
    officer.confirm()
    officer.step(case, "抄告上一级主管部门")
    officer.step(case, "结案归档")
    expect(officer.page.get_by_text("已归档").first).to_be_visible()
    read_the_report(head)


def read_the_report(head: Person) -> None:
    """The sentence is there, and its figure opens the case behind it."""
    head.page.goto(f"{head.site}/reports/2024/")
    expect(head.page.get_by_text("截至3月12日收到行政复议申请1件").first).to_be_visible()
    expect(head.page.get_by_text("撤销1件").first).to_be_visible()
    head.page.get_by_role("link", name="1件").first.click()
    expect(head.page.get_by_text("安政复〔2024〕1号").first).to_be_visible()
    head.page.get_by_role("link", name="安政复〔2024〕1号").first.click()
    expect(head.page.get_by_role("heading", name="柳如意不服")).to_be_visible()
