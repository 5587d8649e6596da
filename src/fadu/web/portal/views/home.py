"""The portal's first page: what one can do here, in plain words, and whom to ask."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access, applications, contacts
from fadu.kernel.visits import VISITOR


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    with access.session(VISITOR) as s:
        known = contacts.of(s, applications.receiving(s))
    return render(request, "portal/home.html", {"section": "home", "contacts": known})
