"""每年的事项: what the entries of registers owe for the year that is over, opened by the clock where nobody did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fadu.kernel import access, acts, store
from fadu.kernel.access import Session
from fadu.kernel.acts import Request
from fadu.kernel.models import RegisterEntry
from fadu.rules.parties import PartyKind
from fadu.rules.procedure import Every


@dataclass(frozen=True, slots=True)
class Owed:
    """One case that should be there: at which body, by which duty, with what it is opened."""

    system: str
    every: Every
    body: int
    year_end: date
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.system} {self.body} {self.year_end} {dict(self.values)}"


def owed(s: Session) -> list[Owed]:
    """What is owed for last year and was not begun."""
    year_end = date(s.today.year - 1, 12, 31)
    return [
        one
        for system in s.registry.systems
        if (every := s.registry.newest(system).every)
        for entry in access.register(s, every.register, year_end)
        if not _begun(s, one := _owed(system, every, entry, year_end))
    ]


def open_one(s: Session, one: Owed) -> bool:
    """Opens the case on the day after the year, unless somebody was quicker; who comes second waits and sees it."""
    store.hold_key(0, str(one))
    if _begun(s, one):
        return False
    values = {**one.values, "parties": list(_parties(s, one))}
    acts.open_case(s, one.system, one.body, Request(one.every.step, values, one.year_end + timedelta(days=1)))
    return True


def _owed(system: str, every: Every, entry: RegisterEntry, year_end: date) -> Owed:
    assert entry.organ_id is not None  # only the house's own registers have none
    handed = {fact: entry.data.get(there) for fact, there in every.hands.items()}
    said = {every.year: f"{year_end.year}年度", every.year_end: year_end.isoformat()}
    return Owed(system, every, entry.organ_id, year_end, handed | said)


def _begun(s: Session, one: Owed) -> bool:
    """By the day and by what is handed over: people write the year as they like."""
    facts = {f"facts__{fact}": value for fact, value in one.values.items() if fact != one.every.year}
    found = access.cases(s, system=one.system).filter(body=one.body, **facts)
    return found.exclude(state__in=[state.name for state in one.every.without]).exists()


def _parties(s: Session, one: Owed) -> Iterator[dict[str, Any]]:
    """Those whom the entry names, in its order."""
    entries = access.register(s, one.every.register, one.year_end, organ=one.body)
    handed = {there: one.values[fact] for fact, there in one.every.hands.items()}
    entry = next(entry for entry in entries if handed.items() <= entry.data.items())
    for role, fact in one.every.parties.items():
        for name in (entry.data.get(fact) or "").split("、"):
            if name.strip():
                yield {"role": role, "name": name.strip(), "kind": PartyKind.ORGAN}
