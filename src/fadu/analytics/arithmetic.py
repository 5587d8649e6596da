"""Whole-number arithmetic of figures: medians, percentages, rounding. No floating point anywhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Precision:
    """How rates are printed: with at most so many decimals, halves up, or cut off."""

    digits: int = 2
    cut: bool = False

    def percent(self, numerator: int, denominator: int) -> str:
        """numerator ÷ denominator in hundreds, without zeros at the end: 100, 38.89."""
        scaled = 100 * 10**self.digits * abs(numerator)
        size = scaled // denominator if self.cut else rounded(scaled, denominator)
        whole, part = divmod(size, 10**self.digits)
        decimals = f"{part:0{self.digits}}".rstrip("0") if self.digits else ""
        return f"{'-' if numerator < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


TWO = Precision()


def percent(numerator: int, denominator: int, precision: Precision = TWO) -> str:
    """numerator ÷ denominator in percent; a dash when nothing was divided. What is not all is never rounded to 100%."""
    if not denominator:
        return NOTHING
    text = precision.percent(numerator, denominator)
    if text == "100" and numerator < denominator:
        text = replace(precision, cut=True).percent(numerator, denominator)
    return f"{text}%"


def rounded(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves away from zero; the denominator is positive."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def hundredths(number: int) -> str:
    """A number of hundredths as a decimal."""
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 100}.{abs(number) % 100:02d}"
