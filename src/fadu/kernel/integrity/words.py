"""What a check is, what it is given to look at, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from fadu.kernel.access import Session
from fadu.kernel.certificates import Certificate
from fadu.rules.casefile import CaseFile
from fadu.rules.procedure import Procedure

Row = Mapping[str, Any]


class Severity(StrEnum):
    """error: the data do not hold together; warning: somebody must act; notice: to be known."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        return {"error": "错误", "warning": "待办", "notice": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class House:
    """What all checks know of the house today.

    officers: active or not, by id; posts: (officer, role, organ) held today by active officers, who alone count;
    signing: who signs a step instead of its own role (system.step → role); unserved_after: working days.
    sampled: cases whose record is folded anew, None for all. files: what was found wrong with each file so far;
    named: files that some case names; expired: officer → certificates of which they hold no valid one of the kind.
    """

    s: Session
    officers: Mapping[int, Row]
    posts: frozenset[tuple[int, str, int]]
    signing: Mapping[str, str]
    unserved_after: int
    sampled: frozenset[int] | None
    expired: Mapping[int, Sequence[Certificate]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def held(self, role: str, *organs: int) -> bool:
        """Whether anybody who is still here holds the role at one of the organs today."""
        return any(post_role == role and organ in organs for _, post_role, organ in self.posts)


@dataclass(frozen=True, slots=True)
class Look:
    """One case as it lies in the database, read by one statement.

    head: columns of the case; file: the case made of its rows' data; rows: table → rows with all their columns;
    facts: indexed facts; texts: by which it is found; stream: position and head of its chain; events: oldest first;
    values: what stands behind their digests; given: numbers given to it; links: where its links lead; kin: cases that
    share its first act.
    """

    head: Row
    file: CaseFile
    procedure: Procedure | None
    rows: Mapping[str, list[Row]]
    facts: list[Row]
    texts: list[Row]
    stream: Row
    events: list[Row]
    values: list[Row]
    given: list[str]
    links: list[Row]
    kin: list[Row]

    @property
    def closed(self) -> bool:
        return self.head["closed"] is not None

    @property
    def over(self) -> bool:
        """Closed, and nothing is owed any more."""
        return self.closed and self.head["due"] is None

    @property
    def only_imported(self) -> bool:
        """A mirrored case on which nothing was done here: it has no chain, its import is checked as a whole."""
        return bool(self.head["mirrored"]) and self.head["stream_id"] is None

    @property
    def told(self) -> Procedure:
        """The case's declaration; checks that need one are not asked where there is none."""
        assert self.procedure is not None
        return self.procedure

    def party(self, key: str) -> str:
        """Role of a party, as a sentence may tell it without a name."""
        row = self.file.table("party").get(key, {})
        role = self.procedure.party(row.get("role", "")) if self.procedure else None
        return role.label if role else key


OfCase = Callable[[Look, House], Iterable[str]]
OfHouse = Callable[[House], Iterable[tuple[str, str]]]
"""Answers (where, sentence) for what belongs to no case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must be so. meaning: what it is about; todo: what to do, in one sentence.

    of_case answers a sentence for each fault of a case; of_house asks the house as a whole.
    """

    name: str
    title: str
    meaning: str
    todo: str
    severity: Severity
    of_case: OfCase | None = None
    of_house: OfHouse | None = None
    needs_procedure: bool = True
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. case: its number in the database, None for the house; where: what people call it."""

    check: str
    case: int | None
    where: str
    said: str
    todo: str

    @property
    def sentence(self) -> str:
        return f"{self.where}：{self.said}。{self.todo}"


def differing(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[str]:
    """Names under which two mappings differ."""
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            yield name
