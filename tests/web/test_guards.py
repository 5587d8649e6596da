"""Every address asks who is there; pages carry a strict policy; signing in, the lock and the demonstration's clock."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from fadu.kernel import access, models
from tests.kernel.conftest import House
from tests.web.conftest import PASSWORD, Entry, text_of

OPEN = {"login", "second_factor", "health"}
PORTAL = "/open/"
"""Open to everybody; what belongs to one person is told by number and code, and is absent without them."""
SAMPLES = {"int": "1", "str": "x"}


def patterns(resolver: URLResolver, before: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        found += patterns(entry, here) if isinstance(entry, URLResolver) else [(here, entry)]
    return found


ADDRESSES = [
    ("/" + re.sub(r"<(int|str):\w+>", lambda found: SAMPLES[found[1]], address), pattern.name or "")
    for address, pattern in patterns(get_resolver())
]


def test_there_are_addresses_to_guard() -> None:
    assert len(ADDRESSES) > 20
    assert not any("<" in address for address, _ in ADDRESSES)


@pytest.mark.parametrize(("address", "name"), ADDRESSES)
def test_every_address_asks_who_is_there(home: House, address: str, name: str) -> None:
    for response in (Client().get(address), Client().post(address)):
        if name in OPEN or address.startswith(PORTAL):
            way_in = "/open/follow/" if address.startswith(PORTAL) else "/login/"
            assert response.status_code in (200, 404, 405, 422) or response.url == way_in
        else:
            assert response.status_code == 302
            assert response.url.startswith("/login/?next=")


def test_the_policy_forbids_everything_foreign_and_inline(home: House, sign_in: Entry) -> None:
    response = sign_in("officer").get("/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for page in (text_of(response), text_of(Client().get("/login/"))):
        assert " style=" not in page
        assert "<style" not in page
        assert re.findall(r"<script(?![^>]*src=)", page) == []
        assert re.findall(r' on\w+="', page) == []
        assert "http://" not in page
        assert "https://" not in page


def test_health_needs_nobody(home: House) -> None:
    response = Client().get("/health")
    assert response.status_code == 200
    assert text_of(response) == "正常"


# ---------------------------------------------------------------- signing in


@pytest.fixture
def with_password(home: House) -> House:
    officer = models.Officer.objects.get(pk=home.people["officer"])
    officer.set_password(PASSWORD)
    officer.save()
    return home


def attempt(client: Client, password: str, name: str = "officer") -> object:
    return client.post("/login/", {"username": name, "password": password, "next": "/cases/"})


def test_signing_in_and_out(with_password: House) -> None:
    client = Client()
    wrong = attempt(client, "不对")
    assert wrong.status_code == 422
    assert "用户名或者密码不正确" in text_of(wrong)
    right = attempt(client, PASSWORD)
    assert right.status_code == 302
    assert right.url == "/cases/"
    with access.session(None):
        on_record = models.Event.objects.filter(step="signed_in").values_list("actor", flat=True)
        assert list(on_record) == [with_password.people["officer"]], "once, and not the wrong try"
    assert client.get("/").status_code == 200
    assert client.post("/logout/").url == "/login/"
    assert client.get("/").status_code == 302


def test_a_person_who_left_cannot_sign_in(with_password: House) -> None:
    models.Officer.objects.filter(username="officer").update(is_active=False)
    response = attempt(Client(), PASSWORD)
    assert response.status_code == 422
    assert "不正确" in text_of(response)


def test_after_five_wrong_passwords_the_right_one_does_not_help(with_password: House) -> None:
    client = Client()
    for _ in range(4):
        assert attempt(client, "不对").status_code == 422
    locked = attempt(client, "不对")
    assert locked.status_code == 429
    assert "连续五次输错" in text_of(locked)
    assert attempt(Client(), PASSWORD).status_code == 429
    assert attempt(Client(REMOTE_ADDR="192.0.2.7"), PASSWORD).status_code == 302, "elsewhere nobody typed it wrong"
    assert attempt(Client(), PASSWORD).status_code == 302, "who signed in begins anew"


def test_a_name_written_otherwise_is_the_same_name(with_password: House) -> None:
    """The form takes blanks and wide letters for what they mean: each would give five more tries."""
    ways = ("officer", " officer", "ｏfficer", "officer　", "o\ufb03cer")
    told = [attempt(Client(), "不对", name).status_code for name in ways]
    assert told == [422, 422, 422, 422, 429]
    assert attempt(Client(), PASSWORD, "ｏｆｆｉｃｅｒ").status_code == 429


def test_whoever_knows_a_name_slows_others_down_and_never_its_owner(with_password: House) -> None:
    """Wrong tries from many places delay the next of everybody, but for a browser where the owner signed in before."""
    owner = Client()
    assert attempt(owner, PASSWORD).status_code == 302
    owner.post("/logout/")
    for number in range(11):
        assert attempt(Client(REMOTE_ADDR=f"198.51.100.{number}"), "不对").status_code == 422
    stranger = Client(REMOTE_ADDR="192.0.2.8")
    slowed = attempt(stranger, PASSWORD)
    assert (slowed.status_code, slowed["Retry-After"]) == (429, "2")
    assert "请过 2 秒再登录" in text_of(slowed)
    for _ in range(5):
        attempt(Client(), "不对")  # in the owner's own office
    assert attempt(owner, PASSWORD).status_code == 302, "he is known here"
    assert attempt(stranger, PASSWORD).status_code == 302, "the owner's signing in ends the alarm"


def test_a_known_device_is_one_for_its_own_names_and_has_its_own_lock(with_password: House) -> None:
    owner = Client()
    attempt(owner, PASSWORD)
    owner.post("/logout/")
    assert owner.cookies["fadu_known"]["httponly"]
    assert "officer" not in owner.cookies["fadu_known"].value
    told = [attempt(owner, "不对").status_code for _ in range(6)]
    assert told == [422, 422, 422, 422, 429, 429]
    assert attempt(Client(), PASSWORD).status_code == 302, "his office is not locked with it"
    forged = Client()
    forged.cookies["fadu_known"] = owner.cookies["fadu_known"].value[:-1] + "x"
    for number in range(11):
        attempt(Client(REMOTE_ADDR=f"198.51.100.{number}"), "不对")
    assert attempt(forged, PASSWORD).status_code == 429


def test_after_signing_in_nobody_is_led_away(with_password: House) -> None:
    response = Client().post("/login/", {"username": "officer", "password": PASSWORD, "next": "https://evil.example/"})
    assert response.url == "/"


# ---------------------------------------------------------------- demonstration


def test_the_demonstration_lists_its_people_and_says_so_everywhere(home: House, sign_in: Entry) -> None:
    page = text_of(Client().get("/login/"))
    assert "演示账号" in page
    assert "某区司法局承办人" in page
    assert PASSWORD in page
    for address in ("/", "/cases/", "/cases/new/", "/help/", "/no/such/"):
        assert "演示环境" in text_of(sign_in("officer").get(address))
    assert "2024年3月1日 星期五" in text_of(sign_in("officer").get("/"))


@pytest.mark.parametrize(("to", "days"), [("day", 1), ("working_day", 3), ("week", 7)])
def test_the_days_go_on(home: House, sign_in: Entry, to: str, days: int) -> None:
    response = sign_in("admin").post("/demo/advance/", {"to": to, "next": "/cases/"})
    assert response.status_code == 302
    assert response.url == "/cases/"
    assert access.now().date() == home.day + timedelta(days=days)


def test_a_nonsense_of_days_is_refused(home: House, sign_in: Entry) -> None:
    response = sign_in("officer").post("/demo/advance/", {"to": "year", "next": "https://evil.example/"})
    assert response.status_code == 422
    assert "一次可以推进" in text_of(response)
    led = sign_in("officer").post("/demo/advance/", {"to": "day", "next": "https://evil.example/"})
    assert led.url == "/"


def test_a_real_house_has_neither_accounts_nor_a_clock(home: House, sign_in: Entry) -> None:
    models.HouseClock.objects.update(now=None)
    assert "演示" not in text_of(Client().get("/login/"))
    client = sign_in("officer")
    assert "演示" not in text_of(client.get("/help/"))
    assert client.post("/demo/advance/", {"to": "day"}).status_code == 422
