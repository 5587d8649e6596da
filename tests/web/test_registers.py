"""Registers on pages: as of a day, between two days, one entry, its forms, the export; rights; how much is asked."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page, expect

from fadu.analytics import views
from fadu.kernel import access, models
from tests.analytics import listed
from tests.fixtures.browser import Live
from tests.fixtures.database import OwnDatabase
from tests.kernel.conftest import House
from tests.web.conftest import Entry, hidden, stand_still, text_of, worked
from tests.web.test_browser import Faults, check
from tests.web.test_browser import sign_in as sign_in_by_hand

LIST = "/registers/power/"
NEW = "/registers/power/changes/add/"


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house of the web tests with the register of the kernel's tests."""
    monkeypatch.setattr(access, "registry", listed.catalogue)
    return home


@pytest.fixture
def filled(place: House) -> dict[str, int]:
    """Entries in every state; today is 1 February 2025."""
    rows = listed.fill(place)
    stand_still(place)
    return rows


def see(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()
    return text_of(response)


def entry(number: int, rest: str = "") -> str:
    return f"{LIST}entries/{number}/{rest}"


def newest(place: House, key: str) -> models.RegisterEntry:
    with place.session(None):
        return models.RegisterEntry.objects.filter(register="power", key=key).latest("pk")


# ---------------------------------------------------------------- lists


def test_the_registers_with_what_is_valid_today(filled: dict[str, int], sign_in: Entry) -> None:
    page = see(sign_in("officer"), "/registers/")
    assert "执法事项清单" in page
    assert "现有 <strong>2</strong> 项" in page
    assert "现有 <strong>4</strong> 项" in see(sign_in("mayor"), "/registers/")
    assert "现有 <strong>0</strong> 项" in see(sign_in("clerk"), "/registers/")


def test_a_house_without_registers_says_so(home: House, sign_in: Entry) -> None:
    assert "还没有启用名录" in see(sign_in("officer"), "/registers/")


def keys(page: str) -> list[str]:
    lines = page.partition("<tbody>")[2].split('class="lead"')[1:]
    return [line.partition('/">')[2].partition("</a>")[0] for line in lines]


def test_one_register_as_of_any_day(filled: dict[str, int], sign_in: Entry) -> None:
    client = sign_in("mayor")
    found = {day: keys(see(client, f"{LIST}?on={day}")) for day in ("2023-04-30", "2024-02-01", "2024-05-01", "")}
    assert found == {
        "2023-04-30": [], "2024-02-01": ["A", "C", "D"], "2024-05-01": ["A", "B", "D"], "": ["B", "D", "E", "F"],
    }  # fmt: skip
    page = see(client, f"{LIST}?on=2024-02-01")
    for word in ("风险等级", "高", "某区司法局", "2024年2月1日有效的条目", "2024年2月15日"):
        assert word in page
    before = see(client, f"{LIST}?on=2023-04-30")
    assert "去掉条件“哪一天的名录：2023年4月30日”" in before
    assert "去掉下列一个条件，就有条目" in before


def test_words_and_organ_narrow_the_list(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    client, other = sign_in("mayor"), place.organs["other"]
    assert keys(see(client, f"{LIST}?q=B")) == ["B"]
    assert keys(see(client, f"{LIST}?q=某事 处罚&organ={other}")) == ["D"]
    page = see(client, f"{LIST}?q=没有这样的")
    assert keys(page) == []
    assert "没有符合条件的条目" in page
    assert "去掉条件“关键词：没有这样的”" in page
    assert f"organ={other}" in see(client, f"{LIST}?organ={other}"), "the export keeps the question"


def test_a_day_that_is_none_is_told(filled: dict[str, int], sign_in: Entry) -> None:
    page = see(sign_in("officer"), f"{LIST}?on=2024-02-30", 422)
    assert "“日期”不是有效的日期" in page
    assert 'value="2024-02-30"' in page
    assert keys(page) == []


def test_pages_of_a_long_list(place: House, sign_in: Entry) -> None:
    for number in range(53):
        listed.change(place, "officer", "add", f"N{number:03}", since="2024-01-01")
    first, second = (keys(see(sign_in("officer"), f"{LIST}?page={page}")) for page in (1, 9))
    assert (first[0], first[-1], len(first)) == ("N000", "N049", 50)
    assert second == ["N050", "N051", "N052"]


def exported(client: Client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_export_is_what_is_seen(filled: dict[str, int], sign_in: Entry) -> None:
    rows = exported(sign_in("mayor"), f"{LIST}export.csv?on=2024-02-01")
    assert rows[0][0] == "事项编码"
    assert rows[0][-3:] == ["所属机构", "生效日期", "终止日期"]
    assert [(row[0], row[-3], row[-2], row[-1]) for row in rows[1:]] == [
        ("A", "某区司法局", "2023-05-01", "2024-03-01"),
        ("C", "某区司法局", "2024-01-02", "2024-02-15"),
        ("D", "某区他局", "2024-01-05", ""),
    ]
    assert [row[0] for row in exported(sign_in("stranger"), f"{LIST}export.csv?q=处罚")[1:]] == ["D"]


def test_a_cell_is_no_formula(place: House, sign_in: Entry) -> None:
    listed.change(place, "officer", "add", "X", subject="=1+1", since="2024-01-01")
    assert exported(sign_in("officer"), f"{LIST}export.csv")[1][1] == "'=1+1"


def test_too_many_are_not_exported_in_part(
    filled: dict[str, int], sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fadu.web.workbench.views.registers.COUNTED", 1)
    monkeypatch.setattr("fadu.web.workbench.registers.COUNTED", 1)
    assert "超过 <strong>1</strong> 项" in see(sign_in("mayor"), LIST)
    assert "没有导出" in see(sign_in("mayor"), f"{LIST}export.csv", 422)
    assert "没有列出" in see(sign_in("mayor"), f"{LIST}difference/?on=2024-01-01&other=2025-01-01", 422)


# ---------------------------------------------------------------- between two days


def test_what_differs_between_two_days(filled: dict[str, int], sign_in: Entry) -> None:
    client = sign_in("mayor")
    page = see(client, f"{LIST}difference/?on=2024-01-31&other=2024-08-15")
    assert "新增 2 项，变动 1 项，终止 1 项" in page
    assert keys(page) == ["A", "B", "C", "F"]
    assert "风险等级</span> 高 → 低" in page
    assert "自2024年2月15日起终止" in page
    assert "完全相同" in see(client, f"{LIST}difference/?on=2024-05-01&other=2024-05-02")
    assert "填写两个日期" in see(client, f"{LIST}difference/")


def test_the_days_of_a_difference_in_their_order(filled: dict[str, int], sign_in: Entry) -> None:
    client = sign_in("mayor")
    assert "应当晚于前一个日期" in see(client, f"{LIST}difference/?on=2024-05-01&other=2024-05-01", 422)
    assert "“后一个日期”不是有效的日期" in see(client, f"{LIST}difference/?on=2024-05-01&other=x", 422)


# ---------------------------------------------------------------- one entry


def test_an_entry_tells_what_happened_to_it(filled: dict[str, int], sign_in: Entry) -> None:
    page = see(sign_in("officer"), entry(filled["A2"]))
    labels = [part.partition("</strong>")[0] for part in page.partition("历次变动")[2].split("<strong>")[1:]]
    assert labels == ["新增", "调整", "取消"]
    for word in (
        "风险等级</span> 高 → 低",
        "理由或者依据：依据某决定",
        "officer某 登记于 2024年3月1日",
        "已经终止",
    ):
        assert word in page
    older = see(sign_in("officer"), entry(filled["A"]))
    assert "这是条目较早的内容" in older
    assert entry(filled["A2"]) in older


def test_a_file_follows_its_entry(place: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    upload = SimpleUploadedFile("依据.txt", b"abc", "text/plain")
    made = client.post(NEW, filled_in(place) | {"f-files": upload})
    assert made.status_code == 302, text_of(made)
    digest = models.File.objects.get().digest
    row = newest(place, "A1")
    assert "依据.txt" in see(client, entry(row.pk))
    file: Any = client.get(entry(row.pk, f"files/{digest}/"))
    assert b"".join(file.streaming_content) == b"abc"
    assert see(client, entry(row.pk, f"files/{'0' * 64}/"), 404)
    assert see(sign_in("stranger"), entry(row.pk, f"files/{digest}/"), 404)


# ---------------------------------------------------------------- forms


def filled_in(place: House, **more: str) -> dict[str, Any]:
    organ = str(place.organs["bureau"])
    return {
        "organ": organ, "f-code": "A1", "f-subject": "对超载的处罚", "f-risk": "high", "since": "2024-02-01", **more,
    }  # fmt: skip


def test_entering_an_entry(place: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    assert NEW in see(client, LIST)
    page = see(client, NEW)
    assert hidden(page, "organ") == str(place.organs["bureau"])
    for label in ("事项编码", "风险等级", "审核日期", "每年检查次数", "依据文件", "生效日期", "第一条"):
        assert label in page
    made = client.post(NEW, filled_in(place, **{"f-inspections": "2"}))
    assert made.status_code == 302
    page = see(client, made["Location"])
    assert "已登记" in page
    assert "现行有效" in page
    row = newest(place, "A1")
    assert (row.began, row.since.isoformat(), row.data["inspections"]) == ("add", "2024-02-01", 2)


def test_what_is_wrong_comes_back_with_what_was_typed(place: House, sign_in: Entry) -> None:
    wrong = filled_in(place, **{"f-subject": "", "f-reviewed_on": "2024-02-30", "since": "2024-13-01"})
    response = sign_in("officer").post(NEW, wrong)
    page = text_of(response)
    assert response.status_code == 422
    assert "“生效日期”不是有效的日期" in page
    response = sign_in("officer").post(NEW, wrong | {"since": "2024-02-01"})
    page = text_of(response)
    assert response.status_code == 422
    for word in (
        "“事项名称”没有填写",
        "“审核日期”不是有效的日期",
        'href="#f-subject"',
        'value="2024-02-30"',
        'value="A1"',
    ):
        assert word in page
    with place.session(None):
        assert not models.RegisterEntry.objects.filter(register="power").exists()


def test_changing_an_entry(filled: dict[str, int], sign_in: Entry) -> None:
    client, row = sign_in("head"), filled["B"]
    address = f"{LIST}changes/adjust/?entry={row}"
    assert address in see(client, entry(row))
    page = see(client, address)
    assert 'value="对某事的处罚"' in page
    assert 'name="f-code"' not in page
    sent = {"entry": hidden(page, "entry"), "f-subject": "对某事的处罚", "f-risk": "low", "since": "2025-01-05"}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "“调整”应当写明理由" in text_of(refused)
    assert "第三条" in text_of(refused)
    made = client.post(address, sent | {"reason": "评估"})
    assert made.status_code == 302
    assert "风险等级</span> 高 → 低" in see(client, made["Location"])


def test_what_may_be_left_out_can_be_taken_out(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    row = listed.change(place, "officer", "add", "Z", since="2025-01-01", inspections="3").pk
    sent = {"entry": str(row), "f-subject": "对某事的处罚", "f-risk": "high", "f-inspections": "", "reason": "不再检查"}
    made = sign_in("officer").post(f"{LIST}changes/adjust/?entry={row}", sent | {"since": "2025-02-01"})
    assert made.status_code == 302
    assert "inspections" not in newest(place, "Z").data


def test_ending_an_entry(filled: dict[str, int], sign_in: Entry) -> None:
    client, row = sign_in("officer"), filled["B"]
    address = f"{LIST}changes/cancel/?entry={row}"
    page = see(client, address)
    assert 'name="f-subject"' not in page
    assert "对某事的处罚" in page
    made = client.post(address, {"entry": hidden(page, "entry"), "since": "2025-02-01", "reason": ""})
    page = see(client, made["Location"])
    assert "已经终止" in page
    assert "changes/adjust" not in page
    again = client.post(address, {"entry": str(row), "since": "2025-02-01"})
    assert again.status_code == 422
    assert "已自2025-02-01起终止" in text_of(again)


def test_a_form_made_before_another_change_is_not_taken(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    client, row = sign_in("officer"), filled["B"]
    address = f"{LIST}changes/adjust/?entry={row}"
    page = see(client, address)
    listed.change(place, "head", "adjust", "B", risk="low", since="2025-01-05")
    sent = {"f-subject": "另一名称", "f-risk": "high", "since": "2025-02-01", "reason": "x"}
    refused = client.post(address, sent | {"entry": hidden(page, "entry")})
    assert refused.status_code == 422
    assert "已有新的变动" in text_of(refused)
    assert 'value="另一名称"' in text_of(refused)
    assert client.post(address, sent | {"entry": hidden(text_of(refused), "entry")}).status_code == 302


# ---------------------------------------------------------------- rights


@pytest.mark.parametrize("who", ["stranger", "clerk", "chief", "admin"])
def test_absent_and_forbidden_are_alike(filled: dict[str, int], sign_in: Entry, who: str) -> None:
    client = sign_in(who)
    for rest in ("", f"files/{'0' * 64}/"):
        forbidden, absent = (see(client, entry(row, rest), 404) for row in (filled["A2"], 10**9))
        assert forbidden.partition("<main")[2] == absent.partition("<main")[2]
    for kind in ("adjust", "cancel"):
        forbidden, absent = (see(client, f"{LIST}changes/{kind}/?entry={row}", 404) for row in (filled["B"], 10**9))
        assert forbidden.partition("<main")[2] == absent.partition("<main")[2]
    assert "B" not in keys(see(client, LIST))
    assert "B" not in keys(see(client, f"{LIST}difference/?on=2024-01-31&other=2024-08-15"))
    assert "B" not in [row[0] for row in exported(client, f"{LIST}export.csv")]


def test_whoever_only_reads_gets_no_forms(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    for who in ("reviewer", "mayor"):
        client = sign_in(who)
        assert "/changes/" not in see(client, LIST) + see(client, entry(filled["B"]))
        for address in (NEW, f"{LIST}changes/cancel/?entry={filled['B']}"):
            assert client.get(address).status_code == client.post(address, filled_in(place)).status_code == 403
    foreign = sign_in("officer").post(NEW, filled_in(place, organ=str(place.organs["other"])))
    assert foreign.status_code == 422
    assert "请选择所属机构" in text_of(foreign)


def test_what_is_not_declared_is_not_there(filled: dict[str, int], sign_in: Entry) -> None:
    client = sign_in("officer")
    for address in (
        "/registers/absent/", "/registers/holidays/", "/registers/absent/export.csv", "/registers/absent/difference/",
        f"/registers/absent/entries/{filled['B']}/", f"{LIST}changes/absent/", "/registers/absent/changes/add/",
        f"{LIST}changes/cancel/", f"{LIST}changes/cancel/?entry=x",
    ):  # fmt: skip
        assert "不存在，或者您无权查看" in see(client, address, 404)


# ---------------------------------------------------------------- how much is asked


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connections[DEFAULT_DB_ALIAS]) as asked:
        see(client, address)
    return len(asked)


def test_the_number_of_queries_does_not_grow(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    client = sign_in("mayor")
    addresses = (
        "/registers/", LIST, f"{LIST}export.csv", f"{LIST}difference/?on=2024-01-01&other=2025-02-01",
        entry(filled["F2"]), f"{LIST}pending/",
    )  # fmt: skip
    see(client, LIST)
    few = {address: queries(client, address) for address in addresses}
    for number in range(20):
        listed.change(place, "officer", "add", f"N{number:03}", since="2024-01-01")
        listed.change(place, "officer", "adjust", "F", subject=f"第{number}次", since="2025-02-01")
    assert {address: queries(client, address) for address in addresses} == few


# ---------------------------------------------------------------- figures


def test_a_figure_opens_its_entries(
    own_home: House, own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "registry", listed.catalogue)
    with own_database.as_owner():
        assert views.sync(listed.catalogue()) == []
    rows = listed.fill(own_home)
    stand_still(own_home)
    client = Client()
    client.force_login(models.Officer.objects.get(username="mayor"), "django.contrib.auth.backends.ModelBackend")
    year = "?from=2024-01-01&before=2025-01-01"
    assert "事项数" in see(client, f"/figures/{year}")
    page = see(client, f"/figures/valid/{year}")
    assert "事项数：3项" in page
    assert keys("<tbody>" + page.rpartition("<tbody>")[2]) == ["B", "D", "F"]
    assert entry(rows["F2"]) in page
    page = see(client, f"/figures/moved/{year}")
    assert '计入的变动 <span class="number">8 项' in page
    tags = [part.partition("</span>")[0] for part in page.split('class="tag">')[1:]]
    assert tags == ["新增", "承接", "下放", "调整", "新增", "新增", "调整", "取消"]
    assert "分子：计入的条目" in see(client, f"/figures/high_share/{year}")
    assert "没有计入的条目" in see(client, "/figures/valid/?from=2020-01-01&before=2021-01-01")


# ---------------------------------------------------------------- in a browser


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_pages_in_a_browser(
    own_home: House, live: Live, width: str, request: pytest.FixtureRequest, accessibility_faults: Faults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(access, "registry", listed.catalogue)
    rows = listed.fill(own_home)
    stand_still(own_home)
    page: Page = request.getfixturevalue(width)
    sign_in_by_hand(page, live.url, "officer")
    page.get_by_role("link", name="名录", exact=True).click()
    check(page, accessibility_faults)
    page.get_by_role("link", name="执法事项清单").click()
    check(page, accessibility_faults)
    page.get_by_role("link", name="新增", exact=True).click()
    check(page, accessibility_faults)
    page.get_by_label("事项编码").fill("A9")
    page.get_by_role("button", name="登记新增").click()
    expect(page.get_by_role("heading", name="没有办理")).to_be_visible()
    check(page, accessibility_faults)
    page.get_by_label("事项名称").fill("对某行为的处罚")
    page.get_by_label("高", exact=True).check()
    page.get_by_role("button", name="登记新增").click()
    expect(page.get_by_text("已登记")).to_be_visible()
    check(page, accessibility_faults)
    for address in (entry(rows["A2"]), f"{LIST}difference/?on=2024-01-31&other=2024-08-15", f"{LIST}?on=2024-02-30"):
        page.goto(live.url + address)
        check(page, accessibility_faults)
    for address in ("/search/?q=某行为", "/search/?q=某行为&in=entries"):
        page.goto(live.url + address)
        check(page, accessibility_faults)
        expect(page.get_by_role("heading", name="名录条目 1")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A9")).to_be_visible()


# ---------------------------------------------------------------- files in, and what is to come


IMPORT = f"{LIST}import/"


def heads(sign_in: Entry) -> list[str]:
    content = sign_in("officer").get(f"{IMPORT}template.xlsx").content
    return [str(cell.value) for cell in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0][3]]


def test_a_spreadsheet_is_checked_row_by_row_and_taken_whole(
    filled: dict[str, int], place: House, sign_in: Entry
) -> None:
    client, bureau = sign_in("officer"), str(place.organs["bureau"])
    lines = ["事项编码,事项名称,风险等级,说明", "X-1,新的事项,高,甲", "X-2,又一事项,没有这一类,乙"]
    sent = SimpleUploadedFile("清单.csv", "\n".join(lines).encode("gb18030"))
    told = {"organ": bureau, "since": "2025-02-01"}
    table = client.post(IMPORT, told | {"file": sent})
    assert "不认识的列“说明”" in worked(client, table)
    page = worked(client, client.post(table.url, {"column-3": "-"}))
    assert "有 1 处错误，没有导入任何内容" in page
    assert '<td class="lead">第 3 行</td>' in page
    good = SimpleUploadedFile("清单.csv", "\n".join(lines[:2]).encode())
    table = client.post(IMPORT, told | {"file": good})
    worked(client, table)
    assert "检查通过：1 行都可以导入" in worked(client, client.post(table.url, {"column-3": "-"}))
    with place.session(None):
        assert not models.RegisterEntry.objects.filter(key="X-1").exists()
    assert "已经导入 1 行" in worked(client, client.post(table.url, {"do": "import"}))
    assert "已经导入 1 行" in text_of(client.get(IMPORT)), "and found again where it was brought"
    assert newest(place, "X-1").data["subject"] == "新的事项"
    client.post(table.url, {"do": "import"})
    assert "已经导入 1 行" in text_of(client.get(table.url)), "what came of it stays"


def test_a_workbook_is_read(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    client, bureau = sign_in("officer"), str(place.organs["bureau"])
    book = openpyxl.Workbook()
    book.active.append(["事项编码", "事项名称", "风险等级", "生效日期"])
    book.active.append(["X-9", "表中的事项", "高", date(2025, 2, 1)])
    raw = io.BytesIO()
    book.save(raw)
    sent = {"file": SimpleUploadedFile("a.xlsx", raw.getvalue()), "organ": bureau}
    assert "检查通过：1 行" in worked(client, client.post(IMPORT, sent))
    assert "请选择文件" in text_of(client.post(IMPORT, {"organ": bureau}))
    assert client.get(f"{LIST}import/").status_code == 200
    assert sign_in("stranger").get("/registers/power/import/").status_code in (200, 403)


def test_what_is_decided_and_does_not_count_yet(filled: dict[str, int], place: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    assert "没有已经登记、尚未生效的变动" in see(client, f"{LIST}pending/")
    bureau = str(place.organs["bureau"])
    rows = "事项编码,事项名称,风险等级,生效日期,终止日期\nY-1,以后的事项,高,2025-06-01,2025-09-01"
    table = client.post(IMPORT, {"file": SimpleUploadedFile("a.csv", rows.encode()), "organ": bureau})
    worked(client, table)
    worked(client, client.post(table.url, {"do": "import"}))
    page = see(client, f"{LIST}pending/")
    assert page.count('<td class="lead">') == 2
    assert "2025年6月1日" in page
    assert "2025年9月1日" in page
    assert "Y-1" not in see(client, LIST)


def test_the_list_as_a_workbook(filled: dict[str, int], sign_in: Entry) -> None:
    client = sign_in("officer")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{LIST}export.xlsx").content))
    rows = list(csv.reader(io.StringIO(client.get(f"{LIST}export.csv").content.decode("utf-8-sig"))))
    assert [str(row[0]) for row in book.active.values][3:] == [row[0] for row in rows[1:]]
