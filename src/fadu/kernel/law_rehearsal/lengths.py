"""Another length of a period: running periods that would end on another day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet

from fadu.kernel import access, paper_templates
from fadu.kernel.access import Session
from fadu.kernel.law_rehearsal.proposal import Proposal, Touched, Use
from fadu.kernel.models import OPEN, Clock
from fadu.kernel.timekeeping import Env, running
from fadu.rules import clocks
from fadu.rules.days import chinese_day
from fadu.rules.law import Library, Rule, Unit
from fadu.rules.procedure import Procedure
from fadu.rules.resting import measured
from fadu.rules.time_words import Lead

CHUNK = 1000
NO_DAY = "没有届满日"


@dataclass(frozen=True, slots=True)
class Length(Proposal):
    """under_way: also for periods that run on that day already."""

    amount: int
    unit: str
    under_way: bool = False

    kind: ClassVar[str] = "period"
    looks_at: ClassVar[str] = "正在计算的期限"
    at_once: ClassVar[int] = 2000

    def said(self) -> dict[str, Any]:
        own = {"amount": self.amount, "unit": self.unit, "under_way": self.under_way}
        return super(Length, self).said() | own

    def value(self, library: Library, day: date, place: str | None) -> Rule:
        return library.period(self.statute.title, self.name, day, place=place)

    def changed(self, library: Library, since: date, place: str | None) -> Library:
        return library.with_value(self.statute.title, self.name, self.amount, Unit(self.unit), since, place=place)

    def count(self, s: Session) -> int:
        return self._running(s).count()

    def touched(self, s: Session) -> Iterator[Touched | None]:
        env = self.then(s)
        fields = ("case_id", "data", "due", "lapses_after")
        for row in self._running(s).values(*fields).iterator(chunk_size=CHUNK):
            yield self._moved(row, env)

    def _running(self, s: Session) -> QuerySet[Clock]:
        seen = access.cases(s).filter(OPEN, body_id__in=s.bodies)
        names = (self.statute.title, self.statute.full_title, *self.statute.aliases)
        return Clock.objects.filter(
            data__period=self.name, data__statute__in=names, stopped=None, lapsed=None, case__in=seen
        ).order_by()

    def _moved(self, row: dict[str, Any], env: Env) -> Touched | None:
        """The row under the proposal, if its day is another one; of a length that a paper set it never is."""
        data = row["data"]
        if data.get("amount") is not None:
            return None
        if self.under_way and data["on"] < self.since.isoformat():
            data = {**data, "on": self.since.isoformat()}
        reckoned = clocks.reckon(running(data, env), env.calendar)
        if (row["due"], row["lapses_after"]) == (reckoned.due, reckoned.lapses_after):
            return None
        old, new = (chinese_day(day) if day else NO_DAY for day in (row["due"], reckoned.due))
        begun = f"{chinese_day(date.fromisoformat(data['start']))}起算"
        return Touched(row["case_id"], data["label"], begun, old, new, str(reckoned.due))

    def uses(self, s: Session) -> Iterator[Use]:
        """Those with clocks or notices that rest on the period; open: in which it has not begun."""
        found: dict[tuple[str, str], list[str]] = {}
        names: dict[tuple[str, str], list[str]] = {}
        for procedure, one in measured(s.registry, s.env.library, self.statute.title, self.name):
            key = (procedure.system, procedure.version)
            found.setdefault(key, []).append(one.label)
            names.setdefault(key, []).extend([] if isinstance(one, Lead) else [one.name])
        for key, labels in found.items():
            procedure = s.registry.procedure(*key)
            begun = Clock.objects.filter(case_id=OuterRef("pk"), name__in=names[key])
            waiting = access.cases(s, system=key[0]).filter(version=key[1], closed=None, body_id__in=s.bodies)
            number = waiting.exclude(Exists(begun)).count()
            yield Use(*key, procedure.label, "、".join(labels), list(_papers(s, procedure, names[key])), number)


def _papers(s: Session, procedure: Procedure, names: list[str]) -> Iterator[str]:
    """The papers whose templates of today print the length of one of these clocks."""
    for paper in procedure.papers:
        text = paper_templates.source(s, procedure, paper, s.today)
        if any(f'period("{name}"' in text for name in names):
            yield paper.label
