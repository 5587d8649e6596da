"""文书模板: fetched, edited as .docx, checked, tried, in use from a day on, and given up again."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from html import unescape

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.document import Document
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from fadu.infra.official.docx_xml import el
from fadu.infra.official.pdf import office
from fadu.kernel import models, paper_templates
from fadu.rules.errors import BadInput
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of

KEY = "small.2023.decision"
PAGE = f"/house/templates/{KEY}/"


def fetched(client: Client) -> Document:
    return docx.Document(io.BytesIO(client.get(f"{PAGE}docx").content))


def sent(client: Client, file: Document) -> str:
    packed = io.BytesIO()
    file.save(packed)
    return posted(client, packed.getvalue())


def posted(client: Client, content: bytes) -> str:
    return text_of(client.post(PAGE, {"do": "try", "file": SimpleUploadedFile("改.docx", content)}))


def paragraph(file: Document, begins: str) -> Paragraph:
    return next(one for one in file.paragraphs if one.text.startswith(begins))


def tried(page: str) -> str:
    return unescape(page.partition('<textarea name="text" hidden>')[2].partition("</textarea>")[0].lstrip("\n"))


def drafted(home: House) -> int:
    case = home.open().case
    for step in ("accept", "reply"):
        home.do("officer" if step == "accept" else "clerk", case, step)
    home.do("officer", case, "draft_paper", {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}},
            track_key="decide")  # fmt: skip
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    return case


def issued(home: House) -> str:
    case = drafted(home)
    home.do("mayor", case, "decide")
    with home.session(None):
        return str(models.Paper.objects.get(case_id=case, name="decision").data["text"])


def test_a_word_is_changed_tried_taken_into_use_and_given_up(home: House, sign_in: Entry) -> None:
    admin = sign_in("admin")
    assert "没有变化" in sent(admin, fetched(admin))
    file = fetched(admin)
    changed = paragraph(file, "编号")
    changed.runs[0].text = changed.text.replace("理由：", "本机关认为：")
    page = sent(admin, file)
    assert "检查通过，还没有启用" in page
    assert ("<del>理由</del>" in page, "<ins>本机关认为</ins>" in page) == (True, True)
    assert "本机关认为：" not in issued(home), "tried, not in use"
    later = {"do": "accept", "text": tried(page), "since": (home.day + timedelta(days=7)).isoformat()}
    assert "自2024-03-08起按这份模板制作" in text_of(admin.post(PAGE, later))
    assert "本机关认为：" not in issued(home), "not before its day"
    assert "已登记" in text_of(admin.post(PAGE, later | {"since": home.day.isoformat()}))
    assert "本机关认为：" in issued(home)
    refused = text_of(admin.post(PAGE, later | {"since": "2024-02-29"}))
    assert ("启用日期不能早于今天" in refused, tried(refused)) == (True, later["text"]), "what was tried is not lost"
    stale = text_of(admin.post(PAGE, later | {"since": home.day.isoformat(), "seen": ""}))
    assert "刚刚由别人改过" in stale
    back = text_of(admin.post(PAGE, {"do": "try", "version": "built-in"}))
    assert "<ins>理由</ins>" in back
    assert "已登记" in text_of(admin.post(PAGE, {"do": "accept", "version": "built-in", "since": home.day.isoformat()}))
    assert "本机关认为：" not in issued(home)
    page = text_of(admin.get(PAGE))
    assert ("自带的模板" in page, "没有用上，已由另一份代替" in page) == (True, True)
    with home.session(None) as s:
        entries = paper_templates.history(s, KEY)
        assert [bool(one.data["text"]) for one in entries] == [False, True, True]
    again = {"do": "try", "version": str(entries[1].pk)}
    assert "<ins>本机关认为</ins>" in text_of(admin.post(PAGE, again))


def test_what_was_sent_up_by_the_earlier_text_is_not_signed(home: House) -> None:
    case = drafted(home)
    with home.session("admin") as s:
        kind = paper_templates.kind(s, KEY)
        paper_templates.accept(s, KEY, kind.built_in.replace("理由：", "本机关认为："), home.day)
    with pytest.raises(Exception, match="重新生成"):
        home.do("mayor", case, "decide")


def test_the_sample_is_a_paper_of_its_own(home: House, sign_in: Entry) -> None:
    answer = sign_in("admin").post(PAGE, {"do": "sample-docx", "version": "built-in"})
    file = docx.Document(io.BytesIO(answer.content))
    words = [line.text for line in file.paragraphs]
    assert ("某区人民政府" in words, any("某〔2024〕1号" in line for line in words)) == (True, True)
    assert "样稿" in "".join(line.text for section in file.sections for line in section.header.paragraphs)
    if office():
        printed = sign_in("admin").post(PAGE, {"do": "sample-pdf", "version": "built-in"})
        assert printed.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("【申请人】", "", "少了占位【申请人】"),
        ("【文号】", "", "少了占位【文号】"),
        ("【文号】", "【文号码】", "不认识的占位【文号码】，是不是【文号】"),
        ("【文号】", "【如果：有申请人】【文号】【如果到此为止】", "【文号】每份文书都要有"),
        ("【如果到此为止】", "", "没有结束，请在后面补上【如果到此为止】"),
        ("【如果到此为止】", "【否则】甲【否则】乙【如果到此为止】", "【否则】前面没有与它对应的【如果……】"),
        ("【如果：填写了理由】", "", "【如果到此为止】前面没有与它成对的开始"),
        ("住址", "【这个人的地址】", "【这个人的地址】只能写在逐项里面"),
        ("住址", "【逐个申请人开始】", "套在同一种逐项里面"),
        ("理由：", "理由】：", "有不成对的【】"),
        ("理由：", "理由{：", "有不成对的【】，或者花括号"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(home: House, sign_in: Entry, before: str, after: str, told: str) -> None:
    admin = sign_in("admin")
    file = fetched(admin)
    for one in file.paragraphs[:5]:
        if before in one.text:
            one.runs[0].text = one.text.replace(before, after, 1)
    page = sent(admin, file)
    assert told in page
    assert "还不能启用" in page


def test_what_cannot_be_read_of_a_file_is_refused(home: House, sign_in: Entry) -> None:
    admin = sign_in("admin")
    file = fetched(admin)
    file.paragraphs[0].runs[0].text = "处罚决定书"
    assert "由程序规定，不能改" in sent(admin, file)
    numbered = el("pPr", el("numPr", el("numId", val=3)))
    for part, told in ((OxmlElement("w:drawing"), "有图片或者图形"), (OxmlElement("w:object"), "有嵌入的对象"),
                       (OxmlElement("w:ins"), "请接受或者拒绝全部修订"), (numbered, "自动编号"),
                       (OxmlElement("w:vMerge"), "有合并的单元格")):  # fmt: skip
        file = fetched(admin)
        paragraph(file, "编号")._p.append(part)
        assert told in sent(admin, file)
    file = fetched(admin)
    file.sections[0].header.paragraphs[0].text = "某区人民政府文件"
    file.part.relate_to("http://elsewhere.example/a.png", "http://x/relationships/image", is_external=True)
    page = sent(admin, file)
    assert ("页眉、页脚中有文字" in page, "引用了外部的内容" in page) == (True, True)


def test_a_file_is_judged_by_its_content(home: House, sign_in: Entry) -> None:
    admin = sign_in("admin")
    assert "不是.docx文件" in posted(admin, b"x" * 99)
    assert "请选择改好的" in text_of(admin.post(PAGE, {"do": "try"}))
    with zipfile.ZipFile(io.BytesIO(admin.get(f"{PAGE}docx").content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part, told in (
        ("word/vbaProject.bin", b"x", "含有宏"),
        ("word/big.xml", b" " * (21 << 20), "解开后过大"),
        ("word/document.xml", b"<a", "已经损坏"),
        ("_rels/.rels", parts["_rels/.rels"].replace(b"Target=", b"Targe="), "已经损坏"),
    ):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for called, content in (parts | {name: part}).items():
                archive.writestr(called, content)
        assert told in posted(admin, packed.getvalue())


def test_what_office_programs_do_to_a_file_is_read(home: House, sign_in: Entry) -> None:
    """Runs divided anywhere, widths replaced, a link around words, a table, the notes without their first line."""
    admin = sign_in("admin")
    file = fetched(admin)
    changed = paragraph(file, "编号")
    words = changed.text.replace("【如果：填写了理由】", "【如果: 填写了理由】")
    changed.runs[0].text = ""
    for sign in words:
        changed.add_run(sign).bold = sign in "编号人"
    link = el("hyperlink", el("r", el("t")))
    link[0][0].text = "12348"
    changed._p.append(link)
    table = file.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "一", "【案号】|"
    changed._p.addnext(table._tbl)
    end = paragraph(file, "—— 以下是说明")
    end._p.getparent().remove(end._p)
    page = sent(admin, file)
    assert "检查通过，还没有启用" in page
    text = tried(page)
    assert "**编号**{{ number }}，{{ day }}。{% if raw.reasons %}理由：" in text
    assert text.endswith("12348\n\n| 一 | {{ case_number }}\\| |\n")


def test_only_administrators_and_only_what_passes_the_checks(home: House, sign_in: Entry) -> None:
    forged = {"do": "accept", "text": "# 决定书\n\n{{ facts.__class__ }}\n", "since": home.day.isoformat()}
    assert sign_in("officer").post(PAGE, forged).status_code == 403
    answer = sign_in("admin").post(PAGE, forged)
    assert (answer.status_code, "不认识的占位" in text_of(answer)) == (422, True)
    assert "《受理通知书》" in text_of(sign_in("admin").get("/house/templates/?name=受理"))
    with home.session(None) as s:
        assert paper_templates.entry(s, KEY, home.day) is None


LOOP = '{% for p in party("applicant") %}'
STRANGE = (
    "{{ facts.__class__ }}", "{{{ number }}", "{% include 'x' %}", "{# x #}", "{{ number.__class__ }}", "{%- else %}",
    "{{ names('applicant')|attr('x') }}", "{{ (number) }}", "{% set number = 1 %}", "{% macro a() %}{% endmacro %}",
    "{% import 'os' as o %}", "{{ raw.reasons.__init__ }}", "{{ self }}", LOOP * 2 + "{% endfor %}" * 2,
    "{% if raw.reasons %}" * 9 + "{% endif %}" * 9, "| a | b |\n| c |",
)  # fmt: skip


def test_a_text_says_nothing_but_placeholders_of_the_paper(home: House) -> None:
    with home.session("admin") as s:
        kind = paper_templates.kind(s, KEY)
        assert kind.faults(kind.built_in) == []
        for strange in STRANGE:
            assert kind.faults(f"{kind.built_in}\n{strange}\n"), strange
            with pytest.raises(BadInput):
                paper_templates.accept(s, KEY, f"{kind.built_in}\n{strange}\n", home.day)


def test_what_is_said_last_holds_for_the_days_to_come_too(home: House) -> None:
    with home.session("admin") as s:
        text = paper_templates.kind(s, KEY).built_in
        for days, word in ((7, "甲"), (14, "乙"), (0, "丙"), (3, "丁")):
            paper_templates.accept(s, KEY, f"{text}\n{word}\n", home.day + timedelta(days=days))
        ahead = paper_templates.ahead(s, KEY)
        assert ahead is not None
        assert ahead.since == home.day + timedelta(days=3)
        paper_templates.accept(s, KEY, text, home.day)
        assert paper_templates.ahead(s, KEY) is None
        for days in (0, 3, 7, 14):
            found = paper_templates.entry(s, KEY, home.day + timedelta(days=days))
            assert found is not None
            assert found.data["text"] == ""
        with pytest.raises(BadInput, match="一字不差"):
            paper_templates.accept(s, KEY, text, home.day)
