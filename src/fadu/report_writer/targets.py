"""Targets of a year (年度目标): what the place wants of a figure, a setting of its own beside the law; met or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fadu.analytics.figures import Figure
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.settling import TARGETS

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Target:
    """Bounds in whole units, of a rate in percent."""

    at_least: int | None = None
    at_most: int | None = None
    less_than_last_year: bool = False

    def told(self, figure: Figure, before: Figure | None) -> str:
        """What is wanted and whether it is so: 不低于80%，达到."""
        percent = "%" if figure.numerator is not None else figure.unit
        if self.less_than_last_year:
            met = _less(figure, before) if before else None
            return f"低于上年{_met(met)}"
        if self.at_least is not None:
            return f"不低于{self.at_least}{percent}{_met(_at_least(figure, self.at_least))}"
        return f"不高于{self.at_most}{percent}{_met(_at_most(figure, self.at_most or 0))}"


def of_year(s: Session, year: int) -> Mapping[str, Target]:
    """By indicator, those that the house has settled for that year."""
    return {one.key: Target(**one.data) for one in access.register(s, TARGETS, date(year, 1, 1))}


def _met(met: bool | None) -> str:
    return {True: "，达到", False: "，没有达到", None: "，无法比较"}[met]


def _parts(figure: Figure) -> tuple[int, int] | None:
    """Numerator and denominator; a count stands over one; none where there is nothing to divide."""
    if figure.numerator is not None:
        return (figure.numerator, figure.denominator) if figure.denominator else None
    return None if figure.value is None else (figure.value, 1)


def _less(figure: Figure, before: Figure) -> bool | None:
    now, then = _parts(figure), _parts(before)
    return now[0] * then[1] < then[0] * now[1] if now and then else None


def _scaled(figure: Figure, bound: int) -> tuple[int, int] | None:
    """Both sides of the comparison, in whole numbers."""
    parts = _parts(figure)
    scale = 100 if figure.numerator is not None else 1
    return (parts[0] * scale, bound * parts[1]) if parts else None


def _at_least(figure: Figure, bound: int) -> bool | None:
    sides = _scaled(figure, bound)
    return sides[0] >= sides[1] if sides else None


def _at_most(figure: Figure, bound: int) -> bool | None:
    sides = _scaled(figure, bound)
    return sides[0] <= sides[1] if sides else None
