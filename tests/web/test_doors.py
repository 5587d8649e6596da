"""The safety of every answer: what its headers tell the browser, what cookies bear, what never stands in a log."""

from __future__ import annotations

import io
import logging
from typing import Any

import pytest
from django.test import Client

from fadu.kernel import access, models
from fadu.web.shared import refusals
from tests.kernel.conftest import House
from tests.web.conftest import OPENING, Entry, application, text_of

# Of each header what it must hold; on pages and downloads alike, refused or not.
HEADERS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Cache-Control": "no-",
}
LOOSE = ("unsafe-inline", "unsafe-eval", "*", "http:", "https:")


def bare(response: Any) -> list[str]:
    """What an answer lacks; asked of every address by the table of rights."""
    policy = response.headers.get("Content-Security-Policy", "")
    lacking = [name for name, held in HEADERS.items() if held not in response.headers.get(name, "")]
    return lacking + [word for word in LOOSE if word in policy]


def test_what_nobody_answers_has_the_headers_too(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    client = sign_in("officer")
    client.raise_request_exception = False
    for response in (client.get("/no/such/"), client.get("/", HTTP_HOST="elsewhere.example"), client.put("/")):
        assert response.status_code in (400, 404, 405)
        assert bare(response) == []
    style = client.get("/static/shared/fadu.css")
    assert style.status_code == 200
    assert [name for name in bare(style) if name != "Cache-Control"] == []
    monkeypatch.setattr(access, "cases", lambda s: 1 / 0)
    broken = client.get("/cases/")
    assert broken.status_code == 500
    assert bare(broken) == []


def test_cookies_are_kept_from_scripts_and_other_sites(home: House, sign_in: Entry, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    signed = sign_in("officer")
    signed.get("/cases/new/small/apply/")
    asked = Client()
    asked.get("/login/")
    assert signed.cookies["sessionid"].value
    for cookie in (asked.cookies["csrftoken"], signed.cookies["csrftoken"]):
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


# ---------------------------------------------------------------- what is in no log


def test_neither_passwords_nor_people_stand_in_a_log(
    home: House, sign_in: Entry, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    written = io.StringIO()
    for name in settings.LOGGING["loggers"]:
        for handler in logging.getLogger(name).handlers:
            monkeypatch.setattr(handler, "stream", written, raising=False)
    for name in ("officer", "zhangsan-who"):
        Client().post("/login/", {"username": name, "password": "秘密口令-9"}, HTTP_USER_AGENT="某设备")
    client = sign_in("officer")
    client.raise_request_exception = False
    assert client.post(OPENING, application(home)).status_code == 302
    assert client.get("/cases/", {"q": "张三"}).status_code == 200
    assert client.get("/cases/999999/", {"q": "张三"}).status_code == 404

    def breaks(*given: Any, **named: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("fadu.kernel.acts.open_case", breaks)
    assert client.post(OPENING, application(home)).status_code == 500
    told = written.getvalue() + caplog.text  # what the loggers of the settings write, and all others from warnings on
    assert "broken on purpose" in told, "what breaks is told"
    for word in ("秘密口令-9", "zhangsan-who", "某设备", "127.0.0.1", "张三", "幸福路", "某日某事"):
        assert word not in told


def test_what_is_counted_of_a_failed_try_names_nobody(home: House) -> None:
    Client().post("/login/?next=/", {"username": "officer", "password": "秘密口令-9"})
    kept = list(models.Attempt.objects.values_list("what", "who", "by"))
    assert len(kept) == 3
    assert not any(word in str(kept) for word in ("秘密口令-9", "officer", "127.0.0.1"))
    with access.session(None):
        assert not models.EventValue.objects.filter(value__contains="秘密口令-9").exists()


# ---------------------------------------------------------------- one source, many names


def test_from_one_address_not_everybodys_password_is_guessed(home: House, settings: Any) -> None:
    officer = models.Officer.objects.get(username="officer")
    officer.set_password("demo-fadu")
    officer.save()
    for number in range(50):
        wrong = Client().post("/login/", {"username": f"name{number}", "password": "x"}, REMOTE_ADDR="192.0.2.9")
        assert wrong.status_code == 422
    right = {"username": "officer", "password": "demo-fadu"}
    refused = Client().post("/login/", right, REMOTE_ADDR="192.0.2.9")
    assert refused.status_code == 429
    assert "网络地址" in text_of(refused)
    assert Client().post("/login/", right, REMOTE_ADDR="192.0.2.10").status_code == 302
    settings.BEHIND_PROXY = True
    behind = {"REMOTE_ADDR": "192.0.2.9", "HTTP_X_FORWARDED_FOR": "192.0.2.9, 192.0.2.11"}
    assert Client().post("/login/", right, **behind).status_code == 302, "the proxy saw another address"


# ---------------------------------------------------------------- what no text has, and too much of it


UNFIT = (
    "/open/follow/%00/",
    "/open/drafts/%00/1/",
    "/open/public/texts/?kind=%00",
    "/open/public/texts/1/%00/",
)


@pytest.mark.parametrize("address", UNFIT)
def test_a_sign_that_no_text_has_breaks_no_open_page(
    home: House, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert (answer.status_code, "格式不对" in text_of(answer)) == (400, True)
    assert bare(answer) == []
    assert "\0" not in caplog.text


def test_a_form_with_such_a_sign_is_told(home: House) -> None:
    for door, form in (
        ("/open/follow/", {"number": "\0", "code": "A"}),
        ("/open/verify/", {"what": "certificate", "number": "\0"}),
    ):
        assert Client(raise_request_exception=False).post(door, form).status_code == 400


@pytest.mark.parametrize("door", ["/login/", "/open/follow/", "/open/verify/", "/nowhere/"])
def test_what_is_too_large_is_written_nowhere(home: House, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "LARGEST", 10_000)
    read: list[Any] = []
    monkeypatch.setattr("django.http.request.HttpRequest._load_post_and_files", read.append)
    answer = Client(enforce_csrf_checks=True).post(door, {"file": io.BytesIO(b"x" * 20_000), "code": "A"})
    assert answer.status_code == 413
    assert all(word in text_of(answer) for word in ("没有接收", "分几次提交"))
    assert not read
