"""撰写报告: what people write in the page of a report, its versions, and the whole text handed to the case."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fadu.analytics.whose import Whose
from fadu.kernel import access, desk, offers
from fadu.kernel.access import Session
from fadu.report_writer import Report, chips, recheck, write
from fadu.report_writer.carried import carried
from fadu.report_writer.outline import outline
from fadu.report_writer.span import span
from fadu.report_writer.whose import all_seen, organ_of
from fadu.rules.errors import NotAllowed, NotFound, Refusal
from fadu.web.shared.officer import me
from fadu.web.shared.words import whole
from fadu.web.workbench import report_states, writing
from fadu.web.workbench.report_states import State
from fadu.web.workbench.unsent import BY_THE_PAGE
from fadu.web.workbench.views.report_check import line_of
from fadu.web.workbench.views.reports import asked, asked_organ, report_of, shown
from fadu.web.workbench.writing import BOX, Pen, Typed


def _pen(s: Session, request: HttpRequest, year: int, fact: str) -> Pen:
    """Raises NotFound, NotAllowed."""
    organ = organ_of(s, asked_organ(request, year))
    case = writing.case_of(s, carried(s, outline().written, organ, span(year, None, s.today)).parts)
    ready = [one for one in offers.offers(s, case) if one.ready] if case else []
    return writing.pen(s, case, ready, fact)


@require_POST
def write_part(request: HttpRequest, year: int, fact: str) -> HttpResponse:
    """One place: kept, thrown away, entered; or one more figure put into its words."""
    text = request.POST.get("text", "").replace("\0", "").replace("\r\n", "\n")
    with access.session(me(request)) as s:
        pen = _pen(s, request, year, fact)
        match request.POST.get("do"):
            case "chip":
                chosen = request.POST.get("chip", "").strip()
                return shown(s, request, year, Typed(fact, text + chips.chip(chosen) if chosen else text))
            case "draft":
                pen.keep(text)
                if BY_THE_PAGE in request.headers:
                    return HttpResponse(status=HTTPStatus.NO_CONTENT)
            case "discard":
                pen.keep(None)
            case _:
                try:
                    pen.enter(text, _position(request), request.POST.get("key", "")[:64])
                except (NotFound, NotAllowed):
                    raise
                except Refusal as refusal:
                    return shown(s, request, year, Typed(fact, text, refusal))
    return redirect(f"{reverse('report', args=[year])}{asked(request)}#write-{fact}")


def _position(request: HttpRequest) -> int:
    return whole(request.POST.get("position", "")) or 0


@require_safe
def versions(request: HttpRequest, year: int, fact: str) -> HttpResponse:
    """Every wording of one place, each beside the one before."""
    with access.session(me(request)) as s:
        organ = organ_of(s, asked_organ(request, year))
        parts = carried(s, outline().written, organ, span(year, None, s.today)).parts
        case, one = writing.case_of(s, parts), next((one for one in parts if one.part.fact == fact), None)
        if case is None or one is None:
            raise NotFound("可以撰写的部分")
        context = {
            "section": "reports",
            "year": year,
            "query": asked(request),
            "heading": one.part.heading,
            "fact": fact,
            "versions": writing.versions(s, case, fact),
            "writes": writing.entering([one for one in offers.offers(s, case) if one.ready], fact) is not None,
        }
        return render(request, "workbench/report_versions.html", context)


@require_safe
def states(request: HttpRequest, year: int) -> HttpResponse:
    """The whole report after each act that wrote or moved it; between two of them, or one and now, what changed.

    figure: one whose cases are told that came in and went out since then.
    """
    with access.session(me(request)) as s:
        organ, days = organ_of(s, asked_organ(request, year)), span(year, None, s.today)
        all_seen(s, Whose(organ.pk, request.GET.get("organs") == "today"), days.period)
        case = writing.case_of(s, carried(s, outline().written, organ, days).parts)
        found = report_states.states(s, case) if case else []
        then, until = (_state(found, request.GET.get(name, "")) for name in ("then", "until_act"))
        context = {
            "section": "reports",
            "year": year,
            "query": asked(request),
            "kept": {name: request.GET[name] for name in ("organ", "organs", "until") if request.GET.get(name)},
            "states": found,
            "then": then,
            "until": until,
        }
        if then:
            now = report_of(s, request, year)
            last, today = now.span.last, now.provenance["organs"] == "today"

            def at(state: State) -> Report:
                return write(s, year, organ.pk, state.before, until=last, today=today)

            old, new = at(then), at(until) if until else now
            context["difference"] = report_states.difference(old, new)
            if until is None and (name := request.GET.get("figure", "")):
                told = [one for one in old.provenance["figures"] if one["name"] == name]
                context["moved"] = [line_of(one) for one in recheck(s, old.provenance | {"figures": told})]
        return render(request, "workbench/report_states.html", context)


def _state(found: list[State], position: str) -> State | None:
    """Raises NotFound for what is no state of this report."""
    if not position:
        return None
    for one in found:
        if str(one.event.position) == position:
            return one
    raise NotFound("报告当时的文字")


@require_POST
def compile_text(request: HttpRequest, year: int) -> HttpResponse:
    """The whole text, its figures as printed today, as the draft of the step that takes it; then the step's form."""
    with access.session(me(request)) as s:
        written = report_of(s, request, year)
        case = writing.case_of(s, written.parts)
        step = writing.compiling(offers.offers(s, case)) if case else None
        if case is None or step is None:
            raise NotFound("可以编制的报告")
        whole = written.taken_over((*step.takes, *step.may_take))
        typed = {BOX + fact: [text] for fact, text in whole.items()}
        desk.keep(s, case, case.system, step.name, "", typed, case.position)
    return redirect("step", case.pk, step.name)
