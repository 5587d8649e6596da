"""Files in, text out: what a file is goes by its content, not by its name."""

from __future__ import annotations

import sys
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from fadu.report_reader.inputs.errors import NotReadable
from fadu.report_reader.inputs.pdf import INSTALL, from_pdf
from fadu.report_reader.inputs.plain import decoded, looks_like_text
from fadu.report_reader.inputs.web_page import from_html, looks_like_html
from fadu.report_reader.inputs.word import from_docx

__all__ = ["Loaded", "NotReadable", "load", "load_bytes"]

LARGEST = 100 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The text of a file, with cells of a table's row in one line between tabulators.

    pages: where each page begins in the text, for a PDF; else empty. notes: what of the file was not read, and why.
    """

    text: str
    form: str
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def page_at(self, place: int) -> int | None:
        """The number of the page, from 1, on which a character stands; None where there are no pages."""
        return bisect_right(self.pages, place) or None


def load(path: Path | None) -> Loaded:
    """Reads a file, or standard input for None. Raises NotReadable with a sentence that says what to do."""
    if path is None:
        return load_bytes(sys.stdin.buffer.read(LARGEST + 1))
    try:
        if path.is_dir():
            raise NotReadable("这是文件夹，不是文件。")
        with path.open("rb") as file:
            return load_bytes(file.read(LARGEST + 1))
    except PermissionError as error:
        raise NotReadable("没有读取这个文件的权限。", todo="请检查文件的权限，或者复制一份再读。") from error
    except OSError as error:
        raise NotReadable(f"打不开这个文件（{error.strerror or '读取出错'}）。") from error


def load_bytes(data: bytes) -> Loaded:
    """The text of a file's content. Raises NotReadable."""
    if len(data) > LARGEST:
        raise _too_large()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise NotReadable("文件是空的。")
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Loaded(*from_pdf(data))
    if data.startswith(b"PK\x03\x04"):
        return Loaded(from_docx(data), "docx")
    if refusal := _foreign(data):
        raise refusal
    text = decoded(data)
    return Loaded(from_html(text), "html") if looks_like_html(text) else Loaded(text, "text")


def _foreign(data: bytes) -> NotReadable | None:
    """Why a file of another kind is not read."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        return NotReadable("文件加了密。", todo="请在文字处理软件中打开，去掉密码后再读。")
    if data.startswith(_OLE):
        return NotReadable("这是旧格式的 .doc（或者 .wps、.xls）文件。", todo="请在文字处理软件中打开，另存为 .docx。")
    if data.startswith(_PICTURES):
        return NotReadable("这是一张图片。", todo=f"请把图片放进 PDF 文件后再读；识别图片要先执行：{INSTALL}。")
    if data.startswith(b"{\\rtf"):
        return NotReadable("这是 .rtf 文件。", todo="请在文字处理软件中打开，另存为 .docx。")
    if not looks_like_text(data):
        return NotReadable("不是能够识别的文件。", todo="可以读取 .txt、.html、.docx 和 .pdf。")
    return None


def _too_large() -> NotReadable:
    return NotReadable(
        f"文件超过 {LARGEST // 1024 // 1024} MB。", todo="年度报告不会这样大，请核对文件；确需读取的，先拆开。"
    )
