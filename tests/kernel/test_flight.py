"""A session in few round trips: nothing changes its place, and what is refused at the end leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL

from fadu.kernel import access, models
from tests.fixtures.database import OwnDatabase
from tests.kernel import conftest, small
from tests.kernel.conftest import House

WRONG = "INSERT INTO kernel_post (officer_id, organ_id, role, since) VALUES (-1, -1, 'reviewer', '2020-01-01')"
"""Refused when it is committed: there is no such officer."""


@contextmanager
def counted() -> Iterator[list[str]]:
    """The texts that go to the database."""
    texts: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        texts.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield texts


def rename(home: House, then: Any) -> None:
    with home.session("officer") as s:
        models.Organ.objects.filter(pk=home.organs["other"]).update(name="不算数")
        s.flight.later(then.strip())


def test_an_act_takes_two_round_trips_and_what_is_refused_at_the_end_leaves_nothing(
    own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = small.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    home = conftest.build()
    case = home.open().case
    home.do("officer", case, "accept")
    raw = connection.connection
    with counted() as texts:
        home.do("officer", case, "deliberate", {"secret": "x"}, key="k")
        assert raw.info.transaction_status is TransactionStatus.IDLE
    assert [text.partition("(")[0] for text in texts] == ["SELECT fadu_load", "COMMIT"], "with what waits before them"
    for refused in (WRONG, "SELECT 1 / 0"):
        with pytest.raises(DatabaseError):
            rename(home, refused)
    with pytest.raises(AttributeError):
        rename(home, None)
    with home.session("officer") as s:
        assert not models.Organ.objects.filter(name="不算数").exists()
        assert s.posts == (("case_officer", home.organs["bureau"]),)


def test_what_waits_is_sent_before_the_next_question(home: House) -> None:
    """Whatever form that has: with named or without parameters, by a cursor of the server."""
    with home.session("officer") as s:
        for number, ask in enumerate(
            (
                lambda cursor: cursor.execute("SELECT name FROM kernel_organ WHERE name LIKE '改%'"),
                lambda cursor: cursor.execute("SELECT name FROM kernel_organ WHERE name LIKE %(a)s", {"a": "改%"}),
                lambda cursor: cursor.execute("SELECT name FROM kernel_organ WHERE name LIKE %s", ["改%"]),
                lambda cursor: cursor.execute(SQL("SELECT name FROM kernel_organ WHERE name LIKE '改%'")),
            )
        ):
            s.flight.later("UPDATE kernel_organ SET name = %s WHERE id = %s", [f"改{number}", home.organs["other"]])
            with connection.cursor() as cursor:
                ask(cursor)
                assert cursor.fetchall() == [(f"改{number}",)]
        s.flight.later("UPDATE kernel_organ SET name = '再改' WHERE id = %s", [home.organs["other"]])
        assert [organ.name for organ in models.Organ.objects.filter(name="再改").iterator()] == ["再改"]
