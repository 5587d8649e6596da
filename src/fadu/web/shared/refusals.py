"""Refusals as pages: what, why, on which article, what to do; one status for each kind."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from fadu.rules.errors import DeclarationError, FaduError, KeyReused, NotAllowed, NotFound, Refusal, StaleForm, TooOften
from fadu.rules.law import LawError
from fadu.web.shared.request_size import LARGEST, MEGABYTE, throw_away, too_large

logger = logging.getLogger("django.request")
STATUS: dict[type[FaduError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    StaleForm: HTTPStatus.CONFLICT,
    KeyReused: HTTPStatus.CONFLICT,
    TooOften: HTTPStatus.TOO_MANY_REQUESTS,
    LawError: HTTPStatus.NOT_FOUND,
    DeclarationError: HTTPStatus.INTERNAL_SERVER_ERROR,
}
TITLES = {
    HTTPStatus.NOT_FOUND: "没有找到",
    HTTPStatus.FORBIDDEN: "没有权限",
    HTTPStatus.CONFLICT: "情况已有变化",
    HTTPStatus.UNPROCESSABLE_ENTITY: "不能办理",
    HTTPStatus.TOO_MANY_REQUESTS: "请过一会儿再来",
    HTTPStatus.INTERNAL_SERVER_ERROR: "系统配置有误",
}
TOO_LARGE = Refusal(
    f"一次提交的文件合计超过 {LARGEST // MEGABYTE} MB，没有接收，也没有办理。",
    todo="请返回上一页，少选几个文件，分几次提交。",
)


def status_of(fault: FaduError) -> HTTPStatus:
    """The HTTP status of a refusal; 422 unless its kind says otherwise."""
    found = (status for kind, status in STATUS.items() if isinstance(fault, kind))
    return next(found, HTTPStatus.UNPROCESSABLE_ENTITY)


class RefusalPages:
    """Middleware: a refusal that no view has shown in its form becomes a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if too_large(request, LARGEST):
            throw_away(request)
            return page(request, TOO_LARGE, "提交的文件过大", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            fault = Refusal("这个网址不能这样打开。", todo="请从页面上的按钮办理。")
            return page(request, fault, "不能这样打开", HTTPStatus.METHOD_NOT_ALLOWED)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal | LawError):
            return refusal_page(request, exception)
        if isinstance(exception, DeclarationError):
            logger.error("a declaration does not hold", exc_info=exception)
            return refusal_page(request, exception)
        if isinstance(exception, DataError):  # its words hold what was typed: no log is told them
            logger.error(
                "what was typed has no place in the database: %s", getattr(request.resolver_match, "route", "")
            )
            return bad_request(request, exception)
        return None


def refusal_page(request: HttpRequest, fault: FaduError) -> HttpResponse:
    status = status_of(fault)
    return page(request, fault, TITLES[status], status)


def page(request: HttpRequest, fault: FaduError, title: str, status: HTTPStatus) -> HttpResponse:
    """A refusal in the frame of the door at which it was met."""
    frame = "portal/frame.html" if request.path.startswith("/open/") else "workbench/frame.html"
    return render(request, "shared/refusal.html", {"refusal": fault, "title": title, "frame": frame}, status=status)


# ---------------------------------------------------------------- pages for what Django refuses by itself


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: an address that leads nowhere."""
    return refusal_page(request, NotFound("这个网页"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return refusal_page(request, NotAllowed("您没有查看这个网页的权限。", todo="如确需查看，请联系本单位管理员。"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: too many fields, too long a text, a malformed request."""
    fault = Refusal("提交的内容过长或者格式不对，没有办理。", todo="请返回上一页，删减过长的文字后重新提交。")
    return page(request, fault, "提交的内容无法接收", HTTPStatus.BAD_REQUEST)


def broken(request: HttpRequest) -> HttpResponse:
    """handler500: a page that needs neither session nor database."""
    page = render_to_string("shared/broken.html")  # no request: context processors would ask the database
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form is from before the last signing in, or cookies are off."""
    fault = NotAllowed(
        "这张表单已经过期，没有办理。", todo="请返回上一页刷新后重新提交；仍不行的，请确认浏览器允许使用 Cookie。"
    )
    return page(request, fault, "表单已过期", HTTPStatus.FORBIDDEN)
