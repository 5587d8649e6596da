"""Papers and files of a case: read, fetched as .docx, downloaded; only as far as the case is seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.rules.errors import NotFound
from fadu.web.shared.case_seen import see, visible_files
from fadu.web.shared.downloads import attached_upload
from fadu.web.shared.officer import me
from fadu.web.shared.paper_file import as_docx, as_pdf, check_on, document_of, name_of
from fadu.web.shared.paper_text import html, of_row


def _paper(s: Session, number: int, key: str) -> tuple[models.Case, models.Paper]:
    case = access.case(s, number)
    found = next((row for row in access.rows(s, case, models.Paper) if row.key == key), None)
    if found is None:
        raise NotFound("文书")
    return case, found


@require_safe
def paper(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The text as issued, with its digest and, once it has left the house, the code by which anybody verifies it."""
    with access.session(me(request)) as s:
        case, found = _paper(s, number, key)
        context = {
            "section": "cases",
            "case": case,
            "paper": found,
            "text": html(of_row(found)),
            "check": check_on(s, found),
        }
        return render(request, "workbench/paper.html", context)


@require_safe
def paper_docx(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The paper in the form of official documents."""
    with access.session(me(request)) as s:
        _, found = _paper(s, number, key)
        document = document_of(s, found)
    return as_docx(document, name_of(found))


@require_safe
def paper_pdf(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The same as PDF, where this machine can make one."""
    with access.session(me(request)) as s:
        _, found = _paper(s, number, key)
        document = document_of(s, found)
    return as_pdf(document, name_of(found))


@require_safe
def download(request: HttpRequest, number: int, digest: str) -> HttpResponseBase:
    """A file that a visible fact of the case holds; to whom sees the case from outside it is called after the fact."""
    with access.session(me(request)) as s:
        seen = see(s, number)
        visible = visible_files(seen)
        found = next((one for one in access.files_named(s, visible).values() if one.digest == digest), None)
    called = f"{seen.case.number or ''}{visible[found.entry]}" if found and not seen.inside else ""
    return attached_upload(found, called)
