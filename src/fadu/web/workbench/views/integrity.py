"""完整性检查: the last run of the integrity checks, and a button that runs them again."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from fadu.kernel import access, integrity
from fadu.kernel.access import Session
from fadu.kernel.integrity import CHECKS, Finding, Run
from fadu.web.shared.officer import me

SAMPLE = 500
"""Cases that a run from the page folds anew; the command folds all."""
SHOWN = 100
"""Findings of one check on the page."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The last run: what was found in the cases that the person sees."""
    with access.session(me(request)) as s:
        integrity.must_see(s)
        run = integrity.last_run(s)
        context = {"section": "integrity", "run": run, "sample": SAMPLE, "most": SHOWN, "checks": CHECKS}
        if run:
            context |= _found(s, run)
        return render(request, "workbench/integrity.html", context)


def _found(s: Session, run: Run) -> dict[str, Any]:
    """Findings by check, and how many the person does not see: told to those alone who answer for the whole house."""
    seen = integrity.seen_by(s, run)
    numbers = Counter(one.check for one in seen)
    groups = [(check, numbers[check.name], _of(seen, check.name)) for check in CHECKS if numbers[check.name]]
    whole = integrity.answers_for_all(s)
    return {
        "groups": groups,
        "clean": [check for check in CHECKS if not (run.counts.get(check.name) if whole else numbers[check.name])],
        "unseen": sum(run.counts.values()) - len(seen) if whole else 0,
        "whole": whole,
    }


def _of(seen: list[Finding], check: str) -> list[Finding]:
    return [one for one in seen if one.check == check][:SHOWN]


@require_POST
def run(request: HttpRequest) -> HttpResponse:
    """Runs all checks as the house itself, and keeps who asked for it."""
    officer = me(request)
    with access.session(officer) as s:
        integrity.must_see(s)
    with access.session(None) as s:
        found = integrity.examine(s, sample=SAMPLE)
        integrity.record(s, found, by=officer)
    return redirect("integrity")
