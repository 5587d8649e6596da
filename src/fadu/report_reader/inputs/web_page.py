"""The main text of a web page, without menus, footers and scripts."""

from __future__ import annotations

import logging
import re
from functools import cache
from importlib import import_module
from types import ModuleType

from lxml import etree, html

from fadu.report_reader.inputs.errors import NotReadable
from fadu.report_reader.inputs.grid import WIDEST, cell, line, repeated

_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html|head|body|div|p|table|meta)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset(("p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dd", "dt"))
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r"[ ]*\n[ ]*(?:\n[ ]*)+")
_SILENT = ("script", "style", "noscript", "nav", "footer", "form", "iframe", "button", "select")
_COUNT = re.compile(r"\s*0*([1-9][0-9]{0,4})\s*")
LONG_ENOUGH = 12
SHORTEST_PAGE = 30
LARGEST_PAGE = 3_000_000
"""Characters: on larger pages the main text is not looked for, all of them is read."""


def looks_like_html(text: str) -> bool:
    return bool(_HTML.match(text[:5000]))


def from_html(text: str) -> str:
    """The text as it is read, cells of a row between tabulators. Raises NotReadable when the page has none."""
    text = text.replace("\0", "")
    try:
        whole = html.fromstring(text.encode(errors="replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        raise NotReadable("网页已经损坏，解不开。", todo="请在浏览器中打开，把正文复制成文本。") from None
    etree.strip_elements(whole, *_SILENT, with_tail=False)
    main = _main(text)
    read = _text(whole if main is None else _container(whole, main))
    if len(read) < SHORTEST_PAGE:
        raise NotReadable("网页里没有正文。", todo="请在浏览器中打开，把正文复制成文本。")
    return read


def _main(text: str) -> html.HtmlElement | None:
    """What the extractor takes for the main text; None where it cannot tell."""
    if len(text) > LARGEST_PAGE:
        return None
    try:
        return html.fromstring(_extractor().Document(text).summary(html_partial=True))
    except (etree.LxmlError, ValueError, _extractor().Unparseable):
        return None


@cache
def _extractor() -> ModuleType:
    """Loaded with the first page: it takes longer to load than a report to read. It says nothing on the terminal."""
    logging.getLogger("readability").setLevel(logging.CRITICAL + 1)
    return import_module("readability")


def _container(whole: html.HtmlElement, main: html.HtmlElement) -> html.HtmlElement:
    """The smallest part of the page with all that was found to be its main text: tables, which the extractor drops
    when they have few words, stand there too."""
    said = {part for part in (piece.strip() for piece in main.itertext()) if len(part) >= LONG_ENOUGH}
    there = [one for one in whole.iter() if isinstance(one.tag, str) and (one.text or "").strip() in said]
    if not there:
        return main
    above = [list(one.iterancestors())[::-1] for one in (there[0], there[-1])]
    shared = [one for one, other in zip(*above, strict=False) if one is other]
    return shared[-1] if shared else main


def _text(root: html.HtmlElement) -> str:
    pieces: list[str] = []
    walk = etree.iterwalk(root, ("start", "end", "comment", "pi"))
    for event, element in walk:
        plain = event in ("start", "end")
        if event == "start" and element.tag == "table" and _is_data(element):
            pieces.append("\n" + "\n".join(_grid(element)) + "\n")
            walk.skip_subtree()
        elif event == "start":
            pieces.append("\n" if element.tag in _BLOCKS or element.tag == "br" else "")
            pieces.append(_SPACE.sub(" ", element.text or ""))
        elif plain and element.tag in _BLOCKS:
            pieces.append("\n")
        if event != "start" and element is not root:
            pieces.append(_SPACE.sub(" ", element.tail or ""))
    return _LINES.sub("\n\n", "".join(pieces)).strip()


def _is_data(table: html.HtmlElement) -> bool:
    """A table of figures, not one that lays out the page: several columns, no table inside, short cells."""
    if table.find(".//table") is not None:
        return False
    rows = table.findall(".//tr")
    return len(rows) > 1 and max(len(row.findall("td")) + len(row.findall("th")) for row in rows) > 1


def _grid(table: html.HtmlElement) -> list[str]:
    """Rows of cells; what a merged cell covers to the right is empty, and downwards it goes on."""
    below: dict[int, tuple[int, str]] = {}
    rows: list[str] = []
    for row in table.iter("tr"):
        cells: list[str] = []
        for one in row.iterchildren("td", "th"):
            _covered(below, cells)
            if len(cells) >= WIDEST:
                break
            text, high = cell(one.text_content()), _span(one, "rowspan")
            wide = min(_span(one, "colspan"), WIDEST)
            for column in range(len(cells), len(cells) + wide):
                below[column] = (high - 1, repeated(text) if column == len(cells) else "")
            cells += [text, *[""] * (wide - 1)]
        _covered(below, cells)
        rows.append(line(cells))
    return rows


def _covered(below: dict[int, tuple[int, str]], cells: list[str]) -> None:
    """Places in this row that a cell of a row above covers."""
    while (above := below.get(len(cells), (0, "")))[0] > 0:
        below[len(cells)] = (above[0] - 1, above[1])
        cells.append(above[1])


def _span(one: html.HtmlElement, name: str) -> int:
    """Over how many columns or rows a cell goes."""
    told = _COUNT.fullmatch(one.get(name, "1"))
    return int(told[1]) if told else 1
