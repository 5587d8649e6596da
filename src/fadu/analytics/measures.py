"""What is counted, and over which cases; light to load, unlike the compiler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fadu.rules.indicators import Changes, Count, Indicator, Median, Rate, Stock, Sum

Measure = Count | Sum | Median | Stock | Changes
"""What is counted in one pass. A rate is two counts, or two stocks."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows count: in [since, before), of an organ or body, handled by one of these bodies.

    without: cases or entries left out, for figures as they were recorded at an earlier moment.
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
        parts: list[Measure] = (
            [indicator.numerator, indicator.denominator] if isinstance(indicator, Rate) else [indicator]
        )
        measures += [part for part in parts if part not in measures]
    return measures
