"""Figures beside those of the same days a year before, where the record reaches back that far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min

from fadu.analytics import snapshot
from fadu.analytics.arithmetic import TWO, Precision
from fadu.analytics.figures import Figure, Period, by_source, compute
from fadu.analytics.snapshot import Snapshot
from fadu.analytics.whose import EVERYBODY, Stretch, Whose, stretches
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.rules.indicators import At, Indicator, Median, Pending, Stock
from fadu.rules.registry import Registry

FEW = 10
"""Below this a share of last year's number tells less than the difference itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside the one of a year before."""

    now: Figure
    before: Figure

    def text(self, precision: Precision = TWO) -> str:
        """同比上升12.5%; rates differ by percentage points; without a base nothing is said in percent."""
        found = self._difference()
        if found is None:
            return "上年同期无可比数据"
        over, base, unit = found
        if over == 0:
            return "与上年同期持平"
        return f"同比{'上升' if over > 0 else '下降'}{precision.percent(abs(over), base)}{unit}"

    def phrase(self, precision: Precision = TWO) -> str:
        """What a sentence says after the figure, with its comma; nothing where there is nothing to compare."""
        now, before = self.now, self.before
        last = "上年" if before.period.is_year else "上年同期"
        if now.numerator is not None:
            return self._of_rate(last, precision)
        if now.value is None or before.value is None or now.value == before.value == 0:
            return ""
        if now.value == before.value:
            return f"，与{last}持平"
        size = f"{_sized(now, abs(now.value - before.value))}"
        more = now.value > before.value
        if isinstance(now.indicator, Median):
            return f"，比{last}{'延长' if more else '缩短'}{size}"
        if not before.value:
            return f"，{last}没有"
        if not now.value:
            return f"，{last}为{before}"
        ends = _at_the_end(now.indicator)
        if ends or min(now.value, before.value) < FEW:
            than = f"{last}末" if ends and before.period.is_year else last
            return f"，比{than}{'增加' if more else '减少'}{size}"
        share = precision.percent(abs(now.value - before.value), before.value)
        return f"，同比{'增长' if more else '下降'}{share}%"

    def _of_rate(self, last: str, precision: Precision) -> str:
        found = self._difference()
        if found is None:
            return ""
        over, base, unit = found
        if over == 0:
            return f"，与{last}持平"
        return f"，比{last}{'提高' if over > 0 else '降低'}{precision.percent(abs(over), base)}{unit}"

    def _difference(self) -> tuple[int, int, str] | None:
        """Difference, what it is divided by, and the unit of their quotient in hundreds."""
        now, before = self.now, self.before
        if now.numerator is not None and before.numerator is not None:
            if not now.denominator or not before.denominator:
                return None
            over = now.numerator * before.denominator - before.numerator * now.denominator
            return over, now.denominator * before.denominator, "个百分点"
        if now.value is None or not before.value:
            return None
        return now.value - before.value, before.value, "%"


def _at_the_end(indicator: Indicator) -> bool:
    """Whether it says what there is on the last day, not what happened."""
    return isinstance(indicator, Stock) or (isinstance(indicator, Pending) and indicator.at is At.END)


def _sized(figure: Figure, size: int) -> str:
    """A difference with the figure's unit; money in 元."""
    return str(Figure(figure.indicator, figure.period, figure.whose, size, None, None, ""))


def earlier(s: Session, period: Period) -> Period:
    """The same days a year before; of a period that is not over, up to the day of the session."""
    return Period(period.since, min(period.before, s.today + timedelta(days=1))).previous_year


def previous_year(
    s: Session,
    registry: Registry,
    indicators: Sequence[Indicator],
    period: Period,
    whose: Whose = EVERYBODY,
    recorded_before: datetime | None = None,
    kept: Snapshot | None = None,
) -> dict[str, Figure]:
    """Figures of a year before, of those systems and registers whose record reaches back to its beginning.

    kept: counted on this snapshot. What was recorded for a part of last year only is not compared.
    """
    before = earlier(s, period)
    tree, known = access.tree(s, recorded_before), set[str]()
    for mine in by_source(indicators, whose):
        first = stretches(tree, whose, mine[0].reach, before.since, before.before, divided=False)[0]
        known |= {one.name for one in mine} if _reaches(s, registry, mine[0].source, before, first) else set()
    wanted = [indicator for indicator in indicators if indicator.name in known]
    if kept is not None:
        return snapshot.compute_on(kept, wanted, before.since, before.before, whose)
    return compute(s, registry, wanted, before.since, before.before, whose, recorded_before)


def _reaches(s: Session, registry: Registry, source: str, period: Period, mine: Stretch) -> bool:
    """Whether anything began before the period's second month."""
    first: date | None
    if source in registry.systems:
        first = access.cases(s, system=source).filter(mine.cases).aggregate(first=Min("opened"))["first"]
    else:
        first = access.entries(s, source).filter(mine.entries).aggregate(first=Min("since"))["first"]
    return first is not None and first < (period.since + timedelta(days=31)).replace(day=1)
