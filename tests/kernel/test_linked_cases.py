"""One gesture, two cases (D12): what opened another case is taken back, what one case does to another."""

from __future__ import annotations

import pytest
from django.db import connection

from fadu.kernel import access, acts, ledger, models, store
from fadu.kernel.acts import Request
from fadu.kernel.integrity import work_checks
from fadu.kernel.integrity.reading import house, looks
from fadu.rules.errors import BadInput, GatesUnmet, NotAllowed
from tests.kernel import reaching
from tests.kernel.conftest import House

BACK = {"reason": "错发", "article": "第一条"}


def followed(home: House) -> tuple[int, int, int]:
    """A decided case, the case that it opened, and the position of the act that did."""
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    receipt = home.do("officer", case, "follow")
    return case, receipt.opened[0], receipt.position


def faults(home: House, case: int) -> list[str]:
    """What the daily check of links has to say about a case."""
    with home.session(None) as s:
        known = house(s, None)
        return [fault for look in looks(s, [case]) for fault in work_checks.links(look, known)]


def whole(home: House, case: int) -> None:
    """The rows are the fold of the record, and the chain holds."""
    with home.session(None):
        loaded = store.load(case, None, None)
        assert loaded is not None
        assert store.refold(loaded) == loaded.case
        assert ledger.verify(loaded.stream) == loaded.case.position


def test_what_opened_a_case_that_is_going_on_is_not_taken_back(home: House) -> None:
    case, other, position = followed(home)
    with pytest.raises(GatesUnmet, match="“跟踪”案件还没有办结") as refusal:
        home.do("head", case, "reverse", {"position": position, **BACK})
    assert "请先办结" in refusal.value.unmet[0].todo
    with home.session(None):
        assert models.Link.objects.get(case_id=case).data.get("void") is None
        assert models.Event.objects.filter(stream__case=other).count() == 1


def test_after_the_other_case_is_over_it_is_and_both_stay_linked(home: House) -> None:
    case, other, position = followed(home)
    home.do("clerk", other, "report")
    home.do("head", case, "reverse", {"position": position, **BACK})
    with home.session(None) as s:
        link = models.Link.objects.get(case_id=case)
        assert (link.other_id, link.relation, link.data["void"]) == (other, "opens", True)
        assert "follow" not in access.case(s, case).done
    for one in (case, other):
        whole(home, one)
        assert faults(home, one) == []


def test_a_second_case_is_opened_under_a_key_of_its_own(home: House) -> None:
    case, other, position = followed(home)
    home.do("clerk", other, "report")
    home.do("head", case, "reverse", {"position": position, **BACK})
    again = home.do("officer", case, "follow").opened[0]
    with home.session(None):
        links = {link.other_id: link.data.get("void") for link in models.Link.objects.filter(case_id=case)}
    assert links == {other: True, again: None}
    whole(home, case)


# ---------------------------------------------------------------- consequences


@pytest.fixture
def court(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The house with a suit that reaches what was decided."""
    catalogue = reaching.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def sued(home: House) -> tuple[int, int]:
    """A decided case, and the suit that names it."""
    case = home.open().case
    home.do("officer", case, "accept")
    home.do("officer", case, "reply")
    home.decide(case)
    with home.session("officer") as s:
        suit = acts.open_case(s, "suit", home.organs["bureau"], Request("sue", {})).case
    home.do("officer", suit, "name_case", {"about": numbered(home, case)})
    return case, suit


def numbered(home: House, case: int) -> str:
    with home.session(None) as s:
        return str(access.case(s, case).number)


def links_of(home: House, case: int) -> list[tuple[int, str, str | None]]:
    with home.session(None):
        return [(row.other_id, row.relation, row.effect) for row in models.Link.objects.filter(case_id=case)]


def test_a_case_is_named_by_its_number(court: House) -> None:
    case, suit = sued(court)
    assert links_of(court, suit) == [(case, "concerns", None)]
    with pytest.raises(BadInput, match="已经关联"):
        court.do("officer", suit, "name_case", {"about": numbered(court, case)})
    with pytest.raises(BadInput, match="没有这一案号"):
        court.do("officer", suit, "name_case", {"about": numbered(court, suit)})
    whole(court, suit)


def test_who_acted_in_the_named_case_is_proposed_for_the_party_of_the_same_name(court: House) -> None:
    case = court.open().case
    lawyer = {"kind": "lawyer", "mandate": "general", "since": court.day.isoformat(), "proof": "授权委托书"}
    court.do("officer", case, "name_agent", lawyer | {"name": "周某", "parties": ["applicant-1"]})
    with court.session("officer") as s:
        name = models.Party.objects.get(case_id=case, key="applicant-1").name
        parties = [{"role": "applicant", "name": one, "kind": "person"} for one in ("别人", name)]
        suit = acts.open_case(s, "suit", court.organs["bureau"], Request("sue", {"parties": parties})).case
    court.do("officer", suit, "name_case", {"about": numbered(court, case)})
    with court.session("officer"):
        row = models.Agent.objects.get(case_id=suit)
    assert (row.name, row.data["parties"], row.data["proposed"]) == ("周某", ["applicant-2"], True)
    assert (row.data["mandate"], row.data["acts"]) == (None, [])
    whole(court, suit)


def test_an_effect_is_one_event_on_each_case_under_one_act(court: House) -> None:
    case, suit = sued(court)
    court.do("officer", suit, "enter_ruling", {"ruling": "revoked"})
    assert links_of(court, case) == [(suit, "effect", "revoked")]
    assert links_of(court, suit) == [(case, "concerns", "revoked")]
    with court.session(None) as s:
        found = access.case(s, case)
        assert (found.state, found.outcome) == ("decided", "grant")
        steps = models.Event.objects.filter(step__in=("revoked", "enter_ruling"))
        assert len(set(steps.values_list("act", flat=True))) == 1
        assert steps.count() == 2
        assert models.Clock.objects.get(case_id=case, name="publishing").stopped is not None
    for one in (case, suit):
        whole(court, one)
        assert faults(court, one) == []


def test_what_leaves_it_as_it_is_writes_nothing_there(court: House) -> None:
    case, suit = sued(court)
    before = position(court, case)
    court.do("officer", suit, "enter_ruling", {"ruling": "kept"})
    assert position(court, case) == before
    assert links_of(court, case) == []


def position(home: House, case: int) -> int:
    with home.session(None) as s:
        return access.case(s, case).position


def test_an_order_to_do_it_anew_opens_a_case_with_parties_and_items(court: House) -> None:
    case, suit = sued(court)
    court.do("officer", suit, "enter_ruling", {"ruling": "redo"})
    anew = next(other for other, relation, _ in links_of(court, case) if relation == "redo")
    with court.session(None) as s:
        found = access.case(s, anew)
        assert (found.state, found.done.keys(), found.outcome) == ("accepted", {"again"}, None)
        assert [row.data["facts"]["wish"] for row in models.Item.objects.filter(case_id=anew)] == ["撤销"]
        assert models.Party.objects.filter(case_id=anew).count() == 2
        assert models.Clock.objects.filter(case_id=anew, name="trial").exists()
    for one in (case, suit, anew):
        whole(court, one)
        assert faults(court, one) == []


def test_taken_back_it_is_taken_back_in_both(court: House) -> None:
    case, suit = sued(court)
    given = court.do("officer", suit, "enter_ruling", {"ruling": "revoked"})
    heard = position(court, case)
    with pytest.raises(GatesUnmet, match="关联的“小诉讼”案件对本案的影响"):
        court.do("head", case, "reverse", {"position": heard, **BACK})
    court.do("head", suit, "reverse", {"position": given.position, **BACK})
    assert links_of(court, case) == []
    assert links_of(court, suit) == [(case, "concerns", None)]
    with court.session(None) as s:
        assert "revoked" not in access.case(s, case).done
        assert models.Clock.objects.get(case_id=case, name="publishing").stopped is None
        assert models.Event.objects.get(stream__case=case, reverses=heard).actor_id == court.people["head"]
    for one in (case, suit):
        whole(court, one)
        assert faults(court, one) == []


def test_all_or_none(court: House) -> None:
    """The case that was opened anew is going on: the order stands in all three cases."""
    case, suit = sued(court)
    given = court.do("officer", suit, "enter_ruling", {"ruling": "redo"})
    before = [position(court, one) for one in (case, suit)]
    with pytest.raises(GatesUnmet, match="还没有办结"):
        court.do("head", suit, "reverse", {"position": given.position, **BACK})
    assert [position(court, one) for one in (case, suit)] == before
    for one in (case, suit):
        whole(court, one)


def test_nobody_does_it_by_hand(court: House) -> None:
    case, _ = sued(court)
    with pytest.raises(NotAllowed):
        court.do("officer", case, "revoked")
    with court.session(None) as s, pytest.raises(GatesUnmet, match="只能由关联案件的办理产生"):
        acts.perform(s, case, Request("revoked", {}))


def test_a_link_that_is_not_returned_is_found(court: House) -> None:
    case, suit = sued(court)
    court.do("officer", suit, "enter_ruling", {"ruling": "revoked"})
    with court.session(None), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("DELETE FROM kernel_link WHERE case_id = %s", [suit])
    assert any("没有关联本案" in fault for fault in faults(court, case))
