"""统计: the figures of a period, and one figure with its definition and the cases or entries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.analytics import figures as analytics
from fadu.analytics.comparison import previous_year
from fadu.analytics.figures import Figure, Part, Period
from fadu.infra.official.xlsx import to_xlsx
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer.returns import returns
from fadu.report_writer.sheets import figures_sheet
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.indicators import Rate
from fadu.rules.registry import Room
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day
from fadu.web.workbench import listing
from fadu.web.workbench.figure_entries import behind
from fadu.web.workbench.table_file import XLSX
from fadu.web.workbench.views.papers import attachment

MOST_CASES = 1000


def asked_period(s: Session, given: dict[str, str]) -> tuple[Period, dict[str, str]]:
    """[from, before) of a query string, the present year without one; and the sentences against what was typed."""
    year = Period.year(s.today.year)
    faults: dict[str, str] = {}
    found: list[date] = []
    for name, label, default in (("from", "起", year.since), ("before", "止（不含该日）", year.before)):
        try:
            found.append(read_day(given.get(name, ""), label, name) or default)
        except BadInput as fault:
            faults |= fault.fields
            found.append(default)
    if not faults and found[0] >= found[1]:
        faults["before"] = "截止日期应当晚于起始日期"
    return (year if faults else Period(*found)), faults


def asked_organ(s: Session, given: dict[str, str]) -> tuple[int | None, dict[str, Any]]:
    """The organ of a query string, None for all; and what the page needs to show the choice."""
    organs = {str(organ.pk): organ.name for organ in access.organs(s)}
    asked = given.get("organ", "")
    if asked and asked not in organs:
        raise NotFound("机关")
    return int(asked) if asked else None, {"organs": organs, "organ": asked, "organ_name": organs.get(asked, "")}


def _of_room(room: Room, computed: Mapping[str, Figure]) -> dict[str, Any]:
    """A room's figures, those with nothing behind them apart."""
    found = [computed[indicator.name] for indicator in room.indicators]
    counted = [figure for figure in found if figure.value or figure.denominator]
    return {"label": room.label, "counted": counted, "empty": [figure for figure in found if figure not in counted]}


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All declared indicators, computed over the cases that the person sees from inside."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        period, faults = asked_period(s, given)
        organ, whose = asked_organ(s, given)
        computed = analytics.compute(s, s.registry, s.registry.indicators, period.since, period.before, organ)
        context = {
            "section": "reports",
            "period": period,
            "given": given,
            "faults": faults,
            **whose,
            "rooms": [_of_room(room, computed) for room in s.registry.rooms if room.indicators],
            "returns": returns(),
            "years": range(s.today.year, s.today.year - 3, -1),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return render(request, "workbench/figures.html", context, status=status)


@require_safe
def figures_xlsx(request: HttpRequest) -> HttpResponse:
    """The same figures as a table, each with definition, parts, digest of its cases and last year's number."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        period, faults = asked_period(s, given)
        if faults:
            raise BadInput(faults)
        organ, whose = asked_organ(s, given)
        indicators = s.registry.indicators
        computed = analytics.compute(s, s.registry, indicators, period.since, period.before, organ)
        before = previous_year(s, s.registry, indicators, period, organ)
        name = f"统计{period.since.isoformat()}至{period.before.isoformat()}"
        note = (f"{whose['organ_name'] or '全部机关'}，{period}，按{s.now:%Y-%m-%d %H:%M}的记录",)
    content = to_xlsx([figures_sheet(computed, before, note)])
    return attachment(HttpResponse(content, content_type=XLSX), f"{name}.xlsx")


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure: definition, numerator, denominator, and its cases or entries as far as they may be seen."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        indicator = next((one for one in s.registry.indicators if one.name == name), None)
        if indicator is None:
            raise NotFound("指标")
        period, faults = asked_period(s, given)
        organ, whose = asked_organ(s, given)
        computed = analytics.compute(s, s.registry, [indicator], period.since, period.before, organ)[name]
        context = {
            "section": "reports",
            "period": period,
            "given": given,
            "faults": faults,
            **whose,
            "figure": computed,
            "rate": indicator if isinstance(indicator, Rate) else None,
            **_behind(s, computed),
            "most": MOST_CASES,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return render(request, "workbench/figure.html", context, status=status)


def _behind(s: Session, computed: Figure) -> dict[str, Any]:
    """The lists of cases behind a figure; of a figure over a register those of entries."""
    register = next((one for one in s.registry.registers if one.name == computed.indicator.source), None)
    if register is not None:
        return {"register": register, "entries": list(behind(s, register, computed, MOST_CASES))}
    return {"lists": list(_lists(s, computed))}


def _lists(s: Session, computed: Figure) -> list[tuple[str, int, list[listing.Line]]]:
    """Title, number and first lines of each list of cases; a rate has two."""
    period = computed.period
    parts: list[tuple[str, Part | None]] = [("计入的案件", None)]
    if isinstance(computed.indicator, Rate):
        parts = [("分子：计入的案件", "numerator"), ("分母：全部有关案件", "denominator")]
    found = []
    for title, part in parts:
        ids = analytics.cases(s, s.registry, computed.indicator, period.since, period.before, computed.organ, part=part)
        cases = access.cases(s).filter(pk__in=ids[:MOST_CASES]).order_by("opened", "id")
        found.append((title, len(ids), [listing.line(s, case) for case in listing.page(s, cases, 0, MOST_CASES)]))
    return found
