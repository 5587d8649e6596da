"""Files of all kinds go in; what cannot be read is told in a sentence."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from decimal import Decimal
from importlib import util
from pathlib import Path

import docx
import pypdfium2
import pytest

from fadu.report_reader import read
from fadu.report_reader.inputs import NotReadable, load, load_bytes, pdf, scan, web_page
from fadu.report_reader.inputs.pdf import MOST_PAGES
from tests.report_reader import files

TEXT = "2023年,全区共收到行政复议申请71件,其中受理50件,其他方式处理21件。全年召开会议4次。" * 3
KINDS = {"text": files.plain, "html": files.web, "docx": files.word, "pdf": files.pdf}
Maker = Callable[[list[str]], bytes]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_of_any_encoding(encoding: str) -> None:
    assert load_bytes(TEXT.encode(encoding)).text == TEXT


def test_traditional_text_in_big5() -> None:
    text = "全年共受理行政覆議申請七十一件，其中受理五十件，召開會議四次。" * 4
    assert load_bytes(text.encode("big5")).text == text


def test_a_broken_byte_does_not_spoil_the_text() -> None:
    data = TEXT.encode()
    assert "申请71件" in load_bytes(data[:9] + b"\xff" + data[9:]).text
    assert "申请71件" in load_bytes(data[:-1]).text


@pytest.mark.parametrize("name", ["hex", "undefined", "punycode", "utf-7", "no-such", "iso-8859-1"])
def test_a_strange_declared_encoding_is_not_followed(name: str) -> None:
    data = f"<meta charset={name}>".encode() + f"<p>{TEXT}</p>".encode("gb18030") * 3
    assert "行政复议申请71件" in load_bytes(data).text


def test_the_encoding_is_told_by_the_first_chinese_signs_however_late_they_come() -> None:
    data = b"<html><script>" + b"var a = 1;" * 30_000 + b"</script>" + f"<p>{TEXT}</p>".encode("gb18030") * 3
    assert "行政复议申请71件" in load_bytes(data).text


# ---------------------------------------------------------------- what stands in files of every kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("全区受理案件１２件，办结率９８．５％。", ["12件", "98.5%"]),
        ("全年共受理来信1\n024件，答复率100\n%，办结3件。", ["1024件", "100%", "3件"]),
        ("受理\xa050\xa0件，办结\u300049\u2003件。", ["50件", "49件"]),
        ("为⺠办实事16件，走访⻔店12家。", ["16件", "12家"]),
        ("受理**件，办结＊＊件，约谈1**人，发函**5份，满意率9*%，另有3件。", ["3件"]),
        ("受理×件，办结××件，处罚XX人，另有3件。", ["3件"]),
    ],
)
def test_signs_of_a_line_in_files_of_every_kind(kind: str, line: str, figures: list[str]) -> None:
    loaded = load_bytes(KINDS[kind]([line]))
    assert loaded.form == kind
    found = read(loaded.text).claims
    assert [f"{one.value}{one.unit}" for one in found] == figures
    assert not any("⺠" in one.measure + one.sentence for one in found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_broken_over_lines_is_read_as_one(kind: str) -> None:
    lines = [
        "全区各级行政机关认真贯彻落实法治政府建设实施纲要的各项",
        "任务，推动行政复议工作提质增效，全年全区各级行政复议机关",
        "共办理行政复议案件36件，同时办理人民来信、来电和网上留言",
        "共计412件，做到件件有着落、事事有回音，群众满意度持续提高",
    ]
    found = read(load_bytes(KINDS[kind](["\n".join(lines)])).text).claims
    assert [(one.value, one.unit) for one in found] == [(36, "件"), (412, "件")]
    assert "行政复议机关共办理行政复议案件" in found[0].sentence


@pytest.mark.parametrize("kind", ["text", "html", "docx"])
def test_a_table_in_files_that_have_tables(kind: str) -> None:
    lines = ["部门\t受理(件)\t办结率", "甲局\t１２\t98％", "乙局\t**\t－", "丙局\t8\t100%", "合计\t20\t99%"]
    reading = read(load_bytes(KINDS[kind](lines)).text)
    told = [(one.measure, one.value, one.unit) for one in reading.claims]
    assert told[:3] == [("甲局受理(件)", 12, "件"), ("甲局办结率", 98, "%"), ("丙局受理(件)", 8, "件")]
    assert [one.verdict for one in reading.relations] == ["holds"]


def test_a_space_written_as_an_entity_is_no_sign() -> None:
    reading = read("共受理&nbsp;50&nbsp;件，办结&#160;49件。")
    assert [(one.raw, one.value) for one in reading.claims] == [("50", 50), ("49", 49)]


# ---------------------------------------------------------------- pages of the web


def page(body: str, charset: str = "utf-8") -> str:
    """A page as governments publish them: menu, place, text, footer."""
    return (
        f'<html><head><meta charset="{charset}"><title>报告</title></head><body><div class="nav"><ul><li>首页</li>'
        f'<li>信箱 12</li></ul></div><div class="content"><h1>2023年法治政府建设情况报告</h1>{body}</div>'
        '<div class="footer">ICP备13003680号 电话：0478-8526765</div><script>var n = 12345;</script></body></html>'
    )


def test_a_page_gives_its_main_text() -> None:
    loaded = load_bytes(page("".join(f"<p>{TEXT}</p>" for _ in range(4))).encode())
    assert loaded.form == "html"
    assert "行政复议申请71件" in loaded.text
    assert "12345" not in loaded.text


def test_a_page_that_declares_its_encoding_wrongly_is_read_all_the_same() -> None:
    assert "行政复议申请71件" in load_bytes(page(f"<p>{TEXT}</p>" * 4).encode("gb18030")).text


def test_merged_cells_of_a_page_keep_their_columns() -> None:
    rows = (
        "<tr><th rowspan=2>部门</th><th colspan=2>案件(件)</th></tr><tr><th>受理</th><th>办结</th></tr>"
        "<tr><td>甲局</td><td>12</td><td>10</td></tr><tr><td>合计</td><td>12</td><td>10</td></tr>"
    )
    loaded = load_bytes(page(f"<p>{TEXT}</p>" * 4 + f"<table>{rows}</table>").encode())
    measures = [one.measure for one in read(loaded.text).claims][-4:]
    assert measures == ["甲局案件(件)受理", "甲局案件(件)办结", "合计案件(件)受理", "合计案件(件)办结"]


def test_a_cell_over_several_rows_names_them_all_but_counts_once() -> None:
    rows = (
        "<tr><th rowspan='2²'>部门</th><th>环节</th><th>件数(件)</th><th>编制(名)</th></tr>"
        "<tr><td rowspan=2>甲局</td><td>受理</td><td>12</td><td rowspan=2>5</td></tr>"
        "<tr><td>办结</td><td>10</td></tr>"
    )
    loaded = load_bytes(page(f"<p>{TEXT}</p>" * 4 + f"<table>{rows}</table>").encode())
    told = [(one.measure, one.value) for one in read(loaded.text).claims][-3:]
    assert told == [("甲局受理件数(件)", 12), ("甲局受理编制(名)", 5), ("甲局办结件数(件)", 10)]


def test_a_page_of_boundless_cells_depth_or_comments_is_read() -> None:
    wide = "<table>" + "<tr><td colspan=99999>甲</td><td>12件</td></tr>" * 400 + "</table>"
    deep = "<div>" * 5000 + "<p>办理案件12件。</p>" + "</div>" * 5000
    assert load_bytes(page(f"<p>{TEXT}</p>" * 4 + wide).encode()).text.count("\t") < 400 * 200
    assert "71件" in load_bytes(page(f"<p>{TEXT}</p>" * 4 + deep).encode()).text
    assert not web_page.looks_like_html("<!---->" * 600 + "x")
    assert web_page.looks_like_html("<!-- a - b -->\n" * 40 + "<!DOCTYPE html>")


def test_a_large_page_is_read_without_looking_for_its_main_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_page, "LARGEST_PAGE", 1000)
    loaded = load_bytes(page(f"<p>{TEXT}</p>" * 40).encode())
    assert loaded.text.count("行政复议申请71件") == 40 * 3
    assert "12345" not in loaded.text


# ---------------------------------------------------------------- .docx


def test_paragraphs_and_tables_of_a_document() -> None:
    made = docx.Document()
    made.add_paragraph(TEXT)
    table = made.add_table(3, 3)
    for place, text in enumerate(("部门", "环节", "件数(件)", "甲局", "受理", "12", "", "办结", "10")):
        table.cell(place // 3, place % 3).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    made.save(out)
    loaded = load_bytes(out.getvalue())
    assert loaded.form == "docx"
    told = [(one.measure, one.value) for one in read(loaded.text).claims][-2:]
    assert told == [("甲局受理件数(件)", 12), ("甲局办结件数(件)", 10)]


def test_what_a_document_shows_is_read_and_what_was_struck_is_not() -> None:
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>受理12件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:ins><w:r><w:t>，办结10件</w:t></w:r></w:ins><w:del><w:r><w:delText>，办结9件</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>，约谈3人</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
        "<w:r><w:t>发函</w:t></w:r><w:r><w:t>5份</w:t></w:r></w:p>"
    )
    loaded = load_bytes(files.zipped("word/document2.xml", files.word_xml(body)))
    assert loaded.text == "受理12件\n，办结10件\n发函5份"


# ---------------------------------------------------------------- .pdf


def test_pages_of_a_pdf_without_numbers_and_running_heads() -> None:
    pages = [["某区人民政府", f"第{n}节办理案件{n}0件。", f"— {n} —"] for n in range(1, 5)]
    loaded = load_bytes(files.pdf(*pages))
    found = read(loaded.text).claims
    assert [(one.value, loaded.page_at(one.start)) for one in found] == [(10, 1), (20, 2), (30, 3), (40, 4)]
    assert "某区" not in loaded.text


def test_a_scanned_page_among_others_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    loaded = load_bytes(half_scanned())
    assert "受理12件" in loaded.text
    assert len(loaded.notes) == 1
    assert loaded.notes[0].startswith("第 2 页没有读：是扫描件，")
    assert "requirements/ocr.lock" in loaded.notes[0]
    with pytest.raises(NotReadable, match="PDF 是扫描件") as refused:
        load_bytes(files.scanned(files.pdf([TEXT[:40]])))
    assert refused.value.todo == scan.HOW
    assert (Path(__file__).parents[2] / scan.INSTALL.split()[-1]).is_file()


def half_scanned() -> bytes:
    """A page with text and one that is a picture."""
    made = pypdfium2.PdfDocument(files.pdf(["全年共受理12件，其中办结10件，办结率为83.3%。"]))
    made.import_pages(pypdfium2.PdfDocument(files.scanned(files.pdf(["甲"]))))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def box(left: float, top: float, right: float, low: float, text: str) -> list[object]:
    return [[[left, top], [right, top], [right, low], [left, low]], text, 0.99]


def test_recognised_boxes_become_lines_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [
        box(300, 102, 340, 121, "12"),
        box(40, 100, 90, 120, "甲局"),
        box(40, 60, 90, 80, "部门"),
        box(300, 61, 380, 80, "受理(件)"),
        box(400, 101, 440, 120, "10"),
        box(40, 20, 200, 40, "办理案件"),
        box(204, 20, 300, 40, "30件。"),
    ]
    monkeypatch.setattr(util, "find_spec", lambda name: name)
    monkeypatch.setattr(scan, "_picture", lambda page: page)
    monkeypatch.setattr(scan, "_engine", lambda: lambda picture: (boxes, 0.0))
    loaded = load_bytes(half_scanned())
    assert loaded.notes == ()
    assert loaded.text.splitlines()[-3:] == ["办理案件 30件。", "部门\t受理(件)", "甲局\t12\t10"]
    assert loaded.page_at(len(loaded.text) - 1) == 2


@pytest.mark.skipif(util.find_spec(scan.PACKAGE) is None, reason="没有安装识别扫描件的组件（requirements/ocr.lock）")
def test_a_scanned_report_gives_its_figures() -> None:
    lines = [
        "2023年，全区共收到行政复议申请71件，其中受理50件，",
        "其他方式处理21件。罚没款127.6万元，办结率98.5%。",
        "全年为民办实事1024件，培训干部300余名。",
    ]
    loaded = load_bytes(files.scanned(files.printed(lines)))
    wanted = [(one.value, one.unit) for one in read("\n".join(lines)).claims]
    assert [(one.value, one.unit) for one in read(loaded.text).claims] == wanted
    assert Decimal(1276000) in [value for value, _ in wanted]


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b"\xef\xbb\xbf  \n", "空"),
        (b"\x00\x01\x02\x03" * 100, "不是能够识别"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"%PDF-1.7 broken", "损坏"),
        (files.pdf(["甲"])[:700], "损坏"),
        (files.pdf(["甲"], password="abc"), "加了密"),
        (files.assembled([]), "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "旧格式"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加了密"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"{\\rtf1\\ansi 12}", "rtf"),
        (b"<html><body></body></html>", "没有正文"),
        (files.zipped("a.txt", b"hello"), "但不是"),
        (files.zipped("OFD.xml", b"<a/>"), "ofd"),
        (files.zipped("word/document.xml", b"<a>"), "损坏"),
        (files.zipped("word/document.xml", files.word_xml("<w:p><w:r>" * 300)), "损坏"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said) as refused:
        load_bytes(data)
    assert refused.value.message.endswith("。")
    assert refused.value.todo or said == "空"


def test_bombs_are_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotReadable, match="异常庞大"):
        load_bytes(files.zipped("word/document.xml", b"0" * 40_000_000))
    with pytest.raises(NotReadable, match=f"超过 {MOST_PAGES} 页"):
        load_bytes(files.assembled([files.stream(b"")] * (MOST_PAGES + 1)))
    monkeypatch.setattr(pdf, "LARGEST_STREAM", 1_000_000)
    with pytest.raises(NotReadable, match="解开后异常庞大"):
        load_bytes(files.assembled([files.stream(b"BT (1) Tj ET " * 100_000)]))
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 100)
    with pytest.raises(NotReadable, match="文字异常多"):
        load_bytes(files.pdf(*[[TEXT[:30]]] * 5))


def test_a_large_stream_is_looked_through_once_to_its_end() -> None:
    noise = random.Random(3).randbytes(pdf.LARGEST_STREAM // pdf.MOST_TIMES + 1000)
    drawing = b"BT /F 14 Tf 40 780 Td <53d774060031003253c94ef6> Tj ET\n%" + noise.replace(b"\n", b"").replace(
        b"\r", b""
    )
    assert "12" in load_bytes(files.assembled([files.stream(drawing)])).text
    assert pdf._unpacked(files.stream(drawing), 0, 10, 100) == 0


def test_a_document_whose_list_lies_about_its_size_is_broken() -> None:
    data = bytearray(files.zipped("word/document.xml", files.word_xml("<w:p/>" * 5000)))
    listed = data.index(b"PK\x01\x02")
    data[listed + 24 : listed + 28] = struct.pack("<I", 100)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].file_size == 100
    with pytest.raises(NotReadable, match="损坏"):
        load_bytes(bytes(data))


def test_a_picture_of_boundless_size_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: name)
    monkeypatch.setattr(scan, "_engine", lambda: lambda picture: pytest.fail("must not be asked"))
    huge = files.stream(b"\0" * 1000, b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000"
                        b" /ColorSpace /DeviceGray /BitsPerComponent 1")  # fmt: skip
    drawn = files.assembled([files.stream(b"q 595 0 0 842 0 0 cm /I Do Q"), huge], b"/XObject << /I 10 0 R >>")
    assert load_bytes(drawn).notes == ("第 1 页没有读：图片有 60000×60000 点，太大。",)


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="文件夹"):
        load(tmp_path)
    with pytest.raises(NotReadable, match="打不开"):
        load(tmp_path / "none.txt")


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(NotReadable, match="没有读取这个文件的权限"):
        load(tmp_path / "a.txt")


def test_what_a_file_is_goes_by_its_content(tmp_path: Path) -> None:
    for kind, make in KINDS.items():
        file = tmp_path / f"{kind}.doc"
        file.write_bytes(make(["全年共受理案件12件，办结10件。"]))
        loaded = load(file)
        assert loaded.form == kind
        assert [one.value for one in read(loaded.text).claims] == [12, 10]
