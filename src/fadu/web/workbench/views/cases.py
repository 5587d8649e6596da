"""The list of cases and its export as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from fadu.infra.official.xlsx import Sheet, to_xlsx
from fadu.kernel import access, bulk, desk, together
from fadu.kernel.access import Listed, Session
from fadu.kernel.models import Case
from fadu.rules.errors import Refusal
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.words import chinese_day
from fadu.web.workbench import list_cells, list_columns, list_head, listing
from fadu.web.workbench.list_columns import Column
from fadu.web.workbench.listing import LIGHTS, OPEN, PAGE_SIZE, WHEN, Question
from fadu.web.workbench.table_file import table_file


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One page of the list."""
    with access.session(me(request)) as s:
        asked = listing.asked(request.GET, s.registry)
        found = listing.found(s, asked)
        total = found.order_by()[: asked.counted + 1].count()
        asked, rows = _page(s, asked, listing.few(found) if total <= listing.FEW else found, total)
        shown = list_columns.chosen(s.registry, asked, list_columns.ON_PAGE)
        lines = [listing.line(s, case) for case in rows[:PAGE_SIZE]]
        acts = together.steps(s, asked.system) if rows else []
        choices = _choices(s)

        def there(address: str) -> bool:
            other = listing.read(dict(parse_qsl(address[1:])), s.registry)
            return listing.found(s, other).order_by()[:1].exists()

        texts = {key: label for group in choices["states"] for key, label in group["states"].items()}
        chips = list_head.chips(asked, {**choices, "states": texts})
        context = {
            "section": "cases",
            "today": s.today,
            "asked": asked,
            "head": list_head.head("件", total, asked.counted, list_head.ORDERS[asked.sort], chips, there),
            "rows": list_cells.rows(s, asked, shown, lines, pick=bool(acts)),
            "views": desk.views(s),
            "together": acts,
            "most": together.MOST,
            "here": min(len(rows), PAGE_SIZE),
            "columns": _columns(asked, shown),
            "offered": _offered(s, asked, shown),
            "pages": _pages(asked, total, more=len(rows) > PAGE_SIZE),
            "export": asked.address(),
            **choices,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.faults else HTTPStatus.OK
        return render(request, "workbench/cases.html", context, status=status)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Exactly the rows of the list, all pages, in the columns and the order asked for, as .csv or .xlsx."""
    with access.session(me(request)) as s:
        asked = listing.asked(request.GET, s.registry)
        found = listing.page(s, listing.found(s, asked), 0, listing.COUNTED + 1)
        if len(found) > listing.COUNTED:
            raise Refusal(f"符合条件的案件超过 {listing.COUNTED} 件，没有导出。", todo="请返回列表，增加条件后再导出。")
        columns = list_columns.chosen(s.registry, asked, tuple(list_columns.COLUMNS))
        rows = list_columns.texts(s, asked, columns, [listing.line(s, case) for case in found])
        headings = tuple(heading for column in columns for heading in column.headings)
        name = f"cases-{s.today.isoformat()}.{form}"
        if form == "csv":
            return table_file(name, headings, rows)
        sheet = Sheet(f"案件（{chinese_day(s.today)}）", headings, tuple(rows), (22,) * len(headings))
        return attached(to_xlsx([sheet]), XLSX, name)


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keeps the question of the list under a name."""
    with access.session(me(request)) as s:
        query = listing.read(dict(parse_qsl(request.POST.get("query", "").removeprefix("?"))), s.registry).address()
        desk.save_view(s, request.POST.get("name", ""), query)
    return redirect(reverse("cases") + query)


@require_POST
def delete_view(request: HttpRequest, number: int) -> HttpResponse:
    with access.session(me(request)) as s:
        desk.delete_view(s, number)
    return redirect("cases")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Those rows of the list that are handled here, in the layout in which another house or a platform takes them."""
    with access.session(me(request)) as s:
        asked = listing.asked(request.GET, s.registry)
        if asked.system not in s.registry.systems:
            raise Refusal("没有选定程序，不能按转录的列导出。", todo="请在案件列表的筛选条件中选定一个程序。")
        found = bulk.own(s, asked.system).filter(pk__in=listing.found(s, asked).order_by().values("pk"))
        if found.count() > listing.COUNTED:
            raise Refusal(
                f"符合条件的案件超过 {listing.COUNTED} 件，没有导出。",
                todo="请增加条件，或者由管理员用 fadu bulk export 导出。",
            )
        columns = bulk.layout(s, asked.system)
        name = f"{s.registry.newest(asked.system).label}案件{s.today.isoformat()}.csv"
        return table_file(name, list(columns), bulk.rows(s, found, list(columns.values())))


def _columns(asked: Question, shown: Sequence[Column]) -> list[dict[str, Any]]:
    """The headings; by some the list can be ordered."""
    columns = []
    for name, label, sorts in ((one.key, one.label, one.sorts) for one in shown):
        now = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "none")
        link = asked.address(sort=f"-{name}" if asked.sort == name else name) if sorts else None
        columns.append({"name": name, "label": label, "now": now, "link": link})
    return columns


def _offered(s: Session, asked: Question, shown: Sequence[Column]) -> list[tuple[Column, bool]]:
    """The columns to choose among, and whether each is shown."""
    keys = {one.key for one in shown}
    return [(one, key in keys) for key, one in list_columns.offered(s.registry, asked.system).items()]


def _page(s: Session, asked: Question, found: QuerySet[Case], total: int) -> tuple[Question, list[Listed]]:
    """The rows of the page and one more, if there are more; beyond the end the last page."""
    if total <= asked.counted:
        asked = replace(asked, page=min(asked.page, _last(total)))
    rows = _rows(s, asked, found)
    if not rows and total > asked.counted:
        asked = replace(asked, page=_last(found.order_by().count()))
        rows = _rows(s, asked, found)
    return asked, rows


def _rows(s: Session, asked: Question, found: QuerySet[Case]) -> list[Listed]:
    return listing.page(s, found, (asked.page - 1) * PAGE_SIZE, PAGE_SIZE + 1)


def _last(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))


def _pages(asked: Question, total: int, *, more: bool) -> dict[str, Any]:
    """Where the person is; where the count ends the list goes on, and its last page is not known."""
    last = f"{_last(asked.counted)}+" if total > asked.counted else str(_last(total))
    return {
        "now": asked.page,
        "last": last,
        "several": last != "1",
        "kept": parse_qsl(asked.address()[1:]),
        "before": asked.address(page=asked.page - 1) if asked.page > 1 else None,
        "after": asked.address(page=asked.page + 1) if more else None,
    }


def _choices(s: Session) -> dict[str, Any]:
    """What the boxes above the list offer."""
    systems = [(name, s.registry.newest(name)) for name in s.registry.systems]
    states = [
        {
            "label": newest.label,
            "states": {
                f"{name}:{state.name}": state.label for text in s.registry.versions(name) for state in text.states
            },
        }
        for name, newest in systems
    ]
    return {
        "systems": {name: newest.label for name, newest in systems},
        "states": states,
        "bodies": {str(organ): name for organ, name in access.names_of_organs(s).items()},
        "officers": {str(officer.pk): officer.name for officer in access.colleagues(s)},
        "lights": LIGHTS,
        "opens": OPEN,
        "whens": WHEN,
    }
