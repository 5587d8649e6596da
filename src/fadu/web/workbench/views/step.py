"""办理一步: the form of a step, its preview, its act; a refusal comes back in the same form with all that was typed."""

from __future__ import annotations

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fadu.kernel import access
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.web.shared.officer import me
from fadu.web.shared.refusals import status_of
from fadu.web.workbench import desk as desks
from fadu.web.workbench.desk import Desk
from fadu.web.workbench.sheet import Sheet
from fadu.web.workbench.step_form import Values
from fadu.web.workbench.typed import Typed, keep_uploads


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One step of one case."""
    with access.session(me(request)) as s:
        desk = desks.lay(s, number, name, request.GET.get("about", ""))
        if request.method == "GET":
            return _show(request, desk, desk.draw(desk.first_typed(request.GET.dict())))
        typed = Typed.of(request)
        faults = keep_uploads(s, request, typed)
        if rows_changed(request, typed):
            return _show(request, desk, desk.draw(typed))
        values = desk.form.values(typed)
        try:
            if faults:
                raise BadInput({name.removeprefix("f-"): text for name, text in faults.items()})
            if request.POST.get("do") == "preview":
                return _preview(request, desk, typed, values)
            with transaction.atomic():
                receipt = desk.perform(typed, values)
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            return _refused(request, desk, typed, values, refusal)
    return redirect(f"{reverse('case', args=[number])}?done={receipt.position}")


def rows_changed(request: HttpRequest, typed: Typed) -> bool:
    """Whether the button pressed was one that adds or takes out a row; then nothing is done yet."""
    what, _, group = request.POST.get("do", "").partition(":")
    if what == "add":
        typed.add_row(group)
    elif what == "drop":
        stem, _, number = group.rpartition("-")
        if number.isascii() and number.isdigit() and len(number) < 5:
            typed.drop_row(stem, int(number))
    return what in ("add", "drop")


def _preview(request: HttpRequest, desk: Desk, typed: Typed, values: Values) -> HttpResponse:
    drafts = desk.preview(typed, values)
    sheet = desk.draw(typed)
    sheet.drafts = drafts
    return _show(request, desk, sheet)


def _refused(request: HttpRequest, desk: Desk, typed: Typed, values: Values, refusal: Refusal) -> HttpResponse:
    """The form as it was typed, on the newest state of the case."""
    fresh = desks.lay(desk.s, desk.case.pk, desk.offer.step.name, desk.offer.key)
    sheet = fresh.draw(typed, refusal, values)
    sheet.possible = True
    return _show(request, fresh, sheet, status_of(refusal))


def _show(request: HttpRequest, desk: Desk, sheet: Sheet, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    state = desk.procedure.state(desk.case.state)
    others = [] if not desk.reads_only else [_send_back(desk)]
    context = {
        "section": "cases",
        "case": desk.case,
        "procedure": desk.procedure,
        "state": state.label if state else desk.case.state,
        "step": desk.offer.form_of,
        "article": desk.offer.form_of.article,
        "sheet": sheet,
        "others": [link for link in others if link],
    }
    return render(request, "workbench/step.html", context, status=status)


def _send_back(desk: Desk) -> tuple[str, str] | None:
    """For whoever signs: the address of the step that sends the proposal back, and its name."""
    for step in desk.procedure.steps:
        if step.track and step.track.per_step and step.reason and desk.carried:
            address = reverse("step", args=[desk.case.pk, step.name])
            return f"{address}?about={desk.offer.step.name}", step.label
    return None
