"""Papers and files of a case: read, fetched as .docx, downloaded; only as far as the case is seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from fadu.infra.official import to_docx
from fadu.kernel import access, models, paper_codes
from fadu.kernel.access import Session
from fadu.rules.errors import NotFound
from fadu.rules.facts import Audience
from fadu.web.shared.case_seen import see, visible_files
from fadu.web.shared.downloads import DOCX, attached, attached_upload
from fadu.web.shared.officer import me
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
        out = found.audience != Audience.INTERNAL and found.data.get("stamped") != ""
        code = paper_codes.code_of(found.digest)
        context = {
            "section": "cases",
            "case": case,
            "paper": found,
            "text": html(of_row(found)),
            "code": code if out else "",
            "verify": request.build_absolute_uri(reverse("open_verify_code", args=[code])),
        }
        return render(request, "workbench/paper.html", context)


@require_safe
def paper_docx(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """The paper in the form of official documents; papers of a demonstration house say so."""
    with access.session(me(request)) as s:
        _, found = _paper(s, number, key)
        content = to_docx(of_row(found, "演示" if access.is_demo() else None))
    name = f"{found.data['label']}{found.number or ''}.docx"
    return attached(content, DOCX, name)


@require_safe
def download(request: HttpRequest, number: int, digest: str) -> HttpResponseBase:
    """A file that a visible fact of the case holds; to whom sees the case from outside it is called after the fact."""
    with access.session(me(request)) as s:
        seen = see(s, number)
        visible = visible_files(seen)
        found = next((one for one in access.files_named(s, visible).values() if one.digest == digest), None)
    called = f"{seen.case.number or ''}{visible[found.entry]}" if found and not seen.inside else ""
    return attached_upload(found, called)
