"""报告核对 in the workbench: one published report, or several side by side. For every officer; nothing is kept."""

from __future__ import annotations

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods

from fadu.report_reader.compare import Comparison, compare
from fadu.report_reader.output.as_comparison import (
    WARNING,
    comparison_body,
    comparison_json,
    comparison_page,
    comparison_workbook,
)
from fadu.rules.errors import Refusal
from fadu.web.shared import reading_page
from fadu.web.shared.downloads import JSON, XLSX, attached
from fadu.web.shared.reading import Given, given
from fadu.web.shared.reading_page import show

FRAME = "workbench/frame.html"
COMPARISON = "workbench/comparison.html"


@reading_page.bounded(reading_page.TEMPLATE, FRAME)
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest) -> HttpResponse:
    """One report."""
    return reading_page.page(request, FRAME)


@reading_page.bounded(COMPARISON, FRAME)
@require_http_methods(["GET", "HEAD", "POST"])
def comparison(request: HttpRequest) -> HttpResponse:
    """Several reports: measures with one definition over places and periods."""
    if request.method != "POST":
        return show(request, COMPARISON, FRAME)
    try:
        ones = _several(request)
    except Refusal as fault:
        return show(request, COMPARISON, FRAME, fault=fault, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    found = compare([(one.name, one.read()) for one in ones])
    if file := _file(request.POST.get("form", ""), found):
        return file
    body = mark_safe(comparison_body(found))  # noqa: S308 - everything of the texts is escaped there
    return show(request, COMPARISON, FRAME, found=found, ones=ones, body=body, warning=WARNING)


def _several(request: HttpRequest) -> list[Given]:
    ones = given(request)
    if len(ones) < 2:
        raise Refusal("比较至少要两份报告。", todo="选择文件时按住 Ctrl 键，可以一次选几个文件。")
    return ones


def _file(form: str, found: Comparison) -> HttpResponse | None:
    if form == "xlsx":
        return attached(comparison_workbook(found), XLSX, "年度报告比较.xlsx")
    if form == "json":
        text = json.dumps(comparison_json(found), ensure_ascii=False, indent=1)
        return attached(text.encode(), JSON, "年度报告比较.json")
    if form == "html":
        return attached(comparison_page(found).encode(), "text/html; charset=utf-8", "年度报告比较.html")
    return None
