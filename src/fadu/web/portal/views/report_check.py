"""报告核对 for everybody. One visitor cannot hold it: few readings at a time, and few a minute from one address."""

from __future__ import annotations

from http import HTTPStatus
from threading import BoundedSemaphore

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from fadu.kernel.attempts import often
from fadu.rules.errors import Refusal
from fadu.web.shared import reading_page
from fadu.web.shared.source import address

FRAME = "portal/frame.html"
AT_A_TIME = 2
"""In each process, of its eight threads."""
A_MINUTE = 20
_places = BoundedSemaphore(AT_A_TIME)


@login_not_required
@reading_page.bounded(reading_page.TEMPLATE, FRAME)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The page of shared/, behind its gate."""
    if request.method != "POST":
        return reading_page.page(request, FRAME)
    if often("reading", address(request), A_MINUTE) or not _places.acquire(blocking=False):
        fault = Refusal("现在核对的人较多，这一次没有核对。", todo="请过一分钟再点“核对”；您粘贴的文字还在框里。")
        return reading_page.show(
            request, reading_page.TEMPLATE, FRAME, fault=fault, status=HTTPStatus.TOO_MANY_REQUESTS
        )
    try:
        return reading_page.page(request, FRAME)
    finally:
        _places.release()
