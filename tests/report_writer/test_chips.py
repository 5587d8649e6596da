"""Figures in what people write: put in by their name, printed and counted like those of the rooms; digits are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from fadu.infra.official import Paragraph, plain
from fadu.report_writer import chips, compose, write
from fadu.report_writer.outline import Part, Written
from tests.analytics.conftest import Filled
from tests.report_writer.conftest import OUTLINE, Write

KNOWN: Mapping[str, str] = {"收到申请数": "applied", "支持率": "grant_rate"}
TEXT = (
    "全年收到申请【收到申请数】【收到申请数·同比】，支持率【支持率】；座谈会【3场，来源：司法局】，【没有的数】不印。"
)


def test_digits_without_a_source_are_told_and_dates_titles_and_headings_are_none() -> None:
    fine = "1.抓早抓小。2024年3月1日以前，2023年度全年【收到申请数】，依据《某条例（2024）》〔2024〕3号，“一办2清”。"
    assert chips.bare(fine, KNOWN) == []
    told = chips.bare("（一）力量不足。全年答复12件，其中2件逾期；提高3.5%。\n【收到数】件。【3场，来源：】。", KNOWN)
    assert [one.sentence for one in told] == [
        "全年答复12件，其中2件逾期；",
        "提高3.5%。",
        "【收到数】件。",
        "【3场，来源：】。",
    ]
    assert "“12”、“2”" in told[0].why
    assert "没有名为“收到数”的指标" in told[2].why
    assert list(chips.cited(TEXT, KNOWN)) == ["applied", "applied", "grant_rate"]


@pytest.fixture
def house(filled: Filled, paragraphs: Write, monkeypatch: pytest.MonkeyPatch) -> Filled:
    paragraphs("没有数字。")
    own = Written("small", "known_on", "known_on", ("2024-12-31",), (), (Part("不足", "story"),))
    monkeypatch.setattr(compose, "outline", lambda: replace(OUTLINE, written=own))
    filled.at("2025-01-05").open(known_on="2024-12-31", story=TEXT)
    return filled


def test_they_are_printed_opened_and_kept_as_the_figures_of_the_rooms_are(house: Filled) -> None:
    with house.session() as s:
        report = write(s, 2024)
    words = report.document.blocks[-1]
    assert isinstance(words, Paragraph)
    assert plain(words.runs) == "全年收到申请7件，支持率66.67%；座谈会3场，【没有的数】不印。"
    assert report.words == {"story": plain(words.runs)}
    links = [run.link for run in words.runs if run.kind == "figure"]
    assert [str(link).partition("?")[0] for link in links] == ["/figures/applied", "/figures/grant_rate"]
    kept = {one["name"]: one["sentences"] for one in report.provenance["figures"]}
    assert kept["applied"] == ["全年收到申请7件，支持率66.67%；"]
    assert report.provenance["written"][0]["text"] == TEXT
