"""Paragraphs and tables of a .docx file."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.table import Table

from fadu.report_reader.inputs.errors import NotReadable

LARGEST_UNPACKED = 300 * 1024 * 1024
MOST_TIMES = 200
SMALL = 5 * 1024 * 1024


def from_docx(data: bytes) -> str:
    """The text in order, a paragraph a line, cells of a row between tabulators. Raises NotReadable."""
    _judge_archive(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:  # the package raises many kinds for a broken file
        raise NotReadable("这个 .docx 文件已经损坏。", todo="请在文字处理软件中打开后重新保存。") from error
    return "\n".join(_lines(document))


def _judge_archive(data: bytes) -> None:
    """An archive that unpacks to something enormous, or to no document, is not opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise NotReadable("文件已经损坏，解不开。", todo="请重新下载或者重新保存。") from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked > MOST_TIMES * len(data)):
        raise NotReadable("文件解开后异常庞大，没有打开。", todo="请核对文件的来源。")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise NotReadable("这是压缩文件，但不是 .docx 文档。", todo="表格请另存为 PDF 或者网页，压缩包请先解开。")
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable("文件加了密。", todo="请去掉密码后再读。")


def _lines(document: Document) -> list[str]:
    lines: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            lines += ["\t".join(_cells(row.cells)) for row in part.rows] + [""]
        else:
            lines.append(part.text)
    return lines


def _cells(cells: object) -> list[str]:
    """Texts of a row; a merged cell, which comes once for each column it covers, keeps its first place only."""
    texts: list[str] = []
    before: object = None
    for cell in cells:  # type: ignore[attr-defined]
        texts.append("" if cell._tc is before else " ".join(cell.text.split()))
        before = cell._tc
    return texts
