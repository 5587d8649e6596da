"""The record and the rights: chains, digests, reversal by folding anew, sessions, audiences."""

from __future__ import annotations

import json
from datetime import date

import psycopg
import pytest
import rfc8785
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from fadu.kernel import access, finding, ledger, models, offers, store
from fadu.rules.errors import GatesUnmet, NotAllowed
from fadu.rules.facts import Audience
from tests.kernel.conftest import House
from tests.kernel.test_time import accepted, clocks, lapse, serve, state

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc_XYZ09", max_size=5), inner),
)


@given(values)
def test_canonical_form_is_that_of_rfc_8785(value: object) -> None:
    assert ledger.canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # any JSON value


@pytest.mark.parametrize("value", [1.5, 2**53, {"名": 1}, {1: 2}, "\ud800", b"x"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ledger.LedgerError):
        ledger.canonical(value)


def test_sm3_is_that_of_the_standard() -> None:
    assert ledger.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_an_event_tells_no_personal_value(home: House) -> None:
    case = home.open().case
    with home.session("officer"):
        body = models.Event.objects.get(stream__case=case).body
    for secret in ("张三", "某日某事", "幸福路1号"):
        assert secret not in body
    assert json.loads(body)["operations"][0]["digest"].startswith("sm3:")


def test_the_record_cannot_be_changed_by_the_application(home: House) -> None:
    case = home.open().case
    for sql in ("UPDATE kernel_event SET label = 'x'", "DELETE FROM kernel_event", "DELETE FROM kernel_eventvalue"):
        with home.session("officer"), pytest.raises(ProgrammingError) as refusal, transaction.atomic():
            connection.cursor().execute(sql)
        assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert state(home, case) == "received"


def test_two_clerks_cannot_both_write_the_second_event(home: House) -> None:
    case = home.open().case
    with home.session("officer") as s:
        loaded = store.load(case, None, None)
        assert loaded is not None
        act = models.Event.objects.get(stream_id=loaded.stream).act
        deed = ledger.Deed(act, "x", "x", "internal", None, None, "system", s.today)
        event = ledger.event(loaded.stream, 1, ledger.ZERO, deed, s.now, "", "", [], None)
        with pytest.raises(Exception, match="kernel_event_pkey"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT fadu_append(%s::jsonb)", [json.dumps(event)])


def test_folding_the_events_gives_the_rows(home: House) -> None:
    case = accepted(home)
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    home.do("clerk", case, "reply")
    home.decide(case)
    with home.session(None):
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case


def test_a_reversed_act_counts_nowhere_stays_visible_and_restores_the_clocks(home: House) -> None:
    case = accepted(home)
    before = clocks(home, case)["trial"].digest
    home.do("head", case, "stay")
    assert state(home, case) == "stayed"
    with pytest.raises(GatesUnmet, match="不能撤回自己"):
        home.do("head", case, "reverse", {"position": 3, "reason": "点错", "article": "工作制度"})
    with home.session("admin") as s:
        post = models.Post.objects.get(officer_id=home.people["second"])
        models.Post.objects.create(officer_id=post.officer_id, organ=post.organ, role="supervisor", since=s.today)
    with pytest.raises(GatesUnmet, match=r"请先撤回|此后已办理"):
        home.do("second", case, "reverse", {"position": 2, "reason": "点错", "article": "工作制度"})
    home.do("second", case, "reverse", {"position": 3, "reason": "点错", "article": "工作制度"})
    assert state(home, case) == "accepted"
    assert clocks(home, case)["trial"].digest == before
    with home.session("second") as s:
        events = access.events(s, access.case(s, case))
        assert [event.label for event in events][-2:] == ["中止", "撤回错误操作"]
        assert events[-1].reverses == 3
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert "stay" not in loaded.case.done
        assert store.refold(loaded) == loaded.case
        assert ledger.verify(loaded.stream) == 4


def test_a_reversed_lapse_does_not_come_back_by_itself(home: House) -> None:
    case = home.open().case
    home.day = date(2024, 3, 12)
    lapse(home)
    assert state(home, case) == "accepted"
    home.do("head", case, "reverse", {"position": 2, "reason": "3月8日已经受理，登记晚了", "article": "第三十条"})
    assert state(home, case) == "received"
    assert lapse(home) == 0
    home.do("officer", case, "accept", day=date(2024, 3, 8))
    assert clocks(home, case)["screen"].stopped == date(2024, 3, 8)


def test_a_query_outside_a_session_raises(home: House) -> None:
    home.open()
    for model in (models.Case, models.Party, models.Event, models.EventValue, models.Clock):
        with pytest.raises(ProgrammingError, match="没有打开会话"), transaction.atomic():
            list(model.objects.all())


def test_rows_of_a_case_are_hidden_with_the_case(home: House) -> None:
    case = accepted(home)
    with home.session("stranger") as s:
        assert not access.cases(s).exists()
        for model in (models.Party, models.Clock, models.Paper, models.CaseFact, models.Sought):
            assert not model.objects.exists()
        assert not models.EventValue.objects.filter(stream__kind="case").exists()
        assert not models.Event.objects.filter(stream__kind="case").exists()
        assert not finding.search(s, "张三").exists()
    with home.session("mayor") as s:
        assert access.case(s, case).pk == case


def test_the_respondent_sees_as_a_party_and_its_head_not_at_all(home: House) -> None:
    case = accepted(home)
    home.do("officer", case, "deliberate", {"secret": "某意见"})
    home.do("clerk", case, "reply")
    home.do("officer", case, "arrange", {"hearing_on": "2024-03-15"})
    values = {"reasons": "x", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", case, "draft_paper", values, track_key="decide")
    with home.session("clerk") as s:
        found = access.case(s, case)
        assert access.viewer(s, found.body_id) is Audience.PARTIES
        labels = [event.label for event in access.events(s, found)]
        assert [row.key for row in access.rows(s, found, models.Track)] == ["hearing"]
    assert labels == ["收到申请", "受理", "提出答复", "通知听证"]
    with home.session("chief") as s:
        assert not access.cases(s).exists()


def test_substitutes_act_within_their_dates_only(home: House) -> None:
    case = accepted(home)
    with home.session("admin"):
        models.Post.objects.create(
            officer_id=home.people["second"], organ_id=home.organs["bureau"], role="body_head",
            since=date(2024, 3, 4), before=date(2024, 3, 6), substitute_for_id=home.people["head"],
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        home.do("second", case, "stay")
    home.day = date(2024, 3, 5)
    home.do("second", case, "stay")
    home.day = date(2024, 3, 6)
    with pytest.raises(NotAllowed):
        home.do("second", case, "extend")


def test_what_is_published_is_masked(home: House) -> None:
    case = accepted(home)
    home.do("officer", case, "reply")
    home.decide(case)
    home.do("officer", case, "publish", {"paper": "decision-1", "place": "区政府网站"})
    with home.session("officer"):
        text = models.Publication.objects.get(case_id=case).data["text"]
    assert "张某" in text
    assert "张三" not in text
    assert "幸福路1号" not in text


def test_offers_tell_the_unmet_conditions_before_anyone_types(home: House) -> None:
    case = accepted(home)
    with home.session("officer") as s:
        found = {offer.label: offer for offer in offers.offers(s, access.case(s, case))}
    assert found["提出答复"].ready
    assert [unmet.sentence for unmet in found["认定未答复"].unmet] == ["答复期限还没有届满"]
    assert [unmet.article for unmet in found["拟稿呈批：作出决定"].unmet] == ["第四十八条"]
    assert "受理" not in found
    with home.session("clerk") as s:
        assert [offer.label for offer in offers.offers(s, access.case(s, case))] == ["提出答复"]


def test_a_lapse_and_then_the_act_it_rested_on_are_taken_back(home: House) -> None:
    """The hold on a period goes with the period; nothing is left half."""
    case = accepted(home)
    home.do("clerk", case, "reply")
    home.decide(case)
    home.day = date(2024, 4, 10)
    lapse(home)
    with home.session(None):
        stream = models.Case.objects.get(pk=case).stream_id
        steps = {event.step: event.position for event in models.Event.objects.filter(stream_id=stream)}
    for step in ("lapse:publishing", "stamp_paper", "decide"):
        home.do("head", case, "reverse", {"position": steps[step], "reason": "有误", "article": "工作制度"})
    assert state(home, case) == "accepted"
    assert "publishing" not in clocks(home, case)
    with home.session(None):
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case


def test_a_reply_is_not_taken_back_after_the_decision_that_asked_for_it(home: House) -> None:
    case = accepted(home)
    home.do("clerk", case, "reply")
    home.decide(case)
    with pytest.raises(GatesUnmet, match="此后已办理“作出决定”"):
        home.do("head", case, "reverse", {"position": 3, "reason": "有误", "article": "工作制度"})
    assert state(home, case) == "decided"
