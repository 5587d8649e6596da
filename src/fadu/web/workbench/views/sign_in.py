"""Signing in and out, the lock after too many wrong passwords, and the page a supervisor of servers asks."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from fadu.infra import clock
from fadu.kernel import access, house
from fadu.rules.procedure import ROLES
from fadu.web.shared.source import address

DEMO_PASSWORD = "demo-fadu"  # noqa: S105 - shown on the sign-in page of every demonstration house


FROM_ONE_SOURCE = 50
"""Wrong passwords within an hour from one address, whoever's they are: more than a whole office mistypes."""


class SignInForm(AuthenticationForm):
    """Name and password; the sentences are ours."""

    error_messages = {
        "invalid_login": "用户名或者密码不正确。密码区分大小写；连续错五次，账号将锁定一小时。",
        "inactive": "这个账号已经停用，请联系本单位系统管理员。",
    }


def demo_accounts() -> list[dict[str, Any]]:
    """Who may be tried out in a demonstration house, with what they do there."""
    return [
        {
            "username": officer.get_username(),
            "name": officer.name,
            "posts": [f"{post.organ.name}{ROLES[post.role].label}" for post in officer.posts.all()],
        }
        for officer in access.demo_accounts()
    ]


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Django's own signing in, with our page; whoever is signed in already goes to work."""

    authentication_form = SignInForm
    template_name = "workbench/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context, accounts=demo_accounts(), password=DEMO_PASSWORD)

    def post(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if too_often(request):
            return locked(request)
        return super().post(request, *given, **named)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with access.session(form.get_user().pk) as s:
            house.signed_in(s)
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def too_often(request: HttpRequest) -> bool:
    """Whether so many names were tried from one address that it is no longer listened to, beside each name's lock."""
    lately = AccessAttempt.objects.filter(
        ip_address=address(request) or None, attempt_time__gt=clock.now() - timedelta(hours=1)
    )
    return (lately.aggregate(wrong=Sum("failures_since_start"))["wrong"] or 0) >= FROM_ONE_SOURCE


def locked(request: HttpRequest, credentials: dict[str, Any] | None = None, *rest: Any) -> HttpResponse:
    """AXES_LOCKOUT_CALLABLE."""
    return render(request, "workbench/locked.html", status=HTTPStatus.TOO_MANY_REQUESTS)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("login")


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the web and its database answer."""
    access.now()
    return HttpResponse("正常", content_type="text/plain; charset=utf-8")
