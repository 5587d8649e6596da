"""The main measures month by month beside the year before: the numbers, and a picture of them as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from fadu.analytics.figures import Figure, Period, compute_by
from fadu.kernel.access import Session
from fadu.report_writer.compose import Report
from fadu.report_writer.provenance import link_of
from fadu.rules.indicators import Indicator

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


def monthly(s: Session, report: Report, names: Sequence[str], year: int, organ: int) -> list[Plot]:
    """The counts of that name that the report prints and that are not nothing. Months to come have no number."""
    wanted = [report.figures[name].indicator for name in names if name in report.figures]
    if not wanted:
        return []
    found = compute_by(s, s.registry, wanted, date(year - 1, 1, 1), date(year + 1, 1, 1), "month", organ)
    plots = [_plot(s, report, found, one, year) for one in wanted]
    return [plot for plot in plots if any(month.now or month.before for month in plot.months)]


def _plot(s: Session, report: Report, found: dict[int, dict[str, Figure]], one: Indicator, year: int) -> Plot:
    compared = one.name in report.before
    months = tuple(_month(s, found, report.figures[one.name], month, year, compared) for month in MONTHS)
    return Plot(one.label, one.unit.value, year, compared, months)


def _month(
    s: Session, found: dict[int, dict[str, Figure]], figure: Figure, month: int, year: int, compared: bool
) -> Month:
    def number(of: int) -> int | None:
        counted = found.get(of * 100 + month, {}).get(figure.name)
        return counted.value if counted else 0

    def link(of: int) -> str:
        end = date(of + month // 12, month % 12 + 1, 1)
        period = Period(date(of, month, 1), end)
        return link_of(Figure(figure.indicator, period, figure.organ, None, None, None, ""))

    begun = date(year, month, 1) <= s.today
    return Month(
        month, number(year) if begun else None, link(year), number(year - 1) if compared else None, link(year - 1)
    )


# ---------------------------------------------------------------- the picture

_WIDTH, _HEIGHT = 720, 240
_LEFT, _TOP, _BOTTOM = 46, 26, 30
_STEP = (_WIDTH - _LEFT) // len(MONTHS)
_BAR = _STEP // 3


def svg(plot: Plot) -> str:
    """Two bars a month; whole coordinates, no style, text escaped."""
    numbers = [number for month in plot.months for number in (month.now, month.before) if number]
    top = _round_up(max(numbers, default=0))
    said = f"{plot.label}，{plot.year}年" + (f"与{plot.year - 1}年" if plot.compared else "") + "逐月"
    lines = [*_axis(top), *_bars(plot, top), *_legend(plot)]
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(said)}">'
        + "".join(lines)
        + "</svg>"
    )


def _round_up(number: int) -> int:
    """The top of the axis: even, and at least two."""
    return max(2, number + number % 2)


def _y(number: int, top: int) -> int:
    return _HEIGHT - _BOTTOM - number * (_HEIGHT - _TOP - _BOTTOM) // top


def _axis(top: int) -> Iterator[str]:
    for number in (0, top // 2, top):
        y = _y(number, top)
        yield f'<line class="plot-line" x1="{_LEFT}" y1="{y}" x2="{_WIDTH}" y2="{y}"/>'
        yield f'<text class="plot-text" x="{_LEFT - 6}" y="{y + 5}" text-anchor="end">{number}</text>'
    for month in MONTHS:
        x = _LEFT + (month - 1) * _STEP + _STEP // 2
        yield f'<text class="plot-text" x="{x}" y="{_HEIGHT - 8}" text-anchor="middle">{month}月</text>'


def _bars(plot: Plot, top: int) -> Iterator[str]:
    for month in plot.months:
        left = _LEFT + (month.number - 1) * _STEP + _STEP // 6
        for place, (number, name) in enumerate(((month.before, "before"), (month.now, "now"))):
            if number:
                y = _y(number, top)
                size = f'width="{_BAR}" height="{_HEIGHT - _BOTTOM - y}"'
                yield f'<rect class="plot-{name}" x="{left + place * _BAR}" y="{y}" {size}/>'


def _legend(plot: Plot) -> Iterator[str]:
    years = [(plot.year - 1, "before")] * plot.compared + [(plot.year, "now")]
    for place, (year, name) in enumerate(years):
        x = _LEFT + place * 110
        yield f'<rect class="plot-{name}" x="{x}" y="6" width="12" height="12"/>'
        yield f'<text class="plot-text" x="{x + 18}" y="17">{year}年</text>'
