"""The worker process that `fadu serve` and `fadu demo` keep beside the web server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import sleep

PAUSE_SECONDS = 10
LEAVE_SECONDS = 30
LOOK_SECONDS = 0.5


class Beside:
    """One `fadu work` at a time; one that breaks down is replaced after a pause."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._turn = Lock()
        self._process = _start()
        self._watcher = Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        while self._process.wait() != 0 and not self._stopping.wait(PAUSE_SECONDS):
            with self._turn:
                if not self._stopping.is_set():
                    self._process = _start()

    def stop(self) -> None:
        """Lets it end what it has begun."""
        with self._turn:
            self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._watcher.join(LEAVE_SECONDS)


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker as long as the block runs."""
    worker = Beside()
    try:
        yield
    finally:
        worker.stop()


def end_with(parent: int) -> None:
    """Ends this process in order when the one that started it is gone, however that ended."""
    Thread(target=_watch_parent, args=(parent,), daemon=True).start()


def _watch_parent(parent: int) -> None:
    while os.getppid() == parent:
        sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _start() -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches the web server alone, which then ends it."""
    command = [sys.executable, "-m", "fadu", "work", "--beside", str(os.getpid())]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
