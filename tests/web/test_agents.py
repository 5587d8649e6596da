"""Agents and representatives through the browser: named, shown with power and days, chosen for an act, relieved."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from fadu.kernel import models
from tests.kernel.conftest import House
from tests.web.conftest import Entry, fill, stand_still, text_of

LAWYER = {
    "f-kind": "lawyer", "f-parties": "applicant-1", "f-name": "周某", "f-mandate": "general", "f-since": "2024-03-01",
    "f-until": "2024-03-31", "f-proof": "授权委托书",
}  # fmt: skip


@pytest.fixture
def case(home: House) -> int:
    number = home.open().case
    home.do("officer", number, "accept")
    return number


def name(client: Client, case: int, **more: str) -> None:
    response = fill(client, f"/cases/{case}/steps/name_agent/", **LAWYER | more)
    assert response.status_code == 302, text_of(response)


def test_the_case_page_says_who_acts_for_whom_since_when_with_which_power(
    home: House, sign_in: Entry, case: int
) -> None:
    officer = sign_in("officer")
    form = text_of(officer.get(f"/cases/{case}/steps/name_agent/"))
    for word in ('type="checkbox" name="f-parties" value="applicant-1"', "特别授权", "届满日期", "申请人：张三"):
        assert word in form
    name(officer, case)
    page = text_of(officer.get(f"/cases/{case}/"))
    assert "律师周某（一般授权） <small>自2024年3月1日起至2024年3月31日</small>" in page
    assert f"/cases/{case}/steps/end_agent/?agent=agent-1" in page
    home.day = date(2024, 4, 1)
    stand_still(home)
    assert "律师周某（一般授权）在2024-04-01没有代理、代表的权限，2024-03-31已经届满" in text_of(
        officer.get(f"/cases/{case}/")
    )


def test_a_wrong_entry_comes_back_with_what_was_chosen(sign_in: Entry, case: int) -> None:
    wrong = LAWYER | {"f-mandate": "special"}
    page = text_of(fill(sign_in("officer"), f"/cases/{case}/steps/name_agent/", **wrong))
    assert "特别授权应当逐项写明；只写“全权代理”的，按一般授权登记" in page
    assert 'name="f-parties" value="applicant-1" checked' in page


def test_an_act_through_an_agent_is_refused_or_recorded_by_his_power(home: House, sign_in: Entry, case: int) -> None:
    officer = sign_in("officer")
    address = f"/cases/{case}/steps/withdraw/"
    assert "由谁代为办理" not in text_of(officer.get(address))
    name(officer, case)
    form = text_of(officer.get(address))
    assert "律师周某（一般授权），为张三" in form
    assert "被代表人同意的凭证" in form
    refused = fill(officer, address, **{"f-through": "agent-1"})
    assert refused.status_code == 422
    assert "没有“撤回申请（撤诉）”的特别授权" in text_of(refused)
    name(officer, case, **{"f-name": "吴某", "f-mandate": "special", "f-acts": "withdraw"})
    assert fill(officer, address, **{"f-through": "agent-2"}).status_code == 302
    page = text_of(officer.get(f"/cases/{case}/"))
    assert "由吴某代为办理" in page
    with home.session("officer"):
        assert models.Case.objects.get(pk=case).done["withdraw"][0]["through"] == ["agent-2"]


def test_service_on_the_agent_is_told_as_such(sign_in: Entry, case: int) -> None:
    officer = sign_in("officer")
    name(officer, case)
    served = {"f-paper": "receipt-1", "f-party": "applicant-1", "f-taker": "agent-1", "f-method": "electronic",
              "f-sent_on": "2024-03-01", "f-received_on": "2024-03-01", "f-proof": "回执"}  # fmt: skip
    refused = text_of(fill(officer, f"/cases/{case}/steps/serve/", **served))
    assert "代收人没有同意电子送达，不能采用该方式（《民事诉讼法》第九十条）" in refused
    assert fill(officer, f"/cases/{case}/steps/serve/", **served | {"f-method": "direct"}).status_code == 302
    assert "张三（周某代收）：直接送达，2024年3月1日送达" in text_of(officer.get(f"/cases/{case}/"))
