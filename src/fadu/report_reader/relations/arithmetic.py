"""What makes two printed figures agree: compatible units, and rounding or truncation to the printed digits."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from fadu.report_reader.found import Quantity

_ALIKE = frozenset(("person", "piece", "household"))
_UNBOUND = 4


class Digits(StrEnum):
    """How a printed quotient follows from the exact one."""

    BOTH = "both"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two counts may be added: the same measure word, words of one group, or none printed."""
    if one.unit == other.unit or not one.unit or not other.unit:
        return True
    return one.group == other.group and one.group in _ALIKE


def exact(one: Quantity) -> bool:
    return not one.approx and one.high is None


def printed_as(exact_value: Fraction, stated: Decimal, decimals: int) -> Digits | None:
    """Whether a quotient is printed so with that many digits, by half-up, by cutting off, or by either."""
    step = Decimal(1).scaleb(-decimals)
    value = Decimal(exact_value.numerator) / Decimal(exact_value.denominator)
    rounded = value.quantize(step, ROUND_HALF_UP) == stated
    cut = value.quantize(step, ROUND_DOWN) == stated
    if rounded and cut:
        return Digits.BOTH
    if rounded:
        return Digits.ROUNDED
    return Digits.TRUNCATED if cut else None


def shown(value: Fraction | Decimal, decimals: int = 2) -> str:
    """A number as a reader would write it: no needless zeros."""
    plain = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    text = f"{plain.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wholes(numerator: Decimal, percent: Decimal, decimals: int) -> tuple[int, int] | None:
    """Whole denominators for which the share is printed so: the smallest and the largest; None when none fits."""
    if percent <= 0 or numerator <= 0:
        return None
    step = Fraction(1, 10**decimals)
    above, share = Fraction(numerator) * 100, Fraction(percent)
    low = floor(above / (share + step)) + 1
    high = floor(above / (share - step / 2))
    return (low, high) if low <= high else None
