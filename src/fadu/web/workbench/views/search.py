"""搜索: one box for cases and entries of registers by their texts, for what else has a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fadu.kernel import access, sought
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput
from fadu.web.shared.officer import me
from fadu.web.workbench import listing, searching
from fadu.web.workbench.listing import Line
from fadu.web.workbench.searching import Found, Hit, Part

ENTRIES = "entries"
"""As the address asks for entries of registers alone."""
FEW = 5
"""Entries shown beside the cases."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is called so, cases and entries with the texts that matched; a whole number leads to its case at once."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[: listing.MOST_TYPED]
    context: dict[str, object] = {"section": "search", "typed": typed}
    try:
        words = sought.words_of(typed)
    except BadInput as fault:
        told = context | {"fault": fault.fields["q"]}
        return render(request, "workbench/search.html", told, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    with access.session(me(request)) as s:
        if words and (exact := _numbered(s, typed)):
            return redirect("case", exact)
        if words:
            page = int(listing.number(request.GET.get("page", "")) or 1)
            only = request.GET.get("in") == ENTRIES
            context |= _entries(s, typed, words, page) if only else _all(s, typed, words, page)
        return render(request, "workbench/search.html", context)


def _all(s: Session, typed: str, words: Sequence[str], page: int) -> dict[str, object]:
    """A page of cases; on the first one what is called so, and the newest entries of registers."""
    found = searching.cases(s, words, page)
    context = _turning(found, {"q": typed}) | {
        "found": found,
        "lines": [_line(s, hit, words) for hit in found.hits],
        "list": urlencode({"q": typed, "open": "all"}),
    }
    if found.page > 1:
        return context
    entries = searching.entries(s, words, 1, FEW)
    every = "?" + urlencode({"q": typed, "in": ENTRIES}) if entries.total > len(entries.hits) else None
    return context | {"named": searching.named(words, list(_names(s))), "entries": entries, "every": every}


def _entries(s: Session, typed: str, words: Sequence[str], page: int) -> dict[str, object]:
    """A page of entries of registers alone."""
    entries = searching.entries(s, words, page)
    return _turning(entries, {"q": typed, "in": ENTRIES}) | {
        "only": True,
        "entries": entries,
        "all": urlencode({"q": typed}),
    }


def _turning(found: Found[Any], asked: Mapping[str, str]) -> dict[str, object]:
    """Where the pages beside this one are."""
    near = {"before": found.page - 1, "after": found.page + 1}
    there = {name: page for name, page in near.items() if 1 <= page <= found.last}
    return {name: "?" + urlencode({**asked, "page": page}) for name, page in there.items()} | {"turned": found}


def _line(s: Session, hit: Hit, words: Sequence[str]) -> tuple[Line, Hit, Sequence[Part]]:
    """The case as lists show it, what matched, and its title with the words marked."""
    return listing.line(s, hit.case), hit, searching.parts(hit.case.title, words, whole=True)


def _numbered(s: Session, typed: str) -> int | None:
    """The one case that has this number."""
    found = list(access.cases(s).filter(number=typed).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _names(s: Session) -> Iterator[tuple[str, str, str]]:
    """Kind, name and address of what is not a case."""
    for name in s.registry.systems:
        newest = s.registry.newest(name)
        yield "程序", newest.label, reverse("procedure", args=[name, newest.version])
    for law in s.env.library.statutes():
        yield "法规", law.full_title, reverse("statute", args=[law.slug])
    for register in s.registry.registers:
        yield "名录", register.label, reverse("register", args=[register.name])
