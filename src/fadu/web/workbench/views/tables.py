"""A table on its way in: how far its job is, what its columns mean, what is wrong with which row, and the taking."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fadu.infra import jobs
from fadu.kernel import access
from fadu.kernel.bulk import Target, bringing, messy
from fadu.kernel.bulk.targets import aim
from fadu.kernel.jobs import retry_stalled
from fadu.rules.errors import NotFound
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.shared.officer import me
from fadu.web.workbench import tables


@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, number: int) -> HttpResponse:
    """The page, read as often as one likes; sent, it asks for the table to be tried again, or taken."""
    if request.method == "POST":
        with access.session(me(request)) as s:
            jobs.soon(retry_stalled)  # what a killed worker left does not lie until the clock comes by
            brought = bringing.own(s, number)
            boxes = {f"column-{at}": one for at, one in enumerate(messy.headings(brought.text))}
            said = {one: request.POST[box].replace("\0", "") for box, one in boxes.items() if box in request.POST}
            bringing.ask(s, brought, takes=request.POST.get("do") == "import", said=said or None)
        return redirect("table", number)
    with access.session(me(request)) as s:
        brought = bringing.own(s, number)
        shown = tables.table(s, brought)
        context = {"table": shown, "brought": brought, "tried": shown.answer}
        if shown.answer:
            target = aim(s, brought.kind, brought.target, brought.options)
            context |= {"columns": bringing.columns(brought, target), "choices": tables.choices(target)}
        if (shown.answer or shown.stopped) and not brought.seen:
            brought.seen = True
            brought.save(update_fields=["seen"])
        return render(request, "workbench/table.html", context)


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stops it, as whoever brought it or as an administrator; sent twice, the second time changes nothing."""
    with access.session(me(request)) as s:
        by = bringing.stopper(s, number)
    with access.session(None) as house:
        bringing.stop(house, number, by)
    return redirect("case_imports") if "house" in request.POST else redirect("table", number)


@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Each row with what is wrong with it, or what becomes of it."""
    with access.session(me(request)) as s:
        brought = bringing.own(s, number)
        answer = tables.table(s, brought).answer
        if answer is None or not brought.text:
            raise NotFound("逐行结果")
        return attached(tables.report(brought, answer), XLSX, f"{brought.name.removesuffix('.csv')}-逐行结果.xlsx")


def refused(request: HttpRequest, template: str, context: Mapping[str, object], told: list[str]) -> HttpResponse:
    """The form with what was wrong with it, or as it is."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if told else HTTPStatus.OK
    return render(request, template, {**context, "told": told, "largest": messy.LARGEST_MB}, status=status)


def template(target: Target) -> HttpResponse:
    """The empty table of a target."""
    return attached(tables.template(target), XLSX, f"{target.label}-导入模板.xlsx")
