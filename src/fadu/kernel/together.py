"""One form for many cases: what it would come to in each, then one act in each, with a result of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fadu.kernel import access, acts
from fadu.kernel.access import Session
from fadu.kernel.acts import Receipt, Request
from fadu.rules.errors import Refusal
from fadu.rules.procedure import Step

MOST = 200
"""Cases of one go: each is an act and a transaction of its own, and somebody waits for the answer."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case, or would: a receipt, or why not; neither where it was only weighed and can be done."""

    case: int
    receipt: Receipt | None = None
    refusal: Refusal | None = None


def steps(s: Session, system: str = "") -> list[Step]:
    """The steps that the session's roles may do in many cases by one form; of one system where that is asked for."""
    roles = {role for role, _ in s.posts}
    systems = [system] if system in s.registry.systems else s.registry.systems
    found: dict[str, Step] = {}
    for text in (text for name in systems for text in s.registry.versions(name)):
        for step in text.steps:
            if step.together and any(actor.name in roles for actor in step.by):
                found.setdefault(step.name, step)
    return list(found.values())


def weigh(s: Session, cases: Iterable[int], request: Request) -> Iterator[Result]:
    """What the request would come to in each case, as it stands now."""
    for case in cases:
        try:
            acts.weigh(s, case, request)
        except Refusal as refusal:
            yield Result(case, refusal=refusal)
        else:
            yield Result(case)


def perform(officer: int, cases: Mapping[int, int], request: Request) -> Iterator[Result]:
    """One act in each case. cases: number → position at which the person saw it.

    Each has a key of its own under that of the form, so that a form sent twice, or again after a broken line, is
    answered for what was done and does the rest.
    """
    for case, position in cases.items():
        mine = replace(request, key=f"{request.key}-{case}" if request.key else None, position=position)
        with access.session(officer) as s:
            try:
                yield Result(case, receipt=acts.perform(s, case, mine))
            except Refusal as refusal:
                yield Result(case, refusal=refusal)
