"""The list of cases by what stands in them: filters over indexed facts of the system that is asked for, and columns.

What is for the inside only is neither asked nor shown of cases that the person sees as a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.models import Case, CaseFact
from fadu.rules.errors import BadInput
from fadu.rules.facts import Audience, FactField, fact_fields
from fadu.rules.registry import Registry
from fadu.web.shared.words import read_day, shown

PREFIX = "f."
FROM, TO = ".from", ".to"
YUAN = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?")
DAYS, NUMBERS, CHOICES = ("date",), ("number", "money"), ("choice", "choices", "bool")
YES_OR_NO = {"1": "是", "0": "否"}


@dataclass(frozen=True, slots=True)
class FactFilter:
    """One indexed fact as it may be asked: a choice, a part of its text, or from and to; fault: what is wrong in it."""

    name: str
    field: FactField
    value: str = ""
    since: str = ""
    until: str = ""
    fault: str = ""

    @property
    def label(self) -> str:
        return self.field.fact.label

    @property
    def kind(self) -> str:
        """choice, day, number or text."""
        widget = self.field.widget
        kinds = {"choice": CHOICES, "day": DAYS, "number": NUMBERS}
        return next((kind for kind, widgets in kinds.items() if widget in widgets), "text")

    @property
    def options(self) -> Mapping[str, str]:
        if self.field.widget == "bool":
            return YES_OR_NO
        return {one.value: one.label for one in self.field.choices or ()}

    @property
    def parameters(self) -> tuple[str, ...]:
        """What of an address asks it."""
        return tuple(f"{PREFIX}{self.name}{end}" for end in ("", FROM, TO))

    @property
    def asked(self) -> bool:
        return bool(self.value or self.since or self.until)


def indexed(registry: Registry, system: str) -> dict[str, FactField]:
    """The facts of a system by which its cases can be asked: those of all its texts, as the newest has them."""
    if system not in registry.systems:
        return {}
    fields: dict[str, FactField] = {}
    for text in registry.versions(system):
        fields |= {name: one for name, one in fact_fields(text.facts).items() if one.fact.indexed}
    return fields


def filters(registry: Registry, system: str, given: Mapping[str, str]) -> tuple[FactFilter, ...]:
    """The filters of a system with what was typed into them."""
    return tuple(_filter(name, field, given) for name, field in indexed(registry, system).items())


def _filter(name: str, field: FactField, given: Mapping[str, str]) -> FactFilter:
    value, since, until = (given.get(f"{PREFIX}{name}{end}", "")[:200] for end in ("", FROM, TO))
    read = FactFilter(name, field, value, since, until)
    try:
        _condition(read)
    except BadInput as fault:
        return replace(read, fault=fault.fields[name])
    return read


def narrowed(s: Session, cases: QuerySet[Case], asked: Iterable[FactFilter]) -> QuerySet[Case]:
    """The cases in which every asked fact is so."""
    for one in asked:
        if one.asked and not one.fault:
            condition = _condition(one)
            if not one.field.fact.audience.includes(Audience.PARTIES) and s.officer is not None:
                condition &= Q(case__body_id__in=sorted(s.bodies))
            cases = cases.filter(pk__in=CaseFact.objects.filter(condition, name=one.name).values("case_id"))
    return cases


def _condition(one: FactFilter) -> Q:
    """Raises BadInput for a day or a number that is none."""
    match one.kind:
        case "choice" if one.value and one.field.widget == "bool":
            return Q(number=int(one.value == "1"))
        case "choice" if one.value:
            within = Q(text__contains=f",{one.value},") | Q(text__startswith=f"{one.value},")
            return Q(text=one.value) | within | Q(text__endswith=f",{one.value}")
        case "day":
            return _between("day", read_day(one.since, one.label, one.name), read_day(one.until, one.label, one.name))
        case "number":
            return _between("number", _number(one, one.since), _number(one, one.until))
        case "text" if one.value:
            return Q(text__icontains=one.value)
    return Q()


def _between(column: str, first: Any, last: Any) -> Q:
    found = Q()
    if first is not None:
        found &= Q(**{f"{column}__gte": first})
    return found & Q(**{f"{column}__lte": last}) if last is not None else found


def _number(one: FactFilter, typed: str) -> int | None:
    """Whole numbers as they are; money is typed in yuan and kept in fen."""
    if not typed.strip():
        return None
    read = YUAN.fullmatch(typed.replace(",", "").strip())
    if read is None or (read[2] and one.field.widget != "money"):
        raise BadInput({one.name: f"“{one.label}”应当是数字"})
    return int(read[1]) if one.field.widget != "money" else int(read[1]) * 100 + int((read[2] or "").ljust(2, "0"))


# ---------------------------------------------------------------- as columns


def values(s: Session, cases: Sequence[int], fields: Mapping[str, FactField]) -> dict[tuple[int, str], str]:
    """(case, fact) → as people read it, without what the session may not read of that case."""
    if not fields or not cases:
        return {}
    found = CaseFact.objects.filter(case_id__in=list(cases), name__in=list(fields)).values_list(
        "case_id", "name", "day", "number", "text", "case__body_id"
    )
    return {
        (case, name): _shown(fields[name], day, number, text)
        for case, name, day, number, text, body in found
        if fields[name].fact.audience.includes(access.viewer(s, body))
    }


def _shown(field: FactField, day: date | None, number: int | None, text: str | None) -> str:
    if day is not None:
        return day.isoformat()
    if number is not None:
        return shown(field, bool(number) if field.widget == "bool" else number)
    if text is None:
        return ""
    return shown(field, text.split(",") if field.widget == "choices" else text)
