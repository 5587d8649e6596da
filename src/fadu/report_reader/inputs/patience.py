"""How long one file may take, in processor time of the process that reads it: others wait behind it."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from time import process_time
from types import FrameType

SECONDS = 1200.0
"""The largest text takes less; each scanned page has as long."""
GRACE = 30
"""After that many seconds more the process is ended: a library that does not return hears nothing."""


class TooLongError(BaseException):
    """Not an Exception: what takes a file apart must not take it for a fault of the file."""


@contextmanager
def limited() -> Iterator[None]:
    """Raises TooLongError in what is done inside. Only in the first thread of a process."""
    signal.signal(signal.SIGPROF, _stop)
    _begin()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def more() -> None:
    """The time begins anew, where it was limited at all."""
    if signal.getitimer(signal.ITIMER_PROF)[0]:
        _begin()


def _begin() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    end = ceil(process_time() + SECONDS) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (end if most < 0 else min(end, most), most))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooLongError
