"""Official documents: the text form, the .docx read back, the printed page of 22 lines of 28 characters, HTML."""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from itertools import cycle, islice
from xml.etree import ElementTree

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from fadu.infra.official import (
    Attachment,
    Chart,
    Check,
    Document,
    Heading,
    Paragraph,
    Run,
    Series,
    Table,
    escaped,
    paper,
    parse,
    parse_blocks,
    to_docx,
    to_html,
)
from fadu.infra.official.docx import half_widths, title_lines
from fadu.infra.official.docx_xml import WIDTH, column_widths
from fadu.infra.official.model import heading_level
from fadu.infra.official.pdf import office, printed, to_pdfs
from fadu.infra.official.qr import svg

DECISION = """# 临江市人民政府
# 行政复议决定书

申请人：张某，住临江市胜利路12号。

## 一、申请人的请求

请求撤销《行政处罚决定书》（临市监罚〔2023〕12号）。
## （一）事实
## 1.证据
## （2）目录
### 其他

| 序号 | 证据名称 |
| --- | --- |
| 1 | **现场**笔录 |
| 2 | 询问笔录 |

本机关认为，该决定**程序违法**，应予撤销。
"""


def decision() -> Document:
    """A paper with everything a paper can have."""
    return replace(
        parse(DECISION),
        number="临政复决〔2023〕12号",
        recipient="张某",
        signature="临江市人民政府",
        date="2023年5月12日",
        mark="演示",
        footer=("抄送：临江市市场监督管理局。", "临江市司法局2023年5月12日印发"),
    )


def looks(text: str, data: bytes) -> tuple[str, float, str]:
    """Chinese font, size in points and alignment of the paragraph that begins with a text."""
    for found in docx.Document(io.BytesIO(data)).paragraphs:
        if found.text.startswith(text):
            run = found.runs[0]
            fonts = run._element.rPr.find(qn("w:rFonts"))
            return fonts.get(qn("w:eastAsia")), run.font.size.pt, found._p.pPr.find(qn("w:jc")).get(qn("w:val"))
    raise AssertionError(f"no paragraph begins with {text}")


# ---------------------------------------------------------------- the text form


def test_the_text_form_becomes_blocks() -> None:
    document = parse(DECISION)
    assert document.title == "临江市人民政府\n行政复议决定书"
    kinds = [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]
    assert kinds == [(1, "一、申请人的请求"), (2, "（一）事实"), (3, "1.证据"), (4, "（2）目录"), (2, "其他")]
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert table.header == ("序号", "证据名称")
    assert table.rows[0] == ((Run("1"),), (Run("现场", bold=True), Run("笔录")))
    assert document.blocks[-1] == Paragraph(
        (Run("本机关认为，该决定"), Run("程序违法", bold=True), Run("，应予撤销。"))
    )


def test_every_line_is_a_paragraph_and_a_numbered_line_is_no_heading() -> None:
    blocks = parse_blocks("申请人：甲\n申请人：乙\n\n一、撤销该决定；")
    assert blocks == tuple(Paragraph((Run(text),)) for text in ("申请人：甲", "申请人：乙", "一、撤销该决定；"))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、总则", 1),
        ("十二、附则", 1),
        ("（三）目标", 2),
        ("4.措施", 3),
        ("(5)步骤", 4),
        ("（6）步骤", 4),
        ("总则", None),
    ],
)
def test_the_number_shows_the_level(text: str, level: int | None) -> None:
    assert heading_level(text) == level


def test_words_of_people_do_not_become_signs() -> None:
    nasty = "# 标题 | 一 ** 二 ** \\"
    assert parse_blocks(escaped(nasty)) == (Paragraph((Run(nasty),)),)
    (table,) = parse_blocks(f"| {escaped('甲|乙')} | 丙 |")
    assert table == Table(rows=(((Run("甲|乙"),), (Run("丙"),)),))


def test_a_text_without_title_and_a_crooked_table_are_refused() -> None:
    with pytest.raises(ValueError, match="第一行应当是"):
        parse("没有标题")
    with pytest.raises(ValueError, match=r"格数不一致：\| 甲 \|"):
        parse_blocks("| 甲 |\n| 乙 | 丙 |")


def test_number_and_recipient_take_their_places() -> None:
    text = "# 行政复议受理通知书\n\n临政复受〔2024〕1号\n\n张三、李四：\n\n你不服某局的处罚决定：\n"
    document = paper(text, organ="临江市人民政府", number="临政复受〔2024〕1号", date="2024年3月1日", mark="演示")
    assert document == Document(
        title="临江市人民政府\n行政复议受理通知书",
        number="临政复受〔2024〕1号",
        recipient="张三、李四",
        blocks=(Paragraph((Run("你不服某局的处罚决定："),)),),
        signature="临江市人民政府",
        date="2024年3月1日",
        mark="演示",
    )
    unnumbered = paper("# 告知书\n申请人：甲", organ="乙局", date="2024年3月1日")
    assert (unnumbered.number, unnumbered.recipient, len(unnumbered.blocks)) == (None, None, 1)


# ---------------------------------------------------------------- .docx


def test_the_docx_reads_back_with_standard_fonts() -> None:
    data = to_docx(decision())
    assert looks("临江市人民政府", data) == ("方正小标宋简体", 22, "center")
    assert looks("临政复决", data) == ("仿宋_GB2312", 16, "center")
    assert looks("张某：", data) == ("仿宋_GB2312", 16, "both")
    assert looks("一、", data) == ("黑体", 16, "both")
    assert looks("（一）", data) == ("楷体_GB2312", 16, "both")
    assert looks("2023年5月12日", data) == ("仿宋_GB2312", 16, "right")
    read = docx.Document(io.BytesIO(data))
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["序号", "证据名称"],
        ["1", "现场笔录"],
        ["2", "询问笔录"],
    ]
    for run in read.element.body.iter(qn("w:r")):
        assert run.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), "a run without a Chinese font"


def test_page_number_and_mark_stand_on_odd_and_even_pages() -> None:
    section = docx.Document(io.BytesIO(to_docx(decision()))).sections[0]
    assert section.header.paragraphs[0].text == section.even_page_header.paragraphs[0].text == "演示"
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (line,) = footer.paragraphs
        assert "".join(text.text for text in line._p.iter(qn("w:t"))) == "— 1 —"
        assert line._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert line._p.find(qn("w:fldSimple")).get(qn("w:instr")) == " PAGE "
    unmarked = docx.Document(io.BytesIO(to_docx(replace(decision(), mark=None)))).sections[0]
    assert unmarked.header.is_linked_to_previous


def test_the_bytes_are_the_same_at_another_time_and_in_another_process() -> None:
    first = to_docx(decision())
    time.sleep(2.1)  # the stamps of a zip file have two seconds' precision
    assert to_docx(decision()) == first
    program = (
        "import hashlib, sys; from fadu.infra.official import parse, to_docx;"
        "print(hashlib.sha256(to_docx(parse(sys.stdin.read()))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=DECISION,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "", "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(digests) == 1
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {part.compress_type for part in file.infolist()} == {zipfile.ZIP_STORED}
        assert b"python-docx" not in b"".join(file.read(part) for part in file.infolist())


def test_a_long_title_is_divided_after_the_organ() -> None:
    organ = "内蒙古自治区巴彦淖尔市临河区人民政府"
    document = Document(title=f"{organ}2023年法治政府建设情况报告", blocks=(), signature=organ)
    assert title_lines(document) == [organ, "2023年法治政府建设情况报告"]
    assert title_lines(replace(document, title="短标题")) == ["短标题"]


def test_date_keeps_four_characters_and_the_organ_stands_over_its_middle() -> None:
    assert half_widths("2023年5月12日") == 7 + 6
    for organ, date, organ_right, date_right in [
        ("临江市人民政府", "2023年5月12日", 8, 8),
        ("内蒙古自治区巴彦淖尔市临河区人民政府", "2023年5月12日", 0, 11),
    ]:
        data = to_docx(Document(title="题", blocks=(), signature=organ, date=date))
        rights = {
            p.text: int(p._p.pPr.find(qn("w:ind")).get(qn("w:right")))
            for p in docx.Document(io.BytesIO(data)).paragraphs
        }
        assert (rights[organ], rights[date]) == (organ_right * 315 // 2, date_right * 315 // 2)


def test_short_columns_get_what_they_need() -> None:
    widths = column_widths([["序号", "证据名称", "证明内容"], ["1", "现场检查笔录", "很长的" * 20]])
    assert sum(widths) == WIDTH
    assert widths[1] >= 6 * 240 + 2 * 108
    assert widths[2] > WIDTH // 2
    assert sum(column_widths([["甲" * 8] * 9])) == WIDTH


# ---------------------------------------------------------------- the printed page

needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")


def pdf_of(document: Document) -> bytes:
    (pdf,) = to_pdfs([to_docx(document)])
    return pdf


def pages(data: bytes) -> list[list[str]]:
    """The lines of every page of a PDF, from top to bottom."""
    document = pypdfium2.PdfDocument(data)
    return [document[number].get_textpage().get_text_range().split("\r\n") for number in range(len(document))]


@pytest.mark.office
@needs_office
def test_a_full_page_has_22_lines_of_28_characters() -> None:
    letters = "法律规定行政机关应当依照程序办理案件并且在期限之内作出决定送达当事人公开接受监督"
    text = "".join(islice(cycle(letters), 28 * 70))
    whole = Document(title="试印", blocks=(Paragraph((Run(text),)),), check=CHECK)
    printed = pages(pdf_of(whole))
    assert len(printed) == 4
    for number, lines in enumerate(printed[1:3], start=2):
        *body, foot, how = [line for line in lines if line.strip()]
        assert f"—{number}—" in foot.replace(" ", "")
        assert (CHECK.code in foot, how) == (True, CHECK.lines[1])
        assert [len(line) for line in body] == [28] * 22
    assert "".join("".join(lines[:-2]) for lines in printed).replace("试印", "").replace(" ", "")[:40] == text[:40]


@pytest.mark.office
@needs_office
def test_the_type_area_is_where_the_standard_puts_it() -> None:
    text = "".join(islice(cycle("国家机关公文版式"), 28 * 50))
    pdf = pypdfium2.PdfDocument(pdf_of(Document(title="试印", blocks=(Paragraph((Run(text),)),))))
    page = pdf[1]
    width, height = page.get_size()
    assert (round(width), round(height)) == (595, 842)
    words = page.get_textpage()
    boxes = [
        words.get_charbox(i) for i in range(words.count_chars()) if words.get_text_range(i, 1) in "国家机关公文版式"
    ]
    millimetre = 72 / 25.4
    assert min(box[0] for box in boxes) == pytest.approx(28 * millimetre, abs=2)
    assert max(box[2] for box in boxes) == pytest.approx(184 * millimetre, abs=4)
    assert max(box[3] for box in boxes) == pytest.approx(height - 37 * millimetre, abs=10)
    assert min(box[1] for box in boxes) == pytest.approx(35 * millimetre, abs=10)


@pytest.mark.office
@needs_office
def test_a_whole_paper_prints_on_its_pages() -> None:
    (only,) = pages(pdf_of(replace(decision(), footer=())))
    text = "".join(only).replace(" ", "")
    for part in ("演示", "行政复议决定书", "临政复决〔2023〕12号", "张某：", "现场笔录", "2023年5月12日", "—1—"):
        assert part in text, part


@pytest.mark.office
@needs_office
def test_the_last_lines_stand_at_the_foot_of_the_page_with_the_signature() -> None:
    for pdf in to_pdfs([to_docx(filled(filling)) for filling in (0, 7, 9)]):
        file = pypdfium2.PdfDocument(pdf)
        page = file[len(file) - 1].get_textpage()
        text = page.get_text_range().replace(" ", "").replace("\r\n", "")
        for part in ("应予撤销。", "2023年5月12日", "抄送：临江市市场监督管理局。", "2023年5月12日印发"):
            assert part in text, part
        signs = (at for at in range(page.count_chars()) if page.get_text_range(at, 1) in "抄印发送")
        bottom = min(page.get_charbox(at)[1] for at in signs)
        assert bottom == pytest.approx(35 * 72 / 25.4, abs=12)


def filled(paragraphs: int) -> Document:
    """The decision, longer by so many short paragraphs."""
    more = tuple(Paragraph((Run(f"第{number}段"),)) for number in range(paragraphs))
    return replace(decision(), blocks=(*more, *decision().blocks))


@pytest.mark.office
@needs_office
@pytest.mark.parametrize(("filling", "even", "apart"), [(0, 2, True), (22, 4, True), (45, 4, False)])
def test_the_last_page_with_its_lines_at_the_foot_is_even(filling: int, even: int, apart: bool) -> None:
    """After one page a second for them alone; on the fourth where the text ends there, or where the text leaves no room
    for them on the second, whose last lines then stand on the third."""
    found = pages(printed(filled(filling)))
    assert len(found) == even
    last = "".join(found[-1]).replace(" ", "")
    assert "抄送：临江市市场监督管理局。" in last
    assert ("应予撤销。" not in last) is apart
    assert "2023年5月12日" in "".join(found[-2 if apart else -1]).replace(" ", "")


@pytest.mark.parametrize("last", [Paragraph((Run("附表说明"),)), Table((((Run("甲"),),),))])
def test_a_paper_that_ends_with_an_attachment_begins_its_last_page_with_it(last: Paragraph | Table) -> None:
    """Nothing there stays with a signature."""
    whole = replace(decision(), attachments=(Attachment("附表", (Paragraph((Run("说明"),)), last)),))
    body = docx.Document(io.BytesIO(to_docx(whole, foot_apart=True, end_apart=True))).element.body
    begins = [one.getparent().getparent() for one in body.iter(qn("w:pageBreakBefore"))]
    assert {"".join(text.text for text in one.iter(qn("w:t"))) for one in begins} & {"附表说明", "甲"}


CHECK = Check("7K2M-QX0R-4TNB-5W9C", "https://fuwu.example.gov.cn/open/verify/7K2M-QX0R-4TNB-5W9C/")


def test_the_code_stands_in_the_margin_of_every_page_and_not_in_the_text() -> None:
    data = to_docx(replace(decision(), check=CHECK))
    assert data == to_docx(replace(decision(), check=CHECK))
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(io.BytesIO(to_docx(decision()))) as without:
        assert file.read("word/document.xml") == without.read("word/document.xml")
        assert [name for name in file.namelist() if name.endswith(".png")] == ["word/media/image1.png"]
    section = docx.Document(io.BytesIO(data)).sections[0]
    for foot in (section.footer, section.even_page_footer):
        *lines, number = [line.text for line in foot.paragraphs]
        assert lines == ["核验码　7K2M-QX0R-4TNB-5W9C", "扫描二维码，可以核验本文书"]
        assert number.startswith("—")


def test_a_code_that_leads_nowhere_is_to_be_typed() -> None:
    typed = Check("7K2M-QX0R-4TNB-5W9C")
    assert (typed.said, CHECK.said) == (typed.code, CHECK.address)
    assert "输入核验码" in typed.lines[1]
    assert svg(typed.said).startswith(b"<svg")


CHART = Chart("图1 收案逐月情况（件）", ("1月", "2月"), (Series("2022年", (3, 0)), Series("2023年", (5, None))))


def test_a_chart_is_a_chart_of_word_with_its_numbers_inside() -> None:
    attached = Attachment("逐月情况", (CHART,))
    data = to_docx(Document(title="题", blocks=(), attachments=(attached, Attachment("其他", ()))))
    assert data == to_docx(Document(title="题", blocks=(), attachments=(attached, Attachment("其他", ()))))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = ElementTree.fromstring(file.read("word/charts/chart1.xml"))
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    series = root.iter(f"{{{space['c']}}}ser")
    numbers = [[value.text for value in one.findall(".//c:val//c:v", space)] for one in series]
    assert numbers == [["3", "0"], ["5"]]
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
    for line in ("附件：1. 逐月情况", "　　　2. 其他", "附件1", "附件2", "图1 收案逐月情况（件）"):
        assert line in texts


@pytest.mark.office
@needs_office
def test_the_chart_is_printed_with_its_caption_and_rates_do_not_break() -> None:
    rates = Paragraph((Run("，".join("办结率为100.00%" for _ in range(40))),))
    document = Document(title="题", blocks=(rates,), attachments=(Attachment("逐月情况", (CHART,)),))
    first, second = pages(pdf_of(document))
    assert not any(line.lstrip().startswith(("%", "0")) for line in first)
    text = "".join(second).replace(" ", "")
    for part in ("附件", "2022年", "2023年", "1月", "图1收案逐月情况（件）"):
        assert part in text


@pytest.mark.office
@needs_office
def test_a_signature_never_stands_alone() -> None:
    lengths = range(15, 20)
    for lines, pdf in zip(lengths, to_pdfs([to_docx(notice(lines)) for lines in lengths]), strict=True):
        last = "".join(pages(pdf)[-1]).replace(" ", "")
        assert f"第{lines - 1}段" in last
        assert "2024年3月1日" in last


def notice(lines: int) -> Document:
    """A paper of so many short paragraphs."""
    blocks = tuple(Paragraph((Run(f"第{number}段"),)) for number in range(lines))
    return Document(title="通知", blocks=blocks, signature="某市人民政府", date="2024年3月1日")


# ---------------------------------------------------------------- HTML


def test_html_is_escaped_and_carries_no_style() -> None:
    bad = "<script>alert('甲')</script>&\"乙\""
    document = Document(
        title=bad,
        number=bad,
        recipient=bad,
        blocks=(
            Heading(1, bad),
            Heading(2, bad, (Run(bad),)),
            Paragraph((Run(bad, bold=True, link='/figures/a?x="1"&y=2', kind="figure"), Run(bad, kind="figure"))),
            Table(rows=(((Run(bad),),),), header=(bad,)),
        ),
        signature=bad,
        date=bad,
        mark=bad,
        notes=(bad,),
        attachments=(Attachment(bad, (Chart(bad, (bad,), ()),)),),
        footer=(bad,),
    )
    page = to_html(document)
    assert "<script" not in page
    assert "style=" not in page
    assert page.count("&lt;script&gt;") == 20
    assert '<a class="figure" href="/figures/a?x=&quot;1&quot;&amp;y=2">' in page
    assert '<span class="figure">' in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//elsewhere.example", "https://elsewhere.example", "/\\x"])
def test_a_paper_links_only_into_the_house(link: str) -> None:
    with pytest.raises(ValueError, match="只能指向本站"):
        to_html(Document(title="题", blocks=(Paragraph((Run("甲", link=link),)),)))


@pytest.mark.parametrize(("columns", "stacked"), [(4, False), (5, True)])
def test_a_wide_table_stands_row_below_row_on_a_narrow_screen(columns: int, stacked: bool) -> None:
    header = tuple(f"第{number}栏" for number in range(columns))
    row = tuple((Run("甲"),) for _ in header)
    page = to_html(Document(title="题", blocks=(Table((row,), header),)))
    assert ('class="official-table stack"' in page) is stacked
    assert page.count('<td data-label="第') == (columns if stacked else 0)


def test_html_keeps_the_order_of_a_paper() -> None:
    page = to_html(decision())
    wanted = ["official-mark", "official-title", "official-number", "official-recipient", "official-level-1"]
    wanted += ["official-table", "official-signature", "official-date", "official-footer"]
    positions = [page.index(f'class="{name}"') for name in wanted]
    assert positions == sorted(positions)
