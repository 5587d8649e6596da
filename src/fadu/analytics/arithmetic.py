"""Whole-number arithmetic of figures: medians, percentages, rounding. No floating point anywhere."""

from __future__ import annotations

from collections import Counter

NOTHING = "—"
"""What is printed where there is nothing to divide by, or no case to take a median of."""


def median(took: Counter[int]) -> int | None:
    """The median of whole days, rounded down: with an even number of cases the mean of the middle two."""
    number = took.total()
    if number == 0:
        return None
    lower = upper = None
    seen = 0
    for days, cases in sorted(took.items()):
        seen += cases
        if lower is None and seen > (number - 1) // 2:
            lower = days
        if upper is None and seen > number // 2:
            upper = days
    assert lower is not None
    assert upper is not None
    return (lower + upper) // 2


def percent(numerator: int, denominator: int) -> str:
    """numerator ÷ denominator in percent with two decimals, halves up; a dash when nothing was divided."""
    if denominator == 0:
        return NOTHING
    return f"{hundredths(rounded(10_000 * numerator, denominator))}%"


def rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves away from zero; the denominator is positive."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def hundredths(number: int) -> str:
    """A number of hundredths as a decimal."""
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 100}.{abs(number) % 100:02d}"
