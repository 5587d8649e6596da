"""Another value of the law from a day on: what every kind of it is asked, and what it answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self

from fadu.kernel.access import Session
from fadu.kernel.timekeeping import Env
from fadu.rules.law import Library, Rule, Statute
from fadu.rules.law_besides import Amount, Limit
from fadu.rules.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Use:
    """What of a procedure rests on the value. papers: that print it; open: cases under way that it may still reach."""

    system: str
    version: str
    procedure: str
    about: str
    papers: list[str]
    open: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Something of a case that would come out otherwise, in words. rank: its place among the others."""

    case: int
    what: str
    start: str
    before: str
    after: str
    rank: str


@dataclass(frozen=True, slots=True)
class Proposal(ABC):
    """A value that a name of a statute would have from a day on. Changes nothing.

    looks_at: what is looked at, as people call it; at_once: so many are looked at while the person waits.
    """

    statute: Statute
    name: str
    since: date

    kind: ClassVar[str]
    looks_at: ClassVar[str]
    at_once: ClassVar[int]

    @classmethod
    def of(cls, statute: Statute, said: dict[str, Any]) -> Self:
        """The proposal that `said` gave."""
        more = {name: value for name, value in said.items() if name not in ("kind", "since")}
        return cls(statute=statute, since=date.fromisoformat(said["since"]), **more)

    def said(self) -> dict[str, Any]:
        """What was said, as JSON keeps it."""
        return {"kind": self.kind, "name": self.name, "since": self.since.isoformat()}

    @abstractmethod
    def value(self, library: Library, day: date, place: str | None) -> Rule | Amount | Limit:
        """The value that a library has on a day. Raises LawError."""

    @abstractmethod
    def changed(self, library: Library, since: date, place: str | None) -> Library:
        """The library as it would be from that day on. Raises LawError."""

    @abstractmethod
    def uses(self, s: Session) -> Iterator[Use]:
        """Each procedure that rests on the value."""

    @abstractmethod
    def count(self, s: Session) -> int:
        """How many things `touched` will look at."""

    @abstractmethod
    def touched(self, s: Session) -> Iterator[Touched | None]:
        """For each thing looked at, in cases that the session sees from inside, what would come out otherwise."""

    def in_words(self, s: Session) -> tuple[str, str]:
        """The value on the day as it is, and as it would be. Raises LawError for what cannot be."""
        place = s.env.place
        changed = self.changed(s.env.library, self.since, place)
        old, new = (self.value(library, self.since, place).in_words for library in (s.env.library, changed))
        return old, new

    def then(self, s: Session) -> Env:
        """The law as it would be from the day on."""
        return replace(s.env, library=self.changed(s.env.library, self.since, s.env.place), reckoned={})

    def always(self, s: Session) -> Library:
        """The law as it would be, had the value held since that of the day began: for worked examples."""
        now = self.value(s.env.library, self.since, s.env.place)
        return self.changed(s.env.library, now.since or date.min, s.env.place)

    def procedures(self, s: Session) -> Iterator[Procedure]:
        """Every text of every procedure."""
        for system in s.registry.systems:
            yield from s.registry.versions(system)
