"""外观: everybody sets for this browser whether pages are dark and whether the type is large."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from fadu.web.shared.look import CHOICES, COOKIE, known, look

A_YEAR = timedelta(days=365)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The choices; sent back they hold from this page on."""
    saved = request.method == "POST"
    chosen = {name: known(name, request.POST.get(name, "")) for name in CHOICES} if saved else look(request)
    back = (request.POST if saved else request.GET).get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    told = {
        "frame": "workbench/frame.html" if request.user.is_authenticated else "portal/frame.html",
        "choices": [(name, label, values, chosen[name]) for name, (label, values) in CHOICES.items()],
        "look": chosen,
        "saved": saved,
        "back": back if safe else "/",
    }
    response = render(request, "portal/look.html", told)
    for name, value in chosen.items() if saved else ():
        _keep(response, COOKIE.format(name), value)
    return response


def _keep(response: HttpResponse, cookie: str, value: str) -> None:
    """What nobody chose leaves no cookie."""
    if value:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(cookie, value, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(cookie, samesite="Lax")
