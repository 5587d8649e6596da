"""Acts through the only door: the whole path, refusals, keys, stale forms, lapses, reversal."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import access, ledger, models
from fadu.rules.errors import BadInput, GatesUnmet, KeyReused, NotAllowed, NotFound, StaleForm
from tests.kernel.conftest import House

SERVED = {"method": "direct", "sent_on": "2024-03-01", "received_on": "2024-03-01", "proof": "送达回证"}


def head(home: House, case: int) -> models.Case:
    with home.session(None):
        return models.Case.objects.get(pk=case)


def test_whole_path_to_the_archive(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "serve", SERVED | {"paper": "copy-1", "party": "respondent-1"})
    home.do("clerk", case, "reply")
    home.decide(case)
    with home.session("officer"):
        papers = list(models.Paper.objects.filter(case_id=case).order_by("order"))
    assert [p.number for p in papers] == ["某政受〔2024〕1号", None, "某政决〔2024〕1号"]
    with pytest.raises(GatesUnmet, match="没有送达完毕"):
        home.do("officer", case, "archive")
    for paper, party in (("receipt-1", "applicant-1"), ("decision-1", "applicant-1"), ("decision-1", "respondent-1")):
        home.do("officer", case, "serve", SERVED | {"paper": paper, "party": party})
    home.do("officer", case, "archive")
    found = head(home, case)
    assert (found.state, found.closed, found.outcome) == ("closed", date(2024, 3, 1), "grant")
    with home.session(None):
        assert ledger.verify(found.stream_id) == found.position == 12


def test_a_second_click_gets_the_first_answer(home: House) -> None:
    case = home.open().case
    first = home.do("officer", case, "accept", key="k1", position=1)
    again = home.do("officer", case, "accept", key="k1", position=1)
    assert again == first
    assert head(home, case).position == 2


def test_the_same_key_with_another_content_is_refused(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept", key="k1")
    with pytest.raises(KeyReused):
        home.do("officer", case, "deliberate", {"secret": "某意见"}, key="k1")


def test_a_refused_act_does_not_use_up_its_key(home: House) -> None:
    case = home.open().case
    with pytest.raises(GatesUnmet):
        home.do("officer", case, "deliberate", {"secret": "某意见"}, key="k1")
    assert home.do("officer", case, "accept", key="k1").label == "受理"


def test_a_stale_form_is_told_what_happened_since(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept", position=1)
    with pytest.raises(StaleForm) as refusal:
        home.do("second", case, "deliberate", {"secret": "某意见"}, position=1)
    assert refusal.value.since == ("officer某“受理”",)
    assert refusal.value.position == 2


def test_a_party_is_not_told_of_internal_acts_since(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "deliberate", {"secret": "某意见"})
    with pytest.raises(StaleForm) as refusal:
        home.do("clerk", case, "reply", position=2)
    assert refusal.value.since == ()


def test_absent_and_forbidden_look_the_same(home: House) -> None:
    case = home.open().case
    messages = []
    for number in (case, 999_999):
        with pytest.raises(NotFound) as refusal:
            home.do("stranger", number, "accept")
        messages.append(refusal.value.message)
    assert messages[0] == messages[1]


def test_every_role_is_refused_what_belongs_to_another(home: House) -> None:
    case = home.open().case
    for who in ("reviewer", "head", "mayor", "clerk"):
        with pytest.raises(NotAllowed, match="承办人"):
            home.do(who, case, "accept")
    with pytest.raises(NotFound):
        home.do("chief", case, "accept")  # the head of the respondent sees the case neither by subtree nor as party


def test_unknown_step_and_unknown_system_are_not_found(home: House) -> None:
    case = home.open().case
    with pytest.raises(NotFound):
        home.do("officer", case, "no_such_step")
    with pytest.raises(NotFound):
        home.do("officer", case, "apply")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"known_on": "2024-02-30"}, "known_on"),
        ({"known_on": ""}, "known_on"),
        ({"story": "  "}, "story"),
        ({"pages": "-1"}, "pages"),
        ({"worth": "12.345"}, "worth"),
        ({"surprise": "x"}, "surprise"),
        ({"items": []}, "items"),
        ({"parties": [{"role": "applicant", "name": "张三", "kind": "martian"}]}, "parties.0.kind"),
        ({"parties": [{"role": "judge", "name": "张三", "kind": "person"}]}, "parties.0.role"),
        ({"parties": [{"role": "respondent", "name": "某局", "kind": "organ"}]}, "parties.0.organ"),
    ],
)
def test_bad_input_names_the_field_in_chinese(home: House, values: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refusal:
        home.open(**values)
    assert field in refusal.value.fields
    assert any("\u4e00" <= letter <= "\u9fff" for letter in refusal.value.fields[field])
    with home.session(None):
        assert not models.Case.objects.exists()


def test_an_act_cannot_lie_in_the_future_or_before_the_case(home: House) -> None:
    case = home.open().case
    with pytest.raises(BadInput, match="不能晚于今天"):
        home.do("officer", case, "accept", day=date(2024, 3, 2))
    with pytest.raises(BadInput, match="不能早于"):
        home.do("officer", case, "accept", day=date(2024, 2, 29))


def test_a_late_entry_may_not_come_before_a_later_move(home: House) -> None:
    case = home.open().case
    home.day = date(2024, 3, 5)
    home.do("officer", case, "accept")
    home.do("head", case, "stay")
    with pytest.raises(GatesUnmet, match="不能再补录"):
        home.do("officer", case, "resume", day=date(2024, 3, 4))


def test_one_act_is_one_event_with_what_it_was(home: House) -> None:
    case = home.open().case
    home.day = date(2024, 3, 5)
    home.do("officer", case, "accept", day=date(2024, 3, 4))
    with home.session("officer") as s:
        event = access.events(s, access.case(s, case))[-1]
    assert (event.position, event.label, event.article, event.role) == (2, "受理", "第三十条", "case_officer")
    assert (event.happened, event.recorded.date(), event.state) == (date(2024, 3, 4), date(2024, 3, 5), "accepted")


@pytest.mark.parametrize("party", ["respondent-9", "applicant-1"])
def test_a_step_is_not_done_for_a_party_that_is_unknown_or_has_no_part_in_it(home: House, party: str) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    with pytest.raises(BadInput, match="不是为这一当事人（事项、文书）办理的") as refusal:
        home.do("officer", case, "reply", party=party)
    assert list(refusal.value.fields) == ["party"]
    assert home.do("officer", case, "reply", party="respondent-1").label == "提出答复"


def test_the_drafter_cannot_review_and_the_signer_needs_a_review(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    with pytest.raises(GatesUnmet, match="还没有经过呈批"):
        home.do("mayor", case, "decide", {"reasons": "x", "answer": "grant", "outcomes": {"wish-1": "grant"}})
    home.do("officer", case, "draft_paper", {"reasons": "x", "answer": "grant", "outcomes": {"wish-1": "grant"}},
            track_key="decide")  # fmt: skip
    with home.session("admin") as s:
        access_id = home.people["officer"]
        from_house = models.Post.objects.get(officer_id=access_id)
        models.Post.objects.create(officer_id=access_id, organ=from_house.organ, role="reviewer", since=s.today)
    with pytest.raises(GatesUnmet, match="拟稿人不能审核"):
        home.do("officer", case, "review_paper", {}, track_key="decide")
    home.do("reviewer", case, "return_paper", {"return_reason": "论证不足"}, track_key="decide")
    with pytest.raises(GatesUnmet, match="还没有经过呈批"):
        home.do("mayor", case, "decide")
    home.decide(case)
    assert head(home, case).state == "decided"


def test_the_signer_signs_exactly_what_was_reviewed(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    values = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}
    home.do("officer", case, "draft_paper", values, track_key="decide")
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    home.do("mayor", case, "decide", {"reasons": "另有主张", "answer": "deny", "outcomes": {"wish-1": "deny"}})
    assert head(home, case).facts["reasons"] == "有理"
    assert head(home, case).outcome == "grant"


def test_every_item_gets_an_outcome_and_the_heaviest_counts(home: House) -> None:
    case = home.open(items=[{"wish": "甲"}, {"wish": "乙"}]).case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    with pytest.raises(BadInput, match="每一项"):
        home.decide(case)
    values = {"reasons": "x", "answer": "part", "outcomes": {"wish-1": "deny", "wish-2": "part"}}
    home.do("officer", case, "draft_paper", values, track_key="decide")
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    home.do("mayor", case, "decide")
    assert head(home, case).outcome == "part"


def test_a_step_opens_a_linked_case_under_the_same_act(home: House) -> None:
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    opened = home.do("officer", case, "follow").opened
    found = head(home, opened[0])
    assert (found.system, found.title, found.facts) == ("follow", "某局整改", {"why": "有理"})
    with home.session("officer"):
        acts_ = set(models.Event.objects.filter(step__in=("follow", "open")).values_list("act", flat=True))
        assert models.Link.objects.get(case_id=case).other_id == opened[0]
    assert len(acts_) == 1


def test_numbers_run_without_gaps_by_series_and_year(home: House) -> None:
    for expected in ("某政申〔2024〕1号", "某政申〔2024〕2号"):
        assert head(home, home.open().case).number == expected
    with pytest.raises(BadInput):
        home.open(items=[])
    assert head(home, home.open().case).number == "某政申〔2024〕3号"
    home.day = date(2025, 1, 2)
    assert head(home, home.open(known_on="2025-01-01").case).number == "某政申〔2025〕1号"
