"""Checks proofs of RFC 9162 step by step, and a tree in memory to compare the kept one with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fadu.kernel import merkle


def root_by_inclusion(hashed: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to from a leaf hash; None when the path has a wrong length."""
    number, last = index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if number & 1 or number == last:
            hashed = merkle.node(sibling, hashed)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            hashed = merkle.node(hashed, sibling)
        number, last = number >> 1, last >> 1
    return hashed if last == 0 and index < size else None


def roots_by_consistency(old: int, size: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a proof of consistency leads to; None when it has a wrong length."""
    if old == size:
        return (old_root, old_root) if not path else None
    nodes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not nodes:
        return None
    number, last = old - 1, size - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    before = after = nodes[0]
    for sibling in nodes[1:]:
        if last == 0:
            return None
        if number & 1 or number == last:
            before, after = merkle.node(sibling, before), merkle.node(sibling, after)
            while number and not number & 1:
                number, last = number >> 1, last >> 1
        else:
            after = merkle.node(after, sibling)
        number, last = number >> 1, last >> 1
    return (before, after) if last == 0 else None


class Rows:
    """A tree in memory from its leaf hashes: every level whole."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self.leaves = list(leaves)
        self.kept: dict[int, list[bytes]] = {0: self.leaves}
        edge = merkle.Frontier()
        for hashed in self.leaves:
            edge.append(hashed)
        for level, _, hashed in edge.finished:
            self.kept.setdefault(level, []).append(hashed)

    def __call__(self, level: int, first: int, last: int) -> Sequence[bytes]:
        return self.kept[level][first:last]
