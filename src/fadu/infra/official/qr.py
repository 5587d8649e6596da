"""二维码: a short text as a picture that a telephone reads, for pages as SVG and for files as PNG."""

from __future__ import annotations

import io

import segno

_QUIET = 4
_DOTS = 8


def svg(text: str) -> bytes:
    """The picture with its white edge, as high as whoever shows it makes it."""
    return _drawn(text, "svg", light="white", border=_QUIET, omitsize=True, xmldecl=False, nl=False)


def png(text: str) -> bytes:
    """The picture without an edge: on paper there is white around it. Not compressed, see `docx._packed`."""
    return _drawn(text, "png", border=0, scale=_DOTS, compresslevel=0)


def _drawn(text: str, kind: str, **look: object) -> bytes:
    """Error correction M: legible with a seventh of it gone, and small enough for the foot of a page."""
    made = io.BytesIO()
    segno.make(text, error="m", boost_error=False, micro=False).save(made, kind=kind, **look)
    return made.getvalue()
