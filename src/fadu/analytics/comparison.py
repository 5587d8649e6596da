"""Figures beside those of a year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fadu.analytics.arithmetic import hundredths, rounded
from fadu.analytics.figures import Figure, Period, compute
from fadu.kernel.access import Session
from fadu.rules.indicators import Indicator
from fadu.rules.registry import Registry


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside the one of a year before."""

    now: Figure
    before: Figure

    def text(self) -> str:
        """同比上升12.50%; rates differ by percentage points; without a base nothing is said in percent."""
        difference, unit = self._difference()
        if difference is None:
            return "上年同期无可比数据"
        if difference == 0:
            return "与上年同期持平"
        word = "上升" if difference > 0 else "下降"
        return f"同比{word}{hundredths(abs(difference))}{unit}"

    def _difference(self) -> tuple[int | None, str]:
        now, before = self.now, self.before
        if now.numerator is not None and before.numerator is not None:
            if not now.denominator or not before.denominator:
                return None, ""
            over = now.numerator * before.denominator - before.numerator * now.denominator
            return rounded(10_000 * over, now.denominator * before.denominator), "个百分点"
        if now.value is None or not before.value:
            return None, ""
        return rounded(10_000 * (now.value - before.value), before.value), "%"


def with_previous_year(
    s: Session,
    registry: Registry,
    indicators: Sequence[Indicator],
    period_from: date,
    period_before: date,
    organ: int | None = None,
) -> dict[str, Change]:
    """Every figure beside that of the same days a year earlier."""
    earlier = Period(period_from, period_before).previous_year
    now = compute(s, registry, indicators, period_from, period_before, organ)
    before = compute(s, registry, indicators, earlier.since, earlier.before, organ)
    return {name: Change(figure, before[name]) for name, figure in now.items()}
