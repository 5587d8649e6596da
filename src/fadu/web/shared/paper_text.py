"""The text of a paper as a document for the screen and for print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from fadu.infra.official import Document, Paragraph, Run, to_html
from fadu.infra.official import paper as official_paper
from fadu.kernel.documents import Piece
from fadu.kernel.models import Paper
from fadu.web.shared.words import chinese_day

_MARK, _END = "\ue000", "\ue001"
"""Signs that no text has, in the places of the tags."""
UNNUMBERED = "（待编号）"
"""What drafts bear where their number will be."""


def of_row(row: Paper, mark: str | None = None) -> Document:
    """An issued paper."""
    return of_text(row.data["text"], row.data["organ"], row.day, row.number, mark)


def of_text(text: str, organ: str, day: date, number: str | None, mark: str | None = None) -> Document:
    """What the text stands for; a text without a title is printed line by line."""
    try:
        return official_paper(text, organ=organ, date=chinese_day(day), number=number, mark=mark)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        blocks = tuple(Paragraph((Run(line),)) for line in lines[1:])
        return Document(title=lines[0] if lines else "", blocks=blocks, mark=mark)


def html_of_pieces(pieces: Iterable[Piece], organ: str, day: date, number: str | None) -> SafeString:
    """A published text as the public reads it, with what was masked marked out."""
    text = "".join(piece.shown if piece.said == piece.shown else f"{_MARK}{piece.shown}{_END}" for piece in pieces)
    found = html(of_text(text, organ, day, number)).replace(_MARK, "<mark>").replace(_END, "</mark>")
    return mark_safe(found)  # noqa: S308 - as html, with two tags of ours


def html(document: Document) -> SafeString:
    """The document as a fragment of HTML, in which every word of it is escaped."""
    return mark_safe(to_html(document))  # noqa: S308 - to_html escapes all text
