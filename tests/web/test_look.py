"""Dark pages and large type: chosen by anybody, kept by the browser, honoured on every page."""

from __future__ import annotations

from django.test import Client

from fadu.report_reader.output.as_page import alone
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of

ADDRESS = "/open/look/"


def test_the_choice_is_kept_and_holds_for_the_public_and_for_staff(home: House, sign_in: Entry) -> None:
    for browser, address in ((Client(), "/open/report-check/"), (sign_in("officer"), "/cases/")):
        before = text_of(browser.get(address))
        assert 'media="screen and (prefers-color-scheme: dark)"' in before
        assert '<html lang="zh-Hans">' in before
        answer = browser.post(ADDRESS, {"colours": "dark", "type": "large", "next": address})
        assert f'<a href="{address}">回到刚才的页面</a>' in text_of(answer)
        after = text_of(browser.get(address))
        assert 'reader/dark.css" media="screen">' in after
        assert '<html lang="zh-Hans" class="large">' in after
        browser.post(ADDRESS, {"colours": "light", "type": ""})
        light = text_of(browser.get(address))
        assert "dark.css" not in light
        assert "large" not in light.split("<head>")[0]


def test_a_value_that_is_none_is_not_taken_and_nobody_is_led_away(home: House) -> None:
    browser = Client()
    answer = browser.post(ADDRESS, {"colours": '"><b>', "type": "huge", "next": "https://example.org/"})
    assert answer.cookies["fadu_colours"].value == answer.cookies["fadu_type"].value == ""
    assert '<a href="/">回到刚才的页面</a>' in text_of(answer)
    browser.cookies["fadu_type"] = "huge"
    assert '<html lang="zh-Hans">' in text_of(browser.get(ADDRESS))


def test_the_page_that_stands_alone_has_the_same_colours_by_night_on_a_screen_only() -> None:
    page = alone("标题", "<p>文字</p>")
    day, night = page.split("@media screen and (prefers-color-scheme: dark)", 1)
    assert "color-scheme: light;" in day
    assert "color-scheme: dark;" in night
    assert page.count("--paper: ") == 2
