"""Signing in and out, the second factor, the lock after wrong passwords, and the page a supervisor of servers asks."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth import login, logout
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.infra import clock
from fadu.kernel import access, attempts, house, house_reading, second_factor
from fadu.rules.procedure import ROLES
from fadu.web.shared import presence
from fadu.web.shared.headers import clean
from fadu.web.workbench import sign_in_limits
from fadu.web.workbench.sign_in_limits import Refused, Try

DEMO_PASSWORD = "demo-fadu"  # noqa: S105 - shown on the sign-in page of every demonstration house


HALFWAY = "halfway"
TIME_FOR_CODE = 300
"""Seconds for the second question after the password."""


class SignInForm(AuthenticationForm):
    """Name and password; the sentences are ours."""

    error_messages = {
        "invalid_login": "用户名或者密码不正确。密码区分大小写；连续错五次，一小时内不能从这里登录。",
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
        for officer in house_reading.demo_accounts()
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
        self.tried = sign_in_limits.of(request, request.POST.get("username", ""))
        why = sign_in_limits.begin(self.tried)
        return _refused(request, self.tried, why) if why else super().post(request, *given, **named)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        officer = form.get_user()
        if second_factor.has(officer.pk):
            until = int(clock.now().timestamp()) + TIME_FOR_CODE
            halfway = {"officer": officer.pk, "password": officer.get_session_auth_hash(), "until": until}
            self.request.session[HALFWAY] = {**halfway, "next": self.get_success_url()}
            return redirect("second_factor")
        return enter(self.request, officer, self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        if why := sign_in_limits.wrong(self.tried):
            return _refused(self.request, self.tried, why)
        return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def enter(request: HttpRequest, officer: Any, onward: str) -> HttpResponse:
    """Signs a person in who has proved everything that is asked; the browser is known from now on."""
    with access.session(officer.pk) as s:
        house.signed_in(s)
        missing = second_factor.required(s) and not second_factor.has(officer.pk)
    login(request, officer, "django.contrib.auth.backends.ModelBackend")
    presence.begin(request)
    if missing:
        request.session[presence.MUST_SET_UP] = True
    attempts.forget(officer.get_username())
    response = redirect(onward)
    sign_in_limits.know(request, response, officer.get_username())
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second question: a code of the app, or one of those for when it is lost."""
    officer = _halfway(request)
    if officer is None:
        return redirect("login")
    if request.method != "POST":
        return render(request, "workbench/second_factor.html")
    tried = sign_in_limits.of(request, officer.get_username())
    given = sign_in_limits.count_code(tried.name)
    if given > sign_in_limits.CODES:
        return _refused(request, tried, "locked")
    with transaction.atomic():
        right = second_factor.passes(officer.pk, request.POST.get("code", "")[:40])
    if not right and given == sign_in_limits.CODES:
        return _refused(request, tried, "locked")
    if not right:
        told = {"fault": "验证码不正确，或者已经用过。请等应用显示下一组数字再输入。"}
        return render(request, "workbench/second_factor.html", told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    onward = request.session.pop(HALFWAY)["next"]
    return enter(request, officer, onward)


def _halfway(request: HttpRequest) -> Any:
    """Whose password was right just now in this browser; none when that is too long ago, or it is another now."""
    said = request.session.get(HALFWAY)
    if said is None or said["until"] < clock.now().timestamp():
        return None
    officer = ModelBackend().get_user(said["officer"])
    return officer if officer and officer.get_session_auth_hash() == said["password"] else None


def _refused(request: HttpRequest, tried: Try, why: Refused) -> HttpResponse:
    """A try that was not listened to, and when the next one is."""
    seconds = attempts.waiting(sign_in_limits.PAUSE, tried.name)
    response = render(
        request, "workbench/locked.html", {"why": why, "seconds": seconds}, status=HTTPStatus.TOO_MANY_REQUESTS
    )
    if why == "pause":
        response["Retry-After"] = str(seconds)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return clean(redirect("login"))


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the web and its database answer."""
    access.now()
    return HttpResponse("正常", content_type="text/plain; charset=utf-8")
