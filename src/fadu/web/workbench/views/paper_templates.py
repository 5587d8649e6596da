"""文书模板: fetched as .docx, edited in one's own office program, tried, and taken into use from a day on."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from fadu.infra.official import Document
from fadu.infra.official.template_reading import Fault
from fadu.kernel import access, house, paper_templates, template_files
from fadu.kernel.access import Session
from fadu.kernel.paper_templates import Kind
from fadu.kernel.template_checks import LONGEST
from fadu.kernel.template_samples import ORGAN, sample
from fadu.kernel.template_words import normalised, plainly
from fadu.rules.errors import BadInput, NotAllowed, NotFound, Refusal
from fadu.web.shared.downloads import DOCX, attached
from fadu.web.shared.officer import me
from fadu.web.shared.paper_file import as_docx, as_pdf
from fadu.web.shared.paper_text import html, of_text
from fadu.web.shared.refusals import status_of
from fadu.web.shared.word_changes import word_changes
from fadu.web.shared.words import read_day

BUILT_IN = "built-in"
SAMPLES = {"sample-docx": as_docx, "sample-pdf": as_pdf}


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Every kind of paper, and whether the house has a text of its own for it; found by words."""
    words = request.GET.get("name", "").replace("\0", "").strip()[:100]
    with access.session(me(request)) as s:
        house.must_administer(s)
        own = paper_templates.own(s)
        rows = [
            (kind, own.get(kind.key, []))
            for kind in paper_templates.kinds(s)
            if all(word in f"{kind.paper.label}{kind.procedure.label}" for word in words.split())
        ]
        rows.sort(key=lambda row: not row[1])
        faulty = [one.pk for kind, entries in rows for one in entries if kind.faults(kind.text_of(one))]
        context = {"section": "house", "rows": rows, "faulty": faulty, "words": words}
        return render(request, "workbench/house/templates.html", context)


@require_safe
def docx(request: HttpRequest, key: str) -> HttpResponse:
    """The template in use as a file, or another version of it."""
    with access.session(me(request)) as s:
        house.must_administer(s)
        kind = paper_templates.kind(s, key)
        version = request.GET.get("version", "")
        text = _version(s, kind, version) if version else _in_use(s, kind)
    title = f"{kind.paper.label}（模板）"
    return attached(template_files.to_file(kind.words, text, title), DOCX, f"{title}.docx")


def _in_use(s: Session, kind: Kind) -> str:
    return kind.text_of(paper_templates.entry(s, kind.key, s.today))


def _version(s: Session, kind: Kind, number: str) -> str:
    """The built-in text, or one that the house had, by its number. Raises NotFound."""
    if number == BUILT_IN:
        return kind.built_in
    found = next((one for one in paper_templates.history(s, kind.key) if str(one.pk) == number), None)
    if found is None:
        raise NotFound("文书模板")
    return kind.text_of(found)


@require_http_methods(["GET", "HEAD", "POST"])
def template(request: HttpRequest, key: str) -> HttpResponse:
    """One template: as it is, what another text would change and print, taking it into use."""
    with access.session(me(request)) as s:
        house.must_administer(s)
        kind = paper_templates.kind(s, key)
        context = _posted(request, s, kind) if request.method == "POST" else {}
        printed = SAMPLES.get(request.POST.get("do", ""))
        if printed is None or "document" not in context:
            refusal = context.get("refusal")
            failed = HTTPStatus.UNPROCESSABLE_ENTITY if context.get("problems") else HTTPStatus.OK
            status = status_of(refusal) if refusal else failed
            context = _page(s, kind) | context
            return render(request, "workbench/house/template.html", context, status=status)
    return printed(context["document"], f"{kind.paper.label}（样稿）")


def _posted(request: HttpRequest, s: Session, kind: Kind) -> dict[str, Any]:
    """What became of a file, an earlier text or one tried before: its faults, its trial, or that it is in use."""
    context: dict[str, Any] = {}
    try:
        text, faults = _given(request, s, kind)
        if problems := kind.placed(text, [*faults, *kind.faults(text)]):
            return {"problems": problems}
        context = _tried(request, s, kind, text)
        if request.POST.get("do") == "accept":
            return {"done": _accepted(request, s, kind, text)}
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        context["refusal"] = refusal
    return context


def _given(request: HttpRequest, s: Session, kind: Kind) -> tuple[str, list[Fault]]:
    """The text to be tried, from wherever it comes. Raises NotFound, BadInput."""
    if version := request.POST.get("version"):
        return _version(s, kind, version), []
    if text := request.POST.get("text"):
        return text[: LONGEST + 1].replace("\r\n", "\n"), []
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput({"file": "请选择改好的 .docx 文件"})
    if (upload.size or 0) > template_files.LARGEST:
        raise BadInput({"file": f"文件超过 {template_files.LARGEST >> 20} MB，模板中不要放图片"})
    return template_files.from_file(kind.words, str(upload.name), upload.read())


def _tried(request: HttpRequest, s: Session, kind: Kind, text: str) -> dict[str, Any]:
    """The difference to the text in use, and a sample."""
    now, made = _in_use(s, kind), sample(s, kind.procedure, kind.paper, text)
    document: Document = of_text(made.text, ORGAN, made.day, made.number, "样稿")
    return {
        "tried": text,
        "seen": paper_templates.newest(s, kind.key),
        "same": normalised(text) == normalised(now),
        "since": request.POST.get("since") or s.today.isoformat(),
        "lines": word_changes(plainly(kind.words.shown(now)), plainly(kind.words.shown(text))),
        "sample": made,
        "document": document,
        "page": html(document),
    }


def _accepted(request: HttpRequest, s: Session, kind: Kind, text: str) -> str:
    since = read_day(request.POST.get("since", ""), "启用日期", "since")
    if since is None:
        raise BadInput({"since": "请填写启用日期"})
    with transaction.atomic():
        paper_templates.accept(s, kind.key, text, since, seen=request.POST.get("seen"))
    return f"已登记，自{since.isoformat()}起按这份模板制作；已经作出的文书不变。"


def _page(s: Session, kind: Kind) -> dict[str, Any]:
    history = paper_templates.history(s, kind.key)
    return {
        "section": "house",
        "kind": kind,
        "entry": paper_templates.entry(s, kind.key, s.today),
        "ahead": paper_templates.ahead(s, kind.key),
        "history": history,
        "built_in": BUILT_IN,
        "shown": plainly(kind.words.shown(normalised(_in_use(s, kind)))).splitlines(),
    }
