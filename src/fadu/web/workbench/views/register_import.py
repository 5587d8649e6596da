"""导入名录: a spreadsheet is checked row by row without anything being changed, then taken whole or not at all."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access, bulk
from fadu.kernel import registers as kernel
from fadu.kernel.bulk import Entries
from fadu.rules.errors import BadInput
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day
from fadu.web.workbench import registers as lists
from fadu.web.workbench.row_import import Brought, Tried
from fadu.web.workbench.views import row_import as pages


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request: HttpRequest, name: str) -> HttpResponse:
    """The form; with a file what is wrong with which row, or that all may be taken; and the taking."""
    with access.session(me(request)) as s:
        register = lists.declared(s, name)
        organs = lists.changed_at(s, register)
        if not organs:
            kernel.may(s, register, 0)
        given = request.POST
        organ = next((one.pk for one in organs if str(one.pk) == given.get("organ")), 0)
        since, told = _day(given.get("since", ""))
        target = Entries(register, organ, since)
        more = {"section": "registers", "register": register, "organs": organs, "organ": organ}
        more |= {"since": given.get("since", "")}
        page = pages.Page(request, s, target, "workbench/register_import.html", more)
        if request.method != "POST":
            return page.show(Brought(), [], Tried())
        told += [] if organ else ["请选择条目所属的机构"]
        answer, outcome = page.answer(bulk.remembered(target), told)
    return answer or redirect(f"{reverse('register', args=[name])}?imported={outcome.rows if outcome else 0}")


def _day(typed: str) -> tuple[date | None, list[str]]:
    try:
        return read_day(typed.strip(), "生效日期", "since"), []
    except BadInput as refused:
        return None, list(refused.fields.values())


@require_safe
def template(request: HttpRequest, name: str) -> HttpResponse:
    """An empty table with the headings, and what each column may hold."""
    with access.session(me(request)) as s:
        return pages.template(Entries(lists.declared(s, name), 0, None))
