"""Files of all kinds go in; what cannot be read is told in a sentence."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from fadu.report_reader import read
from fadu.report_reader.inputs import NotReadable, load, load_bytes

TEXT = "2023年,全区共收到行政复议申请71件,其中受理50件,其他方式处理21件。全年召开会议4次。" * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"])
def test_text_of_any_encoding(encoding: str) -> None:
    assert load_bytes(TEXT.encode(encoding)).text == TEXT


def test_traditional_text_in_big5() -> None:
    text = "全年共受理行政覆議申請七十一件，其中受理五十件，召開會議四次。" * 4
    assert load_bytes(text.encode("big5")).text == text


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


def test_merged_cells_of_a_table_keep_their_columns() -> None:
    rows = (
        "<tr><th rowspan=2>部门</th><th colspan=2>案件(件)</th></tr><tr><th>受理</th><th>办结</th></tr>"
        "<tr><td>甲局</td><td>12</td><td>10</td></tr><tr><td>合计</td><td>12</td><td>10</td></tr>"
    )
    loaded = load_bytes(page(f"<p>{TEXT}</p>" * 4 + f"<table>{rows}</table>").encode())
    measures = [one.measure for one in read(loaded.text).claims][-4:]
    assert measures == ["甲局案件(件)受理", "甲局案件(件)办结", "合计案件(件)受理", "合计案件(件)办结"]


def document(lines: list[str]) -> bytes:
    """A .docx with paragraphs and one table."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    table = made.add_table(2, 2)
    for place, text in enumerate(("部门", "受理(件)", "甲局", "12")):
        table.cell(place // 2, place % 2).text = text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_paragraphs_and_tables_of_a_document() -> None:
    loaded = load_bytes(document([TEXT]))
    assert loaded.form == "docx"
    assert "甲局\t12" in loaded.text
    assert len(read(loaded.text).claims) == len(read(TEXT).claims) + 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b"\xef\xbb\xbf  \n", "空"),
        (b"\x00\x01\x02\x03" * 100, "不是能够识别"),
        (b"PK\x03\x04 broken", "损坏"),
        (b"%PDF-1.7 broken", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "旧格式"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"<html><body></body></html>", "没有正文"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said):
        load_bytes(data)


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_is_no_document_and_a_bomb_is_not_opened() -> None:
    with pytest.raises(NotReadable, match="但不是"):
        load_bytes(zipped("a.txt", b"hello"))
    with pytest.raises(NotReadable, match="异常庞大"):
        load_bytes(zipped("word/document.xml", b"0" * 40_000_000))


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="文件夹"):
        load(tmp_path)
    with pytest.raises(NotReadable, match="打不开"):
        load(tmp_path / "none.txt")
