"""The text of a PDF file; of a scanned one by recognition, when that package is installed."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module, util
from typing import Any

import pypdfium2

from fadu.report_reader.inputs.errors import NotReadable

_PAGE_NUMBER = re.compile(
    r"^[ ]*(?:[-—–]+[ ]*\d{1,3}[ ]*[-—–]+|第[ ]*\d{1,3}[ ]*页(?:[ ]*共[ ]*\d{1,3}[ ]*页)?|\d{1,3})[ ]*$"
)
_ENCRYPTED = re.compile(r"password|security", re.IGNORECASE)
FEWEST_CHARACTERS = 20
OFTEN = 3
DOTS_PER_POINT = 200 / 72
OCR = "rapidocr_onnxruntime"


def from_pdf(data: bytes) -> tuple[str, tuple[int, ...]]:
    """The text, and where each page begins in it. Raises NotReadable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if _ENCRYPTED.search(str(error)):
            raise NotReadable("这个 PDF 文件加了密。", todo="请去掉密码后再读。") from error
        raise NotReadable("这个 PDF 文件已经损坏。", todo="请重新下载或者重新导出。") from error
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        if not pages:
            raise NotReadable("这个 PDF 文件没有页面。")
        if max(len(text.strip()) for text in pages) < FEWEST_CHARACTERS:
            pages = _recognised(document)
    finally:
        document.close()
    pages = _without_margins(pages)
    starts, place = [], 0
    for text in pages:
        starts.append(place)
        place += len(text) + 1
    return "\n".join(pages), tuple(starts)


def _without_margins(pages: list[str]) -> list[str]:
    """Pages without their numbers and without first and last lines that nearly all of them share."""
    listed = [[line.rstrip() for line in text.replace("\r\n", "\n").split("\n")] for text in pages]
    edges = Counter(line for lines in listed for line in {*lines[:1], *lines[-1:]} if line.strip())
    repeated = {line for line, count in edges.items() if count >= OFTEN and count * 2 > len(pages)}
    return [
        "\n".join(line for line in lines if line not in repeated and not _PAGE_NUMBER.match(line)) for lines in listed
    ]


def _recognised(document: Any) -> list[str]:
    """Each page as a picture through the recogniser. Raises NotReadable when it is not installed."""
    if util.find_spec(OCR) is None:
        raise NotReadable(
            "这个 PDF 是扫描件，没有文字。", todo="请安装识别扫描件的组件后再读：pip install 'fadu[ocr]'。"
        )
    engine = import_module(OCR).RapidOCR()
    pages = []
    for page in document:
        result, _ = engine(page.render(scale=DOTS_PER_POINT).to_numpy())
        pages.append("\n".join(_in_lines(result or [])))
    return pages


def _in_lines(result: list[Any]) -> list[str]:
    """Recognised boxes [corners, text, score] as lines: boxes of one height stand beside one another."""
    boxes = sorted(
        (min(y for _, y in corners), max(y for _, y in corners), min(x for x, _ in corners), text)
        for corners, text, _ in result
    )
    lines: list[list[tuple[float, str]]] = []
    bottom = float("-inf")
    for top, low, left, text in boxes:
        if lines and top < bottom - (low - top) / 2:
            lines[-1].append((left, text))
        else:
            lines.append([(left, text)])
            bottom = low
    return ["".join(text for _, text in sorted(line)) for line in lines]
