"""指标图表: the main measures of a period over months and years and by organ; each point opens its cases."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.analytics.comparison import Change, previous_year
from fadu.analytics.figures import Figure, Period, compute
from fadu.analytics.trend import flows, monthly, yearly
from fadu.analytics.whose import Whose
from fadu.infra.official.xlsx import to_xlsx
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer.outline import outline
from fadu.report_writer.provenance import link_of
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.indicators import Indicator
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.workbench.board import Board, by_month, by_year, divided
from fadu.web.workbench.views.figures import asked_period, asked_whose


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the page: its figure, how it changed, and its tables."""

    figure: Figure
    link: str
    change: str
    boards: tuple[Board, ...]


def measures(s: Session, wanted: list[Indicator], period: Period, whose: Whose) -> list[Measure]:
    """Each measure over months, over years, and by organ; the same number of questions for few cases and many."""
    asked = (s, s.registry, wanted)
    computed = compute(*asked, period.since, period.before, whose)
    last = previous_year(*asked, period, whose)
    months, years = monthly(s, wanted, period, whose, last), yearly(s, wanted, period, whose)
    organs = {one.key: one for one in divided(s, [("分机关", [one]) for one in computed.values()], period, whose)}
    found = []
    for name, figure in computed.items():
        boards = [by_month(figure, months[name])] if name in months else []
        boards += [by_year(figure, years[name])] if name in years and len(years[name].labels) > 1 else []
        boards += [organs[f"{name}-unit"]] if f"{name}-unit" in organs else []
        change = Change(figure, last[name]).text() if name in last else ""
        found.append(Measure(figure, link_of(figure), change, tuple(boards)))
    return found


def _wanted(s: Session, name: str) -> list[Indicator]:
    """The main measures of what happens, or the one asked for. Raises NotFound."""
    if not name:
        return flows([one for one in map(s.registry.declared, outline().plots) if one])
    found = s.registry.declared(name)
    if found is None:
        raise NotFound("指标")
    return [found]


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    """The page."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        period, faults = asked_period(s, given)
        mine, whose = asked_whose(s, given, period)
        context = {
            "section": "reports",
            "period": period,
            "given": given,
            "faults": faults,
            **whose,
            "measures": measures(s, _wanted(s, ""), period, mine),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return render(request, "workbench/trends.html", context, status=status)


@require_safe
def trends_xlsx(request: HttpRequest) -> HttpResponse:
    """The tables of the page, or those of one measure, one sheet each."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        period, faults = asked_period(s, given)
        if faults:
            raise BadInput(faults)
        mine, whose = asked_whose(s, given, period)
        note = f"{whose['organ_name'] or '全部机关'}，{period}，按{s.now:%Y-%m-%d %H:%M}的记录"
        sheets = [
            board.sheet(f"{at}{board.label}", (f"{one.figure.indicator.label}（{one.figure.unit}）", note))
            for at, one in enumerate(measures(s, _wanted(s, given.get("measure", "")), period, mine), start=1)
            for board in one.boards
        ]
        if not sheets:
            raise BadInput({"from": "这一期间没有可以列表的数字"})
    name = f"指标{period.since.isoformat()}至{period.before.isoformat()}.xlsx"
    return attached(to_xlsx(sheets), XLSX, name)
