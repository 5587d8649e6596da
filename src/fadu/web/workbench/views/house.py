"""管理: the house's organs, people, accounts, rules, notices and numbers, for administrators; all of it by acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access, contacts, holidays, house_reading, models, portal_address, promises, second_factor
from fadu.kernel import house as kernel
from fadu.kernel.access import SIGNING, Session
from fadu.kernel.house_calendar import own_notices
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.rules.holiday_files import BadHolidayFile, Notice
from fadu.rules.holiday_text import notice_in
from fadu.rules.procedure import ROLES
from fadu.web.shared.fields import ErrorLine, Told
from fadu.web.shared.officer import me
from fadu.web.shared.refusals import status_of
from fadu.web.shared.typed import Typed
from fadu.web.shared.words import whole
from fadu.web.workbench import house_changes, house_form, parameter_acts
from fadu.web.workbench.house_acts import ACTS
from fadu.web.workbench.house_changes import key_in_words
from fadu.web.workbench.house_form import CHOICES, HouseAct
from fadu.web.workbench.listing import PAGE_SIZE

LONGEST_NOTICE = 50_000
SHOWN = 200
"""Periods of a preview on the page."""


def _administering(request: HttpRequest) -> Any:
    """A session of an administrator; everybody else is refused before anything is read."""
    return access.session(me(request))


def _page(request: HttpRequest) -> int:
    return whole(request.GET.get("page", ""), 5) or 1


# ---------------------------------------------------------------- organs and people


@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """The tree of organs as of today, with who holds what; those that are no more apart."""
    with _administering(request) as s:
        kernel.must_administer(s)
        every = list(models.Organ.objects.select_related("serves", "successor").order_by("pk"))
        posts = models.Post.objects.filter(since__lte=s.today).exclude(before__lte=s.today)
        held: dict[int, list[str]] = {}
        for post in posts.select_related("officer", "substitute_for").order_by("role", "pk"):
            held.setdefault(post.organ_id, []).append(_held(post))
        context = {
            "section": "house",
            "tree": _tree([organ for organ in every if organ.before is None], held),
            "ended": [organ for organ in every if organ.before is not None],
            "unseen": _without_supervisor(every, held),
        }
        return render(request, "workbench/house/organs.html", context)


def _held(post: models.Post) -> str:
    label = ROLES[post.role].label if post.role in ROLES else post.role
    instead = f"，代{post.substitute_for.name}" if post.substitute_for else ""
    until = f"，至{post.before.isoformat()}" if post.before else ""
    return f"{post.officer.name}（{label}{instead}{until}）"


def _tree(standing: list[models.Organ], held: Mapping[int, list[str]]) -> list[dict[str, Any]]:
    """The organs one below the other, each with its depth."""
    below: dict[int | None, list[models.Organ]] = {}
    known = {organ.pk for organ in standing}
    for organ in standing:
        below.setdefault(organ.parent_id if organ.parent_id in known else None, []).append(organ)
    found: list[dict[str, Any]] = []
    waiting = [(organ, 0) for organ in reversed(below.get(None, []))]
    while waiting:
        organ, depth = waiting.pop()
        found.append({"organ": organ, "depth": min(depth, 5), "held": held.get(organ.pk, [])})
        waiting += [(one, depth + 1) for one in reversed(below.get(organ.pk, []))]
    return found


def _without_supervisor(every: Iterable[models.Organ], held: Mapping[int, list[str]]) -> list[str]:
    """Organs that stand and at which nobody holds any post: their cases would be seen by nobody of their own."""
    return [organ.name for organ in every if organ.before is None and organ.pk not in held]


@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """Accounts, a page at a time: posts, whether open, whether with a second factor."""
    words, number = request.GET.get("q", "").replace("\0", "").strip()[:100], _page(request)
    with _administering(request) as s:
        kernel.must_administer(s)
        found = house_reading.accounts(s, words)
        first, total = (number - 1) * PAGE_SIZE, found.count()
        rows = [_account(s, officer) for officer in found[first : first + PAGE_SIZE]]
        context = {"section": "house", "rows": rows, "total": total, "words": words, "number": number}
        context |= {"before": number - 1, "after": number + 1 if first + PAGE_SIZE < total else 0}
        return render(request, "workbench/house/officers.html", context)


def _account(s: Session, officer: models.Officer) -> dict[str, Any]:
    posts = [
        (post, ROLES[post.role].label if post.role in ROLES else post.role)
        for post in officer.posts.all()
        if post.before is None or post.before > s.today
    ]
    return {"officer": officer, "posts": posts, "second": hasattr(officer, "second_factor")}


# ---------------------------------------------------------------- acts


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, name: str) -> HttpResponse:
    """The form of one kind of act; a link may fill in some of its boxes."""
    with _administering(request) as s:
        kernel.must_administer(s)
        if name not in ACTS:
            raise NotFound("这种操作")
        chosen = ACTS[name]
        if request.method != "POST":
            first = {box.name: request.GET.get(box.name, "") for box in chosen.boxes}
            typed = Typed({word: [said] for word, said in first.items() if said})
            for box in chosen.boxes:
                if box.kind == "date" and box.required and box.name not in typed.names():
                    typed.put(box.name, s.today.isoformat())
            return _form(request, s, chosen, typed)
        typed = Typed.of(request)
        try:
            with transaction.atomic():
                done = chosen.perform(s, house_form.values(s, chosen, typed))
        except NotAllowed:
            raise
        except Refusal as refusal:
            return _form(request, s, chosen, typed, refusal)
        response = render(request, "workbench/house/done.html", {"section": "house", "act": chosen, "done": done})
    if done.secret:
        response["Cache-Control"] = "no-store"
    return response


def _form(
    request: HttpRequest, s: Session, chosen: HouseAct, typed: Typed, refusal: Refusal | None = None
) -> HttpResponse:
    faults = refusal.fields if isinstance(refusal, BadInput) else {}
    names = {box.name for box in chosen.boxes}
    context = {
        "section": "house",
        "act": chosen,
        "boxes": house_form.fields(s, chosen, Told(typed, faults)),
        "refusal": refusal,
        "error_lines": [ErrorLine(said, name if name in names else "") for name, said in faults.items()],
    }
    status = status_of(refusal) if refusal else HTTPStatus.OK
    return render(request, "workbench/house/act.html", context, status=status)


# ---------------------------------------------------------------- rules, numbers, what changed


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What the house has settled for itself: who signs, what is promised, lights, hours, targets, second factors."""
    with _administering(request) as s:
        kernel.must_administer(s)
        context = {
            "section": "house",
            "signing": [
                (key_in_words(s, one.key), ROLES[one.data["role"]].label, one.since) for one in _own(s, SIGNING)
            ],
            "reception": [choice.label for choice in CHOICES["received"](s)],
            "portal": portal_address.address(s),
            "contacts": [one for one in contacts.of(s, access.organs(s)) if one.phone],
            "promises": [(key_in_words(s, one.key), one.data, one.since) for one in _own(s, promises.REGISTER)],
            "parameters": parameter_acts.settled(s),
            "aims": parameter_acts.aims(s),
            "second": [(ROLES[one.key].label, one.since) for one in _own(s, second_factor.REGISTER)],
        }
        return render(request, "workbench/house/rules.html", context)


def _own(s: Session, register: str) -> Iterable[models.RegisterEntry]:
    return access.register(s, register, s.today)


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """文号: the last of each series, what is missing or void, and why."""
    with _administering(request) as s:
        kernel.must_administer(s)
        void, imported = kernel.void_numbers(s), kernel.imported_numbers(s)
        context = {"section": "house", "series": kernel.gaps(s), "void": void, "imported": imported}
        return render(request, "workbench/house/numbers.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed in the house: who, when, what was said."""
    number, step = _page(request), request.GET.get("step", "")
    with _administering(request) as s:
        kernel.must_administer(s)
        found = house_reading.changes_of_house(s)
        found = found.filter(step=step) if step in kernel.LABELS else found.exclude(step__in=house_changes.ROUTINE)
        first = (number - 1) * PAGE_SIZE
        events = list(found[first : first + PAGE_SIZE + 1])
        context = {
            "section": "house",
            "lines": house_changes.lines(s, events[:PAGE_SIZE]),
            "step": step,
            "steps": kernel.LABELS,
            "number": number,
            "before": number - 1,
            "after": number + 1 if len(events) > PAGE_SIZE else 0,
        }
        return render(request, "workbench/house/changes.html", context)


# ---------------------------------------------------------------- holiday notices


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """The notices known; one of a new year is tried first, which tells the periods it would move, then loaded."""
    with _administering(request) as s:
        kernel.must_administer(s)
        known, own, place = s.env.calendar.notices, own_notices(), s.env.place
        context: dict[str, Any] = {"section": "house", "provisional": s.env.calendar.years[-1] + 1, "most": SHOWN}
        context["notices"] = [(one, one in own, _days(one, "off"), _days(one, "work")) for one in reversed(known)]
    if request.method != "POST":
        return render(request, "workbench/house/notices.html", context)
    text = request.POST.get("text", "")[: LONGEST_NOTICE + 1]
    try:
        notice = _notice(text, place if request.POST.get("own") else None)
        loads = request.POST.get("do") == "load"
        context["outcome"] = holidays.load(notice, officer=me(request), rehearse=not loads)
        context |= {"notice": notice, "loaded": loads}
    except (BadHolidayFile, Refusal) as fault:
        context |= {"fault": fault, "text": text}
        return render(request, "workbench/house/notices.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return render(request, "workbench/house/notices.html", context | {"text": text, "own": request.POST.get("own")})


def _notice(text: str, place: str | None) -> Notice:
    if not text.strip() or len(text) > LONGEST_NOTICE:
        raise BadInput({"text": "请把放假通知的全文粘贴到框里，不超过五万字"})
    return notice_in(text, place)


def _days(notice: Notice, word: str) -> list[date]:
    return [day for one in notice.holidays for day in getattr(one, word)]
