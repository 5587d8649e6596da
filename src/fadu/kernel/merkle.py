"""The tree over the whole record, in the shape of RFC 9162 with SM3: roots, proofs, and what is kept to be quick.

Leaf: SM3(0x00 ‖ entry); inner node: SM3(0x01 ‖ left ‖ right). Pure: knows neither events nor a database.
Kept are the roots of full subtrees of 16, 32, 64, … leaves, one for every eight leaves: a proof among a million reads
16 leaves and some twenty nodes. Smaller subtrees are hashed anew: kept too, they would be eight times as many rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from cryptography.hazmat.primitives import hashes

LOWEST = 4
"""The lowest level whose nodes are kept."""
Source = Callable[[int, int, int], Sequence[bytes]]
"""source(level, first, last): kept nodes first ≤ n < last of a level; level 0 are the leaf hashes."""
Finished = tuple[int, int, bytes]
"""A node to keep: level, number within its level, hash."""


class _Plain:
    """SM3 from `cryptography`, for a Python whose OpenSSL has none, with the methods of hashlib."""

    def __init__(self, state: hashes.Hash) -> None:
        self.state = state

    def copy(self) -> _Plain:
        return _Plain(self.state.copy())

    def update(self, data: bytes) -> None:
        self.state.update(data)

    def digest(self) -> bytes:
        return self.state.finalize()


def started(prefix: bytes) -> hashlib._Hash | _Plain:
    """A hash that has taken its prefix: copying it is quicker than beginning anew."""
    try:
        return hashlib.new("sm3", prefix)
    except ValueError:
        made = _Plain(hashes.Hash(hashes.SM3()))
        made.update(prefix)
        return made


_LEAF, _NODE = started(b"\x00"), started(b"\x01")


def leaf(entry: bytes) -> bytes:
    """Hash of a leaf."""
    state = _LEAF.copy()
    state.update(entry)
    return state.digest()


def node(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    state = _NODE.copy()
    state.update(left + right)
    return state.digest()


def root(row: Sequence[bytes]) -> bytes:
    """The root over nodes of one level, of which the last may be smaller than the others."""
    if not row:
        return started(b"").digest()
    while len(row) > 1:
        odd = [row[-1]] if len(row) % 2 else []
        row = [node(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)] + odd
    return row[0]


def root_with(hashed: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root over `size` leaves to which a proof leads, its last step the uppermost; None for a wrong length."""
    if size == 1 or not path:
        return hashed if size == 1 and not path else None
    middle = 1 << (size - 1).bit_length() - 1
    if index < middle:
        left = root_with(hashed, index, middle, path[:-1])
        return left and node(left, path[-1])
    right = root_with(hashed, index - middle, size - middle, path[:-1])
    return right and node(path[-1], right)


class Frontier:
    """The right edge of a growing tree: the roots of its full subtrees, largest first."""

    def __init__(self, size: int = 0, edge: Iterable[bytes] = ()) -> None:
        self.size = size
        self.edge = list(edge)
        self.finished: list[Finished] = []

    def append(self, hashed: bytes) -> None:
        """Adds one leaf hash; nodes that must be kept gather in `finished`."""
        edge, number, level = self.edge, self.size, 0
        self.size += 1
        while number & 1:
            hashed = node(edge.pop(), hashed)
            number >>= 1
            level += 1
            if level >= LOWEST:
                self.finished.append((level, number, hashed))
        edge.append(hashed)

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return _joined(self.edge)


def _joined(edge: Sequence[bytes]) -> bytes:
    """The root over full subtrees side by side, largest first."""
    if not edge:
        return root(())
    hashed = edge[-1]
    for left in edge[-2::-1]:
        hashed = node(left, hashed)
    return hashed


def _full(source: Source, level: int, number: int) -> bytes:
    """The root of a full subtree: kept, or hashed anew from its leaves."""
    if level >= LOWEST:
        return source(level, number, number + 1)[0]
    return root(source(0, number << level, (number + 1) << level))


def _edge(source: Source, first: int, last: int) -> list[bytes]:
    """The full subtrees that the leaves first ≤ n < last fall into; first is a multiple of the next power of two."""
    edge = []
    while first < last:
        level = (last - first).bit_length() - 1
        edge.append(_full(source, level, first >> level))
        first += 1 << level
    return edge


def frontier(source: Source, size: int) -> Frontier:
    """The right edge of the first `size` leaves, from what is kept."""
    return Frontier(size, _edge(source, 0, size))


def subtree(source: Source, first: int, last: int) -> bytes:
    """The root over the leaves first ≤ n < last; first is a multiple of the next power of two."""
    return _joined(_edge(source, first, last))


def inclusion(source: Source, index: int, size: int) -> list[bytes]:
    """The path that proves that a leaf is in the tree of `size` leaves (RFC 9162, 2.1.3)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    return _siblings(source, 0, index, size)


def consistency(source: Source, old: int, size: int) -> list[bytes]:
    """The nodes that prove that the tree of `old` leaves is the beginning of that of `size` (RFC 9162, 2.1.4)."""
    if not 0 < old <= size:
        raise ValueError("no such tree")
    if old == size:
        return []
    level = (old & -old).bit_length() - 1  # of the last and smallest full subtree of the old tree
    number = (old >> level) - 1
    own = [_full(source, level, number)] if number else []
    return own + _siblings(source, level, number, size)


def _siblings(source: Source, level: int, number: int, size: int) -> list[bytes]:
    """What stands beside a node on each level upwards: full, or at the right edge what there is of it."""
    path = []
    last = (size - 1) >> level
    while last:
        beside = number ^ 1
        if beside < last:
            path.append(_full(source, level, beside))
        elif beside == last:
            path.append(subtree(source, beside << level, size))
        number, last, level = number >> 1, last >> 1, level + 1
    return path
