"""The small house of the kernel's tests behind the web, on a day that stands still; people already signed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from fadu.kernel import access, models
from fadu.kernel import house as acts_of_house
from fadu.kernel.bulk import bringing
from fadu.kernel.desk_models import Brought
from tests.fixtures.database import Cluster, Lasting, OwnDatabase, lasting
from tests.kernel import small
from tests.kernel.conftest import House, build, home, lent

__all__ = ["home", "lent"]

Entry = Callable[[str], Client]
PASSWORD = "demo-fadu"


def stand_still(home: House) -> None:
    """The house's clock stands where the house of the tests stands."""
    with access.session(None, home.now) as s:
        acts_of_house.move_clock(s, home.now)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing a password is slow on purpose, and is not what is tested here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def stands_still() -> House:
    """The small house whose clock stands, as `home` has it here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "registry", small.catalogue)
        made = build()
        stand_still(made)
    return made


@pytest.fixture(scope="session")
def built_once(
    database_server: Cluster, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[Lasting[House]]:
    """Built once, as in the tests of the kernel."""
    with lasting(database_server, migrated_template, django_db_blocker, stands_still) as house:
        yield house


def entry_of(home: House) -> Entry:
    """Opens a browser for one of a house's people, signed in."""

    def enter(who: str) -> Client:
        client = Client()
        officer = models.Officer.objects.get(pk=home.people[who])
        client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def sign_in(home: House) -> Entry:
    """A browser of one of the house's people."""
    return entry_of(home)


@pytest.fixture
def own_home(own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house in a database of its own, for the browser; every password is PASSWORD."""
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    made = build()
    stand_still(made)
    for officer in models.Officer.objects.all():
        officer.set_password(PASSWORD)
        officer.save()
    return made


# ---------------------------------------------------------------- forms


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{re.escape(name)}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return unescape(found[1])


def text_of(response: Any) -> str:
    return response.content.decode()


def worked(client: Client, response: Any) -> str:
    """Lets the job of a table run to which a form has led, and opens the page again."""
    assert response.status_code == 302, text_of(response)
    work_on(response["Location"])
    return text_of(client.get(response["Location"]))


def work_on(address: str) -> None:
    """Lets the job of the table run that has this address."""
    with access.session(None):
        table = Brought.objects.get(pk=int(address.rstrip("/").rpartition("/")[2]))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs WHERE lock = %s", [bringing.subject(table.pk)])
            assert cursor.rowcount == 1
    bringing.work_on_table(table.pk, table.officer_id)


def application(home: House, **more: str) -> dict[str, str]:
    """The opening form of the small procedure, filled in."""
    return {
        "f-known_on": "2024-02-20",
        "f-story": "某日某事",
        "p-applicant": "1",
        "p-applicant-0-name": "张三",
        "p-applicant-0-kind": "person",
        "p-applicant-0-address": "幸福路1号",
        "p-respondent": "1",
        "p-respondent-0-organ": str(home.organs["respondent"]),
        "i": "1",
        "i-0-wish": "撤销",
        "i-0-amount": "1200.50",
        "day": "2024-03-01",
        "body": str(home.organs["bureau"]),
        "do": "act",
    } | more


OPENING = "/cases/new/small/apply/"


def fill(client: Client, address: str, **fields: Any) -> Any:
    """Opens a form, fills in some fields and sends it."""
    page = text_of(client.get(address))
    own = {name: hidden(page, name) for name in ("key", "position") if f'name="{name}"' in page}
    return client.post(address, own | {"day": "2024-03-01", "do": "act"} | fields)
