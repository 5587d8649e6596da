"""Another amount of money: open cases in which a condition that asks for it would turn out otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django.db.models import Q, QuerySet

from fadu.kernel import access, engine, store
from fadu.kernel.access import Session
from fadu.kernel.law_rehearsal.proposal import Proposal, Touched, Use
from fadu.kernel.models import OPEN, Case
from fadu.kernel.timekeeping import Env
from fadu.rules.law import Library
from fadu.rules.law_besides import Amount
from fadu.rules.procedure import Gate, Procedure, Step

FACT = "fact:"
WORDS = {True: "可以办理", False: "不能办理"}
CHUNK = 1000


class _Asking(NamedTuple):
    """A step whose condition asks for the amount."""

    procedure: Procedure
    step: Step
    gate: Gate


@dataclass(frozen=True, slots=True)
class Sum(Proposal):
    """at_most: in 分."""

    at_most: int

    kind: ClassVar[str] = "amount"
    looks_at: ClassVar[str] = "按它判断的在办案件"
    at_once: ClassVar[int] = 200

    def said(self) -> dict[str, Any]:
        return super(Sum, self).said() | {"at_most": self.at_most}

    def value(self, library: Library, day: date, place: str | None) -> Amount:
        return library.amount(self.statute.title, self.name, day)

    def changed(self, library: Library, since: date, place: str | None) -> Library:
        return library.with_amount(self.statute.title, self.name, self.at_most, since)

    def count(self, s: Session) -> int:
        return sum(self._stating(s, one).count() for one in self._asking(s))

    def touched(self, s: Session) -> Iterator[Touched | None]:
        envs = (replace(s.env, reckoned={}), self.then(s))
        for one in self._asking(s):
            for case in self._stating(s, one).values_list("pk", flat=True).iterator(chunk_size=CHUNK):
                yield self._judged(one, case, envs)

    def uses(self, s: Session) -> Iterator[Use]:
        """Steps with their conditions; open: cases in which what the condition asks for is not stated yet."""
        for one in self._asking(s):
            number = self._open(s, one.procedure).exclude(_stated(one.gate)).count()
            about = f"{one.step.label}：{one.gate.sentence}"
            yield Use(one.procedure.system, one.procedure.version, one.procedure.label, about, [], number)

    def _asking(self, s: Session) -> Iterator[_Asking]:
        for procedure in self.procedures(s):
            for step in procedure.steps:
                for gate in procedure.gates_of(step):
                    if (self.statute.title, self.name) in gate.amounts:
                        yield _Asking(procedure, step, gate)

    def _open(self, s: Session, procedure: Procedure) -> QuerySet[Case]:
        seen = access.cases(s, system=procedure.system).filter(OPEN, body_id__in=s.bodies)
        return seen.filter(version=procedure.version).order_by()

    def _stating(self, s: Session, one: _Asking) -> QuerySet[Case]:
        return self._open(s, one.procedure).filter(_stated(one.gate))

    def _judged(self, one: _Asking, case: int, envs: tuple[Env, Env]) -> Touched | None:
        loaded = store.look(case)
        assert loaded is not None  # the session sees it
        now, then = (
            one.gate.name
            not in {unmet.gate for unmet in engine.unmet(loaded.case, one.procedure, one.step, self.since, env, None)}
            for env in envs
        )
        if now == then:
            return None
        return Touched(case, one.step.label, "", WORDS[now], WORDS[then], one.step.label)


def _stated(gate: Gate) -> Q:
    """That everything the condition asks for is stated in a case."""
    return Q(*(Q(facts__has_key=read.removeprefix(FACT)) for read in gate.reads if read.startswith(FACT)))
