"""The page of GB/T 9704: A4, 22 lines of 28 characters, fonts by name, page numbers, mark above the text."""

from __future__ import annotations

from datetime import UTC, datetime

from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm

from fadu.infra.official.docx_check import put_check
from fadu.infra.official.docx_xml import LINE, TIGHTER, Element, Form, Look, el, paragraph, run
from fadu.infra.official.model import Check

BODY = Look("仿宋_GB2312", 32, tighter=True)
HEI = Look("黑体", 32, tighter=True)
KAI = Look("楷体_GB2312", 32, tighter=True)
TITLE = Look("方正小标宋简体", 44)
FOOT = Look("仿宋_GB2312", 28)
CELL = Look("仿宋_GB2312", 24)
HEADER_CELL = Look("黑体", 24)
_MARK = Look("黑体", 28)
_NUMBER = Look("宋体", 28, latin="宋体")
_SMALL_LINE = 400
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)
_NEEDED = ("/styles", "/settings", "/core-properties", "/officeDocument")


def prepare(file: DocxDocument, *, title: str, mark: str | None, check: Check | None) -> None:
    """Make the library's blank file a blank official page with fixed properties."""
    _strip(file)
    _set_styles(file)
    _set_properties(file, title)
    section = file.sections[0]
    _set_page(section)
    file.settings.odd_and_even_pages_header_footer = True
    _put(section.footer, _page_number("right"))
    _put(section.even_page_footer, _page_number("left"))
    if check:
        put_check(section.footer, check, "left")
        put_check(section.even_page_footer, check, "right")
    if mark:
        for header in (section.header, section.even_page_header):
            _put(header, paragraph([(mark, False, _MARK)], Form(align="center", line=_SMALL_LINE)))


def _strip(file: DocxDocument) -> None:
    """Leave out the parts of the library's blank file that a paper does not use."""
    for relations in (file.part.rels, file.part.package.rels):
        for key, relation in list(relations.items()):
            if not relation.reltype.endswith(_NEEDED):
                del relations[key]
    settings = file.settings.element
    for child in list(settings):
        if child.tag not in (qn("w:characterSpacingControl"), qn("w:compat"), qn("w:defaultTabStop")):
            settings.remove(child)
    language = el("themeFontLang", val="zh-CN", eastAsia="zh-CN")
    settings.append(language)


def _set_styles(file: DocxDocument) -> None:
    """One style: the body. Everything else is said at each paragraph and run."""
    styles = file.styles.element
    for child in list(styles):
        styles.remove(child)
    fonts = el("rFonts", ascii=BODY.latin, hAnsi=BODY.latin, eastAsia=BODY.font, cs=BODY.latin)
    look = el("rPr", fonts, el("spacing", val=TIGHTER), el("sz", val=BODY.size), el("szCs", val=BODY.size))
    look.append(el("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    lines = el("spacing", before=0, after=0, line=LINE, lineRule="exact")
    form = el("pPr", el("widowControl", val=0), lines)
    style = el("style", el("name", val="Normal"), el("qFormat"), form, look, type="paragraph", default=1)
    style.set(qn("w:styleId"), "Normal")
    styles.append(style)


def _set_properties(file: DocxDocument, title: str) -> None:
    properties = file.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "", ""
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = _STAMP
    properties.revision = 1


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(20), Mm(21)
    properties: Element = section._sectPr
    grid = properties.find(qn("w:docGrid"))
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE))


def _page_number(side: str) -> Element:
    """— 1 —, one character away from the outer edge."""
    field = el("fldSimple", run("1", False, _NUMBER), instr=" PAGE ")
    line = paragraph(
        [("— ", False, _NUMBER)], Form(align="right" if side == "right" else "left", side=1, line=_SMALL_LINE)
    )
    line.append(field)
    line.append(run(" —", False, _NUMBER))
    return line


def _put(part: _Header | _Footer, line: Element) -> None:
    """Make one paragraph the whole content of a header or footer."""
    part.is_linked_to_previous = False
    element: Element = part._element
    for child in list(element):
        element.remove(child)
    element.append(line)
