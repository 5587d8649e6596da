"""核验码 at the foot of every page of a .docx: below the type area, on the side where no page number stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Literal

from docx.oxml import parse_xml
from docx.section import _Footer
from docx.shared import Mm

from fadu.infra.official.docx_xml import Element, Form, Look, el, paragraph
from fadu.infra.official.model import Check
from fadu.infra.official.qr import png

_LOOK = Look("宋体", 18)
_LINE = 280
_SIDE = 16
_LEFT, _RIGHT, _TOP = 28, 184, 265
_GAP = 3
_WORDS = 95
"""Millimetres: the picture's side, the edges of the type area, where the picture begins, its distance to the words."""
_TWENTIETHS = 1440 / 25.4
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PLACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def put_check(foot: _Footer, check: Check, side: Literal["left", "right"]) -> None:
    """Adds the picture and two small lines beside it; the page number keeps its place."""
    key, _ = foot.part.get_or_add_image(io.BytesIO(png(check.said)))
    number = foot._element[0]
    number.append(el("r", _drawing(key, _LEFT if side == "left" else _RIGHT - _SIDE)))
    for line in _lines(check, side):
        number.addprevious(line)


def _lines(check: Check, side: Literal["left", "right"]) -> Iterator[Element]:
    """In a frame of their own, which every office program keeps where it is put."""
    left = _LEFT + _SIDE + _GAP if side == "left" else _RIGHT - _SIDE - _GAP - _WORDS
    place = {"w": _units(_WORDS), "x": _units(left), "y": _units(_TOP + 5), "hSpace": 0, "wrap": "around"}
    for text in check.lines:
        line = paragraph([(text, False, _LOOK)], Form(align=side, line=_LINE, snap=False))
        line[0].find(f"{{{_WORD}}}widowControl").addprevious(el("framePr", **place, vAnchor="page", hAnchor="page"))
        yield line


def _units(millimetres: int) -> int:
    return round(millimetres * _TWENTIETHS)


def _drawing(key: str, left: int) -> Element:
    side = int(Mm(_SIDE))
    return parse_xml(
        f'<w:drawing xmlns:w="{_WORD}" xmlns:wp="{_PLACE}" xmlns:a="{_MAIN}" xmlns:pic="{_PICTURE}"'
        f' xmlns:r="{_RELATION}"><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="0" locked="1" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{int(Mm(left))}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{int(Mm(_TOP))}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/><wp:docPr id="900" name="check" descr="核验码的二维码"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="900" name="check.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
