"""办事指南, made from the declarations: first what concerns people, then, folded, how the authority does each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access, applications, contacts
from fadu.kernel.visits import VISITOR
from fadu.rules import sheet
from fadu.rules.errors import DeclarationError, NotFound
from fadu.rules.procedure import Actor, Paper, PartyRole, Procedure, Step
from fadu.web.portal.apply_form import OnlineForm
from fadu.web.shared import flow
from fadu.web.shared.fields import Told
from fadu.web.shared.typed import Typed


def _is_public(actor: Actor | None) -> bool:
    return isinstance(actor, PartyRole) and actor.public


def _in_force(s: access.Session) -> Iterator[Procedure]:
    """The procedures of today in which people have a part."""
    for system in s.registry.systems:
        try:
            procedure = s.registry.in_force(system, s.today)
        except DeclarationError:
            continue
        if any(_is_public(role) for role in procedure.parties):
            yield procedure


@login_not_required
@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """办事指南, by room."""
    with access.session(VISITOR) as s:
        rooms: dict[str, list[Procedure]] = {}
        for procedure in _in_force(s):
            rooms.setdefault(s.registry.room_of(procedure.system).label, []).append(procedure)
    return render(request, "portal/guides.html", {"section": "public", "rooms": rooms})


@dataclass(frozen=True, slots=True)
class _Mine:
    """A step that people do, or for which they hand something in; label: as they know it."""

    label: str
    article: str | None
    online: bool


def _mine(steps: tuple[Step, ...]) -> list[_Mine]:
    found = (step for step in steps if step.online or any(_is_public(actor) for actor in step.by))
    return [
        _Mine((step.online and step.online.label) or step.label, step.article, step.online is not None)
        for step in found
    ]


def _received(papers: tuple[Paper, ...]) -> list[tuple[Paper, list[PartyRole]]]:
    """The papers that reach people, and whom; those that may be made public reach everybody."""
    reaching = ((paper, [role for role in paper.to if _is_public(role)]) for paper in papers)
    return [(paper, roles) for paper, roles in reaching if roles or paper.publish]


@login_not_required
@require_safe
def guide(request: HttpRequest, system: str) -> HttpResponse:
    """One procedure: what people may do, prepare and expect; below it every step of the authority."""
    with access.session(VISITOR) as s:
        procedure = next((one for one in _in_force(s) if one.system == system), None)
        if procedure is None:
            raise NotFound("办事指南")
        offered = [one for one in applications.offered(s) if one.procedure.system == system]
        terms = sheet.periods(procedure, s.env.library)
        context = {
            "section": "public",
            "procedure": procedure,
            "offered": [(one, OnlineForm.of(s, procedure, one.step).sections(Told(Typed()))) for one in offered],
            "contacts": contacts.of(s, dict.fromkeys(body for one in offered for body in one.bodies)),
            "mine": _mine(procedure.steps),
            "my_terms": [term for term in terms if _is_public(term.bearer)],
            "terms": [term for term in terms if not _is_public(term.bearer)],
            "received": _received(procedure.papers),
            "steps": sheet.steps(procedure),
            "picture": flow.of_procedure(procedure),
        }
        return render(request, "portal/guide.html", context)
