"""Finds cases and texts for a person by words and names: what access does for searches, under the same session."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, cast

from django.db import connection
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import OrderBy

from fadu.kernel import access, models, validity
from fadu.kernel.access import Session
from fadu.kernel.sought import words_of

VERY_MANY = 20_000
"""Texts in which words may stand to be looked up first when a list is narrowed by them."""
READ_FOR_ONE = 10
"""Cases whose texts are read at first for each one to be shown."""
NOT_YET = "尚未生效"


def find(s: Session, words: Sequence[str], most: int) -> list[int]:
    """Cases, newest first, in whose texts every one of some words occurs, as far as the session may read them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find(%s, %s)", [list(words), most])
        return [case for (case,) in cursor.fetchall()]


def find_entries(s: Session, words: Sequence[str], most: int, *, public: bool = False) -> list[int]:
    """Entries of registers by their newest rows, newest first, in whose text every one of some words occurs.

    public: only what everybody may read, for a session of the house itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find_entries(%s, %s, %s)", [list(words), most, public])
        return [entry for (entry,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry by its newest row. standing: in words, as of today, when a row before that one may still count."""

    row: models.RegisterEntry
    standing: str


def entries(s: Session, found: Sequence[int]) -> list[FoundEntry]:
    """Those of these rows that the session sees, newest first, as far as their registers are still declared."""
    same = {name: OuterRef(name) for name in ("register", "organ", "key")}
    declared = [register.name for register in s.registry.registers]
    rows = models.RegisterEntry.objects.filter(pk__in=list(found), register__in=declared).select_related("organ")
    holds = Exists(models.RegisterEntry.objects.filter(validity.on(s.today), **same))
    return [FoundEntry(row, _standing(row, row.holds, s.today)) for row in rows.annotate(holds=holds).order_by("-pk")]


def _standing(row: models.RegisterEntry, holds: bool, today: date) -> str:
    if row.since > today:
        return "现行有效，变动尚未生效" if holds else NOT_YET
    return "现行有效" if holds else "已经终止"


def search(s: Session, typed: str, very_many: int = VERY_MANY) -> QuerySet[models.Case]:
    """All cases in whose texts every word occurs, as a list to be narrowed further. Raises BadInput.

    Words that stand in very many texts are looked for in the texts of the cases that the list comes by.
    """
    words, found = words_of(typed), access.cases(s)
    if not words:
        return found
    few = _few(s, words, very_many)
    if few is not None:
        return found.filter(access.among("id", few))
    for word in words:
        found = found.filter(_Has(F("pk"), Value(word)))
    return found


def _few(s: Session, words: list[str], very_many: int) -> list[int] | None:
    """The cases in which the words occur, None for very many. Asked once: a page asks for the same list in parts."""
    key = f"few {very_many} {words}"
    if key not in s.kept:
        with connection.cursor() as cursor:
            cursor.execute("SELECT fadu_few(%s, %s)", [words, very_many])
            (s.kept[key],) = cursor.fetchone()
    return cast(list[int] | None, s.kept[key])


class _Has(Func):
    """Whether a word stands in a case's texts, as the policies show them; OFFSET keeps it from being joined to all."""

    arg_joiner = " AND strpos(t.text, "
    template = "EXISTS (SELECT FROM kernel_sought t WHERE t.case_id = %(expressions)s) > 0 OFFSET 0)"
    output_field = BooleanField()


def in_order(found: QuerySet[models.Case], first: int, most: int) -> list[int]:
    """Some of the cases in their order; texts are read of no more cases than that takes.

    The planner would read those of all cases before it orders them. Here the first cases are ordered and then read;
    where too few of these have the words, all are.
    """
    chosen = found.values_list("id", *_ordered_by(found))
    where = chosen.query.where
    late = [one for one in where.children if isinstance(getattr(one, "lhs", None), _Has)]
    if not late:
        return list(found.values_list("pk", flat=True)[first : first + most])
    where.children = [one for one in where.children if one not in late]
    near = _read(chosen[: (first + most) * READ_FOR_ONE], late, first, most)
    return near if len(near) == most else _read(chosen, late, first, most)


def _read(ordered: QuerySet[models.Case, Any], late: Sequence[Any], first: int, most: int) -> list[int]:
    """Those of ordered cases that have the words, still in order; OFFSET keeps the words from being asked before."""
    compiler = ordered.query.get_compiler(connection=connection)
    inner, parameters = ordered.query.sql_with_params()
    words = [compiler.compile(one) for one in late]
    conditions, values = " AND ".join(text for text, _ in words), [one for _, said in words for one in said]
    # All parts are statements of the ORM; values go over as parameters. ORDER BY names columns by their places.
    order = inner.partition(" ORDER BY ")[2].partition(" LIMIT ")[0]
    outer = f"SELECT * FROM ({inner} OFFSET 0) AS kernel_case WHERE {conditions} ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(outer, [*parameters, *values, most, first])
        return [row[0] for row in cursor.fetchall()]


def _ordered_by(found: QuerySet[models.Case]) -> list[str]:
    """The columns by which cases are ordered, but for their number."""
    keys = (one.expression if isinstance(one, OrderBy) else one for one in found.query.order_by)
    names = (getattr(one, "name", one) for one in keys)
    return [name for one in names if (name := str(one).lstrip("-")) != "id"]


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
