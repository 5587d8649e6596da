"""Which statistic of the catalogue a figure is, by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, load

BESIDE = 24
BEHIND = 14


@dataclass(frozen=True, slots=True)
class Statistic:
    """The words of one entry of lexicon/statistics.yaml."""

    id: str
    words: re.Pattern[str]
    about: re.Pattern[str] | None
    never: re.Pattern[str] | None
    units: frozenset[str]


@cache
def _statistics() -> tuple[Statistic, ...]:
    return tuple(
        Statistic(
            entry["id"],
            re.compile(any_of(entry["words"])),
            re.compile(any_of(entry["about"])) if "about" in entry else None,
            re.compile(any_of(entry["not"])) if "not" in entry else None,
            frozenset(entry["unit"]),
        )
        for entry in load("statistics")
    )


@cache
def _by_unit() -> dict[str, tuple[re.Pattern[str], tuple[Statistic, ...]]]:
    """The statistics of each unit, and an expression that finds a word of any of them."""
    units = {unit for one in _statistics() for unit in one.units}
    found = {unit: tuple(one for one in _statistics() if unit in one.units) for unit in units}
    return {unit: (re.compile("|".join(one.words.pattern for one in known)), known) for unit, known in found.items()}


def statistic_of(one: Quantity, around: str) -> str | None:
    """The catalogue's id; around: the figure's sentence and the headings above it."""
    any_word, listed = _by_unit().get(one.unit, (None, ()))
    beside = one.left[-BESIDE:] + "□" + one.right[:BEHIND]
    if any_word is None or not any_word.search(beside):
        return None
    for known in listed:
        never = known.never and known.never.search(beside)
        if known.words.search(beside) and not never and (known.about is None or known.about.search(around)):
            return known.id
    return None
