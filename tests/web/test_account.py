"""My account: where I am signed in, my password, the second factor from its setting up to its reset."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from fadu.infra import clock
from fadu.infra.official.qr import svg
from fadu.kernel import access, house, models, second_factor
from fadu.rules.errors import NotAllowed
from tests.kernel.conftest import House
from tests.web.conftest import PASSWORD, hidden, text_of

SETUP = "/me/second-factor/"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def passwords(home: House) -> None:
    for officer in models.Officer.objects.filter(username__in=("officer", "admin")):
        officer.set_password(PASSWORD)
        officer.save()


def entered(who: str = "officer", browser: str = CHROME) -> Client:
    client = Client(HTTP_USER_AGENT=browser)
    assert client.post("/login/", {"username": who, "password": PASSWORD}).status_code == 302
    return client


def steps(who: int) -> list[str]:
    with access.session(None):
        found = models.Event.objects.filter(actor=who).order_by("recorded", "position")
        return list(found.values_list("step", flat=True))


# ---------------------------------------------------------------- sessions and password


def test_one_sees_where_one_is_signed_in_and_ends_it(home: House) -> None:
    desk, phone, other = entered(), entered(browser=PHONE), entered()
    page = text_of(desk.get("/me/"))
    assert page.count("Chrome，Linux") == 2 + 1, "two, and the label of the button of the other one"
    assert "Chrome，安卓" in page
    assert phone.session.session_key not in page, "the key itself would open it"
    sign = re.search(r'name="one" value="(\w+)"><button[^>]*安卓', page)
    assert sign is not None
    assert desk.post("/me/sessions/", {"one": sign[1]}).status_code == 302
    assert phone.get("/").status_code == 302
    assert other.get("/").status_code == 200
    desk.post("/me/sessions/")
    assert other.get("/").status_code == 302
    assert desk.get("/").status_code == 200


def test_nobody_ends_the_sessions_of_others(home: House) -> None:
    mine, admin = entered(), entered("admin")
    admin.post("/me/sessions/", {"one": hidden_sign(mine)})
    admin.post("/me/sessions/")
    assert mine.get("/").status_code == 200


def hidden_sign(client: Client) -> str:
    entered()
    return hidden(text_of(client.get("/me/")), "one")


def test_a_session_ends_after_a_working_day(home: House, settings: Any) -> None:
    client = entered()
    row = models.WebSession.objects.get(officer=home.people["officer"])
    assert (row.expire_date - clock.now()).total_seconds() <= 2 * 3600
    assert client.get("/").status_code == 200
    settings.LONGEST_SESSION = -1
    assert client.get("/").status_code == 302
    assert not models.WebSession.objects.filter(officer=home.people["officer"]).exists()


def test_a_new_password_signs_out_everywhere_else(home: House) -> None:
    client, other = entered(), entered()
    new = {"old": PASSWORD, "new": "早春二月的柳色新新如洗", "again": "早春二月的柳色新新如洗"}
    for wrong, said in (({"old": "x"}, "原密码不正确"), ({"again": "x"}, "不一样"), ({"new": "123"}, "")):
        refused = client.post("/me/password/", new | wrong)
        assert refused.status_code == 422
        assert said in text_of(refused)
    assert client.post("/me/password/", new).status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert steps(home.people["officer"])[-1] == "set_own_password"
    assert Client().post("/login/", {"username": "officer", "password": PASSWORD}).status_code == 422


def test_who_sits_at_an_open_browser_does_not_guess_the_password(home: House) -> None:
    client, new = entered(), {"new": "早春二月的柳色新新如洗", "again": "早春二月的柳色新新如洗"}
    for _ in range(5):
        assert "原密码不正确" in text_of(client.post("/me/password/", new | {"old": "x"}))
    refused = client.post("/me/password/", new | {"old": PASSWORD})
    assert (refused.status_code, "原密码输错的次数过多" in text_of(refused)) == (422, True)
    assert client.post("/me/second-factor/end/", {"old": PASSWORD}).status_code == 422, "counted together"


# ---------------------------------------------------------------- second factor


def code_of(secret: str, around: int = 0) -> str:
    step = int(clock.now().timestamp()) // second_factor.SECONDS + around
    return second_factor._hotp(secret).generate(step).decode()


def set_up(client: Client) -> tuple[str, list[str]]:
    """The secret and the codes for when it is lost."""
    secret = client.session.get("new_secret") or ""
    if not secret:
        client.get(SETUP)
        secret = client.session["new_secret"]
    wrong = client.post(SETUP, {"code": "000000", "old": PASSWORD})
    assert (wrong.status_code, "验证码不正确" in text_of(wrong)) == (422, True)
    page = text_of(client.post(SETUP, {"code": code_of(secret, -1), "old": PASSWORD}))
    assert "备用码" in page
    return secret, re.findall(r"<li><code>(\w+)</code>", page)


def answer(code: str) -> Any:
    client = Client()
    asked = client.post("/login/", {"username": "officer", "password": PASSWORD, "next": "/cases/"})
    assert asked.url == "/login/code/"
    assert client.get("/").status_code == 302, "half way is not in"
    return client.post("/login/code/", {"code": code})


def test_the_address_for_the_app_is_that_of_a_code_by_time() -> None:
    address = second_factor.address_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "zhang")
    assert address.startswith("otpauth://totp/")
    assert "period=30" in address
    assert "counter" not in address


def test_with_a_second_factor_the_password_alone_does_not_help(home: House) -> None:
    client = entered()
    assert "还没有启用" in text_of(client.get("/me/"))
    secret, codes = set_up(client)
    assert len(set(codes)) == 10
    row = models.SecondFactor.objects.get()
    assert secret not in row.secret, "sealed"
    assert not set(codes) & set(row.recovery)
    now = code_of(secret)
    assert answer("123456" if now != "123456" else "654321").status_code == 422
    right = answer(f"{now[:3]} {now[3:]}")
    assert (right.status_code, right.url) == (302, "/cases/")
    replayed = answer(now)
    assert (replayed.status_code, "已经用过" in text_of(replayed)) == (422, True)
    assert answer(codes[0]).status_code == 302
    assert answer(codes[0]).status_code == 422, "each for one time"
    assert "备用码还有 9 个" in text_of(client.get("/me/"))
    assert steps(home.people["officer"]).count("signed_in") == 3, "the first, by a code, by one for when it is lost"


def test_an_open_browser_is_not_enough_to_set_one_up(home: House) -> None:
    client = entered()
    client.get(SETUP)
    code = code_of(client.session["new_secret"])
    for given in ({}, {"old": "guessed"}):
        refused = client.post(SETUP, {"code": code, **given})
        assert (refused.status_code, "密码不正确" in text_of(refused)) == (422, True)
    assert not models.SecondFactor.objects.exists()


def test_five_wrong_codes_lock_the_account(home: House) -> None:
    set_up(entered())
    replies = [answer("000000").status_code for _ in range(4)]
    assert replies == [422] * 4
    assert answer("000000").status_code == 429
    assert Client().post("/login/", {"username": "officer", "password": PASSWORD}).status_code == 429


def test_the_second_question_is_for_who_answered_the_first(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/login/code/").url == "/login/"
    secret, _ = set_up(entered())
    late = Client()
    late.post("/login/", {"username": "officer", "password": PASSWORD})
    monkeypatch.setattr("fadu.web.workbench.views.sign_in._halfway", lambda request: None)
    assert late.post("/login/code/", {"code": code_of(secret)}).url == "/login/"


def test_a_new_password_ends_a_signing_in_that_stopped_halfway(home: House) -> None:
    owner = entered()
    _, codes = set_up(owner)
    halfway = Client()
    halfway.post("/login/", {"username": "officer", "password": PASSWORD})
    changed = owner.post(
        "/me/password/", {"old": PASSWORD, "new": "另一个长的口令甲乙丙丁", "again": "另一个长的口令甲乙丙丁"}
    )
    assert changed.status_code == 302
    assert halfway.post("/login/code/", {"code": codes[0]})["Location"] == "/login/"
    assert halfway.get("/").status_code == 302


def test_whoever_leaves_tells_the_browser_to_forget_its_pages(home: House) -> None:
    for left in (entered().post("/logout/"), Client().post("/open/follow/leave/")):
        assert left["Clear-Site-Data"] == '"cache"'


def test_roles_that_must_have_one_set_it_up_first(home: House) -> None:
    with home.session("admin") as s:
        second_factor.require(s, "case_officer", needed=True)
    client = entered()
    for address in ("/", "/cases/", "/me/"):
        assert client.get(address).url == SETUP
    page = text_of(client.get(SETUP))
    assert ("必须使用动态验证码" in page, "登录密码" in page) == (True, False), "it was just given"
    drawn = client.get(f"{SETUP}picture.svg")
    said = second_factor.address_of(client.session["new_secret"], "officer")
    assert (drawn.content, drawn["Cache-Control"]) == (svg(said), "no-store")
    assert "no-store" in client.get(SETUP)["Cache-Control"]
    set_up(client)
    assert client.get("/").status_code == 200
    refused = client.post("/me/second-factor/end/", {"old": PASSWORD})
    assert (refused.status_code, "不能停用" in unescape(text_of(refused))) == (422, True)
    assert entered("admin").get("/").status_code == 200, "another role"
    with home.session("admin") as s:
        second_factor.require(s, "case_officer", needed=False)
    assert client.post("/me/second-factor/end/", {"old": "x"}).status_code == 422
    assert client.post("/me/second-factor/end/", {"old": PASSWORD}).status_code == 302
    assert entered().get("/").status_code == 200


def test_the_administrator_resets_it_on_record(home: House) -> None:
    set_up(entered())
    with pytest.raises(NotAllowed), home.session("officer") as s:
        second_factor.reset(s, "officer")
    with home.session("admin") as s:
        second_factor.reset(s, "officer")
    assert steps(home.people["admin"])[-1] == "reset_second_factor"
    assert "reset_second_factor" in house.LABELS
    assert entered().get("/").status_code == 200
