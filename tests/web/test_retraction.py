"""撤回公开: what a public decision said is gone from every door once it fell and was retracted, but why it is gone."""

from __future__ import annotations

import pytest
from django.test import Client

from fadu.kernel import access, ledger, models, open_to_all, paper_codes
from fadu.rules.errors import BadInput
from tests.kernel import fallen
from tests.kernel.conftest import House
from tests.web.conftest import Entry, text_of


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = fallen.catalogue()
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


@pytest.fixture
def case(place: House) -> int:
    """A decision that was served and made public."""
    number = place.open().case
    place.do("officer", number, "accept")
    place.do("clerk", number, "reply")
    place.decide(number)
    place.do("officer", number, "publish", {"paper": "decision-1", "place": "政府网站"})
    served = {"method": "direct", "sent_on": "2024-03-01", "received_on": "2024-03-01", "proof": "回证"}
    for paper, party in (("receipt", 0), ("copy", 1), ("decision", 0), ("decision", 1)):
        who = ("applicant-1", "respondent-1")[party]
        place.do("officer", number, "serve", {"paper": f"{paper}-1", "party": who, **served})
    return number


def pages(place: House, case: int, words: str = "") -> tuple[str, str, str]:
    """The list as everybody reads it, the page of the decision, what its code tells."""
    (row,) = open_to_all.published()
    with access.session(None):
        paper = models.Paper.objects.get(case_id=case, key="decision-1")
    addresses = (
        f"/open/public/texts/?words={words}",
        f"/open/public/texts/{case}/{row.key}/",
        f"/open/verify/{paper_codes.code_of(paper.digest)}/",
    )
    first, second, third = (text_of(Client().get(address)).partition("<main")[2] for address in addresses)
    return first, second, third


def test_what_fell_is_retracted_and_said_why(place: House, case: int, sign_in: Entry) -> None:
    form = {"paper": "decision-1", "reason": "张三的案件已由法院判决撤销"}
    with pytest.raises(BadInput, match="其后被变更"):
        place.do("officer", case, "retract", form)
    assert "《决定书》" in pages(place, case, "有理")[0]
    place.do("mayor", case, "annul")
    place.do("officer", case, "archive")
    # the case is over, the duty is on somebody's desk: 2024-03-01 and three working days
    desk = text_of(sign_in("officer").get("/"))
    assert "撤回公开，2024年3月6日" in desk
    assert "撤回公开的信息并说明理由" in text_of(sign_in("officer").get(f"/cases/{case}/"))
    form_page = text_of(sign_in("officer").get(f"/cases/{case}/steps/retract/"))
    assert "公开说明的理由" in form_page
    assert "现在的效力" in pages(place, case)[2]
    place.do("officer", case, "retract", form)
    assert "撤回公开，" not in text_of(sign_in("officer").get("/"))
    listed, page, verified = pages(place, case)
    assert "已撤回，看理由" in listed
    for word in ("已经撤回公开", "2024年3月1日", "决定被确认无效", "张某的案件已由法院判决撤销"):
        assert word in page
    for text in (listed, page, verified):
        assert "有理" not in text
        assert "张三" not in text
    assert "没有找到" in pages(place, case, "有理")[0]
    assert "决定已经不算数：决定被确认无效" in verified
    assert "撤回：决定被确认无效" in text_of(sign_in("officer").get(f"/cases/{case}/"))
    with pytest.raises(BadInput, match="不再公开"):
        place.do("officer", case, "publish", {"paper": "decision-1", "place": "政府网站"})
    with access.session(None):
        kept = models.Publication.objects.get(case_id=case)
        assert "有理" in kept.data["text"]
        found = models.Case.objects.get(pk=case)
        assert ledger.verify(found.stream_id or 0) == found.position


def test_what_was_never_public_needs_no_retraction(place: House) -> None:
    number = place.open().case
    place.do("officer", number, "accept")
    place.do("clerk", number, "reply")
    place.decide(number)
    place.do("mayor", number, "annul")
    with access.session(None):
        assert not models.Clock.objects.filter(case_id=number, name="retraction").exists()
        assert models.Clock.objects.filter(case_id=number, name="publishing", stopped=None).exists()
    with pytest.raises(BadInput, match="不再公开"):
        place.do("officer", number, "publish", {"paper": "decision-1", "place": "政府网站"})
