"""The answers of an import page, whatever is imported: file, columns, what a try came to, the report as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fadu.kernel.access import Session
from fadu.kernel.bulk import Outcome, Target
from fadu.rules.errors import BadInput
from fadu.web.shared.downloads import XLSX, attached
from fadu.web.workbench import row_import
from fadu.web.workbench.row_import import Brought, Column, Tried


@dataclass(frozen=True, slots=True)
class Page:
    """One import page. more: what its template needs besides."""

    request: HttpRequest
    s: Session
    target: Target
    template: str
    more: Mapping[str, Any]

    def answer(self, before: Mapping[str, str], told: list[str]) -> tuple[HttpResponse | None, Outcome | None]:
        """What a sent form leads to: an answer, or the outcome of what was taken. told: faults of the form itself.

        before: what headings meant in earlier imports.
        """
        brought, columns = Brought(), []
        try:
            brought = row_import.read(self.request, self.target, before)
        except BadInput as refused:
            told += refused.fields.values()
        else:
            columns = brought.columns(self.target, before)
        if told:
            return self.show(brought, columns, Tried(told=told)), None
        do = self.request.POST.get("do")
        what = row_import.tried(self.s, brought, self.target, columns, check=do != "import")
        if do == "report" and not what.told:
            name = f"{brought.name.removesuffix('.csv')}-逐行结果.xlsx"
            return attached(row_import.report(brought, what), XLSX, name), None
        if what.outcome and what.outcome.bulk:
            return None, what.outcome
        return self.show(brought, columns, what), None

    def show(self, brought: Brought, columns: list[Column], what: Tried) -> HttpResponse:
        context = {"brought": brought, "columns": columns, "tried": what, "choices": row_import.choices(self.target)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if what.bad else HTTPStatus.OK
        return render(self.request, self.template, {**context, **self.more}, status=status)


def template(target: Target) -> HttpResponse:
    """The empty table of a target."""
    return attached(row_import.template(target), XLSX, f"{target.label}-导入模板.xlsx")
