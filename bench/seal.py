"""The seals at a million leaves: leaves a second and time of a proof, beside a hand-written list tree, in turn.

    fadu bench seal [--leaves 1000000] [--rounds 3]

Limit: a plain RFC 9162 tree with SM3, all levels in lists, nothing kept on disk. Product: the growing edge in memory
(what sealing and verifying run), and kernel.seal on an embedded PostgreSQL: leaves from events, kept nodes, a signed
head, all committed; proofs read from the tables, with the event's text and the head. Ratios are of the same round.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROOFS = 300
REBUILD_GOAL = 10
EVENTS = """
    INSERT INTO kernel_stream (kind, name, position, head)
        SELECT 'register', 'bench-' || s, %(each)s, sha256('') FROM generate_series(1, %(streams)s) s;
    INSERT INTO kernel_event
        (stream_id, position, act, step, label, audience, role, happened, recorded, state, body, hash)
        SELECT s.id, p, gen_random_uuid(), 'x', 'x', 'internal', 'system', '2024-03-01', '2024-03-01 09:00+08', '',
            '{"label":"x"}', sha256((s.id || '-' || p)::bytea)
        FROM kernel_stream s, generate_series(1, %(each)s) p WHERE s.kind = 'register';
"""


class ListTree:
    """The limit."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]
        self.leaf, self.node = hashlib.new("sm3", b"\x00"), hashlib.new("sm3", b"\x01")

    def append(self, entry: bytes) -> None:
        state = self.leaf.copy()
        state.update(entry)
        hashed, level = state.digest(), 0
        self.levels[0].append(hashed)
        while len(self.levels[level]) % 2 == 0:
            state = self.node.copy()
            state.update(self.levels[level][-2] + hashed)
            hashed, level = state.digest(), level + 1
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(hashed)

    def subtree(self, first: int, last: int) -> bytes:
        level = (last - first).bit_length() - 1
        if last - first == 1 << level:
            return self.levels[level][first >> level]
        middle = first + (1 << level)
        state = self.node.copy()
        state.update(self.subtree(first, middle) + self.subtree(middle, last))
        return state.digest()

    def proof(self, index: int) -> list[bytes]:
        path, first, last = [], 0, len(self.levels[0])
        while last - first > 1:
            middle = first + (1 << (last - first - 1).bit_length() - 1)
            path.append(self.subtree(middle, last) if index < middle else self.subtree(first, middle))
            first, last = (first, middle) if index < middle else (middle, last)
        return path[::-1]


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fadu-bench-") as folder:
        os.environ |= {
            "FADU_HOME": folder,
            "FADU_KEYS": f"{folder}/keys",
            "DJANGO_SETTINGS_MODULE": "fadu.config.settings",
        }
        sys.path.insert(0, str(ROOT))
        with importlib.import_module("fadu.infra.database").running():
            subprocess.run([sys.executable, "-m", "fadu", "migrate", "--quiet"], check=True)
            importlib.import_module("fadu.infra.boot").boot("fadu_app")
            return measure(options.leaves, options.rounds)


def measure(count: int, rounds: int) -> int:
    """Memory against memory in turn, then once the whole way through the database."""
    merkle = importlib.import_module("fadu.kernel.merkle")
    entries = [number.to_bytes(32, "big") for number in range(count)]
    limits: list[float] = []
    edges: list[float] = []
    for _ in range(rounds):
        tree, edge = ListTree(), merkle.Frontier()
        limits.append(count / timed(lambda append=tree.append: [append(entry) for entry in entries]))
        edges.append(count / timed(lambda append=edge.append: [append(merkle.leaf(entry)) for entry in entries]))
        assert edge.root() == tree.subtree(0, count)
    told("limit, lists in memory", limits, "leaves/s")
    told("product, in memory", edges, "leaves/s")
    ratio("appending in memory, product / limit (more is better)", edges, limits)
    rebuilt = count / max(edges)
    print(f"rebuilding {count:,} leaves, best round: {rebuilt:.1f} s (goal: less than {REBUILD_GOAL})")
    through_the_database(tree, count, limits)
    return 0 if rebuilt < REBUILD_GOAL else 1


def through_the_database(tree: ListTree, count: int, limits: list[float]) -> None:
    """Seals as many events at once, then one at a time, and proves some of them."""
    seal: Any = importlib.import_module("fadu.kernel.seal")
    access: Any = importlib.import_module("fadu.kernel.access")
    connection: Any = importlib.import_module("django.db").connection
    seal.seal()
    fill(max(count // 100, 1))
    speed = count / timed(seal.seal)
    print(f"{'product, sealed and committed':<32} {speed:12,.0f} leaves/s")
    ratio("sealing / limit in memory", [speed], [statistics.median(limits)])
    random = Random("seal")
    indices = [random.randrange(count) for _ in range(PROOFS)]
    limit = [timed(lambda index=index: tree.proof(index)) * 1e6 for index in indices]
    with access.session(None), connection.cursor() as cursor:
        cursor.execute("SELECT stream_id, position FROM kernel_leaf WHERE seq = ANY (%s)", [indices])
        product = [timed(lambda place=place: seal.inclusion(*place)) * 1e6 for place in cursor.fetchall()]
    told("limit, a proof", limit, "µs")
    told("product, a proof from the tables", product, "µs")
    ratio("proof, product / limit (less is better)", product, limit)
    print(f"nothing new to seal: {timed(seal.seal) * 1e3:.0f} ms")


def fill(streams: int) -> None:
    """Made-up events, a hundred on each stream."""
    psycopg: Any = importlib.import_module("psycopg")
    database: Any = importlib.import_module("fadu.infra.database")
    with psycopg.connect(database.conninfo("fadu_owner")) as owner:
        for statement in filter(str.strip, EVENTS.split(";")):
            owner.execute(statement, {"each": 100, "streams": streams})
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE kernel_event, kernel_stream")


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def told(label: str, found: list[float], unit: str) -> None:
    print(f"{label:<32} {statistics.median(found):12,.0f} {unit}  ({min(found):,.0f}–{max(found):,.0f})")


def ratio(label: str, ours: list[float], theirs: list[float]) -> None:
    print(f"{label}: {statistics.median(ours) / statistics.median(theirs):.2f}")


if __name__ == "__main__":
    sys.exit(main())
