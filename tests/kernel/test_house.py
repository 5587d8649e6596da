"""The office's own acts: roster from a file, registers as of a day, the demonstration clock, numbers."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from fadu.kernel import access, certificates, documents, edition, house, ledger, models
from fadu.kernel.certificates import Certificate
from fadu.kernel.edition import record_edition
from fadu.kernel.roster import establish
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from fadu.rules.law import LAW_FOLDER, load_library
from fadu.rules.registry import registry
from tests.kernel.conftest import House
from tests.kernel.furnished import examine, of
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


def test_another_edition_is_recorded_once(home: House) -> None:
    said = {"law": "1", "templates": "2"}
    with home.session(None) as s:
        assert house.record_edition(s, said) == ["law", "templates"]
        assert house.record_edition(s, said) == []
        assert house.record_edition(s, said | {"templates": "3"}) == ["templates"]
        assert models.Event.objects.filter(step="edition_changed").count() == 2
    assert record_edition(home.now) == ["law", "declarations", "templates", "settings"]
    assert record_edition(home.now) == []


def test_each_part_of_an_edition_has_its_own_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, rooms = load_library(), registry()
    before = edition.edition(library, rooms)
    assert len(set(before.values())) == 4
    for name in ("law", "shared"):
        shutil.copytree({"law": LAW_FOLDER / "local", "shared": documents.SHARED}[name], tmp_path / name / "local")
    monkeypatch.setattr(edition, "LAW_FOLDER", tmp_path / "law")
    monkeypatch.setattr(documents, "SHARED", tmp_path / "shared" / "local")
    assert edition.edition(library, rooms) == before, "where it lies makes no difference"
    with (tmp_path / "law" / "local" / "lights.yaml").open("a") as file:
        file.write("# \n")
    now = edition.edition(library, rooms)
    assert [name for name in now if now[name] != before[name]] == ["settings"]
    (tmp_path / "shared" / "local" / "amendment.md").write_text("# 另一种\n", encoding="utf-8")
    now = edition.edition(library, rooms)
    assert [name for name in now if now[name] != before[name]] == ["templates", "settings"]


def hold(home: House, who: str, number: str, since: date, before: date | None, kind: str = "行政执法证") -> None:
    with home.session("admin") as s:
        certificates.grant(s, Certificate(home.people[who], kind, number, since, before))


def test_an_expired_certificate_on_a_running_case_is_told(home: House) -> None:
    case = home.open().case
    hold(home, "officer", "甲1", date(2020, 1, 1), date(2024, 3, 1))
    hold(home, "second", "甲2", date(2020, 1, 1), date(2021, 1, 1))
    hold(home, "officer", "乙1", date(2020, 1, 1), None, kind="法律职业资格证")
    found = of(examine(home), "certificate_expired")
    assert [(one.case, one.said) for one in found] == [
        (case, "承办人officer某的行政执法证（甲1）自2024-03-01起失效，没有换发")
    ]
    hold(home, "officer", "甲1", date(2024, 3, 1), date(2027, 3, 1))
    assert of(examine(home), "certificate_expired") == []
    with home.session("admin") as s:
        house.end_entry(s, certificates.REGISTER, "甲1", date(2024, 3, 1))
    assert len(of(examine(home), "certificate_expired")) == 1


def test_a_certificate_is_somebodys_and_has_a_term(home: House) -> None:
    hold(home, "officer", "甲1", date(2020, 1, 1), date(2025, 1, 1))
    for who, number, kind, before, said in (
        ("second", "甲1", "行政执法证", None, "是别人的"),
        ("second", " ", "行政执法证", None, "没有写明证件的编号"),
        ("second", "甲2", "", None, "没有写明证件的种类"),
        ("second", "甲2", "行政执法证", date(2021, 1, 1), "应当晚于"),
    ):
        with pytest.raises(BadInput, match=said):
            hold(home, who, number, date(2021, 1, 1), before, kind)
    with pytest.raises(BadInput, match="以前的期间不能补登"):
        hold(home, "officer", "甲1", date(2015, 1, 1), date(2020, 1, 1))
    with home.session("admin"):
        row = models.RegisterEntry.objects.get(register=certificates.REGISTER, key="甲1")
        assert (row.since, row.before) == (date(2020, 1, 1), date(2025, 1, 1))
    with home.session("officer") as s, pytest.raises(NotAllowed):
        certificates.grant(s, Certificate(home.people["officer"], "行政执法证", "甲3", date(2021, 1, 1)))


def test_certificates_come_with_a_roster(home: House) -> None:
    said = {"kind": "行政执法证", "number": "甲9", "since": date(2020, 1, 1), "before": date(2023, 1, 1)}
    person = ROSTER["officers"][0] | {"certificates": [said]}
    with home.session(None) as s:
        roster = establish(s, ROSTER | {"officers": [person]}, lambda username: "x")
        assert [one.number for one in certificates.expired(s)[roster.officers["li"]]] == ["甲9"]


def test_who_signs_in_waits_for_nobody_else(home: House) -> None:
    for who in ("officer", "officer", "head"):
        with home.session(who) as s:
            house.signed_in(s)
    with home.session(None):
        found = models.Event.objects.filter(step="signed_in").order_by("stream", "position")
        assert [(event.actor_id, event.position) for event in found] == [
            (home.people["officer"], 1), (home.people["officer"], 2), (home.people["head"], 1),
        ]  # fmt: skip
        for stream in models.Stream.objects.filter(kind="house"):
            assert ledger.verify(stream.pk) > 0


def test_only_the_administrator_changes_the_house(home: House) -> None:
    with home.session("officer") as s, pytest.raises(NotAllowed):
        house.register_organ(s, "丙局", "丙", since=date(2020, 1, 1))
    with home.session("admin") as s:
        assert house.register_organ(s, "丙局", "丙", since=date(2020, 1, 1)).name == "丙局"


def test_a_register_is_read_as_of_any_day(home: House) -> None:
    with home.session("admin") as s:
        house.put_entry(s, "targets", "a", {"n": 1}, since=date(2023, 1, 1))
        house.put_entry(s, "targets", "a", {"n": 2}, since=date(2024, 1, 1))
        house.end_entry(s, "targets", "a", date(2024, 2, 1))
        days = {date(2022, 12, 31): [], date(2023, 12, 31): [1], date(2024, 1, 1): [2], date(2024, 2, 1): []}
        for day, expected in days.items():
            assert [entry.data["n"] for entry in access.register(s, "targets", day)] == expected
        stream = models.Stream.objects.get(kind="register", name="targets")
        assert ledger.verify(stream.pk) == 3


def test_what_is_not_there_is_not_ended_on_record(home: House) -> None:
    with home.session("admin") as s:
        with pytest.raises(NotFound):
            house.end_entry(s, "targets", "a", date(2024, 2, 1))
        assert not models.Event.objects.filter(step="end_entry").exists(), "though the door commits what it refused"


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


def test_a_number_that_is_missing_is_told_with_its_series(home: House) -> None:
    home.open()
    with home.session(None) as s:
        models.NumberSeries.objects.create(organ_id=home.organs["other"], series="缺", year=2024, last=2)
        assert [(series.series, missing) for series, missing in house.gaps(s)] == [("申", []), ("缺", [1, 2])]


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
