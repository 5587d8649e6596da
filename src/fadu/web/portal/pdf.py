"""Documents as PDF for whoever comes from outside: he never waits, and asks for few, so that he holds up nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from fadu.infra.official import Document
from fadu.infra.trouble import Trouble
from fadu.kernel.attempts import often
from fadu.rules.errors import Refusal, TooOften
from fadu.web.shared.downloads import PDF, attached
from fadu.web.shared.paper_file import pdf_of
from fadu.web.shared.source import address

A_MINUTE = 20
OTHERWISE = "请下载 .docx。"


def pdf(request: HttpRequest, document: Document, name: str) -> HttpResponse:
    """The file. Raises TooOften, and Refusal where this machine cannot: what it lacks is not for everybody to know."""
    if often("pdf", address(request), A_MINUTE):
        raise TooOften("这一网络地址一分钟内下载的次数过多。", todo=f"请过一分钟再试，或者{OTHERWISE}")
    try:
        content = pdf_of(document, 0)
    except Trouble as fault:
        raise Refusal("现在不能生成 PDF。", todo=OTHERWISE) from fault
    return attached(content, PDF, f"{name}.pdf")
