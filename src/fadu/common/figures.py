"""Figures of one system that share their day: counts, sums and rates whose definitions say the same of both."""

from __future__ import annotations

from dataclasses import dataclass

from fadu.rules.indicators import Condition, Count, Day, Rate, Reach, Sum, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted in a system by one day. said: by which day, in words; where, left_out: of all of them."""

    system: str
    day: Day
    said: str
    where: tuple[Condition, ...] = ()
    left_out: str = ""

    def count(
        self, name: str, label: str, what: str, *where: Condition, unit: Unit = Unit.CASES, left_out: str = "",
        reach: Reach = Reach.WHOLE,
    ) -> Count:  # fmt: skip
        """How many: `what` is what the definition says is counted."""
        return Count(
            name=name,
            label=label,
            system=self.system,
            day=self.day,
            where=(*self.where, *where),
            unit=unit,
            reach=reach,
            definition=self._defined(what, left_out),
        )

    def total(
        self, name: str, label: str, what: str, fact: str, *where: Condition, unit: Unit, left_out: str = ""
    ) -> Sum:
        """What the cases state in a fact, added up."""
        return Sum(
            name=name,
            label=label,
            system=self.system,
            day=self.day,
            fact=fact,
            where=(*self.where, *where),
            unit=unit,
            definition=self._defined(what, left_out),
        )

    def rate(self, name: str, label: str, numerator: Count, denominator: Count, left_out: str = "") -> Rate:
        """One of these counts among another."""
        told = f"分子为本期{numerator.label}，分母为本期{denominator.label}，均{self.said}"
        return Rate(
            name=name,
            label=label,
            numerator=numerator,
            denominator=denominator,
            definition="；".join(filter(None, (told, left_out or self.left_out))) + "。",
        )

    def _defined(self, what: str, left_out: str) -> str:
        return "；".join(filter(None, (f"本期内{what}，{self.said}", left_out or self.left_out))) + "。"
