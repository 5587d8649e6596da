"""Another amount of the law, rehearsed: conditions that ask for it, open cases and examples judged otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from fadu.kernel import access, engine, store
from fadu.kernel.access import Session
from fadu.kernel.law_rehearsal import Played, examples
from fadu.kernel.models import OPEN
from fadu.kernel.timekeeping import Env
from fadu.rules.law import Statute
from fadu.rules.procedure import Gate, Procedure, Step

MOST = 500
"""Open cases that are judged on one page."""
FACT = "fact:"


@dataclass(frozen=True, slots=True)
class Sum:
    """Up to how much, in 分, something would hold from a day on."""

    statute: Statute
    name: str
    at_most: int
    since: date


@dataclass(frozen=True, slots=True)
class Asking:
    """A step whose condition asks for the amount."""

    procedure: Procedure
    step: Step
    gate: Gate


@dataclass(frozen=True, slots=True)
class Judged:
    """An open case in which the condition would turn out otherwise. holds: whether it would be met."""

    case: int
    number: str
    step: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """What another amount touches. judged: looked at, of which `otherwise`; more: there were more than looked at."""

    before: str
    after: str
    uses: list[Asking]
    otherwise: list[Judged]
    judged: int
    more: bool
    examples: list[Played]


def weighed(s: Session, asked: Sum) -> Weighed:
    """What would be otherwise, in cases that the session sees from inside. Raises what `Library.with_amount` raises."""
    title, now = asked.statute.title, s.env.library
    changed = now.with_amount(title, asked.name, asked.at_most, asked.since)
    envs = [replace(s.env, library=library, reckoned={}) for library in (now, changed)]
    uses = list(_asking(s, title, asked.name))
    rows = [(use, case, number) for use in uses for case, number in _stating(s, use)]
    otherwise = [one for row in rows[:MOST] if (one := _judged(*row, envs, asked.since))]
    since = now.amount(title, asked.name, asked.since).since or date.min
    always = now.with_amount(title, asked.name, asked.at_most, since)
    procedures = list({use.procedure.label: use.procedure for use in uses}.values())
    words = [library.amount(title, asked.name, asked.since).in_words for library in (now, changed)]
    return Weighed(
        words[0], words[1], uses, otherwise, len(rows[:MOST]), len(rows) > MOST,
        list(examples(s, always, procedures)),
    )  # fmt: skip


def _asking(s: Session, title: str, name: str) -> Iterator[Asking]:
    for system in s.registry.systems:
        for procedure in s.registry.versions(system):
            for step in procedure.steps:
                for gate in procedure.gates_of(step):
                    if (title, name) in gate.amounts:
                        yield Asking(procedure, step, gate)


def _stating(s: Session, use: Asking) -> list[tuple[int, str]]:
    """The open cases in which everything that the condition asks for is stated: number and how it is called."""
    stated = Q(*(Q(facts__has_key=read.removeprefix(FACT)) for read in use.gate.reads if read.startswith(FACT)))
    seen = access.cases(s, system=use.procedure.system).filter(OPEN, stated, body_id__in=s.bodies)
    found = seen.filter(version=use.procedure.version).order_by("id").values_list("pk", "number", "title")
    return [(case, number or title) for case, number, title in found[: MOST + 1]]


def _judged(use: Asking, case: int, number: str, envs: list[Env], day: date) -> Judged | None:
    """The case, if the condition turns out otherwise."""
    loaded = store.look(case)
    assert loaded is not None  # the session sees it
    then, now = (
        use.gate.name in {one.gate for one in engine.unmet(loaded.case, use.procedure, use.step, day, env, None)}
        for env in reversed(envs)
    )
    return Judged(case, number, use.step.label, holds=not then) if then != now else None
