"""One measure over places and periods as bars: SVG that stands alone, and takes the page's colours on a page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import import_module, util

from fadu.report_reader.compare import Cell, Measure, State, extent_label
from fadu.report_reader.inputs.errors import NotReadable
from fadu.report_reader.output.words import period_words, value_words

FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
PAINTER = "resvg_py"
WIDTH, LEFT, RIGHT = 520, 140, 110
TOP, ROW, HEAD = 44, 30, 34
LONGEST = 9
TWICE = 2


def svg(measure: Measure) -> str:
    """The latest period first, in it the largest first; places that print nothing are named."""
    rows = list(_rows(measure))
    height = TOP + sum(ROW if isinstance(one, Cell) else HEAD for one in rows) + 10
    said = escape(f"{measure.name}（{measure.unit}） 对象：{extent_label(measure.extent)}")
    pieces = [
        f'<svg class="bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{said}" font-family="{FONT}" font-size="14">'
        f'<rect class="bars-ground" width="{WIDTH}" height="{height}" fill="#ffffff"/>'
        f'<text class="bars-ink" x="10" y="26" font-size="16" font-weight="bold" fill="#1b2631">{said}</text>'
    ]
    top = max((one.value for one in measure.cells if one.value is not None), default=0)
    y = TOP
    for one in rows:
        pieces.append(_bar(one, y, measure, int(top) + 1) if isinstance(one, Cell) else _head(one, y))
        y += ROW if isinstance(one, Cell) else HEAD
    return "".join(pieces) + "</svg>"


def png(measure: Measure) -> bytes:
    """The same as a picture of points. Raises NotReadable when the package that paints it is not installed."""
    if util.find_spec(PAINTER) is None:
        raise NotReadable("没有安装绘制 .png 的组件。", todo="请运行 pip install 'fadu[plot]'，或者把文件名改成 .svg。")
    return bytes(import_module(PAINTER).svg_to_bytes(svg_string=svg(measure), zoom=TWICE))


def _rows(measure: Measure) -> Iterator[str | Cell]:
    for period in reversed(measure.periods):
        yield period
        cells = [one for one in measure.cells if one.period == period]
        yield from sorted(cells, key=lambda one: (one.value is None, -(one.value or 0)))


def _head(period: str, y: int) -> str:
    text = escape(period_words(period))
    return f'<text class="bars-ink" x="10" y="{y + 24}" font-weight="bold" fill="#1b2631">{text}</text>'


def _bar(cell: Cell, y: int, measure: Measure, top: int) -> str:
    name = cell.place if len(cell.place) <= LONGEST else cell.place[: LONGEST - 1] + "…"
    pieces = [
        f'<text class="bars-ink" x="{LEFT - 8}" y="{y + 20}" text-anchor="end" fill="#1b2631">{escape(name)}</text>'
    ]
    width = 0
    if cell.value is not None:
        width = max(2, int(cell.value * (WIDTH - LEFT - RIGHT) / top)) if cell.value else 1
        look = ' fill-opacity="0.35" stroke="#1d4f80" stroke-dasharray="4 3"' if cell.state is State.INEXACT else ""
        pieces.append(
            f'<rect class="bars-bar" x="{LEFT}" y="{y + 5}" width="{width}" height="{ROW - 10}" fill="#1d4f80"{look}/>'
        )
    words = value_words(cell, measure.unit)
    pieces.append(f'<text class="bars-quiet" x="{LEFT + width + 8}" y="{y + 20}" fill="#4a5866">{escape(words)}</text>')
    return "".join(pieces)
