"""核验: a paper by its code, perhaps with the file itself; an officer's certificate; a proof of the record."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from threading import BoundedSemaphore

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fadu.infra.official import Document, to_docx
from fadu.infra.official.qr import svg
from fadu.kernel import access, genuine, paper_codes
from fadu.kernel.attempts import often
from fadu.kernel.genuine import Answer, Verdict
from fadu.kernel.visits import VISITOR
from fadu.report_reader.inputs import Loaded
from fadu.report_reader.inputs.apart import load_apart
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.web.shared.downloads import SVG
from fadu.web.shared.paper_file import check_of, document_of
from fadu.web.shared.refusals import status_of
from fadu.web.shared.source import address

A_MINUTE = 20
LARGEST = 10 * 1024 * 1024
LONGEST = 200_000
_PAGE_NUMBER = re.compile(r"—\d+—")
_places = BoundedSemaphore(2)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The three forms, and the answer to one of them."""
    if request.method != "POST":
        return _show(request)
    try:
        if often("verify", address(request), A_MINUTE):
            return _show(request, refusal=_busy(), status=HTTPStatus.TOO_MANY_REQUESTS)
        return _show(request, answer=_answer(request))
    except Refusal as fault:
        return _show(request, refusal=fault, status=status_of(fault))


@login_not_required
@never_cache
@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code printed on a paper leads."""
    if often("verify", address(request), A_MINUTE):
        return _show(request, refusal=_busy(), status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        return _show(request, answer=genuine.of_code(code), code=code)
    except BadInput as fault:
        return _show(request, refusal=fault, status=status_of(fault), code=code)


@login_not_required
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The code as a telephone reads it; whether there is such a paper it does not tell."""
    try:
        right = paper_codes.read(code)
    except BadInput as fault:
        raise NotFound("核验码") from fault
    with access.session(VISITOR) as s:
        check = check_of(s, right)
    return HttpResponse(svg(check.said), content_type=SVG)


def _busy() -> Refusal:
    return Refusal("核验的次数过多。", todo="请过一分钟再试。")


def _answer(request: HttpRequest) -> Answer:
    what, file = request.POST.get("what", ""), request.FILES.get("file")
    if file is not None and (file.size or 0) > LARGEST:
        raise BadInput({"file": f"文件超过 {LARGEST // 1024 // 1024} MB"})
    if what == "certificate":
        return genuine.of_certificate(request.POST.get("number", "")[:100])
    if what == "proof":
        if file is None:
            raise BadInput({"proof": "请选择证明文件"})
        return genuine.of_proof(file.read())
    found = genuine.of_code(request.POST.get("code", "")[:100])
    return _compared(found, file) if file is not None and found.paper is not None else found


def _compared(found: Answer, file: UploadedFile[bytes]) -> Answer:
    """The file's own text against that of the paper as we hand it out."""
    assert found.paper is not None
    with access.session(VISITOR) as s:
        document = document_of(s, found.paper)
    if not _places.acquire(blocking=False):
        raise _busy()
    try:
        theirs, expected = load_apart([file.read(), to_docx(document)], LONGEST)
    finally:
        _places.release()
    if not isinstance(theirs, Loaded) or not isinstance(expected, Loaded):
        said = "" if isinstance(theirs, Loaded) else theirs.message
        raise BadInput({"file": f"文件没有读成：{said}"})
    if _plain(theirs.text, document) == _plain(expected.text, document):
        return replace(found, sentence="本机关制发过这份文书，文件中的文字与留存的一字不差。")
    sentence = "本机关制发过这个核验码的文书，但是文件中的文字与留存的不同。请向制发机关核实。"
    return replace(found, verdict=Verdict.DIFFERS, sentence=sentence)


def _plain(text: str, document: Document) -> str:
    """Words only: another program breaks lines elsewhere, and a PDF tells what stands in the margins."""
    words = "".join(text.split())
    for margin in (document.mark, *(document.check.lines if document.check else ())):
        words = words.replace("".join((margin or "").split()), "")
    return _PAGE_NUMBER.sub("", words)


def _show(
    request: HttpRequest, answer: Answer | None = None, refusal: Refusal | None = None,
    status: HTTPStatus = HTTPStatus.OK, code: str = "",
) -> HttpResponse:  # fmt: skip
    said = {"section": "verify", "answer": answer, "refusal": refusal}
    said["code"] = code or request.POST.get("code", "")
    return render(request, "portal/verify.html", said, status=status)
