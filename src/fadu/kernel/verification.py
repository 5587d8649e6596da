"""Verifies the whole record: chains, leaves, tree, signed heads, keys. Finds and names, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from fadu.infra import keys
from fadu.kernel import access, ledger, merkle, models, seal
from fadu.kernel.seal import CHUNK, Head, SealKey

SHOWN = 20
GRACE = timedelta(minutes=10)
"""An act in progress while the sealer works is sealed the next time; one older than this was left out."""


@dataclass(slots=True)
class Found:
    """What a verification found. roots: the roots at the sizes asked for, computed from the leaves."""

    events: int = 0
    unsealed: int = 0
    leaves: int = 0
    last: Head | None = None
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)


@contextmanager
def one_moment() -> Iterator[None]:
    """One unchanging, read-only view of the house with the house's own rights, while others work on."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with access.session(None):
            yield


def verify(sizes: Iterable[int] = ()) -> Found:
    """Checks everything, within `one_moment`; sizes: of heads that a witness kept, whose roots are wanted."""
    found = Found(last=seal.latest(), leaves=seal.leaves())
    heads, known = seal.heads(), seal.public_keys()
    _streams(found)
    _events_have_leaves(found)
    _leaves_have_events(found)
    _tree(found, heads, sizes)
    _chain_of_heads(found, heads, known)
    _keys(found, known)
    return found


def _streams(found: Found) -> None:
    for stream in models.Stream.objects.order_by("pk").values_list("pk", flat=True):
        try:
            found.events += ledger.verify(stream)
        except ledger.LedgerError as fault:
            found.faults.append(fault.message)
    strays = ledger.rows(
        "SELECT DISTINCT stream_id FROM kernel_event e"
        " WHERE NOT EXISTS (SELECT 1 FROM kernel_stream s WHERE s.id = e.stream_id)"
    )
    found.faults += [f"记录链 {stream} 有记录，但是没有登记" for (stream,) in strays]


# ---------------------------------------------------------------- events and leaves


UNSEALED = """
    SELECT s.kind, s.name, e.position,
        e.recorded < %s OR EXISTS (
            SELECT 1 FROM kernel_leaf k WHERE k.stream_id = e.stream_id AND k.position > e.position)
    FROM kernel_event e LEFT JOIN kernel_leaf l USING (stream_id, position) JOIN kernel_stream s ON s.id = e.stream_id
    WHERE l.seq IS NULL ORDER BY e.stream_id, e.position
"""


def _events_have_leaves(found: Found) -> None:
    """What is newer than the last head is not sealed yet; what is older was left out or put in afterwards."""
    limit = datetime.fromisoformat(found.last.time) - GRACE if found.last else None
    missing = ledger.rows(UNSEALED, [limit])
    found.unsealed = len(missing)
    late = [f"{kind} {name} 第{position}条记录" for kind, name, position, too_old in missing if too_old]
    found.faults += [f"{where}早于最近一次封存，却没有封存" for where in late[:SHOWN]]


def _leaves_have_events(found: Found) -> None:
    wrong = ledger.rows(
        "SELECT l.seq, l.stream_id, l.position, e.hash IS NULL FROM kernel_leaf l"
        " LEFT JOIN kernel_event e USING (stream_id, position)"
        " WHERE e.hash IS DISTINCT FROM l.hash ORDER BY l.seq LIMIT %s",
        [SHOWN],
    )
    for seq, stream, position, absent in wrong:
        where = f"封存的第{seq + 1}条（记录链 {stream} 第{position}条记录）"
        found.faults.append(where + ("找不到原来的记录，已被删去" if absent else "与现在的记录不符，记录被重写过"))


# ---------------------------------------------------------------- tree, heads, keys


def _tree(found: Found, heads: list[Head], sizes: Iterable[int]) -> None:
    """Builds the tree anew from the leaves and compares it with every head and every kept node."""
    count = int(ledger.rows("SELECT count(*) FROM kernel_leaf")[0][0])
    if count != found.leaves:
        found.faults.append(f"封存的条目应有 {found.leaves} 条，实有 {count} 条，中间有缺")
        return
    wanted = {head.size for head in heads} | set(sizes)
    tree = merkle.Frontier()
    for start in range(0, found.leaves, CHUNK):
        for hashed in seal.leaf_hashes(start, start + CHUNK):
            tree.append(hashed)
            if tree.size in wanted:
                found.roots[tree.size] = tree.root()
    for head in heads:
        if head.size > found.leaves:
            found.faults.append(f"{head.time} 封存了 {head.size} 条，现在只有 {found.leaves} 条，末尾被删去")
        elif found.roots[head.size] != head.root:
            found.faults.append(f"{head.time} 的封存（{head.size} 条）与重新计算的树根不符，条目被改动过")
    last = heads[-1].size if heads else 0
    if found.leaves > last:
        found.faults.append(f"第{last + 1}至{found.leaves}条有封存条目，却没有签名的封存，签名可能被删去")
    nodes = ledger.rows("SELECT level, number, hash FROM kernel_node")
    if {(level, number): bytes(node) for level, number, node in nodes} != {
        (level, number): node for level, number, node in tree.finished
    }:
        found.faults.append("封存树的中间结点与重新计算的不符，被改动过")


def _chain_of_heads(found: Found, heads: list[Head], known: list[SealKey]) -> None:
    by_name = {key.name: key for key in known}
    previous, number = ledger.ZERO, 0
    for head in heads:
        where = f"{head.time} 的封存（{head.size} 条）"
        if head.previous != previous:
            found.faults.append(f"{where}与前一次封存接不上，中间有封存被删去或者改动")
        key = by_name.get(head.key)
        if key is None or head.algorithm != keys.algorithm_of(key.public):
            found.faults.append(f"{where}不是用本机关的密钥签名的")
        elif not keys.signed_by(key.public, head.signature, head.body()):
            found.faults.append(f"{where}的签名不符，内容被改动过")
        elif key.number < number:
            found.faults.append(f"{where}使用了已经停用的密钥")
        previous, number = head.digest(), max(number, key.number if key else 0)
    if found.last is None:
        found.notes.append("这里还没有封存过记录（fadu ledger seal）")


def _keys(found: Found, known: list[SealKey]) -> None:
    """Every key is named by itself, endorsed by the one before, and recorded by an act of the house."""
    recorded = _recorded_keys()
    for number, key in enumerate(known, start=1):
        where = f"第{number}把签名密钥 {key.name[:8]}"
        if key.number != number or key.name != keys.name_of(key.public):
            found.faults.append(f"{where}的登记不符，被改动过")
        if recorded.get(key.name) != key.as_json():
            found.faults.append(f"{where}与本机关的记录不符")
        if number == 1:
            continue
        if key.endorsement is None:
            found.notes.append(f"{where}没有前一把密钥的签名（{key.time}，{key.reason}），请向系统管理员核实")
        elif not keys.signed_by(known[number - 2].public, key.endorsement, key.statement(known[0].name)):
            found.faults.append(f"{where}没有得到前一把密钥的有效签名")
    for name in recorded.keys() - {key.name for key in known}:
        found.faults.append(f"本机关记录中有签名密钥 {name[:8]}，登记表中没有")


def _recorded_keys() -> dict[str, Any]:
    rows = ledger.rows(
        "SELECT v.value FROM kernel_event e JOIN kernel_eventvalue v USING (stream_id, position)"
        " JOIN kernel_stream s ON s.id = e.stream_id"
        " WHERE s.kind = 'house' AND e.step = 'rotate_key' AND v.value IS NOT NULL"
    )
    said = [json.loads(text) for (text,) in rows]
    return {one["name"]: one for one in said}
