"""年度报告: the report of a year on the screen, every figure opening its cases; as .docx, PDF, .xlsx and JSON."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from fadu.analytics.whose import Whose
from fadu.infra.official import to_docx
from fadu.infra.official.chart_svg import svg
from fadu.infra.official.pdf import printed
from fadu.infra.official.xlsx import to_xlsx
from fadu.infra.trouble import Trouble
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer import Report, write
from fadu.report_writer.outline import outline
from fadu.report_writer.plots import chart, monthly
from fadu.report_writer.prompts import prompts
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.web.shared.downloads import DOCX, JSON, XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.paper_text import html
from fadu.web.shared.words import read_day
from fadu.web.workbench import studio

FIRST_YEAR = 2000


def _write(s: Session, request: HttpRequest, year: int) -> Report:
    """The report asked for. Raises what the writer raises, NotFound for a year or an organ that cannot be."""
    organ = request.GET.get("organ", "")
    if year < FIRST_YEAR or (organ and not (organ.isascii() and organ.isdigit() and len(organ) < 9)):
        raise NotFound("报告")
    until = read_day(request.GET.get("until", ""), "截止日期", "until")
    return write(s, year, int(organ) if organ else None, until=until, today=request.GET.get("organs") == "today")


def _query(request: HttpRequest) -> str:
    """What was asked for, for the links to the other forms of the same report."""
    given = {name: request.GET[name] for name in ("organ", "organs", "until") if request.GET.get(name)}
    return f"?{urlencode(given)}" if given else ""


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """On the screen, with the numbers beside the text."""
    with access.session(me(request)) as s:
        try:
            written = _write(s, request, year)
        except BadInput as fault:
            context: dict[str, Any] = {"refusal": fault, "title": "不能生成报告"}
            return render(request, "shared/refusal.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        context = {
            "section": "reports",
            "year": year,
            "query": _query(request),
            "span": written.span,
            "organ": request.GET.get("organ", ""),
            "empty": written.empty,
            "measures": written.measures,
            "text": studio.anchored(html(written.document)),
            "headings": studio.headings(written),
            "parts": [(one, prompts(s, written, one.part)) for one in written.parts],
            "compared": studio.compared(written),
            "way": studio.way(s, written),
            "checked": studio.checked(written),
        }
        return render(request, "workbench/report.html", context)


@require_safe
def report_plots(request: HttpRequest, year: int) -> HttpResponse:
    """The main measures month by month beside the year before, each picture with its table."""
    with access.session(me(request)) as s:
        written = _write(s, request, year)
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
            "query": _query(request),
            "plots": [(plot, mark_safe(svg(chart(plot)))) for plot in found],  # noqa: S308 - svg escapes all text
        }
        return render(request, "workbench/report_plots.html", context)


@require_safe
def report_docx(request: HttpRequest, year: int) -> HttpResponse:
    """The report in the form of official documents."""
    with access.session(me(request)) as s:
        written = _write(s, request, year)
    name = written.document.title.replace("\n", "")
    return attached(to_docx(written.document), DOCX, f"{name}.docx")


@require_safe
def report_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The .docx as PDF, where this machine can make one."""
    with access.session(me(request)) as s:
        written = _write(s, request, year)
    try:
        content = printed(written.document)
    except Trouble as fault:
        raise Refusal(str(fault), todo="请把这句话转给系统管理员，或者下载 .docx。") from fault
    name = written.document.title.replace("\n", "")
    return attached(content, "application/pdf", f"{name}.pdf")


@require_safe
def report_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    """All figures with definition, parts, digest of the cases, last year's number and change."""
    with access.session(me(request)) as s:
        written = _write(s, request, year)
    name = written.document.title.replace("\n", "")
    return attached(to_xlsx(written.sheets), XLSX, f"{name}（数字）.xlsx")


@require_safe
def report_json(request: HttpRequest, year: int) -> HttpResponse:
    """Every figure with its definition, parts and the digest of its cases."""
    with access.session(me(request)) as s:
        written = _write(s, request, year)
    name = written.document.title.replace("\n", "")
    text = json.dumps(written.provenance, ensure_ascii=False, indent=1)
    return attached(text, JSON, f"{name}.json")
