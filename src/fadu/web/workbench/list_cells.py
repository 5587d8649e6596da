"""The rows of a list of cases as HTML: of a template for so many cells a page would take most of its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from fadu.kernel.access import Session
from fadu.kernel.models import Case
from fadu.web.shared.boxes import light
from fadu.web.shared.words import chinese_day
from fadu.web.workbench import list_columns, listing
from fadu.web.workbench.list_columns import Column
from fadu.web.workbench.listing import Line, Question


class Page(NamedTuple):
    """said: facts of the cases, where they are columns; pick: whether cases are chosen here, for an act on several."""

    said: Mapping[tuple[int, str], str]
    pick: bool


NO_PAGE = Page({}, pick=False)


def rows(
    s: Session, asked: Question, columns: Sequence[Column], lines: Sequence[Line], *, pick: bool
) -> list[SafeString]:
    """The cases of a page, one table row each."""
    page = Page(list_columns.facts(s, asked, columns, lines), pick)
    made = ("".join(CELLS.get(one.key, _plain)(line, one, page) for one in columns) for line in lines)
    return [mark_safe(f"<tr>{cells}</tr>") for cells in made]  # noqa: S308 - each cell escapes its text


def first(s: Session, ordered: QuerySet[Case], most: int) -> list[SafeString]:
    """The first of some cases as rows of a table on another page."""
    return [_brief(listing.line(s, case)) for case in listing.page(s, ordered, 0, most)]


def _brief(line: Line) -> SafeString:
    """What such a table says of a case, in seven columns."""
    cells = (CELLS[name](line, list_columns.COLUMNS[name], NO_PAGE) for name in ("number", "title", "due", "opened"))
    system = f'<td data-label="程序">{escape(line.system)}</td>'
    state = _state(line, list_columns.COLUMNS["state"], NO_PAGE)
    whose = f'<td data-label="承办">{escape(line.case.officer or "—")}<small>{escape(line.case.body)}</small></td>'
    return mark_safe(f"<tr>{''.join(cells)}{system}{state}{whose}</tr>")  # noqa: S308 - each cell escapes its text


def _number(line: Line, column: Column, page: Page) -> str:
    case = line.case
    pick = ""
    if page.pick:
        box = f'<input type="checkbox" name="case" value="{case.pk}" form="together">'
        pick = f'<label class="pick">{box}<span class="hidden">选中 {escape(case.number or case.title)}</span></label>'
    return f'<td class="lead">{pick}<a href="{_address(line)}">{escape(case.number or "（未编号）")}</a></td>'


def _title(line: Line, column: Column, page: Page) -> str:
    return f'<td class="grow"><a class="quiet" href="{_address(line)}">{escape(line.case.title)}</a></td>'


def _address(line: Line) -> str:
    before, behind = _around()
    return f"{before}{line.case.pk}{behind}"


@cache
def _around() -> tuple[str, str]:
    """What stands in a case's address before and behind its number: asked for once, not for each row."""
    before, _, behind = reverse("case", args=[0]).rpartition("0")
    return before, behind


def _due(line: Line, column: Column, page: Page) -> str:
    case = line.case
    day = f"<small>{escape(case.due_label or '')}，{chinese_day(case.due)}</small>" if case.due else ""
    return f'<td data-label="{column.label}">{light(line.light, line.left)}{day}</td>'


def _state(line: Line, column: Column, page: Page) -> str:
    return f'<td data-label="{column.label}"><span class="tag">{escape(line.state)}</span></td>'


def _day(line: Line, column: Column, page: Page) -> str:
    return f'<td data-label="{column.label}">{chinese_day(getattr(line.case, column.key))}</td>'


def _plain(line: Line, column: Column, page: Page) -> str:
    text = "".join(list_columns.texts_of(column, line, page.said)) or "—"
    return f'<td data-label="{escape(column.label)}">{escape(text)}</td>'


CELLS: Mapping[str, Callable[[Line, Column, Page], str]] = {
    "number": _number, "title": _title, "due": _due, "state": _state, "opened": _day, "closed": _day,
}  # fmt: skip
