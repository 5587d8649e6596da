"""统计: the figures of a period, and one figure with its definition and the cases or entries behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from fadu.analytics import figures as analytics
from fadu.analytics.breakdown import (
    Dimension,
    break_down,
    dimension,
    dimensions,
    figure_among,
    ids_behind,
    label_of,
    ranks,
)
from fadu.analytics.comparison import previous_year
from fadu.analytics.figures import Figure, Part, Period
from fadu.analytics.shares import Counts, shares
from fadu.analytics.trend import monthly, yearly
from fadu.analytics.whose import Whose
from fadu.infra.official.xlsx import to_xlsx
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer.provenance import link_of
from fadu.report_writer.returns import returns
from fadu.report_writer.sheets import figures_sheet
from fadu.report_writer.whose import all_seen, organ_of
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.rules.indicators import Rate, Reach
from fadu.rules.registry import Room
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day
from fadu.web.workbench import list_cells
from fadu.web.workbench.board import Board, by_month, by_year, divided, size_of
from fadu.web.workbench.figure_entries import behind

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


def asked_whose(s: Session, given: dict[str, str], period: Period) -> tuple[Whose, dict[str, Any]]:
    """Whose figures a query string asks for, by default everybody's; and what the page needs to show the choice."""
    tree = access.tree(s)
    organs = {str(one.id): f"{one.name}（已撤销）" if one.before else one.name for one in tree.places.values()}
    asked, today = given.get("organ", ""), given.get("organs") == "today"
    if asked and asked not in organs:
        raise NotFound("机关")
    query = {"from": period.since.isoformat(), "before": period.before.isoformat()}
    query |= ({"organ": asked} if asked else {}) | ({"organs": "today"} if today else {})
    shown = {"organs": organs, "organ": asked, "organ_name": organs.get(asked, ""), "today": today}
    path = tree.path(int(asked), None if today else period.last)[1:] if asked else []
    shown["above"] = [(one, tree.places[one].name) for one in reversed(path)]
    # narrow: the same question for another organ
    shown |= {"query": urlencode(query), "narrow": urlencode({k: v for k, v in query.items() if k != "organ"})}
    return Whose(int(asked) if asked else None, today), shown


def _of_room(room: Room, computed: Mapping[str, Figure], mirrored: Mapping[str, str]) -> dict[str, Any]:
    """A room's figures, each with what it says of mirrored cases, those with nothing behind them apart."""
    found = [(computed[indicator.name], mirrored.get(indicator.name, "")) for indicator in room.indicators]
    counted = [one for one in found if one[0].value or one[0].denominator]
    return {"label": room.label, "counted": counted, "empty": [one for one in found if one not in counted]}


def _counts(s: Session, period: Period, whose: Whose) -> Counts:
    """How the figures of a page are computed."""
    return lambda indicators: analytics.compute(s, s.registry, indicators, period.since, period.before, whose)


def _shown(
    s: Session, computed: Mapping[str, Figure], mirrored: Mapping[str, str], period: Period, whose: Whose, *, by: bool
) -> dict[str, Any]:
    """The figures room by room, or as boards with a row for each organ below."""
    rooms = [_of_room(room, computed, mirrored) for room in s.registry.rooms if room.indicators]
    if not by:
        return {"rooms": rooms}
    wanted = [(room["label"], [figure for figure, _ in room["counted"]]) for room in rooms]
    return {"boards": divided(s, wanted, period, whose), "divided": True, "more": "&by=unit"}


def _why_no_reports(s: Session, period: Period) -> Refusal | None:
    """Why the person gets neither the yearly report nor the returns of these days; None who may have them."""
    try:
        all_seen(s, Whose(organ_of(s, None).pk), period)
    except NotAllowed as refusal:
        return refusal
    except Refusal:
        return None  # told by the page of the report itself: which organ is meant
    return None


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All declared indicators, computed over the cases that the person sees from inside."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        period, faults = asked_period(s, given)
        mine, whose = asked_whose(s, given, period)
        count = _counts(s, period, mine)
        computed = count(s.registry.indicators)
        mirrored = shares(s, computed, count)
        context = {
            "section": "reports",
            "period": period,
            "given": given,
            "faults": faults,
            **whose,
            **_shown(s, computed, mirrored, period, mine, by=given.get("by") == "unit"),
            "not_mine": _why_no_reports(s, period),
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
        mine, whose = asked_whose(s, given, period)
        indicators = s.registry.indicators
        count = _counts(s, period, mine)
        computed = count(indicators)
        before = previous_year(s, s.registry, indicators, period, mine)
        name = f"统计{period.since.isoformat()}至{period.before.isoformat()}"
        mirrored = shares(s, computed, count)
        note = (f"{whose['organ_name'] or '全部机关'}，{period}，按{s.now:%Y-%m-%d %H:%M}的记录",)
    content = to_xlsx([figures_sheet(computed, before, note, mirrored)])
    return attached(content, XLSX, f"{name}.xlsx")


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure: definition, numerator, denominator, and its cases or entries as far as they may be seen."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        indicator = s.registry.declared(name)
        if indicator is None:
            raise NotFound("指标")
        period, faults = asked_period(s, given)
        mine, whose = asked_whose(s, given, period)
        count = _counts(s, period, mine)
        by = dimension(s.registry, indicator.source, given["by"]) if given.get("by") else None
        if by and "key" in given:
            computed = figure_among(s, s.registry, indicator, period, by, given["key"], mine)
        else:
            computed = count([indicator])[name]
        context = {
            "section": "reports",
            "period": period,
            "given": given,
            "faults": faults,
            **whose,
            "figure": computed,
            "mirrored": "" if computed.among else shares(s, {name: computed}, count).get(name, ""),
            "rate": indicator if isinstance(indicator, Rate) else None,
            **_broken_down(s, computed, by),
            "own": indicator.reach is Reach.OWN,
            "plain": name.partition("@")[0],
            "boards": [] if by else _boards(s, computed),
            "more": "#spread",
            **_behind(s, computed),
            "most": MOST_CASES,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return render(request, "workbench/figure.html", context, status=status)


def _boards(s: Session, computed: Figure) -> list[Board]:
    """The figure over months and years, and by organ."""
    (indicator, period, whose), found = (computed.indicator, computed.period, computed.whose), []
    compared = previous_year(s, s.registry, [indicator], period, whose)
    found += [by_month(computed, one) for one in monthly(s, [indicator], period, whose, compared).values()]
    found += [by_year(computed, one) for one in yearly(s, [indicator], period, whose).values() if len(one.labels) > 1]
    return found + ([] if indicator.reach is Reach.OWN else divided(s, [("分机关", [computed])], period, whose))


def _broken_down(s: Session, computed: Figure, by: Dimension | None) -> dict[str, Any]:
    """By what the figure may be broken down; the lines of the breakdown asked for, or which of them this is."""
    ways = {one.name: one.label for one in dimensions(s.registry, computed.indicator.source)}
    if by is None or computed.among:
        return {"ways": ways, "by": by, "line": label_of(by, computed.among[1]) if by and computed.among else ""}
    lines = break_down(s, s.registry, [computed.indicator], computed.period, by, computed.whose)
    told = zip(lines, ranks(by, lines, computed.name), strict=True)
    rows = [(line.label, one := line.figures[computed.name], link_of(one), size_of(one), rank) for line, rank in told]
    return {"ways": ways, "by": by, "lines": rows}


def _behind(s: Session, computed: Figure) -> dict[str, Any]:
    """The lists of cases behind a figure; of a figure over a register those of entries."""
    register = next((one for one in s.registry.registers if one.name == computed.indicator.source), None)
    if register is not None:
        return {"register": register, "entries": list(behind(s, register, computed, MOST_CASES))}
    return {"lists": list(_lists(s, computed))}


def _lists(s: Session, computed: Figure) -> list[tuple[str, int, list[SafeString]]]:
    """Title, number and first lines of each list of cases; a rate has two."""
    parts: list[tuple[str, Part | None]] = [("计入的案件", None)]
    if isinstance(computed.indicator, Rate):
        parts = [("分子：计入的案件", "numerator"), ("分母：全部有关案件", "denominator")]
    found = []
    for title, part in parts:
        ids = ids_behind(s, s.registry, computed, part)
        cases = access.cases(s).filter(pk__in=ids[:MOST_CASES]).order_by("opened", "id")
        found.append((title, len(ids), list_cells.first(s, cases, MOST_CASES)))
    return found
