"""我要申请: choose what to apply for, read what is needed, begin."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access, applications, contacts
from fadu.kernel.applications import Offered
from fadu.kernel.attempts import AN_HOUR, often
from fadu.kernel.visits import VISITOR
from fadu.rules.errors import BadInput, Refusal
from fadu.rules.sheet import periods
from fadu.web.portal import held
from fadu.web.portal.apply_form import OnlineForm
from fadu.web.shared.fields import Told
from fadu.web.shared.source import address
from fadu.web.shared.typed import Typed
from fadu.web.shared.words import whole

BEGUN_AN_HOUR = 30


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Everything that anybody may apply for here."""
    with access.session(VISITOR) as s:
        return render(request, "portal/apply.html", {"section": "apply", "offered": applications.offered(s)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, system: str, step: str) -> HttpResponse:
    """What is needed and what follows; sent, it begins a draft."""
    with access.session(VISITOR) as s:
        what = applications.offer(s, system, step)
        if request.method != "POST":
            return _show(request, s, what, None)
        if often("begun", address(request), BEGUN_AN_HOUR, AN_HOUR):
            fault = Refusal("这一网络地址一小时内新建的申请过多。", todo="请过一会儿再试，或者继续填写已有的申请。")
            return _show(request, s, what, fault, HTTPStatus.TOO_MANY_REQUESTS)
        try:
            draft = applications.begin(s, what, whole(request.POST.get("body", "")) or 0)
        except BadInput as fault:
            return _show(request, s, what, fault, HTTPStatus.UNPROCESSABLE_ENTITY)
    held.hold(request, draft)
    return redirect("open_draft", draft.number, 1)


def _show(
    request: HttpRequest, s: access.Session, what: Offered, refusal: Refusal | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:  # fmt: skip
    sections = OnlineForm.of(s, what.procedure, what.step).sections(Told(Typed()))
    context = {
        "section": "apply",
        "what": what,
        "sections": sections,
        "contacts": contacts.of(s, what.bodies),
        "terms": periods(what.procedure, s.env.library),
        "refusal": refusal,
    }
    return render(request, "portal/start.html", context, status=status)
