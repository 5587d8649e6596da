"""修法演练: another length of a period from a day on, and what it would touch. Nothing is changed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.law_rehearsal import Proposal, touched
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.law import UNIT_WORDS, LawError, Statute, Unit
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day, whole

MOST = 9999


@require_safe
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; with an answer in it, what the new length touches."""
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
        }
        status = HTTPStatus.OK
        if "amount" in given:
            try:
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
    try:
        since = read_day(given.get("since", ""), "施行日期", "since")
    except BadInput as fault:
        faults |= fault.fields
        since = None
    if since is None and "since" not in faults:
        faults["since"] = "请填写施行日期"
    if faults or since is None:
        raise BadInput(faults)
    return Proposal(law, name, int(amount), Unit(unit), since, under_way=given.get("under_way") == "1")
