"""Acts of cases that change registers 名录: one act, one event on each chain; taken back with the act, or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fadu.kernel import access, acts, finding, ledger, models, registers
from fadu.kernel.acts import Receipt, Request
from fadu.kernel.registers import Change
from fadu.rules.errors import GatesUnmet
from fadu.rules.registry import load
from tests.kernel.conftest import House, home

__all__ = ["home"]

NUMBER = "安政规〔2021〕2号"
REGISTER = "documents_in_force"
EARLIER: dict[str, Any] = {
    "subject": "某区旧货市场管理规定",
    "issued_by": "government",
    "document_number": NUMBER,
    "effective_on": "2021-06-01",
    "validity_amount": 5,
    "validity_unit": "year",
    "validity_basis": "某市规定第一条",
}
ENTRY = {"number": NUMBER, "subject": EARLIER["subject"], "issued_by": "government", "effective_on": "2021-06-01"}


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = load(["lawmaking"])
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def open_(place: House, **more: Any) -> Receipt:
    with place.session("officer") as s:
        drafter = {"role": "drafter", "name": "某局", "kind": "organ", "organ": place.organs["respondent"]}
        request = Request("enter_earlier", EARLIER | {"parties": [drafter]} | more)
        return acts.open_case(s, "document_in_force", place.organs["bureau"], request)


def do(place: House, who: str, case: int, step: str, **values: Any) -> Receipt:
    with place.session(who) as s:
        return acts.perform(s, case, Request(step, values))


def listed(place: House, on: date) -> list[dict[str, Any]]:
    with place.session(None) as s:
        return [dict(entry.data) for entry in access.register(s, REGISTER, on)]


def directly(place: House, kind: str, values: dict[str, Any], since: date, reason: str = "") -> None:
    with place.session("officer") as s:
        registers.perform(s, REGISTER, place.organs["bureau"], Change(kind, values, since, reason))


def take_back(place: House, case: int, position: int) -> None:
    do(place, "head", case, "reverse", position=position, reason="登记有误", article="第一条")


def test_the_act_is_one_event_on_each_chain(place: House) -> None:
    case = open_(place).case
    assert listed(place, date(2021, 5, 31)) == []
    assert listed(place, date(2021, 6, 1)) == [{**ENTRY, "valid_until": "2026-06-01"}]
    with place.session(None):
        entry = models.RegisterEntry.objects.get(register=REGISTER)
        events = models.Event.objects.filter(act=models.Event.objects.get(stream=entry.stream_id).act)
        assert {event.stream.kind for event in events} == {"case", "register"}
        told = ledger.read(models.Case.objects.get(pk=case).stream_id or 0)[0].operations
        assert [operation["value"]["organ"] for operation in told if operation.get("name") == "register"] == [
            place.organs["bureau"]
        ]


def test_what_ends_in_the_case_ends_in_the_register(place: House) -> None:
    case = open_(place).case
    do(place, "mayor", case, "repeal", repeal_reason="与新条例不一致")
    assert listed(place, place.day) == []
    assert len(listed(place, date(2023, 1, 1))) == 1


def test_taken_back_the_entry_stands_as_before(place: House) -> None:
    case = open_(place).case
    do(place, "mayor", case, "repeal", repeal_reason="与新条例不一致")
    take_back(place, case, 2)
    assert [entry["number"] for entry in listed(place, place.day)] == [NUMBER]
    do(place, "mayor", case, "repeal", repeal_reason="再次废止")
    assert listed(place, place.day) == []
    with place.session(None):
        rows = models.RegisterEntry.objects.filter(register=REGISTER)
        assert [row.ended for row in rows.order_by("pk")].count("repeal") == 1, "a change taken back counts nowhere"


def test_the_search_follows(place: House) -> None:
    def found(*words: str) -> list[str]:
        with place.session("officer") as s:
            return [one.standing for one in finding.entries(s, finding.find_entries(s, words, 9))]

    case = open_(place).case
    assert found("旧货市场", NUMBER) == ["现行有效"]
    do(place, "mayor", case, "repeal", repeal_reason="与新条例不一致")
    assert found("旧货市场") == ["已经终止"]
    take_back(place, case, 2)
    assert found("旧货市场") == ["现行有效"]


def test_an_entry_that_was_changed_since_is_not_taken_back_under_it(place: House) -> None:
    case = open_(place).case
    do(place, "officer", case, "modify_document", modified_by="安政规〔2023〕1号")
    directly(place, "file", {"number": NUMBER, "filing_proof": "回执"}, place.day)
    with pytest.raises(GatesUnmet, match="这一条目又有变动"):
        take_back(place, case, 2)
    assert listed(place, place.day)[0]["filing_proof"] == "回执"
    with place.session(None):
        assert models.Case.objects.get(pk=case).position == 2


def test_what_is_listed_already_stays_as_it_is(place: House) -> None:
    directly(place, "promulgate", ENTRY | {"drafter": "某局"}, date(2021, 6, 1))
    open_(place)
    assert listed(place, place.day) == [ENTRY | {"drafter": "某局"}]


def test_what_is_listed_otherwise_is_refused_whole(place: House) -> None:
    directly(place, "promulgate", ENTRY | {"subject": "另一文件"}, date(2021, 6, 1))
    with pytest.raises(GatesUnmet, match=f"已有条目“{NUMBER}”"):
        open_(place)
    with place.session(None):
        assert not models.Case.objects.exists()
    assert len(listed(place, place.day)) == 1


def test_what_the_register_does_not_have_cannot_change_there(place: House) -> None:
    case = open_(place).case
    with place.session(None):
        models.RegisterEntry.objects.update(key="别的文件")
    with pytest.raises(GatesUnmet, match="不存在") as refused:
        do(place, "officer", case, "modify_document", modified_by="安政规〔2023〕1号")
    assert "补登" in (refused.value.todo or "")


def test_a_cleanup_passes_over_what_is_not_listed(place: House) -> None:
    open_(place)
    items = [
        {"document_number": number, "document_name": "某文件", "drafter": "某局"} for number in (NUMBER, "没有登记的")
    ]
    with place.session("head") as s:
        values = {"subject": "全面清理", "cleanup_kind": "full", "topic": "all", "term_days": 60}
        case = acts.open_case(s, "cleanup", place.organs["bureau"], Request("start_cleanup", values)).case
    do(place, "officer", case, "list_documents", items=items)
    do(place, "officer", case, "propose_results", proposals="均废止")
    do(place, "head", case, "review_results", legality_findings="可以废止")
    with place.session(None):
        keys = list(models.Item.objects.filter(case=case).order_by("order").values_list("key", flat=True))
    decided = {
        "meeting": "常务会议",
        "present": "略",
        "meeting_decision": "同意",
        "outcomes": dict.fromkeys(keys, "repeal"),
    }
    do(place, "mayor", case, "decide_results", **decided)
    assert listed(place, place.day) == []
