"""Buttons of a form that add a row of people or things, or take one out."""

from __future__ import annotations

from django.http import HttpRequest

from fadu.web.shared.typed import Typed
from fadu.web.shared.words import whole


def rows_changed(request: HttpRequest, typed: Typed) -> bool:
    """Whether the button pressed was one that adds or takes out a row; then nothing is done yet."""
    what, _, group = request.POST.get("do", "").partition(":")
    if what == "add":
        typed.add_row(group)
    elif what == "drop":
        stem, _, number = group.rpartition("-")
        if (at := whole(number, 4)) is not None:
            typed.drop_row(stem, at)
    return what in ("add", "drop")
