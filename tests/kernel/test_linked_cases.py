"""One gesture, two cases (D12): what opened another case is taken back, what one case does to another."""

from __future__ import annotations

import pytest

from fadu.kernel import access, ledger, models, store
from fadu.kernel.integrity import work_checks
from fadu.kernel.integrity.reading import house, looks
from fadu.rules.errors import GatesUnmet
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
