"""通知: what happened to the cases one answers for, tables on their way in, and marking what was read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fadu.kernel import access, law_rehearsal, news
from fadu.kernel.bulk import bringing
from fadu.web.shared.officer import me
from fadu.web.workbench import news_lines, rehearsals, tables


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Those not read, or all of the last days; of one system when one is chosen."""
    system, everything = request.GET.get("system", ""), "all" in request.GET
    with access.session(me(request)) as s:
        found = news_lines.lines(s, read=everything)
        brought, rehearsed = ([], []) if system else (tables.unseen(s), rehearsals.unseen(s))
        number = len(found) + len(brought) + len(rehearsed)
        context: dict[str, Any] = {
            "section": "work",
            "systems": news_lines.by_system(s, found),
            "system": system,
            "everything": everything,
            "tables": brought,
            "rehearsals": rehearsed,
            "count": number,
            "days": news.LATELY.days,
            "news": [one for one in found if not system or one.line.case.system == system],
        }
        if not everything:
            context["unread"] = number
        return render(request, "workbench/news.html", context)


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How many cases have something unread: the number in the head of every page."""
    with access.session(me(request)) as s:
        besides = len(bringing.unseen(s)) + len(law_rehearsal.unseen(s))
        return JsonResponse({"unread": len(news_lines.lines(s)) + besides})


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """What a page told is marked as read; a line's own button leads on to its case."""
    with access.session(me(request)) as s:
        shown = news_lines.shown(request.POST.getlist("shown"))
        news.mark(s, shown)
    if "open" in request.POST and len(shown) == 1:
        return redirect("case", next(iter(shown)))
    return redirect("work" if "work" in request.POST else "news")
