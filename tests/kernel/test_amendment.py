"""更正: a served paper is corrected by a paper; the people of a case come, go and take over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fadu.kernel import models, store
from fadu.rules.errors import BadInput, GatesUnmet, NotAllowed
from tests.kernel.conftest import House
from tests.kernel.test_time import clocks, serve, state

WRONG = {"wrong": "2024年3月1日", "right": "2024年2月29日", "reason": "笔误", "article": "工作制度", "renews": False}


def decided(home: House) -> int:
    """A case whose decision was served on both parties on 1 March 2024."""
    case = home.open().case
    home.do("officer", case, "accept")
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    home.do("clerk", case, "reply")
    home.decide(case)
    for party in ("applicant-1", "respondent-1"):
        serve(home, case, "decision-1", party, "2024-03-01")
    return case


def paper(home: House, case: int, key: str) -> dict[str, Any]:
    with home.session("officer"):
        return models.Paper.objects.get(case_id=case, key=key).data


def refolds(home: House, case: int) -> bool:
    with home.session(None):
        loaded = store.load(case, None, None)
        assert loaded is not None
        return store.refold(loaded) == loaded.case


def amended(home: House, case: int, **more: Any) -> None:
    home.do("head", case, "amend_paper", {"paper": "decision-1"} | WRONG | more)
    home.do("keeper", case, "stamp_paper", track_key="decide")


def test_a_correction_is_a_paper_of_its_own_linked_with_the_other(home: House) -> None:
    case = decided(home)
    home.day = date(2024, 3, 5)
    amended(home, case)
    old, new = paper(home, case, "decision-1"), paper(home, case, "decision-2")
    assert (old["amended_by"], new["amends"]) == ("decision-2", "decision-1")
    assert (new["label"], new["number"], new["stamped"]) == ("决定书更正书", None, "2024-03-05")
    assert f"《决定书》{old['number']}中有误" in new["text"]
    assert "原文“2024年3月1日”，更正为“2024年2月29日”" in new["text"]
    assert "2024年3月1日" in old["text"]
    assert refolds(home, case)


def test_it_is_stamped_and_served_like_the_paper_it_corrects(home: House) -> None:
    case = decided(home)
    home.do("head", case, "amend_paper", {"paper": "decision-1"} | WRONG)
    with pytest.raises(BadInput, match="还没有用印"):
        serve(home, case, "decision-2", "applicant-1", "2024-03-01")
    home.do("keeper", case, "stamp_paper", track_key="decide")
    with pytest.raises(GatesUnmet, match="没有送达完毕"):
        home.do("officer", case, "archive")
    for key, party in (("receipt-1", "applicant-1"), ("decision-2", "applicant-1"), ("decision-2", "respondent-1")):
        serve(home, case, key, party, "2024-03-01")
    home.do("officer", case, "archive")
    assert state(home, case) == "closed"


@pytest.mark.parametrize(("renews", "start"), [(False, date(2024, 3, 1)), (True, date(2024, 3, 6))])
def test_the_remedy_starts_anew_only_where_rights_are_touched(home: House, renews: bool, start: date) -> None:
    case = decided(home)
    home.day = date(2024, 3, 6)
    amended(home, case, renews=renews)
    serve(home, case, "decision-2", "applicant-1", "2024-03-06")
    sue = clocks(home, case)["sue:applicant-1"]
    assert sue.start == start
    assert len([key for key in clocks(home, case) if key.startswith("sue:")]) == 1


def test_words_that_do_not_stand_in_the_paper_are_refused(home: House) -> None:
    case = decided(home)
    for values, fault in (
        ({"paper": "decision-9"}, "请选择本案已经制作的文书"),
        ({"wrong": "没有的话"}, "没有这些文字"),
        ({"right": WRONG["wrong"]}, "文字相同"),
        ({"reason": ""}, "“更正理由”没有填写"),
    ):
        with pytest.raises(BadInput, match=fault):
            home.do("head", case, "amend_paper", {"paper": "decision-1"} | WRONG | values)
    with pytest.raises(NotAllowed):
        home.do("officer", case, "amend_paper", {"paper": "decision-1"} | WRONG)


def test_what_was_published_says_that_it_was_corrected_and_the_correction_is_published(home: House) -> None:
    case = decided(home)
    home.do("officer", case, "publish", {"paper": "decision-1", "place": "网站"})
    amended(home, case, wrong="张三", right="张叁")
    home.do("officer", case, "publish", {"paper": "decision-2", "place": "网站"})
    with home.session("officer"):
        rows = {row.paper: row.data for row in models.Publication.objects.filter(case_id=case)}
    assert rows["decision-1"]["amended_by"] == "decision-2"
    assert "张三" not in rows["decision-2"]["text"]


# ---------------------------------------------------------------- parties

REASON = {"reason": "依申请", "article": "第十四条"}


def parties(home: House, case: int) -> dict[str, tuple[str, str | None]]:
    with home.session("officer"):
        rows = models.Party.objects.filter(case_id=case).order_by("order")
        return {row.key: (row.name, row.before.isoformat() if row.before else None) for row in rows}


def test_a_successor_takes_over_with_the_periods(home: House) -> None:
    case = decided(home)
    home.day = date(2024, 3, 8)
    heir = {"change": "succeeds", "party": "applicant-1", "name": "张小三", "kind": "person", "address": "幸福路2号"}
    home.do("officer", case, "change_party", heir | REASON)
    assert parties(home, case)["applicant-1"] == ("张三", "2024-03-08")
    assert parties(home, case)["applicant-2"] == ("张小三", None)
    sue = clocks(home, case)["sue:applicant-1"]
    assert (sue.party, sue.start, sue.stopped) == ("applicant-2", date(2024, 3, 1), None)
    assert refolds(home, case)


def test_who_leaves_has_no_period_left(home: House) -> None:
    case = home.open(parties=[
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "applicant", "name": "李四", "kind": "person"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": home.organs["respondent"]},
    ]).case  # fmt: skip
    home.do("officer", case, "change_party", {"change": "leaves", "party": "applicant-2"} | REASON)
    assert parties(home, case)["applicant-2"][1] == "2024-03-01"
    home.do("officer", case, "accept")
    serve(home, case, "receipt-1", "applicant-1", "2024-03-01")
    with home.session(None):
        loaded = store.load(case, None, None)
    assert loaded is not None
    assert loaded.case.present() == [("applicant", None), ("respondent", home.organs["respondent"])]


def test_somebody_joins_and_an_address_changes_without_a_new_row(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "change_party", {"change": "joins", "role": "applicant", "name": "王五"} | REASON)
    home.do("officer", case, "change_party", {"change": "alters", "party": "applicant-1", "phone": "123"} | REASON)
    assert parties(home, case)["applicant-2"] == ("王五", None)
    with home.session("officer"):
        row = models.Party.objects.get(case_id=case, key="applicant-1").data
    assert (row["phone"], row["address"], row["name"], row["e_service"]) == ("123", "幸福路1号", "张三", False)


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"change": "joins", "role": "applicant"}, "没有填写姓名"),
        ({"change": "joins", "role": "nobody", "name": "王五"}, "请选择身份"),
        ({"change": "joins", "role": "respondent", "name": "某所", "organ": 1}, "被申请人只能有一个"),
        ({"change": "leaves", "party": "applicant-7"}, "请选择本案现有的当事人"),
        ({"change": "leaves"}, "请选择本案现有的当事人"),
        ({"party": "applicant-1"}, "“变更方式”没有填写"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(home: House, values: dict[str, Any], fault: str) -> None:
    case = home.open().case
    with pytest.raises(BadInput, match=fault):
        home.do("officer", case, "change_party", values | REASON)


def test_a_case_that_is_over_keeps_its_people(home: House) -> None:
    case = decided(home)
    serve(home, case, "receipt-1", "applicant-1", "2024-03-01")
    home.do("officer", case, "archive")
    with pytest.raises(GatesUnmet, match="不能再变更当事人"):
        home.do("officer", case, "change_party", {"change": "leaves", "party": "applicant-1"} | REASON)
