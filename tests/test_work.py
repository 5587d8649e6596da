"""The worker beside the web server: it is there, and it never outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fadu.infra import jobs
from fadu.kernel import seal
from tests.fixtures.database import OwnDatabase


def wait_for(holds: Callable[[], object], seconds: int = 45, pause: float = 0.1) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "in vain"
        time.sleep(pause)


def workers(base: OwnDatabase) -> int:
    """How many are registered at the queue."""
    with base.connect() as connection:
        row = connection.execute("SELECT count(*) FROM procrastinate_workers").fetchone()
        assert row
        return int(row[0])


def processes(base: OwnDatabase) -> list[int]:
    """Our processes that work on this database, by what their environment says."""
    mark = f"FADU_HOME={base.home}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue  # ended meanwhile
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_worker_ends_with_the_server(own_database: OwnDatabase, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "fadu", "serve", "--port", "8900"]
    server = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: workers(own_database) == 1)
        server.send_signal(number)
        server.wait(30)
        wait_for(lambda: workers(own_database) == 0 and not processes(own_database))
        assert (workers(own_database), processes(own_database)) == (0, [])
    finally:
        for left in processes(own_database):
            os.kill(left, signal.SIGKILL)
        server.wait()


def test_a_server_without_a_worker(own_database: OwnDatabase) -> None:
    command = [sys.executable, "-m", "fadu", "serve", "--port", "8900", "--no-worker"]
    server = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    assert "法度已启动" in server.stdout.readline()
    assert len(processes(own_database)) <= 2
    server.terminate()
    server.communicate(timeout=30)
    assert workers(own_database) == 0


def test_a_process_of_the_web_server_ends_while_it_still_loads(own_database: OwnDatabase) -> None:
    """What it was forked from answers signals in its own way; that answer must not be the new process's."""
    command = [sys.executable, "-m", "fadu", "serve", "--port", "8900", "--no-worker"]
    server = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert "法度已启动" in server.stdout.readline()
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        wait_for(children.read_text, pause=0.001)
        os.kill(int(children.read_text()), signal.SIGTERM)
        assert server.wait(30) == 1, "a server whose process ended by itself"
    finally:
        for left in processes(own_database):
            os.kill(left, signal.SIGKILL)
        server.communicate()


CONNECTS = """
import signal, sys
from fadu.infra.boot import boot
boot("fadu_app")
from fadu.infra import jobs
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as every command does
jobs.work()
"""


def test_a_worker_ends_while_it_still_connects(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(30)
        address = f"postgresql://127.0.0.1:{silent.getsockname()[1]}/nowhere"
        environment = os.environ | {"DATABASE_URL": address, "FADU_HOME": str(tmp_path)}
        worker = subprocess.Popen([sys.executable, "-c", CONNECTS], env=environment)
        half_open = [silent.accept()[0] for _ in range(2)]
        worker.terminate()
        time.sleep(0.5)
        for one in half_open:
            one.close()
    try:
        assert worker.wait(20) == 0
    finally:
        worker.kill()
        worker.wait()


def beside(base: OwnDatabase) -> list[int]:
    """Those of our processes that are a worker beside a server."""
    found = ((number, (Path("/proc") / str(number) / "cmdline").read_bytes()) for number in processes(base))
    return [number for number, command in found if b"--beside" in command]


def jobs_in(base: OwnDatabase, *statuses: str) -> int:
    with base.connect() as connection:
        sql = "SELECT count(*) FROM procrastinate_jobs WHERE status::text = ANY(%s)"
        row = connection.execute(sql, [list(statuses)]).fetchone()
        assert row
        return int(row[0])


def compiling(base: OwnDatabase) -> list[int]:
    """Those that compile what the page of figures asks for."""
    found = ((number, (Path("/proc") / str(number) / "cmdline").read_bytes()) for number in processes(base))
    return [number for number, command in found if b"fadu.cli.compiling" in command]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_compiles_beside_a_worker_ends_with_it(own_database: OwnDatabase, number: signal.Signals) -> None:
    (own_database.home / "cache").unlink()  # what all tests share is compiled already
    command = [sys.executable, "-m", "fadu", "work"]
    worker = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.DEVNULL)
    statements = own_database.home / "cache" / "statements"
    try:
        wait_for(lambda: list(statements.glob("*/*.json")), seconds=90)
        assert len(compiling(own_database)) == 1
        worker.send_signal(number)
        worker.wait(30)
        wait_for(lambda: not processes(own_database))
    finally:
        for left in processes(own_database):
            os.kill(left, signal.SIGKILL)
        worker.wait()


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced_and_what_waits_is_done(own_database: OwnDatabase) -> None:
    """The server notices by itself."""
    command = [sys.executable, "-m", "fadu", "serve", "--port", "8900"]
    server = subprocess.Popen(command, env=own_database.environment(), stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: jobs_in(own_database, "succeeded") and not jobs_in(own_database, "todo", "doing"))
        (first,) = beside(own_database)
        os.kill(first, signal.SIGKILL)
        jobs.soon(seal.seal)
        wait_for(lambda: set(beside(own_database)) - {first})
        wait_for(lambda: not jobs_in(own_database, "todo", "doing"))
        assert jobs_in(own_database, "failed", "aborted") == 0
        server.terminate()
        server.wait(40)
        wait_for(lambda: processes(own_database) == [])
    finally:
        for left in processes(own_database):
            os.kill(left, signal.SIGKILL)
        server.wait()
