"""The main measures month by month beside the year before: the numbers, and charts of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fadu.analytics import snapshot
from fadu.analytics.comparison import FEW
from fadu.analytics.figures import Figure, Period, compute_by
from fadu.analytics.snapshot import Snapshot
from fadu.analytics.whose import Whose
from fadu.infra.official import Chart, Series
from fadu.kernel.access import Session
from fadu.report_writer.provenance import link_of
from fadu.report_writer.span import Span

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Month:
    """One month: the number of each year with the page that shows its cases; None for what is not there."""

    number: int
    now: int | None
    now_link: str
    before: int | None
    before_link: str


@dataclass(frozen=True, slots=True)
class Plot:
    """One measure of a year. compared: whether last year's months are there."""

    label: str
    unit: str
    year: int
    compared: bool
    months: tuple[Month, ...]

    @property
    def is_worth_a_look(self) -> bool:
        """Whether there are enough to see a course in them."""
        return sum(month.now or 0 for month in self.months) >= FEW


def monthly(
    s: Session,
    figures: Mapping[str, Figure],
    before: Mapping[str, Figure],
    names: Sequence[str],
    days: Span,
    whose: Whose,
    kept: Snapshot | None = None,
) -> list[Plot]:
    """The counts of these names that a report prints and that are not nothing. Months to come have no number.

    kept: counted on this snapshot.
    """
    wanted = [figures[name].indicator for name in names if name in figures]
    if not wanted:
        return []
    since, until = date(days.year - 1, 1, 1), days.period.before
    if kept is not None:
        found = snapshot.compute_by_on(kept, wanted, since, until, "month", whose)
    else:
        found = compute_by(s, s.registry, wanted, since, until, "month", whose)
    plots = [_plot(found, figures[one.name], one.name in before, days) for one in wanted]
    return [plot for plot in plots if any(month.now or month.before for month in plot.months)]


def _plot(found: Mapping[int, Mapping[str, Figure]], figure: Figure, compared: bool, days: Span) -> Plot:
    months = tuple(_month(found, figure, month, days, compared) for month in MONTHS)
    return Plot(figure.indicator.label, figure.unit, days.year, compared, months)


def _month(found: Mapping[int, Mapping[str, Figure]], figure: Figure, month: int, days: Span, compared: bool) -> Month:
    year = days.year

    def number(of: int) -> int | None:
        counted = found.get(of * 100 + month, {}).get(figure.name)
        return counted.value if counted else 0

    def link(of: int) -> str:
        end = min(date(of + month // 12, month % 12 + 1, 1), days.period.before)
        period = Period(date(of, month, 1), end)
        return link_of(Figure(figure.indicator, period, figure.whose, None, None, None, ""))

    begun = date(year, month, 1) <= days.last
    return Month(
        month, number(year) if begun else None, link(year), number(year - 1) if compared else None, link(year - 1)
    )


# ---------------------------------------------------------------- the pictures


def chart(plot: Plot, number: int | None = None) -> Chart:
    """Two columns a month, or one without a year to compare. number: of the figure in a paper."""
    series = [Series(f"{plot.year}年", tuple(month.now for month in plot.months))]
    if plot.compared:
        series.insert(0, Series(f"{plot.year - 1}年", tuple(month.before for month in plot.months)))
    lead = f"图{number} " if number else ""
    return Chart(f"{lead}{plot.label}逐月情况（{plot.unit}）", tuple(f"{month}月" for month in MONTHS), tuple(series))


def charts(plots: Sequence[Plot]) -> tuple[Chart, ...]:
    """Numbered as they stand in a paper."""
    return tuple(chart(plot, number) for number, plot in enumerate(plots, start=1))
