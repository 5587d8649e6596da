"""看板: how work stands by body and system, the cases behind each number, and the letters by which it is urged."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import access
from fadu.kernel.access import Listed, Session
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.words import whole
from fadu.web.workbench import listing, standing, standing_rows
from fadu.web.workbench.standing import KINDS, Asked, Row
from fadu.web.workbench.views.figures import asked_period
from fadu.web.workbench.views.opening import bodies_opening

SENT = 20
DIVIDED = {"body": "分机构", "system": "分程序"}
COLUMNS = ("在办", "期限正常", "即将到期", "已经逾期", "没有在办期限", "期间内办结", "按期办结", "其中有逾期")


def _asked(s: Session, given: dict[str, str]) -> tuple[Asked, dict[str, str]]:
    """What the address asks; a body or system that the person does not know counts as not asked."""
    period, faults = asked_period(s, given)
    body, system = given.get("body", ""), given.get("system", "")
    return Asked(
        period, body if whole(body) in s.bodies else "", system if system in s.registry.systems else ""
    ), faults


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The numbers, or with a kind the cases behind one of them."""
    given = request.GET.dict()
    with access.session(me(request)) as s:
        asked, faults = _asked(s, given)
        called = _called(s)
        context: dict[str, Any] = {
            "section": "standing",
            "asked": asked,
            "faults": faults,
            "bodies": called["body"],
            "systems": called["system"],
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
        if given.get("kind") in KINDS:
            return render(request, "workbench/standing_cases.html", context | _cases(s, asked, given), status=status)
        boards = [(label, by, standing_rows.html(found)) for label, by, found in _boards(s, asked, called)]
        context |= {"boards": boards, "sent": _sent(s)}
        return render(request, "workbench/standing.html", context, status=status)


@require_safe
def board_xlsx(request: HttpRequest) -> HttpResponse:
    """The same tables."""
    with access.session(me(request)) as s:
        asked, _ = _asked(s, request.GET.dict())
        note = (f"办结：{asked.period}；在办：{s.now:%Y-%m-%d %H:%M}",)
        sheets = [
            Sheet(label, ("", *COLUMNS), tuple(map(_cells, found)), (36,), note)
            for label, _, found in _boards(s, asked, _called(s))
        ]
    return attached(to_xlsx(sheets), XLSX, f"看板{asked.period.since.isoformat()}.xlsx")


def _called(s: Session) -> dict[str, dict[str, str]]:
    """What the bodies that the person sees from inside, and the systems, are called."""
    organs = {str(organ): name for organ, name in access.names_of_organs(s).items() if organ in s.bodies}
    return {"body": organs, "system": {name: s.registry.newest(name).label for name in s.registry.systems}}


def _boards(s: Session, asked: Asked, called: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, list[Row]]]:
    """The numbers by body and by system."""
    counted = standing.numbers(s, asked)
    return [(label, by, standing.rows(asked, counted, by, called[by])) for by, label in DIVIDED.items()]


def _cells(row: Row) -> tuple[str | int, ...]:
    one = row.numbers
    return (row.label, one.open, one.normal, one.soon, one.overdue, one.none, one.done, one.in_time, one.late)


def _sent(s: Session) -> dict[str, Any]:
    return {"rows": standing.sent(s, SENT), "ways": _ways(s)}


def _ways(s: Session) -> list[tuple[str, str]]:
    """The letters that this person may send: their names and forms."""
    among = access.organs_of_posts(s)
    return [
        (step.label, reverse("opening", args=[text.system, step.name]))
        for text, step in standing.urging(s, s.today)
        if bodies_opening(s, text.system, step, among)
    ]


def _begun(one: Listed, bodies: Mapping[int, int]) -> str:
    """What the form of a letter about a case begins with."""
    return urlencode({"about": one.number, "for": bodies.get(one.pk, "")})


def _cases(s: Session, asked: Asked, given: dict[str, str]) -> dict[str, Any]:
    """One page of the cases behind a number, each with the letter about it."""
    page = whole(given.get("page", ""), 6) or 1
    first = (page - 1) * listing.PAGE_SIZE
    found = standing.cases(s, asked, given["kind"]).order_by("due", "id")
    listed = listing.page(s, found, first, listing.PAGE_SIZE + 1)
    ways, bodies = (
        _ways(s),
        dict(access.cases(s).filter(pk__in=[one.pk for one in listed]).values_list("pk", "body_id")),
    )
    here = asked.address(kind=given["kind"])
    return {
        "kind": KINDS[given["kind"]],
        "lines": [
            (listing.line(s, one), [(label, f"{form}?{_begun(one, bodies)}") for label, form in ways if one.number])
            for one in listed[: listing.PAGE_SIZE]
        ],
        "before": f"{here}&page={page - 1}" if page > 1 else "",
        "after": f"{here}&page={page + 1}" if len(listed) > listing.PAGE_SIZE else "",
    }
