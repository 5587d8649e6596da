"""转录案件: cases handled elsewhere come in as a spreadsheet, whole or not at all, and are taken back whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.kernel import access, bulk
from fadu.kernel.access import Session
from fadu.kernel.bulk import Mirrored, bringing
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.web.shared.officer import me
from fadu.web.workbench import tables
from fadu.web.workbench.listing import number
from fadu.web.workbench.views import tables as pages


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """The systems into which cases can be imported, and the imports there were, newest first."""
    with access.session(me(request)) as s:
        _may(s)
    with access.session(None) as house:
        under_way = tables.under_way(house)
    with access.session(me(request)) as s:
        found = [one for one in reversed(bulk.imports(s)) if one.kind == Mirrored.kind]
        context = {
            "systems": {name: s.registry.newest(name).label for name in s.registry.systems},
            "imports": [(one, _label(s, one.target)) for one in found],
            "tables": tables.own(s, Mirrored.kind),
            "under_way": under_way,
            "taken_back": number(request.GET.get("taken_back", "")),
        }
        return render(request, "workbench/case_imports.html", context)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Leads on to the page of the system that was chosen."""
    with access.session(me(request)) as s:
        _may(s)
        system = _system(s, request.GET.get("system", ""))
    return redirect("case_import", system)


@require_http_methods(["GET", "HEAD", "POST"])
def import_cases(request: HttpRequest, system: str) -> HttpResponse:
    """The form; sent with a file, it leads on to the page of that table."""
    told: list[str] = []
    with access.session(me(request)) as s:
        _may(s)
        given, bodies = request.POST, list(access.organs(s))
        body = next((one.pk for one in bodies if str(one.pk) == given.get("body")), None)
        target = Mirrored(s, _system(s, system), body, updates=bool(given.get("updates")))
        if request.method == "POST":
            try:
                return redirect("table", bringing.bring(s, target, *tables.sent(request)).pk)
            except BadInput as refused:
                told = list(refused.fields.values())
        more = {"system": system, "label": target.label, "bodies": bodies, "body": body, "updates": target.updates}
        return pages.refused(request, "workbench/case_import.html", more, told)


@require_safe
def template(request: HttpRequest, system: str) -> HttpResponse:
    """An empty table with the headings of a system, and what each column may hold."""
    with access.session(me(request)) as s:
        _may(s)
        return pages.template(Mirrored(s, _system(s, system), None))


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a whole import back, with a reason."""
    with access.session(me(request)) as s:
        _may(s)
        taken = bulk.take_back(s, number, request.POST.get("reason", ""))
    return redirect(f"{reverse('case_imports')}?taken_back={taken.rows}")


def _may(s: Session) -> None:
    if not bringing.administers(s):
        raise NotAllowed("转录案件由系统管理员办理，您没有这项权限。", todo="请联系本单位系统管理员。")


def _system(s: Session, name: str) -> str:
    if name not in s.registry.systems:
        raise NotFound("程序")
    return name


def _label(s: Session, system: str) -> str:
    return s.registry.newest(system).label if system in s.registry.systems else system
