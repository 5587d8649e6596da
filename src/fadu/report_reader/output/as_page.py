"""A reading as one page that needs nothing else: to be kept, printed and sent."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from fadu.report_reader.model import Reading
from fadu.report_reader.output.marks import WARNING, body

ASSETS = Path(__file__).with_name("assets")
STYLES = ("tokens.css", "dark.css", "alone.css", "reading.css")


def as_page(reading: Reading, file: str = "", notes: Sequence[str] = ()) -> str:
    """A whole page for one report. notes: what of the file was not read."""
    return alone(reading.meta.title or file or "报告核对", f'<p class="warning">{WARNING}</p>{body(reading, notes)}')


def alone(title: str, content: str) -> str:
    """A page with its style inside; content is HTML."""
    shown = escape(title)
    day, night, *more = ((ASSETS / name).read_text(encoding="utf-8") for name in STYLES)
    style = "\n".join((day, f"@media screen and (prefers-color-scheme: dark) {{\n{night}}}", *more))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{shown}'
    return (
        f'<!doctype html>\n<html lang="zh-Hans"><head>{head}</title><style>\n{style}</style></head>'
        f"<body><main><h1>{shown}</h1>{content}</main></body></html>"
    )
