"""The seals at a million leaves, beside a hand-written list tree and pymerkle, in turn; and the check of the chains.

    fadu bench seal [--leaves 1000000] [--rounds 3] [--events 20000]        (pymerkle: requirements/bench.in)

Limit: a plain RFC 9162 tree with SM3, all levels in lists, nothing kept on disk. pymerkle: its tree in memory, with the
quicker SHA-256, since it has no SM3. Product: the growing edge in memory (what sealing and verifying run), proofs from
the nodes it keeps, held in memory; and kernel.seal on an embedded PostgreSQL: leaves from events, kept nodes, a signed
head, all committed; proofs read from the tables, with the event's text and the head. Full check: what verify runs for
each stream (chain, columns against body, digests of values) on rows in memory, beside only chaining the same bodies.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any
from uuid import UUID

import _house
import psycopg
from _measure import goal, in_turn, paired, tell, watched
from django.db import connection

from fadu.infra import database
from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, ledger, merkle, seal
from fadu.kernel.ledger import Chain, Deed

PROOFS = 300
STREAM = 20
"""Events of a stream in the full check."""
FILLED = 10
"""Events of a stream in the database."""
REBUILD_GOAL = 10
EVENTS = """
    INSERT INTO kernel_stream (kind, name, position, head)
        SELECT 'register', 'bench-' || s, %(each)s, sha256('') FROM generate_series(1, %(streams)s) s;
    INSERT INTO kernel_event
        (stream_id, position, act, step, label, audience, role, papers, happened, recorded, state, body, hash)
        SELECT s.id, p, gen_random_uuid(), 'x', 'x', 'internal', 'system', '[]', '2024-03-01', '2024-03-01 09:00+08',
            '', '{"label":"x"}', sha256((s.id || '-' || p)::bytea)
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


class Kept:
    """What the product keeps of a tree, in memory: a source for proofs."""

    def __init__(self, leaves: list[bytes], finished: Sequence[merkle.Finished]) -> None:
        self.levels: dict[int, list[bytes]] = {0: leaves}
        for level, _, hashed in finished:
            self.levels.setdefault(level, []).append(hashed)

    def __call__(self, level: int, first: int, last: int) -> Sequence[bytes]:
        return self.levels[level][first:last]


def main() -> int:
    """Prepares a throw-away house and measures in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leaves", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--events", type=int, default=20_000, help="of the full check")
    options = parser.parse_args()
    with _house.running(), watched():
        full_check(options.events, options.rounds)
        return measure(options.leaves, options.rounds)


def measure(count: int, rounds: int) -> int:
    """Memory against memory in turn, then once the whole way through the database."""
    entries = [number.to_bytes(32, "big") for number in range(count)]
    grown: dict[str, Any] = {}

    def grow(name: str, make: Callable[[], Any], append: Callable[[Any], Callable[[bytes], Any]]) -> float:
        grown[name] = make()
        add = append(grown[name])
        return count / timed(lambda: [add(entry) for entry in entries])

    ways: dict[str, Callable[[], float]] = {
        "limit": lambda: grow("limit", ListTree, lambda tree: tree.append),
        "product": lambda: grow("product", merkle.Frontier, lambda edge: lambda entry: edge.append(merkle.leaf(entry))),
    }
    if find_spec("pymerkle"):
        other = import_module("pymerkle").InmemoryTree
        ways["pymerkle"] = lambda: grow("pymerkle", lambda: other(algorithm="sha256"), lambda tree: tree.append_entry)
    else:
        print("没有安装 pymerkle，不比较；安装：pip install -r requirements/bench.in")
    speeds = in_turn(ways, rounds)
    assert grown["product"].root() == grown["limit"].subtree(0, count)
    tell(speeds, "条/秒，在内存中加入")
    goal("加入，product ÷ limit", paired(speeds["product"], speeds["limit"]), least=0.6)
    if "pymerkle" in speeds:
        goal("加入，product ÷ pymerkle", paired(speeds["product"], speeds["pymerkle"]), least=2)
    prove(grown, count, rounds)
    rebuilt = count / max(speeds["product"])
    print(f"重建 {count:,} 条，最快一轮 {rebuilt:.1f} 秒（目标：少于 {REBUILD_GOAL} 秒）")
    through_the_database(grown["limit"], count, speeds["limit"])
    return 0 if rebuilt < REBUILD_GOAL else 1


def prove(grown: dict[str, Any], count: int, rounds: int) -> None:
    """Proofs of inclusion and of consistency, from memory, at the same places."""
    limit, random = grown["limit"], Random("prove")
    kept = Kept(limit.levels[0], grown["product"].finished)
    indices = [random.randrange(1, count) for _ in range(PROOFS)]
    assert all(merkle.inclusion(kept, index, count) == limit.proof(index) for index in indices[:20])
    inclusion: dict[str, Callable[[int], Any]] = {
        "limit": limit.proof,
        "product": lambda index: merkle.inclusion(kept, index, count),
    }
    consistency: dict[str, Callable[[int], Any]] = {"product": lambda index: merkle.consistency(kept, index, count)}
    if tree := grown.get("pymerkle"):
        inclusion["pymerkle"] = lambda index: tree.prove_inclusion(index + 1, count)
        consistency["pymerkle"] = lambda index: tree.prove_consistency(index, count)
    for label, ways in (("包含证明", inclusion), ("一致证明", consistency)):
        for way in ways.values():  # what is kept from one proof to the next is kept now
            timed(lambda way=way: [way(index) for index in indices])
        took = in_turn(
            {
                name: lambda way=way: timed(lambda: [way(index) for index in indices]) / PROOFS * 1e6
                for name, way in ways.items()
            },
            rounds,
        )
        tell(took, f"微秒，{label}，在内存中")
        if "limit" in took:
            goal(f"{label}，product ÷ limit（用时）", paired(took["product"], took["limit"]), most=2)
        if "pymerkle" in took:
            goal(f"{label}，product ÷ pymerkle（用时）", paired(took["product"], took["pymerkle"]), most=0.4)


def full_check(count: int, rounds: int) -> None:
    """Streams as they are read from the tables, checked as verify does, beside only chaining their bodies."""
    chains = [chain(number) for number in range(max(1, count // STREAM))]
    bodies = [[text.encode() for text, *_ in one.events] for one in chains]
    number = len(chains) * STREAM
    begun = hashlib.new("sm3")

    def bare() -> None:
        for stream in bodies:
            previous = ledger.ZERO
            for body in stream:
                state = begun.copy()
                state.update(previous + body)
                previous = state.digest()

    ways = {"chaining": bare, "product": lambda: [ledger.verify_chain(one) for one in chains]}
    speeds = in_turn({name: lambda way=way: number / timed(way) for name, way in ways.items()}, rounds)
    length = sum(len(body) for stream in bodies for body in stream) // number
    tell(speeds, f"条/秒，完整核对（正文平均 {length} 字节）")
    goal("完整核对，product ÷ 只算链", paired(speeds["product"], speeds["chaining"]), least=0.4)


def chain(number: int) -> Chain:
    """A stream of events with two facts and a clock each."""
    now = datetime(2024, 3, 1, 10, tzinfo=SHANGHAI)
    previous, events, values = ledger.ZERO, [], {}
    for position in range(1, STREAM + 1):
        deed = Deed(UUID(int=number), "accept", "受理", "parties", "第三十条", 1, "case_officer", date(2024, 3, 1))
        made = ledger.event(number, position, previous, deed, now, "accepted", "sm3:" + "0" * 64, [
            {"op": "fact", "name": "story", "value": "某日某事，经过如下"},
            {"op": "fact", "name": "worth", "value": 120050},
            {"op": "put", "table": "clock", "key": "trial", "value": {"name": "trial", "start": "2024-03-01"}},
        ], 1)  # fmt: skip
        previous = bytes.fromhex(made["hash"])
        events.append((made["body"], previous, *(made[name] for name in ledger.IN_BODY)))
        values |= {(position, slot): (bytes.fromhex(salt), text) for slot, (salt, text) in enumerate(made["values"])}
    return Chain(f"case {number}", STREAM, previous, events, values)


def through_the_database(tree: ListTree, count: int, limits: list[float]) -> None:
    """Seals as many events at once, then one at a time, and proves some of them."""
    seal.seal()
    fill(max(count // FILLED, 1))
    speed = count / timed(seal.seal)
    part = speed / statistics.median(limits)
    print(f"{'product':<28} {speed:,.0f} 条/秒，封存并提交；÷ 内存中的 limit {part:.2f}")
    random = Random("seal")
    indices = [random.randrange(count) for _ in range(PROOFS)]
    limit = [timed(lambda index=index: tree.proof(index)) * 1e6 for index in indices]
    with access.session(None), connection.cursor() as cursor:
        cursor.execute("SELECT stream_id, position FROM kernel_leaf WHERE seq = ANY (%s)", [indices])
        product = [timed(lambda place=place: seal.inclusion(*place)) * 1e6 for place in cursor.fetchall()]
    tell({"limit": limit, "product": product}, "微秒，包含证明；product 由表中读出")
    print(f"没有新记录时封存：{timed(seal.seal) * 1e3:.0f} 毫秒，{count // FILLED:,} 条记录链")


def fill(streams: int) -> None:
    """Made-up events, as many on each stream as on an ordinary case."""
    with psycopg.connect(database.conninfo("fadu_owner")) as owner:
        for statement in filter(str.strip, EVENTS.split(";")):
            owner.execute(statement, {"each": FILLED, "streams": streams})
    with psycopg.connect(database.conninfo("fadu_owner"), autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE kernel_event, kernel_stream")


def timed(work: Callable[[], Any]) -> float:
    """Seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
