"""填写申请: page by page, kept at every step; checked, sent, and the receipt with number and code."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.kernel import access, applications, contacts, models
from fadu.kernel.access import Session
from fadu.kernel.applications import Offered, Slip
from fadu.kernel.attempts import AN_HOUR, often
from fadu.kernel.visits import VISITOR
from fadu.rules.errors import BadInput, NotFound, Refusal, TooOften
from fadu.web.portal import held
from fadu.web.portal.apply_form import OnlineForm, belongs, merged, summaries
from fadu.web.shared.fields import ErrorLine, Told
from fadu.web.shared.refusals import status_of
from fadu.web.shared.rows import rows_changed
from fadu.web.shared.source import address
from fadu.web.shared.step_form import Section, faults_by_field
from fadu.web.shared.typed import Typed, keep_uploads, uploads_in

MOST_FILES = 20
FILES_AN_HOUR, AGAIN_AN_HOUR = 200, 60
"""From one address: files, and applications that were sent already."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft that is being filled in."""

    s: Session
    draft: models.Application
    what: Offered
    form: OnlineForm

    @property
    def typed(self) -> Typed:
        return Typed(self.draft.typed)

    def sections(self, typed: Typed, faults: dict[str, str] | None = None) -> list[Section]:
        return self.form.sections(Told(typed, faults or {}, access.files_named(self.s, uploads_in(typed))))


def _lay(request: HttpRequest, s: Session, number: str) -> Desk:
    """The draft, nobody else working on it. Raises NotFound for one that this browser does not hold."""
    draft = applications.lock(number)
    if not held.holds(request, draft):
        raise NotFound("申请")
    what = applications.offer(s, draft.system, draft.step)
    return Desk(s, draft, what, OnlineForm.of(s, what.procedure, what.step))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: str, page: int) -> HttpResponse:
    """One page of the form."""
    with access.session(VISITOR) as s:
        desk = _lay(request, s, number)
        if desk.draft.case_id:
            return redirect("open_case", number)
        sections = desk.sections(desk.typed)
        if not 1 <= page <= len(sections):
            raise NotFound("这一页")
        if request.method != "POST":
            return _show(request, desk, page, desk.typed, {})
        posted = Typed.of(request)
        held.take_uploads(request, posted, desk.typed)
        faults = upload_faults(request, s, posted)
        added = rows_changed(request, posted)
        whole = merged(desk.typed, posted, sections[page - 1])
        applications.keep(s, desk.draft, {name: whole.every(name) for name in whole.names()})
        doing = request.POST.get("do", "")
        if added or faults:
            return _show(request, desk, page, whole, faults)
        if doing == "next":
            here = desk.sections(whole)[page - 1]
            faults = {name: text for name, text in desk.form.faults(whole).items() if belongs(here, name)}
            if faults:
                return _show(request, desk, page, whole, faults)
            return redirect("open_draft", number, page + 1) if page < len(sections) else redirect("open_check", number)
    if doing == "draft":  # the page keeps it by itself and stays where it is
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if doing == "back" and page > 1:
        return redirect("open_draft", number, page - 1)
    return redirect("open_code", number) if doing == "save" else redirect("open_draft", number, page)


def upload_faults(request: HttpRequest, s: Session, posted: Typed) -> dict[str, str]:
    """Keeps the files that came; what was wrong with them by field."""
    if not request.FILES:
        return {}
    name = next(iter(request.FILES))
    sent = sum(len(request.FILES.getlist(one)) for one in request.FILES)
    if often("uploads", address(request), FILES_AN_HOUR, AN_HOUR, sent):
        return {name: "这一网络地址一小时内上传的文件过多，请过一会儿再试"}
    if len(uploads_in(posted)) + sent > MOST_FILES:
        return {name: f"一件申请最多上传{MOST_FILES}个文件，请合并以后再上传"}
    faults = keep_uploads(s, request, posted)
    held.note_uploads(request, posted)
    return faults


def _show(request: HttpRequest, desk: Desk, page: int, typed: Typed, faults: dict[str, str]) -> HttpResponse:
    sections = desk.sections(typed, faults)
    here = sections[page - 1]
    boxes = {box.name for box in here.boxes} | {box.name for row in here.rows for box in row.boxes}
    context = {
        "section": "apply",
        "draft": desk.draft,
        "what": desk.what,
        "sheet": {"sections": [here]},
        "contacts": contacts.of(desk.s, [desk.draft.body]),
        "titles": [(number, one.title) for number, one in enumerate(sections, start=1)],
        "page": page,
        "refusal": BadInput(faults) if faults else None,
        "error_lines": [ErrorLine(text, name if name in boxes else "") for name, text in faults.items()],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "portal/draft.html", context, status=status)


# ---------------------------------------------------------------- checked, kept, sent


@login_not_required
@never_cache
@require_safe
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Everything once more, before it is sent."""
    with access.session(VISITOR) as s:
        desk = _lay(request, s, number)
        if desk.draft.case_id:
            return redirect("open_case", number)
        return _checked(request, desk, desk.form.faults(desk.typed))


def _checked(request: HttpRequest, desk: Desk, faults: dict[str, str], refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "section": "apply",
        "draft": desk.draft,
        "what": desk.what,
        "summaries": summaries(desk.sections(desk.typed), faults),
        "complete": not faults,
        "contacts": contacts.of(desk.s, [desk.draft.body]),
        "refusal": refusal,
        "ticket": uuid4().hex,
    }
    status = status_of(refusal) if refusal else HTTPStatus.OK
    return render(request, "portal/check.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, number: str) -> HttpResponse:
    """先存着: number and code by which the draft is found again, on another device too."""
    given = ""
    with access.session(VISITOR) as s:
        desk = _lay(request, s, number)
        if desk.draft.case_id:
            return redirect("open_case", number)
        if request.method == "POST":
            given = applications.give_code(desk.draft, request.POST.get("ticket", "")[:64] or uuid4().hex)
        context = {"section": "apply", "draft": desk.draft, "what": desk.what, "code": given, "ticket": uuid4().hex}
        context |= {"days": applications.DRAFT_DAYS, "contacts": contacts.of(s, [desk.draft.body])}
    held.hold(request, desk.draft)
    return render(request, "portal/code.html", context)


@login_not_required
@never_cache
@require_POST
def send(request: HttpRequest, number: str) -> HttpResponse:
    """The act itself. The same form sent again gets the same receipt, also by a click that came before the answer."""
    ticket = request.POST.get("ticket", "")[:64]
    with access.session(VISITOR) as s:
        draft = applications.lock(number)
        if draft.case_id is None:
            return _send(request, _lay(request, s, number), ticket or uuid4().hex)
    if often("sent", address(request), AGAIN_AN_HOUR, AN_HOUR):  # each look at a code takes a while, on purpose
        raise TooOften("这一网络地址一小时内重复提交的次数过多。", todo="已经提交成功的，请凭编号和查询码查进度。")
    with applications.visit(draft) as s:
        slips = applications.slips(draft, ticket, again=True)
        if slips[0].code:
            return _receipt(request, s, draft, slips)
    if held.holds(request, draft):
        return redirect("open_case", number)
    raise NotFound("申请")


def _receipt(request: HttpRequest, s: Session, draft: models.Application, slips: list[Slip]) -> HttpResponse:
    """Number and code of everybody who applied, to be written down, printed, handed on."""
    held.hold(request, draft)
    context = {"section": "apply", "application": draft, "slips": slips, "moment": draft.changed}
    context |= {"case": access.case(s, draft.case_id or 0), "contacts": contacts.of(s, [draft.body])}
    return render(request, "portal/receipt.html", context)


def _send(request: HttpRequest, desk: Desk, ticket: str) -> HttpResponse:
    """Sends a complete draft: the receipt, or the check page with what was said against it."""
    values = desk.form.values(desk.typed)
    faults = desk.form.faults(desk.typed)
    if faults:
        return _checked(request, desk, faults, BadInput(faults))
    try:
        with transaction.atomic():
            applications.send(desk.s, desk.draft, values.values)
    except NotFound:
        raise
    except Refusal as refusal:
        return _checked(request, desk, faults_by_field(refusal, values), refusal)
    slips = applications.slips(desk.draft, ticket)
    desk.draft.refresh_from_db(fields=["code"])
    return _receipt(request, desk.s, desk.draft, slips)
