"""The text of a paper as a document for the screen and for print."""

from __future__ import annotations

from dataclasses import replace

from django.utils.safestring import SafeString, mark_safe

from fadu.infra.official import Document, Paragraph, Run, parse, to_html


def document(text: str, mark: str | None = None) -> Document:
    """What the text stands for; a text without a title is printed line by line."""
    try:
        found = parse(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        found = Document(title=lines[0] if lines else "", blocks=tuple(Paragraph((Run(line),)) for line in lines[1:]))
    return replace(found, mark=mark)


def html(text: str) -> SafeString:
    """The text as a fragment of HTML, in which every word of it is escaped."""
    return mark_safe(to_html(document(text)))  # noqa: S308 - to_html escapes all text
