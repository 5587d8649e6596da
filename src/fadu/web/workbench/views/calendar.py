"""期限日历: a month of due days, one's own or of all cases that one sees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access
from fadu.web.shared.officer import me
from fadu.web.workbench import month as months

WHOSE = {"mine": "我承办的", "all": "我能看到的全部"}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month as weeks; on a phone as a list of the days on which something is due."""
    with access.session(me(request)) as s:
        whose = request.GET.get("whose", "mine")
        cases = access.cases(s)
        month = months.month(
            s,
            cases if whose == "all" else cases.filter(officer_id=me(request)),
            months.first_of(request.GET.get("month", ""), s.today),
        )
        told = {"section": "work", "month": month, "whose": whose if whose in WHOSE else "mine", "choices": WHOSE}
        return render(request, "workbench/calendar.html", told)
