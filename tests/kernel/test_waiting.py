"""A period that rests until another case has its result (L8): it runs on by itself, by an event of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fadu.kernel import access, acts, models, store
from fadu.kernel.acts import Request
from fadu.kernel.timekeeping.rows import running
from fadu.rules import clocks
from fadu.rules.errors import BadInput, DeclarationError, GatesUnmet
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.kernel import small, waiting
from tests.kernel.conftest import House
from tests.kernel.test_linked_cases import faults, whole

BACK = {"reason": "误记", "article": "第一条"}


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = waiting.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def accepted(place: House) -> int:
    case = place.open().case
    place.do("officer", case, "accept")
    return case


def asked(place: House, who: str = "officer", body: str = "bureau") -> tuple[int, str]:
    """A question that somebody else put; its case and number."""
    with place.session(who) as s:
        case = acts.open_case(s, "question", place.organs[body], Request("ask", {"question": "可否"})).case
    with place.session(None):
        return case, str(models.Case.objects.get(pk=case).number)


def pause(place: House, case: int) -> dict[str, Any]:
    with place.session(None):
        (found,) = models.Clock.objects.get(case_id=case, name="trial").data["pauses"]
    return dict(found)


def told(place: House, case: int) -> str:
    """Everything that the trial's explanation says."""
    with place.session(None) as s:
        row = models.Clock.objects.get(case_id=case, name="trial").data
        return "".join(str(entry) for entry in clocks.explain(running(row, s.env), s.env.calendar))


def test_the_end_of_the_other_case_ends_the_pause_on_its_day(place: House) -> None:
    case = accepted(place)
    other, number = asked(place)
    place.do("head", case, "await_case", {"awaited": number})
    assert pause(place, case)["end"] is None
    place.day = date(2024, 3, 8)
    place.do("officer", other, "settle", day=date(2024, 3, 6))
    assert (pause(place, case)["begin"], pause(place, case)["end"]) == ("2024-03-01", "2024-03-06")
    assert f"小问题{number}于2024年3月6日“答复问题”" in told(place, case)
    with place.session("officer") as s:
        events = access.events(s, access.case(s, case))
        mine, theirs = events[-1], access.events(s, access.case(s, other))[-1]
    assert (mine.label, mine.happened, mine.act) == ("所等待的案件有了结果", date(2024, 3, 6), theirs.act)
    for one in (case, other):
        whole(place, one)
        assert faults(place, one) == []


def test_a_case_that_was_opened_is_waited_for_and_ends_by_silence(place: House) -> None:
    case = accepted(place)
    (other,) = place.do("head", case, "put_question", {"question": "可否"}).opened
    place.day = date(2024, 3, 20)
    with place.session(None) as s:
        assert acts.run_lapses(s, other) == 1
    assert pause(place, case)["end"] == "2024-03-08", "the last day of the five working days"
    assert "“视为同意”" in told(place, case)
    for one in (case, other):
        whole(place, one)


def test_when_the_end_is_taken_back_the_pause_goes_on(place: House) -> None:
    case = accepted(place)
    other, number = asked(place)
    place.do("head", case, "await_case", {"awaited": number})
    position = place.do("officer", other, "settle").position
    assert pause(place, case)["end"] == "2024-03-01"
    with pytest.raises(GatesUnmet, match="关联的“小问题”案件对本案的影响"):
        place.do("head", case, "reverse", {"position": 4, **BACK})
    place.do("head", other, "reverse", {"position": position, **BACK})
    assert pause(place, case)["end"] is None
    assert "because" not in pause(place, case)
    place.day = date(2024, 3, 5)
    place.do("officer", other, "settle")
    assert pause(place, case)["end"] == "2024-03-05"
    for one in (case, other):
        whole(place, one)
        assert faults(place, one) == []


def test_a_case_that_is_over_is_nothing_to_wait_for(place: House) -> None:
    case = accepted(place)
    other, number = asked(place)
    place.do("officer", other, "settle")
    with pytest.raises(BadInput, match=f"“小问题”{number}已经有了结果，不必等待"):
        place.do("head", case, "await_case", {"awaited": number})
    with place.session(None):
        assert models.Clock.objects.get(case_id=case, name="trial").data["pauses"] == []


def test_whoever_ends_the_case_need_not_see_the_one_that_waits(place: House) -> None:
    case = accepted(place)
    other, number = asked(place, "stranger", "other")
    with place.session(None) as s:
        loaded = store.load(case, None, None)
        assert loaded is not None
        acts.perform(s, case, Request("await_case", {"awaited": number}))
    place.do("stranger", other, "settle")
    assert pause(place, case)["end"] == "2024-03-01"
    with place.session("stranger") as s:
        assert list(access.cases(s).values_list("pk", flat=True)) == [other]
        assert store.load(case, None, None) is None
    whole(place, case)


def test_a_second_waiting_case_and_one_that_waits_no_longer(place: House) -> None:
    first, second = accepted(place), accepted(place)
    other, number = asked(place)
    for case in (first, second):
        place.do("head", case, "await_case", {"awaited": number})
    place.do("officer", other, "settle")
    place.do("officer", other, "close")
    for case in (first, second):
        assert pause(place, case)["end"] == "2024-03-01"
        with place.session(None):
            links = models.Link.objects.filter(case_id=case).order_by("relation")
            assert [(one.relation, one.effect) for one in links] == [("concerns", None), ("effect", "over")]


def test_waiting_for_what_never_concludes_is_refused_when_it_loads() -> None:
    steps = tuple(replace(step, concludes=False) for step in waiting.QUESTION.steps if step.name != "agreed")
    never = replace(waiting.QUESTION, steps=steps, clocks=())
    room = replace(waiting.ROOM, procedures=(waiting.WAITING, small.FOLLOW, never))
    with pytest.raises(DeclarationError, match="等待另案的结果"):
        Registry([room], load_library())
