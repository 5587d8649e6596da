"""搜索: one box for cases by any of their texts, and for procedures, statutes, registers and entries by their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus
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
from fadu.web.workbench.searching import Hit, Part


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is called so, then the cases with the texts that matched; a whole number leads to its case at once."""
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
            found = searching.cases(s, words, int(listing.number(request.GET.get("page", "")) or 1))
            context |= {
                "found": found,
                "lines": [_line(s, hit, words) for hit in found.hits],
                "named": searching.named(words, list(_names(s))),
                "before": _address(typed, found.page - 1) if found.page > 1 else None,
                "after": _address(typed, found.page + 1) if found.page < found.last else None,
                "list": urlencode({"q": typed, "open": "all"}),
            }
        return render(request, "workbench/search.html", context)


def _line(s: Session, hit: Hit, words: Sequence[str]) -> tuple[Line, Hit, Sequence[Part]]:
    """The case as lists show it, what matched, and its title with the words marked."""
    return listing.line(s, hit.case), hit, searching.parts(hit.case.title, words, whole=True)


def _numbered(s: Session, typed: str) -> int | None:
    """The one case that has this number."""
    found = list(access.cases(s).filter(number=typed).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _address(typed: str, page: int) -> str:
    return "?" + urlencode({"q": typed, "page": page})


def _names(s: Session) -> Iterator[tuple[str, str, str]]:
    """Kind, name and address of what is not a case."""
    for name in s.registry.systems:
        newest = s.registry.newest(name)
        yield "程序", newest.label, reverse("procedure", args=[name, newest.version])
    for law in s.env.library.statutes():
        yield "法规", law.full_title, reverse("statute", args=[law.slug])
    for register in s.registry.registers:
        yield "名录", register.label, reverse("register", args=[register.name])
