"""Signing in and out, the second factor, the lock after wrong passwords, and the page a supervisor of servers asks."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.contrib.auth import login, logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.infra import clock
from fadu.kernel import access, house, second_factor
from fadu.rules.procedure import ROLES
from fadu.web.shared import presence
from fadu.web.shared.source import address

DEMO_PASSWORD = "demo-fadu"  # noqa: S105 - shown on the sign-in page of every demonstration house


HALFWAY = "halfway"
TIME_FOR_CODE = 300
"""Seconds for the second question after the password."""
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
        officer = form.get_user()
        if second_factor.has(officer.pk):
            until = int(clock.now().timestamp()) + TIME_FOR_CODE
            self.request.session[HALFWAY] = {"officer": officer.pk, "until": until, "next": self.get_success_url()}
            return redirect("second_factor")
        enter(self.request, officer)
        return redirect(self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def enter(request: HttpRequest, officer: Any) -> None:
    """Signs a person in who has proved everything that is asked."""
    with access.session(officer.pk) as s:
        house.signed_in(s)
        missing = second_factor.required(s) and not second_factor.has(officer.pk)
    login(request, officer, "django.contrib.auth.backends.ModelBackend")
    presence.begin(request)
    if missing:
        request.session[presence.MUST_SET_UP] = True


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second question: a code of the app, or one of those for when it is lost."""
    officer = _halfway(request)
    if officer is None:
        return redirect("login")
    if request.method != "POST":
        return render(request, "workbench/second_factor.html")
    named = {"username": officer.get_username()}
    if too_often(request) or not AxesProxyHandler.is_allowed(request, named):
        return locked(request)
    with transaction.atomic():
        right = second_factor.passes(officer.pk, request.POST.get("code", "")[:40])
    if not right:
        user_login_failed.send(sender=__name__, credentials=named, request=request)
        told = {"fault": "验证码不正确，或者已经用过。请等应用显示下一组数字再输入。"}
        return render(request, "workbench/second_factor.html", told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    onward = request.session.pop(HALFWAY)["next"]
    enter(request, officer)
    return redirect(onward)


def _halfway(request: HttpRequest) -> Any:
    """Whose password was right just now in this browser; none when that is too long ago."""
    said = request.session.get(HALFWAY)
    if said is None or said["until"] < clock.now().timestamp():
        return None
    return ModelBackend().get_user(said["officer"])


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
