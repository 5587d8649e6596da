"""年度报告: the report of a year on the screen, every figure opening its cases; as .docx, PDF, .xlsx and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from fadu.analytics.whose import Whose
from fadu.infra.official.chart_svg import svg
from fadu.infra.official.xlsx import to_xlsx
from fadu.kernel import access, desk, models
from fadu.kernel.access import Session
from fadu.kernel.desk_models import Draft
from fadu.kernel.offers import Offer
from fadu.report_writer import Report, chips, write
from fadu.report_writer.outline import outline
from fadu.report_writer.plots import chart, monthly
from fadu.report_writer.prompts import prompts
from fadu.report_writer.whose import organ_of
from fadu.rules.errors import BadInput, NotFound
from fadu.web.shared.downloads import JSON, XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.paper_file import as_docx, as_pdf
from fadu.web.shared.refusals import status_of
from fadu.web.shared.words import read_day, whole
from fadu.web.workbench import studio, writing
from fadu.web.workbench.writing import Place, Typed

FIRST_YEAR = 2000


def asked_organ(request: HttpRequest, year: int) -> int | None:
    """Whose report is asked for. Raises NotFound for a year or an organ that cannot be."""
    organ = request.GET.get("organ", "")
    if year < FIRST_YEAR or (organ and whole(organ) is None):
        raise NotFound("报告")
    return int(organ) if organ else None


def report_of(s: Session, request: HttpRequest, year: int) -> Report:
    """The report asked for. Raises what the writer raises, NotFound."""
    organ = asked_organ(request, year)
    until = read_day(request.GET.get("until", ""), "截止日期", "until")
    return write(s, year, organ, until=until, today=request.GET.get("organs") == "today")


def asked(request: HttpRequest) -> str:
    """What was asked for, for the links to the other forms of the same report."""
    given = {name: request.GET[name] for name in ("organ", "organs", "until") if request.GET.get(name)}
    return f"?{urlencode(given)}" if given else ""


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """On the screen, part by part, where it is written."""
    with access.session(me(request)) as s:
        return shown(s, request, year)


def shown(s: Session, request: HttpRequest, year: int, typed: Typed | None = None) -> HttpResponse:
    """The page. typed: what somebody wrote that was not taken, and why."""
    try:
        written = report_of(s, request, year)
    except BadInput as fault:
        told: dict[str, Any] = {"refusal": fault, "title": "不能生成报告"}
        return render(request, "shared/refusal.html", told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    case = writing.case_of(s, written.parts)
    way = studio.way(s, case)
    places = list(_places(s, written, case, way.steps if way else (), typed))
    context = {
        "section": "reports",
        "year": year,
        "query": asked(request),
        "span": written.span,
        "organ": request.GET.get("organ", ""),
        "empty": written.empty,
        "case": case,
        "way": way,
        "studio": studio.laid_out(written, places),
        "chips": chips_of(s, written) if any(one.step for one in places) else (),
        "key": uuid4().hex,
        "compiles": writing.compiling(way.offered) if way else None,
    }
    status = status_of(typed.refusal) if typed and typed.refusal else HTTPStatus.OK
    return render(request, "workbench/report.html", context, status=status)


def _places(
    s: Session, written: Report, case: models.Case | None, ready: Sequence[Offer], typed: Typed | None
) -> Iterator[Place]:
    """Where people write in this report, in its order."""
    own = written.provenance["organ"]["id"]
    last = writing.last_year(s, organ_of(s, own), written.span) if written.parts else {}
    drafts: dict[str, Draft | None] = {}
    for one in written.parts:
        fact = one.part.fact
        step = writing.entering(ready, fact)
        if case and step and step.name not in drafts:
            drafts[step.name] = desk.draft(s, case.pk, case.system, step.name)
        draft = writing.box_of(drafts.get(step.name) if step else None, fact)
        mine = typed if typed and typed.fact == fact else None
        yield Place(
            one,
            mine.text if mine else one.text if draft is None else draft,
            draft is not None,
            step,
            chips.bare(one.text, chips.names(s.registry)),
            last.get(fact, ""),
            prompts(s, written, one.part),
            mine.refusal if mine else None,
        )


def chips_of(s: Session, written: Report) -> list[tuple[str, str]]:
    """What can be put into a text: the figures that the report knows with their values, then all others."""
    known = [(one.indicator.label, one.printed(outline().rates)) for one in written.figures.values()]
    labels = {label for label, _ in known}
    return known + [(one.label, "") for one in s.registry.indicators if one.label not in labels]


@require_safe
def report_plots(request: HttpRequest, year: int) -> HttpResponse:
    """The main measures month by month beside the year before, each picture with its table."""
    with access.session(me(request)) as s:
        written = report_of(s, request, year)
        organ = written.provenance["organ"]
        found = monthly(
            s,
            written.figures,
            written.before,
            outline().plots,
            written.span,
            Whose(organ["id"], written.provenance["organs"] == "today"),
        )
        context = {
            "section": "reports",
            "year": year,
            "last": year - 1,
            "organ": organ["name"],
            "query": asked(request),
            "plots": [(plot, mark_safe(svg(chart(plot)))) for plot in found],  # noqa: S308 - svg escapes all text
        }
        return render(request, "workbench/report_plots.html", context)


@require_safe
def report_docx(request: HttpRequest, year: int) -> HttpResponse:
    """The report in the form of official documents."""
    with access.session(me(request)) as s:
        written = report_of(s, request, year)
    return as_docx(written.document, written.document.title.replace("\n", ""))


@require_safe
def report_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The .docx as PDF, where this machine can make one."""
    with access.session(me(request)) as s:
        written = report_of(s, request, year)
    return as_pdf(written.document, written.document.title.replace("\n", ""))


@require_safe
def report_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    """All figures with definition, parts, digest of the cases, last year's number and change."""
    with access.session(me(request)) as s:
        written = report_of(s, request, year)
    name = written.document.title.replace("\n", "")
    return attached(to_xlsx(written.sheets), XLSX, f"{name}（数字）.xlsx")


@require_safe
def report_json(request: HttpRequest, year: int) -> HttpResponse:
    """Every figure with its definition, parts and the digest of its cases."""
    with access.session(me(request)) as s:
        written = report_of(s, request, year)
    name = written.document.title.replace("\n", "")
    text = json.dumps(written.provenance, ensure_ascii=False, indent=1)
    return attached(text, JSON, f"{name}.json")
