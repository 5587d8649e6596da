"""The main text of a web page, without menus, footers and scripts."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType

from lxml import etree, html

from fadu.report_reader.inputs.errors import NotReadable

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|p|table|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS = frozenset(
    ("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dd", "dt")
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r"[ ]*\n[ ]*(?:\n[ ]*)+")
_SILENT = ("script", "style", "noscript", "nav", "footer", "form", "iframe", "button", "select")
WIDEST = 50
LONG_ENOUGH = 12
SHORTEST_PAGE = 30


def looks_like_html(text: str) -> bool:
    return bool(_HTML.match(text[:5000]))


def from_html(text: str) -> str:
    """The text as it is read, cells of a row between tabulators. Raises NotReadable when the page has none."""
    try:
        whole = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        main = html.fromstring(_extractor().Document(text).summary(html_partial=True))
    except (etree.LxmlError, ValueError, _extractor().Unparseable):
        raise NotReadable("网页已经损坏，解不开。", todo="请在浏览器中打开，把正文复制成文本。") from None
    read = _text(_container(whole, main))
    if len(read) < SHORTEST_PAGE:
        raise NotReadable("网页里没有正文。", todo="请在浏览器中打开，把正文复制成文本。")
    return read


@cache
def _extractor() -> ModuleType:
    """Loaded with the first page: it takes longer to load than a report to read."""
    return import_module("readability")


def _container(whole: html.HtmlElement, main: html.HtmlElement) -> html.HtmlElement:
    """The smallest part of the page with all that was found to be its main text: tables, which the extractor drops
    when they have few words, stand there too."""
    etree.strip_elements(whole, *_SILENT, with_tail=False)
    said = {part for part in (piece.strip() for piece in main.itertext()) if len(part) >= LONG_ENOUGH}
    there = [one for one in whole.iter() if isinstance(one.tag, str) and (one.text or "").strip() in said]
    if not there:
        return main
    above = [list(one.iterancestors())[::-1] for one in (there[0], there[-1])]
    shared = [one for one, other in zip(*above, strict=False) if one is other]
    return shared[-1] if shared else main


def _text(root: html.HtmlElement) -> str:
    pieces: list[str] = []
    _walk(root, pieces)
    return _LINES.sub("\n\n", "".join(pieces)).strip()


def _walk(element: html.HtmlElement, pieces: list[str]) -> None:
    if not isinstance(element.tag, str):
        return
    if element.tag == "table" and _is_data(element):
        pieces.append("\n" + "\n".join("\t".join(row) for row in _grid(element)) + "\n")
        return
    block = element.tag in _BLOCKS
    if block:
        pieces.append("\n")
    pieces.append(_SPACE.sub(" ", element.text or ""))
    for child in element:
        _walk(child, pieces)
        pieces.append(_SPACE.sub(" ", child.tail or ""))
    if block:
        pieces.append("\n")


def _is_data(table: html.HtmlElement) -> bool:
    """A table of figures, not one that lays out the page: several columns, no table inside, short cells."""
    if table.find(".//table") is not None:
        return False
    rows = table.findall(".//tr")
    return len(rows) > 1 and max(len(row.findall("td")) + len(row.findall("th")) for row in rows) > 1


def _grid(table: html.HtmlElement) -> list[list[str]]:
    """Rows of cells; a merged cell keeps its first place, the others that it covers are empty."""
    below: dict[int, int] = {}
    grid: list[list[str]] = []
    for row in table.iter("tr"):
        line: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _covered(below, line)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for column in range(len(line), len(line) + wide):
                below[column] = high - 1
            line += [" ".join(cell.text_content().split())] + [""] * (wide - 1)
        _covered(below, line)
        grid.append(line)
    return grid


def _covered(below: dict[int, int], line: list[str]) -> None:
    """Places in this row that a cell of a row above covers."""
    while below.get(len(line), 0) > 0:
        below[len(line)] -= 1
        line.append("")


def _span(cell: html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(int(value), WIDEST) if value.isdigit() and int(value) else 1
