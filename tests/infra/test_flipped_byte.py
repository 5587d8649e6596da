"""A byte that changes in PostgreSQL's own file: nobody went through the database, and the record still tells."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from fadu.infra import roles
from fadu.infra.postgres import embedded, is_running, server_at
from tests.infra.test_backup import at_home, base, done, fadu
from tests.kernel import conftest

__all__ = ["base"]


@pytest.fixture(scope="module")
def house(base: Path, django_db_blocker: DjangoDbBlocker) -> tuple[Path, Path]:
    """A house with one case, sealed, whose server stands still; and the file in which its events lie."""
    home = base / "flipped"
    done(fadu(home, "migrate", "--quiet"))
    with django_db_blocker.unblock(), at_home(home):
        made = conftest.build()
        made.do("officer", made.open().case, "accept")
    done(fadu(home, "ledger", "seal"))
    with embedded(home / "postgres") as server:
        with psycopg.connect(server.conninfo(database=roles.DATABASE), autocommit=True) as administrator:
            administrator.execute("CHECKPOINT")
            (path,) = administrator.execute("SELECT pg_relation_filepath('kernel_event')").fetchone() or ("",)
        file = server.cluster / path
    assert not is_running(server_at(home / "postgres"))
    return home, file


FLIPS = (
    ('"state":"accepted"', "第2条记录与链上的摘要不符，内容被改动过"),
    ('"label":"受理', "有读不懂的记录，内容被改动过"),
)


def test_a_flipped_byte_of_an_event_is_found_and_named(house: tuple[Path, Path]) -> None:
    """Of the second text the flipped byte is no longer part of any character."""
    home, file = house
    assert "没有发现改动" in done(fadu(home, "ledger", "verify"))
    whole = file.read_bytes()
    for text, said in FLIPS:
        place = whole.index(text.encode()) + len(text.encode()) - 2
        assert whole.count(text.encode()) == 1
        write_at(file, place, whole[place] ^ (0x01 if whole[place] < 0x80 else 0x40))
        found = fadu(home, "ledger", "verify")
        assert found.returncode == 1
        assert said in found.stderr
        assert "Traceback" not in found.stderr
        write_at(file, place, whole[place])
    assert "没有发现改动" in done(fadu(home, "ledger", "verify"))


def write_at(file: Path, place: int, byte: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        opened.write(bytes([byte]))
