"""Compares the house with heads that a witness kept: a dropped tail, an old copy, two histories are each named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from fadu.infra import keys
from fadu.kernel import seal
from fadu.kernel.seal import Head
from fadu.kernel.verification import Found
from fadu.rules.errors import BadInput

LINE = re.compile(r"(?P<size>\d+) *条\s+(?P<root>(?:[0-9a-f]{4}\s+){5})(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A head as a witness has it: whole, or only what was read over the telephone."""

    size: int
    root: str
    time: str
    head: Head | None = None

    @property
    def where(self) -> str:
        return f"见证人留存的 {self.time.replace('T', ' ')[:16]}（{self.size} 条）的封存"


def parse(text: str) -> list[Witnessed]:
    """A witness's file: one head a line, as JSON or as the telephone line. Raises BadInput."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found.append(_parse_line(line.strip()))
        except (ValueError, KeyError, TypeError) as fault:
            raise BadInput({"file": f"见证文件第 {number} 行读不懂：{line.strip()[:40]}"}) from fault
    if not found:
        raise BadInput({"file": "见证文件中没有留存的封存"})
    return sorted(found, key=lambda one: one.size)


def _parse_line(line: str) -> Witnessed:
    if line.startswith("{"):
        head = Head.of_json(json.loads(line))
        return Witnessed(head.size, head.root.hex(), head.time, head)
    match = LINE.search(line)
    if match is None:
        raise ValueError(line)
    return Witnessed(int(match["size"]), "".join(match["root"].split()), match["time"] or "（未记时间）")


def compare(found: Found, kept: list[Witnessed]) -> list[str]:
    """Faults against a witness; found: a verification that was asked for the sizes kept."""
    faults = _not_ours(kept)
    agreed = 0
    for one in kept:
        if one.size > found.leaves:
            faults.append(_too_short(found, one))
        elif found.roots.get(one.size, b"").hex().startswith(one.root):
            agreed = one.size
            faults += _head_gone(one)
        else:
            faults.append(
                f"{one.where}与本机不是同一历史：第{agreed + 1}条以后有两种历史"
                "（记录被重写，或者换回旧副本之后又继续办理）"
            )
    return faults


def _not_ours(kept: Iterable[Witnessed]) -> list[str]:
    """Heads that our keys did not sign."""
    known = {key.name: key.public for key in seal.public_keys()}
    return [
        f"{one.where}不是用本机关登记的密钥签名的"
        for one in kept
        if one.head is not None
        and not keys.signed_by(known.get(one.head.key, b""), one.head.signature, one.head.body())
    ]


def _too_short(found: Found, one: Witnessed) -> str:
    """Fewer events than a witness saw. A tail cut exactly at a head looks like the copy of that moment."""
    last = found.last
    gone = f"{one.where}在本机没有，本机只封存了 {found.leaves} 条"
    if last is not None and one.head is not None and last.time > one.head.time:
        return f"{gone}，其后又有 {last.time} 的封存：有两种历史，换回旧副本之后又继续办理了"
    if last is not None and last.size == found.leaves and not found.unsealed:
        return f"{gone}，停在 {last.time} 的封存：换回了那时的旧副本（或者恰好从那里起删去了末尾）"
    return f"{gone}：末尾的 {one.size - found.leaves} 条被删去"


def _head_gone(one: Witnessed) -> list[str]:
    """The content agrees, but the signed head is no longer here."""
    if one.head is None or seal.is_ours(one.head):
        return []
    return [f"{one.where}内容相符，但本机的签名封存已经不在"]
