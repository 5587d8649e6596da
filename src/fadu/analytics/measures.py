"""What is counted, and over which cases; light to load, unlike the compiler."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fadu.rules.indicators import Changes, Count, Indicator, Median, Pending, Rate, Stock, Sum, Total

Measure = Count | Sum | Median | Pending | Stock | Changes
"""What is counted in one pass. A rate is two counts, or two stocks; a total is as many as it has parts."""


Dialect = Literal["postgres", "duckdb", "pyspark"]
SCOPED = "scoped"
ENDS = ("period_since", "period_before", "counted_since", "counted_before")
"""Beside each row: the period, and those of its days that are counted now."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows count: in [since, before), of these organs (or handled by them), handled by one of these bodies.

    of: the column that names the organ; days: those of the period that are counted now, on which these were its organs;
    without: cases or entries left out, for figures as they were recorded at an earlier moment.
    """

    since: date
    before: date
    organs: frozenset[int] | None = None
    of: Literal["organ_id", "body_id"] = "organ_id"
    days: tuple[date, date] | None = None
    bodies: frozenset[int] | None = None
    without: frozenset[int] = frozenset()


def measures_of(indicators: Sequence[Indicator]) -> list[Measure]:
    """What must be counted for these indicators, each thing once."""
    measures: list[Measure] = []
    for indicator in indicators:
        measures += [part for part in parts_of(indicator) if part not in measures]
    return measures


def parts_of(indicator: Indicator) -> Sequence[Measure]:
    """What an indicator is made of: two parts of a rate, those of a total, of everything else itself."""
    match indicator:
        case Rate():
            return indicator.numerator, indicator.denominator
        case Total():
            return indicator.parts
        case _:
            return (indicator,)
