"""Another number of persons: open cases whose parties, agents or representatives it would judge otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django.db.models import QuerySet

from fadu.kernel import access, store
from fadu.kernel.access import Session
from fadu.kernel.agents import present
from fadu.kernel.law_rehearsal.proposal import Proposal, Touched, Use
from fadu.kernel.models import OPEN, Case
from fadu.rules import agents
from fadu.rules.agents import ENTRUSTED, AgentKind, Representation
from fadu.rules.casefile import CaseFile
from fadu.rules.law import Library
from fadu.rules.law_besides import Limit
from fadu.rules.procedure import PartyRole, Procedure

CHUNK = 1000


class _Counted(NamedTuple):
    """What a number says in a procedure: of whom how many there are."""

    label: str
    roles: tuple[PartyRole, ...]
    numbers: Callable[[CaseFile, PartyRole, date], list[int]]


class _Asking(NamedTuple):
    procedure: Procedure
    counted: _Counted


@dataclass(frozen=True, slots=True)
class Persons(Proposal):
    """None: no bound on that side."""

    at_least: int | None
    at_most: int | None

    kind: ClassVar[str] = "limit"
    looks_at: ClassVar[str] = "按它判断的在办案件"
    at_once: ClassVar[int] = 200

    def said(self) -> dict[str, Any]:
        return super(Persons, self).said() | {"at_least": self.at_least, "at_most": self.at_most}

    def value(self, library: Library, day: date, place: str | None) -> Limit:
        return library.limit(self.statute.title, self.name, day)

    def changed(self, library: Library, since: date, place: str | None) -> Library:
        return library.with_limit(self.statute.title, self.name, self.at_least, self.at_most, since)

    def count(self, s: Session) -> int:
        return sum(self._open(s, one.procedure).count() for one in self._asking(s))

    def touched(self, s: Session) -> Iterator[Touched | None]:
        day, place = self.since, s.env.place
        limits = [self.value(library, day, place) for library in (s.env.library, self.then(s).library)]
        for one in self._asking(s):
            for case in self._open(s, one.procedure).values_list("pk", flat=True).iterator(chunk_size=CHUNK):
                yield self._judged(one.counted, case, limits)

    def uses(self, s: Session) -> Iterator[Use]:
        """open: all that are under way, in any of them persons may still be named."""
        for one in self._asking(s):
            text, number = one.procedure, self._open(s, one.procedure).count()
            yield Use(text.system, text.version, text.label, one.counted.label, [], number)

    def _asking(self, s: Session) -> Iterator[_Asking]:
        for procedure in self.procedures(s):
            if procedure.representation:
                for counted in _counted(procedure.representation, self.statute.title, self.name):
                    yield _Asking(procedure, counted)

    def _open(self, s: Session, procedure: Procedure) -> QuerySet[Case]:
        seen = access.cases(s, system=procedure.system).filter(OPEN, body_id__in=s.bodies)
        return seen.filter(version=procedure.version).order_by()

    def _judged(self, counted: _Counted, case: int, limits: list[Limit]) -> Touched | None:
        loaded = store.look(case)
        assert loaded is not None  # the session sees it
        for role in counted.roles:
            for number in counted.numbers(loaded.case, role, self.since):
                old, new = (limit.holds(number) for limit in limits)
                if old != new:
                    before, after = (_words(limit, number) for limit in limits)
                    what = f"{role.label}的{counted.label}"
                    return Touched(case, what, f"现有{number}人", before, after, role.label)
        return None


def _words(limit: Limit, number: int) -> str:
    return f"{'符合' if limit.holds(number) else '不符合'}（{limit.in_words}）"


def _counted(said: Representation, title: str, name: str) -> Iterator[_Counted]:
    """What of a procedure's representation this number says."""
    for number, label, roles, numbers in (
        (said.agents, "委托代理人", said.agents_of, _agents),
        (said.numerous, "推选代表人的条件", said.represented, _parties),
        (said.representatives, "代表人", said.represented, _representatives),
    ):
        if (number.statute, number.name) == (title, name):
            yield _Counted(label, roles, numbers)


def _agents(case: CaseFile, role: PartyRole, day: date) -> list[int]:
    """Of each party that has any."""
    rows = [row for _, row in case.of("agent") if row["kind"] in ENTRUSTED and agents.in_force(row, day)]
    numbers = (sum(key in row["parties"] for row in rows) for key in present(case, role.name))
    return [number for number in numbers if number]


def _parties(case: CaseFile, role: PartyRole, day: date) -> list[int]:
    return [len(present(case, role.name))]


def _representatives(case: CaseFile, role: PartyRole, day: date) -> list[int]:
    people = case.table("party")
    rows = [row for _, row in case.of("agent", kind=AgentKind.REPRESENTATIVE) if agents.in_force(row, day)]
    number = sum(people[row["person"]]["role"] == role.name for row in rows)
    return [number] if number else []
