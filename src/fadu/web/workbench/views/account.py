"""我的账号: where one is signed in, one's password, one's second factor."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.infra.official.qr import svg
from fadu.kernel import access, attempts, house, models, second_factor, web_sessions
from fadu.rules.errors import BadInput, NotFound
from fadu.web.shared import presence
from fadu.web.shared.downloads import NOT_STORED, SVG
from fadu.web.shared.officer import me
from fadu.web.workbench import sign_in_limits

OWN_PASSWORD = "own password"  # noqa: S105 - under what tries are counted
SECRET = "new_secret"  # noqa: S105 - where the session keeps the one that is being set up

PASSWORDS = (
    ("old", "原密码", "current-password"),
    ("new", "新密码", "new-password"),
    ("again", "再输入一次新密码", "new-password"),
)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Everything of one's own on one page."""
    return _show(request)


@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Who is signed in, for a page that was made long ago, and the token with which its form is taken now."""
    return JsonResponse({"who": me(request), "token": get_token(request)})


def _show(request: HttpRequest, faults: dict[str, str] | None = None, done: str = "") -> HttpResponse:
    with access.session(me(request)) as s:
        context = {
            "section": "account",
            "sessions": [
                (one, "" if one.session_key == request.session.session_key else web_sessions.sign_of(one))
                for one in web_sessions.of(me(request))
            ],
            "second": second_factor.left(me(request)),
            "required": second_factor.required(s),
            "faults": faults or {},
            "fields": [(name, label, (faults or {}).get(name, ""), kind) for name, label, kind in PASSWORDS],
            "done": done or request.GET.get("done", ""),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return render(request, "workbench/account.html", context, status=status)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Signs oneself out elsewhere: of one browser, or of all but this one."""
    web_sessions.end(me(request), but=request.session.session_key, one=request.POST.get("one", ""))
    return redirect("/me/?done=sessions")


def _wrong(officer: models.Officer, typed: str) -> str:
    """Why the password is not taken of whoever sits at an open browser; counted, so that nobody guesses it there."""
    name = officer.get_username()
    if attempts.often(OWN_PASSWORD, name, sign_in_limits.WRONG, attempts.AN_HOUR):
        return "密码输错的次数过多，一小时内不能再试；忘记密码的，请系统管理员重设"
    if not officer.check_password(typed):
        return "密码不正确"
    attempts.forget(name)
    return ""


@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own; all other browsers are signed out by it."""
    officer, given = models.Officer.objects.get(pk=me(request)), request.POST
    faults = {}
    if wrong := _wrong(officer, given.get("old", "")):
        faults["old"] = f"原{wrong}"
    if given.get("new", "") != given.get("again", ""):
        faults["again"] = "两次输入的新密码不一样"
    try:
        validate_password(given.get("new", ""), officer)
    except ValidationError as fault:
        faults["new"] = "；".join(fault.messages)
    if faults:
        return _show(request, faults)
    with access.session(officer.pk) as s:
        house.set_own_password(s, given["new"])
    officer.refresh_from_db()
    update_session_auth_hash(request, officer)
    web_sessions.end(officer.pk, but=request.session.session_key)
    return redirect("/me/?done=password")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    """The app is told the secret, and shows by a code that it has it; then the codes for when it is lost, once.

    The password is asked for once more, else an open browser would be enough to shut its owner out; not of whoever
    has just given it and may not go on before this is done.
    """
    secret = request.session.setdefault(SECRET, second_factor.new_secret())
    context: dict[str, Any] = {
        "section": "account",
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "link": second_factor.address_of(secret, request.user.get_username()),
        "must": presence.MUST_SET_UP in request.session,
        "again": second_factor.has(me(request)),
    }
    if request.method != "POST":
        return render(request, "workbench/second_factor_setup.html", context)
    try:
        _agreed(request)
        with access.session(me(request)) as s:
            context["codes"] = second_factor.set_up(s, secret, "".join(request.POST.get("code", "").split())[:10])
    except BadInput as fault:
        context["faults"] = fault.fields
        return render(request, "workbench/second_factor_setup.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    for word in (SECRET, presence.MUST_SET_UP):
        request.session.pop(word, None)
    return render(request, "workbench/second_factor_setup.html", context)


def _agreed(request: HttpRequest) -> None:
    """Raises BadInput unless the password was given, now or when signing in for this."""
    officer = models.Officer.objects.get(pk=me(request))
    must = presence.MUST_SET_UP in request.session
    if not must and (wrong := _wrong(officer, request.POST.get("old", ""))):
        raise BadInput({"old": wrong})


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The secret that is being set up as the app reads it from the screen; kept by no browser, told in no address."""
    secret = request.session.get(SECRET)
    if secret is None:
        raise NotFound("图片")
    drawn = svg(second_factor.address_of(secret, request.user.get_username()))
    return HttpResponse(drawn, content_type=SVG, headers=NOT_STORED)


@require_POST
def end_second_factor(request: HttpRequest) -> HttpResponse:
    """Without it from now on; asks for the password once more."""
    officer = models.Officer.objects.get(pk=me(request))
    if wrong := _wrong(officer, request.POST.get("old", "")):
        return _show(request, {"end": f"{wrong}，没有停用"})
    with access.session(officer.pk) as s:
        second_factor.give_up(s)
    return redirect("/me/?done=ended")
