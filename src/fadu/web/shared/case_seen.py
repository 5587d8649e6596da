"""A case as far as a person may see it, with the facts that the page of it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fadu.kernel import access, models, offers, store
from fadu.kernel.access import Session
from fadu.kernel.store import Loaded, Row
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
    loaded: Loaded
    procedure: Procedure
    audience: Audience
    parties: list[models.Party]
    agents: list[models.Agent]
    items: list[models.Item]
    papers: list[models.Paper]
    services: list[models.Service]
    events: list[models.Event]
    gone: frozenset[int]

    def rows(self, kind: type[Row]) -> list[Row]:
        """Those of another kind, as far as they may be seen."""
        return store.rows(self.s, self.case, self.loaded, kind)

    @property
    def inside(self) -> bool:
        return self.audience is Audience.INTERNAL

    def may_see(self, declared: FactField) -> bool:
        return declared.fact.audience.includes(self.audience)


def see(s: Session, number: int) -> Seen:
    """Raises NotFound."""
    loaded, case = offers.look(number), access.case(s, number)
    events, gone = access.record(s, case)
    return Seen(
        s,
        case,
        loaded,
        access.procedure_of(s, case),
        access.viewer(s, case.body_id),
        store.rows(s, case, loaded, models.Party),
        store.rows(s, case, loaded, models.Agent),
        store.rows(s, case, loaded, models.Item),
        store.rows(s, case, loaded, models.Paper),
        store.rows(s, case, loaded, models.Service),
        events,
        gone,
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
    files: list[access.Uploaded] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that one step asked for."""

    title: str
    lines: list[FactLine]


def visible_files(seen: Seen) -> dict[str, str]:
    """The uploads that the person may see, and what each is: the label of the fact that holds it, numbered."""
    said = [(fact_fields(seen.procedure.facts), seen.case.facts)]
    if seen.procedure.items:
        said += [(fact_fields(seen.procedure.items.model), row.data["facts"]) for row in seen.items]
    said += [(AGENT, agent.data) for agent in seen.agents]
    counted: Counter[str] = Counter()
    found: dict[str, str] = {}
    for label, entry in (one for fields, values in said for one in _uploads(seen, fields, values)):
        counted[label] += 1
        found.setdefault(entry, f"{label}{counted[label]}")
    return found


def _uploads(seen: Seen, fields: Mapping[str, FactField], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, one in fields.items():
        if one.widget == "files" and seen.may_see(one):
            yield from ((one.fact.label, entry) for entry in values.get(name) or ())


def fact_groups(seen: Seen, files: Mapping[str, access.Uploaded]) -> list[FactGroup]:
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


def _fact_line(one: FactField, value: Any, files: Mapping[str, access.Uploaded]) -> FactLine:
    internal = one.fact.audience is Audience.INTERNAL
    wide = one.fact.long or one.widget == "files"
    line = Shown(one.fact.label, shown(one, value), wide, internal)
    kept = [files[entry] for entry in value or () if entry in files] if one.widget == "files" else []
    return FactLine(line, kept)
