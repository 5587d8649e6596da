"""提意见: drafts that stand open to everybody, a form for an opinion, what became of those that were given."""

from __future__ import annotations

from http import HTTPStatus
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access, applications, open_to_all
from fadu.kernel.attempts import AN_HOUR, often
from fadu.kernel.open_to_all import Consultation
from fadu.kernel.visits import VISITOR, Visit
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.web.portal.apply_form import OnlineForm
from fadu.web.shared.fields import ErrorLine, Told
from fadu.web.shared.refusals import status_of
from fadu.web.shared.rows import rows_changed
from fadu.web.shared.source import address
from fadu.web.shared.step_form import faults_by_field
from fadu.web.shared.typed import Typed

SAID_AN_HOUR = 20


@login_not_required
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What one can give an opinion on, and what was open before."""
    return render(request, "portal/consultations.html", {"section": "consult", "all": open_to_all.consultations()})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, case: int) -> HttpResponse:
    """A draft, the form for an opinion while it is open, the opinions with what became of each."""
    found = open_to_all.consultation(case)
    if request.method != "POST":
        return _show(request, found, Typed(), {}, None)
    if not found.open:
        raise NotFound("征求意见的事项")
    return _say(request, found)


def _say(request: HttpRequest, found: Consultation) -> HttpResponse:
    """The act: the opinion of somebody who need not say who he is."""
    with access.session(VISITOR, visit=Visit(found.case)) as s:
        procedure = access.procedure_of(s, access.case(s, found.case))
        step = open_to_all.opinion_step(procedure)
        assert step is not None  # else there would be no consultation
        form, typed = OnlineForm.of(s, procedure, step), Typed.of(request)
        changed = rows_changed(request, typed)
        faults = {} if changed else form.faults(typed)
        refusal: Refusal | None = BadInput(faults) if faults else None
        if not changed and often("opinions", address(request), SAID_AN_HOUR, AN_HOUR):
            refusal = Refusal("这一网络地址一小时内提出的意见过多。", todo="请过一会儿再提。")
        if not changed and refusal is None:
            try:
                with transaction.atomic():
                    applications.perform(s, step.name, form.values(typed).values, None, typed.one("key")[:64] or None)
            except Refusal as fault:
                refusal, faults = fault, faults_by_field(fault, form.values(typed))
    if changed or refusal:
        return _show(request, found, typed, faults, refusal)
    return _thanks(request, found)


def _thanks(request: HttpRequest, found: Consultation) -> HttpResponse:
    return render(request, "portal/consultation.html", {"section": "consult", "one": found, "thanks": True})


def _show(
    request: HttpRequest, found: Consultation, typed: Typed, faults: dict[str, str], refusal: Refusal | None
) -> HttpResponse:
    context = {
        "section": "consult",
        "one": found,
        "refusal": refusal,
        "error_lines": [ErrorLine(text, name) for name, text in faults.items()],
        "key": uuid4().hex,
    }
    if found.open:
        with access.session(VISITOR, visit=Visit(found.case)) as s:
            procedure = access.procedure_of(s, access.case(s, found.case))
            step = open_to_all.opinion_step(procedure)
            assert step is not None
            context["sheet"] = {"sections": OnlineForm.of(s, procedure, step).sections(Told(typed, faults))}
    return render(request, "portal/consultation.html", context, status=status_of(refusal) if refusal else HTTPStatus.OK)
