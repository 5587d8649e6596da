"""查进度: number and code lead to a draft or to the case; what the party sees there, does there, and got from there."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.kernel import access, applications, contacts, models, offers
from fadu.kernel.access import Session
from fadu.kernel.acts import Receipt
from fadu.kernel.attempts import AN_HOUR, count, often
from fadu.rules import online
from fadu.rules.errors import BadInput, KeyReused, NotAllowed, NotFound, Refusal
from fadu.rules.facts import fact_fields, is_there
from fadu.rules.procedure import Procedure, Step
from fadu.web.portal import held
from fadu.web.portal.apply_form import OnlineForm
from fadu.web.portal.pdf import pdf
from fadu.web.portal.views.draft import upload_faults
from fadu.web.shared import case_clocks, case_seen
from fadu.web.shared.fields import ErrorLine, Told
from fadu.web.shared.headers import clean
from fadu.web.shared.paper_file import as_docx, check_on, document_of, name_of
from fadu.web.shared.paper_text import html, of_row
from fadu.web.shared.refusals import status_of
from fadu.web.shared.rows import rows_changed
from fadu.web.shared.source import address
from fadu.web.shared.step_form import faults_by_field
from fadu.web.shared.typed import Typed, uploads_in
from fadu.web.shared.words import shown as told
from fadu.web.shared.words import whole

TRIED_AN_HOUR, TRIED_FROM_ONE_PLACE = 10, 60
WRONG = "编号或者查询码不对，请对照回执重新输入。"


# ---------------------------------------------------------------- the way in


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Number and code. Wrong number and wrong code look the same; both are counted."""
    if request.method != "POST":
        return render(request, "portal/follow.html", {"section": "follow"})
    number, code = request.POST.get("number", "").strip()[:40], request.POST.get("code", "")[:40]
    place = address(request)  # who sits elsewhere and knows the number does not shut the party out
    tried = count("follow", number, AN_HOUR, by=place) > TRIED_AN_HOUR
    if often("follow from", place, TRIED_FROM_ONE_PLACE, AN_HOUR) or tried:
        fault = Refusal("输入的次数过多，暂时不能查询。", todo="请过一小时再试，或者到受理机构窗口查询。")
        return _entry(request, number, fault, HTTPStatus.TOO_MANY_REQUESTS)
    found = applications.find(number, code)
    if found is None:
        fault = Refusal(WRONG, todo="回执遗失的，请带身份证件到受理机构窗口查询。")
        return _entry(request, number, fault, HTTPStatus.UNPROCESSABLE_ENTITY)
    request.session.cycle_key()
    held.hold(request, found)
    return redirect("open_case", found.number) if found.case_id else redirect("open_draft", found.number, 1)


def _entry(request: HttpRequest, number: str, refusal: Refusal, status: HTTPStatus) -> HttpResponse:
    return render(
        request, "portal/follow.html", {"section": "follow", "number": number, "refusal": refusal}, status=status
    )


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Whoever used a device of others leaves nothing behind."""
    held.release(request)
    return clean(render(request, "portal/follow.html", {"section": "follow", "left": True}))


@login_not_required
@never_cache
@require_safe
def here(request: HttpRequest, number: str = "") -> HttpResponse:
    """What this browser still holds, for a page that was made long ago, and the token its form is taken with now."""
    if number:
        try:
            held.of_number(request, number)
        except NotFound:
            return redirect("open_follow")
    return JsonResponse({"who": number, "token": get_token(request)})


# ---------------------------------------------------------------- the case


@login_not_required
@never_cache
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case as the party sees it: where it stands, what comes next, what he got, what he can do."""
    application = held.of_number(request, number)
    if application.case_id is None:
        return redirect("open_draft", number, 1)
    with applications.visit(application) as s:
        seen = case_seen.see(s, application.case_id)
        state = seen.procedure.state(seen.case.state)
        context = {
            "section": "follow",
            "application": application,
            "case": seen.case,
            "procedure": seen.procedure,
            "state": state.label if state else seen.case.state,
            "running": [line for line in case_clocks.clock_lines(seen) if _concerns(seen, line, application)],
            "papers": _served(seen, application),
            "steps": [offer for offer in offers.offers(s, seen.case, seen.loaded) if offer.ready],
            "events": [event for event in reversed(seen.events) if event.position not in seen.gone],
            "people": _people(seen),
            "items": _items(seen),
            "said": _said(seen),
            "done": request.GET.get("done", ""),
            "contacts": contacts.of(s, [seen.case.body]),
        }
        return render(request, "portal/case.html", context)


def _concerns(seen: case_seen.Seen, line: case_clocks.ClockLine, application: models.Application) -> bool:
    """Running periods of the authority and of this party; not those of other parties."""
    row, declared = line.sheet.row, seen.procedure.clock(line.sheet.row.name)
    mine = declared is not None and getattr(declared.bearer, "name", "") == application.role
    return line.running and (row.ours or (mine and row.party in ("", application.party)))


def _served(seen: case_seen.Seen, application: models.Application) -> list[tuple[models.Paper, date]]:
    """The papers that were served on this party, and those that he got by doing a step here; newest first."""
    papers = {paper.key: paper for paper in seen.papers}
    mine = [row for row in seen.services if row.party == application.party]
    days = {row.paper: row.effective for row in mine if row.effective and row.paper in papers}
    days |= {paper.key: paper.day for paper in seen.papers if _handed_over(seen, paper, application.role)}
    return sorted(((papers[key], day) for key, day in days.items()), key=lambda one: one[1], reverse=True)


def _handed_over(seen: case_seen.Seen, paper: models.Paper, role: str) -> bool:
    step = seen.procedure.step(paper.data["step"])
    return step is not None and step.online is not None and set(paper.data["to"]) <= {role}


def _people(seen: case_seen.Seen) -> list[tuple[str, str]]:
    """Who takes part, by role, as the case page of a party names them."""
    found = []
    for role in seen.procedure.parties:
        names = "、".join(row.name for row in seen.parties if row.role == role.name and row.before is None)
        found.append((role.label, names))
    agents = "、".join(row.name for row in seen.agents if row.before is None)
    return [(label, names) for label, names in (*found, ("代理人、代表人", agents)) if names]


def _items(seen: case_seen.Seen) -> list[list[tuple[str, str]]]:
    """What was asked for, item by item."""
    if seen.procedure.items is None:
        return []
    fields = {name: one for name, one in fact_fields(seen.procedure.items.model).items() if seen.may_see(one)}
    rows = [{name: row.data["facts"].get(name) for name in fields} for row in seen.items]
    return [
        [(fields[name].fact.label, told(fields[name], value)) for name, value in row.items() if is_there(value)]
        for row in rows
    ]


def _said(seen: case_seen.Seen) -> list[case_seen.FactGroup]:
    """What the party itself stated, as it stands now."""
    own = {
        name
        for step in seen.procedure.steps
        if step.online
        for name in (*online.asked(seen.procedure, step).takes, *online.asked(seen.procedure, step).may_take)
    }
    facts = {name: value for name, value in seen.case.facts.items() if name in own}
    seen.case.facts = facts  # this page shows nothing else of the case
    return case_seen.fact_groups(seen, access.files_named(seen.s, case_seen.visible_files(seen)))


# ---------------------------------------------------------------- papers


def _paper(s: Session, application: models.Application, key: str) -> models.Paper:
    for paper, _ in _served(case_seen.see(s, application.case_id or 0), application):
        if paper.key == key:
            return paper
    raise NotFound("文书")


@login_not_required
@never_cache
@require_safe
def paper(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A paper that was served on the party."""
    application = held.of_number(request, number)
    with applications.visit(application) as s:
        found = _paper(s, application, key)
        context = {"section": "follow", "application": application, "paper": found, "text": html(of_row(found))}
        context["contacts"] = contacts.of(s, [application.body])
        context["check"] = check_on(s, found)
        return render(request, "portal/paper.html", context)


@login_not_required
@never_cache
@require_safe
def paper_docx(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The same as a document."""
    application = held.of_number(request, number)
    with applications.visit(application) as s:
        found = _paper(s, application, key)
        document = document_of(s, found)
    return as_docx(document, name_of(found))


@login_not_required
@never_cache
@require_safe
def paper_pdf(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The same as PDF."""
    application = held.of_number(request, number)
    with applications.visit(application) as s:
        found = _paper(s, application, key)
        document = document_of(s, found)
    return pdf(request, document, name_of(found))


# ---------------------------------------------------------------- steps of the party


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A step that the party may do: its form, its act."""
    application = held.of_number(request, number)
    with applications.visit(application) as s:
        found = access.case(s, application.case_id or 0)
        procedure = access.procedure_of(s, found)
        offer = offers.offer(s, offers.look(found.pk), name)
        form = OnlineForm.of(s, procedure, offer.step)
        shown: dict[str, Any] = {"application": application, "case": found, "offer": offer}
        if request.method != "POST":
            return _form(request, s, shown, form, Typed(), {}, None)
        typed = Typed.of(request)
        held.take_uploads(request, typed, Typed())
        faults = upload_faults(request, s, typed)
        if rows_changed(request, typed):
            return _form(request, s, shown, form, typed, faults, None)
        faults |= form.faults(typed)
        if faults:
            return _form(request, s, shown, form, typed, faults, BadInput(faults))
        try:
            receipt = _perform(s, procedure, offer.step, form, typed)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            shown["case"] = access.case(s, found.pk)
            wrong = faults_by_field(refusal, form.values(typed))
            return _form(request, s, shown, form, typed, wrong, refusal)
    return redirect(f"{reverse('open_case', args=[number])}?done={receipt.position}")


def _perform(s: Session, procedure: Procedure, step: Step, form: OnlineForm, typed: Typed) -> Receipt:
    position, key = whole(typed.one("position")) or 0, typed.one("key")[:64] or None
    return applications.perform(s, step.name, form.values(typed).values, position, key)


def _form(
    request: HttpRequest, s: Session, shown: dict[str, Any], form: OnlineForm, typed: Typed, faults: dict[str, str],
    refusal: Refusal | None,
) -> HttpResponse:  # fmt: skip
    sections = form.sections(Told(typed, faults, access.files_named(s, uploads_in(typed))))
    boxes = {box.name for one in sections for box in one.boxes} | {
        box.name for one in sections for row in one.rows for box in row.boxes
    }
    context = shown | {
        "section": "follow",
        "contacts": contacts.of(s, [shown["case"].body]),
        "papers": _served(case_seen.see(s, shown["case"].pk), shown["application"]),
        "known": any(name in shown["case"].facts for name in form.form.step.may_take),
        "key": uuid4().hex if isinstance(refusal, KeyReused) else typed.one("key") or uuid4().hex,
        "sheet": {"sections": sections},
        "refusal": refusal,
        "error_lines": [ErrorLine(text, name if name in boxes else "") for name, text in faults.items()],
        "has_files": any(box.widget == "files" for one in sections for box in one.boxes),
    }
    return render(request, "portal/step.html", context, status=status_of(refusal) if refusal else HTTPStatus.OK)
