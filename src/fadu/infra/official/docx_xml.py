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
_CELL_LINE = 420
_CELL_SIDE = 108
_CELL_TOP = 30
_CELL_CHARACTER = 245
_NARROW = 8
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
    left free on both sides; line: height; snap: stands on the page's grid of lines; outline: level in the
    navigator."""

    align: Literal["both", "center", "left", "right"] = "both"
    indent: int = 0
    right: int = 0
    side: int = 0
    line: int = LINE
    snap: bool = True
    keep_next: bool = False
    outline: int | None = None
    rule_above: bool = False
    rule_below: bool = False


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
    words = el("t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return el("r", properties, words)


def paragraph(pieces: Sequence[Piece], form: Form) -> Element:
    """One paragraph."""
    return el("p", _properties(form), *(run(*piece) for piece in pieces))


def _properties(form: Form) -> Element:
    """Paragraph properties, in the order the schema wants."""
    properties = el("pPr")
    if form.keep_next:
        properties.append(el("keepNext"))
    properties.append(el("widowControl", val=0))
    if form.rule_above or form.rule_below:
        properties.append(_rules(form))
    if not form.snap:
        properties.append(el("snapToGrid", val=0))
    properties.append(el("spacing", before=0, after=0, line=form.line, lineRule="exact"))
    properties.append(_indents(form))
    properties.append(el("jc", val=form.align))
    if form.outline is not None:
        properties.append(el("outlineLvl", val=form.outline - 1))
    return properties


def _rules(form: Form) -> Element:
    borders = el("pBdr")
    for side, wanted in (("top", form.rule_above), ("bottom", form.rule_below)):
        if wanted:
            borders.append(el(side, val="single", sz=8, space=1, color="000000"))
    return borders


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
