"""修法演练: another length of a period or amount from a day on, and what it would touch. Nothing is changed."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.amount_rehearsal import Sum, weighed
from fadu.kernel.law_rehearsal import Proposal, touched
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.law import UNIT_WORDS, LawError, Statute, Unit
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day, whole

MOST, MOST_YUAN = 9999, 999_999_999


@require_safe
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """The forms; with an answer in one, what the new length, or the new amount, touches."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        law = next((one for one in s.env.library.statutes() if one.slug == slug), None)
        if law is None:
            raise NotFound("法规")
        context: dict[str, Any] = {
            "section": "law",
            "law": law,
            "given": given,
            "today": s.today,
            "periods": [name for name in law.periods if _length(s, law, name)],
            "units": {unit.value: word for unit, word in UNIT_WORDS.items()},
            "amounts": _amounts(s, law),
        }
        status = HTTPStatus.OK
        if {"amount", "yuan"} & set(given):
            try:
                if "yuan" in given:
                    context["sum"] = other = _other_sum(s, law, given)
                    context["weighed"] = weighed(s, other)
                else:
                    context["asked"] = asked = _asked(s, law, given)
                    context["found"] = touched(s, asked)
            except (BadInput, LawError) as fault:
                context["faults"] = list(fault.fields.values()) if isinstance(fault, BadInput) else [fault.message]
                status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "workbench/law_rehearsal.html", context, status=status)


def _length(s: Session, law: Statute, name: str) -> bool:
    """Whether the period is a length in force today, at this place."""
    try:
        rule = s.env.library.period(law.title, name, s.today, place=s.env.place)
    except LawError:
        return False
    return rule.amount is not None and rule.month_day is None


def _amounts(s: Session, law: Statute) -> list[str]:
    """The amounts of money in force today."""
    return [one.name for one in s.env.library.besides.amounts if one.statute == law.title and one.in_force(s.today)]


def _other_sum(s: Session, law: Statute, given: dict[str, str]) -> Sum:
    """Raises BadInput with all that is wrong."""
    faults: dict[str, str] = {}
    name, yuan = given.get("name", ""), whole(given["yuan"].strip()) or 0
    if name not in _amounts(s, law):
        faults["name"] = "请选择金额"
    if not 0 < yuan <= MOST_YUAN:
        faults["yuan"] = f"新的金额应当是 1 到 {MOST_YUAN} 的整数（元）"
    since = _since(given, faults)
    if faults or since is None:
        raise BadInput(faults)
    return Sum(law, name, yuan * 100, since)


def _since(given: dict[str, str], faults: dict[str, str]) -> date | None:
    """The day from which it would hold; what is wrong with it joins the faults."""
    try:
        since = read_day(given.get("since", ""), "施行日期", "since")
    except BadInput as fault:
        faults |= fault.fields
        return None
    if since is None:
        faults["since"] = "请填写施行日期"
    return since


def _asked(s: Session, law: Statute, given: dict[str, str]) -> Proposal:
    """Raises BadInput with all that is wrong."""
    faults: dict[str, str] = {}
    name, amount, unit = (given.get(word, "").strip() for word in ("period", "amount", "unit"))
    if name not in law.periods:
        faults["period"] = "请选择期限"
    if not 0 < (whole(amount) or 0) <= MOST:
        faults["amount"] = f"新的长度应当是 1 到 {MOST} 的整数"
    if unit not in list(Unit):
        faults["unit"] = "请选择单位"
    since = _since(given, faults)
    if faults or since is None:
        raise BadInput(faults)
    return Proposal(law, name, int(amount), Unit(unit), since, under_way=given.get("under_way") == "1")
