"""Paragraphs and tables of a .docx file, read part by part: the document is never held as a whole."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from fadu.report_reader.inputs.errors import NotReadable
from fadu.report_reader.inputs.grid import WIDEST, cell, line, repeated

LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_TEXT = 100 * 1024 * 1024
MOST_TIMES = 200
SMALL = 5 * 1024 * 1024
ENCRYPTED = 1
_MAIN = re.compile(r"word/document\d*\.xml")
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_NOT_PRINTED = frozenset(("Fallback", "moveFrom"))
_FAULTS = (etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(slots=True)
class _Table:
    """A table that is being read. above: by column, the text of the cell that goes on into the next row."""

    lines: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    above: dict[int, str] = field(default_factory=dict)
    wide: int = 1
    merge: str = ""


def from_docx(data: bytes) -> str:
    """The text in order, a paragraph a line, cells of a row between tabulators. Raises NotReadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _judged(archive, len(data))
            with archive.open(part) as stream:
                return "\n".join(_Walk().lines_of(stream))
    except _FAULTS as error:
        raise NotReadable("这个 .docx 文件已经损坏。", todo="请在文字处理软件中打开后重新保存。") from error


def _judged(archive: zipfile.ZipFile, size: int) -> zipfile.ZipInfo:
    """The part with the text. An archive that unpacks to something enormous, or to no document, is not opened."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL and unpacked > MOST_TIMES * size):
        raise NotReadable("文件解开后异常庞大，没有打开。", todo="请核对文件的来源。")
    names = {part.filename for part in parts}
    if "OFD.xml" in names:
        raise NotReadable("这是 .ofd 版式文件。", todo="请在版式阅读软件中打开，另存为 PDF。")
    main = next((part for part in parts if _MAIN.fullmatch(part.filename)), None)
    if main is None:
        raise NotReadable("这是压缩文件，但不是 .docx 文档。", todo="表格请另存为 PDF 或者网页，压缩包请先解开。")
    if main.flag_bits & ENCRYPTED:
        raise NotReadable("文件加了密。", todo="请去掉密码后再读。")
    if main.file_size > LARGEST_TEXT:
        raise NotReadable("文件的正文异常庞大，没有打开。", todo="请核对文件的来源。")
    return main


class _Walk:
    """What is printed of the document's elements, in order: no deleted, moved or doubled text."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[_Table] = []
        self.paragraphs: list[list[str]] = []
        self.hidden = 0

    def lines_of(self, stream: IO[bytes]) -> list[str]:
        for event, element in etree.iterparse(stream, ("start", "end"), resolve_entities=False, no_network=True):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                self._begin(name)
                continue
            self._end(name, element)
            if name in ("p", "tr", "tbl", "sdt"):
                element.clear()
                before = element.getprevious()
                if before is not None and not len(before) and name != "tr":
                    element.getparent().remove(before)
        return self.lines

    def _begin(self, name: str) -> None:
        if name in _NOT_PRINTED:
            self.hidden += 1
        elif name == "p":
            self.paragraphs.append([])
        elif name == "tbl":
            self.tables.append(_Table())
        elif self.tables and name == "tc":
            self.tables[-1].cell, self.tables[-1].wide, self.tables[-1].merge = [], 1, ""

    def _end(self, name: str, element: etree._Element) -> None:
        if name in _NOT_PRINTED:
            self.hidden -= 1
        elif name == "p":
            self._line("".join(self.paragraphs.pop()))
        elif self.paragraphs and not self.hidden and name == "t":
            self.paragraphs[-1].append(element.text or "")
        elif self.paragraphs and not self.hidden and name in _BREAKS and element.getparent().tag.endswith("}r"):
            self.paragraphs[-1].append(_BREAKS[name])
        elif self.tables:
            self._table(name, element)

    def _line(self, text: str) -> None:
        if self.hidden:
            return
        (self.tables[-1].cell if self.tables else self.lines).append(text)

    def _table(self, name: str, element: etree._Element) -> None:
        table = self.tables[-1]
        if name == "gridSpan":
            wide = _value(element)
            table.wide = min(int(wide), WIDEST) if wide.isascii() and wide.isdigit() else 1
        elif name == "vMerge":
            table.merge = _value(element) or "continue"
        elif name == "tc":
            text = cell(" ".join(table.cell))
            place = len(table.row)
            if table.merge == "continue":
                text = repeated(table.above.get(place, ""))
            else:
                table.above[place] = text
            if place < WIDEST:
                table.row += [text, *[""] * (table.wide - 1)]
        elif name == "tr":
            table.lines.append(line(table.row))
            table.row = []
        elif name == "tbl":
            self.tables.pop()
            if self.tables:
                self.tables[-1].cell += table.lines
            else:
                self.lines += [*table.lines, ""]


def _value(element: etree._Element) -> str:
    """Its only attribute."""
    return next(iter(element.attrib.values()), "")
