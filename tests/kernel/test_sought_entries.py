"""搜索: entries are found by part of what they say newest, by whom the list is for, and as long as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from fadu.infra import jobs
from fadu.kernel import access, finding, integrity, models, registers, sought, sought_entries
from fadu.kernel.ledger import Deed
from fadu.kernel.registers import Change
from fadu.kernel.sought_models import SoughtEntry
from fadu.rules.casefile import note
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.law import load_library
from fadu.rules.registers import Register
from fadu.rules.registry import Registry
from tests.kernel import lists, small
from tests.kernel.conftest import House
from tests.kernel.test_bulk import POWER, back, entries, place, powers, written
from tests.kernel.test_destroyed_entries import destroy

__all__ = ["place"]
ENTRY = {"code": "A1", "subject": "对超载运输的处罚", "risk": "high"}


class OpenFacts(lists.PowerFacts):
    """The same list, of which everybody may read code and name, but not who knows more, nor a note."""

    code: Annotated[Text, Fact("事项编码", Audience.PUBLIC)]
    subject: Annotated[Text, Fact("事项名称", Audience.PUBLIC)]
    person: Annotated[Text | None, Fact("联系人", Audience.PUBLIC, personal=True)] = None
    remark: Annotated[Text | None, Fact("内部备注")] = None


OPEN = replace(lists.POWERS, model=OpenFacts)


def use(monkeypatch: pytest.MonkeyPatch, register: Register) -> None:
    """The house goes on with another declaration of the register."""
    catalogue = Registry([replace(lists.ROOM, registers=(register,))], load_library())
    monkeypatch.setattr(access, "registry", lambda: catalogue)


def change(place: House, kind: str, organ: str = "bureau", who: str | None = "officer", **more: Any) -> int:
    since, reason = more.pop("since", None), "评估"
    values = ENTRY | more if kind in ("add", "take_over") else {"code": "A1"} | more
    with place.session(who) as s:
        return registers.perform(s, "power", place.organs[organ], Change(kind, values, since, reason)).pk


def found(place: House, who: str | None, *words: str, public: bool = False) -> list[int]:
    with place.session(who) as s:
        return finding.find_entries(s, sought.words_of(" ".join(words)), 50, public=public)


def standing(place: House, row: int) -> str:
    with place.session("officer") as s:
        (one,) = finding.entries(s, [row])
        return one.standing


def faults(place: House) -> list[str]:
    with place.session(None) as s:
        return [one.said for one in integrity.examine(s).findings if one.check == "sought_texts"]


# ---------------------------------------------------------------- single acts


@pytest.mark.parametrize("typed", ["a1", "Ａ1", "超载", "载运", "超载 a1", "对超载运输的处罚"])
def test_any_part_of_key_and_texts_finds_the_entry(place: House, typed: str) -> None:
    row = change(place, "add")
    assert found(place, "officer", typed) == [row]
    assert found(place, "officer", "超运") == []
    assert faults(place) == []


def test_an_entry_is_found_once_by_what_it_says_newest(place: House) -> None:
    first = change(place, "add", since=date(2023, 1, 1))
    assert standing(place, first) == "现行有效"
    second = change(place, "adjust", subject="对超限运输的处罚", since=date(2023, 6, 1))
    assert (found(place, "officer", "运输"), found(place, "officer", "超载")) == ([second], [])
    change(place, "cancel", since=date(2024, 1, 1))
    assert (found(place, "officer", "超限"), standing(place, second)) == ([second], "已经终止")
    third = change(place, "add", subject="对超高运输的处罚", since=date(2030, 1, 1))
    assert (found(place, "officer", "运输"), standing(place, third)) == ([third], "尚未生效")
    assert faults(place) == []


def test_a_change_to_come_tells_that_the_entry_counts_today(place: House) -> None:
    change(place, "add")
    row = change(place, "adjust", subject="对超限运输的处罚", since=date(2030, 1, 1))
    assert standing(place, row) == "现行有效，变动尚未生效"


def test_each_organ_has_its_own_and_nobody_finds_what_he_does_not_see(place: House) -> None:
    ours = change(place, "add")
    theirs = change(place, "add", organ="other", who=None)
    assert found(place, None, "超载") == [theirs, ours]
    for who, seen in (("officer", [ours]), ("head", [ours]), ("clerk", []), ("stranger", [theirs])):
        with place.session(who) as s:
            assert list(access.entries(s, "power").values_list("pk", flat=True)) == seen, "the list shows the same"
            assert list(SoughtEntry.objects.values_list("pk", flat=True)) == seen
            for very_many in (0, 50):
                with connection.cursor() as cursor:
                    cursor.execute("SELECT fadu_find_entries('{超载}', 50, false, %s)", [very_many])
                    assert [row for (row,) in cursor.fetchall()] == seen
            assert [one.row.pk for one in finding.entries(s, [ours, theirs])] == seen


@pytest.mark.parametrize(("most", "answered"), [(1, 1), (2, 2), (50, 3)])
def test_words_of_very_many_entries_are_looked_for_one_by_one(place: House, most: int, answered: int) -> None:
    rows = [change(place, "add", code=f"B{number}") for number in range(3)]
    change(place, "add", code="C1", subject="别的事项")
    with place.session("officer"), connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find_entries('{超载,处罚}', %s, false, 0)", [most])
        assert [row for (row,) in cursor.fetchall()] == rows[::-1][:answered]


def test_outside_a_session_nothing_is_read(place: House) -> None:
    change(place, "add")
    with pytest.raises(ProgrammingError, match="没有打开会话"), transaction.atomic():
        list(SoughtEntry.objects.all())
    with pytest.raises(ProgrammingError, match="没有打开会话"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT fadu_find_entries('{超载}', 1, false)")


def test_everybody_finds_by_what_everybody_may_read(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = change(place, "add")
    assert found(place, None, "超载") == [inside]
    assert found(place, None, "超载", public=True) == [], "the list is not public"
    use(monkeypatch, OPEN)
    row = change(place, "add", code="B1", person="张三丰", remark="尚有争议")
    for words in ("对超", "b1", "超载 b1"):
        assert found(place, None, words, public=True) == [row]
    for words in ("张三丰", "尚有争议", "超载 张三丰", "处罚张三"):
        assert found(place, None, words, public=True) == []
    for words in ("张三丰", "尚有争议", "超载 争议", "b1 张三丰"):
        assert found(place, "officer", words) == [row]


def test_what_is_no_longer_public_is_found_by_nobody_else(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, OPEN)
    row = change(place, "add")
    assert found(place, None, "超载", public=True) == [row]
    use(monkeypatch, lists.POWERS)
    assert faults(place) == ["有1个条目没有检索文字，搜索不到"]
    assert sought_entries.write_entry_texts() == 1
    assert (found(place, None, "超载", public=True), found(place, "officer", "超载")) == ([], [row])
    assert (sought_entries.write_entry_texts(), faults(place)) == (0, [])


def test_an_entry_that_was_taken_back_leaves_what_stood_there_before(place: House) -> None:
    former = change(place, "add", since=date(2020, 1, 1))
    change(place, "cancel", since=date(2021, 1, 1))
    for number, word in ((3, "超限"), (5, "超高")):
        row = change(place, "add", subject=f"对{word}运输的处罚")
        assert found(place, "officer", "运输") == [row]
        said = {"register": "power", "organ": place.organs["bureau"], "position": number, "label": "新增"}
        with place.session("head") as s:
            deed = Deed(uuid4(), "reverse", "撤回", Audience.INTERNAL.value, None, s.officer, "body_head", s.today)
            registers.take_back(s, small.accept, [note(registers.CHANGED, said)], deed)
        assert (found(place, "officer", "运输"), found(place, "officer", word)) == ([former], [])
    assert faults(place) == []


# ---------------------------------------------------------------- imports


def imported(place: House, path: Path, rows: list[list[str]]) -> int:
    outcome = entries(place, "officer", written(path, POWER, rows))
    assert outcome.bulk
    return outcome.bulk


def test_an_import_is_found_once_the_worker_has_written_its_texts(place: House, tmp_path: Path) -> None:
    imported(place, tmp_path / "a.csv", powers(30))
    assert jobs.course(sought_entries.write_entry_texts.__name__) is not None
    assert (found(place, "officer", "第7种"), faults(place)) == ([], [])
    assert sought_entries.write_entry_texts() == 30
    with place.session("officer") as s:
        (row,) = access.register(s, "power", place.day, key="A7")
    assert found(place, "officer", "第7种") == [row.pk]
    assert len(found(place, "officer", "处罚")) == 30
    assert sought_entries.write_entry_texts() == 0


def test_batches_follow_one_another(place: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sought_entries, "BATCH", 4)
    imported(place, tmp_path / "a.csv", powers(10))
    assert (sought_entries.write_entry_texts(), len(found(place, "officer", "处罚"))) == (10, 10)


def test_a_former_row_of_an_import_is_not_found(place: House, tmp_path: Path) -> None:
    change(place, "add", since=date(2020, 1, 1))
    change(place, "cancel", since=date(2021, 1, 1))
    rows = [
        ["A1", "对超限的处罚", "高", "", "2022-01-01", "2023-01-01"],
        ["A1", "对超高的处罚", "高", "", "2023-01-01", ""],
    ]
    bulk = imported(place, tmp_path / "a.csv", rows)
    assert sought_entries.write_entry_texts() == 1
    assert [len(found(place, "officer", word)) for word in ("超载", "超限", "超高", "处罚")] == [0, 0, 1, 1]
    assert faults(place) == []
    back(place, "head", bulk)
    assert found(place, "officer", "处罚") == [], "taken back at once"
    assert sought_entries.write_entry_texts() == 1
    assert len(found(place, "officer", "超载")) == 1, "what stood there before"
    assert faults(place) == []


# ---------------------------------------------------------------- what goes


def test_a_destroyed_text_is_found_no_more(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    row = change(place, "add", since=date(2023, 1, 1))
    change(place, "cancel", since=date(2024, 1, 1))
    destroy(place, "A1")
    assert (found(place, "officer", "超载"), found(place, "officer", "a1")) == ([], [row])
    with place.session(None):
        assert SoughtEntry.objects.get().text == "a1"
    personal = replace(lists.POWERS, model=_personal())
    use(monkeypatch, personal)
    assert (sought_entries.write_entry_texts(), faults(place)) == (1, [])


def _personal() -> type[lists.PowerFacts]:
    class StaffFacts(lists.PowerFacts):
        """Of persons: the key is a person's number."""

        code: Annotated[Text, Fact("证件号码", personal=True)]

    return StaffFacts


def test_a_destroyed_personal_key_is_found_no_more(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, replace(lists.POWERS, model=_personal()))
    change(place, "add", code="A100", since=date(2023, 1, 1))
    change(place, "cancel", code="A100", since=date(2024, 1, 1))
    destroy(place, "A100")
    assert (found(place, None, "a100"), found(place, None, "超载"), faults(place)) == ([], [], [])


# ---------------------------------------------------------------- the daily check


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ("检索文字或者公开部分与条目本身不同", {"text": "别的事"}),
        ("检索文字或者公开部分与条目本身不同", {"open": 2}),
        ("有1份检索文字不属于条目的最新内容", {"entry_id": 1}),
        ("有1个条目没有检索文字，搜索不到", None),
    ],
)
def test_the_daily_check_tells_what_differs(place: House, said: str, changed: dict[str, Any] | None) -> None:
    change(place, "add", since=date(2023, 1, 1))
    change(place, "adjust", subject="对超限运输的处罚")
    assert faults(place) == []
    with place.session(None):
        texts = SoughtEntry.objects.all()
        assert models.RegisterEntry.objects.count() > texts.count() == 1
        if changed is None:
            texts.delete()
        else:
            former = models.RegisterEntry.objects.order_by("pk")[0].pk
            texts.update(**{name: former if name == "entry_id" else value for name, value in changed.items()})
    assert said in faults(place)
