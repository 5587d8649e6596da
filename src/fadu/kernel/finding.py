"""Finds cases and texts for a person by words and names: what access does for searches, under the same session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Count, Q

from fadu.kernel import models
from fadu.kernel.access import Session


def find(s: Session, words: Sequence[str], most: int) -> list[int]:
    """Cases, newest first, in whose texts every one of some words occurs, as far as the session may read them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find(%s, %s)", [list(words), most])
        return [case for (case,) in cursor.fetchall()]


def texts(s: Session, found: Sequence[int], words: Sequence[str]) -> list[models.Sought]:
    """The texts of these cases in which one of the words occurs, as far as they may be read."""
    some = reduce(or_, (Q(text__contains=word) for word in words))
    return list(models.Sought.objects.filter(some, case_id__in=list(found)).order_by("case_id", "place"))


def other_cases(s: Session, found: models.Case, names: Collection[str]) -> list[tuple[str, str | None, int]]:
    """(name, number of its papers, how many other cases) of parties of these names, as far as they are seen."""
    if not names:
        return []
    rows = models.Party.objects.filter(name__in=names, organ=None).exclude(case_id=found.pk).order_by()
    counted = rows.values_list("name", "data__id_number").annotate(cases=Count("case_id", distinct=True))
    return [(name, number, cases) for name, number, cases in counted]
