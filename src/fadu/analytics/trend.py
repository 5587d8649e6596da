"""Figures month by month beside the year before, and year by year: what happened, not what there was at an end."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fadu.analytics.figures import Figure, Period, compute_by, gather
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
        return any(one and (one.value or one.denominator) for one in (*self.now, *self.earlier))


def flows(indicators: Sequence[Indicator]) -> list[Indicator]:
    """Those that add up over time: a stock has a number at an end of a period and none within it."""
    return [one for one in indicators if not any(isinstance(part, Stock | Pending) for part in parts_of(one))]


def monthly(
    s: Session, indicators: Sequence[Indicator], period: Period, whose: Whose, compared: Container[str]
) -> dict[str, Trend]:
    """The months of a period by name; beside them those a year before, of what is compared; not of many years."""
    wanted, months = flows(indicators), list(_months(period))
    if not wanted or len(months) > MOST_MONTHS:
        return {}
    then = period.previous_year
    known = [one for one in wanted if one.name in compared]
    found = compute_by(s, s.registry, wanted, period.since, period.before, "month", whose)
    earlier = compute_by(s, s.registry, known, then.since, then.before, "month", whose)
    several = months[0].since.year != months[-1].since.year
    labels = tuple(f"{one.since.year}年{one.since.month}月" if several else f"{one.since.month}月" for one in months)
    return _told(
        {
            one.name: Trend(
                labels,
                _points(s, one, months, found, whose),
                _points(s, one, list(_months(then)), earlier, whose) if one in known else (),
            )
            for one in wanted
        }
    )


def yearly(s: Session, indicators: Sequence[Indicator], period: Period, whose: Whose) -> dict[str, Trend]:
    """The years up to the last one of a period, by name; those before anything was counted are not known."""
    wanted = flows(indicators)
    end = max(period.since, min(period.before - timedelta(days=1), s.today)).year
    found = compute_by(s, s.registry, wanted, date(end - YEARS + 1, 1, 1), date(end + 1, 1, 1), "year", whose)
    years = [Period.year(year) for year in range(min(found, default=end), end + 1)]
    labels = tuple(f"{one.since.year}年" for one in years)
    return _told({one.name: Trend(labels, _points(s, one, years, found, whose)) for one in wanted})


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
