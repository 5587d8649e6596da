"""核对留存的报告: a kept report against the record of today and the signed text, by sentences. Changes nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_reader.inputs import NotReadable
from fadu.report_reader.inputs.apart import load_apart
from fadu.report_writer import Broken, kept_report, recheck, signed_otherwise
from fadu.report_writer.recheck import Moved, by_sentence, name_of
from fadu.rules.errors import BadInput
from fadu.rules.wording import Differing
from fadu.web.shared.officer import me
from fadu.web.shared.reading import LONGEST

LARGEST = 4_000_000
MOST = 50
"""How many cases are listed; the figure's page has all."""


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form; with a file, what no longer holds."""
    context: dict[str, Any] = {"section": "reports"}
    status = HTTPStatus.OK
    with access.session(me(request)) as s:
        if request.method == "POST":
            try:
                context |= _checked(s, request)
            except BadInput as fault:
                context["faults"] = fault.fields
                status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "workbench/report_check.html", context, status=status)


def _checked(s: Session, request: HttpRequest) -> dict[str, Any]:
    """Raises BadInput without a usable file."""
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput({"file": "请选择生成报告时下载的 .json 文件"})
    if (upload.size or 0) > LARGEST:
        raise BadInput({"file": "文件太大，不是年度报告的出处（.json）"})
    printed = kept_report(upload.read())
    broken = recheck(s, printed)
    paper = request.FILES.get("signed")
    signed = _signed(printed, paper) if paper is not None else None
    sentences = [(sentence, [line_of(one) for one in found]) for sentence, found in by_sentence(broken).items()]
    number = len(printed["figures"])
    return {"printed": printed, "broken": broken, "sentences": sentences, "number": number, "signed": signed}


def _signed(printed: dict[str, Any], upload: UploadedFile[bytes]) -> tuple[Differing, ...]:
    """Raises BadInput for a file that cannot be read."""
    if (upload.size or 0) > LARGEST:
        raise BadInput({"signed": "签发的报告太大，请另存为不带图片的文件"})
    (loaded,) = load_apart([upload.read()], LONGEST)
    if isinstance(loaded, NotReadable):
        raise BadInput({"signed": f"签发的报告没有读成：{loaded.message}{loaded.todo or ''}"})
    return signed_otherwise(printed, loaded.text)


def line_of(one: Broken) -> dict[str, Any]:
    """A figure as the page tells it, with the cases that came in and went out."""
    sides = [(verb, _rows(moved)) for verb, moved in (("另外计入", one.came), ("不再计入", one.went)) if moved]
    return {"figure": one, "sides": sides, "same": one.known and not sides}


def _rows(moved: Moved) -> dict[str, Any]:
    links = [(name_of(row), _address(row)) for row in moved.rows[:MOST]]
    return {"links": links, "more": len(moved.rows) - len(links), "unseen": moved.unseen}


def _address(row: models.Case | models.RegisterEntry) -> str:
    if isinstance(row, models.RegisterEntry):
        return reverse("entry", args=[row.register, row.pk])
    return reverse("case", args=[row.pk])
