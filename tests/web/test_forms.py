"""Forms through the browser's door: what is typed comes back, refusals say what to do, nothing happens twice."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from fadu.kernel import access, models
from fadu.web.shared.words import whole
from tests.kernel import test_outside
from tests.kernel.conftest import House
from tests.web.conftest import OPENING, Entry, application, fill, hidden, stand_still, text_of


def opened(client: Client, home: House, **more: Any) -> int:
    """Opens a case through the form and gives its number."""
    response = fill(client, OPENING, **application(home, **more))
    assert response.status_code == 302, text_of(response)
    return int(response.url.split("/")[2])


def head(home: House, case: int) -> models.Case:
    with home.session(None):
        return models.Case.objects.get(pk=case)


def events(home: House, case: int) -> list[str]:
    with home.session(None):
        stream = models.Case.objects.get(pk=case).stream_id
        return list(models.Event.objects.filter(stream_id=stream).order_by("position").values_list("step", flat=True))


# ---------------------------------------------------------------- opening


def test_opening_form_is_made_from_the_declaration(home: House, sign_in: Entry) -> None:
    page = text_of(sign_in("officer").get(OPENING))
    for word in (
        "知道之日",
        "经过",
        "标的",
        "元",
        "页数",
        "材料",
        "申请人 1",
        "被申请人",
        "某区某局",
        "请求 1",
        "第二十条",
    ):
        assert word in page


def test_opening_a_case(home: House, sign_in: Entry) -> None:
    case = opened(sign_in("officer"), home, **{"f-worth": "12,345.60", "f-pages": "3"})
    found = head(home, case)
    assert found.facts == {"known_on": "2024-02-20", "story": "某日某事", "worth": 1234560, "pages": 3}
    assert found.number == "某政申〔2024〕1号"
    assert found.title == "张三与某区某局"


def test_a_second_click_gets_the_first_answer(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    key = hidden(text_of(client.get(OPENING)), "key")
    first = client.post(OPENING, application(home, key=key))
    second = client.post(OPENING, application(home, key=key))
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    with home.session(None):
        assert models.Case.objects.count() == 1


def test_the_same_key_for_other_content_is_refused_and_a_new_key_is_given(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    key = hidden(text_of(client.get(OPENING)), "key")
    client.post(OPENING, application(home, key=key))
    again = client.post(OPENING, application(home, key=key, **{"f-story": "别的事"}))
    assert again.status_code == 409
    page = text_of(again)
    assert "已用另一份内容提交过" in page
    assert "别的事" in page
    assert hidden(page, "key") != key


BAD_FIELDS = [
    ({"f-known_on": "2024-02-30"}, "f-known_on", "不是有效的日期"),
    ({"f-known_on": ""}, "f-known_on", "没有填写"),
    ({"f-story": "   "}, "f-story", "没有填写"),
    ({"f-story": "长" * 20_001}, "f-story", "太长"),
    ({"f-worth": "一千"}, "f-worth", "金额应为数字"),
    ({"f-worth": "1.234"}, "f-worth", "最多两位小数"),
    ({"f-pages": "-1"}, "f-pages", "不能为负数"),
    ({"f-pages": "三"}, "f-pages", "应当是整数"),
    ({"i-0-wish": ""}, "i-0-wish", "没有填写"),
    ({"i-0-wish": "", "i-0-amount": ""}, "i", "至少要有一项请求"),
    ({"p-applicant-0-name": ""}, "p-applicant-0-name", "没有填写"),
    ({"p-applicant-0-kind": "ghost"}, "p-applicant-0-kind", "不在可选范围内"),
    ({"p-respondent-0-organ": "", "p-respondent-0-phone": "110"}, "p-respondent-0-organ", "请从机关名单中选择"),
    ({"p-respondent-0-organ": "999999"}, "p-respondent-0-organ", "请从机关名单中选择"),
    ({"day": "2024-03-02"}, "day", "不能晚于今天"),
    ({"day": "2024-02-31"}, "day", "不是有效的日期"),
    ({"day": "明天"}, "day", "不是有效的日期"),
    ({"day": "1990-01-01"}, "day", "那一天没有可以适用的"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "field", "sentence"), BAD_FIELDS)
def test_a_bad_field_is_told_beside_it_and_everything_typed_is_kept(
    home: House, sign_in: Entry, wrong: dict[str, str], field: str, sentence: str
) -> None:
    typed = application(home, **{"f-story": "很长的经过，不能丢", "p-applicant-0-phone": "13800000000"}) | wrong
    response = fill(sign_in("officer"), OPENING, **typed)
    page = text_of(response)
    assert response.status_code == 422
    assert "没有办理" in page
    assert sentence in page.partition('id="refused"')[2].partition("</section>")[0], "the summary says it"
    place = page.index(f'id="{field}-fault"' if field not in ("i",) else 'id="i"')
    assert sentence in page[place : place + 700]
    for name, value in typed.items():
        if name not in ("do", "day") and name not in wrong and value:
            assert value in page, f"{name} was lost"
    with home.session(None):
        assert models.Case.objects.count() == 0


def test_without_a_body_the_form_asks_for_it(home: House, sign_in: Entry) -> None:
    response = fill(sign_in("officer"), OPENING, **application(home, body="999999"))
    assert response.status_code == 422
    assert "请选择承办机构" in text_of(response)


def test_rows_are_added_and_taken_out_without_doing_anything(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    page = text_of(fill(client, OPENING, **application(home, do="add:p-applicant")))
    assert 'name="p-applicant-1-name"' in page
    assert hidden(page, "p-applicant") == "2"
    assert "某日某事" in page
    two = application(home, **{"p-applicant": "2", "p-applicant-1-name": "李四", "do": "drop:p-applicant-0"})
    page = text_of(fill(client, OPENING, **two))
    assert 'name="p-applicant-0-name" value="李四"' in page
    assert "张三" not in page
    for odd in ("drop:p-applicant-x", "drop:", "add:", "drop:p-applicant-99999999"):
        assert fill(client, OPENING, **application(home, do=odd)).status_code == 200
    with home.session(None):
        assert models.Case.objects.count() == 0


def test_two_applicants_and_two_items(home: House, sign_in: Entry) -> None:
    more = {
        "p-applicant": "3", "p-applicant-2-name": "李四", "p-applicant-2-kind": "company",
        "i": "3", "i-2-wish": "赔偿", "i-2-amount": "10",
    }  # fmt: skip
    case = opened(sign_in("officer"), home, **more)
    with home.session(None):
        names = list(models.Party.objects.filter(case_id=case).order_by("order").values_list("name", flat=True))
        items = [row.data["facts"] for row in models.Item.objects.filter(case_id=case).order_by("order")]
    assert names == ["张三", "李四", "某区某局"]
    assert items == [{"wish": "撤销", "amount": 120050}, {"wish": "赔偿", "amount": 1000}]


def test_an_earlier_day_is_a_late_entry(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home, day="2024年2月27日")
    assert head(home, case).opened.isoformat() == "2024-02-27"
    assert "补录" in text_of(client.get(f"/cases/{case}/"))


# ---------------------------------------------------------------- files


def upload(name: str = "证据.pdf", size: int = 10) -> io.BytesIO:
    file = io.BytesIO(b"%PDF-"[:size].ljust(size, b"x"))
    file.name = name
    return file


def test_files_are_kept_through_a_refusal(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    refused = fill(client, OPENING, **application(home, **{"f-known_on": ""}), **{"f-files": upload()})
    page = text_of(refused)
    assert refused.status_code == 422
    assert "证据.pdf" in page
    entry = page.partition('name="f-files-kept" value="')[2].partition('"')[0]
    digest, _, name = entry.partition("/")
    assert (len(digest), name) == (64, "证据.pdf")
    again = client.post(OPENING, application(home, key=hidden(page, "key"), **{"f-files-kept": entry}))
    assert again.status_code == 302
    case = int(again.url.split("/")[2])
    assert head(home, case).facts["files"] == [entry]
    fetched = client.get(f"/cases/{case}/files/{digest}/")
    assert b"".join(fetched.streaming_content) == b"%PDF-xxxxx"
    assert "attachment" in fetched["Content-Disposition"]
    assert "%E8%AF%81%E6%8D%AE.pdf" in fetched["Content-Disposition"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: upload("录像.pdf", 50 * 1024 * 1024), "有 50 MB，超过每个文件 20 MB 的上限"),
        (lambda: upload("空.pdf", 0), "是空的"),
        (lambda: upload("程序.exe"), "不接受“.exe”类型的文件"),
    ],
)
def test_a_file_that_is_refused_leaves_the_rest_of_the_form(
    home: House, sign_in: Entry, file: Any, sentence: str
) -> None:
    good = upload("好的.pdf")
    response = fill(sign_in("officer"), OPENING, **application(home), **{"f-files": [good, file()]})
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert "某日某事" in page
    assert "好的.pdf" in page
    with home.session(None):
        assert models.Case.objects.count() == 0


@pytest.mark.parametrize("entry", ["0" * 64 + "/证据.pdf", "0" * 64, "x"])
def test_a_made_up_digest_is_refused(home: House, sign_in: Entry, entry: str) -> None:
    response = fill(sign_in("officer"), OPENING, **application(home, **{"f-files-kept": entry}))
    assert response.status_code == 422
    assert "请重新上传" in text_of(response)


def test_characters_that_no_text_has_are_dropped(home: House, sign_in: Entry) -> None:
    case = opened(sign_in("officer"), home, **{"f-story": "某\0日"})
    assert head(home, case).facts["story"] == "某日"


# ---------------------------------------------------------------- steps


def test_a_step_issues_its_papers_and_says_so(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    response = fill(client, f"/cases/{case}/steps/accept/")
    assert response.status_code == 302
    page = text_of(client.get(response.url))
    assert "已办结：受理" in page
    assert "《受理通知书》" in page
    assert head(home, case).state == "accepted"


def test_preview_writes_nothing(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    page = text_of(fill(client, f"/cases/{case}/steps/accept/", do="preview"))
    assert "预览，尚未编号、签发：《受理通知书》" in page
    assert "编号（待编号）" in page
    assert events(home, case) == ["apply"]


def test_a_second_click_on_a_step(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    address = f"/cases/{case}/steps/accept/"
    page = text_of(client.get(address))
    sent = {"key": hidden(page, "key"), "position": hidden(page, "position"), "day": "2024-03-01", "do": "act"}
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert events(home, case) == ["apply", "accept"]


def test_a_stale_form_says_what_happened_and_can_go_on(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    fill(client, f"/cases/{case}/steps/accept/")
    address = f"/cases/{case}/steps/deliberate/"
    page = text_of(client.get(address))
    mine = {"key": hidden(page, "key"), "position": hidden(page, "position"), "day": "2024-03-01", "do": "act"}
    home.do(
        "second", case, "serve", {"method": "post", "sent_on": "2024-03-01", "paper": "copy-1", "party": "respondent-1"}
    )
    stale = client.post(address, mine | {"f-secret": "我的意见"})
    page = text_of(stale)
    assert stale.status_code == 409
    assert "“登记送达”" in page
    assert "我的意见" in page
    assert "继续" in page
    newest = {"key": hidden(page, "key"), "position": hidden(page, "position"), "day": "2024-03-01", "do": "act"}
    assert client.post(address, newest | {"f-secret": "我的意见"}).status_code == 302
    assert head(home, case).facts["secret"] == "我的意见"


@pytest.mark.parametrize("position", ["", "x", "-1", "999999999999"])
def test_a_form_without_a_true_position_is_stale(home: House, sign_in: Entry, position: str) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    response = fill(client, f"/cases/{case}/steps/accept/", position=position)
    assert response.status_code == 409
    assert events(home, case) == ["apply"]


def test_unmet_conditions_are_told_before_and_after(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    fill(client, f"/cases/{case}/steps/accept/")
    page = text_of(client.get(f"/cases/{case}/"))
    assert "还不具备条件的" in page
    assert "被申请人还没有答复" in page
    assert "第四十八条" in page
    address = f"/cases/{case}/steps/draft_paper/?about=decide"
    assert "被申请人还没有答复" in text_of(client.get(address))
    refused = fill(client, address, **{"f-reasons": "充分的理由", "f-answer": "grant", "o-wish-1": "grant"})
    assert refused.status_code == 422
    assert "被申请人还没有答复" in text_of(refused)
    assert "充分的理由" in text_of(refused)


def test_a_step_of_another_state_shows_why_not(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    page = client.get(f"/cases/{case}/steps/resume/")
    assert page.status_code == 200
    assert "案件现在处于“待审查”" in text_of(page)
    assert 'name="key"' not in text_of(page)


@pytest.mark.parametrize(
    "address",
    [
        "/cases/{case}/steps/no_such/",
        "/cases/{case}/steps/apply/",
        "/cases/{case}/steps/draft_paper/",
        "/cases/{case}/steps/draft_paper/?about=accept",
        "/cases/{case}/steps/accept/?about=decide",
        "/cases/999999/",
        "/cases/999999/steps/accept/",
        "/cases/{case}/papers/none/",
        "/cases/{case}/papers/none/docx",
        "/cases/{case}/files/none/",
        "/cases/new/none/apply/",
        "/cases/new/small/none/",
        "/cases/new/small/accept/",
        "/no/such/page/",
        "/law/no_such_law/",
        "/procedures/none/2023/",
        "/figures/none/",
    ],
)
def test_what_is_not_there_is_told_in_chinese(home: House, sign_in: Entry, address: str) -> None:
    client = sign_in("officer")
    response = client.get(address.format(case=opened(client, home)))
    assert response.status_code == 404
    assert "不存在，或者您无权查看" in text_of(response)


def test_somebody_elses_step_is_refused(home: House, sign_in: Entry) -> None:
    case = opened(sign_in("officer"), home)
    response = sign_in("reviewer").get(f"/cases/{case}/steps/accept/")
    assert response.status_code == 403
    assert "由承办人办理，您没有这项权限" in text_of(response)
    assert sign_in("reviewer").get(OPENING).status_code == 403


# ---------------------------------------------------------------- agreement


def drafted(home: House, sign_in: Entry) -> int:
    client = sign_in("officer")
    case = opened(client, home)
    fill(client, f"/cases/{case}/steps/accept/")
    served = {"f-paper": "copy-1", "f-party": "respondent-1", "f-method": "direct", "f-sent_on": "2024-03-01",
              "f-received_on": "2024-03-01", "f-proof": "送达回证"}  # fmt: skip
    assert fill(client, f"/cases/{case}/steps/serve/", **served).status_code == 302
    assert fill(sign_in("clerk"), f"/cases/{case}/steps/reply/").status_code == 302
    draft = {"f-reasons": "充分的理由", "f-answer": "grant", "o-wish-1": "part"}
    response = fill(client, f"/cases/{case}/steps/draft_paper/?about=decide", **draft)
    assert response.status_code == 302, text_of(response)
    return case


def test_from_draft_to_signature(home: House, sign_in: Entry) -> None:
    case = drafted(home, sign_in)
    reviewer, mayor = sign_in("reviewer"), sign_in("mayor")
    assert "等我办理的呈批" in text_of(reviewer.get("/"))
    address = f"/cases/{case}/steps/review_paper/?about=decide"
    page = text_of(reviewer.get(address))
    assert "充分的理由" in page
    assert "部分支持" in page
    assert "预览，尚未编号、签发：《决定书》" in page
    assert "等我办理的呈批" not in text_of(mayor.get("/"))
    assert fill(reviewer, address, **{"f-review_opinion": "同意"}).status_code == 302
    assert "审阅并签发" in text_of(mayor.get("/"))
    sign = f"/cases/{case}/steps/decide/"
    page = text_of(mayor.get(sign))
    assert "充分的理由" in page
    assert 'name="f-reasons"' not in page
    assert "退回修改" in page
    assert fill(mayor, sign, **{"f-reasons": "换掉的理由"}).status_code == 302
    assert head(home, case).facts["reasons"] == "充分的理由"
    assert "部分支持" in text_of(mayor.get(f"/cases/{case}/"))


def test_a_returned_proposal_comes_back_as_it_was_typed(home: House, sign_in: Entry) -> None:
    case = drafted(home, sign_in)
    back = f"/cases/{case}/steps/return_paper/?about=decide"
    assert fill(sign_in("reviewer"), back, **{"f-return_reason": "请补充"}).status_code == 302
    officer = sign_in("officer")
    assert "已退回修改" in text_of(officer.get("/"))
    page = text_of(officer.get(f"/cases/{case}/steps/draft_paper/?about=decide"))
    assert "充分的理由" in page
    assert 'name="o-wish-1" value="part" checked' in page
    assert 'name="f-answer" value="grant" checked' in page


def test_the_drafter_cannot_review(home: House, sign_in: Entry) -> None:
    case = drafted(home, sign_in)
    assert sign_in("officer").get(f"/cases/{case}/steps/review_paper/?about=decide").status_code == 403


# ---------------------------------------------------------------- standing steps


def test_service_under_way_and_received(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    fill(client, f"/cases/{case}/steps/accept/")
    assert "尚未送出" in text_of(client.get(f"/cases/{case}/"))
    form = text_of(client.get(f"/cases/{case}/steps/serve/?paper=copy-1&party=respondent-1"))
    assert '<option value="copy-1" selected>' in form
    assert '<option value="respondent-1" selected>' in form
    posted = {"f-paper": "copy-1", "f-party": "respondent-1", "f-method": "post", "f-sent_on": "2024-03-01"}
    assert fill(client, f"/cases/{case}/steps/serve/", **posted).status_code == 302
    page = text_of(client.get(f"/cases/{case}/"))
    assert "在途" in page
    assert "登记签收" in page
    got = {"f-service": "copy-1-1", "f-received_on": "2024-03-01", "f-proof": "邮单"}
    response = fill(client, f"/cases/{case}/steps/receive/?service=copy-1-1", **got)
    assert response.status_code == 302, text_of(response)
    assert "2024年3月1日送达" in text_of(client.get(f"/cases/{case}/"))


def test_faults_of_a_service_stand_beside_its_fields(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    fill(client, f"/cases/{case}/steps/accept/")
    wrong = {"f-paper": "receipt-1", "f-party": "applicant-1", "f-method": "electronic", "f-sent_on": "2024-03-01"}
    page = text_of(fill(client, f"/cases/{case}/steps/serve/", **wrong))
    place = page.index('id="f-method-fault"')
    assert "没有同意电子送达" in page[place : place + 200]
    strange = fill(client, f"/cases/{case}/steps/serve/", **wrong | {"f-paper": "other-1", "f-method": "direct"})
    assert strange.status_code == 422


def test_taking_back_a_wrong_act(home: House, sign_in: Entry) -> None:
    case = opened(sign_in("officer"), home)
    fill(sign_in("officer"), f"/cases/{case}/steps/accept/")
    head_of_body = sign_in("head")
    form = text_of(head_of_body.get(f"/cases/{case}/steps/reverse/"))
    assert "第 2 步 受理" in form
    values = {"f-position": "2", "f-reason": "受理错误", "f-article": "第三十条"}
    assert fill(head_of_body, f"/cases/{case}/steps/reverse/", **values).status_code == 302
    page = text_of(sign_in("officer").get(f"/cases/{case}/"))
    assert "<s>受理</s>" in page
    assert "已撤回" in page
    assert "撤回第 2 步" in page
    seen_by_party = text_of(sign_in("clerk").get(f"/cases/{case}/"))
    assert "<s>受理</s>" in seen_by_party
    assert "受理错误" not in seen_by_party


def test_for_which_party_must_be_said_when_there_are_several(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    case = opened(client, home)
    fill(client, f"/cases/{case}/steps/accept/")
    page = text_of(client.get(f"/cases/{case}/steps/reply/"))
    assert hidden(page, "party") == "respondent-1"


# ---------------------------------------------------------------- odd requests


def test_methods_that_a_page_does_not_know(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    for response in (client.post("/"), client.get("/logout/"), client.get("/demo/advance/"), client.put("/cases/")):
        assert response.status_code == 405
        assert "不能这样打开" in text_of(response)


def test_a_form_without_a_token_is_told_in_chinese(home: House) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"username": "officer", "password": "x"})
    assert response.status_code == 403
    assert "表单已经过期" in text_of(response)


def test_a_text_that_never_ends_is_told_in_chinese(home: House, sign_in: Entry) -> None:
    response = sign_in("officer").post(OPENING, application(home, **{"f-story": "长" * 2_000_000}))
    assert response.status_code == 400
    assert "过长" in text_of(response)


def test_a_broken_page_is_told_in_chinese(home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sign_in("officer")
    client.raise_request_exception = False
    monkeypatch.setattr("fadu.web.workbench.listing.found", lambda *_: 1 / 0)
    response = client.get("/cases/")
    assert response.status_code == 500
    assert "系统出现故障" in text_of(response)


def test_everything_that_is_wrong_is_told_at_once(home: House, sign_in: Entry) -> None:
    wrong = {"f-known_on": "x", "p-applicant-0-name": "", "i-0-wish": "", "day": "2024-02-31", "body": ""}
    page = text_of(fill(sign_in("officer"), OPENING, **application(home, **wrong), **{"f-files": upload("程序.exe")}))
    for field in ("f-known_on", "p-applicant-0-name", "i-0-wish", "day", "f-files"):
        assert f'id="{field}-fault"' in page
        assert f'href="#{field}"' in page
    assert "请选择承办机构" in page


def test_a_number_with_thousands_of_digits_is_none(home: House, sign_in: Entry) -> None:
    endless = "9" * 5000
    page = text_of(fill(sign_in("officer"), OPENING, **application(home, **{"p-respondent-0-organ": endless})))
    assert 'id="p-respondent-0-organ-fault"' in page
    assert [whole(said) for said in (endless, "²", "-1", "", "007")] == [None, None, None, None, 7]


def test_what_happened_outside_asks_when_it_was_learned(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = test_outside.catalogue()
    monkeypatch.setattr(access, "registry", lambda: made)
    client = sign_in("officer")
    case = home.open().case
    home.do("officer", case, "accept")
    assert "知悉日期" not in text_of(client.get(f"/cases/{case}/steps/reply/"))
    address = f"/cases/{case}/steps/died/"
    page = text_of(client.get(address))
    assert "发生日期" in page
    assert "知悉日期" in page
    wrong = text_of(fill(client, address, day="2024-03-01", learned="2024-02-28"))
    place = wrong.index('id="learned-fault"')
    assert "知悉日期应当在发生日期" in wrong[place : place + 200]
    assert 'value="2024-02-28"' in wrong
    assert "不是有效的日期" in text_of(fill(client, address, day="2024-03-01", learned="2024-02-30"))
    home.day = date(2024, 3, 6)
    stand_still(home)
    assert fill(client, address, day="2024-03-04", learned="2024-03-05").status_code == 302
    told = text_of(client.get(f"/cases/{case}/"))
    assert "2024年3月4日发生，2024年3月5日知悉" in told
    assert "知悉“申请人死亡”" in told
    assert "补录" in told  # known on the 5th, entered on the 6th
