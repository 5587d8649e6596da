"""咨询电话和窗口: settled by a form of the house, told on the pages of a procedure; without it, where else to turn."""

from __future__ import annotations

from django.test import Client

from fadu.kernel import applications
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of


def test_the_public_is_told_whom_to_call(home: House, sign_in: Entry) -> None:
    body = home.organs["bureau"]
    with home.session("admin") as s:
        applications.receive_at(s, "small", body)
    browser = Client()
    addresses = ["/open/apply/small/apply/", "/open/public/guides/small/"]
    addresses.append(browser.post(addresses[0], {"body": str(body)})["Location"])
    assert all("12345" in text_of(browser.get(address)) for address in addresses)

    def settled(**said: str) -> str:
        return text_of(sign_in("admin").post("/house/acts/contact/", {"organ": str(body), **said}))

    assert "可以拨打的电话号码" in settled(phone="请来窗口")
    assert "可以拨打的电话号码" in settled(place="某路1号")
    assert "已登记" in settled(phone="0371-66000000", place="某路1号二楼15号窗口", hours="工作日上午")
    for address in addresses:
        page = text_of(browser.get(address))
        assert "12345" not in page
        for word in ("0371-66000000", "某路1号二楼15号窗口", "工作日上午"):
            assert word in page
    assert "0371-66000000" in text_of(sign_in("admin").get("/house/rules/"))
    assert "咨询电话和窗口" in text_of(sign_in("admin").get("/house/changes/"))
    assert "已取消" in settled()
    assert "12345" in text_of(browser.get(addresses[0]))
