"""Paragraphs and tables of a .docx, element by element: every run names its fonts itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LINE = 579
"""The height of a line in twentieths of a point: 22 of them fill the type area."""
TIGHTER = -5
"""The spacing that lets 28 characters of 16 points stand on a line, in twentieths of a point."""
WIDTH = 8844
"""The width of the type area, 156 mm, in twentieths of a point."""
_CHARACTER = 315
"""A character of the body with its spacing, in twentieths of a point."""
_SINGLE = 240
_CELL_LINE = 420
_CELL_SIDE = 108
_CELL_TOP = 30
_CELL_CHARACTER = 245
_NARROW = 8
_FOOT = WIDTH - 280
"""LibreOffice lets no wider table float; Word goes by the width of the cells."""
_THICK, _THIN = 8, 6
"""Rules of a 版记 in eighths of a point: 0.35 and 0.25 mm."""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")

Element = Any
"""An lxml element of the library; it has no types."""


@dataclass(frozen=True, slots=True)
class Look:
    """A font by its standard name, its Latin companion, its size in half points; tighter: body spacing."""

    font: str
    size: int
    latin: str = "Times New Roman"
    tighter: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph stands. indent: first line, in characters; right: in half characters; side: characters
    left free on both sides; line: height, 0: as high as what stands on it; snap: stands on the page's grid of lines;
    outline: level in the navigator; page: begins a page; edge: what follows a tab ends there."""

    align: Literal["both", "center", "left", "right"] = "both"
    indent: int = 0
    right: int = 0
    side: int = 0
    line: int = LINE
    snap: bool = True
    keep_next: bool = False
    outline: int | None = None
    page: bool = False
    edge: bool = False


Piece = tuple[str, bool, Look]
"""Text, bold or not, and its look."""


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of the w: namespace, with attributes of the same."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def run(text: str, bold: bool, look: Look) -> Element:
    """One run with its fonts for Latin and Chinese."""
    fonts = el("rFonts", ascii=look.latin, hAnsi=look.latin, eastAsia=look.font, cs=look.latin, hint="eastAsia")
    properties = el("rPr", fonts)
    if bold:
        properties.append(el("b"))
    properties.append(el("spacing", val=TIGHTER if look.tighter else 0))
    properties.append(el("sz", val=look.size))
    properties.append(el("szCs", val=look.size))
    content: list[Element] = []
    for position, part in enumerate(text.split("\t")):
        words = el("t")
        words.text = part
        words.set(qn("xml:space"), "preserve")
        content += [el("tab"), words] if position else [words]
    return el("r", properties, *content)


def paragraph(pieces: Sequence[Piece], form: Form) -> Element:
    """One paragraph."""
    return el("p", _properties(form), *(run(*piece) for piece in pieces))


def _properties(form: Form) -> Element:
    """Paragraph properties, in the order the schema wants."""
    properties = el("pPr")
    if form.keep_next:
        properties.append(el("keepNext"))
    if form.page:
        properties.append(el("pageBreakBefore"))
    properties.append(el("widowControl", val=0))
    if form.edge:
        properties.append(el("tabs", el("tab", val="right", pos=_FOOT - form.side * _CHARACTER)))
    if not form.snap:
        properties.append(el("snapToGrid", val=0))
    height = {"line": form.line, "lineRule": "exact"} if form.line else {"line": _SINGLE, "lineRule": "auto"}
    properties.append(el("spacing", before=0, after=0, **height))
    properties.append(_indents(form))
    properties.append(el("jc", val=form.align))
    if form.outline is not None:
        properties.append(el("outlineLvl", val=form.outline - 1))
    return properties


def begin_page(line: Element) -> None:
    """Lets a paragraph, or a table by its first one, begin a page; Word wants the properties in their order."""
    properties = next(line.iter(qn("w:pPr")))
    keep = properties.find(qn("w:keepNext"))
    properties.insert(0 if keep is None else properties.index(keep) + 1, el("pageBreakBefore"))


def _indents(form: Form) -> Element:
    side = form.side * _CHARACTER
    indents = el("ind", left=side, right=side + form.right * _CHARACTER // 2)
    if form.indent:
        indents.set(qn("w:firstLineChars"), str(100 * form.indent))
        indents.set(qn("w:firstLine"), str(form.indent * _CHARACTER))
    return indents


def table(header: Sequence[Piece], rows: Sequence[Sequence[Sequence[Piece]]]) -> Element:
    """A ruled table over the width of the text; its header is repeated on every page."""
    lines: list[list[Sequence[Piece]]] = [list(row) for row in rows]
    if header:
        lines.insert(0, [[piece] for piece in header])
    widths = column_widths([[_text(cell) for cell in line] for line in lines])
    narrow = [all(len(_text(cell)) <= _NARROW for cell in column) for column in zip(*lines, strict=True)]
    borders = el("tblBorders", *(el(side, val="single", sz=4, space=0, color="000000") for side in _SIDES))
    inner = {"top": _CELL_TOP, "left": _CELL_SIDE, "bottom": _CELL_TOP, "right": _CELL_SIDE}
    margins = el("tblCellMar", *(el(side, w=width, type="dxa") for side, width in inner.items()))
    size, place = el("tblW", w=WIDTH, type="dxa"), el("tblInd", w=_CELL_SIDE, type="dxa")
    properties = el("tblPr", size, place, borders, el("tblLayout", type="fixed"), margins)
    grid = el("tblGrid", *(el("gridCol", w=width) for width in widths))
    drawn = []
    for position, line in enumerate(lines):
        top = bool(header) and position == 0
        cells = [_cell(*cell, top) for cell in zip(line, widths, narrow, strict=True)]
        drawn.append(el("tr", _row_properties(top), *cells))
    return el("tbl", properties, grid, *drawn)


def foot_table(lines: Sequence[Piece]) -> Element:
    """Lines between thick rules, thin ones among them, at the foot of the page on which the next paragraph stands."""
    rules = {"top": _THICK, "bottom": _THICK, "insideH": _THIN}
    borders = el("tblBorders", *(el(side, val="single", sz=size, color="000000") for side, size in rules.items()))
    near = {"leftFromText": 0, "rightFromText": 0, "vertAnchor": "margin", "horzAnchor": "margin"}
    place = el("tblpPr", **near, tblpXSpec="center", tblpYSpec="bottom")
    none = el("tblCellMar", *(el(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    properties = el("tblPr", place, el("tblW", w=_FOOT, type="dxa"), borders, el("tblLayout", type="fixed"), none)
    rows = [el("tr", el("trPr", el("cantSplit")), _foot_cell(line)) for line in lines]
    return el("tbl", properties, el("tblGrid", el("gridCol", w=WIDTH)), *rows)


def _foot_cell(line: Piece) -> Element:
    return el("tc", el("tcPr", el("tcW", w=WIDTH, type="dxa")), paragraph([line], Form(side=1, edge=True)))


def _text(cell: Sequence[Piece]) -> str:
    return "".join(piece[0] for piece in cell)


def _row_properties(top: bool) -> Element:
    properties = el("trPr", el("cantSplit"))
    if top:
        properties.append(el("tblHeader"))
    return properties


def _cell(pieces: Sequence[Piece], width: int, narrow: bool, top: bool) -> Element:
    form = Form(align="center" if narrow or top else "left", line=_CELL_LINE, snap=False, keep_next=top)
    return el("tc", el("tcPr", el("tcW", w=width, type="dxa"), el("vAlign", val="center")), paragraph(pieces, form))


def column_widths(texts: Sequence[Sequence[str]]) -> list[int]:
    """Short columns get what their longest cell needs, the others share the rest by length."""
    longest = [max(1, *map(len, column)) for column in zip(*texts, strict=True)]
    needed = [length * _CELL_CHARACTER + 2 * _CELL_SIDE + _CELL_CHARACTER // 2 for length in longest]
    wide = [position for position, length in enumerate(longest) if length > _NARROW]
    rest = WIDTH - sum(need for position, need in enumerate(needed) if position not in wide)
    if not wide or rest < WIDTH // 3:
        widths = [WIDTH * need // sum(needed) for need in needed]
    else:
        weights = {position: min(longest[position], 4 * _NARROW) for position in wide}
        shares = {position: rest * weight // sum(weights.values()) for position, weight in weights.items()}
        widths = [shares.get(position, need) for position, need in enumerate(needed)]
    widths[-1] += WIDTH - sum(widths)
    return widths
