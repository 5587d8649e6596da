"""The list of cases and its export as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.rules.errors import Refusal
from fadu.web.shared.officer import me
from fadu.web.workbench import listing
from fadu.web.workbench.listing import COUNTED, HEADINGS, LIGHTS, OPEN, PAGE_SIZE, Question


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One page of the list."""
    asked = listing.read(request.GET.dict())
    with access.session(me(request)) as s:
        found = listing.found(s, asked)
        total = found[: COUNTED + 1].count()
        asked = replace(asked, page=min(asked.page, _last(total)))
        first = (asked.page - 1) * PAGE_SIZE
        lines = [listing.line(s, case) for case in found[first : first + PAGE_SIZE]]
        context = {
            "section": "cases",
            "asked": asked,
            "lines": lines,
            "total": f"{COUNTED}+" if total > COUNTED else str(total),
            "columns": _columns(asked),
            "pages": _pages(asked, total),
            "export": asked.address(),
            **_choices(s),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.faults else HTTPStatus.OK
        return render(request, "workbench/cases.html", context, status=status)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Exactly the rows of the list, all pages, as .csv that spreadsheets open in Chinese."""
    asked = listing.read(request.GET.dict())
    with access.session(me(request)) as s:
        found = list(listing.found(s, asked)[: COUNTED + 1])
        if len(found) > COUNTED:
            raise Refusal(f"符合条件的案件超过 {COUNTED} 件，没有导出。", todo="请返回列表，增加条件后再导出。")
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(HEADINGS)
        writer.writerows([_safe(cell) for cell in listing.line(s, case).cells] for case in found)
        name = f"cases-{s.today.isoformat()}.csv"
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return "'" + cell if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _columns(asked: Question) -> list[dict[str, Any]]:
    """The headings by which the list can be ordered."""
    columns = []
    for name, label in (("number", "案号"), ("title", "标题"), ("due", "期限"), ("opened", "立案日期")):
        now = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "none")
        link = asked.address(sort=f"-{name}" if asked.sort == name else name)
        columns.append({"name": name, "label": label, "now": now, "link": link})
    return columns


def _last(total: int) -> int:
    """Number of the last page, as far as the list is counted."""
    return max(1, -(-min(total, COUNTED) // PAGE_SIZE))


def _pages(asked: Question, total: int) -> dict[str, Any]:
    last = _last(total)
    return {
        "now": asked.page,
        "last": last,
        "before": asked.address(page=asked.page - 1) if asked.page > 1 else None,
        "after": asked.address(page=asked.page + 1) if asked.page < last else None,
    }


def _choices(s: Session) -> dict[str, Any]:
    """What the boxes above the list offer."""
    systems = [(name, s.registry.newest(name)) for name in s.registry.systems]
    states = [
        {
            "label": newest.label,
            "states": {
                f"{name}:{state.name}": state.label for text in s.registry.versions(name) for state in text.states
            },
        }
        for name, newest in systems
    ]
    return {
        "systems": {name: newest.label for name, newest in systems},
        "states": states,
        "bodies": {str(organ.pk): organ.name for organ in access.organs(s)},
        "officers": {str(officer.pk): officer.name for officer in access.colleagues(s)},
        "lights": LIGHTS,
        "opens": OPEN,
    }
