"""新收: choose a procedure, fill in its opening form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access, acts, desk, models
from fadu.kernel.access import Session
from fadu.kernel.acts import Request
from fadu.kernel.desk_models import Draft
from fadu.rules.errors import BadInput, DeclarationError, NotAllowed, NotFound, Refusal
from fadu.rules.procedure import Procedure, Step
from fadu.web.shared.fields import Choice, Field
from fadu.web.shared.officer import me
from fadu.web.shared.refusals import status_of
from fadu.web.shared.rows import rows_changed
from fadu.web.shared.step_form import StepForm, Values
from fadu.web.shared.typed import Typed, keep_uploads
from fadu.web.shared.words import chinese_day, read_day
from fadu.web.workbench import sheet as sheets
from fadu.web.workbench.sheet import Sheet
from fadu.web.workbench.unsent import Unsent
from fadu.web.workbench.views.step import kernel_name


def bodies_opening(s: Session, system: str, step: Step, among: Iterable[models.Organ]) -> list[models.Organ]:
    """Those of the bodies within the person's posts at which a case of the system may be opened by this step."""
    return [
        organ
        for organ in among
        if access.may(s, organ.pk, organ.serves_id or organ.pk, system, step, ()) and _handles(s, organ, step)
    ]


def _handles(s: Session, organ: models.Organ, step: Step) -> bool:
    """A post held at the 机关 opens cases at its 机构, and at the 机关 itself when it is held just there."""
    return organ.serves_id is not None or any(post == organ.pk for _, post in s.posts)


def _in_force(s: Session) -> Iterator[Procedure]:
    for system in s.registry.systems:
        try:
            yield s.registry.in_force(system, s.today)
        except DeclarationError:
            continue


LATELY, OFTEN = 100, 4
"""Of a person's newest cases the kinds that come most often stand first."""


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The procedures that this person may open, with each of some words in name or statute; usual ones once more."""
    words = request.GET.get("q", "").strip()[:100]
    with access.session(me(request)) as s:
        mine: dict[str, dict[str, Any]] = {}
        among = access.organs_of_posts(s)
        for procedure in _in_force(s):
            steps = [step for step in procedure.opening if step.by and bodies_opening(s, procedure.system, step, among)]
            if steps:
                mine[procedure.system] = {"procedure": procedure, "steps": steps}
        rooms: dict[str, list[dict[str, Any]]] = {}
        for system, entry in mine.items():
            if all(word in f"{entry['procedure'].label} {entry['procedure'].statute}" for word in words.split()):
                rooms.setdefault(s.registry.room_of(system).label, []).append(entry)
        usual = [] if words else [mine[system] for system in desk.usual_systems(s, LATELY) if system in mine][:OFTEN]
        context = {"section": "new", "rooms": rooms, "usual": usual, "words": words, "any": bool(mine)}
        return render(request, "workbench/choose.html", context)


@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, system: str, step: str) -> HttpResponse:
    """The opening form, by the text of the law in force on the day of opening."""
    with access.session(me(request)) as s:
        unsent = Unsent(s, None, system, step)
        draft = unsent.found() if request.method == "GET" and not request.GET else None
        typed = Typed(draft.typed) if draft else Typed.of(request)
        faults = keep_uploads(s, request, typed) if request.method == "POST" else {}
        procedure, changed = _text_on(s, system, step, typed)
        declared = next((one for one in procedure.opening if one.name == step), None)
        if declared is None:
            raise NotFound("立案方式")
        bodies = bodies_opening(s, system, declared, access.organs_of_posts(s))
        if not bodies:
            raise acts.not_allowed(declared)
        form = StepForm(procedure, declared, access.names_of_organs(s))
        if request.method == "GET" and draft is None:
            typed = _begun(declared, request.GET.dict())
        if request.method == "GET" or rows_changed(request, typed):
            return _show(request, form, _draw(s, form, typed, bodies), draft=draft)
        if answer := unsent.answer(request, typed):
            return answer
        values = form.values(typed)
        try:
            if changed:
                raise Refusal(f"{typed.one('day')}适用{procedure.label}（{procedure.version}），表单已按该版本列出。",
                              todo="请核对后重新提交，已填内容已保留。")  # fmt: skip
            asked, body = _request(form, typed, values, bodies, faults)
            with transaction.atomic():
                receipt = acts.open_case(s, system, body, asked)
                unsent.drop()
        except (NotFound, NotAllowed):
            raise
        except DeclarationError:
            refusal = BadInput({"day": f"“办理日期”那一天没有可以适用的“{procedure.label}”程序"})
            return _show(request, form, _draw(s, form, typed, bodies, refusal, values), status_of(refusal))
        except Refusal as refusal:
            return _show(request, form, _draw(s, form, typed, bodies, refusal, values), status_of(refusal))
    return redirect(f"{reverse('case', args=[receipt.case])}?done={receipt.position}")


def _begun(step: Step, given: Mapping[str, str]) -> Typed:
    """A form as a link begins it: the case that it is about, the organ that it is for."""
    typed = Typed()
    if step.names and given.get("about"):
        typed.put(f"f-{step.names.fact}", given["about"])
    organ = next((role.name for role in step.parties if role.organ), "")
    if organ and given.get("for"):
        typed.put(f"p-{organ}-0-organ", given["for"])
    return typed


def _text_on(s: Session, system: str, step: str, typed: Typed) -> tuple[Procedure, bool]:
    """The text in force on the day typed, and whether the form was made from another one."""
    if system not in s.registry.systems:
        raise NotFound("程序")
    try:
        day = read_day(typed.one("day"), "办理日期", "day")
        procedure = s.registry.in_force(system, min(day or s.today, s.today))
    except (BadInput, DeclarationError):
        procedure = _today(s, system)
    made_from = typed.one("version")
    return procedure, bool(made_from) and made_from != procedure.version


def _today(s: Session, system: str) -> Procedure:
    """The text in force today. Raises Refusal when there is none yet, or none any more."""
    try:
        return s.registry.in_force(system, s.today)
    except DeclarationError as fault:
        label = s.registry.newest(system).label
        todo = "请在法律库的程序说明中查看自哪一天起适用。"
        raise Refusal(f"{chinese_day(s.today)}没有可以适用的“{label}”程序。", todo=todo) from fault


def _request(
    form: StepForm, typed: Typed, values: Values, bodies: list[models.Organ], uploads: dict[str, str]
) -> tuple[Request, int]:
    """The act asked for and the body at which. Raises BadInput with all that is wrong with the form."""
    faults = {kernel_name(name): text for name, text in uploads.items()} | form.faults(values)
    day = sheets.day_of(typed, faults)
    chosen = typed.one("body")
    body = next((organ.pk for organ in bodies if str(organ.pk) == chosen), 0)
    if not body:
        faults["body"] = "请选择承办机构"
    if faults:
        raise BadInput(faults)
    return Request(form.step.name, values.values, day=day, key=typed.one("key")[:64] or None), body


def _draw(
    s: Session, form: StepForm, typed: Typed, bodies: list[models.Organ],
    refusal: Refusal | None = None, values: Values | None = None,
) -> Sheet:  # fmt: skip
    drawn = sheets.draw(s, form, typed, f"{form.step.label}（{form.procedure.label}）", "登记立案", refusal, values)
    drawn.version = form.procedure.version
    choices = tuple(Choice(str(organ.pk), organ.name) for organ in bodies)
    widget = "hidden" if len(choices) == 1 else "select"
    chosen = [choices[0].value] if len(choices) == 1 else typed.every("body")
    fault = refusal.fields.get("body", "") if isinstance(refusal, BadInput) else ""
    drawn.body = Field("body", "承办机构", widget, chosen, choices, True, fault=fault)
    return drawn


def _show(
    request: HttpRequest, form: StepForm, sheet: Sheet, status: HTTPStatus = HTTPStatus.OK, draft: Draft | None = None
) -> HttpResponse:
    context = {
        "section": "new",
        "procedure": form.procedure,
        "step": form.step,
        "article": form.step.article,
        "sheet": sheet,
        "draft": draft,
    }
    return render(request, "workbench/opening.html", context, status=status)
