"""Another length of a period, rehearsed: what it would touch from its day on. Nothing is changed, nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef

from fadu.kernel import access, paper_templates
from fadu.kernel.access import Session
from fadu.kernel.models import OPEN, Clock
from fadu.kernel.rehearsal import rehearse
from fadu.kernel.timekeeping import Env, running
from fadu.rules import clocks
from fadu.rules.errors import FaduError
from fadu.rules.law import Library, Statute, Unit
from fadu.rules.procedure import Procedure
from fadu.rules.resting import measured
from fadu.rules.time_words import Lead

MOST = 5000
"""Running periods that are looked at on one page."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A length that a period would have from a day on. under_way: also for periods that run on that day already."""

    statute: Statute
    period: str
    amount: int
    unit: Unit
    since: date
    under_way: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A running period that would end on another day."""

    case: int
    number: str
    clock: str
    start: str
    old: date | None
    new: date | None


@dataclass(frozen=True, slots=True)
class Use:
    """A procedure that rests on the period. open: cases under way in which it has not begun; papers: that print it."""

    procedure: Procedure
    labels: tuple[str, ...]
    papers: tuple[str, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Played:
    """A worked example that no longer holds as written when the period has the other length."""

    file: str
    said: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What a proposal touches. stay: running periods that go on by the length under which they began."""

    before: str
    after: str
    moved: list[Moved]
    stay: int
    more: bool
    uses: list[Use]
    examples: list[Played]


def touched(s: Session, asked: Proposal) -> Touched:
    """What would be otherwise, in cases that the session sees from inside. Raises what `Library.with_value` raises."""
    place, name = s.env.place, asked.period
    changed = s.env.library.with_value(asked.statute.title, name, asked.amount, asked.unit, asked.since, place=place)
    rules = [one.period(asked.statute.title, name, asked.since, place=place) for one in (s.env.library, changed)]
    env = replace(s.env, library=changed, reckoned={})
    rows = [row for row in _running(s, asked) if row.data["statute"] in _names(s.env.library, asked.statute)]
    moved = [one for row in rows[:MOST] if (one := _moved(row, env, asked))]
    uses = list(_uses(s, asked.statute.title, name))
    return Touched(
        rules[0].in_words,
        rules[1].in_words,
        sorted(moved, key=lambda one: (str(one.new), one.case)),
        len(rows[:MOST]) - len(moved),
        len(rows) > MOST,
        uses,
        list(_examples(s, asked, [use.procedure for use in uses])),
    )


def _names(library: Library, law: Statute) -> frozenset[str]:
    return frozenset((law.title, law.full_title, *law.aliases))


# ---------------------------------------------------------------- cases


def _running(s: Session, asked: Proposal) -> list[Clock]:
    seen = access.cases(s).filter(OPEN, body_id__in=s.bodies)
    found = Clock.objects.filter(data__period=asked.period, stopped=None, lapsed=None, case__in=seen)
    return list(found.select_related("case").order_by("case_id", "order")[: MOST + 1])


def _moved(row: Clock, env: Env, asked: Proposal) -> Moved | None:
    """The row under the proposal, if its day is another one."""
    data = row.data
    if data.get("amount") is not None:
        return None
    if asked.under_way and data["on"] < asked.since.isoformat():
        data = {**data, "on": asked.since.isoformat()}
    reckoned = clocks.reckon(running(data, env), env.calendar)
    if (row.due, row.lapses_after) == (reckoned.due, reckoned.lapses_after):
        return None
    number = row.case.number or row.case.title
    return Moved(row.case_id, number, data["label"], data["start"], row.due, reckoned.due)


def _uses(s: Session, title: str, name: str) -> Iterator[Use]:
    """Each procedure with clocks or notices that rest on the period."""
    found: dict[tuple[str, str], list[str]] = {}
    names: dict[tuple[str, str], list[str]] = {}
    for procedure, one in measured(s.registry, s.env.library, title, name):
        key = (procedure.system, procedure.version)
        found.setdefault(key, []).append(one.label)
        names.setdefault(key, []).extend([] if isinstance(one, Lead) else [one.name])
    for key, labels in found.items():
        procedure = s.registry.procedure(*key)
        begun = Clock.objects.filter(case_id=OuterRef("pk"), name__in=names[key])
        waiting = (
            access.cases(s, system=key[0])
            .filter(version=key[1], closed=None, body_id__in=s.bodies)
            .exclude(Exists(begun))
        )
        yield Use(procedure, tuple(labels), tuple(_papers(s, procedure, names[key])), waiting.count())


def _papers(s: Session, procedure: Procedure, names: list[str]) -> Iterator[str]:
    """The papers whose templates of today print the length of one of these clocks."""
    for paper in procedure.papers:
        text = paper_templates.source(s, procedure, paper, s.today)
        if any(f'period("{name}"' in text for name in names):
            yield paper.label


# ---------------------------------------------------------------- worked examples


def _examples(s: Session, asked: Proposal, procedures: list[Procedure]) -> Iterator[Played]:
    """Examples that come out otherwise when the other length holds since today's value began."""
    title, place = asked.statute.title, s.env.place
    now = s.env.library.period(title, asked.period, asked.since, place=place)
    since = now.since or date.min
    always = s.env.library.with_value(title, asked.period, asked.amount, asked.unit, since, place=place)
    return examples(s, always, procedures)


def examples(s: Session, library: Library, procedures: list[Procedure]) -> Iterator[Played]:
    """The examples of these procedures that come out otherwise under that law."""
    env = Env(library, s.env.calendar, s.env.thresholds, s.env.place)
    labels = {procedure.label for procedure in procedures}
    for room in dict.fromkeys(s.registry.room_of(procedure.system) for procedure in procedures):
        for path in sorted((room.folder / "examples").glob("*.yaml")):
            if not any(label in path.read_text(encoding="utf-8") for label in labels):
                continue
            try:
                rehearse(path, s.registry, env)
            except FaduError as fault:
                yield Played(path.name, fault.message.replace(f"示例 {path.name} ", ""))
