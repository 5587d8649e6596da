"""What grows while the rows of an import are read: the tree of their leaves, and what was wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from fadu.kernel import merkle

KEPT = 10_000
"""Faults that are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row. column: its heading in the file, empty when it is about the whole row."""

    row: int
    column: str
    said: str

    @property
    def sentence(self) -> str:
        where = f"“{self.column}”" if self.column and f"“{self.column}”" not in self.said else ""
        return f"第{self.row}行{where}：{self.said}"


@dataclass(slots=True)
class Tree:
    """The rows read so far: their tree, and what was wrong."""

    edge: merkle.Frontier = field(default_factory=merkle.Frontier)
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def fault(self, row: int, column: str, said: str) -> None:
        self.count += 1
        if len(self.faults) < KEPT:
            self.faults.append(Fault(row, column, said))
