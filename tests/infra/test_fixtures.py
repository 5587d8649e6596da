"""The tests' own ground: the right role, rolled back or thrown away, a live server, a browser."""

import threading
import urllib.error
import urllib.request
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection, connections
from django.db.utils import ProgrammingError
from django.utils.dateparse import parse_datetime
from playwright.sync_api import Page, expect

from fadu.infra import roles
from fadu.kernel.models import WebSession as Session
from tests.fixtures.browser import Live
from tests.fixtures.database import OwnDatabase

EXPIRES = parse_datetime("2030-01-01T00:00:00+08:00")


def add_session(key: str) -> None:
    """Any row of any table will do."""
    Session.objects.create(session_key=key, session_data="", expire_date=EXPIRES)


def ask(statement: str) -> object:
    """One value from Django's connection."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_marked_test_is_rolled_back(time: str) -> None:
    assert Session.objects.count() == 0, f"the {time} test sees what the other wrote"
    add_session(time)
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_tests_run_as_the_application() -> None:
    assert ask("SELECT current_user") == roles.APP
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("CREATE TABLE mine (n int)")


def test_an_own_database_is_committed_to_and_seen_by_all(own_database: OwnDatabase) -> None:
    add_session("mine")
    with own_database.connect() as other:
        assert other.execute("SELECT session_key FROM kernel_websession").fetchall() == [("mine",)]
    seen = []

    def look() -> None:
        seen.append(Session.objects.count())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


def test_an_own_database_is_new_each_time(own_database: OwnDatabase) -> None:
    assert Session.objects.count() == 0
    with own_database.as_owner():
        assert ask("SELECT current_user") == roles.OWNER
    assert ask("SELECT current_user") == roles.APP
    with own_database.connect(roles.READ) as reader, pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("SELECT * FROM kernel_websession")


def test_the_live_server_answers_with_a_strict_policy(live: Live) -> None:
    try:
        answer = urllib.request.urlopen(f"{live.url}/no/such/page")
    except urllib.error.HTTPError as refused:
        answer = refused
    assert answer.status in (302, 404)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_browser_of_two_widths(
    live: Live, desktop: Page, phone: Page, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    for page, width in ((desktop, 1440), (phone, 390)):
        page.goto(f"{live.url}/no/such/page")
        expect(page.locator("body")).not_to_be_empty()
        assert page.evaluate("window.innerWidth") >= width
        page.set_content("<html lang='zh'><title>t</title><main><h1>x</h1><img src='data:,'></main></html>")
        assert any(fault.startswith("image-alt") for fault in accessibility_faults(page))
