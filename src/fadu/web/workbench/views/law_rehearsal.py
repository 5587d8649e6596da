"""修法演练: another value of the law from a day on, and what it would touch. The law and the cases stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from fadu.infra import jobs
from fadu.kernel import access, law_rehearsal
from fadu.kernel.access import Session
from fadu.kernel.jobs import retry_stalled
from fadu.kernel.law_rehearsal import Length, Persons, Proposal, Sum
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.law import UNIT_WORDS, LawError, Statute, Unit
from fadu.rules.law_besides import Dated
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day, whole
from fadu.web.workbench import rehearsals

MOST, MOST_YUAN = 9999, 999_999_999


@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """The forms; one that is sent leads on to the page of its rehearsal."""
    given, faults = request.POST.dict(), list[str]()
    with access.session(me(request)) as s:
        law = next((one for one in s.env.library.statutes() if one.slug == slug), None)
        if law is None:
            raise NotFound("法规")
        if request.method == "POST":
            try:
                return redirect("rehearsed", law_rehearsal.ask(s, _asked(s, law, given)).pk)
            except (BadInput, LawError) as fault:
                faults = list(fault.fields.values()) if isinstance(fault, BadInput) else [fault.message]
        besides = s.env.library.besides
        context = {
            "section": "law",
            "law": law,
            "given": given,
            "faults": faults,
            "periods": [name for name in law.periods if _length(s, law, name)],
            "units": {unit.value: word for unit, word in UNIT_WORDS.items()},
            "amounts": _in_force(s, law, besides.amounts),
            "limits": _in_force(s, law, besides.limits),
            "receipts": _in_force(s, law, besides.receipts),
            "rehearsals": rehearsals.own(s, law.title),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        return render(request, "workbench/law_rehearsal.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rehearsed(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, or what it found, a page of its list at a time; sent, it begins anew what was cut off."""
    if request.method == "POST":
        with access.session(me(request)) as s:
            jobs.soon(retry_stalled)
            law_rehearsal.begin(s, law_rehearsal.own(s, number))
        return redirect("rehearsed", number)
    with access.session(me(request)) as s:
        row = law_rehearsal.own(s, number)
        context = {"section": "law", "line": rehearsals.line(row), "law": s.env.library.statute(row.statute)}
        if row.answer is not None:
            context |= rehearsals.page(s, row, whole(request.GET.get("page", "")) or 1)
            if not row.seen:
                row.seen = True
                row.save(update_fields=["seen"])
        return render(request, "workbench/rehearsed.html", context)


@require_safe
def export(request: HttpRequest, number: int, part: int) -> HttpResponse:
    """The list, all pages; a long one in several files."""
    with access.session(me(request)) as s:
        row = law_rehearsal.own(s, number)
        if row.answer is None:
            raise NotFound("修法演练的结果")
        name = f"修法演练-{row.asked['name']}-{part}.xlsx"
        return attached(rehearsals.file(s, row, part), XLSX, name)


# ---------------------------------------------------------------- what may be asked


def _length(s: Session, law: Statute, name: str) -> bool:
    """Whether the period is a length in force today, at this place."""
    try:
        rule = s.env.library.period(law.title, name, s.today, place=s.env.place)
    except LawError:
        return False
    return rule.amount is not None and rule.month_day is None


def _in_force(s: Session, law: Statute, values: tuple[Dated, ...]) -> list[str]:
    """The names of a statute's values in force today, each once."""
    found = (one.name for one in values if one.statute == law.title and one.in_force(s.today))
    return list(dict.fromkeys(found))


# ---------------------------------------------------------------- what was asked


def _asked(s: Session, law: Statute, given: dict[str, str]) -> Proposal:
    """Raises BadInput with all that is wrong."""
    faults: dict[str, str] = {}
    read = READ.get(given.get("kind", ""))
    if read is None:
        raise BadInput({"kind": "请选择演练什么"})
    since = _since(given, faults)
    made = read(s, law, {name: value.strip() for name, value in given.items()}, since or s.today, faults)
    if faults:
        raise BadInput(faults)
    return made


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


def _other_length(s: Session, law: Statute, given: dict[str, str], since: date, faults: dict[str, str]) -> Proposal:
    name, unit, amount = given.get("name", ""), given.get("unit", ""), whole(given.get("amount", "")) or 0
    if name not in law.periods:
        faults["name"] = "请选择期限"
    if not 0 < amount <= MOST:
        faults["amount"] = f"新的长度应当是 1 到 {MOST} 的整数"
    if unit not in list(Unit):
        faults["unit"] = "请选择单位"
    return Length(law, name, since, amount, unit, under_way=given.get("under_way") == "1")


def _other_sum(s: Session, law: Statute, given: dict[str, str], since: date, faults: dict[str, str]) -> Proposal:
    name, yuan = given.get("name", ""), whole(given.get("yuan", ""), len(str(MOST_YUAN))) or 0
    if name not in _in_force(s, law, s.env.library.besides.amounts):
        faults["name"] = "请选择金额"
    if not 0 < yuan <= MOST_YUAN:
        faults["yuan"] = f"新的金额应当是 1 到 {MOST_YUAN} 的整数（元）"
    return Sum(law, name, since, yuan * 100)


def _other_number(s: Session, law: Statute, given: dict[str, str], since: date, faults: dict[str, str]) -> Proposal:
    name = given.get("name", "")
    least, most = (whole(given.get(word, "")) for word in ("at_least", "at_most"))
    if name not in _in_force(s, law, s.env.library.besides.limits):
        faults["name"] = "请选择人数"
    typed = [given[word] for word in ("at_least", "at_most") if given.get(word)]
    bounds = [bound for bound in (least, most) if bound is not None]
    if not typed or len(bounds) != len(typed) or sorted(bounds) != bounds or not 0 < bounds[0] <= bounds[-1] <= MOST:
        faults["at_least"] = f"新的人数应当是 1 到 {MOST} 的整数，最少的不大于最多的，至少填写一项"
    return Persons(law, name, since, least, most)


READ: dict[str, Callable[[Session, Statute, dict[str, str], date, dict[str, str]], Proposal]] = {
    Length.kind: _other_length,
    Sum.kind: _other_sum,
    Persons.kind: _other_number,
}
