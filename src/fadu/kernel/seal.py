"""Seals the record: every event becomes a leaf of one Merkle tree, whose signed heads are chained.

One sealer at a time. What the tree protects against, and against what only a witness helps: docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from fadu.infra import clock, keys
from fadu.kernel import access, house, ledger, merkle
from fadu.kernel.access import Session
from fadu.rules.errors import NotFound

Made = TypeVar("Made")
LOCK = 0x5EA1
"""The sealer's advisory lock in the house's database."""
CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Head:
    """The tree at one moment, signed. previous: digest of the head before; time: RFC 3339, in seconds."""

    size: int
    root: bytes
    previous: bytes
    time: str
    key: str
    algorithm: str = keys.ALGORITHM
    signature: bytes = b""

    def body(self) -> bytes:
        """What is signed."""
        said = {"algorithm": self.algorithm, "key": self.key, "previous": self.previous.hex()}
        return ledger.canonical(said | {"root": self.root.hex(), "size": self.size, "time": self.time})

    def digest(self) -> bytes:
        """What the next head names as previous."""
        return ledger.sm3(self.body())

    def as_json(self) -> dict[str, Any]:
        """The head as it is exported and kept by witnesses."""
        texts = {"root": self.root.hex(), "previous": self.previous.hex(), "signature": self.signature.hex()}
        return {"size": self.size, "time": self.time, "key": self.key, "algorithm": self.algorithm, **texts}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> Head:
        """The same read back."""
        texts = (bytes.fromhex(said[name]) for name in ("root", "previous", "signature"))
        root, previous, signature = texts
        return cls(int(said["size"]), root, previous, said["time"], said["key"], said["algorithm"], signature)

    def line(self) -> str:
        """One line that can be read over the telephone: size, 80 bits of the root, time, key."""
        short = self.root.hex()
        groups = " ".join(short[i : i + 4] for i in range(0, 20, 4))
        return f"{self.size} 条　{groups}　{self.time[:16].replace('T', ' ')}　密钥 {self.key[:4]} {self.key[4:8]}"


@dataclass(frozen=True, slots=True)
class SealKey:
    """A public key of the house. endorsement: the key before signs this one."""

    number: int
    name: str
    public: bytes
    endorsement: bytes | None
    reason: str
    time: str

    def statement(self, house_name: str) -> bytes:
        """What the key before signs."""
        return ledger.canonical({"house": house_name, "number": self.number, "public": self.public.hex()})

    def as_json(self) -> dict[str, Any]:
        """As in the record and in exports."""
        endorsement = self.endorsement.hex() if self.endorsement else None
        said = {"number": self.number, "name": self.name, "public": self.public.hex(), "endorsement": endorsement}
        return said | {"reason": self.reason, "time": self.time}


def told(moment: datetime) -> str:
    """A moment as heads tell it."""
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="seconds")


# ---------------------------------------------------------------- what is kept


HEADS = "SELECT size, root, previous, moment, key, algorithm, signature FROM kernel_head"


def _head(row: tuple[Any, ...]) -> Head:
    size, root, previous, moment, key, algorithm, signature = row
    return Head(size, bytes(root), bytes(previous), told(moment), key, algorithm, bytes(signature))


def heads() -> list[Head]:
    """All heads, smallest first."""
    return [_head(row) for row in ledger.rows(f"{HEADS} ORDER BY size")]


def is_ours(head: Head) -> bool:
    """Whether the house signed just this head."""
    rows = ledger.rows(f"{HEADS} WHERE size = %s", [head.size])
    return any(_head(row).body() == head.body() for row in rows)


def latest() -> Head | None:
    """The last head, None in a house that was never sealed."""
    rows = ledger.rows(f"{HEADS} ORDER BY size DESC LIMIT 1")
    return _head(rows[0]) if rows else None


def public_keys() -> list[SealKey]:
    """All public keys in the order of their use; the first one's name is the house's."""
    rows = ledger.rows("SELECT number, name, public, endorsement, reason, moment FROM kernel_sealkey ORDER BY number")
    return [
        SealKey(number, name, bytes(public), bytes(endorsement) if endorsement else None, reason, told(moment))
        for number, name, public, endorsement, reason, moment in rows
    ]


def leaves() -> int:
    """How many leaves there are."""
    return int(ledger.rows("SELECT coalesce(max(seq) + 1, 0) FROM kernel_leaf")[0][0])


NODES = """
    SELECT level, number, CASE level
        WHEN 0 THEN (SELECT l.hash FROM kernel_leaf l WHERE l.seq = asked.number)
        ELSE (SELECT n.hash FROM kernel_node n WHERE n.level = asked.level AND n.number = asked.number) END
    FROM unnest(%s::int[], %s::bigint[]) AS asked(level, number)
"""


class Stored:
    """The kept tree as a source for merkle: reads at once what is told beforehand, the rest when it is asked for."""

    def __init__(self, asked: Iterable[tuple[int, int]] = ()) -> None:
        self.nodes: dict[tuple[int, int], bytes] = {}
        self._read(list(asked))

    def __call__(self, level: int, first: int, last: int) -> Sequence[bytes]:
        asked = [(level, number) for number in range(first, last)]
        self._read([place for place in asked if place not in self.nodes])
        return [self.nodes[place] for place in asked]

    def _read(self, asked: Sequence[tuple[int, int]]) -> None:
        if not asked:
            return
        for level, number, hashed in ledger.rows(NODES, map(list, zip(*asked, strict=True))):
            if hashed is None:
                raise ledger.LedgerError(f"封存的第 {(number << level) + 1} 条起不完整，请运行 fadu ledger verify")
            self.nodes[level, number] = bytes(hashed) if level else merkle.leaf(bytes(hashed))


def from_kept(work: Callable[[merkle.Source], Made]) -> Made:
    """What merkle makes of the kept tree, read in one go: which nodes it asks for does not hang on what they are."""
    asked: list[tuple[int, int]] = []

    def blank(level: int, first: int, last: int) -> Sequence[bytes]:
        asked.extend((level, number) for number in range(first, last))
        return [b""] * (last - first)

    work(blank)
    return work(Stored(asked))


def leaf_hashes(first: int, last: int) -> list[bytes]:
    """Leaf hashes first ≤ seq < last, in order."""
    sql = "SELECT hash FROM kernel_leaf WHERE seq >= %s AND seq < %s ORDER BY seq"
    return [merkle.leaf(bytes(row[0])) for row in ledger.rows(sql, [first, last])]


# ---------------------------------------------------------------- sealing


def seal(at: datetime | None = None) -> Head:
    """Gives every committed event its leaf and signs the new head; without anything new, the last head.

    Raises Trouble when the private key is not at hand: nothing is sealed then.
    """
    with access.session(None, at) as s:
        _alone()
        return _seal(s, _signer(s))


def rotate(reason: str, *, lost: bool = False, algorithm: str = keys.ALGORITHM, at: datetime | None = None) -> SealKey:
    """A new key signs from now on, endorsed by the one before, unless that one is lost. Raises Trouble without SM2."""
    with access.session(None, at) as s:
        _alone()
        known = public_keys()
        former = keys.find(known[0].name, known[-1].name) if known and not lost else None
        made, signer = _new_key(s, known, former, reason, algorithm)
        _seal(s, signer)
        return made


def _alone() -> None:
    """Waits for the sealer that is at work; the lock ends with the transaction."""
    ledger.rows("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _signer(s: Session) -> keys.Signer:
    """The key in use; a house that has none gets its first."""
    known = public_keys()
    if known:
        return keys.find(known[0].name, known[-1].name)
    return _new_key(s, known, None, "首次启用")[1]


def _new_key(
    s: Session, known: Sequence[SealKey], former: keys.Signer | None, reason: str, algorithm: str = keys.ALGORITHM
) -> tuple[SealKey, keys.Signer]:
    signer = keys.generate(algorithm)
    house_name = known[0].name if known else signer.name
    bare = SealKey(len(known) + 1, signer.name, signer.public, None, reason, told(s.now))
    endorsement = former.sign(bare.statement(house_name)) if former else None
    made = SealKey(bare.number, bare.name, bare.public, endorsement, reason, bare.time)
    keys.keep(signer, house_name)
    house.rotate_key(s, made.as_json())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_sealkey (number, name, public, endorsement, reason, moment)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [made.number, made.name, made.public, made.endorsement, made.reason, made.time],
        )
    return made, signer


def _seal(s: Session, signer: keys.Signer) -> Head:
    ledger.rows("SELECT fadu_seal_leaves()")
    last, size = latest(), leaves()
    if last is not None and last.size == size:
        return last
    tree = grow(last.size if last else 0, size)
    previous = last.digest() if last else ledger.ZERO
    bare = Head(size, tree.root(), previous, told(s.now), signer.name, signer.algorithm)
    head = Head(size, bare.root, previous, bare.time, bare.key, bare.algorithm, signer.sign(bare.body()))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_head (size, root, previous, moment, key, algorithm, signature)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [size, head.root, previous, head.time, head.key, head.algorithm, head.signature],
        )
    return head


def grow(old: int, size: int) -> merkle.Frontier:
    """Takes the leaves from old to size into the kept tree; returns its right edge."""
    tree = from_kept(lambda source: merkle.frontier(source, old))
    for start in range(old, size, CHUNK):
        for hashed in leaf_hashes(start, min(start + CHUNK, size)):
            tree.append(hashed)
    if tree.size != size:
        raise ledger.LedgerError("封存的条目不连续，请运行 fadu ledger verify")
    levels, numbers, found = zip(*tree.finished, strict=True) if tree.finished else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_node (level, number, hash) SELECT * FROM unnest(%s::int[], %s::bigint[], %s::bytea[])",
            [list(levels), list(numbers), list(found)],
        )
    return tree


# ---------------------------------------------------------------- proofs


def inclusion(stream: int, position: int) -> dict[str, Any]:
    """That an event is under the last head, as data for a file. Rights: the session's; raises NotFound."""
    found = ledger.rows(
        "SELECT l.seq, l.hash, e.body, coalesce(p.hash, %s) FROM kernel_leaf l"
        " JOIN kernel_event e ON e.stream_id = l.stream_id AND e.position = l.position"
        " LEFT JOIN kernel_event p ON p.stream_id = l.stream_id AND p.position = l.position - 1"
        " WHERE l.stream_id = %s AND l.position = %s",
        [ledger.ZERO, stream, position],
    )
    head = latest()
    if not found or head is None:
        raise NotFound(f"已封存的第 {position} 条记录")
    seq, hashed, body, previous = found[0]
    path = from_kept(lambda source: merkle.inclusion(source, seq, head.size))
    return {
        "form": "fadu-inclusion-1",
        "event": {"previous": bytes(previous).hex(), "body": body, "hash": bytes(hashed).hex()},
        "seq": seq,
        "path": [step.hex() for step in path],
        "head": head.as_json(),
        "keys": [key.as_json() for key in public_keys()],
    }


def consistency(old: int, size: int | None = None) -> dict[str, Any]:
    """That the tree of `old` leaves is the beginning of a later head's (None: the last), as data for a file."""
    head = latest() if size is None else next((one for one in heads() if one.size == size), None)
    if head is None or not 0 < old <= head.size:
        raise NotFound("可供比对的封存")
    path = from_kept(lambda source: merkle.consistency(source, old, head.size))
    root = from_kept(lambda source: merkle.subtree(source, 0, old))
    return {
        "form": "fadu-consistency-1",
        "old": {"size": old, "root": root.hex()},
        "path": [step.hex() for step in path],
        "head": head.as_json(),
        "keys": [key.as_json() for key in public_keys()],
    }
