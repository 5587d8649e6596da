"""What is counted, and over which cases; light to load, unlike the compiler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fadu.rules.indicators import Count, Indicator, Median, Rate, Sum

Measure = Count | Sum | Median
"""What is counted in one pass. A rate is two counts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows count: day in [since, before), of an organ or body, handled by one of these bodies.

    without: cases left out, for figures as they were recorded at an earlier moment.
    """

    since: date
    before: date
    organ: int | None = None
    bodies: frozenset[int] | None = None
    without: frozenset[int] = frozenset()


def measures_of(indicators: Sequence[Indicator]) -> list[Measure]:
    """What must be counted for these indicators, each thing once."""
    measures: list[Measure] = []
    for indicator in indicators:
        parts = [indicator.numerator, indicator.denominator] if isinstance(indicator, Rate) else [indicator]
        measures += [part for part in parts if part not in measures]
    return measures
