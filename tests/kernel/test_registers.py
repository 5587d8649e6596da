"""Registers: entries change by acts only, by whom the declaration names, and are read as of any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.utils import ProgrammingError

from fadu.kernel import access, ledger, models, registers
from fadu.kernel.registers import Change
from fadu.rules.errors import BadInput, NotAllowed, NotFound
from tests.kernel import lists
from tests.kernel.conftest import House

ENTRY = {"code": "A1", "subject": "对超载的处罚", "risk": "high"}


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = lists.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def change(place: House, who: str | None, kind: str, organ: str = "bureau", **more: Any) -> models.RegisterEntry:
    since, reason = more.pop("since", None), more.pop("reason", "")
    with place.session(who) as s:
        wanted = Change(kind, ENTRY | more if kind in ("add", "take_over") else more, since, reason)
        return registers.perform(s, "power", place.organs[organ], wanted)


def valid(place: House, on: date, who: str | None = "officer", **more: Any) -> list[dict[str, Any]]:
    with place.session(who) as s:
        return [entry.data for entry in access.register(s, "power", on, **more)]


def test_an_entry_is_read_as_of_any_day(place: House) -> None:
    change(place, "officer", "add", since=date(2023, 1, 1))
    change(place, "head", "adjust", code="A1", risk="low", since=date(2024, 1, 1), reason="国务院决定")
    change(place, "officer", "cancel", code="A1", since=date(2024, 2, 1))
    days = {date(2022, 12, 31): [], date(2023, 12, 31): ["high"], date(2024, 1, 31): ["low"], date(2024, 2, 1): []}
    assert {day: [data["risk"] for data in valid(place, day)] for day in days} == days
    assert valid(place, date(2024, 1, 1))[0]["subject"] == "对超载的处罚"


def test_each_change_is_one_event_on_the_chain_of_its_organ(place: House) -> None:
    row = change(place, "officer", "add", since=date(2024, 2, 1))
    change(place, "head", "adjust", code="A1", risk="low", reason="评估")
    change(place, "officer", "hand_down", code="A1", reason="下放至镇街")
    with place.session("officer") as s:
        stream = models.Stream.objects.get(pk=row.stream_id)
        assert (stream.kind, stream.organ_id, stream.position) == ("register", place.organs["bureau"], 3)
        assert ledger.verify(stream.pk) == 3
        told = access.entry_history(s, row)
    assert [(event.label, event.article, event.happened.isoformat()) for event, _ in told] == [
        ("执法事项清单：新增", "第一条", "2024-02-01"),
        ("执法事项清单：调整", "第三条", "2024-03-01"),
        ("执法事项清单：下放", "第四条", "2024-03-01"),
    ]
    assert [said["reason"] for _, said in told] == ["", "评估", "下放至镇街"]
    assert told[1][1]["data"]["risk"] == "low"


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"risk": "middle"}, "risk", "“风险等级”不在可选范围内"),
        ({"subject": ""}, "subject", "“事项名称”没有填写"),
        ({"code": " "}, "code", "“事项编码”没有填写"),
        ({"reviewed_on": "2024-02-30"}, "reviewed_on", "“审核日期”不是有效的日期"),
        ({"inspections": "x"}, "inspections", "“每年检查次数”应当是整数"),
        ({"other": "x"}, "other", "不是这一步可以填写的内容"),
        ({"files": ["f" * 64]}, "files", "没有上传成功"),
    ],
)
def test_what_cannot_be_taken_is_told_in_the_words_of_forms(
    place: House, more: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        change(place, "officer", "add", **more)
    assert said in refused.value.fields[field]
    assert valid(place, place.day) == []


def test_only_the_declared_roles_at_the_organ_change_it(place: House) -> None:
    for who in ("reviewer", "mayor", "stranger", "admin", "clerk"):
        with pytest.raises(NotAllowed, match="承办人、机构负责人"):
            change(place, who, "add")
    with pytest.raises(NotAllowed):
        change(place, "officer", "add", organ="other")
    assert change(place, None, "add").key == "A1"


def test_entries_and_their_events_are_seen_by_whom_the_cases_of_the_organ_are(place: House) -> None:
    row = change(place, "officer", "add", since=date(2024, 1, 1))
    other = change(place, "stranger", "add", organ="other", since=date(2024, 1, 1))
    seen = {"officer": ["bureau"], "stranger": ["other"], "mayor": ["bureau", "other"], "clerk": [], "chief": []}
    for who, organs in seen.items():
        with place.session(who) as s:
            found = {entry.organ_id for entry in access.register(s, "power", place.day)}
            assert found == {place.organs[organ] for organ in organs}
            assert access.register(s, "power", place.day).count() == len(organs)
            chains = models.Event.objects.filter(stream_id__in=[row.stream_id, other.stream_id])
            assert chains.count() == len(organs)
            values = models.EventValue.objects.filter(stream_id__in=[row.stream_id, other.stream_id])
            assert values.count() == len(organs)


def test_search_looks_at_key_and_text_and_narrows_by_organ(place: House) -> None:
    change(place, "officer", "add", since=date(2024, 1, 1))
    change(place, "officer", "add", code="B2", subject="对无证经营的处罚", since=date(2024, 1, 1))
    change(place, "stranger", "add", organ="other", since=date(2024, 1, 1))
    bureau = place.organs["bureau"]
    assert [data["code"] for data in valid(place, place.day, words="处罚 无证")] == ["B2"]
    assert [data["code"] for data in valid(place, place.day, words="A1")] == ["A1"]
    assert valid(place, place.day, words="high") == []
    assert len(valid(place, place.day, "mayor", words="处罚")) == 3
    assert len(valid(place, place.day, "mayor", words="处罚", organ=bureau)) == 2
    assert len(valid(place, place.day, key="B2")) == 1


def test_some_changes_need_a_reason(place: House) -> None:
    change(place, "officer", "add")
    with pytest.raises(BadInput, match="“调整”应当写明理由") as refused:
        change(place, "officer", "adjust", code="A1", risk="low", reason=" ")
    assert refused.value.article == "第三条"


def test_days_are_not_turned_round(place: House) -> None:
    change(place, "officer", "add", since=date(2024, 1, 10))
    with pytest.raises(BadInput, match="已有条目“A1”"):
        change(place, "officer", "add", since=date(2024, 2, 1))
    with pytest.raises(BadInput, match="自2024-01-10起生效，不能补录在此之前的取消"):
        change(place, "officer", "cancel", code="A1", since=date(2024, 1, 9))
    change(place, "officer", "cancel", code="A1", since=date(2024, 2, 1))
    for kind in ("cancel", "hand_down"):
        with pytest.raises(BadInput, match="已自2024-02-01起终止"):
            change(place, "officer", kind, code="A1", reason="x")
    with pytest.raises(BadInput, match="到2024-02-01才终止"):
        change(place, "officer", "take_over", since=date(2024, 1, 31), reason="x")
    change(place, "officer", "take_over", since=date(2024, 2, 1), reason="承接")
    assert len(valid(place, date(2024, 2, 1))) == 1


def test_the_same_change_twice_is_refused(place: House) -> None:
    change(place, "officer", "add")
    change(place, "officer", "adjust", code="A1", risk="low", reason="x")
    with pytest.raises(BadInput, match="内容没有变化"):
        change(place, "officer", "adjust", code="A1", risk="low", reason="x")


def test_a_change_may_be_announced_for_a_later_day(place: House) -> None:
    row = change(place, "officer", "add", since=date(2025, 1, 1))
    with place.session("officer") as s:
        assert access.entry_history(s, row)[0][0].happened == place.day
    assert valid(place, date(2024, 12, 31)) == []
    assert len(valid(place, date(2025, 1, 1))) == 1


def test_what_is_not_there_is_not_found(place: House) -> None:
    with pytest.raises(NotFound):
        change(place, "officer", "cancel", code="A1")
    with pytest.raises(NotFound):
        change(place, "officer", "absent", code="A1")
    with place.session("officer") as s, pytest.raises(NotFound):
        registers.perform(s, "absent", place.organs["bureau"], Change("add", ENTRY))


def test_entries_cannot_be_deleted_nor_read_without_a_session(place: House) -> None:
    change(place, "officer", "add")
    with place.session("officer"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.RegisterEntry.objects.all()._raw_delete(DEFAULT_DB_ALIAS)
    with pytest.raises(ProgrammingError, match="没有打开会话"), transaction.atomic():
        list(models.RegisterEntry.objects.all())
