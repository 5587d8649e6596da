"""Flow pictures, law library, procedure sheets, the case page's explanations."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from django.test import Client

from fadu.kernel import access
from fadu.rules.procedure import PartyRole, Procedure
from fadu.rules.registry import registry
from fadu.web.shared import flow, words
from fadu.web.shared.fields import Field
from tests.kernel import small
from tests.kernel.conftest import House
from tests.kernel.test_time import serve
from tests.web.conftest import Entry, hidden, stand_still, text_of

IN_FORCE = [text for system in registry().systems for text in registry().versions(system)]
ALL = [*small.ROOM.procedures, *IN_FORCE]


def name_of(procedure: Procedure) -> str:
    return f"{procedure.system}-{procedure.version}"


# ---------------------------------------------------------------- flow pictures


@pytest.mark.parametrize("procedure", ALL, ids=name_of)
def test_the_picture_shows_every_state_and_every_move(procedure: Procedure) -> None:
    picture = flow.of_procedure(procedure)
    assert {box.name for box in picture.boxes} == {state.name for state in procedure.states}
    drawn = {(line.arrow.origin, line.arrow.target) for line in picture.lines}
    moves = {
        (at.name, step.to.name)
        for step in procedure.steps
        for at in step.at
        if step.track is None and step.to is not None and at != step.to
    }
    assert moves <= drawn
    told = "".join(steps for _, _, steps in picture.sentences)
    assert all(step.label in told for step in procedure.opening if step.to)


@pytest.mark.parametrize("procedure", ALL, ids=name_of)
def test_nothing_on_the_picture_lies_on_another_thing(procedure: Procedure) -> None:
    pictures = [flow.of_procedure(procedure), *(flow.of_track(procedure, track) for track in procedure.tracks)]
    for picture in pictures:
        columns: dict[int, list[flow.Box]] = {}
        for box in picture.boxes:
            columns.setdefault(box.x, []).append(box)
            assert box.y > 0
            assert box.y + box.height < picture.height
            assert box.x + box.width < picture.width
        for column in columns.values():
            for above, below in pairwise(sorted(column, key=lambda box: box.y)):
                assert above.y + above.height < below.y
        places = [(line.x, line.y) for line in picture.lines]
        assert len(set(places)) == len(places)
        for (x, y), (other_x, other_y) in pairwise(sorted(places)):
            assert x != other_x or abs(y - other_y) >= 14


def test_final_states_stand_last_and_the_way_taken_is_marked() -> None:
    picture = flow.of_procedure(small.SMALL, "accepted", ["received", "received", "accepted"])
    last = max(box.x for box in picture.boxes)
    assert [box.name for box in picture.boxes if box.x == last] == ["closed"]
    assert picture.present == "审理中"
    taken = {(line.arrow.origin, line.arrow.target) for line in picture.lines if line.arrow.taken}
    assert taken == {("", "received"), ("received", "accepted")}


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-3-1", "2024-03-01"),
        ("2024/3/1", "2024-03-01"),
        ("2024.03.01", "2024-03-01"),
        ("2024年3月1日", "2024-03-01"),
        (" 20240301 ", "2024-03-01"),
        ("三月一日", "三月一日"),
        ("2024-02-30", "2024-02-30"),
    ],
)
def test_days_as_people_type_them(typed: str, day: str) -> None:
    assert words.iso_day(typed) == day


def test_days_left_in_words() -> None:
    today = date(2024, 3, 1)
    assert words.days_left(date(2024, 3, 4), today) == "还有 3 天"
    assert words.days_left(today, today) == "今天到期"
    assert words.days_left(date(2024, 2, 28), today) == "已超 2 天"
    assert words.days_left(None, today) == "没有在办期限"


def test_sizes_in_words() -> None:
    assert [words.size(n) for n in (1, 1024, 1025, 20 * 1024 * 1024)] == ["1 KB", "1 KB", "2 KB", "20.0 MB"]


@pytest.mark.parametrize(("typed", "can"), [("", True), ("2024-03-01", True), ("2024-02-30", False), ("明天", False)])
def test_a_day_that_is_none_is_shown_as_text(typed: str, can: bool) -> None:
    assert Field("f-x", "日期", "date", [typed]).is_day == can


# ---------------------------------------------------------------- law library


def test_statutes_are_found_by_name(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    everything = text_of(client.get("/law/"))
    assert "中华人民共和国行政复议法" in everything
    assert "小程序" in everything
    some = text_of(client.get("/law/?name=行政复议法"))
    assert "中华人民共和国行政复议法" in some
    assert "中华人民共和国行政许可法" not in some
    assert "没有名称中含“不存在”的法规" in text_of(client.get("/law/?name=不存在"))


def test_a_statute_as_of_a_day(home: House, sign_in: Entry) -> None:
    client = sign_in("officer")
    address = "/law/administrative_reconsideration_law/"
    new, old = text_of(client.get(f"{address}?on=2024-01-01")), text_of(client.get(f"{address}?on=2023-12-31"))
    assert "第八十八条第一款" in new  # 计算依据
    assert "2024年1月1日有效的期限" in new
    assert "补正后审查" in new.partition("这一天没有规定的期限")[0]
    assert "补正后审查" not in old.partition("这一天没有规定的期限")[0]
    assert "简易程序款额" in new
    assert "不超过3,000元" in new
    assert "简易程序款额" not in old
    wrong = client.get(f"{address}?on=2024-02-30")
    assert wrong.status_code == 422
    assert "不是有效的日期" in text_of(wrong)


@pytest.mark.parametrize("procedure", IN_FORCE, ids=name_of)
def test_every_procedure_has_its_sheet(
    home: House, sign_in: Entry, procedure: Procedure, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "registry", registry)
    page = text_of(sign_in("officer").get(f"/procedures/{procedure.system}/{procedure.version}/"))
    for thing in (*procedure.steps, *procedure.clocks, *procedure.states, *procedure.papers):
        assert thing.label in page
    for step in procedure.steps:
        for gate in procedure.gates_of(step):
            assert gate.sentence in page


@pytest.mark.parametrize("system", registry().systems)
def test_every_opening_form_of_every_room(
    home: House, sign_in: Entry, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "registry", registry)
    home.day = date(2025, 12, 1)
    stand_still(home)
    for step in registry().newest(system).opening:
        page = text_of(sign_in("officer").get(f"/cases/new/{system}/{step.name}/"))
        mine = any(isinstance(by, PartyRole) or by.name == "case_officer" for by in step.by)
        assert (f"<h1>{step.label}" if mine else "您没有这项权限") in page, step.label


def test_an_earlier_day_brings_the_form_of_its_own_text(
    home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "registry", registry)
    client = sign_in("officer")
    address = "/cases/new/reconsideration/receive_application/"
    page = text_of(client.get(address))
    typed = {"version": hidden(page, "version"), "key": hidden(page, "key"), "body": str(home.organs["bureau"])}
    typed |= {"day": "2023-12-20", "f-reasons": "写了很久的理由", "do": "act"}
    refused = client.post(address, typed)
    page = text_of(refused)
    assert refused.status_code == 422
    assert "2023-12-20适用行政复议（2017），表单已按该版本列出" in page
    assert "写了很久的理由" in page
    assert hidden(page, "version") == "2017"
    again = text_of(client.post(address, typed | {"version": "2017"}))
    assert "表单已按该版本列出" not in again
    assert "没有填写" in again


def test_a_procedure_that_is_not_yet_in_force(home: House, sign_in: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "registry", registry)
    step = registry().newest("suggestion").opening[0]
    response = sign_in("officer").get(f"/cases/new/suggestion/{step.name}/")
    assert response.status_code == 422
    assert "2024年3月1日没有可以适用的" in text_of(response)


# ---------------------------------------------------------------- explanations on the case page


def test_a_period_explains_itself(home: House, sign_in: Entry) -> None:
    case = home.open().case
    page = text_of(sign_in("officer").get(f"/cases/{case}/"))
    for word in ("怎样算出来的", "开始之日不计入", "法定期限：5个工作日", "最后一日为2024年3月8日", "第三十条"):
        assert word in page


def test_a_period_explains_itself_as_json(home: House, sign_in: Entry) -> None:
    case = home.open().case
    client = sign_in("officer")
    assert f'href="/cases/{case}/clocks/screen/json"' in text_of(client.get(f"/cases/{case}/"))
    told = client.get(f"/cases/{case}/clocks/screen/json").json()
    assert (told["label"], told["lapsed"]) == ("受理审查", None)
    assert told["rule"] == {
        "statute": "行政复议法", "version": "2023", "period": "审查受理", "article": "第三十条第一、二款",
        "kind": "max", "amount": 5, "unit": "workday", "month_day": None, "roll": "next",
    }  # fmt: skip
    assert (told["inputs"]["start"], told["inputs"]["started_by"]) == ("2024-03-01", "收到申请")
    assert (told["result"]["due"], told["result"]["provisional"]) == ("2024-03-08", False)
    assert [entry["kind"] for entry in told["entries"]][:2] == ["start", "period"]
    assert sum(entry["days"] for entry in told["entries"] if entry["kind"] == "counted") == 5
    assert "最后一日为2024年3月8日" in "".join(entry["text"] for entry in told["entries"])


def test_who_may_not_see_the_case_gets_no_json(home: House, sign_in: Entry) -> None:
    case = home.open().case
    address = f"/cases/{case}/clocks/screen/json"
    assert sign_in("clerk").get(address).status_code == 200  # the respondent's clerk sees the page too
    assert sign_in("stranger").get(address).status_code == 404
    assert sign_in("officer").get(f"/cases/{case}/clocks/none/json").status_code == 404
    assert Client().get(address).status_code == 302


def test_silence_is_told_as_such(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.day = date(2024, 3, 12)
    stand_still(home)
    sign_in("admin").post("/demo/advance/", {"to": "day"})
    page = text_of(sign_in("officer").get(f"/cases/{case}/"))
    assert "视为受理" in page
    assert "法定期限" in page
    assert "补录" not in page


def test_a_lapse_that_an_answer_overtook_stays_on_the_page(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    home.day = date(2024, 3, 18)
    home.do("officer", case, "reply", {"reply_posted_on": "2024-03-15"})
    page = text_of(sign_in("officer").get(f"/cases/{case}/"))
    assert "<s>答复期限届满：可以认定没有证据</s>" in page
    assert "不再计：期限内已“提出答复”" in page
    assert "2024年3月15日届满曾记录在案，因期限内已“提出答复”，不再计为逾期。" in page


def test_a_link_to_a_case_one_may_not_see_has_no_name(home: House, sign_in: Entry) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("clerk", case, "reply")
    home.decide(case)
    opened = home.do("officer", case, "follow").opened[0]
    officer = sign_in("officer")
    assert f'href="/cases/{opened}/"' in text_of(officer.get(f"/cases/{case}/"))
    assert f'href="/cases/{case}/"' in text_of(officer.get(f"/cases/{opened}/"))
