"""Cases of this house as rows of the layout in which another house, or a platform, takes them in as mirrored ones.

The layout is that of the import of the same system, made from its declaration. Not in it: cases that are mirrored
here themselves, what has no column (items, papers, periods), and facts that are for the inside only and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.kernel.bulk.cases import HEAD, Mirrored
from fadu.kernel.bulk.columns import quoted
from fadu.rules.facts import Audience, FactField, fact_fields
from fadu.rules.parties import PartyKind
from fadu.rules.procedure import Procedure

BATCH = 500
ORDER = ("", "party", "kind", "step", "fact")


def layout(s: Session, system: str) -> dict[str, str]:
    """Heading → meaning, in the order of the columns: the case itself, its parties, days of steps, facts."""
    inside = {f"fact:{name}" for text in s.registry.versions(system) for name in _inside(text)}
    columns = Mirrored(s, system, None).columns()
    first = {heading: columns[heading] for heading in HEAD}
    kept = {heading: meaning for heading, meaning in {**first, **columns}.items() if meaning not in inside}
    return dict(sorted(kept.items(), key=lambda one: ORDER.index(one[1].partition(":")[0] if ":" in one[1] else "")))


def _inside(text: Procedure) -> Iterator[str]:
    """Facts that do not leave the house: internal ones that no figure counts."""
    for name, field in fact_fields(text.facts).items():
        if field.fact.audience is Audience.INTERNAL and not field.fact.indexed:
            yield name


def own(s: Session, system: str) -> QuerySet[models.Case]:
    """The cases of a system that are handled here, as far as the session sees them from inside."""
    found = access.cases(s, system=system).filter(mirrored=False).order_by("opened", "id")
    return found if s.officer is None else found.filter(body_id__in=s.bodies)


def rows(s: Session, cases: QuerySet[models.Case], meanings: Sequence[str]) -> Iterator[list[str]]:
    """One row a case, in the order of the columns."""
    found = cases.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        parties: dict[int, list[models.Party]] = {case.pk: [] for case in batch}
        standing = models.Party.objects.filter(case_id__in=list(parties), before=None).select_related("organ")
        for party in standing.order_by("case_id", "order", "key"):
            parties[party.case_id].append(party)
        for case in batch:
            cell = partial(_cell, case, access.procedure_of(s, case), parties[case.pk])
            yield [cell(meaning) for meaning in meanings]


def _cell(case: models.Case, text: Procedure, parties: Sequence[models.Party], meaning: str) -> str:
    kind, _, name = meaning.partition(":")
    match kind:
        case "fact":
            field = fact_fields(text.facts).get(name)
            value = case.facts.get(name)
            return "" if field is None or value is None else fact_cell(field, value)
        case "step":
            return min((str(one["day"]) for one in case.done.get(name, ())), default="")
        case "party":
            return "、".join(quoted(_name(party)) for party in parties if party.role == name)
        case "kind":
            return _kinds([PartyKind.label_of(party.data["kind"]) for party in parties if party.role == name])
        case _:
            return _head(case, text, kind)


def _name(party: models.Party) -> str:
    """An organ by the name under which houses register it, whatever it was called in the case."""
    return party.organ.name if party.organ else party.name


def _kinds(found: Sequence[str]) -> str:
    return found[0] if len(set(found)) == 1 else "、".join(found)


def _head(case: models.Case, text: Procedure, name: str) -> str:
    match name:
        case "body":
            return case.body.name
        case "opened" | "closed":
            day = getattr(case, name)
            return day.isoformat() if day else ""
        case "state":
            state = text.state(case.state)
            return state.label if state else case.state
        case "outcome":
            return str(text.items.outcome.label_of(case.outcome)) if case.outcome and text.items else ""
        case _:
            return str(getattr(case, name) or "")


def fact_cell(field: FactField, value: Any) -> str:
    """A fact as the import reads it from a cell."""
    labels: Mapping[str, str] = {one.value: one.label for one in field.choices} if field.choices else {}
    match field.widget:
        case "bool":
            return "是" if value else "否"
        case "money":
            return f"{value // 100}.{value % 100:02d}"
        case "choice":
            return labels[value]
        case "choices":
            return "、".join(quoted(labels[one]) for one in value)
        case _:
            return str(value)
