"""The office's own acts: roster from a file, registers as of a day, the demonstration clock, numbers."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import access, house, ledger, models
from fadu.kernel.roster import establish
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from tests.kernel.conftest import House
from tests.kernel.test_time import accepted

ROSTER = {
    "since": date(2020, 1, 1),
    "organs": [
        {"key": "g", "name": "甲县人民政府", "short": "甲政"},
        {"key": "j", "name": "甲县司法局", "short": "甲司", "parent": "g", "serves": "g"},
    ],
    "officers": [{"username": "li", "name": "李某", "posts": [{"organ": "j", "role": "case_officer"}]}],
    "signing": [{"step": "small.decide", "role": "body_head"}],
}


def test_a_roster_is_registered_as_acts_of_the_house(home: House) -> None:
    with home.session(None) as s:
        before = models.Event.objects.filter(stream__kind="house").count()
        roster = establish(s, ROSTER, lambda username: "geheim")
        assert models.Event.objects.filter(stream__kind="house").count() == before + 4
        assert models.Post.objects.get(officer_id=roster.officers["li"]).organ_id == roster.organs["甲县司法局"]
        for stream in models.Stream.objects.exclude(kind="case"):
            assert ledger.verify(stream.pk) > 0
        assert not models.EventValue.objects.filter(value__contains="geheim").exists()


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("since", "很久以前", "应为日期"),
        ("organs", [{"key": "x", "name": "乙局"}], "缺少 short"),
        ("organs", [{"key": "x", "name": "乙局", "short": "乙", "parent": "nowhere"}], "没有在它之前登记"),
        ("organs", [{"key": "x", "name": "某区人民政府", "short": "乙"}], "已经登记过"),
        ("officers", [{"username": "li"}], "缺少用户名或者姓名"),
        ("officers", [{"username": "li", "name": "李某", "posts": [{"organ": "j", "role": "king"}]}], "任职"),
        ("officers", [{"username": "admin", "name": "李某"}], "已经有人使用"),
        ("signing", [{"step": "small.decide", "role": "king"}], "职责"),
    ],
)
def test_a_faulty_roster_is_refused_in_words(home: House, part: str, value: object, said: str) -> None:
    with home.session(None) as s, pytest.raises(BadInput, match=said):
        establish(s, ROSTER | {part: value}, lambda username: "x")


def test_only_the_administrator_changes_the_house(home: House) -> None:
    with home.session("officer") as s, pytest.raises(NotAllowed):
        house.register_organ(s, "丙局", "丙", since=date(2020, 1, 1))
    with home.session("admin") as s:
        assert house.register_organ(s, "丙局", "丙", since=date(2020, 1, 1)).name == "丙局"


def test_a_register_is_read_as_of_any_day(home: House) -> None:
    with home.session("admin") as s:
        house.put_entry(s, "list", "a", {"n": 1}, since=date(2023, 1, 1))
        house.put_entry(s, "list", "a", {"n": 2}, since=date(2024, 1, 1))
        house.end_entry(s, "list", "a", date(2024, 2, 1))
        days = {date(2022, 12, 31): [], date(2023, 12, 31): [1], date(2024, 1, 1): [2], date(2024, 2, 1): []}
        for day, expected in days.items():
            assert [entry.data["n"] for entry in access.register(s, "list", day)] == expected
        stream = models.Stream.objects.get(kind="register", name="list")
        assert ledger.verify(stream.pk) == 3


def test_the_signing_table_moves_a_signature_to_another_role_for_its_time(home: House) -> None:
    case = accepted(home)
    home.do("officer", case, "reply")
    values = {"reasons": "x", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", case, "draft_paper", values, track_key="decide")
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    with home.session("admin") as s:
        house.put_entry(s, access.SIGNING, "small.decide", {"role": "body_head"}, since=date(2024, 1, 1))
    with pytest.raises(NotAllowed):
        home.do("mayor", case, "decide")
    assert home.do("head", case, "decide").label == "作出决定"


def test_a_number_whose_act_was_taken_back_is_listed_with_its_reason(home: House) -> None:
    case = accepted(home)
    home.do("head", case, "reverse", {"position": 2, "reason": "点错", "article": "工作制度"})
    home.do("officer", case, "accept")
    with home.session(None) as s:
        assert [number.text for number in house.void_numbers(s)] == ["某政受〔2024〕1号"]
        assert all(missing == [] for _, missing in house.gaps(s))


def test_the_clock_of_a_demonstration_runs_only_forward(home: House) -> None:
    with home.session(None) as s:
        house.move_clock(s, home.now)
        with pytest.raises(BadInput, match="只能向后"):
            house.move_clock(s, home.now.replace(year=2023))
        assert access.is_demo()


def test_a_new_password_is_an_act_and_stays_out_of_the_record(home: House) -> None:
    with home.session("admin") as s:
        house.set_password(s, "officer", "geheim-2")
        assert models.Officer.objects.get(username="officer").check_password("geheim-2")
        assert not models.EventValue.objects.filter(value__contains="geheim").exists()
        assert models.Event.objects.filter(step="set_password", actor_id=s.officer).count() == 1
        with pytest.raises(NotFound, match="nobody"):
            house.set_password(s, "nobody", "x")
    with home.session("officer") as s, pytest.raises(NotAllowed):
        house.set_password(s, "mayor", "x")


def test_a_closed_account_stays_on_record(home: House) -> None:
    case = accepted(home)
    with home.session("admin") as s:
        house.set_active(s, "officer", active=False)
    with home.session("head") as s:
        assert not models.Officer.objects.get(username="officer").is_active
        assert access.events(s, access.case(s, case))[0].actor_id == home.people["officer"]
