"""A case as far as a person may see it, with the facts that the page of it tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.rules.agents import AgentForm
from fadu.rules.facts import Audience, FactField, fact_fields
from fadu.rules.procedure import Procedure
from fadu.web.shared.words import shown

AGENT = fact_fields(AgentForm)


@dataclass(frozen=True, slots=True)
class Seen:
    """A case with everything the page reads of it. inside: seen from the handling side, not as a party."""

    s: Session
    case: models.Case
    procedure: Procedure
    audience: Audience
    parties: list[models.Party]
    agents: list[models.Agent]
    items: list[models.Item]
    papers: list[models.Paper]
    services: list[models.Service]
    events: list[models.Event]
    gone: frozenset[int]

    @property
    def inside(self) -> bool:
        return self.audience is Audience.INTERNAL

    def may_see(self, declared: FactField) -> bool:
        return declared.fact.audience.includes(self.audience)


def see(s: Session, number: int) -> Seen:
    """Raises NotFound."""
    case = access.case(s, number)
    return Seen(
        s,
        case,
        access.procedure_of(s, case),
        access.viewer(s, case.body_id),
        access.rows(s, case, models.Party),
        access.rows(s, case, models.Agent),
        access.rows(s, case, models.Item),
        access.rows(s, case, models.Paper),
        access.rows(s, case, models.Service),
        access.events(s, case),
        access.taken_back(s, case),
    )


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as people read it."""

    label: str
    text: str
    long: bool = False
    internal: bool = False


@dataclass(frozen=True, slots=True)
class FactLine:
    shown: Shown
    files: list[models.File] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that one step asked for."""

    title: str
    lines: list[FactLine]


def visible_files(seen: Seen) -> set[str]:
    """Digests of the files in facts and items that the person may see."""
    facts = fact_fields(seen.procedure.facts)
    found = set(_digests(seen, facts, seen.case.facts))
    if seen.procedure.items:
        fields = fact_fields(seen.procedure.items.model)
        for row in seen.items:
            found |= set(_digests(seen, fields, row.data["facts"]))
    for agent in seen.agents:
        found |= set(_digests(seen, AGENT, agent.data))
    return found


def _digests(seen: Seen, fields: Mapping[str, FactField], values: Mapping[str, Any]) -> Iterator[str]:
    for name, one in fields.items():
        if one.widget == "files" and seen.may_see(one):
            yield from values.get(name) or ()


def fact_groups(seen: Seen, files: Mapping[str, models.File]) -> list[FactGroup]:
    """The case's facts under the step that asks for each first, in the order of the procedure."""
    fields = {
        name: one
        for name, one in fact_fields(seen.procedure.facts).items()
        if name in seen.case.facts and seen.may_see(one)
    }
    groups: dict[str, list[FactLine]] = {}
    left = dict(fields)
    for step in seen.procedure.steps:
        for name in (*step.takes, *step.may_take):
            if one := left.pop(name, None):
                groups.setdefault(step.label, []).append(_fact_line(one, seen.case.facts[name], files))
    for name, one in left.items():
        groups.setdefault("其他", []).append(_fact_line(one, seen.case.facts[name], files))
    return [FactGroup(title, lines) for title, lines in groups.items()]


def _fact_line(one: FactField, value: Any, files: Mapping[str, models.File]) -> FactLine:
    internal = one.fact.audience is Audience.INTERNAL
    wide = one.fact.long or one.widget == "files"
    line = Shown(one.fact.label, shown(one, value), wide, internal)
    kept = [files[digest] for digest in value or () if digest in files] if one.widget == "files" else []
    return FactLine(line, kept)
