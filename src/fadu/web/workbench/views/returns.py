"""报表: the other returns that are owed, of a year or as of a day; on the screen, as .docx and as .xlsx."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.infra.official.xlsx import to_xlsx
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.report_writer.returns import Filled, fill, returns
from fadu.rules.errors import NotFound
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.paper_file import as_docx
from fadu.web.shared.paper_text import html
from fadu.web.shared.words import read_day, whole


def _filled(s: Session, request: HttpRequest, name: str) -> tuple[Filled, date]:
    """The return asked for and its day, today without one. Raises BadInput for a day that is none."""
    day = read_day(request.GET.get("on", ""), "日期", "on") or s.today
    organ = request.GET.get("organ", "")
    if organ and whole(organ) is None:
        raise NotFound("机关")
    return fill(s, name, day, int(organ) if organ else None, part=_part(request)), day


def _part(request: HttpRequest) -> bool:
    """Whether figures go up to the day only."""
    return request.GET.get("part") == "1"


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """On the screen, every number with its cases."""
    with access.session(me(request)) as s:
        filled, day = _filled(s, request, name)
        said = next(one for one in returns() if one.name == name)
        organ = request.GET.get("organ", "")
        context: dict[str, Any] = {
            "section": "reports",
            "said": said,
            "day": day,
            "organ": organ,
            "part": _part(request),
            "query": f"?on={day.isoformat()}{'&part=1' if _part(request) else ''}{f'&organ={organ}' if organ else ''}",
            "text": html(filled.document),
        }
        return render(request, "workbench/return.html", context)


@require_safe
def docx(request: HttpRequest, name: str) -> HttpResponse:
    """In the form of official documents."""
    with access.session(me(request)) as s:
        filled, _ = _filled(s, request, name)
    return as_docx(filled.document, filled.document.title.replace("\n", ""))


@require_safe
def xlsx(request: HttpRequest, name: str) -> HttpResponse:
    """As a spreadsheet; of tables also every figure with its definition and cases."""
    with access.session(me(request)) as s:
        filled, _ = _filled(s, request, name)
    title = filled.document.title.replace("\n", "")
    return attached(to_xlsx(filled.sheets), XLSX, f"{title}.xlsx")
