"""导入名录: a spreadsheet is checked row by row without anything being changed, then taken whole or not at all."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from fadu.kernel import access
from fadu.kernel import registers as kernel
from fadu.kernel.bulk import Entries, bringing
from fadu.rules.errors import BadInput
from fadu.web.shared.officer import me
from fadu.web.shared.words import read_day
from fadu.web.workbench import registers as lists
from fadu.web.workbench import tables
from fadu.web.workbench.views import tables as pages


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request: HttpRequest, name: str) -> HttpResponse:
    """The form; sent with a file, it leads on to the page of that table."""
    with access.session(me(request)) as s:
        register = lists.declared(s, name)
        organs = lists.changed_at(s, register)
        if not organs:
            kernel.may(s, register, 0)
        given = request.POST
        organ = next((one.pk for one in organs if str(one.pk) == given.get("organ")), 0)
        since, told = _day(given.get("since", ""))
        if request.method == "POST":
            told += [] if organ else ["请选择条目所属的机构"]
            try:
                name_of_file, content = tables.sent(request)
                if not told:
                    target = Entries(register, organ, since)
                    return redirect("table", bringing.bring(s, target, name_of_file, content).pk)
            except BadInput as refused:
                told += refused.fields.values()
        more = {"section": "registers", "register": register, "organs": organs, "organ": organ}
        more |= {"since": given.get("since", ""), "tables": tables.own(s, Entries.kind, name)}
        return pages.refused(request, "workbench/register_import.html", more, told)


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
