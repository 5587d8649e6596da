"""Drafts: kept by the button and by the page, opened again, told when the case went on, gone once the form is sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from fadu.kernel.desk_models import Draft
from tests.fixtures.browser import Live
from tests.kernel.conftest import House
from tests.web.conftest import OPENING, Entry, application, fill, text_of
from tests.web.test_browser import sign_in as enter


def test_an_opening_is_kept_and_gone_once_it_is_sent(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    typed = application(home, **{"f-story": "只写了一半"})
    assert client.post(OPENING, typed | {"do": "draft"}).status_code == 302
    assert "收到申请（小程序）" in text_of(client.get("/"))
    again = text_of(client.get(OPENING))
    assert "只写了一半" in again
    assert "还没有提交" in again
    assert "只写了一半" not in text_of(sign_in("second").get(OPENING))
    assert fill(client, OPENING, **typed).status_code == 302
    assert "还没有提交" not in text_of(client.get(OPENING))
    assert "没有提交的草稿" not in text_of(client.get("/"))


def test_a_draft_is_told_to_be_old_and_can_be_thrown_away(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    client, address = sign_in("officer"), f"/cases/{case}/steps/deliberate/"
    page = client.post(address, {"f-secret": "先记一笔", "do": "draft"}, headers={"X-Draft": "1"})
    assert page.status_code == 204
    assert "又有新的记录" not in text_of(client.get(address))
    home.do("second", case, "deliberate", {"secret": "别人的意见"})
    assert "案件已有新的记录" in text_of(client.get("/"))
    told = text_of(client.get(address))
    assert ("先记一笔" in told, "又有新的记录" in told) == (True, True)
    client.post(address, {"do": "discard"})
    assert "先记一笔" not in text_of(client.get(address))


def test_a_draft_longer_than_any_form_is_refused(home: House, sign_in: Entry) -> None:
    told = sign_in("officer").post(OPENING, application(home, **{"f-story": "长" * 400_001}) | {"do": "draft"})
    assert told.status_code == 422
    with home.session(None):
        assert not Draft.objects.exists()


@pytest.mark.browser
def test_the_page_keeps_what_is_typed_when_it_is_left(own_home: House, live: Live, desktop: Page) -> None:
    case = own_home.open().case
    own_home.do("officer", case, "accept")
    enter(desktop, live.url, "officer")
    desktop.goto(f"{live.url}/cases/{case}/steps/deliberate/")
    desktop.get_by_label("合议意见").fill("写到一半")
    desktop.evaluate("Object.defineProperty(document, 'visibilityState', {value: 'hidden'})")
    desktop.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desktop.get_by_text("草稿已存")).to_be_visible()
    desktop.goto(live.url)
    desktop.get_by_role("link", name="合议").click()
    expect(desktop.get_by_label("合议意见")).to_have_value("写到一半")
