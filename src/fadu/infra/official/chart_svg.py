"""A chart as SVG: whole coordinates, classes instead of styles, text escaped."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from fadu.infra.official.model import Chart

_WIDTH, _HEIGHT = 720, 240
_LEFT, _TOP, _BOTTOM = 46, 40, 30
_NAMES = ("before", "now")


def svg(chart: Chart) -> str:
    """The picture; the last series is the one in question, one before it is there to compare."""
    said = f"{chart.caption}：{'、'.join(one.name for one in chart.series)}"
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(said)}">'
        + "".join([*_axis(chart), *_bars(chart), *_legend(chart)])
        + "</svg>"
    )


def _step(chart: Chart) -> int:
    return (_WIDTH - _LEFT) // len(chart.places)


def _y(number: int, top: int) -> int:
    return _HEIGHT - _BOTTOM - number * (_HEIGHT - _TOP - _BOTTOM) // top


def _axis(chart: Chart) -> Iterator[str]:
    for number in (0, chart.top // 2, chart.top):
        y = _y(number, chart.top)
        yield f'<line class="plot-line" x1="{_LEFT}" y1="{y}" x2="{_WIDTH}" y2="{y}"/>'
        yield f'<text class="plot-text" x="{_LEFT - 6}" y="{y + 5}" text-anchor="end">{number}</text>'
    for place, name in enumerate(chart.places):
        x = _LEFT + place * _step(chart) + _step(chart) // 2
        yield f'<text class="plot-text" x="{x}" y="{_HEIGHT - 8}" text-anchor="middle">{escape(name)}</text>'


def _bars(chart: Chart) -> Iterator[str]:
    bar = _step(chart) // 3
    for name, place, values in _named(chart):
        for position, number in enumerate(values):
            if number:
                y = _y(number, chart.top)
                x = _LEFT + position * _step(chart) + _step(chart) // 6 + place * bar
                size = f'width="{bar}" height="{_HEIGHT - _BOTTOM - y}"'
                yield f'<rect class="plot-{name}" x="{x}" y="{y}" {size}/>'
                yield f'<text class="plot-text" x="{x + bar // 2}" y="{y - 4}" text-anchor="middle">{number}</text>'


def _named(chart: Chart) -> Iterator[tuple[str, int, tuple[int | None, ...]]]:
    """Class, place and values of each series; one alone is the one in question and stands where it always does."""
    first = len(_NAMES) - len(chart.series)
    for place, one in enumerate(chart.series, start=first):
        yield _NAMES[place], place, one.values


def _legend(chart: Chart) -> Iterator[str]:
    first = len(_NAMES) - len(chart.series)
    for place, one in enumerate(chart.series):
        x = _LEFT + place * 110
        yield f'<rect class="plot-{_NAMES[first + place]}" x="{x}" y="6" width="12" height="12"/>'
        yield f'<text class="plot-text" x="{x + 18}" y="17">{escape(one.name)}</text>'
