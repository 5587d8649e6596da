"""Rows valid from–to, the end not included: posts, organs, entries of registers."""

from datetime import date

from django.db.models import Q


def on(day: date) -> Q:
    """Of such rows: valid on a day."""
    return Q(since__lte=day) & until_after(day)


def until_after(day: date) -> Q:
    """Of such rows: valid on a day, or beginning later."""
    return Q(before=None) | Q(before__gt=day)
