"""A document as .docx in the form of GB/T 9704; the same document gives the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import docx
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn

from fadu.infra.official.docx_chart import drawing
from fadu.infra.official.docx_page import BODY, CELL, FOOT, HEADER_CELL, HEI, KAI, TITLE, prepare
from fadu.infra.official.docx_xml import Element, Form, Look, Piece, begin_page, el, foot_table, paragraph, table
from fadu.infra.official.model import Block, Chart, Document, Heading, Paragraph, Runs, Table, plain

_DATE_INDENT = 4
_LINES_BEFORE_SIGNATURE = 2
_TITLE_LINE = 20
_TITLE_HEIGHT = 640
_BODY_LINE = 28
_FEW_LINES = 6
_NEVER = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_HEADINGS = {1: HEI, 2: KAI, 3: BODY, 4: BODY}


def to_docx(document: Document, *, foot_apart: bool = False, end_apart: bool = False) -> bytes:
    """The file. Links are left out: a printed paper has none.

    foot_apart: the 版记 has a last page to itself; end_apart: what stays with the signature begins the page before it.
    """
    file = docx.Document()
    prepare(file, title=document.title.replace("\n", ""), mark=document.mark, check=document.check)
    body = file.element.body
    charts = Charts(file)
    last = len(document.blocks) - 1 if document.signature or document.date else None
    blocks = [_block(block, charts, before_signature=at == last) for at, block in enumerate(document.blocks)]
    printed = [*_head(document), *chain(*blocks), *_names(document), *_signed(document), *_attached(document, charts)]
    if end_apart:
        begin_page(printed[_last_chain(printed)])
    if foot_apart:
        printed.append(paragraph([], Form(page=True)))
    place = len(printed) - 1 if foot_apart else _last_chain(printed)
    for element in [*printed[:place], *_foot(document), *printed[place:]]:
        body.insert(len(body) - 1, element)
    return _packed(file)


def _last_chain(printed: Sequence[Element]) -> int:
    """Where the paragraphs begin that stay on a page with the last; what floats stands on the page of the next."""
    place = len(printed) - 1
    while place > 0 and printed[place - 1].find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None:
        place -= 1
    return place


@dataclass(slots=True)
class Charts:
    """The charts of a file, numbered as they come."""

    file: DocxDocument
    number: int = 0

    def put(self, chart: Chart) -> list[Element]:
        """The chart and its caption, which stay together."""
        self.number += 1
        above = paragraph([], Form(align="center", line=0, snap=False, keep_next=True))
        above.append(el("r", drawing(self.file, chart, self.number)))
        return [above, paragraph([(chart.caption, False, CELL)], Form(align="center"))]


def _head(document: Document) -> Iterator[Element]:
    centred = Form(align="center", keep_next=True)
    for line in title_lines(document):
        yield paragraph([(line, False, TITLE)], Form(align="center", line=_TITLE_HEIGHT, snap=False, keep_next=True))
    if document.number:
        yield paragraph([(document.number, False, BODY)], centred)
    yield paragraph([], centred)
    if document.recipient:
        yield paragraph([(f"{document.recipient}：", False, BODY)], Form())


def title_lines(document: Document) -> list[str]:
    """The title's lines; one too long for a line is divided after the signing organ's name."""
    lines: list[str] = []
    organ = document.signature or ""
    for line in document.title.split("\n"):
        if organ and len(line) > _TITLE_LINE and line.startswith(organ) and line != organ:
            lines += [organ, line.removeprefix(organ)]
        else:
            lines.append(line)
    return lines


def _block(block: Block, charts: Charts, *, before_signature: bool = False) -> list[Element]:
    """One block. A last paragraph that is not long goes with the signature, which then never stands alone."""
    match block:
        case Heading(level, text, runs):
            form = Form(indent=2, keep_next=not runs, outline=None if runs else level)
            return [paragraph([(text, False, _HEADINGS[level]), *_pieces(runs)], form)]
        case Paragraph(runs):
            return [paragraph(_pieces(runs), Form(indent=2, keep_next=before_signature and _is_short(runs)))]
        case Table(rows, header):
            cells = [[_pieces(cell, CELL) for cell in row] for row in rows]
            return [table([(text, False, HEADER_CELL) for text in header], cells)]
        case Chart():
            return charts.put(block)


def _is_short(runs: Runs) -> bool:
    """Few enough lines that moving them to the next page leaves no hole."""
    return half_widths(plain(runs)) <= 2 * _BODY_LINE * _FEW_LINES


def _pieces(runs: Runs, look: Look = BODY) -> list[Piece]:
    return [(run.text, run.bold, look) for run in runs]


def _names(document: Document) -> Iterator[Element]:
    """附件 with their names, one line below the text."""
    for number, name in enumerate(document.attachment_names):
        if number == 0:
            yield paragraph([], Form(keep_next=True))
        lead = "附件：" if number == 0 else "　" * len("附件：")
        yield paragraph([(lead + name, False, BODY)], Form(indent=2, keep_next=True))


def _signed(document: Document) -> Iterator[Element]:
    """署名 and 成文日期, one centred over the other as on a sealed paper; then what is noted in brackets."""
    signed = [text for text in (document.signature, document.date) if text]
    if signed:
        for _ in range(_LINES_BEFORE_SIGNATURE):
            yield paragraph([], Form(keep_next=True))
        for text, right in zip(signed, _right_indents(signed), strict=True):
            form = Form(align="right", right=right, keep_next=text is not signed[-1])
            yield paragraph([(text, False, BODY)], form)
    for note in document.notes:
        yield paragraph([(f"（{note}）", False, BODY)], Form(indent=2))


def _attached(document: Document, charts: Charts) -> Iterator[Element]:
    """Every attachment on a page of its own: 附件 with its number, the title, what it says."""
    for number, one in enumerate(document.attachments, start=1):
        mark = f"附件{number}" if len(document.attachments) > 1 else "附件"
        yield paragraph([(mark, False, HEI)], Form(page=True))
        yield paragraph([], Form(keep_next=True))
        yield paragraph([(one.title, False, TITLE)], Form(align="center", line=_TITLE_HEIGHT, snap=False))
        yield paragraph([], Form(keep_next=True))
        for block in one.blocks:
            yield from _block(block, charts)


def _foot(document: Document) -> Iterator[Element]:
    """版记 at the foot of the page on which the paper ends."""
    if document.footer:
        yield foot_table([(line, False, FOOT) for line in document.footer])


def _right_indents(lines: Sequence[str]) -> list[int]:
    """In half characters: the last line, the date, keeps four characters free, and the others stand over its
    middle; where the longest would leave the page, it ends at the edge."""
    widths = [half_widths(line) for line in lines]
    widest = max(widths)
    edge = max(0, 2 * _DATE_INDENT - (widest - widths[-1]) // 2)
    return [edge + (widest - width) // 2 for width in widths]


def half_widths(text: str) -> int:
    """The printed width in half characters: Latin letters and figures take one, Chinese characters two."""
    return sum(1 if ord(sign) < 0x2000 else 2 for sign in text)


def _packed(file: DocxDocument) -> bytes:
    """The parts, stored uncompressed under a fixed time: neither clock nor compressor shows in the bytes."""
    raw, packed = io.BytesIO(), io.BytesIO()
    file.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _NEVER)
            entry.create_system = _UNIX
            target.writestr(entry, source.read(part))
    return packed.getvalue()
