"""管理: organs, people, accounts, rules, notices and numbers by acts of the house; who, when and what on one page."""

from __future__ import annotations

import re
from typing import Any

import docx
import pytest
from django.contrib.auth.hashers import check_password
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from fadu.kernel import access, certificates, destruction, house, house_calendar, models
from fadu.kernel.certificates import Certificate
from fadu.web.workbench.house_acts import ACTS
from tests.fixtures.browser import Live
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of
from tests.web.test_browser import Faults, check
from tests.web.test_browser import sign_in as sign_in_by_hand

NOTICE = "关于2031年部分节假日安排的通知\n国办发明电〔2030〕1号\n一、元旦：1月1日（周三）至2日（周四）放假，共2天。"


@pytest.fixture
def admin(sign_in: Entry) -> Client:
    return sign_in("admin")


def act(admin: Client, which: str, status: int = 200, **given: Any) -> str:
    response = admin.post(f"/house/acts/{which}/", given)
    page = text_of(response)
    assert response.status_code == status, page
    return page


def last_step() -> tuple[str, str]:
    """Which act of the house was recorded last, and whose."""
    with access.session(None):
        event = models.Event.objects.filter(stream__kind="house", stream__name="house").latest("position")
        return event.step, event.actor.username if event.actor else ""


# ---------------------------------------------------------------- organs and people


def test_an_organ_from_its_beginning_to_its_end(home: House, admin: Client) -> None:
    page = text_of(admin.get("/house/"))
    assert "某区司法局" in page
    assert "officer某（承办人）" in page
    government = home.organs["government"]
    new = {"name": "某区新局", "short": "新局", "parent": government, "since": "2024-01-01"}
    assert "已登记某区新局" in act(admin, "register_organ", **new)
    assert last_step() == ("register_organ", "admin")
    assert "已经登记过" in act(admin, "register_organ", 422, **new)
    made = models.Organ.objects.get(name="某区新局")
    assert "没有人任职" in text_of(admin.get("/house/"))
    moved = {"organ": made.pk, "parent": home.organs["other"], "day": "2024-02-01"}
    assert "隶属调整" in act(admin, "move_organ", **moved)
    ended = {"organ": made.pk, "before": "2024-03-01", "successor": home.organs["other"]}
    assert "撤销" in act(admin, "end_organ", **ended)
    assert "由某区他局继受" in text_of(admin.get("/house/"))
    assert "请从“机关（机构）”的选项中选择" in act(admin, "end_organ", 422, **ended)


def test_a_person_comes_stands_in_for_another_and_leaves(home: House, admin: Client) -> None:
    page = act(admin, "register_officer", username="zhou", name="周九")
    secret = page.partition('<p class="secret"><code>')[2].partition("</code>")[0]
    officer = models.Officer.objects.get(username="zhou")
    assert check_password(secret, officer.password)
    assert "已经有人使用" in act(admin, "register_officer", 422, username="zhou", name="周九")
    post = {"officer": officer.pk, "organ": home.organs["government"], "role": "organ_head", "since": "2024-03-01"}
    wrong = act(admin, "assign_post", 422, **post, before="2024-02-01")
    assert "早于结束" in wrong
    assert "不能是本人" in act(admin, "assign_post", 422, **post, substitute_for=officer.pk)
    act(admin, "assign_post", **post, before="2024-03-16", substitute_for=home.people["mayor"])
    assert "周九（机关负责人，代mayor某，至2024-03-16）" in text_of(admin.get("/house/"))
    held = models.Post.objects.get(officer=officer)
    people = text_of(admin.get("/house/officers/?q=周"))
    assert "共 <strong>1</strong> 人" in people
    assert f"/house/acts/end_post/?post={held.pk}" in people
    assert "应当在这以后" in act(admin, "end_post", 422, post=held.pk, before="2024-02-01")
    act(admin, "end_post", post=held.pk, before="2024-03-02")
    assert "已停用 zhou" in act(admin, "close_account", username="zhou")
    assert "已停用" in text_of(admin.get("/house/officers/?q=zhou"))
    assert "已启用 zhou" in act(admin, "open_account", username="zhou")
    assert last_step() == ("set_active", "admin")


def test_a_password_is_made_up_shown_once_and_never_on_record(home: House, admin: Client) -> None:
    page = admin.post("/house/acts/set_password/", {"username": "clerk"})
    assert page["Cache-Control"] == "no-store"
    secret = text_of(page).partition('<p class="secret"><code>')[2].partition("</code>")[0]
    assert check_password(secret, models.Officer.objects.get(username="clerk").password)
    with access.session(None):
        assert not models.EventValue.objects.filter(value__contains=secret).exists()
    assert secret not in text_of(admin.get("/house/changes/"))


def test_every_act_has_a_form_and_names_what_is_missing(home: House, admin: Client) -> None:
    for name, declared in ACTS.items():
        page = text_of(admin.get(f"/house/acts/{name}/"))
        assert declared.about in page
        required = [box for box in declared.boxes if box.required]
        refused = act(admin, name, 422)
        assert all(f"“{box.label}”" in refused for box in required), name
    assert admin.get("/house/acts/none/").status_code == 404


def test_only_administrators_do_any_of_it(home: House, sign_in: Entry) -> None:
    before = models.Officer.objects.count()
    for who in ("head", "mayor", "officer"):
        client = sign_in(who)
        assert client.post("/house/acts/register_officer/", {"username": "x", "name": "某"}).status_code == 403
        assert client.post("/house/notices/", {"text": NOTICE, "do": "load"}).status_code == 403
        assert 'href="/house/"' not in text_of(client.get("/"))
    assert models.Officer.objects.count() == before
    assert 'href="/house/"' in text_of(sign_in("admin").get("/"))


# ---------------------------------------------------------------- rules, notices, what changed


def test_who_signs_and_who_needs_a_second_factor(home: House, admin: Client) -> None:
    assert "小程序：作出决定" in text_of(admin.get("/house/acts/sign/"))
    act(admin, "sign", step="small.decide", role="body_head", since="2024-03-01")
    act(admin, "promise", clock="small.trial", amount="20", unit="workday", basis="服务承诺第三条")
    act(admin, "require_second_factor", role="administrator")
    page = text_of(admin.get("/house/rules/"))
    for said in ("由机构负责人签发", "20个工作日", "服务承诺第三条", "系统管理员"):
        assert said in page
    act(admin, "lift_second_factor", role="administrator")
    assert "没有要求" in text_of(admin.get("/house/rules/"))
    too_long = act(admin, "promise", 422, clock="small.trial", amount="900", unit="workday", basis="某")
    assert "不能长于法定期限" in too_long


def test_lights_hours_and_targets(home: House, admin: Client) -> None:
    assert text_of(admin.get("/house/rules/")).count("（随软件提供）") == 4
    assert "不能多于黄灯" in act(admin, "settle_lights", 422, yellow="1", red="3", unit="day")
    act(admin, "settle_lights", yellow="10", red="2", unit="day")
    act(admin, "settle_counter", closing="18:00", late="next_workday")
    act(admin, "settle_unserved", days="7")
    act(admin, "settle_uploads", days="45")
    page = text_of(admin.get("/house/rules/"))
    for said in (
        "剩余10日亮黄灯，2日亮红灯，自2024年3月1日",
        "18:00下班，以后提交的算次一工作日",
        "7个工作日仍未送达",
        "45日后删除",
    ):
        assert said in page
    changes = text_of(admin.get("/house/changes/"))
    for said in ("（本地参数）", "预警灯", "红灯 2，单位 日，黄灯 10", "下班以后 算次一工作日"):
        assert said in changes


def test_a_notice_is_tried_before_it_is_loaded(home: House, admin: Client) -> None:
    assert "2027年的通知还没有载入" in text_of(admin.get("/house/notices/"))
    for wrong, said in (("", "请把放假通知的全文"), ("元旦", "哪一年"), (NOTICE.replace("周三", "周一"), "日历上不是")):
        refused = admin.post("/house/notices/", {"text": wrong, "do": "try"})
        assert (refused.status_code, said in text_of(refused)) == (422, True)
    tried = text_of(admin.post("/house/notices/", {"text": NOTICE, "do": "try"}))
    assert "还没有载入" in tried
    assert "放假 2 日：1月1日、1月2日" in tried
    with access.session(None):
        assert house_calendar.kept("2031") is None
    loaded = text_of(admin.post("/house/notices/", {"text": NOTICE, "do": "load"}))
    assert "已载入：国办发明电〔2030〕1号" in loaded
    with access.session(None):
        kept = house_calendar.kept("2031")
    assert kept is not None
    assert kept["notice"] == "国办发明电〔2030〕1号"
    assert "此前已经载入" in text_of(admin.post("/house/notices/", {"text": NOTICE, "do": "load"}))


def test_what_changed_tells_who_when_and_what_by_names(home: House, admin: Client) -> None:
    act(admin, "move_organ", organ=home.organs["other"], day="2024-02-01", parent=home.organs["bureau"])
    page = text_of(admin.get("/house/changes/"))
    first = page.partition('<ol class="timeline">')[2].partition("</li>")[0]
    for said in ("调整机关的隶属", "admin某", "2024年3月1日", "某区他局", "某区司法局", "某区人民政府"):
        assert said in first
    only = text_of(admin.get("/house/changes/?step=register_organ"))
    assert "登记机关（机构）" in only
    assert "某区他局" in only
    assert "调整机关的隶属</strong>" not in only
    assert "没有这一种变更" in text_of(admin.get("/house/changes/?step=rotate_key"))


def test_what_changed_is_told_without_the_machines_words(home: House, admin: Client) -> None:
    act(admin, "sign", step="small.decide", role="body_head", since="2024-03-01")
    act(admin, "promise", clock="small.trial", amount="20", unit="workday", basis="服务承诺第三条")
    act(admin, "require_second_factor", role="administrator")
    admin.post("/house/notices/", {"text": NOTICE, "do": "load"})
    with home.session("admin") as s:
        destruction.set_retention(s, "small", 10, "档案法第十三条")
        certificates.grant(s, Certificate(home.people["officer"], "执法证", "甲001", home.day))
        house.put_entry(s, access.RECEPTION, f"small.{home.organs['bureau']}", {"body": 1}, since=home.day)
        house.put_entry(s, "paper_templates", "small.2023.decision", {"text": ""}, since=home.day)
    whole = text_of(admin.get("/house/changes/?step=put_entry"))
    page = whole.partition('<ol class="timeline">')[2].partition("</ol>")[0]
    for said in ("作出决定", "审理", "决定书", "某区司法局"):
        assert f"小程序：{said}" in page
    for said in ("系统管理员", "保管期限", "元旦"):
        assert said in page
    act(admin, "close_account", username="clerk")
    assert "<dt>启用</dt><dd>否</dd>" in text_of(admin.get("/house/changes/?step=set_active"))
    assert re.findall(r"[A-Za-z_]{3,}", re.sub(r"<[^>]*>", " ", page)) == ["admin"] * 8, "who did it"


def test_lists_ask_the_same_however_many_there_are(home: House, admin: Client) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as queries:
            assert admin.get(address).status_code == 200
        return len(queries)

    addresses = ("/house/", "/house/officers/", "/house/changes/", "/house/numbers/", "/house/rules/",
                 "/house/templates/")  # fmt: skip
    before = {address: asked(address) for address in addresses}
    with home.session("admin") as s:
        for number in range(12):
            organ = house.register_organ(s, f"第{number}局", "局", since=home.day, parent=home.organs["government"])
            officer = house.register_officer(s, f"person{number}", f"第{number}人", "x")
            house.assign_post(s, officer.pk, organ.pk, "case_officer", since=home.day)
            models.NumberSeries.objects.create(organ=organ, series="申", year=2024, last=1)
    assert {address: asked(address) for address in addresses} == before


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_an_administrators_morning(
    own_home: House, live: Live, width: str, request: pytest.FixtureRequest, accessibility_faults: Faults
) -> None:
    page: Page = request.getfixturevalue(width)
    sign_in_by_hand(page, live.url, "admin")
    for address in ("/house/", "/house/officers/", "/house/rules/", "/house/notices/", "/house/changes/", "/me/"):
        page.goto(f"{live.url}{address}")
        check(page, accessibility_faults)
    page.goto(f"{live.url}/house/officers/")
    page.get_by_role("link", name="登记人员").click()
    page.get_by_label("用户名").fill("zhou")
    page.get_by_role("button", name="登记人员").click()
    expect(page.get_by_role("heading", name="没有办理")).to_be_visible()
    page.get_by_label("姓名").fill("周九")
    page.get_by_role("button", name="登记人员").click()
    expect(page.get_by_text("已登记周九")).to_be_visible()
    check(page, accessibility_faults)
    page.goto(f"{live.url}/me/second-factor/")
    check(page, accessibility_faults)
    a_template_is_changed(page, live.url, accessibility_faults)


def a_template_is_changed(page: Page, base: str, accessibility_faults: Faults) -> None:
    page.goto(f"{base}/house/templates/?name=决定书")
    check(page, accessibility_faults)
    page.get_by_role("link", name="《决定书》").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载现用的模板").click()
    file = docx.Document(fetched.value.path())
    file.paragraphs[2].runs[0].text = file.paragraphs[2].text.replace("理由：", "本机关认为：")
    file.save(str(fetched.value.path()))
    content = fetched.value.path().read_bytes()
    page.get_by_label("改好的").set_input_files({"name": "改.docx", "mimeType": "", "buffer": content})
    page.get_by_role("button", name="检查、试印").click()
    expect(page.get_by_role("heading", name="检查通过，还没有启用")).to_be_visible()
    check(page, accessibility_faults)
    for _ in range(2):
        with page.expect_download() as sample:
            page.get_by_role("button", name="下载样稿 .docx").click()
        assert sample.value.suggested_filename == "决定书（样稿）.docx"
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_text("起按这份模板制作")).to_be_visible()
    check(page, accessibility_faults)
