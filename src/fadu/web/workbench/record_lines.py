"""The acts of a case's record as HTML: a long record has more of them than a template makes in good time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

from fadu.infra.clock import SHANGHAI
from fadu.kernel.proofs import Proof
from fadu.web.shared.words import chinese_day, chinese_moment
from fadu.web.workbench.case_record import Happened


def html(lines: Iterable[Happened], *, inside: bool) -> list[SafeString]:
    """One entry of the list each; inside: for the side that handles the case."""
    return [mark_safe(_line(line, inside=inside)) for line in lines]  # noqa: S308 - each part escapes its text


def _line(line: Happened, *, inside: bool) -> str:
    classes = " ".join(_classes(line))
    what = f'<p class="what">{escape(line.what)}</p>' if line.what else ""
    head = f"<p>{_label(line)} {''.join(_marks(line))}</p>"
    meta = f'<p class="meta">{_meta(line, inside=inside)}</p>'
    return f'<li class="{classes}">{head}{what}{meta}{_proof(line, inside=inside)}</li>'


def _undone(line: Happened) -> bool:
    return line.taken_back or bool(line.overtaken)


def _classes(line: Happened) -> Iterator[str]:
    if _undone(line):
        yield "undone"
    if line.silent:
        yield "silent"


def _label(line: Happened) -> str:
    label = escape(line.event.label)
    return f"<strong>{f'<s>{label}</s>' if _undone(line) else label}</strong>"


def _marks(line: Happened) -> Iterator[str]:
    if line.taken_back:
        yield _mark("已撤回", "bad")
    if line.overtaken:
        yield _mark(f"不再计：期限内已“{line.overtaken}”", "warn")
    if line.event.reverses:
        yield _mark(f"撤回第 {line.event.reverses} 步")
    if line.late:
        yield _mark("补录", "warn")
    if line.silent:
        yield _mark("法定期限")
    if line.internal:
        yield _mark("内部", "internal")
    if line.event.article:
        yield f"<cite>{escape(line.event.article)}</cite>"


def _mark(text: str, kind: str = "") -> str:
    return f'<span class="mark{f" mark-{kind}" if kind else ""}">{escape(text)}</span>'


def _meta(line: Happened, *, inside: bool) -> str:
    """When it happened, who did it, when it was recorded."""
    event = line.event
    learned = f"发生，{chinese_day(line.learned)}知悉" if line.learned else ""
    at_once = line.same_day and not line.learned
    recorded = f"{event.recorded.astimezone(SHANGHAI):%H:%M}" if at_once else chinese_moment(event.recorded)
    place = f"　第 {event.position} 步" if inside else ""
    return f"{chinese_day(event.happened)}{learned}　{escape(line.who)}　{recorded} 记录{place}"


def _proof(line: Happened, *, inside: bool) -> str:
    proof = line.mark.proof
    if proof is Proof.ALTERED:
        told = escape(line.proved) if inside else "这条记录与留存的摘要对不上。"
        return f'<p class="fault">{_mark(proof.label, "bad")} {told}</p>'
    summary = f"<summary>未改动，{proof.label}</summary>"
    return f'<details class="proof">{summary}<p>{escape(line.proved)}</p></details>'
