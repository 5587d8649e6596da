"""Late entries keep the order of what happened: of the case, of its tracks, and of what a condition asks for (D2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from fadu.kernel import acts, models
from fadu.kernel.timekeeping import reckon_all
from fadu.rules.errors import BadInput, GatesUnmet
from fadu.rules.view import View
from tests.kernel import small
from tests.kernel.conftest import House
from tests.kernel.test_time import accepted, serve

MARCH = {day: date(2024, 3, day) for day in range(1, 32)}
DECISION = {"reasons": "有理", "answer": "grant", "outcomes": {"wish-1": "grant"}}


def arranged(home: House, on: int) -> int:
    """Accepted on 1 March; the hearing of 20 March was announced on that day."""
    case = accepted(home)
    home.day = MARCH[on]
    home.do("officer", case, "arrange", {"hearing_on": "2024-03-20"})
    for party in ("applicant-1", "respondent-1"):
        serve(home, case, "notice-1", party, MARCH[on].isoformat())
    return case


def refused(home: House, who: str, case: int, step: str, values: Mapping[str, Any] | None = None, **more: Any) -> str:
    with pytest.raises(GatesUnmet) as refusal:
        home.do(who, case, step, dict(values or {}), **more)
    return "；".join(unmet.sentence for unmet in refusal.value.unmet)


def test_a_hearing_is_not_held_before_it_was_arranged(home: House) -> None:
    case = arranged(home, 10)
    home.day = MARCH[21]
    said = refused(home, "officer", case, "hold", day=MARCH[3])
    assert said == "2024-03-10已经办理“通知听证”，不能再补录在此之前的操作"
    home.do("officer", case, "hold", day=MARCH[20])
    with home.session(None):
        assert models.Case.objects.get(pk=case).done["hold"][0]["day"] == "2024-03-20"


def test_a_track_step_was_possible_only_where_the_case_stood(home: House) -> None:
    case = home.open().case
    home.day = MARCH[5]
    home.do("officer", case, "accept")
    assert refused(home, "officer", case, "arrange", {"hearing_on": "2024-03-20"}, day=MARCH[4]) == (
        "2024-03-04还不在“审理中”阶段，那一天不能办理这一步，当时处于“待审查”"
    )


def test_a_step_that_moves_nothing_needs_the_state_of_its_day(home: House) -> None:
    case = home.open().case
    home.day = MARCH[5]
    home.do("officer", case, "accept")
    home.day = MARCH[11]
    home.do("head", case, "stay")
    home.day = MARCH[15]
    home.do("officer", case, "resume")
    assert "还不在“审理中”阶段" in refused(home, "officer", case, "reply", day=MARCH[4])
    assert "还不在“审理中”阶段" in refused(home, "officer", case, "reply", day=MARCH[13])
    for day in (5, 11, 12):
        if day == 12:
            assert "还不在“审理中”阶段" in refused(home, "officer", case, "reply", day=MARCH[day])
        else:
            home.do("officer", case, "reply", day=MARCH[day])  # before the stay, and on its day, it could come


def test_a_move_of_the_case_comes_after_the_last(home: House) -> None:
    case = accepted(home)
    home.day = MARCH[11]
    home.do("head", case, "stay")
    assert "2024-03-11已经办理“中止”" in refused(home, "officer", case, "resume", day=MARCH[8])
    with pytest.raises(BadInput, match="不能早于收件立卷的日期"):
        home.do("officer", case, "resume", day=date(2024, 2, 29))


def test_nothing_is_signed_before_it_was_agreed_nor_stamped_before_it_was_signed(home: House) -> None:
    case = accepted(home)
    home.do("officer", case, "reply")
    home.day = MARCH[5]
    home.do("officer", case, "draft_paper", DECISION, track_key="decide")
    home.day = MARCH[8]
    assert "已经办理“拟稿呈批”" in refused(home, "reviewer", case, "review_paper", track_key="decide", day=MARCH[4])
    home.do("reviewer", case, "review_paper", track_key="decide")
    assert refused(home, "mayor", case, "decide", day=MARCH[7]).startswith("2024-03-08已经办理“审核")
    home.day = MARCH[12]
    home.do("mayor", case, "decide", day=MARCH[11])
    assert "已经办理“作出决定”" in refused(home, "keeper", case, "stamp_paper", track_key="decide", day=MARCH[8])
    home.do("keeper", case, "stamp_paper", track_key="decide", day=MARCH[11])


def test_a_condition_asks_for_what_had_been_done_by_then(home: House) -> None:
    case = accepted(home)
    home.day = MARCH[8]
    home.do("officer", case, "reply")
    draft = {"track_key": "decide", "day": MARCH[7]}
    assert refused(home, "officer", case, "draft_paper", DECISION, **draft) == "被申请人还没有答复"
    home.do("officer", case, "draft_paper", DECISION, track_key="decide", day=MARCH[8])


def test_a_view_tells_papers_and_tracks_of_its_day(home: House) -> None:
    case = arranged(home, 10)
    home.day = MARCH[20]
    home.do("officer", case, "hold")
    for day, track, issued in ((9, None, False), (10, "notified", True), (19, "notified", True), (20, "held", True)):
        with home.session(None) as s:
            loaded = acts.store.look(case)
            assert loaded is not None
            view = View(loaded.case, small.SMALL, MARCH[day], reckon_all(loaded.case, s.env), None)
            found = (view.track("hearing"), view.issued("notice"), view.served("notice"), view.did("hold"))
        assert found == (track, issued, issued, day == 20), day
