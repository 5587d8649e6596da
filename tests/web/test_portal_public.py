"""What everybody may read and say: published texts, public lists, guides, drafts; nothing that is not public."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import pytest
from django.test import Client

from fadu.kernel import access, acts, applications, ledger, models, open_to_all, registers, sought_entries
from fadu.kernel.acts import Request
from fadu.kernel.registers import Change
from fadu.rules.errors import NotFound
from fadu.rules.facts import Audience, Count, Fact, Facts, Text, public_facts
from tests.kernel.conftest import House
from tests.web import open_house
from tests.web.conftest import hidden, text_of
from tests.web.test_lists import queries


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = open_house.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


@pytest.fixture
def draft(place: House) -> int:
    """A draft that stands open."""
    with place.session("officer") as s:
        values = {"subject": "夜间施工管理办法", "inner": "内部意见不公开"}
        return acts.open_case(s, "draft", place.organs["bureau"], Request("open_draft", values)).case


def say(case: int, content: str, ticket: str = "") -> str:
    browser = Client()
    page = text_of(browser.get(f"/open/opinions/{case}/"))
    fields = {"i": "1", "i-0-content": content, "i-0-person": "李四", "key": ticket or hidden(page, "key")}
    answer = browser.post(f"/open/opinions/{case}/", fields | {"do": "act"})
    assert answer.status_code == 200, text_of(answer)
    return text_of(answer)


def test_a_published_text_is_masked_and_found_by_its_words(place: House) -> None:
    case = place.open().case
    place.do("officer", case, "accept")
    place.do("clerk", case, "reply")
    place.decide(case)
    assert "没有找到" in text_of(Client().get("/open/public/texts/"))
    place.do("officer", case, "publish", {"paper": "decision-1", "place": "政府网站"})
    found = text_of(Client().get("/open/public/texts/?words=决定书&kind=small"))
    assert "《决定书》" in found
    assert "没有找到" in text_of(Client().get("/open/public/texts/?words=没有这几个字"))
    (row,) = open_to_all.published()
    text = text_of(Client().get(f"/open/public/texts/{case}/{row.key}/"))
    assert "（略）" in text
    for page in (found, text):
        for word in ("张三", "幸福路1号", "某日某事"):
            assert word not in page
    assert Client().get(f"/open/public/texts/{case}/decision-1x/").status_code == 404
    other = place.open().case
    absent, inside = Client().get("/open/public/texts/999999/x/"), Client().get(f"/open/public/texts/{other}/x/")
    assert text_of(absent).partition("<main")[2] == text_of(inside).partition("<main")[2]


def test_opinions_are_given_once_and_shown_when_they_were_weighed(place: House, draft: int) -> None:
    assert "夜间施工管理办法" in text_of(Client().get("/open/opinions/"))
    page = text_of(Client().get(f"/open/opinions/{draft}/"))
    assert "内部意见不公开" not in page
    assert "来源" not in page
    say(draft, "噪声限值写清楚", ticket="one form")
    assert "已经收到" in say(draft, "噪声限值写清楚", ticket="one form")
    say(draft, "时间再短一些")
    with place.session("officer") as s:
        case = access.case(s, draft)
        items = models.Item.objects.filter(case_id=draft).order_by("order")
        assert [row.data["facts"] for row in items] == [
            {"content": "噪声限值写清楚", "way": "online", "person": "李四"},
            {"content": "时间再短一些", "way": "online", "person": "李四"},
        ]
        assert {event.role for event in access.events(s, case)[1:]} == {"public"}
        assert ledger.verify(case.stream_id or 0) == 3
    assert "噪声限值写清楚" not in text_of(Client().get(f"/open/opinions/{draft}/"))
    outcomes = {"opinion-1": "followed", "opinion-2": "not_followed"}
    place.do("officer", draft, "weigh", {"weighing": "部分采纳", "outcomes": outcomes})
    page = text_of(Client().get(f"/open/opinions/{draft}/"))
    for word in ("噪声限值写清楚", "不采纳", "部分采纳"):
        assert word in page
    assert "李四" not in page
    assert "提交意见" not in page
    assert Client().post(f"/open/opinions/{draft}/", {"i-0-content": "迟了"}).status_code == 404


def test_an_empty_opinion_is_told_and_a_case_of_people_is_no_draft(place: House, draft: int) -> None:
    answer = Client().post(f"/open/opinions/{draft}/", {"i": "1", "key": "x", "do": "act"})
    assert answer.status_code == 422
    assert "至少要有一项意见" in text_of(answer)
    inside = place.open().case
    absent, forbidden = Client().get("/open/opinions/999999/"), Client().get(f"/open/opinions/{inside}/")
    assert absent.status_code == forbidden.status_code == 404
    assert text_of(absent).partition("<main")[2] == text_of(forbidden).partition("<main")[2]
    with pytest.raises(NotFound):
        open_to_all.consultation(inside)


class Counted(Facts):
    number: Annotated[Count, Fact("收到意见数", Audience.PUBLIC)]
    heard: Annotated[bool, Fact("是否听证", Audience.PUBLIC)]
    subject: Annotated[Text, Fact("名称", Audience.PUBLIC)]


def test_nought_and_no_are_told() -> None:
    fields = public_facts(Counted)
    said = open_to_all.told(fields, {"number": 0, "heard": False, "subject": ""})
    assert said == [("收到意见数", "0"), ("是否听证", "否")]


def test_guides_tell_who_when_and_how_long(place: House) -> None:
    assert "小程序" in text_of(Client().get("/open/public/guides/"))
    guide = text_of(Client().get("/open/public/guides/small/"))
    for word in ("受理审查", "《行政复议法》", "决定书"):
        assert word in guide
    mine, _, theirs = guide.partition("您这一方的期限")[2].partition("机关和其他人的期限")
    assert "受理审查" not in mine
    assert "受理审查" in theirs
    assert "可以网上办" in guide.partition("您可以办的")[2].partition("要多长时间")[0]
    assert Client().get("/open/public/guides/draft/").status_code == 404
    assert Client().get("/open/public/measures/?words=没有").status_code == 200


def test_a_list_is_read_as_of_a_day_without_what_is_internal(place: House) -> None:
    facts = {"code": "A-1", "subject": "对某事的处罚", "risk": "high"}
    for name in ("open_power", "power"):
        with place.session("officer") as s:
            registers.perform(s, name, place.organs["bureau"], Change("add", facts, None, "依据某决定"))
    assert "权力清单" in text_of(Client().get("/open/public/"))
    assert "执法事项清单" not in text_of(Client().get("/open/public/"))
    today = text_of(Client().get("/open/public/lists/open_power/?words=某事"))
    for word in ("A-1", "对某事的处罚", "某区司法局", "现行有效"):
        assert word in today
    for word in ("风险等级", "依据某决定"):
        assert word not in today
    assert "A-1" not in text_of(Client().get("/open/public/lists/open_power/?on=2024-02-29"))
    assert Client().get("/open/public/lists/open_power/?on=2024-02-30").status_code == 422
    for name in ("power", "retention", "no_list"):
        assert Client().get(f"/open/public/lists/{name}/").status_code == 404


def entry(place: House, kind: str, register: str = "open_power", **more: str) -> None:
    facts = {"code": "A-1", "subject": "对某事的处罚", "risk": "high"} if kind == "add" else {"code": "A-1"}
    since = date.fromisoformat(more.pop("since"))
    with place.session("officer") as s:
        registers.perform(s, register, place.organs["bureau"], Change(kind, facts | more, since, "依据某决定"))


def test_entries_of_public_lists_are_found_beside_the_texts(place: House) -> None:
    def told(words: str, **more: str) -> str:
        return text_of(Client().get("/open/public/texts/", {"words": words} | more))

    entry(place, "add", since="2024-01-01")
    entry(place, "add", "power", since="2024-01-01", subject="对别事的处罚")
    page = told("某事 处罚")
    for word in ("清单中的条目", "A-1", "事项名称：对某事的处罚", "权力清单", "某区司法局", "现行有效"):
        assert word in page
    assert 'href="/open/public/lists/open_power/?words=A-1&amp;on=2024-03-01"' in page
    for words in ("别事", "风险", "high", "某", ""):
        assert "清单中的条目" not in told(words), "not public, or too short"
    assert "清单中的条目" not in told("某事", kind="small")
    entry(place, "cancel", since="2024-02-01")
    page = told("某事")
    assert "已经终止" in page
    assert "?words=A-1&amp;on=2024-01-31" in page
    entry(place, "add", since="2025-01-01", subject="对后来某事的处罚")
    page = told("某事")
    assert ("尚未生效" in page, "?words=A-1&amp;on=2025-01-01" in page) == (True, True)
    assert "对后来某事的处罚" in text_of(Client().get("/open/public/lists/open_power/?words=A-1&on=2025-01-01"))


def test_more_entries_than_a_page_are_told(place: House) -> None:
    many_listed(place, open_to_all.PAGE)
    assert "只列出最近的" not in text_of(Client().get("/open/public/texts/?words=项权力"))
    many_listed(place, 1)
    page = text_of(Client().get("/open/public/texts/?words=项权力"))
    assert (page.count('<td class="lead">'), "只列出最近的 20 条" in page) == (open_to_all.PAGE, True)


def many_published(place: House, count: int) -> None:
    """One published decision, and copies of it."""
    case = place.open().case
    place.do("officer", case, "accept")
    place.do("clerk", case, "reply")
    place.decide(case)
    place.do("officer", case, "publish", {"paper": "decision-1", "place": "政府网站"})
    with access.session(None):
        row = models.Publication.objects.get(case_id=case)
        copies = [
            models.Publication(
                case_id=case, key=f"copy-{number}", order=number + 10, data=row.data, paper=row.paper, day=row.day
            )
            for number in range(count)
        ]
        models.Publication.objects.bulk_create(copies)


def many_listed(place: House, count: int) -> None:
    with access.session(None) as s:
        stream, known = models.Stream.objects.all()[0], models.RegisterEntry.objects.count()
        rows = [
            models.RegisterEntry(
                stream=stream, position=1, register="open_power", key=f"事项{known + number}", since=s.today,
                organ_id=place.organs["bureau"], data={"code": f"A{number}", "subject": f"第{number}项权力"},
            )
            for number in range(count)
        ]  # fmt: skip
        models.RegisterEntry.objects.bulk_create(rows)
    assert sought_entries.write_entry_texts() == count


def test_ten_thousand_texts_and_entries_stay_paged_with_the_same_queries(place: House) -> None:
    lists = ("/open/public/texts/", "/open/public/lists/open_power/")
    asked = ("", "?page=400", "?words=决定书", "?words=第9项权力")
    many_published(place, 10)
    many_listed(place, 10)
    few = {(address, page): queries(Client(), address + page) for address in lists for page in asked}
    many_published(place, 10_000)
    many_listed(place, 10_000)
    for (address, page), number in few.items():
        assert queries(Client(), address + page) == number <= 15
    for address in lists:
        assert text_of(Client().get(f"{address}?page=400")).count("<tr>") == open_to_all.PAGE + 1


def test_drafts_and_what_may_be_applied_for_take_the_same_queries(place: House, draft: int) -> None:
    addresses = ["/open/", "/open/apply/", "/open/opinions/", "/open/public/", "/open/public/guides/"]
    few = [queries(Client(), address) for address in addresses]
    with place.session("officer") as s:
        for number in range(5):
            acts.open_case(s, "draft", place.organs["bureau"], Request("open_draft", {"subject": f"草案{number}"}))
    with place.session("admin") as s:
        for organ in ("bureau", "other"):
            applications.receive_at(s, "small", place.organs[organ])
    assert "草案4" in text_of(Client().get("/open/opinions/"))
    assert [queries(Client(), address) for address in addresses] == few
    assert max(few) <= 10
