"""A case that is over: what is still owed in it is somebody's work, what is only a right is not."""

from __future__ import annotations

from datetime import date

import pytest

from fadu.kernel import access, acts, house, models, news
from fadu.kernel.acts import Request
from fadu.kernel.models import OPEN
from fadu.kernel.offers import offers
from fadu.rules.errors import GatesUnmet
from fadu.rules.procedure import CASE_OFFICER, Clock, Done, Lapse, LapseEffect, Period, Step
from tests.kernel import fallen, small
from tests.kernel.conftest import House
from tests.kernel.furnished import examine, of
from tests.kernel.test_time import serve

object_ = Step(name="object", label="提出异议", at=(small.DECIDED,), by=(CASE_OFFICER,))
right = Clock(
    name="right", label="提出异议", period=Period(small.LAW, "申请"), after=Done((small.decide,)), until=(object_,),
    bearer=CASE_OFFICER, lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="不再提出", article="第二十条"),
)  # fmt: skip
ASSIGN = {"reason": "原承办人调离"}


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = fallen.catalogue(right, steps=(object_,))
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def ended(place: House, *, fallen: bool) -> int:
    """A case with a public decision, archived; whether the decision fell before."""
    number = place.open().case
    place.do("officer", number, "accept")
    place.do("clerk", number, "reply")
    place.decide(number)
    place.do("officer", number, "publish", {"paper": "decision-1", "place": "政府网站"})
    for paper, party in (("receipt", "applicant"), ("copy", "respondent"), ("decision", "applicant"),
                         ("decision", "respondent")):  # fmt: skip
        serve(place, number, f"{paper}-1", f"{party}-1", "2024-03-01")
    if fallen:
        place.do("mayor", number, "annul")
    place.do("officer", number, "archive")
    return number


def leaves(place: House, who: str) -> None:
    with place.session("admin") as s:
        house.set_active(s, who, active=False)


def test_a_right_of_ours_leaves_a_case_over(place: House) -> None:
    number = ended(place, fallen=False)
    with access.session(None, place.now):
        assert models.Clock.objects.filter(case_id=number, name="right", stopped=None, lapsed=None).exists()
        found = models.Case.objects.get(pk=number)
        assert (found.due, found.due_label) == (None, None)
        assert not models.Case.objects.filter(OPEN, pk=number).exists()


def test_while_the_case_is_open_the_right_has_its_day(place: House) -> None:
    number = place.open().case
    place.do("officer", number, "accept")
    place.do("clerk", number, "reply")
    place.decide(number)
    place.do("officer", number, "publish", {"paper": "decision-1", "place": "政府网站"})
    with access.session(None, place.now):
        assert models.Case.objects.get(pk=number).due_label == "提出异议"


def test_what_is_still_owed_can_be_given_to_somebody_else(place: House) -> None:
    number, second = ended(place, fallen=True), {"officer": place.people["second"]}
    leaves(place, "officer")
    assert [one.case for one in of(examine(place), "officer_left")] == [number]
    with place.session("head") as s:
        found = access.case(s, number)
        assert "assign_officer" in {offer.step.name for offer in offers(s, found)}
    place.do("head", number, "assign_officer", ASSIGN | second)
    with access.session(None, place.now):
        assert models.Case.objects.filter(OPEN, pk=number, officer_id=place.people["second"]).exists()
    assert not of(examine(place), "officer_left")
    place.do("second", number, "retract", {"paper": "decision-1", "reason": "已由法院判决撤销"})
    # nothing is owed any more
    with place.session("head") as s:
        assert "assign_officer" not in {offer.step.name for offer in offers(s, access.case(s, number))}
    with pytest.raises(GatesUnmet, match="不能再变更"):
        place.do("head", number, "assign_officer", ASSIGN | {"officer": place.people["officer"]})


def test_where_nothing_is_owed_nobody_is_missed(place: House) -> None:
    number = ended(place, fallen=False)
    leaves(place, "officer")
    assert not of(examine(place), "officer_left")
    with pytest.raises(GatesUnmet, match="不能再变更"):
        place.do("head", number, "assign_officer", ASSIGN | {"officer": place.people["second"]})


def test_the_officer_is_told_what_falls_long_after_the_end(place: House) -> None:
    number = ended(place, fallen=False)
    place.day = date(2024, 9, 2)
    with place.session("officer") as s:
        assert news.told(s, read=False) == []
    with place.session("second") as s:
        suit = acts.open_case(s, "suit", place.organs["bureau"], Request("sue", {})).case
        about = access.case(s, number).number
    place.do("second", suit, "name_case", {"about": about})
    place.do("second", suit, "enter_ruling", {"ruling": "revoked"})
    with place.session("officer") as s:
        assert (number, "决定被撤销") in [(one.case, one.label) for one in news.told(s, read=False)]
    place.do("officer", number, "retract", {"paper": "decision-1", "reason": "已由法院判决撤销"})
    with place.session("officer") as s:
        assert news.told(s, read=False) == []
