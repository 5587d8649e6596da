"""What a case is called: the labels of its facts, and what of it the public reads."""

from __future__ import annotations

from dataclasses import replace

from fadu.kernel import offers
from fadu.kernel.titles import public_title, title_of
from fadu.rules.casefile import CaseFile
from fadu.rules.registry import registry
from tests.kernel import small
from tests.kernel.conftest import House


def test_a_title_has_the_label_of_a_closed_list() -> None:
    meeting = registry().newest("law_meeting")
    facts = {"meeting_kind": "executive", "subject": "研究年度工作计划"}
    case = CaseFile(1, meeting.system, meeting.version, 1, 1, "2024-03-01", facts=facts)
    assert title_of(case, meeting) == "政府常务会议：研究年度工作计划"


def test_the_public_title_is_masked_and_tells_no_more_than_the_paper(home: House) -> None:
    case = home.open().case
    named = replace(small.SMALL, title="{applicant}与{respondent}")
    with home.session("officer"):
        file = offers.look(case).case
        assert title_of(file, named) == "张三与某局"
        assert public_title(file, named, "申请人张三，被申请人某局。") == "张某与某局"
        assert public_title(file, named, "被申请人某局。") == ""
        asked = replace(small.SMALL, title="{applicant}：{story}")
        assert public_title(file, asked, "申请人张三。") == ""
