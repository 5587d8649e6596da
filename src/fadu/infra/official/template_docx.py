"""A template of a paper as .docx for an office program; the way back is `template_reading`.

A line of the template is a paragraph: the title has the style Title, headings have Heading 1 to 4. Tables are tables.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from fadu.infra.official.docx_xml import el
from fadu.infra.official.text import BOLD, RULE, is_row, unescaped

END = "—— 以下是说明，上传时不读 ——"
"""The line at which reading ends."""
ONLY_MARKS = re.compile(r"(【[^【】]*】)+")
_HEADINGS = (("Heading 1", "黑体", 16), ("Heading 2", "楷体_GB2312", 16), ("Heading 3", "仿宋_GB2312", 16),
             ("Heading 4", "仿宋_GB2312", 16))  # fmt: skip


def written(text: str, title: str, notes: Sequence[str]) -> bytes:
    """The .docx of a template whose tokens are already words; notes: told below, not read back."""
    file = docx.Document()
    _look(file)
    file.core_properties.title, file.core_properties.author = title, ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    while lines:
        rows = _rows_at_the_start(lines)
        if rows:
            _add_table(file, lines[:rows])
        else:
            _add_line(file, lines[0])
        del lines[: rows or 1]
    for note in (END, *notes):
        run = file.add_paragraph().add_run(note)
        run.font.size, run.font.color.rgb = Pt(10.5), RGBColor(0x60, 0x60, 0x60)
    content = io.BytesIO()
    file.save(content)
    return content.getvalue()


def _look(file: DocxDocument) -> None:
    for name, font, size in (("Normal", "仿宋_GB2312", 16), ("Title", "方正小标宋简体", 22), *_HEADINGS):
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.keys()):
            if key.endswith("Theme"):
                del fonts.attrib[key]
        fonts.set(qn("w:eastAsia"), font)
    title: Any = file.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.element.pPr.remove(title.element.pPr.find(qn("w:pBdr")))
    file.sections[0].page_width, file.sections[0].page_height = Mm(210), Mm(297)


def _rows_at_the_start(lines: Sequence[str]) -> int:
    """How many lines belong to a table that begins here: its rows, and the loops and conditions among them."""
    last = 0
    for number, line in enumerate(lines, start=1):
        if is_row(line):
            last = number
        elif not last or not ONLY_MARKS.fullmatch(line):
            break
    return last


def _add_line(file: DocxDocument, line: str) -> None:
    signs, _, rest = line.partition(" ")
    level = len(signs) if rest and set(signs) == {"#"} else 0
    style = "Title" if level == 1 else f"Heading {min(level - 1, 4)}" if level else "Normal"
    _say(file.add_paragraph(style=style), rest.strip() if level else line)


def _add_table(file: DocxDocument, lines: Sequence[str]) -> None:
    rows = [[cell.strip() for cell in line[1:-1].split("|")] if is_row(line) else [line] for line in lines]
    table = file.add_table(0, max(map(len, rows)), style="Table Grid")
    for row in rows:
        if all(RULE.fullmatch(cell) for cell in row):
            table.rows[-1]._tr.get_or_add_trPr().append(el("tblHeader"))
            continue
        for cell, text in zip(table.add_row().cells, row, strict=False):
            _say(cell.paragraphs[0], text)


def _say(paragraph: Paragraph, text: str) -> None:
    for number, part in enumerate(BOLD.split(text)):
        if part:
            paragraph.add_run(unescaped(part)).bold = True if number % 2 else None
