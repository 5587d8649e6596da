"""The marked text: every figure once, every link leads somewhere, nothing of the text becomes markup."""

import re

from fadu.report_reader import read
from fadu.report_reader.output.as_page import as_page
from fadu.report_reader.output.marks import body

ALL = (
    "甲乙区2023年法治政府建设年度报告\n"
    "全区受理30件：审结20件，在办11件。收到申请71件，其中受理50件，其他方式处理21件，受理率100%。\n"
    "进驻中心办理746项，进驻比例达到99.73%。工作人员120名，其中持证96名，持证率80%。开展培训12次。"
)


def test_every_figure_is_marked_once_and_every_link_leads_somewhere() -> None:
    reading = read(ALL)
    page = body(reading)
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert [name for name in names if name.startswith("c")] == [claim.id for claim in reading.claims]
    told = {*re.findall(r'href="#([^"]+)"', page), *" ".join(re.findall(r'data-\w+="([^"]+)"', page)).split()}
    assert told <= set(names)
    assert {one.id for one in reading.relations} <= told


def test_each_verdict_is_said_in_words_and_findings_come_before_the_text() -> None:
    page = body(read(ALL))
    for words in ("✗ 与文中数字不符，请核对", "≈ 换一种算法才相符", "? 文中少一个数", "✓ 相符"):
        assert words in page
    assert page.index("请核对的地方：3处") < page.index("全文</h2>")
    assert page.index("20＋11＝31") < page.index("只有分母扣除") < page.index("文中没有印出")
    assert '<a class="fails" id="c001"' in page
    assert '<mark class="unchecked"' in page
    assert "请核对的地方" not in body(read("工作人员120名，其中持证96名，持证率80%。"))


def test_nothing_of_the_text_is_markup() -> None:
    page = as_page(read('<script>alert("1")</script>受理30件：审结20件&在办<b>11件。</b>'), '<img src=x>".txt')
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


def test_tables_are_tables_and_broken_lines_are_joined() -> None:
    page = body(read("单位\t收到\n公安局\t12件\n城管局\t8件\n\n共发放宣传手册１\n０２４册。"))
    assert page.count("<tr>") == 3
    assert re.search(r"<td><mark[^>]*>12</mark>件</td>", page)
    assert re.search(r"<mark[^>]*>１０２４</mark>册", page)
