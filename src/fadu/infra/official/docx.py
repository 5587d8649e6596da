"""A document as .docx in the form of GB/T 9704; the same document gives the same bytes on every machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document as DocxDocument

from fadu.infra.official.docx_page import BODY, CELL, FOOT, HEADER_CELL, HEI, KAI, TITLE, prepare
from fadu.infra.official.docx_xml import Element, Form, Look, Piece, paragraph, table
from fadu.infra.official.model import Block, Document, Heading, Paragraph, Runs, Table, plain

_DATE_INDENT = 4
_LINES_BEFORE_SIGNATURE = 2
_TITLE_LINE = 20
_TITLE_HEIGHT = 640
_BODY_LINE = 28
_FEW_LINES = 6
_NEVER = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_HEADINGS = {1: HEI, 2: KAI, 3: BODY, 4: BODY}


def to_docx(document: Document) -> bytes:
    """The file. Links are left out: a printed paper has none."""
    file = docx.Document()
    prepare(file, title=document.title.replace("\n", ""), mark=document.mark)
    body = file.element.body
    last = len(document.blocks) - 1 if document.signature or document.date else None
    blocks = [_block(block, before_signature=number == last) for number, block in enumerate(document.blocks)]
    for element in [*_head(document), *blocks, *_foot(document)]:
        body.insert(len(body) - 1, element)
    return _packed(file)


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


def _block(block: Block, *, before_signature: bool) -> Element:
    """One block. A last paragraph that is not long goes with the signature, which then never stands alone."""
    match block:
        case Heading(level, text, runs):
            form = Form(indent=2, keep_next=not runs, outline=None if runs else level)
            return paragraph([(text, False, _HEADINGS[level]), *_pieces(runs)], form)
        case Paragraph(runs):
            return paragraph(_pieces(runs), Form(indent=2, keep_next=before_signature and _is_short(runs)))
        case Table(rows, header):
            cells = [[_pieces(cell, CELL) for cell in row] for row in rows]
            return table([(text, False, HEADER_CELL) for text in header], cells)


def _is_short(runs: Runs) -> bool:
    """Few enough lines that moving them to the next page leaves no hole."""
    return half_widths(plain(runs)) <= 2 * _BODY_LINE * _FEW_LINES


def _pieces(runs: Runs, look: Look = BODY) -> list[Piece]:
    return [(run.text, run.bold, look) for run in runs]


def _foot(document: Document) -> Iterator[Element]:
    """署名 and 成文日期, one centred over the other as on a sealed paper; then 版记 between two rules."""
    signed = [text for text in (document.signature, document.date) if text]
    if signed:
        for _ in range(_LINES_BEFORE_SIGNATURE):
            yield paragraph([], Form(keep_next=True))
        for text, right in zip(signed, _right_indents(signed), strict=True):
            form = Form(align="right", right=right, keep_next=text is not signed[-1])
            yield paragraph([(text, False, BODY)], form)
    if document.footer:
        yield paragraph([], Form(keep_next=True))
    last = len(document.footer) - 1
    for position, line in enumerate(document.footer):
        form = Form(side=1, rule_above=position == 0, rule_below=position == last, keep_next=position < last)
        yield paragraph([(line, False, FOOT)], form)


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
