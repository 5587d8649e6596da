"""What makes two printed figures agree: compatible units, and rounding or truncation to the printed digits."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from fadu.report_reader.found import Quantity

ALIKE = frozenset(("person", "piece", "household"))
_ONE = Decimal(1)


class Digits(StrEnum):
    """How a printed quotient follows from the exact one."""

    BOTH = "both"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two counts may be added: the same measure word, words of one group, or none printed."""
    if one.unit == other.unit or not one.unit or not other.unit:
        return True
    return one.group == other.group and one.group in ALIKE


def exact(one: Quantity) -> bool:
    return not one.approx and one.high is None


def printed_as(value: Decimal, stated: Decimal, step: Decimal) -> Digits | None:
    """Whether a quotient is printed so in such steps, by half-up, by cutting off, or by either."""
    inexact = value / step
    target = stated / step
    rounded = inexact.to_integral_value(ROUND_HALF_UP) == target
    cut = inexact.to_integral_value(ROUND_DOWN) == target
    if rounded and cut:
        return Digits.BOTH
    if rounded:
        return Digits.ROUNDED
    return Digits.TRUNCATED if cut else None


def rounded(one: Quantity) -> bool:
    """Whether a count is told in larger steps than one: 1.28万."""
    return one.step != _ONE


def slack(figures: list[Quantity]) -> Decimal:
    """By how much a sum of such figures may differ, because each was rounded for itself."""
    return sum((one.step for one in figures if rounded(one)), Decimal(0)) / 2


def ends(one: Quantity) -> tuple[Decimal, Decimal]:
    """Between which values the true one lies: the printed one, unless it was rounded or cut off."""
    return (one.value - one.step / 2, one.value + one.step) if rounded(one) else (one.value, one.value)


def agrees(low: Decimal, high: Decimal, stated: Quantity) -> Digits | None:
    """Whether a value between two ends is printed as stated; how, when the ends are one."""
    if low == high:
        return printed_as(low, stated.value, stated.step)
    inside = low < stated.value + stated.step and high >= stated.value - stated.step / 2
    return Digits.BOTH if inside else None


def quotient(above: Quantity, below: Quantity, times: int = 100) -> tuple[Decimal, Decimal]:
    """The ends of a quotient of two printed figures."""
    (top_low, top_high), (low, high) = ends(above), ends(below)
    return top_low * times / high, top_high * times / max(low, below.step / 2)


def shown(value: Decimal, decimals: int = 2) -> str:
    """A number as a reader would write it: no needless zeros."""
    text = f"{value.quantize(_ONE.scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_WORDS = {4: "万", 8: "亿", 12: "万亿"}


def told(one: Quantity) -> str:
    """The figure as it was printed: 46.84亿."""
    return shown_like(one.value, one)


def shown_like(value: Decimal, one: Quantity) -> str:
    """A number in the multiplier of a printed figure."""
    power = one.step.adjusted() + one.decimals
    return f"{shown(value.scaleb(-power), max(one.decimals, 2))}{_WORDS[power]}" if power in _WORDS else shown(value)


def parts(whole: Decimal, percent: Decimal, decimals: int) -> tuple[int, int] | None:
    """Whole numerators that give a share printed so: the smallest and the largest; None when none fits."""
    step = Fraction(1, 10**decimals)
    low = ceil(Fraction(whole) * (Fraction(percent) - step / 2) / 100)
    high = ceil(Fraction(whole) * (Fraction(percent) + step) / 100) - 1
    return (low, high) if 0 < low <= high else None


def wholes(numerator: Decimal, percent: Decimal, decimals: int) -> tuple[int, int] | None:
    """Whole denominators for which the share is printed so: the smallest and the largest; None when none fits."""
    if percent <= 0 or numerator <= 0:
        return None
    step = Fraction(1, 10**decimals)
    above, share = Fraction(numerator) * 100, Fraction(percent)
    low = floor(above / (share + step)) + 1
    high = floor(above / (share - step / 2))
    return (low, high) if low <= high else None
