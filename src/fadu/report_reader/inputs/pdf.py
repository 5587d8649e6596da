"""The text of a PDF file; of its scanned pages by recognition, when that package is installed."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY, FPDF_PAGEOBJ_IMAGE

from fadu.report_reader.inputs import scan
from fadu.report_reader.inputs.errors import NotReadable

_PAGE_NUMBER = re.compile(
    r"^[ ]*(?:[-—–]+[ ]*\d{1,3}[ ]*[-—–]+|第[ ]*\d{1,3}[ ]*页(?:[ ]*共[ ]*\d{1,3}[ ]*页)?|\d{1,3})[ ]*$"
)
_STREAM = re.compile(rb"stream\r?\n")
INSTALL = scan.INSTALL
FEWEST_CHARACTERS = 20
OFTEN = 3
MOST_PAGES = 3000
MOST_CHARACTERS = 30_000_000
LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_STREAM = 64 * 1024 * 1024
LARGEST_PICTURE = 256 * 1024 * 1024
LONGEST_ENTRY = 500
"""Bytes before a stream that tell of it."""
MOST_TIMES = 1032
"""How much smaller its packing can make a stream."""
PIECE = 256 * 1024


@dataclass(slots=True)
class _Page:
    """What is on a page. picture: it has next to no text, and a picture covers most of it."""

    text: str = ""
    picture: bool = False
    fault: str = ""


def from_pdf(data: bytes) -> tuple[str, str, tuple[int, ...], tuple[str, ...]]:
    """The text, its form, where each page begins in it, and notes on what was not read. Raises NotReadable."""
    _judge_streams(data)
    document = _opened(data)
    try:
        pages = list(_pages(document))
        _recognise(document, pages)
    finally:
        document.close()
    if all(page.fault for page in pages):
        raise NotReadable(f"这个 PDF 文件没有能读的页：{pages[0].fault}。", todo="请重新下载或者重新导出。")
    texts = _without_margins([page.text for page in pages])
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text) + 1
    return "\n".join(texts), "pdf", tuple(starts), tuple(_notes(pages))


def _opened(data: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if b"/Encrypt" in data and error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise NotReadable("这个 PDF 文件加了密。", todo="请去掉密码后再读。") from error
        raise NotReadable("这个 PDF 文件已经损坏。", todo="请重新下载或者重新导出。") from error
    count = len(document)
    if 0 < count <= MOST_PAGES:
        return document
    document.close()
    if not count:
        raise NotReadable("这个 PDF 文件没有页面。", todo="请重新下载或者重新导出。")
    raise NotReadable(f"这个 PDF 文件有 {count} 页，超过 {MOST_PAGES} 页。", todo="请核对文件；确需读取的，先拆开。")


def _judge_streams(data: bytes) -> None:
    """Packed streams that come to something enormous are found before they are unpacked in one piece."""
    total = 0
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        end = end if end >= 0 else len(data)
        picture = b"/Image" in data[max(0, match.start() - LONGEST_ENTRY) : match.start()]
        most = LARGEST_PICTURE if picture else LARGEST_STREAM
        if (end - match.end()) * MOST_TIMES < most:
            continue
        size = _unpacked(data, match.end(), end, most)
        total += size
        if size > most or total > LARGEST_UNPACKED:
            raise NotReadable("这个 PDF 文件解开后异常庞大，没有打开。", todo="请核对文件的来源。")


def _unpacked(data: bytes, start: int, end: int, most: int) -> int:
    """The size of a stream when unpacked, as far as the limit; 0 when it is packed in another way."""
    unpacker, size = zlib.decompressobj(), 0
    try:
        for place in range(start, end, PIECE):
            rest = data[place : min(place + PIECE, end)]
            while rest and not unpacker.eof and size <= most:
                size += len(unpacker.decompress(rest, PIECE))
                rest = unpacker.unconsumed_tail
    except zlib.error:
        pass
    return size


def _pages(document: Any) -> Iterator[_Page]:
    """Every page by itself: a broken one does not take the others with it."""
    characters = 0
    for number in range(len(document)):
        try:
            page = _read(document[number])
        except pypdfium2.PdfiumError:
            page = _Page(fault="页面损坏")
        characters += len(page.text)
        if characters > MOST_CHARACTERS:
            raise NotReadable("这个 PDF 文件的文字异常多，没有读完。", todo="请核对文件；确需读取的，先拆开。")
        yield page


def _read(page: Any) -> _Page:
    try:
        words = page.get_textpage()
        text = words.get_text_bounded().replace("\r\n", "\n")
        words.close()
        return _Page(text, len(text.strip()) < FEWEST_CHARACTERS and _is_picture(page))
    finally:
        page.close()


def _is_picture(page: Any) -> bool:
    """Whether a picture covers most of the page."""
    width, height = page.get_size()
    for image in page.get_objects([FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) * 2 > width * height:
            return True
    return False


def _recognise(document: Any, pages: list[_Page]) -> None:
    """Puts the recognised text on scanned pages, or says why there is none."""
    scanned = [number for number, page in enumerate(pages) if page.picture]
    if not scanned:
        return
    missing = scan.fault(len(scanned))
    if missing and not any(page.text.strip() for page in pages if not page.picture):
        raise missing
    for number in scanned:
        try:
            pages[number].text = "" if missing else scan.text_of(document[number])
            pages[number].fault = f"是扫描件，{missing.message}{missing.todo}".rstrip("。") if missing else ""
        except (NotReadable, pypdfium2.PdfiumError) as error:
            pages[number].fault = str(error).rstrip("。")


def _notes(pages: list[_Page]) -> Iterator[str]:
    """One sentence for each reason why pages were not read."""
    for fault in dict.fromkeys(page.fault for page in pages if page.fault):
        numbers = "、".join(str(number) for number, page in enumerate(pages, start=1) if page.fault == fault)
        yield f"第 {numbers} 页没有读：{fault}。"


def _without_margins(pages: list[str]) -> list[str]:
    """Pages without their numbers and without first and last lines that nearly all of them share."""
    listed = [[line.rstrip() for line in text.split("\n")] for text in pages]
    edges = Counter(line for lines in listed for line in {*lines[:1], *lines[-1:]} if line.strip())
    repeated = {line for line, count in edges.items() if count >= OFTEN and count * 2 > len(pages)}
    return [
        "\n".join(line for line in lines if line not in repeated and not _PAGE_NUMBER.match(line)) for lines in listed
    ]
