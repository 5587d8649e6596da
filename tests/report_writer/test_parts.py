"""The parts that people write: kept with the report, printed in their place, prompted from the data."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from fadu.infra.official import Heading, Paragraph, plain, to_docx
from fadu.report_writer import Report, compose, write
from fadu.report_writer.outline import Part, Written, outline
from fadu.report_writer.parts import MISSING
from fadu.report_writer.prompts import prompts
from fadu.rules.indicators import Rate
from fadu.rules.registry import registry
from tests.analytics import counted
from tests.analytics.conftest import Filled
from tests.report_writer.conftest import OUTLINE, Write

SHORTFALL = Part("存在的不足和原因", "story", asks=("late", "fell", "reversed"), figures=("decided", "closed"))
PLAN = Part("下一年度的主要安排", "nowhere")
OTHER = Part("其他需要报告的情况", "nowhere", optional=True)
WRITTEN = Written("small", "known_on", "known_on", ("2024-12-31",), ("stayed",), (SHORTFALL, PLAN, OTHER))
TEXT = "（一）答复不够及时。个别单位超过期限。\n\n（二）力量不足。\n原因是人员变动。"

in_time_rate = Rate(
    name="in_time_rate",
    label="按期决定率",
    numerator=counted.in_time,
    denominator=counted.decided,
    definition="按期的占决定数。",
)


@pytest.fixture
def house(filled: Filled, paragraphs: Write, monkeypatch: pytest.MonkeyPatch) -> Filled:
    """The small procedure stands for the one in which the report goes its way."""
    monkeypatch.setattr(counted, "ALL", (*counted.ALL, in_time_rate))
    paragraphs(
        '作出决定{{ fig("decided") }}，按期决定率为{{ fig("in_time_rate") }}。{% if value("closed") %}{% endif %}'
    )
    said = replace(OUTLINE, lead="现将{organ}{when}情况报告如下。", close="特此报告。", written=WRITTEN)
    monkeypatch.setattr(compose, "outline", lambda: said)
    return filled


def written(house: Filled) -> Report:
    with house.session() as s:
        return write(s, 2024)


def test_what_people_wrote_stands_after_the_sections(house: Filled) -> None:
    case = house.at("2025-01-05").open(known_on="2024-12-31", story=TEXT).case
    report = written(house)
    blocks = report.document.blocks
    assert plain(blocks[0].runs) == "现将某区人民政府2024年情况报告如下。"  # type: ignore[union-attr]
    at = next(place for place, block in enumerate(blocks) if getattr(block, "text", "").startswith("二、"))
    assert [getattr(block, "text", "") + plain(getattr(block, "runs", ())) for block in blocks[at:]] == [
        "二、存在的不足和原因",
        "（一）答复不够及时。个别单位超过期限。",
        "（二）力量不足。",
        "原因是人员变动。",
        "三、下一年度的主要安排",
        MISSING,
        "特此报告。",
    ]
    assert [isinstance(block, Heading) for block in blocks[at : at + 4]] == [True, True, True, False]
    kept = report.provenance["written"]
    assert (kept[0]["heading"], kept[0]["text"], kept[0]["case"]) == ("存在的不足和原因", TEXT, case)
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(to_docx(report.document))).paragraphs]
    assert "（一）答复不够及时。个别单位超过期限。" in lines
    assert "三、下一年度的主要安排" in lines


def test_what_people_add_to_a_section_stands_in_it(
    house: Filled, paragraphs: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below what the room says, its headings numbered with the room's; also where the room has nothing to say."""
    added = Part("举措和成效", "story", room="review", optional=True)
    said = replace(OUTLINE, written=replace(WRITTEN, parts=(added, PLAN)))
    paragraphs('{% if value("decided") %}## 依法决定。作出决定{{ fig("decided") }}。{% endif %}')
    monkeypatch.setattr(compose, "outline", lambda: said)
    house.at("2025-01-05").open(known_on="2024-12-31", story="（一）推行听证。重大案件一律听证。\n效果良好。")
    report = written(house)
    assert [getattr(block, "text", "") + plain(getattr(block, "runs", ())) for block in report.document.blocks] == [
        "一、依法办理行政复议案件",
        "（一）依法决定。作出决定3件。",
        "（二）推行听证。重大案件一律听证。",
        "效果良好。",
        "二、下一年度的主要安排",
        MISSING,
    ]
    assert report.measures.endswith("（二）推行听证。重大案件一律听证。\n效果良好。")
    paragraphs('{% if value("closed") > 99 %}{{ fig("closed") }}{% endif %}')
    monkeypatch.setattr(compose, "outline", lambda: said)
    report = written(house)
    assert (report.empty, report.measures.split("\n")[1]) == ((), "推行听证。重大案件一律听证。")


def test_the_newest_report_that_was_not_cancelled_counts(house: Filled) -> None:
    first = house.at("2025-01-05").open(known_on="2024-12-31", story="第一稿。").case
    house.at("2025-01-06").open(known_on="2024-12-30", story="另一年度。")
    last = house.at("2025-01-07").open(known_on="2024-12-31", story="第二稿。").case
    assert [one.case for one in written(house).parts] == [last] * 3
    house.house.do("officer", last, "accept")
    house.house.do("head", last, "stay")
    (one, *_) = written(house).parts
    assert (one.text, one.case) == ("第一稿。", first)


def test_without_a_case_the_parts_are_told_as_missing(house: Filled) -> None:
    report = written(house)
    assert [(one.text, one.case) for one in report.parts] == [("", None)] * 3
    said = [plain(block.runs) for block in report.document.blocks if isinstance(block, Paragraph)]
    assert said.count(MISSING) == 2


def test_prompts_name_what_is_late_and_taken_back(house: Filled) -> None:
    report = written(house)
    with house.session() as s:
        found = [(one.kind, one.text, one.link) for one in prompts(s, report, SHORTFALL)]
        assert prompts(s, report, PLAN) == []
    kinds = [kind for kind, _, _ in found]
    late = next(text for kind, text, _ in found if kind == "逾期")
    assert late == "按期决定率66.67%：3件中有1件没有按期"
    assert ("逾期", "今天仍有", "/cases/?light=overdue") in [(kind, text[:4], link) for kind, text, link in found]
    back = [(text, link) for kind, text, link in found if kind == "撤回"]
    assert [link for _, link in back] == [f"/cases/{house.cases['taken_back']}/"]
    assert ("有关数字", "决定数3件") in [(kind, text) for kind, text, _ in found]
    assert kinds.count("有关数字") == 1  # nothing was closed, so there is nothing to tell


def test_prompts_name_what_fell(house: Filled, paragraphs: Write) -> None:
    house.at("2024-01-20").open(known_on="2024-01-20")
    house.at("2026-01-10")
    paragraphs('{{ fig("grant_rate") }}')
    with house.session() as s:
        report = write(s, 2025)
        worse = replace(report.figures["grant_rate"], numerator=1, denominator=2)
        fallen = prompts(s, replace(report, figures={"grant_rate": worse}), SHORTFALL)
    assert [one.text for one in fallen if one.kind == "下降"] == ["支持率50%，比上年降低16.67个百分点"]


def test_the_outline_of_the_house_names_what_there_is() -> None:
    said = outline()
    assert said.written is not None
    known = {indicator.name for indicator in registry().indicators}
    facts = {name for text in registry().versions(said.written.system) for name in text.facts.model_fields}
    assert {name for part in said.written.parts for name in part.figures} <= known
    assert set(said.plots) <= known
    assert {part.fact for part in said.written.parts} | {said.written.day, said.written.reporter} <= facts
    assert {section.room for section in said.sections} <= {room.name for room in registry().rooms}
    assert {part.room for part in said.written.parts if part.room} == {section.room for section in said.sections}


@pytest.mark.parametrize("said", ["主要负责人听取汇报。", "作出决定99件。\n主要负责人听取汇报。"])
def test_what_the_house_says_first_is_compiled_and_stands_once(
    house: Filled, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    """Not compiled yet, and compiled before with the figures of that day."""
    part = Part("责任落实", "story", says='作出决定{{ fig("decided") }}。')
    outline_said = replace(OUTLINE, written=replace(WRITTEN, parts=(part,)))
    monkeypatch.setattr(compose, "outline", lambda: outline_said)
    house.at("2025-01-05").open(known_on="2024-12-31", story=said)
    report = written(house)
    compiled = report.taken_over(["story"])["story"]
    number = str(report.figures["decided"])
    assert compiled == f"作出决定{number}。\n主要负责人听取汇报。"
    chapter = next(one for one in report.chapters if one.heading.endswith("责任落实"))
    assert "\n".join(plain(getattr(block, "runs", ())) for block in chapter.blocks) == compiled
