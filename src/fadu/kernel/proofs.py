"""The mark of each event of a case, computed anew whenever it is shown: as it was written, and under which seal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fadu.kernel import ledger
from fadu.kernel.ledger import Chain

# The leaves of a stream, each with the first head that covers it.
LEAVES = """
    SELECT l.position, l.seq, l.hash, h.size, h.moment FROM kernel_leaf l
    LEFT JOIN LATERAL (SELECT size, moment FROM kernel_head WHERE size > l.seq ORDER BY size LIMIT 1) h ON true
    WHERE l.stream_id = %s
"""


class Proof(StrEnum):
    """How an event stands. FRESH: as it was written, and newer than the last seal."""

    SEALED = "sealed"
    FRESH = "fresh"
    ALTERED = "altered"

    @property
    def label(self) -> str:
        return {"sealed": "已封存", "fresh": "待封存", "altered": "被改动"}[self.value]


@dataclass(frozen=True, slots=True)
class Mark:
    """faults: what does not hold; number, head, moment: its place in the seal, that head's size, when it was signed."""

    proof: Proof
    faults: tuple[str, ...] = ()
    number: int = 0
    head: int = 0
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The marks by position, and what does not hold of the record as a whole."""

    marks: dict[int, Mark]
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return not self.faults and all(mark.proof is not Proof.ALTERED for mark in self.marks.values())

    @property
    def sealed(self) -> int:
        return sum(mark.proof is Proof.SEALED for mark in self.marks.values())


def check(stream: int, chain: Chain) -> Checked:
    """Every event against its chain, its columns, its values and its leaf; heads and tree are not computed anew."""
    wrong: dict[int, list[str]] = {}
    for position, fault in ledger.faults(chain):
        wrong.setdefault(position, []).append(fault)
    leaves = {position: tuple(rest) for position, *rest in ledger.rows(LEAVES, [stream])}
    last, marks = max(leaves, default=0), {}
    for _, stored, *columns in chain.events:
        position = columns[ledger.IN_BODY.index("position")]
        number, sealed, head, moment = leaves.pop(position, (0, None, None, None))
        if sealed is not None and bytes(sealed) != bytes(stored):
            wrong.setdefault(position, []).append(f"{chain.name} 第{position}条记录与封存的摘要不符，记录被重写过")
        elif sealed is None and position < last:
            wrong.setdefault(position, []).append(f"{chain.name} 第{position}条记录早于已经封存的记录，却没有封存")
        if position in wrong:
            marks[position] = Mark(Proof.ALTERED, tuple(wrong[position]))
        elif head:
            marks[position] = Mark(Proof.SEALED, (), number + 1, head, moment)
        else:
            marks[position] = Mark(Proof.FRESH)
    gone = [f"{chain.name} 封存过的第{position}条记录不见了" for position in sorted(leaves)]
    return Checked(marks, [*wrong.get(0, ()), *gone])
