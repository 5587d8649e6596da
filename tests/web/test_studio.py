"""The page of a report is where it is written: places in their parts, drafts, figures with a source, versions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fadu.kernel import access, acts, house
from fadu.report_writer import compose
from fadu.report_writer.outline import Part, Written
from fadu.web.shared.word_changes import Stretch, word_changes
from fadu.web.workbench import report_states, writing
from fadu.web.workbench.views import report_writing, reports
from tests.analytics.conftest import Filled
from tests.report_writer.conftest import OUTLINE
from tests.web.conftest import Entry, hidden, stand_still, text_of
from tests.web.test_lists import many
from tests.web.test_reports import filled, filled_once, paragraphs, reader, reporting

__all__ = ["filled", "filled_once", "paragraphs", "reader", "reporting"]

PAGE = "/reports/2024/"
PARTS = (Part("存在的不足", "secret", asks=("late",)), Part("下一年的安排", "nowhere"))
WRITTEN = Written(
    "small", "known_on", "known_on", ("2024-12-31",), (), PARTS, compiled_by="deliberate", measures=("secret",)
)  # fmt: skip


@pytest.fixture
def case(reporting: Filled, monkeypatch: pytest.MonkeyPatch) -> int:
    """The small procedure carries the report; its case officer sees the whole government."""
    said = replace(OUTLINE, written=WRITTEN)
    for module in (compose, writing, report_writing, report_states, reports):
        monkeypatch.setattr(module, "outline", lambda: said)
    number = reporting.at("2025-01-05").open(known_on="2024-12-31").case
    home = reporting.house
    home.do("officer", number, "accept")
    with home.session(None) as s:
        house.assign_post(s, home.people["officer"], home.organs["government"], "supervisor", since=date(2020, 1, 1))
    return number


def write(client: Client, do: str, text: str, **more: str) -> Any:
    page = text_of(client.get(PAGE))
    own = {"key": hidden(page, "key"), "position": hidden(page, "position")}
    return client.post(f"{PAGE}write/secret/", own | {"do": do, "text": text} | more)


def entered(place: Filled, case: int) -> int:
    """How often something was entered in the report's case."""
    with place.house.session(None) as s:
        return sum(one.step == "deliberate" for one in access.events(s, access.case(s, case)))


def test_a_part_is_written_where_it_stands(case: int, reader: Entry, reporting: Filled) -> None:
    client = reader("officer")
    page = text_of(client.get(PAGE))
    assert '<details class="place" id="write-secret" open>' in page
    assert "下一年的安排" in page
    assert 'name="text"' not in page[page.index('id="write-nowhere"') :]
    assert '<option value="收到申请数">7件</option>' in page
    assert write(client, "draft", "先存着。").status_code == 302
    assert (
        client.post(f"{PAGE}write/secret/", {"do": "draft", "text": "又存。"}, headers={"X-Draft": "1"}).status_code
        == 204
    )
    kept = text_of(client.get(PAGE))
    assert "又存。</textarea>" in kept
    assert "有草稿" in kept
    done = write(client, "act", "（一）答复迟缓。全年收到【收到申请数】。")
    assert (done.status_code, done["Location"]) == (302, f"{PAGE}#write-secret")
    page = text_of(client.get(PAGE))
    assert re.search(r'全年收到<a class="figure" href="/figures/applied[^"]*">7件</a>', page)
    assert "有草稿" not in page
    assert entered(reporting, case) == 1


def test_a_figure_without_a_source_is_refused_and_may_be_put_in_without_a_script(
    case: int, reader: Entry, reporting: Filled
) -> None:
    client = reader("officer")
    refused = write(client, "act", "全年收到7件。")
    page = text_of(refused)
    assert refused.status_code == 422
    assert "“7”是直接写下的数字" in page
    assert "全年收到7件。</textarea>" in page
    assert write(client, "act", "  ").status_code == 422
    chosen = text_of(write(client, "chip", "全年收到", chip="收到申请数"))
    assert "全年收到【收到申请数】</textarea>" in chosen
    assert entered(reporting, case) == 0
    stale = client.post(f"{PAGE}write/secret/", {"do": "act", "text": "迟了。", "position": "1"})
    assert (stale.status_code, "本案已有新的操作" in text_of(stale)) == (409, True)


def test_versions_tell_word_by_word_and_the_whole_text_is_handed_on(case: int, reader: Entry) -> None:
    client = reader("officer")
    write(client, "act", "个别单位答复迟缓。")
    write(client, "act", "少数单位答复迟缓，全年收到【收到申请数】。")
    page = text_of(client.get(f"{PAGE}versions/secret/"))
    assert "<del>个别</del><ins>少数</ins>单位答复迟缓<ins>，全年收到【收到申请数】</ins>。" in page
    assert page.index("少数") < page.rindex("个别")
    assert client.get(f"{PAGE}versions/story/").status_code == 404
    handed = client.post(f"{PAGE}compile/")
    assert handed["Location"] == f"/cases/{case}/steps/deliberate/"
    form = text_of(client.get(handed["Location"]))
    assert "少数单位答复迟缓，全年收到7件。" in form


def test_the_whole_report_is_compared_with_what_it_was(case: int, reader: Entry, reporting: Filled) -> None:
    """Words that people wrote and figures that the record gave, as of an act; the case that came since is named."""
    denied = reporting.cases["denied"]
    later(reporting, "2025-02-03")
    with reporting.session() as s:
        acts.run_lapses(s, denied)
    client = reader("officer")
    write(client, "act", "个别单位答复迟缓。")
    first = text_of(client.get(f"{PAGE}versions/"))
    assert "合议" in first
    assert "文字的改动" not in first
    position = max(int(one) for one in re.findall(r'<option value="(\d+)"', first))
    same = text_of(client.get(f"{PAGE}versions/?then={position}"))
    assert "没有改动" in same
    assert "全部数字相同" in same
    later(reporting, "2025-02-04")
    write(client, "act", "少数单位答复迟缓。")
    for step in ("lapse:publishing", "stamp_paper", "decide"):  # what rests on the decision is taken back first
        with reporting.session() as s:
            event = next(one for one in access.events(s, access.case(s, denied)) if one.step == step)
        reversal = {"position": event.position, "reason": "有误", "article": "第三条"}
        reporting.house.do("head", denied, "reverse", reversal)
    page = text_of(client.get(f"{PAGE}versions/?then={position}"))
    assert "<del>个别</del><ins>少数</ins>单位答复迟缓。" in page
    assert "作出决定<del>3</del><ins>2</ins>件" in page
    assert re.search(r'</a></td><td data-label="那时">3件</td><td data-label="现在">2件', page)
    told = text_of(client.get(f"{PAGE}versions/?then={position}&figure=decided"))
    assert re.search(rf'不再计入：<a href="/cases/{denied}/">', told)
    assert "另外计入" not in told
    between = text_of(client.get(f"{PAGE}versions/?then={position}&until_act={position}"))
    assert "全部数字相同" in between
    assert client.get(f"{PAGE}versions/?then=999").status_code == 404
    assert reader("clerk").get(f"{PAGE}versions/?then={position}").status_code == 403


def later(place: Filled, day: str) -> None:
    """The house's clock goes on."""
    place.at(day)
    stand_still(place.house)


def test_an_older_wording_becomes_the_draft_again(case: int, reader: Entry, reporting: Filled) -> None:
    client = reader("officer")
    write(client, "act", "个别单位答复迟缓，全年收到【收到申请数】。")
    write(client, "act", "少数单位答复迟缓。")
    page = text_of(client.get(f"{PAGE}versions/secret/"))
    old = re.search(r'<textarea name="text" hidden[^>]*>\n(.*?)</textarea>', page, re.S)
    assert old
    assert page.count("用这一次的文字作草稿") == 1
    assert client.post(f"{PAGE}write/secret/", {"do": "draft", "text": old[1]}).status_code == 302
    kept = text_of(client.get(PAGE))
    assert "个别单位答复迟缓，全年收到【收到申请数】。</textarea>" in kept
    assert entered(reporting, case) == 2
    assert "用这一次的文字作草稿" not in text_of(reader("mayor").get(f"{PAGE}versions/secret/"))


def test_who_may_not_write_reads_and_others_see_nothing(case: int, reader: Entry) -> None:
    page = text_of(reader("mayor").get(PAGE))
    assert "由本案承办人在编制报告时撰写" in page
    assert "<textarea" not in page
    assert write(reader("officer"), "draft", "草稿是本人的。").status_code == 302
    assert "草稿是本人的" not in text_of(reader("mayor").get(PAGE))
    for who, status in (("mayor", 404), ("clerk", 403)):
        assert reader(who).post(f"{PAGE}write/secret/", {"do": "act", "text": "改。"}).status_code == status
        assert reader(who).post(f"{PAGE}compile/").status_code == status
    assert reader("officer").post(f"{PAGE}write/nowhere/", {"do": "act"}).status_code == 404


def test_the_number_of_queries_does_not_grow(case: int, reader: Entry, reporting: Filled) -> None:
    client = reader("officer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    few = asked()
    list(many(reporting.house, 30))
    assert asked() == few
    assert few <= 60


def test_words_and_numbers_are_not_cut() -> None:
    assert word_changes("", "甲") == [[Stretch("new", "甲")]]
    (told,) = word_changes("全年受理12件，办结率98.5%。", "全年共受理125件，办结率98.5%。")
    assert told == [
        Stretch("kept", "全年"),
        Stretch("new", "共"),
        Stretch("kept", "受理"),
        Stretch("gone", "12"),
        Stretch("new", "125"),
        Stretch("kept", "件，办结率98.5%。"),
    ]
    assert word_changes("甲。\n乙乙乙。", "甲。\n丙丙丙。\n乙乙乙。")[0] == [Stretch("kept", "甲。")]
    moved = word_changes("可以委托代理人。", "联系方式：\n可以委托律师。")
    assert moved[0] == [Stretch("new", "联系方式：")]
    assert moved[1][0] == Stretch("kept", "可以委托")
