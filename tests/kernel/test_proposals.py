"""送审稿: what is signed is what was reviewed; a proposal whose facts changed since is drafted anew."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import models, offers
from fadu.rules.errors import GatesUnmet
from tests.kernel.conftest import House
from tests.kernel.test_stamp import PROPOSAL
from tests.kernel.test_time import serve

CHANGED = "送审以后事实已变，《决定书》须重新生成"


def drafted(home: House) -> int:
    case = home.open().case
    home.do("officer", case, "accept")
    serve(home, case, "copy-1", "respondent-1", "2024-03-01")
    home.do("clerk", case, "reply")
    home.do("officer", case, "draft_paper", PROPOSAL, track_key="decide")
    return case


def move(home: House, case: int, to: str = "新街9号") -> None:
    home.do("officer", case, "change_party", {
        "change": "alters", "party": "applicant-1", "address": to, "reason": "迁居", "article": "第十条",
    })  # fmt: skip


def drafts(home: House, case: int) -> dict[str, object] | None:
    with home.session(None):
        found = models.Track.objects.get(case_id=case, key="approval:decide").data
    return found["drafts"]


def test_another_day_is_no_change_and_the_drafts_go_with_the_signature(home: House) -> None:
    case = drafted(home)
    home.day = date(2024, 3, 4)
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    assert drafts(home, case) is not None
    home.do("mayor", case, "decide")
    assert drafts(home, case) is None


def test_a_day_in_the_facts_that_became_todays_is_a_change(home: House) -> None:
    case = drafted(home)
    home.do("reviewer", case, "return_paper", {"return_reason": "补充"}, track_key="decide")
    move(home, case, "2024年3月1日迁入新街")
    home.do("officer", case, "draft_paper", PROPOSAL, track_key="decide")
    home.day = date(2024, 3, 4)
    move(home, case, "2024年3月4日迁入新街")
    with pytest.raises(GatesUnmet, match=CHANGED):
        home.do("reviewer", case, "review_paper", {}, track_key="decide")


def test_with_other_facts_it_is_returned_and_drafted_anew_with_both_texts_on_record(home: House) -> None:
    case = drafted(home)
    move(home, case)
    with home.session("reviewer") as s:
        (found,) = offers.changed_proposal(s, case, "decide")
    assert ("新街9号" in found.before, "新街9号" in found.now) == (False, True)
    with pytest.raises(GatesUnmet, match=CHANGED):
        home.do("reviewer", case, "review_paper", {}, track_key="decide")
    home.do("reviewer", case, "return_paper", {"return_reason": "当事人迁居"}, track_key="decide")
    home.do("officer", case, "draft_paper", PROPOSAL, track_key="decide")
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    home.do("mayor", case, "decide")
    with home.session(None):
        kept = models.EventValue.objects.filter(value__contains="papers", value__isnull=False)
        said = [one.value or "" for one in kept]
    assert [any("新街9号" in one for one in said), any("新街9号" not in one for one in said)] == [True, True]


def test_nobody_signs_what_was_reviewed_otherwise(home: House) -> None:
    case = drafted(home)
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    move(home, case)
    with pytest.raises(GatesUnmet, match=CHANGED):
        home.do("mayor", case, "decide")
