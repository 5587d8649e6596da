"""通知 and 等待他人: what others did in one's cases, what turned yellow, whose turn it is; read by each for himself."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fadu.kernel import clockwork, models
from fadu.web.workbench import awaited
from tests.kernel.conftest import House
from tests.kernel.test_applications import receive, sent
from tests.kernel.test_time import serve
from tests.web.conftest import Entry, stand_still, text_of
from tests.web.test_lists import many, queries

PROPOSAL = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}


def proposed(home: House) -> int:
    """A case of the officer's whose decision waits for its reviewer."""
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("clerk", case, "reply")
    home.do("officer", case, "draft_paper", PROPOSAL, track_key="decide")
    return case


def unread(page: str) -> list[str]:
    """What the forms of a page would mark as read."""
    return list(dict.fromkeys(re.findall(r'name="shown" value="([^"]*)"', page)))


def test_what_others_did_is_told_until_it_is_read(home: House, sign_in: Entry) -> None:
    case = proposed(home)
    home.do("reviewer", case, "return_paper", {"return_reason": "说理不足"}, track_key="decide")
    client, second = sign_in("officer"), sign_in("second")
    page = text_of(client.get("/"))
    assert "reviewer某（审核人）退回修改：作出决定" in page
    assert "officer某（承办人）受理" not in page
    assert client.get("/news/count/").json() == {"unread": 1}
    assert second.get("/news/count/").json() == {"unread": 0}
    opened = client.post("/news/read/", {"shown": unread(page), "open": "1"})
    assert opened["Location"] == f"/cases/{case}/"
    assert "退回修改" not in text_of(client.get("/news/"))
    assert "退回修改：作出决定" in text_of(client.get("/news/?all"))
    home.do("head", case, "stay")
    told = text_of(client.get("/news/?system=small"))
    assert ("head某（机构负责人）中止" in told, "退回修改" in told) == (True, False)


def test_no_more_is_marked_than_was_told(home: House, sign_in: Entry) -> None:
    case = proposed(home)
    client = sign_in("officer")
    shown = unread(text_of(client.get("/news/")))
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    client.post("/news/read/", {"shown": shown})
    left = text_of(client.get("/news/"))
    assert ("审核同意：作出决定" in left, "提出答复" in left) == (True, False)
    client.post("/news/read/", {"shown": [f"{case}:99:"]})
    home.do("head", case, "stay")
    assert "中止" in text_of(client.get("/news/"))


@pytest.mark.parametrize("shown", ["12", "a:b:c", "9:9:" + "x" * 30, ":::", "1:²:"])
def test_what_no_page_sends_is_refused(home: House, sign_in: Entry, shown: str) -> None:
    assert sign_in("officer").post("/news/read/", {"shown": shown}).status_code == 422


def test_a_strangers_case_is_neither_told_nor_marked(home: House, sign_in: Entry) -> None:
    case = proposed(home)
    client = sign_in("stranger")
    assert "张三" not in text_of(client.get("/news/?all"))
    assert client.post("/news/read/", {"shown": f"{case}:1:"}).status_code == 404


def test_a_party_is_told_what_parties_may_know(home: House, sign_in: Entry) -> None:
    case = proposed(home)
    home.do("officer", case, "deliberate", {"secret": "副卷里的意见"})
    told = text_of(sign_in("clerk").get("/news/"))
    assert "officer某（承办人）受理" in told
    assert "合议" not in told
    assert "拟稿" not in told


def test_a_light_that_turned_is_told_once(home: House, sign_in: Entry) -> None:
    home.open()
    home.day = date(2024, 3, 5)
    stand_still(home)
    client = sign_in("officer")
    page = text_of(client.get("/"))
    assert "已转为黄灯" in page
    client.post("/news/read/", {"shown": unread(page)})
    assert "黄灯" not in text_of(client.get("/news/"))
    home.day = date(2024, 3, 8)
    stand_still(home)
    assert "已转为红灯" in text_of(client.get("/news/"))


def test_what_time_did_is_told(home: House, sign_in: Entry) -> None:
    home.open()
    clockwork.set_day(None, date(2024, 3, 12))
    clockwork.run_due()
    assert re.search(r"<li>视为受理<cite>.*法定期限", text_of(sign_in("officer").get("/news/")))


def test_what_came_in_online_is_told_to_all_who_may_take_it_up(home: House, sign_in: Entry) -> None:
    receive(home)
    case = sent(home).case_id
    told = text_of(sign_in("second").get("/news/"))
    assert "公众（网上办理）：收到申请" in told
    assert sign_in("reviewer").get("/news/count/").json() == {"unread": 0}
    home.do("officer", case, "accept")
    assert sign_in("second").get("/news/count/").json() == {"unread": 0}


def test_whose_turn_it_is(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "serve", {
        "paper": "copy-1", "party": "respondent-1", "method": "direct", "sent_on": "2024-03-01",
        "received_on": "2024-03-01", "proof": "回证",
    })  # fmt: skip
    page = text_of(sign_in("officer").get("/"))
    assert re.search(r"被申请人某局</td>\s*<td>提出答复", page)
    home.do("clerk", case, "reply")
    home.do("officer", case, "draft_paper", PROPOSAL, track_key="decide")
    page = text_of(sign_in("officer").get("/"))
    assert "提出答复</td>" not in page
    assert re.search(r"审核人reviewer某</td>\s*<td>审核同意：作出决定", page)
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    page = text_of(sign_in("officer").get("/"))
    assert re.search(r"机关负责人mayor某</td>\s*<td>作出决定", page)
    home.do("mayor", case, "decide")
    assert re.search(r"印章管理人员keeper某</td>\s*<td>用印：作出决定", text_of(sign_in("officer").get("/")))
    home.do("keeper", case, "stamp_paper", track_key="decide")
    assert "等待他人" not in text_of(sign_in("officer").get("/"))


def test_rights_that_nobody_waits_for_hide_no_turn(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The applicants may sue, earlier than the respondent has to answer: of many such rights none is told."""
    monkeypatch.setattr(awaited, "MOST", 1)
    decided = proposed(home)
    home.do("reviewer", decided, "review_paper", {}, track_key="decide")
    home.do("mayor", decided, "decide")
    home.do("keeper", decided, "stamp_paper", track_key="decide")
    serve(home, decided, "decision-1", "applicant-1", "2024-03-01")
    home.day = date(2024, 3, 11)
    case = home.open().case
    home.do("officer", case, "accept")
    serve(home, case, "copy-1", "respondent-1", "2024-03-11")
    assert re.search(r"被申请人某局</td>\s*<td>提出答复", text_of(sign_in("officer").get("/")))


def test_what_tells_something_is_found_however_far_behind(home: House) -> None:
    cases = [home.open().case for _ in range(4)]
    with home.session("officer"):
        ordered = models.Case.objects.order_by("id")
        assert awaited.first_of(ordered, lambda row: row.pk if row.pk == cases[3] else None, 1) == [cases[3]]
        assert awaited.first_of(ordered, lambda row: row.pk if row.pk > cases[0] else None, 2) == cases[1:3]


def test_a_case_that_one_opened_is_waited_for(home: House, sign_in: Entry) -> None:
    case = proposed(home)
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    home.do("mayor", case, "decide")
    assert "等待他人" not in text_of(sign_in("second").get("/"))
    assert home.do("officer", case, "follow").opened
    page = text_of(sign_in("officer").get("/"))
    assert re.search(r"整改单位某局</td>\s*<td>报告整改", page)


@pytest.mark.parametrize("address", ["/", "/news/", "/news/count/"])
def test_the_number_of_queries_does_not_grow(home: House, sign_in: Entry, address: str) -> None:
    client = sign_in("officer")
    proposed(home)
    few = queries(client, address)
    for _ in range(5):
        proposed(home)
    list(many(home, 10))
    assert queries(client, address) == few
    assert few <= 30
