"""An issued paper as it leaves the house: with its 核验码, as .docx and as PDF, the same through every door."""

from __future__ import annotations

from dataclasses import replace
from threading import BoundedSemaphore

from django.http import HttpResponse
from django.urls import reverse

from fadu.infra.official import Check, Document, to_docx
from fadu.infra.official.pdf import printed
from fadu.infra.trouble import Trouble
from fadu.kernel import access, paper_codes, portal_address
from fadu.kernel.access import Session
from fadu.kernel.models import Paper
from fadu.rules.errors import Refusal, TooOften
from fadu.web.shared.downloads import DOCX, PDF, attached
from fadu.web.shared.paper_text import of_row

WAITED = 20
_places = BoundedSemaphore(2)
"""LibreOffice takes seconds and much memory: two at a time in each process."""


def check_of(s: Session, code: str) -> Check:
    """A code and where it leads: on the portal as the public reaches it, nowhere where the house settled no address."""
    base = portal_address.address(s)
    below = reverse("open_verify_code", args=[code]).removeprefix(reverse("open"))
    return Check(code, f"{base}{below}" if base else "")


def check_on(s: Session, paper: Paper) -> Check | None:
    """What a paper bears once it has left the house; before, and for the inside, nothing."""
    return check_of(s, paper_codes.code_of(paper.digest)) if paper_codes.is_out(paper) else None


def document_of(s: Session, paper: Paper) -> Document:
    """The paper in the form of official documents; those of a demonstration house say so."""
    return replace(of_row(paper, "演示" if access.is_demo() else None), check=check_on(s, paper))


def name_of(paper: Paper) -> str:
    return f"{paper.data['label']}{paper.number or ''}"


def as_docx(document: Document, name: str) -> HttpResponse:
    return attached(to_docx(document), DOCX, f"{name}.docx")


def as_pdf(document: Document, name: str) -> HttpResponse:
    """Made anew for each request. Raises Refusal where this machine cannot, TooOften while it is busy with others."""
    try:
        content = pdf_of(document, WAITED)
    except Trouble as fault:
        raise Refusal(str(fault), todo="请把这句话转给系统管理员，或者下载 .docx。") from fault
    return attached(content, PDF, f"{name}.pdf")


def pdf_of(document: Document, wait: int) -> bytes:
    """Raises TooOften when one's turn has not come after so many seconds, Trouble where this machine cannot.

    Who waits holds one of the few threads of the server.
    """
    if not _places.acquire(timeout=wait):
        raise TooOften("正在为别人生成 PDF，还没有轮到。", todo="请过一分钟再试，或者下载 .docx。")
    try:
        return printed(document)
    finally:
        _places.release()
