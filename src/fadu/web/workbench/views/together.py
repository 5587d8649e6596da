"""批量办理: one form for the cases chosen on the list; what it comes to in each is told before and after."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from fadu.kernel import access
from fadu.kernel import together as kernel
from fadu.kernel.acts import Request
from fadu.kernel.together import MOST, Result
from fadu.rules.errors import BadInput
from fadu.web.shared.officer import me
from fadu.web.shared.step_form import Values
from fadu.web.shared.typed import Typed
from fadu.web.workbench import together as pages
from fadu.web.workbench.together import Many


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, name: str) -> HttpResponse:
    """The form with the chosen cases; what would become of each; the acts, and what became of each."""
    if request.method != "POST":
        with access.session(me(request)) as s:
            step = pages.step_named(s, name)
            question, chosen, left = pages.asked(s, request.GET)
            return _show(request, pages.many(s, step, chosen), back=question.address(), left=left)
    typed, seen = Typed.of(request), pages.seen(request.POST)
    with access.session(me(request)) as s:
        many = pages.many(s, pages.step_named(s, name), seen)
        values = many.form.values(typed)
        try:
            asked = many.request(typed, values)
        except BadInput as refusal:
            return _show(request, many, typed, refusal, values)
        if request.POST.get("do") != "act":
            return _show(request, many, typed, results=list(kernel.weigh(s, many.places, asked)))
        mine = {case: position for case, position in seen.items() if case in many.places}
    return _act(request, name, mine, asked)


def _act(request: HttpRequest, name: str, cases: dict[int, int], asked: Request) -> HttpResponse:
    """Each case in a transaction of its own; then the report, as the cases stand now."""
    results = list(kernel.perform(me(request), cases, asked))
    with access.session(me(request)) as s:
        many = pages.many(s, pages.step_named(s, name), cases)
        return _show(request, many, results=results, done=True)


def _show(
    request: HttpRequest,
    many: Many,
    typed: Typed | None = None,
    refusal: BadInput | None = None,
    values: Values | None = None,
    *,
    results: list[Result] | None = None,
    done: bool = False,
    back: str = "",
    left: int = 0,
) -> HttpResponse:
    refused = Counter(result.refusal is not None for result in results or ())
    context: dict[str, Any] = {
        "section": "cases",
        "many": many,
        "sheet": None if done else many.draw(typed or Typed(), refusal, values),
        "lines": many.lines(results or ()),
        "weighed": results is not None,
        "good": refused[False],
        "bad": refused[True],
        "done": done,
        "back": back or request.POST.get("back", "?"),
        "left": left,
        "most": MOST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "workbench/together.html", context, status=status)
