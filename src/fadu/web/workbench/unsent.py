"""Drafts of forms: what somebody typed and has not sent, kept by a button, or by the page itself every few seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from fadu.kernel import desk, models
from fadu.kernel.access import Session
from fadu.kernel.desk_models import Draft
from fadu.web.shared.typed import Typed
from fadu.web.shared.words import whole

NOT_TYPED = frozenset(("csrfmiddlewaretoken", "do", "key", "position"))
BY_THE_PAGE = "X-Draft"
"""Header of a draft that the page sends by itself: it stays where it is."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """The draft of one form. case: none where the form opens one; about: the instance of a track."""

    s: Session
    case: models.Case | None
    system: str
    step: str
    about: str = ""

    @property
    def _form(self) -> tuple[int | None, str, str, str]:
        return (self.case.pk if self.case else None), self.system, self.step, self.about

    def found(self) -> Draft | None:
        return desk.draft(self.s, *self._form)

    def answer(self, request: HttpRequest, typed: Typed) -> HttpResponse | None:
        """What the button that keeps or throws away a draft leads to; None for every other."""
        match request.POST.get("do"):
            case "draft":
                said = {name: typed.every(name) for name in typed.names() if name not in NOT_TYPED}
                desk.keep(self.s, self.case, self.system, self.step, self.about, said, self._position(typed))
                if BY_THE_PAGE in request.headers:
                    return HttpResponse(status=HTTPStatus.NO_CONTENT)
            case "discard":
                self.drop()
            case _:
                return None
        return redirect(request.get_full_path())

    def _position(self, typed: Typed) -> int:
        """Of the case when the form was made, which may be long ago."""
        made, latest = whole(typed.one("position")), self.case.position if self.case else 0
        return latest if made is None else min(made, latest)

    def drop(self) -> None:
        desk.drop(self.s, *self._form)


@dataclass(frozen=True, slots=True)
class Line:
    """A draft as a list shows it."""

    draft: Draft
    label: str
    address: str
    stale: bool


def lines(s: Session, most: int) -> Iterator[Line]:
    """One's own drafts, newest first; of forms that are no more nothing is said."""
    for draft in desk.drafts(s)[:most]:
        case = draft.case
        if draft.system not in s.registry.systems:
            continue
        procedure = s.registry.procedure(draft.system, case.version) if case else s.registry.newest(draft.system)
        step = procedure.step(draft.step)
        if step is None:
            continue
        if case:
            address = reverse("step", args=[case.pk, step.name])
            address += "?" + urlencode({"about": draft.about}) if draft.about else ""
        else:
            address = reverse("opening", args=[draft.system, step.name])
        label = step.label if case else f"{step.label}（{procedure.label}）"
        yield Line(draft, label, address, bool(case and case.position != draft.position))
