"""What is an officer's own: what he usually opens; beside the record, views of the list and forms not sent yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from fadu.kernel import store
from fadu.kernel.access import Session
from fadu.kernel.desk_models import Draft, SavedView
from fadu.kernel.models import Case
from fadu.rules.errors import BadInput, NotFound

LONGEST_NAME, LONGEST_QUERY, MOST_VIEWS = 40, 2000, 50
LONGEST_DRAFT = 400_000
"""Signs of a draft: more than any form holds."""


def owner(s: Session) -> int:
    """Whose desk it is."""
    assert s.officer is not None  # the house itself keeps nothing
    return s.officer


def usual_systems(s: Session, newest: int) -> list[str]:
    """The systems of one's own newest cases, the most frequent first."""
    own = Case.objects.filter(officer_id=owner(s)).order_by("-pk").values_list("system", flat=True)
    return [system for system, _ in Counter(own[:newest]).most_common()]


# ---------------------------------------------------------------- views of the list


def views(s: Session) -> QuerySet[SavedView]:
    """One's own, by name."""
    return SavedView.objects.filter(officer_id=owner(s)).order_by("name")


def save_view(s: Session, name: str, query: str) -> None:
    """Keeps a question under a name; a view of that name becomes this one. Raises BadInput."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise BadInput({"name": f"视图名称应当有一至{LONGEST_NAME}个字"})
    if len(query) > LONGEST_QUERY:
        raise BadInput({"name": "筛选条件太多，不能保存为视图"})
    if views(s).exclude(name=name).count() >= MOST_VIEWS:
        raise BadInput({"name": f"最多保存{MOST_VIEWS}个视图，请先删除不用的"})
    SavedView.objects.update_or_create(officer_id=owner(s), name=name, defaults={"query": query})


def delete_view(s: Session, number: int) -> None:
    """Raises NotFound alike for one that is not there and for somebody else's."""
    if not views(s).filter(pk=number).delete()[0]:
        raise NotFound("视图")


# ---------------------------------------------------------------- forms not sent


def drafts(s: Session) -> QuerySet[Draft]:
    """One's own, newest first; those of cases that are not to be seen any more are left out."""
    mine = Draft.objects.filter(officer_id=owner(s)).select_related("case")
    return mine.filter(Q(case=None) | Q(case__in=Case.objects.all())).order_by("-changed")


def _of_form(s: Session, case: int | None, system: str, step: str, about: str) -> QuerySet[Draft]:
    whose = Q(case=None) if case is None else Q(case=case)
    return Draft.objects.filter(whose, officer_id=owner(s), system=system, step=step, about=about)


def draft(s: Session, case: int | None, system: str, step: str, about: str = "") -> Draft | None:
    """What was typed into this form and not sent."""
    return _of_form(s, case, system, step, about).first()


def keep(
    s: Session, case: Case | None, system: str, step: str, about: str, typed: Mapping[str, Sequence[str]], position: int
) -> None:
    """Keeps what was typed so far. Raises BadInput when it is longer than any form."""
    if sum(len(one) for values in typed.values() for one in values) > LONGEST_DRAFT:
        raise BadInput({"draft": "内容太长，没有存为草稿"})
    said = {"typed": {name: list(values) for name, values in typed.items()}, "position": position, "changed": s.now}
    Draft.objects.update_or_create(officer_id=owner(s), case=case, system=system, step=step, about=about, defaults=said)


def keep_box(s: Session, case: Case, step: str, start: str, name: str, text: str | None) -> None:
    """Keeps one box of a form beside its others, or throws it away (None); those sent at once take turns.

    start: with what the names of boxes begin; a draft without any is dropped.
    """
    store.hold_key(owner(s), f"draft of {step} in {case.pk}")
    found = draft(s, case.pk, case.system, step)
    typed: dict[str, Sequence[str]] = dict(found.typed) if found else {}
    typed.pop(start + name, None)
    if text is not None:
        typed[start + name] = [text]
    if any(one.startswith(start) for one in typed):
        keep(s, case, case.system, step, "", typed, case.position)
    else:
        drop(s, case.pk, case.system, step)


def drop(s: Session, case: int | None, system: str, step: str, about: str = "") -> None:
    """The form was sent, or its draft is not wanted any more."""
    _of_form(s, case, system, step, about).delete()
