"""Published yearly reports, as everybody reads them: what each figure counts, nobody's case, no small number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fadu.infra.trouble import Trouble
from fadu.kernel import access, models, open_to_all
from fadu.kernel.open_to_all import Published
from fadu.report_writer import compose
from fadu.report_writer import published as read_back
from fadu.report_writer.outline import InPart, Public, Written, outline
from fadu.rules.facts import Audience, FactField, Facts, fact_fields, public_facts
from fadu.rules.registry import registry
from fadu.web.portal.views import reports
from fadu.web.shared import paper_file
from tests.analytics import counted
from tests.analytics.conftest import Filled, filled, filled_once
from tests.report_writer.conftest import OUTLINE, paragraphs, reporting
from tests.web.conftest import stand_still, text_of

__all__ = ["filled", "filled_once", "paragraphs", "reporting"]

TEXT = """# 年度报告

## 一、办理情况

某区人民政府2024年收到申请7件，受理5件；作出决定3件。支持率为66.67%，办理天数中位数为9天。

## 二、存在的不足

张某反映的7件事。
"""
WRITTEN = Written("small", "known_on", "known_on", (), (), (), paper="decision")


def made(case: int, key: str, text: str, year: int, organ: int = 1) -> Published:
    """A report as it would be published."""
    return Published(
        case, key, "小程序", "年度报告", f"某政〔{year + 1}〕1号", date(year + 1, 2, 1), "网站", "某区人民政府", text,
        False, date(year + 1, 1, 25), "decision-1", organ, {"known_on": f"{year}-12-31"}, "1111-2222-3333-4444",
    )  # fmt: skip


@pytest.fixture
def place(reporting: Filled, monkeypatch: pytest.MonkeyPatch) -> Filled:
    """Two years' reports of a house whose outline opens one figure by organ."""
    cache.clear()
    said = replace(OUTLINE, written=WRITTEN, public=Public(("applied",), 5))
    for module in (compose, read_back, reports):
        monkeypatch.setattr(module, "outline", lambda: said)
    read_back._wordings.cache_clear()
    reporting.at("2025-02-03")
    stand_still(reporting.house)
    organ = reporting.house.organs["government"]
    rows = [
        made(2, "publication-1", TEXT, 2024, organ),
        made(1, "publication-1", TEXT.replace("2024", "2023").replace("7件，受理5", "6件，受理4"), 2023, organ),
    ]
    monkeypatch.setattr(
        open_to_all, "published", lambda *_, page=1, **__: rows[(page - 1) * open_to_all.PAGE :][: open_to_all.PAGE + 1]
    )
    monkeypatch.setattr(open_to_all, "published_text", lambda case, key: rows[2 - case])
    return reporting


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return text_of(answer)


def test_many_reports_stand_on_pages(place: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(number: int) -> list[str]:
        return re.findall(r'href="(/open/reports/\d+/[^"]+)"', page(f"/open/reports/?page={number}"))

    every = listed(1)
    assert len(every) > 1
    monkeypatch.setattr(open_to_all, "PAGE", 1)
    assert [listed(number) for number in range(1, len(every) + 1)] == [[one] for one in every]
    assert "下一页" in page("/open/reports/")


def test_a_report_is_read_with_what_each_figure_counts(place: Filled) -> None:
    assert '<a href="/open/reports/2/publication-1/">2024年</a>' in page("/open/reports/")
    report = page("/open/reports/2/publication-1/")
    links = dict(re.findall(r'<a class="figure" href="([^"]+)">([^<]+)</a>', report))
    assert list(links.values()) == ["7件", "5件", "3件", "66.67%", "9天"]
    assert all(one.startswith("/open/reports/2/publication-1/figures/") for one in links)
    assert "张某反映的7件事" in report
    assert '<a href="#part-2">二、存在的不足</a>' in report
    assert 'href="/open/verify/1111-2222-3333-4444/"' in report
    assert 'href="/open/reports/1/publication-1/"' in report
    assert re.search(r'data-label="本年报告">7件</td><td data-label="上年报告">6件', report)
    counts = page("/open/reports/2/publication-1/figures/applied/")
    for word in (
        "收到申请数：7件",
        counted.applied.definition,
        "2024年1月1日至2024年12月31日",
        "《行政复议法》",
        "所数的事项依据",
        "6件",
    ):
        assert word in counts
    rate = page("/open/reports/2/publication-1/figures/grant_rate/")
    assert "分母：" in rate
    assert Client().get("/open/reports/2/publication-1/figures/closed/").status_code == 404


def test_no_case_is_told_and_small_numbers_point_at_nobody(place: Filled) -> None:
    organs = place.house.organs
    organs["bureau"] = organs["other"]
    place.at("2024-03-05").open("stranger")
    counts = page("/open/reports/2/publication-1/figures/applied/")
    assert "分机关" in counts
    assert counts.count("<td>不列出</td>") == 2
    assert "分机关" not in page("/open/reports/2/publication-1/figures/accepted/")
    for text in (counts, page("/open/reports/2/publication-1/")):
        assert not re.search(r'href="/(cases|figures|reports)/', text)
        assert "张三" not in text


def test_one_small_number_cannot_be_reckoned_from_the_others() -> None:
    assert read_back.left_out({"甲": 40, "乙": 3, "丙": 8}, 5) == [("甲", 40), ("丙", None), ("乙", None)]
    assert read_back.left_out({"甲": 40, "乙": 3, "丙": 2}, 5) == [("甲", 40), ("乙", None), ("丙", None)]
    assert read_back.left_out({"甲": 40, "乙": 5}, 5) == [("甲", 40), ("乙", 5)]


def test_it_is_fetched_and_handed_to_the_reader(place: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get("/open/reports/2/publication-1/docx")
    assert answer.content.startswith(b"PK")
    monkeypatch.setattr(paper_file, "printed", lambda document: b"%PDF")
    assert Client().get("/open/reports/2/publication-1/pdf").content == b"%PDF"

    def broken(document: Any) -> bytes:
        raise Trouble("没有字体")

    monkeypatch.setattr(paper_file, "printed", broken)
    refused = Client().get("/open/reports/2/publication-1/pdf")
    assert (refused.status_code, "请下载 .docx" in text_of(refused)) == (422, True)
    report = page("/open/reports/2/publication-1/")
    words = re.search(r'<textarea name="text"[^>]*>\n(.*?)</textarea>', report, re.S)
    assert words
    checked = text_of(Client().post("/open/report-check/", {"text": words[1]}))
    assert "7件" in checked
    assert "\ue000" not in report


def test_as_many_questions_for_one_report_as_for_many(place: Filled) -> None:
    Client().get("/open/reports/2/publication-1/")
    with CaptureQueriesContext(connection) as found:
        page("/open/reports/2/publication-1/")
    assert len(found) <= 6


def test_what_is_no_published_report_is_not_there(reporting: Filled) -> None:
    case = reporting.cases["taken_back"]
    for address in (f"/open/reports/{case}/decision-1/", "/open/reports/999999/x/", f"/open/reports/{case}/x/docx"):
        assert Client().get(address).status_code == 404
    with access.session(None):
        assert not models.Publication.objects.filter(case_id=case).exists()


def test_the_outline_opens_only_what_is_counted_and_the_year_is_public() -> None:
    said = outline()
    assert said.public is not None
    assert said.written is not None
    assert all(registry().declared(name) for name in said.public.divided)
    newest = registry().newest(said.written.system)
    assert (part := said.written.in_part) is not None
    assert newest.step(part.step) is not None
    assert part.fact in public_facts(newest.facts)
    assert public_facts(newest.facts)[said.written.day].fact.audience is Audience.PUBLIC
    assert len(read_back._wordings(registry())) > 200


# ---------------------------------------------------------------- only a part


@pytest.fixture
def part(reporting: Filled, monkeypatch: pytest.MonkeyPatch) -> int:
    """A case in which a text was entered that is all of its report that may be read."""
    cache.clear()
    said = replace(OUTLINE, written=replace(WRITTEN, in_part=InPart("deliberate", "secret")))
    for module in (compose, read_back, reports):
        monkeypatch.setattr(module, "outline", lambda: said)
    read_back._wordings.cache_clear()
    case = reporting.at("2025-01-05").open(known_on="2024-12-31").case
    reporting.house.do("officer", case, "accept")
    text = "一、办理情况\n某区人民政府2024年收到申请7件，受理5件；作出决定3件。"
    reporting.house.do("officer", case, "deliberate", {"secret": text})
    stand_still(reporting.house)
    return case


@pytest.fixture
def opened(part: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """The same where the declaration opens that text and the year to everybody."""

    def more(model: type[Facts]) -> dict[str, FactField]:
        fields = fact_fields(model)
        return public_facts(model) | {name: fields[name] for name in ("known_on", "secret") if name in fields}

    monkeypatch.setattr(open_to_all, "public_facts", more)
    return part


def test_a_report_made_public_in_part_is_read_like_a_whole_one(opened: int) -> None:
    address = f"/open/reports/{opened}/deliberate/"
    listed = page("/open/reports/")
    assert f'<a href="{address}">2024年</a> <span class="mark">部分公开</span>' in listed
    report = page(address)
    assert "没有全文公开" in report
    links = dict(re.findall(r'<a class="figure" href="([^"]+)">([^<]+)</a>', report))
    assert list(links.values()) == ["7件", "5件", "3件"]
    assert "收到申请数：7件" in page(next(iter(links)))
    assert "核验码" not in report
    assert Client().get(f"{address}docx").content.startswith(b"PK")


def test_a_text_that_is_not_declared_public_is_neither_listed_nor_read(part: int) -> None:
    assert "部分公开" not in page("/open/reports/")
    for ending in ("", "docx", "pdf", "figures/applied/"):
        assert Client().get(f"/open/reports/{part}/deliberate/{ending}").status_code == 404


def test_a_part_that_was_taken_back_is_not_public_any_more(opened: int, reporting: Filled) -> None:
    reversal = {"position": 3, "reason": "保密审查有误", "article": "第二十四条"}
    reporting.house.do("head", opened, "reverse", reversal)
    assert "部分公开" not in page("/open/reports/")
    assert Client().get(f"/open/reports/{opened}/deliberate/").status_code == 404


def test_parts_take_one_question_however_many(opened: int, reporting: Filled) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page("/open/reports/")
        return len(found)

    few = asked()
    for _ in range(3):
        case = reporting.house.open(known_on="2024-12-31").case
        reporting.house.do("officer", case, "accept")
        reporting.house.do("officer", case, "deliberate", {"secret": "略。"})
    assert page("/open/reports/").count("部分公开") == 4
    assert asked() == few
