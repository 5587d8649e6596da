"""用印: what was signed is stamped by the keeper before it leaves the house, and the record says when."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import access, models
from fadu.rules.errors import BadInput, GatesUnmet, NotAllowed
from tests.kernel.conftest import House
from tests.kernel.test_time import serve

PROPOSAL = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}


def signed(home: House) -> int:
    """A case whose decision was signed and not yet stamped."""
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "serve", {
        "paper": "copy-1", "party": "respondent-1", "method": "direct", "sent_on": "2024-03-01",
        "received_on": "2024-03-01", "proof": "回证",
    })  # fmt: skip
    home.do("clerk", case, "reply")
    home.do("officer", case, "draft_paper", PROPOSAL, track_key="decide")
    home.do("reviewer", case, "review_paper", {}, track_key="decide")
    home.do("mayor", case, "decide")
    return case


def track(home: House, case: int) -> str:
    with home.session(None):
        return models.Track.objects.get(case_id=case, key="approval:decide").state


def papers(home: House, who: str | None, case: int) -> dict[str, object]:
    """Key → when it was stamped, "" while it waits, None where no stamp is needed."""
    with home.session(who) as s:
        found = access.case(s, case)
        return {row.key: row.data.get("stamped") for row in access.rows(s, found, models.Paper)}


def test_a_signed_paper_waits_for_the_stamp_and_is_not_served_before(home: House) -> None:
    case = signed(home)
    assert track(home, case) == "signed"
    assert papers(home, "officer", case) == {"receipt-1": None, "copy-1": None, "decision-1": ""}
    with pytest.raises(BadInput, match="《决定书》还没有用印，请先由印章管理人员用印"):
        serve(home, case, "decision-1", "applicant-1", "2024-03-01")
    with pytest.raises(BadInput, match="《决定书》还没有用印，不能公开"):
        home.do("officer", case, "publish", {"paper": "decision-1", "place": "网站"})


def test_the_keeper_stamps_and_the_day_stays_with_the_paper(home: House) -> None:
    case = signed(home)
    home.day = date(2024, 3, 4)
    receipt = home.do("keeper", case, "stamp_paper", track_key="decide")
    assert (receipt.label, track(home, case)) == ("用印", "idle")
    assert papers(home, "officer", case)["decision-1"] == "2024-03-04"
    serve(home, case, "decision-1", "applicant-1", "2024-03-04")


def test_nobody_else_stamps_and_nothing_is_stamped_twice(home: House) -> None:
    case = signed(home)
    with pytest.raises(NotAllowed, match="“用印”由印章管理人员办理"):
        home.do("officer", case, "stamp_paper", track_key="decide")
    home.do("keeper", case, "stamp_paper", track_key="decide")
    with pytest.raises(GatesUnmet, match="呈批现在处于“未呈批”"):
        home.do("keeper", case, "stamp_paper", track_key="decide")


def test_the_other_side_sees_a_paper_once_it_is_stamped(home: House) -> None:
    case = signed(home)
    assert "decision-1" not in papers(home, "clerk", case)
    home.do("keeper", case, "stamp_paper", track_key="decide")
    assert "decision-1" in papers(home, "clerk", case)


def test_what_waits_for_the_stamp_is_on_the_keepers_list(home: House) -> None:
    case = signed(home)
    with home.session("keeper") as s:
        tracks = {one for text in s.registry.versions("small") for one in text.tracks if one.per_step}
        waiting = list(access.waiting(s, tracks))
    assert [(row.case_id, row.state) for row in waiting] == [(case, "signed")]


def test_signing_is_taken_back_only_after_the_stamp(home: House) -> None:
    case = signed(home)
    home.do("keeper", case, "stamp_paper", track_key="decide")
    steps = {"reason": "有误", "article": "工作制度"}
    with pytest.raises(GatesUnmet, match="此后已办理“用印”"):
        home.do("head", case, "reverse", {"position": 7} | steps)
    home.do("head", case, "reverse", {"position": 8} | steps)
    assert papers(home, "officer", case)["decision-1"] == ""
    home.do("head", case, "reverse", {"position": 7} | steps)
    assert "decision-1" not in papers(home, "officer", case)
