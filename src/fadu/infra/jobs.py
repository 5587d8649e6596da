"""The queue of background work, in PostgreSQL: the only module that knows which package keeps it.

A job is a plain function. It is put on the queue in the caller's own transaction and never runs if that is
rolled back. It may run twice (a worker that was killed is replaced), so it must be harmless to repeat.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import current_thread, main_thread
from typing import TypeVar

from asgiref.sync import async_to_sync
from django.db import connection, transaction
from procrastinate import App, exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Status

from fadu.infra.trouble import Trouble

AT_ONCE = 2
BEAT_SECONDS = 10
LOST_AFTER_SECONDS = 30
OVERDUE_MINUTES = 15
KEPT_HOURS = 24
KEPT_FAILED_HOURS = 24 * 7
BY_THE_CLOCK = 10
"""Priority of what runs by the clock: it does not queue up behind thousands of cases after a standstill."""

Work = TypeVar("Work", bound=Callable[..., object])


def task(work: Work) -> Work:
    """Makes a function one that `defer` may put on the queue, under its own name."""
    app.task(name=work.__name__)(work)
    return work


def every(cron: str, *, alone: bool = True) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Runs a function by the clock, once for the whole house however many workers there are.

    alone: never beside itself. What clears up after a killed worker must not be alone: it would wait for itself.
    """

    def decorate(work: Callable[[], object]) -> Callable[[], object]:
        def run(timestamp: int) -> None:
            work()

        name = work.__name__
        clock = app.periodic(cron=cron, queueing_lock=name, lock=name if alone else None, priority=BY_THE_CLOCK)
        clock(app.task(name=name)(run))
        return work

    return decorate


def defer(work: Callable[..., object], subject: str, **values: int | str) -> bool:
    """Puts a function on the queue, to run when the present transaction is committed.

    subject: no two with one subject run at once, nor does a second wait; False if one waits already.
    """
    job = app.configure_task(work.__name__, allow_unknown=False, lock=subject, queueing_lock=subject)
    try:
        with transaction.atomic():
            job.defer(**values)
    except exceptions.AlreadyEnqueued:
        return False
    return True


def soon(work: Callable[..., object]) -> None:
    """Puts a function that runs by the clock on the queue ahead of its time, unless one waits already.

    Without a queueing lock, over which transactions would wait for each other: at times two wait, harmlessly.
    One statement, since acts pay for it; the package's own way took four times as long.
    """
    with connection.cursor() as cursor:
        cursor.execute(SOON, {"name": work.__name__, "priority": BY_THE_CLOCK})


SOON = """
INSERT INTO procrastinate_jobs (queue_name, task_name, lock, priority, args)
SELECT 'default', %(name)s::text, %(name)s::text, %(priority)s, '{"timestamp": 0}'
WHERE NOT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND task_name = %(name)s::text)
"""


@dataclass(frozen=True, slots=True)
class Stuck:
    """Jobs of one task that do not get on. how: waiting (nobody takes them), lost (their worker is gone), failed."""

    task: str
    how: str
    number: int
    since: datetime


def stuck() -> list[Stuck]:
    """What waited or lay for a quarter of an hour, or failed and has not succeeded since; by the real clock."""
    with connection.cursor() as cursor:
        cursor.execute(STUCK, {"overdue": OVERDUE_MINUTES, "lost": LOST_AFTER_SECONDS})
        return [Stuck(*row) for row in cursor.fetchall()]


STUCK = """
WITH job AS (
    SELECT j.*, (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS at
    FROM procrastinate_jobs j WHERE j.status IN ('todo', 'doing', 'failed')),
told AS (
    SELECT task_name, at, CASE
        WHEN status = 'todo' AND at < now() - make_interval(mins => %(overdue)s) THEN 'waiting'
        WHEN status = 'doing' AND at < now() - make_interval(mins => %(overdue)s) AND NOT EXISTS (
            SELECT 1 FROM procrastinate_workers w WHERE w.id = worker_id
            AND w.last_heartbeat > now() - make_interval(secs => %(lost)s)) THEN 'lost'
        WHEN status = 'failed' AND NOT EXISTS (
            SELECT 1 FROM procrastinate_jobs later WHERE later.id > job.id AND later.status = 'succeeded'
            AND later.task_name = job.task_name AND later.lock IS NOT DISTINCT FROM job.lock) THEN 'failed'
        END AS how
    FROM job)
SELECT task_name, how, count(*), min(at) FROM told WHERE how IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Course:
    """How a job stands that is not over. how: waiting, running, lost (its worker gives no sign of life any more)."""

    how: str
    done: int
    whole: int


def course(subject: str) -> Course | None:
    """Of the job with this subject; None when there is none, or it is over, well or not."""
    with connection.cursor() as cursor:
        cursor.execute(COURSE, {"subject": subject, "lost": LOST_AFTER_SECONDS})
        how, told = cursor.fetchone()
    done, _, whole = (told or "0/0").rpartition(" ")[2].partition("/")
    return Course(how, int(done), int(whole)) if how else None


COURSE = """
SELECT CASE WHEN bool_or(j.status = 'doing' AND w.id IS NOT NULL) THEN 'running'
            WHEN bool_or(j.status = 'doing') THEN 'lost' WHEN bool_or(j.status = 'todo') THEN 'waiting' END,
       (SELECT application_name FROM pg_stat_activity WHERE datname = current_database()
        AND starts_with(application_name, %(subject)s || ': ') LIMIT 1)
FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id AND w.last_heartbeat > now() - make_interval(secs => %(lost)s)
WHERE j.lock = %(subject)s AND j.status IN ('todo', 'doing')
"""


class Stopped(Exception):
    """Raised in a job that was told to stop, so that its transaction leaves nothing."""


def stop(subject: str) -> None:
    """Takes the job with this subject off the queue; one that runs is told to stop, and does so when it next tells.

    Harmless to repeat, and where there is no such job.
    """
    with connection.cursor() as cursor:
        cursor.execute(STOP, {"subject": subject, "lost": LOST_AFTER_SECONDS})


STOP = """
UPDATE procrastinate_jobs j
SET abort_requested = (status = 'doing'), status = CASE
    WHEN status = 'todo' THEN 'cancelled' WHEN EXISTS (
        SELECT 1 FROM procrastinate_workers w WHERE w.id = j.worker_id
        AND w.last_heartbeat > now() - make_interval(secs => %(lost)s)) THEN status
    ELSE 'aborted' END::procrastinate_job_status
WHERE j.lock = %(subject)s AND j.status IN ('todo', 'doing')
"""


@contextmanager
def telling(subject: str) -> Iterator[Callable[[int, int], None]]:
    """For a job to tell how far it is, before anybody sees what it writes: as the name of a connection of its own.

    What is told ends with the process that told it. To tell raises Stopped once the job was told to stop.
    """
    own = connection.copy()
    try:

        def tell(done: int, whole: int) -> None:
            with own.cursor() as cursor:
                cursor.execute(TELL, {"told": f"{subject}: {done}/{whole}", "subject": subject})
                if cursor.fetchone()[1]:
                    raise Stopped

        yield tell
    finally:
        own.close()


TELL = """
SELECT set_config('application_name', %(told)s, false), EXISTS (
    SELECT 1 FROM procrastinate_jobs WHERE lock = %(subject)s AND status = 'doing' AND abort_requested)
"""


def retry_stalled() -> int:
    """Puts back what a worker had begun that gives no sign of life any more; returns how many."""
    return async_to_sync(_retry_stalled)()


async def _retry_stalled() -> int:
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER_SECONDS):
        try:
            await app.job_manager.retry_job(job)
        except exceptions.UniqueViolation:  # the same waits already: that one does the work
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=False)
        count += 1
    return count


def delete_old() -> None:
    """Forgets finished jobs after a day, failed ones after a week."""
    delete = async_to_sync(app.job_manager.delete_old_jobs)
    delete(nb_hours=KEPT_HOURS)
    delete(nb_hours=KEPT_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)


def work(*, once: bool = False) -> None:
    """Runs jobs until told to stop (SIGTERM, Ctrl-C), ending what was begun; once: until none is left.

    Raises Trouble when the worker ends by itself, as it does when the database goes away.
    """
    try:
        in_order = asyncio.run(_work(once))
    except exceptions.ConnectorException as fault:
        raise Trouble("后台任务进程与数据库的连接中断，已停止。") from fault
    if not in_order:
        raise Trouble("后台任务进程意外停止，原因见上面的日志。")


async def _work(once: bool) -> bool:
    # A copy for the worker's own traffic; jobs that put further jobs go on doing so in their own transaction.
    worker = app.with_connector(DjangoConnector().get_worker_connector())
    running = asyncio.create_task(_run(worker, once))

    def end() -> None:
        if not running.cancelling():  # what ends is not interrupted by being told again
            running.cancel()

    if current_thread() is main_thread():
        # Before anything is opened: an exception out of the middle would leave the pool's tasks, which outlive being
        # cancelled and would hold the process up for ever.
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, end)
    try:
        await running
    except asyncio.CancelledError:
        return True
    finally:
        await worker.close_async()  # also what was only being opened
    return once


async def _run(worker: App, once: bool) -> None:
    await worker.open_async()
    await worker.run_worker_async(
        wait=not once,
        concurrency=AT_ONCE,
        update_heartbeat_interval=BEAT_SECONDS,
        stalled_worker_timeout=LOST_AFTER_SECONDS,
        install_signal_handlers=False,
    )
