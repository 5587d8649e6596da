"""看公开: published texts, public lists as of any day, what each figure counts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access, open_to_all
from fadu.kernel.visits import VISITOR
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.facts import public_facts
from fadu.rules.indicators import Indicator
from fadu.rules.registers import is_public
from fadu.web.shared.paper_text import html, of_text
from fadu.web.shared.words import read_day, whole

FURTHEST = 500
"""Pages of a list that anybody may turn."""


def page_of(request: HttpRequest) -> int:
    return min(whole(request.GET.get("page", ""), 4) or 1, FURTHEST)


def turned(request: HttpRequest, rows: list[Any]) -> dict[str, Any]:
    """The rows of a page, and whether there are others before and behind it."""
    page = page_of(request)
    more = len(rows) > open_to_all.PAGE
    asked = urlencode({name: value for name, value in request.GET.items() if name != "page"})
    return {
        "rows": rows[: open_to_all.PAGE],
        "before": page - 1,
        "after": page + 1 if more else 0,
        "query": f"{asked}&" if asked else "",
    }


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is public here, by kind."""
    with access.session(VISITOR) as s:
        lists = [one for one in s.registry.registers if is_public(one)]
    return render(request, "portal/public.html", {"section": "public", "lists": lists})


# ---------------------------------------------------------------- texts


@login_not_required
@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    """Published papers, searched by words; on the first page with the entries of public lists that have them."""
    words, kind = request.GET.get("words", "").replace("\0", "")[:100], request.GET.get("kind", "")
    found, page = open_to_all.published(words, kind, page_of(request)), page_of(request)
    entries = open_to_all.found_entries(words) if page == 1 and not kind else []
    context = {
        "section": "public",
        "words": words,
        "kind": kind,
        "kinds": open_to_all.published_kinds(),
        "entries": entries[: open_to_all.PAGE],
        "more_entries": len(entries) > open_to_all.PAGE,
    }
    return render(request, "portal/texts.html", context | turned(request, found))


@login_not_required
@require_safe
def text(request: HttpRequest, case: int, key: str) -> HttpResponse:
    """One text, and what the figures in it count."""
    found = open_to_all.published_text(case, key)
    with access.session(VISITOR) as s:
        named = [one for one in s.registry.indicators if one.label in found.text]
    page = html(of_text(found.text, found.organ, found.made, found.number or None))
    return render(request, "portal/text.html", {"section": "public", "one": found, "measures": named, "text": page})


# ---------------------------------------------------------------- lists


@login_not_required
@require_safe
def entries(request: HttpRequest, name: str) -> HttpResponse:
    """A public list as it stood on a day."""
    with access.session(VISITOR) as s:
        register = next((one for one in s.registry.registers if one.name == name), None)
        today = s.today
    if register is None:
        raise NotFound("清单")
    words, typed, fault, on = request.GET.get("words", "")[:100], request.GET.get("on", ""), "", None
    try:
        on = read_day(typed, "日期", "on")
    except BadInput as refusal:
        fault = refusal.fields["on"]
    day, rows = open_to_all.entries(register, on, words, page_of(request))
    context = {
        "section": "public",
        "register": register,
        "headings": [one.fact.label for one in public_facts(register.model).values()],
        "words": words,
        "typed": typed or day.isoformat(),
        "day": day,
        "today": today,
        "fault": fault,
    }
    status = 422 if fault else 200
    return render(request, "portal/entries.html", context | turned(request, rows), status=status)


# ---------------------------------------------------------------- figures


@login_not_required
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """What each figure of the reports counts."""
    words = request.GET.get("words", "")[:100]
    with access.session(VISITOR) as s:
        found = [one for one in s.registry.indicators if _fits(one, words)]
    return render(request, "portal/measures.html", {"section": "public", "words": words, "measures": found})


def _fits(indicator: Indicator, words: str) -> bool:
    return all(word in indicator.label or word in indicator.definition for word in words.split())
