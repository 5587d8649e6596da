"""A throw-away house for a measuring program; imported before anything of the kernel, it prepares Django.

The folder is the process's own and goes with it, unless FADU_BENCH_HOME names one that stays; a program that such a
process starts works in the same house, and so does the process itself where it was started for a house that is there.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fadu.infra import database
from fadu.infra.boot import boot

ROOT = Path(__file__).resolve().parents[1]
INSIDE = "FADU_BENCH_HOUSE"
"""Set for programs that work in a house that is there already."""

THERE = INSIDE in os.environ
if not THERE:
    for _name in ("DATABASE_URL", "DATABASE_OWNER_URL", "FADU_DB_NAME"):
        os.environ.pop(_name, None)
    _folder = os.environ.get("FADU_BENCH_HOME") or (_own := tempfile.TemporaryDirectory(prefix="fadu-bench-")).name
    os.environ |= {"FADU_HOME": _folder, "FADU_KEYS": f"{_folder}/keys", INSIDE: "1"}
sys.path.insert(0, str(ROOT))
boot("fadu_app")


@contextmanager
def running() -> Iterator[None]:
    """The house's server with an empty, migrated database; whoever ends the program ends its own server too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("中止"))
    with database.running():
        if not THERE:
            subprocess.run([sys.executable, "-m", "fadu", "migrate", "--quiet"], check=True)
        yield
