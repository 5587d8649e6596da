"""帮助: the short manual."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def manual(request: HttpRequest) -> HttpResponse:
    return render(request, "workbench/manual.html", {"section": "help"})
