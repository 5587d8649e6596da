"""Finds cases and texts for a person by words and names: what access does for searches, under the same session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import BooleanField, Count, F, Func, Q, QuerySet, Value

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.kernel.sought import words_of

VERY_MANY = 20_000
"""Texts in which words may stand to be looked up first when a list is narrowed by them."""


def find(s: Session, words: Sequence[str], most: int) -> list[int]:
    """Cases, newest first, in whose texts every one of some words occurs, as far as the session may read them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find(%s, %s)", [list(words), most])
        return [case for (case,) in cursor.fetchall()]


def search(s: Session, typed: str, very_many: int = VERY_MANY) -> QuerySet[models.Case]:
    """All cases in whose texts every word occurs, as a list to be narrowed further. Raises BadInput.

    Words that stand in very many texts are looked for in the texts of the cases that the list comes by.
    """
    words, found = words_of(typed), access.cases(s)
    if not words:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_few(%s, %s)", [words, very_many])
        few = cursor.fetchall()[0][0]
    if few is not None:
        return found.filter(access.among("id", few))
    for word in words:
        found = found.filter(_has(word))
    return found


def _has(word: str) -> Func:
    """Whether a word stands in a case's texts, as the policies show them; OFFSET keeps it from being joined to all."""
    condition = {
        "arg_joiner": " AND strpos(t.text, ",
        "template": "EXISTS (SELECT FROM kernel_sought t WHERE t.case_id = %(expressions)s) > 0 OFFSET 0)",
    }
    return Func(F("pk"), Value(word), output_field=BooleanField(), **condition)


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
