"""In a real browser, wide and narrow: sign in, find the case, do the next step; nothing that axe calls serious."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fadu.analytics import views
from fadu.kernel import house, law_rehearsal, models, open_to_all
from fadu.kernel.law_rehearsal import Length
from fadu.report_writer import compose, published
from fadu.report_writer.outline import Public
from fadu.web.portal.views import reports as public_pages
from fadu.web.workbench import report_states, writing
from fadu.web.workbench.views import report_writing, reports, trends
from tests.fixtures.browser import Live
from tests.kernel.conftest import House
from tests.report_reader import files
from tests.report_writer import conftest as reported
from tests.report_writer.conftest import Write, paragraphs
from tests.web.conftest import PASSWORD, stand_still, work_on
from tests.web.test_portal_reports import TEXT, made
from tests.web.test_studio import WRITTEN

__all__ = ["paragraphs"]
pytestmark = pytest.mark.browser
Faults = Callable[[Page], list[str]]


@pytest.fixture
def site(own_home: House, live: Live) -> str:
    """The house on a port of this machine."""
    return live.url


@pytest.fixture(params=["desktop", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    """1440 and 390 wide; whatever the browser complains about fails the test."""
    page: Page = request.getfixturevalue(request.param)
    page.on("pageerror", lambda error: pytest.fail(f"page error: {error}"))
    page.on("console", lambda message: pytest.fail(message.text) if "Content Security" in message.text else None)
    return page


def sign_in(page: Page, site: str, who: str) -> None:
    page.goto(f"{site}/login/")
    page.get_by_label("用户名").fill(who)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="我的工作")).to_be_visible()


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the right."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def check(page: Page, faults: Faults) -> None:
    assert faults(page) == []
    assert fits(page)


def dress(page: Page, site: str) -> None:
    """At a desk as pages come, on a phone dark and in large type."""
    if page.viewport_size and page.viewport_size["width"] < 640:
        looks = {"fadu_type": "large", "fadu_colours": "dark"}
        page.context.add_cookies([{"name": name, "value": value, "url": site} for name, value in looks.items()])


@pytest.mark.slow
def test_from_signing_in_to_an_act(own_home: House, site: str, screen: Page, accessibility_faults: Faults) -> None:
    case = own_home.open().case
    screen.goto(site)
    check(screen, accessibility_faults)
    sign_in(screen, site, "officer")
    check(screen, accessibility_faults)
    screen.get_by_role("link", name="案件", exact=True).click()
    check(screen, accessibility_faults)
    screen.get_by_role("link", name="某政申〔2024〕1号").click()
    expect(screen.get_by_role("heading", name="张三与某局")).to_be_visible()
    check(screen, accessibility_faults)
    screen.get_by_text("怎样算出来的").first.click()
    expect(screen.get_by_text("审查受理").first).to_be_visible()
    screen.get_by_role("link", name="受理", exact=False).filter(has_text="受理").first.click()
    screen.get_by_role("button", name="预览文书").click()
    expect(screen.get_by_text("预览，尚未编号、签发：《受理通知书》")).to_be_visible()
    check(screen, accessibility_faults)
    screen.get_by_role("button", name="确认受理").click()
    expect(screen.get_by_text("已办结：受理")).to_be_visible()
    check(screen, accessibility_faults)
    screen.goto(f"{site}/cases/{case}/papers/receipt-1/")
    check(screen, accessibility_faults)


@pytest.mark.slow
def test_opening_a_case_by_hand(own_home: House, site: str, screen: Page, accessibility_faults: Faults) -> None:
    sign_in(screen, site, "officer")
    screen.get_by_role("link", name="新收", exact=True).first.click()
    check(screen, accessibility_faults)
    screen.get_by_role("link", name="收到申请").click()
    check(screen, accessibility_faults)
    screen.get_by_label("经过").fill("某日某事")
    screen.get_by_role("button", name="登记立案").click()
    expect(screen.get_by_role("heading", name="没有办理")).to_be_visible()
    expect(screen.get_by_label("经过")).to_have_value("某日某事")
    expect(screen.locator("#f-known_on-fault")).to_be_visible()
    check(screen, accessibility_faults)
    screen.get_by_role("button", name="再加一项申请人").click()
    expect(screen.locator("[name=p-applicant-1-name]")).to_be_visible()
    screen.locator("#f-known_on").fill("2024-02-20")
    screen.locator("[name=p-applicant-0-name]").fill("张三")
    screen.locator("[name=p-applicant-1-name]").fill("李四")
    screen.locator("[name=p-respondent-0-organ]").select_option(label="某区某局")
    screen.locator("[name=i-0-wish]").fill("撤销")
    screen.get_by_role("button", name="登记立案").click()
    expect(screen.get_by_role("heading", name="张三、李四与某区某局")).to_be_visible()


@pytest.fixture
def reporting(own_home: House, live: Live, paragraphs: Write, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house counts, its small procedure carries the report, and last year's was published."""
    catalogue = paragraphs(reported.PARAGRAPHS)
    with live.database.as_owner():
        assert views.sync(catalogue) == []
    written = replace(WRITTEN, paper="decision")
    said = replace(reported.OUTLINE, written=written, public=Public(("applied",), 1), plots=("applied", "accepted"))
    for module in (compose, published, writing, report_states, report_writing, reports, trends, public_pages):
        monkeypatch.setattr(module, "outline", lambda: said)
    published._wordings.cache_clear()
    monkeypatch.setattr(open_to_all, "published", lambda *_, **__: [one])
    monkeypatch.setattr(open_to_all, "published_text", lambda *_: one)
    one = made(1, "publication-1", TEXT, 2024, own_home.organs["government"])
    return own_home


def rehearsed(home: House, case: int) -> str:
    """The address of what another length of the case's running period would touch."""
    with home.session("officer") as s:
        clock = models.Clock.objects.get(case_id=case, name="trial")
        law = s.env.library.statute(clock.data["statute"])
        row = law_rehearsal.ask(s, Length(law, clock.data["period"], date(2024, 2, 1), 30, "day"))
    return f"/rehearsals/{row.pk}/"


def year_ends(home: House) -> None:
    """The report's own case is open, whose officer sees everything; another organ has had a case too."""
    home.day = date(2025, 1, 5)
    stand_still(home)
    home.do("officer", home.open(known_on="2024-12-31").case, "accept")
    with home.session(None) as s:
        house.assign_post(s, home.people["officer"], home.organs["government"], "supervisor", since=date(2020, 1, 1))
    with home.session("admin") as s:
        house.move_organ(s, home.organs["respondent"], home.organs["other"], date(2024, 1, 2))
    home.day, home.organs["bureau"] = date(2024, 4, 1), home.organs["other"]
    home.open("stranger")


@pytest.mark.slow
def test_every_kind_of_page(reporting: House, site: str, screen: Page, accessibility_faults: Faults) -> None:
    dress(screen, site)
    case = reporting.open().case
    reporting.do("officer", case, "accept")
    sign_in(screen, site, "officer")
    for address in (
        f"/cases/{case}/steps/serve/",
        f"/cases/{case}/steps/draft_paper/?about=decide",
        "/cases/?since=2024-02-30",
        "/procedures/small/2023/",
        "/law/",
        "/law/administrative_reconsideration_law/",
        "/law/administrative_reconsideration_law/rehearsal/",
        rehearsed(reporting, case),
        "/help/",
        "/standing/",
        "/standing/?kind=open",
        "/no/such/page/",
    ):
        screen.goto(site + address)
        expect(screen.get_by_role("heading", level=1)).to_be_visible()
        check(screen, accessibility_faults)
    screen.goto(f"{site}/standing/")
    plot = screen.locator("figure[data-plot] svg").first
    plot.click()
    if not screen.evaluate("matchMedia('(hover: hover)').matches"):
        expect(plot).to_contain_text("期限正常：1")
        plot.click()  # with a finger the first touch tells, the second opens
    expect(screen.get_by_role("heading", name="期限正常的案件")).to_be_visible()
    expect(screen.get_by_role("link", name="某政申〔2024〕1号")).to_be_visible()
    year_ends(reporting)
    year, whole = "from=2024-01-01&before=2025-01-01", reporting.organs["government"]
    public = "/open/reports/1/publication-1/"
    for address, drawn in (
        (f"/figures/?{year}", 0),
        (f"/figures/?{year}&by=unit", 0),
        (f"/figures/trends/?{year}", 3),
        (f"/figures/applied/?{year}&organ={whole}", 2),
        (f"/figures/applied/?{year}&by=respondent", 1),
        ("/reports/2024/", 0),
        ("/reports/2024/plots/", 2),
        ("/reports/2024/versions/", 0),
        ("/open/reports/", 0),
        (public, 0),
        (f"{public}figures/applied/", 0),
    ):
        screen.goto(site + address)
        for plot in screen.locator("figure[data-plot]").all():
            plot.scroll_into_view_if_needed()
        expect(screen.locator("figure[data-plot] > div > svg")).to_have_count(drawn)
        check(screen, accessibility_faults)
    screen.goto(f"{site}/reports/2024/versions/")
    screen.get_by_role("button", name="比较").click()
    expect(screen.get_by_text("全部数字相同")).to_be_visible()
    check(screen, accessibility_faults)
    screen.goto(f"{site}/figures/applied/?{year}")
    plot = screen.locator("figure[data-plot=areas]")
    area = plot.get_by_text("某区他局 ›", exact=True)
    plot.scroll_into_view_if_needed()
    area.click()
    if not screen.evaluate("matchMedia('(hover: hover)').matches"):
        area.click()
    above = screen.get_by_role("navigation", name="上级机关")
    expect(above).to_contain_text("全部机关 › 某区人民政府 › 某区他局")
    check(screen, accessibility_faults)
    above.get_by_role("link", name="某区人民政府").click()
    expect(above.locator("[aria-current]")).to_have_text("某区人民政府")


def test_dark_pages_and_large_type(own_home: House, site: str, phone: Page, accessibility_faults: Faults) -> None:
    case = own_home.open().case
    phone.goto(f"{site}/login/")
    phone.get_by_role("link", name="大字、深色").click()
    phone.get_by_label("深色").check()
    phone.get_by_label("大字").check()
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_role("status")).to_contain_text("已经保存")
    check(phone, accessibility_faults)
    sign_in(phone, site, "officer")
    for address in (f"/cases/{case}/", "/help/components/"):
        phone.goto(site + address)
        style = "getComputedStyle(document.documentElement)"
        assert phone.evaluate(f"[{style}.colorScheme, {style}.fontSize]") == ["dark", "20px"]
        check(phone, accessibility_faults)


def test_the_keyboard_reaches_the_text_first(own_home: House, site: str, desktop: Page) -> None:
    desktop.goto(f"{site}/login/")
    desktop.keyboard.press("Tab")
    expect(desktop.get_by_role("link", name="跳到正文")).to_be_focused()
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"


def test_a_page_put_aside_is_not_shown_to_who_comes_after(own_home: House, site: str, desktop: Page) -> None:
    sign_in(desktop, site, "officer")
    desktop.goto(f"{site}/me/")
    desktop.context.clear_cookies()
    desktop.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(desktop).to_have_url(f"{site}/login/?next=/me/")


def test_the_demonstration_is_entered_with_one_click(own_home: House, site: str, desktop: Page) -> None:
    desktop.goto(f"{site}/login/")
    desktop.get_by_role("button", name="officer某").click()
    expect(desktop.get_by_role("heading", name="我的工作")).to_be_visible()
    desktop.get_by_role("button", name="到下一个工作日").click()
    expect(desktop.get_by_text("今天是 2024年3月4日 星期一")).to_be_visible()


def test_without_scripts_every_act_works(own_home: House, site: str, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")  # type: ignore[attr-defined]
    page = context.new_page()
    case = own_home.open().case
    sign_in(page, site, "officer")
    page.goto(f"{site}/cases/{case}/steps/accept/")
    page.get_by_role("button", name="确认受理").click()
    expect(page.get_by_text("已办结：受理")).to_be_visible()
    context.close()


def test_many_cases_at_once(own_home: House, site: str, phone: Page, accessibility_faults: Faults) -> None:
    """Tick, see what it comes to, confirm; the way back does nothing twice. A spreadsheet of old cases comes in."""
    cases = [own_home.open().case for _ in range(3)]
    sign_in(phone, site, "head")
    phone.goto(f"{site}/cases/")
    phone.get_by_label("选中 某政申〔2024〕1号").check()
    phone.get_by_label("选中 某政申〔2024〕3号").press("Space")
    check(phone, accessibility_faults)
    phone.get_by_role("button", name="改派承办人").click()
    phone.get_by_label("新的承办人").select_option("second某")
    phone.get_by_label("改派理由").fill("工作调整")
    phone.get_by_role("button", name="先看每件的结果").click()
    expect(phone.get_by_text("可以办理 2 件")).to_be_visible()
    check(phone, accessibility_faults)
    phone.get_by_role("button", name="确认改派承办人 2 件").dblclick()
    expect(phone.get_by_text("已办理 2 件")).to_be_visible()
    check(phone, accessibility_faults)
    phone.go_back()
    phone.goto(f"{site}/cases/?officer={own_home.people['second']}")
    expect(phone.get_by_text("共 2 件")).to_be_visible()
    with own_home.session(None):
        assert models.Event.objects.filter(step="assign_officer", stream__case__in=cases).count() == 2
    phone.context.clear_cookies()
    sign_in(phone, site, "admin")
    phone.goto(f"{site}/cases/import/")
    check(phone, accessibility_faults)
    phone.get_by_role("button", name="从表格导入").click()
    table = "历年案件\n案号,收件日期*,状态,机构\n旧1号,２０２４年１月５日,待审查,某区司法局"
    phone.get_by_label("文件").set_input_files(
        {"name": "旧案.csv", "mimeType": "text/csv", "buffer": table.encode("gb18030")}
    )
    phone.get_by_role("button", name="检查").click()
    expect(phone.get_by_text("等待检查")).to_be_visible()
    check(phone, accessibility_faults)
    work_on(phone.url)
    phone.get_by_label("机构", exact=True).select_option("办理机构")
    phone.get_by_role("button", name="检查一遍").click()
    expect(phone.get_by_text("等待检查")).to_be_visible()
    work_on(phone.url)
    expect(phone.get_by_text("检查通过：1 行都可以导入")).to_be_visible()
    check(phone, accessibility_faults)
    phone.get_by_role("button", name="导入 1 行").dblclick()
    expect(phone.get_by_text("等待导入")).to_be_visible()
    work_on(phone.url)
    expect(phone.get_by_text("已经导入 1 行")).to_be_visible()
    check(phone, accessibility_faults)


REPORT = (
    "安宁区2023年法治政府建设年度报告\n"
    + "全区深入推进依法行政。\n" * 40
    + "全区受理30件：审结20件，在办11件。\n持证率80%。"
)


def test_anybody_reads_a_report_like_a_proof(site: str, screen: Page, accessibility_faults: Faults) -> None:
    screen.goto(f"{site}/open/report-check/")
    check(screen, accessibility_faults)
    screen.get_by_label("报告文件").set_input_files({"name": "a.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.7 broken"})
    screen.get_by_role("button", name="核对", exact=True).click()
    expect(screen.get_by_role("alert")).to_contain_text("已经损坏")
    check(screen, accessibility_faults)
    screen.get_by_label("或者把报告的文字粘贴在这里").fill(REPORT)
    screen.get_by_role("button", name="核对", exact=True).click()
    expect(screen.get_by_role("heading", name="请核对的地方：1处")).to_be_visible()
    check(screen, accessibility_faults)
    screen.get_by_role("link", name="各部分相加20＋11＝31，与30不符。").click()
    figure = screen.get_by_role("link", name="30（不符，请核对）")
    expect(figure).to_be_focused()
    expect(figure).to_be_in_viewport()
    screen.keyboard.press("Enter")
    expect(screen.locator(".note.fails")).to_be_focused()
    expect(screen.locator(".proof a.lit")).to_have_count(3)


def test_an_officer_checks_a_file_and_compares_two(
    site: str, desktop: Page, accessibility_faults: Faults, tmp_path: Path
) -> None:
    desktop.on("console", lambda message: pytest.fail(message.text) if "Content Security" in message.text else None)
    sign_in(desktop, site, "officer")
    desktop.get_by_role("link", name="报告核对").click()
    lines = ["某某区2023年法治政府建设年度报告", "行政机关负责人出庭应诉率98%。全区受理30件：审结20件，在办11件。"]
    (tmp_path / "甲.docx").write_bytes(files.word(lines))
    desktop.get_by_label("报告文件").set_input_files(tmp_path / "甲.docx")
    desktop.get_by_role("button", name="核对", exact=True).click()
    expect(desktop.locator(".note.fails")).to_contain_text("与30不符")
    with desktop.expect_download() as kept:
        desktop.get_by_role("button", name="下载这一页").click()
    assert "20＋11＝31" in kept.value.path().read_text(encoding="utf-8")
    (tmp_path / "乙.txt").write_text(
        "安宁区2023年法治政府建设年度报告\n行政机关负责人出庭应诉率99%。", encoding="utf-8"
    )
    desktop.goto(f"{site}/reading/compare/")
    check(desktop, accessibility_faults)
    desktop.get_by_label("报告文件").set_input_files([tmp_path / "甲.docx", tmp_path / "乙.txt"])
    desktop.get_by_role("button", name="比较", exact=True).click()
    expect(desktop.get_by_text("第1（共2个）")).to_be_visible()
    desktop.get_by_text("图", exact=True).click()
    plot = desktop.get_by_role("img", name="出庭应诉率").first
    expect(plot.locator("svg")).to_be_visible()
    expect(plot).to_contain_text("安宁区")
    check(desktop, accessibility_faults)
