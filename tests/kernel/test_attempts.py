"""Tries are counted in the house: for every process the same, as long as they matter, by nobody's name."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from fadu.infra import clock
from fadu.kernel import attempts
from fadu.kernel.models import Attempt
from tests.fixtures.database import OwnDatabase


def test_two_processes_share_one_limit(own_database: OwnDatabase) -> None:
    """Each thread has a connection of its own, as each process has."""

    def tries(_: int) -> list[int]:
        try:
            return [attempts.count("code", "240301-000001") for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counted = sorted(number for numbers in pool.map(tries, range(2)) for number in numbers)
    assert counted == list(range(1, 41))


def test_a_count_ends_with_its_time_and_is_swept_away(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    start = clock.now()

    def later(seconds: int) -> None:
        moment: datetime = start + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda: moment)

    later(0)
    assert [attempts.often("code", "one", 2) for _ in range(3)] == [False, False, True]
    later(59)
    assert attempts.often("code", "one", 2)
    assert attempts.counted("code", "one") == 4
    later(60)
    assert attempts.counted("code", "one") == 0
    assert not attempts.often("code", "one", 2)
    later(121)
    assert not attempts.often("code", "another", 2)
    assert Attempt.objects.count() == 1
    kept = Attempt.objects.get()
    assert "another" not in f"{kept.who}{kept.by}"


def test_what_waits_is_told_in_seconds_and_is_forgotten_with_its_name(db: None) -> None:
    attempts.wait("pause", "one", 30)
    attempts.wait("pause", "one", 5)
    assert 4 <= attempts.waiting("pause", "one") <= 5
    assert attempts.waiting("pause", "two") == 0
    attempts.forget("one")
    assert attempts.waiting("pause", "one") == 0
