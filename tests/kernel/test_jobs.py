"""Jobs: every lapse once and on its own day, whoever is killed, waits or fails beside it."""

from __future__ import annotations

import asyncio
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
from fadu.kernel import access, acts, integrity, jobs, ledger, models, seal, store, verification
from fadu.kernel.acts import Request
from fadu.kernel.integrity.queue_checks import LABELS
from fadu.rules.errors import GatesUnmet
from tests.fixtures.database import OwnDatabase
from tests.kernel import conftest, small
from tests.kernel.conftest import House

LAST_DAY = date(2024, 3, 8)  # of 受理审查: five working days
LATER = date(2024, 3, 12)


@pytest.fixture(autouse=True)
def no_loop_of_a_browser() -> Iterator[None]:
    """A browser test that ran before in this process leaves its event loop running; a worker has none around it."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def town(own_database: OwnDatabase, monkeypatch: pytest.MonkeyPatch) -> House:
    """The small house in a database of its own, in which everybody commits."""
    catalogue, made = small.catalogue(), House()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    monkeypatch.setattr(access.clock, "now", lambda: made.now)
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
        (job,) = connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)"
            " VALUES ('default', %s, %s, %s, %s) RETURNING id",
            [task, lock, lock, Jsonb(values)],
        ).fetchone() or (0,)
        for step in {"todo": (), "doing": ("doing",), "succeeded": ("doing", "succeeded")}[status]:
            connection.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [step, job])


def an_hour_passes(base: OwnDatabase) -> None:
    """For everything on the queue."""
    with base.connect() as connection:
        connection.execute("UPDATE procrastinate_events SET at = at - interval '1 hour'")


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
        wait_for(lambda: set(statuses(own_database, "seal")) == {"succeeded"})  # the papers of the other two
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


def test_the_answer_to_a_form_is_kept_for_thirty_days(town: House, own_database: OwnDatabase) -> None:
    case = town.open().case
    first = town.do("officer", case, "accept", key="once")
    for day, kept in ((date(2024, 3, 31), 2), (date(2024, 4, 1), 0)):
        town.day = day
        jobs.delete_old()
        with access.session(None):
            assert models.Key.objects.count() == kept
        if kept:
            assert town.do("officer", case, "accept", key="once") == first
    with pytest.raises(GatesUnmet):
        town.do("officer", case, "accept", key="once")


def test_what_cannot_lapse_is_not_looked_at_again_and_again(town: House, own_database: OwnDatabase) -> None:
    """A minimum wait that is over, and a period whose lapse was taken back."""
    (held,) = opened(town, 1)
    jobs.scan()
    work_off()
    town.do("head", held, "reverse", {"position": 2, "reason": "已于届满前处理", "article": "第一条"})
    waits = town.open().case
    town.do("officer", waits, "accept")
    town.do("head", waits, "stay")
    town.day = date(2024, 7, 1)
    with access.session(None) as s:
        late = models.Clock.objects.filter(lapses_after__lt=s.today, stopped=None, lapsed=None)
        assert {("screen", held), ("stay_wait", waits)} <= set(late.values_list("name", "case_id"))
        looked_at = acts.cases_with_lapses(s)
    assert looked_at == []
    assert jobs.scan() == 0


def test_a_killed_worker_is_made_good_by_the_next_one_alone(town: House, own_database: OwnDatabase) -> None:
    """Nobody asks for it: the clock of the next worker does."""
    (case,) = opened(town, 1)
    jobs.scan()
    with worker(own_database) as killed, town.session("officer"):
        store.load(case, None, None)
        wait_for(lambda: statuses(own_database) == {"doing": 1})
        killed.kill()
        killed.wait()
    forget_heartbeats(own_database)
    with worker(own_database, LATER, "--clock"):
        wait_for(lambda: statuses(own_database)["succeeded"] == 1)
    assert lapses() == {case: [LAST_DAY]}
    whole(case)


def test_an_issued_paper_is_under_a_signed_head_at_once(town: House, own_database: OwnDatabase) -> None:
    case = town.open().case
    assert statuses(own_database, "seal") == {}, "no paper, no seal"
    town.do("officer", case, "accept")
    town.do("officer", town.open().case, "accept")
    assert statuses(own_database, "seal") == {"todo": 1}, "one for all that wait"
    work_off()
    with verification.one_moment():
        found = verification.verify()
    assert (found.faults, found.unsealed) == ([], 0)
    assert found.last


def test_a_paper_that_is_rolled_back_is_not_sealed(town: House, own_database: OwnDatabase) -> None:
    case = town.open().case

    def act() -> None:
        with town.session("officer") as s:
            acts.perform(s, case, Request("accept", {}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert statuses(own_database, "seal") == {}


def test_acts_that_issue_papers_do_not_wait_for_each_other(town: House, own_database: OwnDatabase) -> None:
    one, two = town.open().case, town.open().case
    with town.session("officer") as s:
        acts.perform(s, one, Request("accept", {}))
        with own_database.connect(options="-c lock_timeout=2s") as other:
            other.execute(queue.SOON, {"name": "seal", "priority": 10})
    town.do("officer", two, "accept")
    assert statuses(own_database, "seal") == {"todo": 2}
    work_off()
    with access.session(None):
        assert len(seal.heads()) == 1


def test_what_runs_by_the_clock_does_not_queue_up_behind_a_standstill(town: House, own_database: OwnDatabase) -> None:
    cases = opened(town, 6)
    assert jobs.scan() == len(cases)
    queue.soon(seal.seal)
    work_off()
    with own_database.connect() as connection:
        sql = (
            "SELECT j.task_name FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id"
            " WHERE e.type = 'started' ORDER BY e.at, e.id LIMIT 1"
        )
        assert connection.execute(sql).fetchone() == ("seal",)


def test_the_house_is_checked_once_a_day(town: House) -> None:
    assert jobs.check_house()
    assert not jobs.check_house()
    town.day = LATER
    assert jobs.check_house(), "also after days without"
    with access.session(None) as s:
        last = integrity.last_run(s)
        assert models.Event.objects.filter(step="integrity_run").count() == 2
    assert last is not None
    assert last.on == LATER


def test_jobs_that_do_not_get_on_are_told(town: House, own_database: OwnDatabase) -> None:
    (case,) = opened(town, 1)
    put(own_database, "doing", "scan", "scan", timestamp=0)
    queue.soon(seal.seal)
    assert queue.stuck() == [], "they may still"
    an_hour_passes(own_database)
    assert [(one.task, one.how, one.number) for one in queue.stuck()] == [("scan", "lost", 1), ("seal", "waiting", 1)]
    queue.retry_stalled()
    work_off()
    assert queue.stuck() == []
    queue.defer(jobs.run_due_case, "nobody's", case=10**9)
    work_off()
    assert [(one.task, one.how) for one in queue.stuck()] == [("run_due_case", "failed")]
    put(own_database, "succeeded", "run_due_case", "nobody's", case=10**9)
    assert queue.stuck() == []
    assert lapses() == {case: [LAST_DAY]}


def test_every_job_has_a_name_that_people_read() -> None:
    own = {name for name, task in queue.app.tasks.items() if task.func.__module__.startswith("fadu.")}
    assert own == set(LABELS)
