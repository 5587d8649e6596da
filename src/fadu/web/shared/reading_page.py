"""报告核对 as a page: a report in, its text with every figure marked out. Nothing of what was given is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from fadu.report_reader import Reading
from fadu.report_reader.output.as_json import as_json
from fadu.report_reader.output.as_page import as_page
from fadu.report_reader.output.as_workbook import SHEETS, rows_of, workbook
from fadu.report_reader.output.marks import WARNING, body
from fadu.rules.errors import Refusal
from fadu.web.shared.downloads import JSON, XLSX, attached
from fadu.web.shared.reading import (
    LARGEST_FILE,
    LARGEST_REQUEST,
    LONGEST,
    MOST_FILES,
    Given,
    given,
)
from fadu.web.shared.request_size import MEGABYTE, throw_away, too_large

View = Callable[[HttpRequest], HttpResponse]
TEMPLATE = "shared/reading.html"
KEPT = "文件和文字只用于这一次核对，读完即丢弃：不保存，不记录，也不发往别处。"
TOO_LARGE = Refusal(
    f"提交的内容太大，没有接收：一个文件最多 {LARGEST_FILE // MEGABYTE} MB，文字最多 {LONGEST // 10_000} 万字。",
    todo="请另存为不带图片的文件，或者只粘贴正文。",
)
LIMITS = {
    "megabytes": LARGEST_FILE // MEGABYTE,
    "together": LARGEST_REQUEST // MEGABYTE,
    "longest": LONGEST // 10_000,
    "most": MOST_FILES,
    "kept": KEPT,
}


def page(request: HttpRequest, frame: str) -> HttpResponse:
    """The form; with a report in it the answer, or the file asked for. frame: the page around it."""
    if request.method != "POST":
        return show(request, TEMPLATE, frame)
    try:
        one, *more = given(request)
        if more:
            raise Refusal("一次核对一份报告，这里有几份。", todo="文件和文字只留一样。")
    except Refusal as fault:
        return show(request, TEMPLATE, frame, fault=fault, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    reading = one.read()
    if file := _file(request.POST.get("form", ""), one, reading):
        return file
    marked = mark_safe(body(reading, one.loaded.notes))  # noqa: S308 - everything of the text is escaped there
    return show(request, TEMPLATE, frame, one=one, reading=reading, body=marked, warning=WARNING)


def show(
    request: HttpRequest,
    template: str,
    frame: str,
    *,
    fault: Refusal | None = None,
    status: int = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """The page, kept by no browser and no proxy. What was typed stands in its box again."""
    typed = request.POST.get("text", "") if fault not in (None, TOO_LARGE) else ""
    told = {"frame": frame, "section": "reading", "refusal": fault, "typed": typed, "limits": LIMITS}
    response = render(request, template, told | context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bounded(template: str, frame: str) -> Callable[[View], View]:
    """A request that is too large is thrown away unread; the token of the form is checked after that."""

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            try:
                if not too_large(request, LARGEST_REQUEST):
                    return protected(request)
                throw_away(request)
            except RequestDataTooBig:
                pass
            return show(request, template, frame, fault=TOO_LARGE, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

        return csrf_exempt(guarded)

    return decorate


def _file(form: str, one: Given, reading: Reading) -> HttpResponse | None:
    name = f"{one.stem}（报告核对）"
    if form == "json":
        text = json.dumps(as_json(reading, one.name, one.loaded), ensure_ascii=False, indent=1)
        return attached(text.encode(), JSON, f"{name}.json")
    if form == "xlsx":
        return attached(workbook(SHEETS, rows_of(one.name, reading, one.loaded)), XLSX, f"{name}.xlsx")
    if form == "html":
        return attached(
            as_page(reading, one.name, one.loaded.notes).encode(), "text/html; charset=utf-8", f"{name}.html"
        )
    return None
