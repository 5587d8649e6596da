"""The portal: an application from the first page to the receipt, followed by number and code; what is never shown."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Semaphore
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fadu.infra import clock
from fadu.infra.trouble import Trouble
from fadu.kernel import applications, models
from fadu.web.portal.views import draft as draft_page
from fadu.web.shared import paper_file
from tests.kernel.conftest import House
from tests.web.conftest import Entry, hidden, text_of

START = "/open/apply/small/apply/"
PAGES: list[dict[str, str]] = [
    {
        "p-applicant": "1",
        "p-applicant-0-name": "张三",
        "p-applicant-0-kind": "person",
        "p-applicant-0-phone": "13800000000",
    },
    {"a": "0"},
    {"p-respondent": "1"},
    {"i": "1", "i-0-wish": "撤销", "i-0-amount": "1200.50"},
    {"f-known_on": "2024-02-20", "f-story": "某日某事"},
]


@pytest.fixture(autouse=True)
def receiving(home: House) -> None:
    """The bureau receives on the portal; nobody has asked for anything yet."""
    with home.session("admin") as s:
        applications.receive_at(s, "small", home.organs["bureau"])


def begin(browser: Client) -> str:
    """The address of a new draft, without its page."""
    answer = browser.post(START, {"body": hidden(text_of(browser.get(START)), "body")})
    return str(answer["Location"]).removesuffix("1/")


def fill_in(browser: Client, home: House, draft: str) -> None:
    organ = {"p-respondent-0-organ": str(home.organs["respondent"])}
    for number, fields in enumerate(PAGES, start=1):
        answer = browser.post(f"{draft}{number}/", fields | (organ if number == 3 else {}) | {"do": "next"})
        assert answer.status_code == 302, text_of(answer)


def send(browser: Client, draft: str) -> tuple[str, str, Any]:
    """Number and code of the receipt, and the answer."""
    ticket = hidden(text_of(browser.get(f"{draft}check/")), "ticket")
    answer = browser.post(f"{draft}send/", {"ticket": ticket})
    found = re.findall(r"<dd>([0-9A-Z-]+)</dd>", text_of(answer))
    return found[0], found[1], (ticket, answer)


@pytest.fixture
def sent(home: House) -> tuple[Client, str, str]:
    """A browser that sent an application; number and code."""
    browser = Client()
    draft = begin(browser)
    fill_in(browser, home, draft)
    number, code, _ = send(browser, draft)
    return browser, number, code


def test_an_application_becomes_a_case_and_a_second_click_gets_the_same_receipt(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client()
    draft = begin(browser)
    fill_in(browser, home, draft)
    check = text_of(browser.get(f"{draft}check/"))
    for word in ("张三", "1200.50", "2024年2月20日", "某区某局", "公民"):
        assert word in check
    assert "页数" not in check
    number, code, (ticket, answer) = send(browser, draft)
    assert not any(word in caplog.text + draft + number for word in ("张三", "13800000000", code))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    again = browser.post(f"{draft}send/", {"ticket": ticket})
    assert re.findall(r"<dd>([0-9A-Z-]+)</dd>", text_of(again))[:2] == [number, code]
    assert models.Application.objects.get(number=number).typed == {}
    with home.session("officer"):
        case = models.Case.objects.get()
        assert (case.title, case.officer_id, case.opened) == ("张三与某区某局", None, home.day)
    assert browser.post(f"{draft}send/", {"ticket": "other"})["Location"] == f"/open/follow/{number}/"
    assert browser.get(f"{draft}1/")["Location"] == f"/open/follow/{number}/"


def test_the_officers_of_the_body_find_it_on_their_desk(
    home: House, sent: tuple[Client, str, str], sign_in: Entry
) -> None:
    assert "张三与某区某局" in text_of(sign_in("officer").get("/"))
    assert "张三" not in text_of(sign_in("stranger").get("/"))
    case = models.Application.objects.get(number=sent[1]).case_id or 0
    home.do("officer", case, "accept")
    assert "张三与某区某局" not in text_of(sign_in("second").get("/"))
    assert "公众（网上办理）" in text_of(sign_in("second").get(f"/cases/{case}/"))


def test_what_is_wrong_is_told_on_its_page_and_the_rest_is_kept(home: House) -> None:
    browser = Client()
    draft = begin(browser)
    answer = browser.post(f"{draft}1/", {"p-applicant": "1", "p-applicant-0-kind": "person", "do": "next"})
    assert answer.status_code == 422
    assert "请填写申请人" in text_of(answer)
    assert browser.post(f"{draft}5/", {"f-known_on": "2024-02-30", "f-story": "某日", "do": "next"}).status_code == 422
    page = text_of(browser.get(f"{draft}5/"))
    assert "某日" in page
    assert "2024-02-30" in page
    check = text_of(browser.get(f"{draft}check/"))
    assert "请填写申请人" in check
    assert "确认提交" not in check
    assert browser.post(f"{draft}send/", {"ticket": "x"}).status_code == 422
    assert browser.post(f"{draft}1/", {"p-applicant": "1", "do": "add:p-applicant"}).status_code == 200
    assert "p-applicant-1-name" in text_of(browser.get(f"{draft}1/"))


def test_a_draft_is_found_again_on_another_device(home: House) -> None:
    browser, other = Client(), Client()
    draft = begin(browser)
    browser.post(f"{draft}5/", {"f-story": "填到一半", "do": "save"})
    answer = browser.post(f"{draft}code/", {"ticket": "t"})
    number, code = re.findall(r"<dd>([0-9A-Z-]+)</dd>", text_of(answer))
    assert other.get(f"{draft}5/").status_code == 404
    assert other.post("/open/follow/", {"number": number, "code": code})["Location"] == f"{draft}1/"
    assert "填到一半" in text_of(other.get(f"{draft}5/"))
    other.post("/open/follow/leave/")
    assert other.get(f"{draft}5/").status_code == 404


def test_a_wrong_number_and_a_wrong_code_look_the_same_and_are_counted(sent: tuple[Client, str, str]) -> None:
    _, number, code = sent
    answers = [
        text_of(Client().post("/open/follow/", {"number": one, "code": two})).partition("<main")[2]
        for one, two in ((number, "0000-0000-0000"), ("240301-000000", code))
    ]
    plain = [re.sub(r"csrfmiddlewaretoken\" value=\"[^\"]*|value=\"[^\"]*\"", "", one) for one in answers]
    assert plain[0] == plain[1]
    assert "编号或者查询码不对" in plain[0]
    for _ in range(9):
        Client().post("/open/follow/", {"number": number, "code": "0000-0000-0000"})
    right = {"number": number, "code": code}
    assert Client().post("/open/follow/", right).status_code == 429
    elsewhere = Client().post("/open/follow/", right, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302, "nobody is shut out by those who know his number"


def test_the_party_follows_withdraws_and_reads_what_was_served(home: House, sent: tuple[Client, str, str]) -> None:
    _, number, code = sent
    browser = Client()
    browser.post("/open/follow/", {"number": number, "code": code.lower().replace("-", "")})
    page = text_of(browser.get(f"/open/follow/{number}/"))
    for word in (
        "待审查",
        "受理审查",
        "2024年3月8日",
        "收到申请",
        "某日某事",
        "还没有。",
        "某区某局",
        "撤销",
        "1,200.50 元",
    ):
        assert word in page
    case = models.Application.objects.get(number=number).case_id or 0
    home.do("officer", case, "accept")
    for paper, party in (("receipt-1", "applicant-1"), ("copy-1", "respondent-1")):
        served = {
            "paper": paper,
            "party": party,
            "method": "direct",
            "sent_on": "2024-03-01",
            "received_on": "2024-03-01",
        }
        home.do("officer", case, "serve", served | {"proof": "送达回证"})
    home.do("officer", case, "deliberate", {"secret": "副卷里的意见"})
    page = text_of(browser.get(f"/open/follow/{number}/"))
    assert "《受理通知书》" in page
    for word in ("《副本》", "副卷里的意见", "合议", "拟稿", "内部", "答复</strong> 被申请人"):
        assert word not in page
    assert "核验码" in text_of(browser.get(f"/open/follow/{number}/papers/receipt-1/"))
    assert browser.get(f"/open/follow/{number}/papers/receipt-1/docx").content.startswith(b"PK")
    assert browser.get(f"/open/follow/{number}/papers/copy-1/").status_code == 404
    form = text_of(browser.get(f"/open/follow/{number}/steps/withdraw/"))
    stale = browser.post(f"/open/follow/{number}/steps/withdraw/", {"position": "1", "do": "act"})
    assert stale.status_code == 409
    assert "合议" not in text_of(stale)
    answer = browser.post(f"/open/follow/{number}/steps/withdraw/", {"position": hidden(form, "position"), "do": "act"})
    assert answer["Location"].startswith(f"/open/follow/{number}/?done=")
    assert "撤回申请" in text_of(browser.get(answer["Location"]))


NOT_HIS = ("reply", "deliberate", "accept", "serve", "draft_paper", "reverse", "no_step")


@pytest.mark.parametrize("name", NOT_HIS)
def test_steps_of_others_are_not_for_the_party(home: House, sent: tuple[Client, str, str], name: str) -> None:
    browser, number, _ = sent
    address = f"/open/follow/{number}/steps/{name}/"
    assert browser.get(address).status_code in (403, 404)
    assert browser.post(address, {"position": "1", "do": "act"}).status_code in (403, 404)
    with home.session("officer"):
        assert models.Case.objects.get().position == 1


def test_nobody_sees_what_he_holds_no_code_for(home: House, sent: tuple[Client, str, str]) -> None:
    _, number, _ = sent
    inside = home.open().case
    for address in ("", "steps/withdraw/", "papers/receipt-1/", "papers/receipt-1/docx"):
        there = Client().get(f"/open/follow/{number}/{address}")
        absent = Client().get(f"/open/follow/240301-999999/{address}")
        assert there.status_code == absent.status_code == 404
        assert text_of(there).partition("<main")[2] == text_of(absent).partition("<main")[2]
    assert Client().get(f"/open/follow/{inside}/").status_code == 404
    with home.session("stranger"):
        assert models.Case.objects.count() == 0


def test_files_are_checked_by_what_they_hold_and_no_digest_of_others_is_taken(home: House) -> None:
    browser = Client()
    draft = begin(browser)

    def upload(name: str, content: bytes) -> Any:
        return browser.post(f"{draft}5/", {"f-files": SimpleUploadedFile(name, content), "do": "next"})

    assert "的内容不是.pdf文件" in text_of(upload("证据.pdf", b"<html>"))
    assert "不接受" in text_of(upload("证据.exe", b"MZ"))
    assert "证据.pdf" in text_of(upload("证据.pdf", b"%PDF-1.7 ..."))
    kept = f"{models.File.objects.get().digest}/证据.pdf"
    stranger = Client()
    elsewhere = begin(stranger)
    stranger.post(f"{elsewhere}5/", {"f-files-kept": kept, "do": "next"})
    assert "证据.pdf" not in text_of(stranger.get(f"{elsewhere}check/"))
    assert "证据.pdf" in text_of(browser.get(f"{draft}check/"))


def test_the_same_file_bears_to_each_citizen_his_own_name(home: House) -> None:
    def uploaded(name: str) -> str:
        browser = Client()
        draft = begin(browser)
        sent = SimpleUploadedFile(name, b"%PDF-1.7 one form for all")
        browser.post(f"{draft}5/", {"f-files": sent, "do": "next"})
        return text_of(browser.get(f"{draft}check/"))

    assert "李四离婚证.pdf" in uploaded("李四离婚证.pdf")
    second = uploaded("申请表.pdf")
    assert "申请表.pdf" in second
    assert "李四" not in second
    assert models.File.objects.count() == 1


def test_the_first_pages_tell_what_is_open(home: House) -> None:
    browser = Client()
    assert "我要申请" in text_of(browser.get("/open/"))
    assert "小程序" in text_of(browser.get("/open/apply/"))
    start = text_of(browser.get(START))
    for word in ("申请人", "知道之日", "某区司法局", "受理审查"):
        assert word in start
    assert "合议意见" not in start
    assert browser.get("/open/apply/follow/open/").status_code == 404
    assert browser.post(START, {"body": "9" * 5000}).status_code == 422
    assert "回到首页" in text_of(browser.get("/open/apply/follow/open/"))


def test_the_administrator_opens_and_closes_the_portal_on_a_page(home: House, sign_in: Entry) -> None:
    admin, body = sign_in("admin"), str(home.organs["bureau"])
    assert "小程序：某区司法局" in text_of(admin.get("/house/rules/"))
    stopped = admin.post("/house/acts/stop_receiving/", {"received": f"small.{body}"})
    assert "不再在网上受理" in text_of(stopped)
    assert "还没有开通" in text_of(Client().get("/open/apply/"))
    opened = admin.post("/house/acts/receive/", {"system": "small", "organ": body})
    assert "可以在网上申请小程序" in text_of(opened)
    assert "小程序" in text_of(Client().get("/open/apply/"))
    assert sign_in("officer").post("/house/acts/receive/", {"system": "small", "organ": body}).status_code == 403


def test_several_apply_through_an_agent_and_each_gets_a_code_of_his_own(home: House) -> None:
    browser = Client()
    draft = begin(browser)
    fill_in(browser, home, draft)
    people = PAGES[0] | {"p-applicant": "2", "p-applicant-1-name": "李四", "p-applicant-1-kind": "person"}
    browser.post(f"{draft}1/", people | {"do": "next"})
    assert "申请人自己申请的不用添加" in text_of(browser.get(f"{draft}2/"))
    assert "a-0-name" in text_of(browser.post(f"{draft}2/", {"do": "add:a"}))
    agent = {"a": "1", "a-0-kind": "lawyer", "a-0-name": "赵律师", "a-0-mandate": "general", "a-0-since": "2024-02-25"}
    page = browser.post(f"{draft}2/", agent | {"a-0-proof": "授权委托书", "do": "next"})
    assert "请上传授权委托书" in text_of(page)
    power = SimpleUploadedFile("授权委托书.pdf", b"%PDF-1.7 ...")
    page = browser.post(f"{draft}2/", agent | {"a-0-proof": "授权委托书", "a-0-proof_files": power, "do": "next"})
    assert page["Location"] == f"{draft}3/"
    _, _, (ticket, answer) = send(browser, draft)
    found = re.findall(r"<dd>([0-9A-Z-]+)</dd>", text_of(answer))
    assert len(set(found)) == 6
    for who in ("赵律师（代理人）的收件回执", "张三的收件回执", "李四的收件回执"):
        assert who in text_of(answer)
    again = Client().post(f"{draft}send/", {"ticket": ticket})  # whoever knows the form's ticket sent it
    assert re.findall(r"<dd>([0-9A-Z-]+)</dd>", text_of(again)) == found
    other = Client()
    other.post("/open/follow/", {"number": found[4], "code": found[5]})
    assert other.get(f"/open/follow/{found[4]}/").status_code == 200
    assert other.get(f"/open/follow/{found[0]}/").status_code == 404


def test_a_respondent_is_necessary_as_the_declaration_says(home: House) -> None:
    browser = Client()
    draft = begin(browser)
    page = browser.post(f"{draft}3/", {"p-respondent": "1", "do": "next"})
    assert "请填写被申请人" in text_of(page)
    assert "没有的不填" not in text_of(page)


# ---------------------------------------------------------------- what one visitor may take


def test_a_session_ends_after_the_last_look_and_not_after_the_first(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, start = Client(), clock.now()
    draft = begin(browser)
    for minutes in range(0, 60 * 5, 50):
        later = start + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        monkeypatch.setattr("django.utils.timezone.now", lambda later=later: later)
        assert browser.get(f"{draft}1/").status_code == 200, f"after {minutes} minutes"
    late = later + timedelta(hours=2, minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    assert browser.get(f"{draft}1/").status_code == 404


def test_who_sends_what_was_sent_again_and_again_is_told_to_wait(
    home: House, sent: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_page, "AGAIN_AN_HOUR", 2)
    address = f"/open/drafts/{sent[1]}/send/"
    stranger = Client()
    assert [stranger.post(address, {"ticket": "guessed"}).status_code for _ in range(3)] == [404, 404, 429]
    assert "请凭编号和查询码" in text_of(stranger.post(address, {"ticket": "guessed"}))


def test_files_are_counted_one_by_one(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_page, "FILES_AN_HOUR", 3)
    browser = Client()
    draft = begin(browser)

    def upload(*names: str) -> str:
        sent = [SimpleUploadedFile(name, f"{name} 的文字".encode()) for name in names]
        return text_of(browser.post(f"{draft}5/", {"f-files": sent, "do": "next"}))

    assert "上传的文件过多" not in upload("甲.txt", "乙.txt")
    assert "上传的文件过多" in upload("丙.txt", "丁.txt")
    assert models.File.objects.count() == 2


def test_a_pdf_is_not_waited_for(home: House, sent: tuple[Client, str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    browser, number, _ = sent
    case = models.Application.objects.get(number=number).case_id or 0
    home.do("officer", case, "accept")
    served = {"paper": "receipt-1", "party": "applicant-1", "method": "direct", "proof": "送达回证"}
    home.do("officer", case, "serve", served | {"sent_on": "2024-03-01", "received_on": "2024-03-01"})
    address = f"/open/follow/{number}/papers/receipt-1/pdf"
    waited: list[float | None] = []

    class Place(Semaphore):
        def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
            waited.append(timeout)
            return super().acquire(blocking=False)

    monkeypatch.setattr(paper_file, "_places", Place(1))
    monkeypatch.setattr(paper_file, "printed", lambda document: b"%PDF")
    assert browser.get(address).content == b"%PDF"
    assert paper_file._places.acquire(blocking=False)
    busy = browser.get(address)
    assert (busy.status_code, "请过一分钟再试" in text_of(busy)) == (429, True)
    paper_file._places.release()
    assert waited == [0, None, 0]
    monkeypatch.setattr("fadu.web.portal.pdf.A_MINUTE", 2)
    assert browser.get(address).status_code == 429, "the third of a minute"

    def broken(document: Any) -> bytes:
        raise Trouble("没有找到LibreOffice")

    monkeypatch.setattr(paper_file, "printed", broken)
    monkeypatch.setattr("fadu.web.portal.pdf.A_MINUTE", 20)
    refused = browser.get(address)
    assert (refused.status_code, "LibreOffice" in text_of(refused)) == (422, False)
