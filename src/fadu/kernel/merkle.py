"""The tree over the whole record, in the shape of RFC 9162 with SM3: roots, proofs, and what is kept to be quick.

Leaf: SM3(0x00 ‖ entry); inner node: SM3(0x01 ‖ left ‖ right). Pure: knows neither events nor a database.
Kept are the roots of full subtrees of 2⁴, 2⁸, … leaves: a proof among a million needs five runs of 16 nodes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

from cryptography.hazmat.primitives import hashes

STEP = 4
"""A node in every STEP-th level is kept."""
EMPTY = b""
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


def _started(prefix: bytes) -> hashlib._Hash | _Plain:
    """A hash that has taken its prefix: copying it is quicker than beginning anew."""
    try:
        return hashlib.new("sm3", prefix)
    except ValueError:
        made = _Plain(hashes.Hash(hashes.SM3()))
        made.update(prefix)
        return made


_LEAF, _NODE = _started(b"\x00"), _started(b"\x01")


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
        return _started(EMPTY).digest()
    while len(row) > 1:
        odd = [row[-1]] if len(row) % 2 else []
        row = [node(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)] + odd
    return row[0]


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
            if level % STEP == 0:
                self.finished.append((level, number, hashed))
        edge.append(hashed)

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.edge:
            return root(())
        hashed = self.edge[-1]
        for left in reversed(self.edge[:-1]):
            hashed = node(left, hashed)
        return hashed


def frontier(source: Source, size: int) -> Frontier:
    """The right edge of the first `size` leaves, from what is kept."""
    edge, start = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            edge.append(subtree(source, start, start + (1 << level)))
            start += 1 << level
    return Frontier(size, edge)


def subtree(source: Source, first: int, last: int) -> bytes:
    """The root over the leaves first ≤ n < last; first is a multiple of the next power of two."""
    row: list[bytes] = []
    while first < last:
        level = (last - first).bit_length() - 1
        level -= level % STEP
        end = last >> level
        row += source(level, first >> level, end)
        first = end << level
        if first < last and level:
            return root([*row, subtree(source, first, last)])
    return root(row)


def inclusion(source: Source, index: int, size: int) -> list[bytes]:
    """The path that proves that a leaf is in the tree of `size` leaves (RFC 9162, 2.1.3)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf")
    path: list[bytes] = []
    first, last = 0, size
    while last - first > 1:
        middle = first + (1 << (last - first - 1).bit_length() - 1)
        if index < middle:
            path.append(subtree(source, middle, last))
            last = middle
        else:
            path.append(subtree(source, first, middle))
            first = middle
    return path[::-1]


def consistency(source: Source, old: int, size: int) -> list[bytes]:
    """The nodes that prove that the tree of `old` leaves is the beginning of that of `size` (RFC 9162, 2.1.4)."""
    if not 0 < old <= size:
        raise ValueError("no such tree")
    path: list[bytes] = []
    first, last, whole = 0, size, True
    while last > old:
        middle = first + (1 << (last - first - 1).bit_length() - 1)
        if old <= middle:
            path.append(subtree(source, middle, last))
            last = middle
        else:
            path.append(subtree(source, first, middle))
            first, whole = middle, False
    if not whole:
        path.append(subtree(source, first, last))
    return path[::-1]
