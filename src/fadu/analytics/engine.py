"""DuckDB, loaded on use: one database in memory for the process, and for each question a connection of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any


@contextmanager
def opened() -> Iterator[Any]:
    """A connection. What it makes is made TEMPORARY: no other sees it, and it is gone afterwards."""
    with _database(os.getpid()).cursor() as connection:
        yield connection


@cache
def _database(process: int) -> Any:
    """Made once, for that takes longer than most questions; a process that was forked makes its own.

    Of a file nothing is remembered: it is read anew for each question, as it was checked.
    """
    return import_module("duckdb").connect(config={"enable_external_file_cache": "false"})
