"""Silence, pauses, extensions, leads and service as they show in the database."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import access, acts, clockwork, models
from fadu.kernel.acts import Request
from fadu.rules.errors import BadInput, GatesUnmet, Refusal
from tests.kernel.conftest import House


def clocks(home: House, case: int) -> dict[str, models.Clock]:
    with home.session(None):
        return {row.key: row for row in models.Clock.objects.filter(case_id=case)}


def state(home: House, case: int) -> str:
    with home.session(None):
        return models.Case.objects.get(pk=case).state


def accepted(home: House) -> int:
    case = home.open().case
    home.do("officer", case, "accept")
    return case


def serve(home: House, case: int, paper: str, party: str, day: str, **more: str | None) -> None:
    values = {"method": "direct", "sent_on": day, "received_on": day, "proof": "回证", "paper": paper, "party": party}
    home.do("officer", case, "serve", values | more)


def test_silence_deems_acceptance_on_the_last_day(home: House) -> None:
    case = home.open().case  # Friday 1 March 2024; five working days end on Friday 8 March
    assert clocks(home, case)["screen"].due == date(2024, 3, 8)
    home.day = date(2024, 3, 8)
    with home.session(None) as s:
        assert s.today == home.day
    assert lapse(home) == 0
    home.day = date(2024, 3, 9)
    assert lapse(home) == 1
    assert lapse(home) == 0
    assert state(home, case) == "accepted"
    with home.session("officer") as s:
        event = access.events(s, access.case(s, case))[-1]
    assert (event.label, event.happened, event.actor, event.role) == ("视为受理", date(2024, 3, 8), None, "system")
    assert clocks(home, case)["trial"].start == date(2024, 3, 8)


def lapse(home: House) -> int:
    count = 0
    with home.session(None) as s:
        waiting = clockwork.acts.cases_with_lapses(s)
    for case in waiting:
        with home.session(None) as s:
            count += clockwork.acts.run_lapses(s, case)
    return count


def test_an_act_first_runs_what_fell_due_before_it(home: House) -> None:
    case = home.open().case
    home.day = date(2024, 3, 20)
    with pytest.raises(GatesUnmet, match="审理中"):
        home.do("officer", case, "accept")
    home.do("officer", case, "deliberate", {"secret": "某意见"})
    with home.session("officer") as s:
        labels = [event.label for event in access.events(s, access.case(s, case))]
    assert labels == ["收到申请", "视为受理", "合议"]


def refused(home: House, who: str, case: int, request: Request) -> str:
    """Does what a page does with a refusal: it is caught inside the session, which then ends well."""
    with home.session(who) as s:
        try:
            acts.perform(s, case, request)
        except Refusal as refusal:
            return refusal.message
    raise AssertionError("it was not refused")


def test_what_fell_due_before_a_refused_act_stays_on_record(home: House) -> None:
    case = home.open().case
    home.day = date(2024, 3, 11)  # three days after the last day of the screening
    assert "现在处于“审理中”" in refused(home, "officer", case, Request("accept", {}, key="k", position=1))
    assert clocks(home, case)["screen"].lapsed == "deems"
    with home.session("officer") as s:
        events = access.events(s, access.case(s, case))
    assert [(event.label, event.happened) for event in events] == [
        ("收到申请", date(2024, 3, 1)), ("视为受理", date(2024, 3, 8)),
    ]  # fmt: skip


def test_a_lapse_that_was_not_yet_on_record_can_be_taken_back(home: House) -> None:
    """The first try is refused because of the lapse, which is then there to be taken back."""
    case = accepted(home)
    home.day = date(2024, 5, 6)
    wrong = {"reason": "有误", "article": "工作制度"}
    assert "审理期限届满" in refused(home, "head", case, Request("reverse", wrong | {"position": 2}))
    for position in (3, 2):
        home.do("head", case, "reverse", wrong | {"position": position})
    with home.session("head") as s:
        events = access.events(s, access.case(s, case))
    assert [(event.label, event.reverses) for event in events][3:] == [
        ("撤回错误操作", 3), ("撤回错误操作", 2), ("视为受理", None),
    ]  # fmt: skip


def test_an_act_of_before_the_last_day_that_is_entered_late_prevents_the_lapse(home: House) -> None:
    case = home.open().case
    home.day = date(2024, 3, 20)
    home.do("officer", case, "accept", day=date(2024, 3, 7))
    assert clocks(home, case)["screen"].stopped == date(2024, 3, 7)
    assert clocks(home, case)["screen"].lapsed is None


def test_a_missed_decision_breaches_and_opens_the_remedy_but_the_duty_stays(home: House) -> None:
    case = accepted(home)
    assert clocks(home, case)["trial"].due == date(2024, 4, 30)
    home.day = date(2024, 5, 10)
    lapse(home)
    found = clocks(home, case)
    assert found["trial"].lapsed == "breaches"
    assert found["trial"].stopped is None
    assert "sue_for_delay" in found
    assert state(home, case) == "accepted"
    with home.session(None):
        assert models.Case.objects.get(pk=case).due == date(2024, 4, 30)


def test_forfeiting_waits_for_an_officers_finding(home: House) -> None:
    case = accepted(home)
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    with pytest.raises(GatesUnmet, match="还没有届满"):
        home.do("officer", case, "default")
    assert clocks(home, case)["reply"].due == date(2024, 3, 15)
    home.day = date(2024, 3, 18)
    lapse(home)
    assert clocks(home, case)["reply"].lapsed == "forfeits"
    home.do("officer", case, "default")
    with home.session(None):
        assert "default" in models.Case.objects.get(pk=case).done


def test_a_stay_moves_the_end_and_a_wait_holds_the_end_back(home: House) -> None:
    case = accepted(home)
    home.day = date(2024, 3, 11)
    home.do("head", case, "stay")
    assert clocks(home, case)["trial"].due is None
    with pytest.raises(GatesUnmet, match="还没有满"):
        home.do("head", case, "drop")
    home.day = date(2024, 3, 21)
    home.do("officer", case, "resume")
    assert clocks(home, case)["trial"].due == date(2024, 5, 10)
    home.do("head", case, "stay")
    home.day = date(2024, 5, 20)
    with pytest.raises(GatesUnmet, match="还没有满"):
        home.do("head", case, "drop")
    home.day = date(2024, 5, 21)
    home.do("head", case, "drop")
    assert state(home, case) == "decided"


def test_an_extension_is_the_laws_own_once_and_before_the_end(home: House) -> None:
    case = accepted(home)
    with pytest.raises(BadInput, match="延长的期限过长"):
        home.do("head", case, "extend", {"extension_days": "31"})
    home.do("head", case, "extend", {"extension_days": "20"})
    assert clocks(home, case)["trial"].lapses_after == date(2024, 5, 20)
    with pytest.raises(GatesUnmet, match="最多只能延长1次"):
        home.do("head", case, "extend")
    other = accepted(home)
    home.day = date(2024, 5, 8)
    with pytest.raises(GatesUnmet, match="已经届满"):
        home.do("head", other, "extend")


def test_the_notice_of_a_hearing_is_judged_anew_when_the_day_moves(home: House) -> None:
    case = accepted(home)
    home.do("officer", case, "arrange", {"hearing_on": "2024-03-15"})
    for party in ("applicant-1", "respondent-1"):
        serve(home, case, "notice-1", party, "2024-03-01")
    home.day = date(2024, 3, 5)
    home.do("officer", case, "arrange", {"hearing_on": "2024-03-07"})
    with pytest.raises(GatesUnmet, match="期限不足"):
        home.do("officer", case, "hold")
    home.do("officer", case, "arrange", {"hearing_on": "2024-03-18"})
    for party in ("applicant-1", "respondent-1"):
        serve(home, case, "notice-3", party, "2024-03-05")
    home.day = date(2024, 3, 18)
    home.do("officer", case, "hold")
    with home.session(None):
        assert models.Track.objects.get(case_id=case, key="hearing").state == "held"


def test_each_applicant_has_a_period_of_its_own(home: House) -> None:
    parties = [
        {"role": "applicant", "name": "张三", "kind": "person"},
        {"role": "applicant", "name": "李四", "kind": "person", "e_service": True, "e_address": "13x"},
        {"role": "respondent", "name": "某局", "kind": "organ", "organ": home.organs["respondent"]},
    ]
    case = home.open(parties=parties).case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    serve(home, case, "decision-1", "applicant-1", "2024-03-01")
    home.day = date(2024, 3, 6)
    serve(home, case, "decision-1", "applicant-2", "2024-03-06", method="electronic")
    found = clocks(home, case)
    assert found["sue:applicant-1"].due == date(2024, 3, 18)  # 16 March is a Saturday: the right rolls on
    assert found["sue:applicant-2"].due == date(2024, 3, 21)


def test_methods_of_service_have_their_conditions(home: House) -> None:
    case = accepted(home)
    base = {"paper": "receipt-1", "party": "applicant-1", "sent_on": "2024-03-01"}
    for more, said in (
        ({"method": "electronic", "received_on": "2024-03-01", "proof": "回执"}, "没有同意电子送达"),
        ({"method": "notice"}, "必须说明理由"),
        ({"method": "left", "received_on": "2024-03-01", "proof": "录像"}, "必须说明理由"),
        ({"method": "direct", "received_on": "2024-03-01"}, "送达凭证"),
        ({"method": "direct", "received_on": "2024-02-28", "proof": "回证"}, "不能早于送出日期"),
        ({"method": "post", "sent_on": "2024-03-02"}, "不能晚于今天"),
    ):
        with pytest.raises(BadInput, match=said):
            home.do("officer", case, "serve", base | more)


def test_public_notice_takes_effect_on_the_computed_day(home: House) -> None:
    case = accepted(home)
    home.do("officer", case, "reply")
    home.decide(case)
    serve(home, case, "decision-1", "applicant-1", "2024-03-01", method="notice", received_on=None, reason="下落不明")
    with home.session(None):
        row = models.Service.objects.get(case_id=case)
    assert row.effective == date(2024, 3, 31)
    assert clocks(home, case)["sue:applicant-1"].start == date(2024, 3, 31)


def test_what_is_in_the_post_arrives_later(home: House) -> None:
    case = accepted(home)
    serve(home, case, "copy-1", "respondent-1", "2024-03-01", method="post", received_on=None, proof="")
    assert "reply" not in clocks(home, case)
    home.day = date(2024, 3, 6)
    home.do("officer", case, "receive", {"service": "copy-1-1", "received_on": "2024-03-05", "proof": "邮单"})
    assert clocks(home, case)["reply"].start == date(2024, 3, 5)
