"""看报告: the yearly reports that were published, with what each of their figures counts; nobody's case is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from fadu.analytics.figures import Period
from fadu.infra.official import (
    Document,
    Heading,
    Paragraph,
    blocks_html,
    foot_html,
    head_html,
    heading_level,
    plain,
)
from fadu.infra.official.model import Block
from fadu.kernel import access, open_to_all
from fadu.kernel.attempts import often
from fadu.kernel.open_to_all import Published
from fadu.kernel.visits import VISITOR
from fadu.report_writer import published as read_back
from fadu.report_writer.outline import Written, outline
from fadu.report_writer.published import Printed
from fadu.rules.errors import NotFound
from fadu.rules.indicators import Indicator, Rate
from fadu.rules.registry import Registry
from fadu.rules.resting import of_figure
from fadu.web.portal import pdf as file
from fadu.web.portal.views.published import page_of, turned
from fadu.web.shared.paper_file import as_docx
from fadu.web.shared.paper_text import of_text
from fadu.web.shared.source import address

A_MINUTE = 20
A_DAY = 24 * 60 * 60


def _written() -> Written:
    """Where the reports of the house go their way. Raises NotFound where there are none."""
    if (found := outline().written) is None:
        raise NotFound("年度报告")
    return found


def _year(one: Published, written: Written) -> int:
    return date.fromisoformat(str(one.facts[written.day])).year


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as a report prints it; before: as that of the year before does."""

    indicator: Indicator
    text: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A published report: its year, its document, the figures in it with those of the report of the year before."""

    one: Published
    year: int
    document: Document
    found: Sequence[Printed]
    figures: dict[str, Told]
    last: Published | None


def _read(case: int, key: str) -> Read:
    """Raises NotFound for what is no published report."""
    written = _written()
    one = _published(written, case, key)
    year = _year(one, written)
    with access.session(VISITOR) as s:
        registry = s.registry
    others = open_to_all.published(system=written.system, paper=written.paper, organ=one.organ_id)
    others += _parts_of(written, organ=one.organ_id)
    last = next((other for other in others if _year(other, written) == year - 1), None)
    before = _texts(registry, last.text) if last else {}
    found = read_back.printed(registry, one.text)
    told = {
        name: Told(registry.indicator(name), text, before.get(name, ""))
        for name, text in _texts(registry, one.text).items()
    }
    document = of_text(read_back.marked(one.text, found), one.organ, one.made, one.number or None)
    return Read(one, year, document, found, told, last)


def _published(written: Written, case: int, key: str) -> Published:
    """The masked paper, or that part of which everybody may read. Raises NotFound."""
    part = written.in_part
    if part and key == part.step:
        one = open_to_all.public_part(case, written.system, part.step, part.fact)
        if written.day in one.facts:
            title = f"# {outline().title}（公开的部分）\n\n（{_year(one, written)}年度）\n\n"
            return replace(one, text=f"{title}{one.text}")
        raise NotFound("年度报告")
    one = open_to_all.published_text(case, key)
    if one.retracted or written.day not in one.facts or not one.paper.startswith(f"{written.paper}-"):
        raise NotFound("年度报告")
    return one


def _parts_of(written: Written, page: int = 1, organ: int | None = None) -> list[Published]:
    """The reports of which only a part is public."""
    if (part := written.in_part) is None:
        return []
    found = open_to_all.public_parts(written.system, part.step, part.fact, page, organ=organ)
    return [one for one in found if written.day in one.facts]


def _texts(registry: Registry, text: str) -> Mapping[str, str]:
    return {one.name: text[one.start : one.end] for one in read_back.printed(registry, text)}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The published reports, newest first, then those of which only a part is public."""
    written = outline().written
    page = page_of(request)
    found = open_to_all.published(system=written.system, paper=written.paper, page=page) if written else []
    parts = _parts_of(written, page) if written else []
    context = {"section": "public"} | turned(request, max(found, parts, key=len))
    shown = [*found[: open_to_all.PAGE], *parts[: open_to_all.PAGE]]
    context["rows"] = [(one, _year(one, written)) for one in shown if written and written.day in one.facts]
    return render(request, "portal/reports.html", context)


@login_not_required
@require_safe
def page(request: HttpRequest, case: int, key: str) -> HttpResponse:
    """One report to be read: outline, text with its figures, last year's beside, where it is verified and checked."""
    found = _read(case, key)
    where = reverse("open_report_figure", args=[case, key, "-"]).replace("/-/", "/{}/")
    blocks = [_heading(one) for one in read_back.linked(found.document.blocks, found.one.text, found.found, where)]
    first = next((at for at, one in enumerate(blocks) if _begins(one)), len(blocks))
    context = {
        "section": "public",
        "report": found,
        "head": _safe(head_html(found.document) + blocks_html(blocks[:first])),
        "parts": [(getattr(part[0], "text", ""), _safe(blocks_html(part))) for part in _parts(blocks[first:])],
        "foot": _safe(foot_html(found.document)),
        "compared": [one for one in found.figures.values() if one.before],
        "words": f"{found.document.title}\n{read_back.words_of(blocks)}",
    }
    return render(request, "portal/report.html", context)


def _heading(block: Block) -> Block:
    """一、… alone on a line is a heading of what was written into one part of the paper."""
    words = plain(block.runs) if isinstance(block, Paragraph) else ""
    return Heading(2, words) if heading_level(words) == 1 and "。" not in words else block


def _begins(block: Block) -> bool:
    return isinstance(block, Heading) and not block.runs


def _parts(blocks: list[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = []
    for block in blocks:
        if _begins(block):
            parts.append([])
        parts[-1].append(block)
    return parts


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 - the writers of HTML escape all text


@login_not_required
@require_safe
def figure(request: HttpRequest, case: int, key: str, name: str) -> HttpResponse:
    """What a figure of a report counts, on which law the work rests; by organ where that is open."""
    found = _read(case, key)
    if name not in found.figures:
        raise NotFound("数字")
    told = found.figures[name]
    with access.session(VISITOR) as s:
        source = told.indicator.source
        statute = s.registry.newest(source).statute if source in s.registry.systems else ""
        resting = of_figure(s.registry, told.indicator)
    context = {
        "section": "public",
        "report": found,
        "told": told,
        "rate": told.indicator if isinstance(told.indicator, Rate) else None,
        "period": Period.year(found.year),
        "statute": statute,
        "articles": resting,
        "organs": _divided(request, found, told.indicator),
    }
    return render(request, "portal/report_figure.html", context)


def _divided(request: HttpRequest, found: Read, indicator: Indicator) -> list[tuple[str, int | None]]:
    """Counted once a day for everybody; not for who asks too often."""
    key = f"divided:{found.one.case}:{indicator.name}"
    told: list[tuple[str, int | None]] | None = cache.get(key)
    if told is None:
        if often("divided", address(request), A_MINUTE):
            return []
        told = read_back.divided(found.one.organ_id, Period.year(found.year), indicator)
        cache.set(key, told, A_DAY)
    return told


# ---------------------------------------------------------------- files


def _plain(found: Published) -> Document:
    mark = "演示" if access.is_demo() else None
    return of_text(found.text, found.organ, found.made, found.number or None, mark)


def _name(found: Published) -> str:
    return f"{found.label}{found.number}"


@login_not_required
@require_safe
def docx(request: HttpRequest, case: int, key: str) -> HttpResponse:
    """The report in the form of official documents."""
    found = _read(case, key).one
    return as_docx(_plain(found), _name(found))


@login_not_required
@require_safe
def pdf(request: HttpRequest, case: int, key: str) -> HttpResponse:
    """The same as PDF, where this machine can make one."""
    found = _read(case, key).one
    return file.pdf(request, _plain(found), _name(found))
