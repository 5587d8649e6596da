"""The clock of a demonstration house: on by a day, a week, to the next working day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fadu.kernel import clockwork
from fadu.web.shared.officer import me

_DAYS = {"day": 1, "week": 7}


@require_POST
def advance(request: HttpRequest) -> HttpResponse:
    """Moves on and comes back to the page the button was pressed on. Refused in a real house."""
    to = request.POST.get("to", "")
    if to == "working_day":
        clockwork.next_working_day(me(request))
    else:
        clockwork.advance(me(request), _DAYS.get(to, 0))
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else "/")
