"""What the data prompt people to write about: what is late, what fell, what was taken back, the part's own figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure, Period
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer.compose import Report
from fadu.report_writer.outline import Part
from fadu.report_writer.provenance import link_of
from fadu.rules.indicators import Condition, Count, Kept, Rate, Stock

MOST = 8
"""Prompts of one kind; more would be read by nobody."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing, with the page that shows it."""

    kind: str
    text: str
    link: str


def prompts(s: Session, report: Report, part: Part) -> list[Prompt]:
    """For one part, in the order in which the outline asks."""
    figures, before = report.figures, report.before
    period = next(iter(figures.values())).period if figures else Period.year(s.today.year)
    found: list[Prompt] = []
    for asked in part.asks:
        match asked:
            case "late":
                found += [*_late(figures.values()), *_overdue(s)]
            case "fell":
                found += _fell(figures, before)
            case "reversed":
                found += _reversed(s, period)
    return found + [_own(figures[name], before) for name in part.figures if name in figures and _tells(figures[name])]


def _own(figure: Figure, before: Mapping[str, Figure]) -> Prompt:
    change = Change(figure, before[figure.name]).phrase() if figure.name in before else ""
    return Prompt("有关数字", f"{figure.indicator.label}{figure.printed()}{change}", link_of(figure))


def _tells(figure: Figure) -> bool:
    return bool(figure.value or figure.denominator)


def _late(figures: Iterable[Figure]) -> Iterator[Prompt]:
    """Rates of what was done in time that are not full."""
    for figure in figures:
        rate = figure.indicator
        if (
            isinstance(rate, Rate)
            and _asks_kept(rate.numerator)
            and (figure.numerator or 0) < (figure.denominator or 0)
        ):
            late = (figure.denominator or 0) - (figure.numerator or 0)
            unit = rate.denominator.unit.value
            text = f"{rate.label}{figure.printed()}：{figure.denominator}{unit}中有{late}{unit}没有按期"
            yield Prompt("逾期", text, link_of(figure))


def _asks_kept(counted: Count | Stock) -> bool:
    asked: tuple[Condition, ...] = counted.where
    return any(isinstance(condition, Kept) for condition in asked)


def _overdue(s: Session) -> Iterator[Prompt]:
    """Open cases whose next day has passed today."""
    if number := access.cases(s).filter(closed=None, due__lt=s.today).count():
        yield Prompt("逾期", f"今天仍有{number}件在办案件超过期限", "/cases/?light=overdue")


def _fell(figures: Mapping[str, Figure], before: Mapping[str, Figure]) -> list[Prompt]:
    """Rates that fell, the most first."""
    fallen = []
    for name, figure in figures.items():
        last = before.get(name)
        if last is None or not figure.denominator or not last.denominator:
            continue
        over = (figure.numerator or 0) * last.denominator - (last.numerator or 0) * figure.denominator
        if over < 0:
            text = f"{figure.indicator.label}{figure.printed()}{Change(figure, last).phrase()}"
            fallen.append((over * 10_000 // (figure.denominator * last.denominator), text, link_of(figure)))
    return [Prompt("下降", text, link) for _, text, link in sorted(fallen)[:MOST]]


def _reversed(s: Session, period: Period) -> Iterator[Prompt]:
    """Cases in which an act was taken back in the year."""
    back = {"stream__events__reverses__isnull": False, "stream__events__happened__gte": period.since}
    found = access.cases(s).filter(**back, stream__events__happened__lt=period.before).distinct().order_by("pk")
    for case in found[:MOST]:
        yield Prompt("撤回", f"{case.number or case.title}：有操作被撤回", f"/cases/{case.pk}/")
