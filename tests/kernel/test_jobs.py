"""Jobs: every lapse once and on its own day, whoever is killed, waits or fails beside it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError
from psycopg.types.json import Jsonb

from fadu.infra import jobs as queue
from fadu.infra import roles
from fadu.infra.home import CHECKOUT
from fadu.kernel import access, acts, jobs, ledger, models, store
from fadu.kernel.acts import Request
from tests.fixtures.database import OwnDatabase
from tests.kernel import conftest, small
from tests.kernel.conftest import House

LAST_DAY = date(2024, 3, 8)  # of 受理审查: five working days
LATER = date(2024, 3, 12)


@pytest.fixture
def town(own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> House:
    """The small house in a database of its own, in which everybody commits."""
    catalogue, made = small.catalogue(), House()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    monkeypatch.setattr(access, "now", lambda: made.now)
    built = conftest.build()
    made.organs, made.people = built.organs, built.people
    return made


@contextmanager
def worker(base: OwnDatabase, day: date = LATER, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A worker process; killed at the end of the block if it still runs."""
    command = [sys.executable, "-m", "tests.kernel.worker", day.isoformat(), *more]
    process = subprocess.Popen(
        command, cwd=CHECKOUT, env=base.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def work_off() -> None:
    """Lets a worker in a thread of this process do what is on the queue."""
    with ThreadPoolExecutor(1) as pool, pytest.MonkeyPatch.context() as patched:
        patched.setattr(queue.app.periodic_registry, "periodic_tasks", {})
        pool.submit(queue.work, once=True).result(60)


def wait_for(holds: Callable[[], Any], seconds: int = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "in vain"
        time.sleep(0.05)


def statuses(base: OwnDatabase, task: str = "run_due_case") -> Counter[str]:
    with base.connect() as connection:
        rows = connection.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = %s", [task])
        return Counter(status for (status,) in rows)


def lapses() -> dict[int, list[date]]:
    """Days of the deemed acceptances of each case."""
    found: dict[int, list[date]] = {}
    with access.session(None):
        for event in models.Event.objects.filter(step="deemed").select_related("stream__case"):
            found.setdefault(event.stream.case.pk, []).append(event.happened)
    return found


def whole(case: int) -> None:
    with access.session(None):
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case
        assert ledger.verify(loaded.stream) == loaded.case.position


def put(base: OwnDatabase, status: str, task: str, lock: str, **values: int) -> None:
    """A job as a worker that is gone without a trace (doing), or the clock (todo), left it."""
    with base.connect() as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status)"
            " VALUES ('default', %s, %s, %s, %s, %s)",
            [task, lock, lock, Jsonb(values), status],
        )


def forget_heartbeats(base: OwnDatabase) -> None:
    """A minute passes for the workers that are dead."""
    with base.connect() as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'")


def opened(town: House, number: int) -> list[int]:
    """Cases in which a period has run out when the day is LATER."""
    town.day = date(2024, 3, 1)
    cases = [town.open().case for _ in range(number)]
    town.day = LATER
    return cases


def test_two_workers_at_once_record_each_lapse_once(town: House, own_database: OwnDatabase) -> None:
    cases = opened(town, 12)
    assert jobs.scan() == 12
    assert jobs.scan() == 0, "each case waits once"
    with worker(own_database, LATER, "--once") as one, worker(own_database, LATER, "--once") as two:
        assert (one.wait(60), two.wait(60)) == (0, 0)
    assert statuses(own_database) == {"succeeded": 12}
    assert lapses() == {case: [LAST_DAY] for case in cases}
    for case in cases:
        whole(case)
    assert jobs.scan() == 0, "nothing is left to do"


def test_after_a_standstill_one_scan_brings_every_lapse_on_its_own_day(town: House, own_database: OwnDatabase) -> None:
    expected = {}
    for day, last in ((1, 8), (4, 11), (5, 12)):
        town.day = date(2024, 3, day)
        expected[town.open().case] = [date(2024, 3, last)]
    town.day = date(2024, 3, 15)  # nothing ran since the eighth
    jobs.scan()
    work_off()
    assert lapses() == expected
    with access.session(None):
        recorded = models.Event.objects.filter(step="deemed").values_list("recorded", flat=True)
        assert {moment.date() for moment in recorded} == {town.day}


def test_a_worker_that_is_killed_in_the_middle_is_made_good_once(town: House, own_database: OwnDatabase) -> None:
    cases = opened(town, 3)
    jobs.scan()
    with worker(own_database) as killed, town.session("officer"):
        store.load(cases[0], None, None)  # somebody works on the case: the job stands in the middle
        wait_for(lambda: statuses(own_database) == {"doing": 1, "succeeded": 2})
        killed.kill()
        killed.wait()
    assert cases[0] not in lapses()
    assert queue.retry_stalled() == 0, "it may still live"
    forget_heartbeats(own_database)
    assert queue.retry_stalled() == 1
    work_off()
    assert statuses(own_database) == {"succeeded": 3}
    assert lapses() == {case: [LAST_DAY] for case in cases}


def test_a_killed_job_that_waits_again_already_gives_way(town: House, own_database: OwnDatabase) -> None:
    """Nor does a killed scan keep later scans away for ever."""
    (case,) = opened(town, 1)
    put(own_database, "doing", "run_due_case", f"case {case}", case=case)
    put(own_database, "doing", "scan", "scan", timestamp=0)
    assert jobs.scan() == 1
    put(own_database, "todo", "scan", "scan", timestamp=1)
    assert queue.retry_stalled() == 2
    assert statuses(own_database) == {"aborted": 1, "todo": 1}
    work_off()
    assert statuses(own_database, "scan") == {"aborted": 1, "succeeded": 1}
    assert lapses() == {case: [LAST_DAY]}


def test_a_job_waits_for_whoever_works_on_the_case(town: House, own_database: OwnDatabase) -> None:
    (case,) = opened(town, 1)
    jobs.scan()
    with worker(own_database, LATER, "--once") as waiting:
        with town.session("officer") as s:
            acts.perform(s, case, Request("accept", {}, day=date(2024, 3, 7)))
            wait_for(lambda: statuses(own_database) == {"doing": 1})
            time.sleep(0.5)
            assert statuses(own_database) == {"doing": 1}
        assert waiting.wait(30) == 0
    assert statuses(own_database) == {"succeeded": 1}
    assert lapses() == {}, "it was accepted in time"
    whole(case)


def test_a_job_that_waited_in_vain_is_put_again_by_the_next_scan(
    town: House, own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case,) = opened(town, 1)
    monkeypatch.setattr(jobs, "PATIENCE", "SET LOCAL lock_timeout = '100ms'")
    with own_database.connect(roles.OWNER) as somebody:
        somebody.execute("SELECT 1 FROM kernel_case FOR UPDATE")
        with pytest.raises(OperationalError):
            jobs.run_due_case(case)
    assert jobs.scan() == 1
    work_off()
    assert lapses() == {case: [LAST_DAY]}


def test_a_job_that_fails_does_not_keep_the_others_waiting(town: House, own_database: OwnDatabase) -> None:
    cases = opened(town, 4)
    queue.defer(jobs.run_due_case, "nobody's", case=10**9)
    jobs.scan()
    work_off()
    assert statuses(own_database) == {"failed": 1, "succeeded": 4}
    assert lapses() == {case: [LAST_DAY] for case in cases}


def test_a_job_of_an_act_that_is_rolled_back_never_runs(town: House, own_database: OwnDatabase) -> None:
    (case,) = opened(town, 1)

    def act() -> None:
        with town.session("officer"):
            assert queue.defer(jobs.run_due_case, "rolled back", case=case)
            assert not queue.defer(jobs.run_due_case, "rolled back", case=case), "and the transaction goes on"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    work_off()
    assert statuses(own_database) == {}
    assert lapses() == {}


def test_what_a_lapse_forfeits_is_found_by_an_officer(town: House, own_database: OwnDatabase) -> None:
    town.day = date(2024, 3, 1)
    case = town.open().case
    town.do("officer", case, "accept")
    service = {"method": "direct", "sent_on": "2024-03-01", "received_on": "2024-03-01", "proof": "回证"}
    town.do("officer", case, "serve", service | {"paper": "copy-1", "party": "respondent-1"})
    town.day = date(2024, 4, 1)
    assert jobs.scan() == 1
    work_off()
    with access.session(None):
        assert models.Clock.objects.get(case=case, name="reply").lapsed == "forfeits"
        assert "default" not in models.Case.objects.get(pk=case).done
    assert jobs.scan() == 0
    town.do("officer", case, "default")


def test_a_worker_scans_by_itself_and_stops_in_order(town: House, own_database: OwnDatabase) -> None:
    (case,) = opened(town, 1)
    with worker(own_database, LATER, "--clock") as running:
        wait_for(lambda: statuses(own_database) == {"succeeded": 1})
        running.terminate()
        assert running.wait(20) == 0
    assert lapses() == {case: [LAST_DAY]}
    with own_database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone() == (0,)


def test_finished_jobs_are_forgotten_after_a_day(town: House, own_database: OwnDatabase) -> None:
    cases = opened(town, 2)
    jobs.scan()
    work_off()
    queue.delete_old()
    assert statuses(own_database) == {"succeeded": len(cases)}
    with own_database.connect() as connection:
        connection.execute("UPDATE procrastinate_events SET at = at - interval '25 hours'")
    queue.delete_old()
    assert statuses(own_database) == {}
