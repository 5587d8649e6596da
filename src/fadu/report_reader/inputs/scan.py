"""Recognises the text of scanned pages, with a package whose model lies in its wheel; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module, util
from typing import Any

from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from fadu.report_reader.inputs.errors import NotReadable
from fadu.report_reader.inputs.patience import more

_DEGREE = re.compile("(?<=[\u4e00-\u9fff%])°")
"""A full stop, as the recogniser likes to see it."""
PACKAGE = "rapidocr_onnxruntime"
INSTALL = ".venv/bin/python -m pip install --require-hashes -r requirements/ocr.lock"
HOW = f"要先装识别组件再读：{INSTALL}"
DOTS_PER_POINT = 200 / 72
MOST_DOTS = 20_000_000
"""Of the page as a picture: two of A3."""
LARGEST_PICTURE = 200_000_000
"""Dots of a picture inside the page: A4 at 1200 dots an inch."""
MOST_PAGES = 300


def fault(pages: int) -> NotReadable | None:
    """Why so many scanned pages cannot be recognised here; None when they can."""
    if pages > MOST_PAGES:
        return NotReadable(f"扫描件超过 {MOST_PAGES} 页。", todo="请先拆开。")
    if util.find_spec(PACKAGE) is None:
        return NotReadable("PDF 是扫描件，没有文字。", todo=HOW)
    try:
        _engine()
    except ImportError as error:
        return NotReadable(f"识别扫描件的组件没有装好（{error}）。", todo=f"请重新执行：{INSTALL}")
    return None


@cache
def _engine() -> Any:
    """One thread: files are read side by side, and threads that wait for one another burn what they gain."""
    return import_module(PACKAGE).RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)


def text_of(page: Any) -> str:
    """The lines of a page. Raises NotReadable for pictures that are too large to be unpacked."""
    try:
        for image in page.get_objects([FPDF_PAGEOBJ_IMAGE]):
            width, height = image.get_px_size()
            if width * height > LARGEST_PICTURE:
                raise NotReadable(f"图片有 {width}×{height} 点，太大")
        more()
        result, _ = _engine()(_picture(page))
        return _DEGREE.sub("。", "\n".join(_in_lines(result or [])))
    finally:
        page.close()


def _picture(page: Any) -> Any:
    width, height = page.get_size()
    scale = min(DOTS_PER_POINT, (MOST_DOTS / max(width * height, 1)) ** 0.5)
    return page.render(scale=scale).to_numpy()


def _in_lines(result: list[Any]) -> list[str]:
    """Recognised boxes [corners, text, score] as lines: boxes of one height stand beside one another.

    Far apart they are cells, with a tabulator between; two numbers side by side never become one.
    """
    boxes = sorted(
        (min(y for _, y in corners), max(y for _, y in corners), min(x for x, _ in corners), corners, text)
        for corners, text, _ in result
    )
    lines: list[list[tuple[float, float, float, str]]] = []
    bottom = float("-inf")
    for top, low, left, corners, text in boxes:
        box = (left, max(x for x, _ in corners), low - top, text)
        if lines and top < bottom - (low - top) / 2:
            lines[-1].append(box)
        else:
            lines.append([box])
            bottom = low
    return ["".join(_spaced(sorted(line))) for line in lines]


def _spaced(line: list[tuple[float, float, float, str]]) -> Iterator[str]:
    before = line[0][0]
    for place, (left, right, height, text) in enumerate(line):
        if place:
            yield "\t" if left - before > height else " "
        yield text
        before = right
