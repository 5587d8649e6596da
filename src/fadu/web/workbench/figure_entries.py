"""The entries of a register behind a figure: those of a stock, or the changes that were counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fadu.analytics.breakdown import ids_behind
from fadu.analytics.figures import Figure
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.models import RegisterEntry
from fadu.rules.indicators import Changes, Rate
from fadu.rules.registers import Effect, Register
from fadu.web.workbench import registers as lists
from fadu.web.workbench.registers import Line

Part = Literal["numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Counted:
    """One line: the entry, of a change also its kind and the day on which it took effect."""

    line: Line
    change: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """One list: its title, how many there are, the first of them."""

    title: str
    number: int
    lines: list[Counted]


def behind(s: Session, register: Register, computed: Figure, most: int) -> Iterator[Behind]:
    """The lists behind a figure; a rate has two."""
    parts: list[tuple[str, Part | None]] = [("计入的条目", None)]
    if isinstance(computed.indicator, Rate):
        parts = [("分子：计入的条目", "numerator"), ("分母：全部有关条目", "denominator")]
    for title, part in parts:
        ids = ids_behind(s, s.registry, computed, part)
        entries = access.entries(s, register.name).filter(pk__in=ids[:most]).select_related("organ")
        rows = list(entries.order_by("key", "organ", "since"))
        if isinstance(computed.indicator, Changes):
            changes = sorted(_changes(register, computed, computed.indicator, rows), key=lambda one: str(one.day))
            yield Behind("计入的变动", computed.value or 0, changes)
        else:
            yield Behind(title, len(ids), [Counted(lists.line(register, entry)) for entry in rows])


def _changes(register: Register, computed: Figure, asked: Changes, rows: list[RegisterEntry]) -> Iterator[Counted]:
    """A row is behind a change by which it began, one by which it ended, or both."""
    codes = {str(kind): kind for kind in asked.kinds}
    for entry in rows:
        for code, day, ends in ((entry.began, entry.since, False), (entry.ended, entry.before, True)):
            kind = codes.get(code or "")
            if kind is None or day is None or (kind.effect is Effect.ENDS) != ends:
                continue
            if computed.period.since <= day < computed.period.before:
                yield Counted(lists.line(register, entry), kind.label, day)
