"""办理一步: the form of a step, its preview, its act; a refusal comes back in the same form with all that was typed."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fadu.kernel import access
from fadu.kernel.acts import Request
from fadu.kernel.desk_models import Draft
from fadu.rules.errors import NotAllowed, NotFound, Refusal
from fadu.rules.procedure import Step
from fadu.web.shared import case_clocks, case_seen
from fadu.web.shared.officer import me
from fadu.web.shared.refusals import status_of
from fadu.web.shared.rows import rows_changed
from fadu.web.shared.step_form import Values
from fadu.web.shared.typed import Typed, keep_uploads
from fadu.web.workbench import case_file
from fadu.web.workbench import desk as desks
from fadu.web.workbench.desk import Desk
from fadu.web.workbench.sheet import Sheet
from fadu.web.workbench.unsent import Unsent


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One step of one case."""
    with access.session(me(request)) as s:
        desk = desks.lay(s, number, name, request.GET.get("about", ""))
        unsent = Unsent(s, desk.case, desk.case.system, name, desk.offer.key)
        if request.method == "GET":
            draft = None if desk.reads_only else unsent.found()
            first = Typed(draft.typed) if draft else desk.first_typed(request.GET.dict())
            return _show(request, desk, desk.draw(first), draft=draft)
        typed = Typed.of(request)
        faults = keep_uploads(s, request, typed)
        if rows_changed(request, typed):
            return _show(request, desk, desk.draw(typed))
        if answer := unsent.answer(request, typed):
            return answer
        values = desk.form.values(typed)
        try:
            asked = desk.request(typed, values, {kernel_name(name): text for name, text in faults.items()})
            if request.POST.get("do") == "preview":
                return _preview(request, desk, typed, asked)
            receipt = desk.perform(asked)
            unsent.drop()
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            return _refused(request, desk, typed, values, refusal)
    return redirect(f"{reverse('case', args=[number])}?done={receipt.position}")


def kernel_name(name: str) -> str:
    """A fact's field by the name under which the kernel tells faults; other fields keep theirs."""
    return name.removeprefix("f-")


def _preview(request: HttpRequest, desk: Desk, typed: Typed, asked: Request) -> HttpResponse:
    drafts = desk.preview(asked) if desk.offer.step.does is None else []
    sheet = desk.draw(typed)
    sheet.drafts = drafts
    return _show(request, desk, sheet)


def _refused(request: HttpRequest, desk: Desk, typed: Typed, values: Values, refusal: Refusal) -> HttpResponse:
    """The form as it was typed, on the newest state of the case."""
    fresh = desks.lay(desk.s, desk.case.pk, desk.offer.step.name, desk.offer.key)
    sheet = fresh.draw(typed, refusal, values)
    sheet.possible = True
    return _show(request, fresh, sheet, status_of(refusal))


def _show(
    request: HttpRequest, desk: Desk, sheet: Sheet, status: HTTPStatus = HTTPStatus.OK, draft: Draft | None = None
) -> HttpResponse:
    state = desk.procedure.state(desk.case.state)
    seen = case_seen.see(desk.s, desk.case.pk)
    context = {
        "section": "cases",
        "case": desk.case,
        "procedure": desk.procedure,
        "state": state.label if state else desk.case.state,
        "step": desk.offer.form_of,
        "article": desk.offer.form_of.article,
        "sheet": sheet,
        "draft": draft,
        "draft_stale": draft is not None and draft.position != desk.case.position,
        "keeps": not desk.reads_only,
        "others": list(_send_back(desk)),
        "clocks": [line for line in case_clocks.clock_lines(seen) if line.running],
        "parties": case_file.party_cards(seen),
        "groups": case_seen.fact_groups(seen, {}),
        "items": case_file.item_table(seen),
    }
    return render(request, "workbench/step.html", context, status=status)


def _send_back(desk: Desk) -> Iterator[tuple[str, str]]:
    """For whoever reads a proposal: the steps within the person's posts that send it back."""
    subject = desk.offer.step if desk.reads_only else desk.offer.about
    if subject is None or not desk.carried or desk.offer.step.carries:
        return
    for step in desk.procedure.steps:
        if step != desk.offer.step and _sends_back(step) and desk.may(step):
            yield f"{reverse('step', args=[desk.case.pk, step.name])}?about={subject.name}", step.label


def _sends_back(step: Step) -> bool:
    return step.track is not None and step.track.per_step and step.reason is not None
