"""The process that a worker keeps beside it until the statements of the page of figures are compiled."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from fadu.cli.beside import end_with
from fadu.infra.boot import boot
from fadu.infra.roles import APP

LAST = 19
"""Niceness: whoever waits for a page or an act goes first."""


@contextmanager
def compiling_beside() -> Iterator[None]:
    """As long as the block runs; what is not compiled by then, a page will.

    In a process of its own, which can be ended at any moment and gives its memory back.
    """
    command = [sys.executable, "-m", __name__, str(os.getpid())]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """In the process of its own; it ends with the one that started it."""
    end_with(int(sys.argv[1]))
    os.nice(LAST)
    boot(APP)
    registry = import_module("fadu.rules.registry").registry()
    import_module("fadu.analytics.beforehand").compile_beforehand(registry)


if __name__ == "__main__":
    main()
