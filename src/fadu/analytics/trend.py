"""Figures month by month beside the year before, and year by year: what happened in each, or stood at its end."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fadu.analytics.figures import By, Figure, Period, compute, compute_by, gather
from fadu.analytics.measures import parts_of
from fadu.analytics.whose import Whose
from fadu.kernel.access import Session
from fadu.rules.indicators import Indicator, Pending, Stock

YEARS = 5
MOST_MONTHS = 36

Points = tuple[Figure | None, ...]
"""A figure for each part of the time; None where it is not known: to come, or before the record begins."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure over time: names of the parts of the time, and its figures; of the year before where it is known."""

    labels: tuple[str, ...]
    now: Points
    earlier: Points = ()

    @property
    def told(self) -> bool:
        """Whether anything was counted."""
        return any(map(_counted, (*self.now, *self.earlier)))


def flows(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Those that add up over time: a stock has a number at an end of a period and none within it."""
    return [one for one in indicators if not any(isinstance(part, Stock | Pending) for part in parts_of(one))]


def monthly(
    s: Session, indicators: Sequence[Indicator], period: Period, whose: Whose, compared: Container[str]
) -> dict[str, Trend]:
    """The months of a period by name; beside them those a year before, of what is compared and happens; not of many
    years."""
    months = list(_months(period))
    if len(months) > MOST_MONTHS:
        return {}
    then = period.previous_year
    known = [one for one in flows(indicators) if one.name in compared]
    now = _over(s, indicators, months, period, "month", whose)
    earlier = _over(s, known, list(_months(then)), then, "month", whose)
    several = months[0].since.year != months[-1].since.year
    labels = tuple(f"{one.since.year}年{one.since.month}月" if several else f"{one.since.month}月" for one in months)
    return _told({name: Trend(labels, points, earlier.get(name, ())) for name, points in now.items()})


def yearly(s: Session, indicators: Sequence[Indicator], period: Period, whose: Whose) -> dict[str, Trend]:
    """The years up to the last one of a period, by name; those before anything was counted are not known."""
    end = max(period.since, min(period.before - timedelta(days=1), s.today)).year
    years = [Period.year(year) for year in range(end - YEARS + 1, end + 1)]
    found = _over(s, indicators, years, Period(years[0].since, years[-1].before), "year", whose)
    first = min((at for points in found.values() for at, one in enumerate(points) if _counted(one)), default=YEARS - 1)
    labels = tuple(f"{one.since.year}年" for one in years[first:])
    return _told({name: Trend(labels, points[first:]) for name, points in found.items()})


def _counted(figure: Figure | None) -> bool:
    return figure is not None and bool(figure.value or figure.denominator)


def _over(
    s: Session, indicators: Sequence[Indicator], parts: Sequence[Period], period: Period, by: By, whose: Whose
) -> dict[str, Points]:
    """Each figure in each part of the time: what happened by one statement a source, what there was by one a part."""
    adding = flows(indicators)
    found = compute_by(s, s.registry, adding, period.since, period.before, by, whose)
    points = {one.name: _points(s, one, parts, found, whose) for one in adding}
    if stocks := [one for one in indicators if one not in adding]:
        ends = [_until_today(s, part) for part in parts]
        there = [compute(s, s.registry, stocks, part.since, part.before, whose) if part else {} for part in ends]
        points |= {one.name: tuple(figures.get(one.name) for figures in there) for one in stocks}
    return {one.name: points[one.name] for one in indicators}


def _until_today(s: Session, part: Period) -> Period | None:
    """A part of the time as far as it is over: what there is at its end is not known before."""
    return Period(part.since, min(part.before, s.today + timedelta(days=1))) if part.since <= s.today else None


def _told(trends: dict[str, Trend]) -> dict[str, Trend]:
    return {name: trend for name, trend in trends.items() if trend.told}


def _points(
    s: Session, one: Indicator, parts: Sequence[Period], found: Mapping[int, Mapping[str, Figure]], whose: Whose
) -> Points:
    """The figure of each part of the time: by month as yyyymm, by year as yyyy."""
    points: list[Figure | None] = []
    for part in parts:
        key = part.since.year if part.is_year else part.since.year * 100 + part.since.month
        counted = found.get(key, {}).get(one.name) or gather([one], part, whose, [])[one.name]
        points.append(replace(counted, period=part) if part.since <= s.today else None)
    return tuple(points)


def _months(period: Period) -> Iterator[Period]:
    since = period.since
    while since < period.before:
        after = date(since.year + since.month // 12, since.month % 12 + 1, 1)
        yield Period(since, min(after, period.before))
        since = after
