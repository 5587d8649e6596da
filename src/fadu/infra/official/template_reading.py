"""Reads the .docx of a template that an office has edited: its text, and all that cannot be read, with its place."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from fadu.infra.official.text import escaped

_HEADING = re.compile(r"Heading ([1-4])")
_MARKS = re.compile(r"(【[^【】]*】)")
_DELETE, _CHANGES = "请删除后再上传", "请接受或者拒绝全部修订后再上传"
_PICTURE, _FIELD = f"有图片或者图形，{_DELETE}", f"有域（自动更新的内容），{_DELETE}"
_MERGED = "表格中有合并的单元格，请拆分后再上传"
_FOREIGN = {
    "drawing": _PICTURE, "pict": _PICTURE, "object": f"有嵌入的对象，{_DELETE}", "altChunk": f"有嵌入的文件，{_DELETE}",
    "footnoteReference": f"有脚注，{_DELETE}", "endnoteReference": f"有尾注，{_DELETE}", "fldSimple": _FIELD,
    "instrText": _FIELD, "ins": f"还有修订痕迹，{_CHANGES}", "del": f"还有修订痕迹，{_CHANGES}",
    "moveFrom": f"还有修订痕迹，{_CHANGES}", "sdt": f"有内容控件，{_DELETE}", "sym": f"有符号字体的符号，{_DELETE}",
    "oMath": f"有公式，{_DELETE}", "gridSpan": _MERGED, "vMerge": _MERGED,
}  # fmt: skip
_NUMBERED = "用了自动编号，编号读不出来，请改成直接写出的序号"
_WORDS = {qn("w:tab"): "　", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF = ("0", "false", "off")
_FAULTS = (
    AttributeError, EOFError, IndexError, KeyError, LxmlError, NotImplementedError, OpcError, OSError, PythonDocxError,
    RuntimeError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the library raises for files that are broken, each in its own way."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which line, counted from 1; 0: in the whole."""

    line: int
    sentence: str


def read(data: bytes, ends: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """The lines of the template, its placeholders in 【】, and all that cannot be read; ends: where the notes begin.

    Raises ValueError for no .docx.
    """
    try:
        file = docx.Document(io.BytesIO(data))
        faults = list(_around(file))
        lines: list[str] = []
        for element in file.element.body:
            faults += [Fault(len(lines) + 1, why) for why in dict.fromkeys(_foreign(element, file))]
            text = "\n".join(_lines_of(element, file, first=not lines))
            if found := [text.index(end) for end in ends if end in text]:
                lines += text[: min(found)].strip().splitlines()
                break
            lines += text.splitlines()
    except _FAULTS as error:
        raise ValueError("文件已经损坏，或者不是能读的 .docx 文件") from error
    return lines, faults


def _around(file: DocxDocument) -> Iterator[Fault]:
    """What belongs to the whole file: words above and below the pages, content from elsewhere."""
    for section in file.sections:
        if any(line.text.strip() for part in (section.header, section.footer) for line in part.paragraphs):
            yield Fault(0, f"页眉、页脚中有文字，页眉页脚由系统按公文格式排印，{_DELETE}")
    relations = file.part.package.iter_rels()
    if any(one.is_external and not one.reltype.endswith("/hyperlink") for one in relations):
        yield Fault(0, "文件引用了外部的内容（图片、对象或者模板），请断开链接后再上传")


def _foreign(element: Any, file: DocxDocument) -> Iterator[str]:
    for inside in element.iter():
        name = inside.tag.rpartition("}")[2] if isinstance(inside.tag, str) else ""
        if name in _FOREIGN:
            yield _FOREIGN[name]
        if name == "p" and inside.tag == qn("w:p") and _is_numbered(inside, file):
            yield _NUMBERED
        if name == "tbl" and inside is not element:
            yield f"表格中套有表格，{_DELETE}"


def _is_numbered(paragraph: Any, file: DocxDocument) -> bool:
    """By itself or by its style; list 0 is none."""
    style: Any = Paragraph(paragraph, file).style
    while paragraph is not None:
        number = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            return bool(number.get(qn("w:val")) != "0")
        paragraph, style = (style.element, style.base_style) if style is not None else (None, None)
    return False


def _lines_of(element: Any, file: DocxDocument, *, first: bool) -> Iterator[str]:
    """The lines of a paragraph or table; first: it is the paper's name, whatever its style."""
    if element.tag == qn("w:tbl"):
        yield from _rows(element)
    elif element.tag == qn("w:p"):
        style = str(getattr(Paragraph(element, file).style, "name", ""))
        found = _HEADING.fullmatch(style)
        level = 1 if first or style == "Title" else int(found[1]) + 1 if found else 0
        mark = "#" * level + " " if level else ""
        yield from (mark + line for line in _spoken(element, with_bold=not level))


def _rows(table: Any) -> Iterator[str]:
    for number, row in enumerate(table.iterchildren(qn("w:tr"))):
        cells = [" ".join(line for part in cell.iter(qn("w:p")) for line in _spoken(part))
                 for cell in row.iterchildren(qn("w:tc"))]  # fmt: skip
        yield f"| {' | '.join(cells)} |"
        if number == 0 and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
            yield "|" + " --- |" * len(cells)


def _spoken(paragraph: Any, *, with_bold: bool = True) -> Iterator[str]:
    """The lines of a paragraph: a line break begins another."""
    signs = [(sign, with_bold and _is_bold(run)) for run in paragraph.iter(qn("w:r")) for sign in _text(run)]
    for broken, line in groupby(signs, key=lambda sign: sign[0] == "\n"):
        if not broken and (text := _formed(list(line)).strip()):
            yield text


def _text(run: Any) -> str:
    return "".join((part.text or "") if part.tag == qn("w:t") else _WORDS.get(part.tag, "") for part in run)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return mark is not None and mark.get(qn("w:val")) not in _OFF


def _formed(signs: list[tuple[str, bool]]) -> str:
    """With the signs of the form. A placeholder is one piece, however it was typed, and as bold as it begins."""
    bold = [one for _, one in signs]
    for found in _MARKS.finditer("".join(sign for sign, _ in signs)):
        bold[found.start() : found.end()] = [bold[found.start()]] * len(found[0])
    text = ""
    for is_bold, group in groupby(zip(signs, bold, strict=True), key=lambda pair: pair[1]):
        part = _escaped("".join(sign for (sign, _), _ in group))
        text += f"**{part}**" if is_bold else part
    return text


def _escaped(text: str) -> str:
    """Words of people are no signs of the form; inside of 【】 nothing is."""
    parts = _MARKS.split(text)
    return "".join(part if number % 2 else escaped(part) for number, part in enumerate(parts))
