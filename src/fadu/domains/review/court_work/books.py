"""台账: 府院联席会议, 出庭应诉情况通报, and each appearance of a head in court, which the suit opens by itself.

Law: 负责人出庭应诉规定 (2020) arts 2, 14. That joint meetings and bulletins are kept so is our reading.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import book
from fadu.domains.review.litigation.lists import HeadKind
from fadu.rules.facts import Audience, Count, Fact, Files, Text
from fadu.rules.procedure import CASE_OFFICER, Paper, PartyRole, Procedure, Step

LAW = "负责人出庭应诉规定"
TOLD = "《负责人出庭应诉规定》第十四条第二款"
WHO = "《负责人出庭应诉规定》第二条第一款"
PARTIES, PUBLIC = Audience.PARTIES, Audience.PUBLIC


class CourtMeetingFacts(book.BookFacts):
    """A joint meeting of government and court, who came and what came of it."""

    subject: Annotated[Text, Fact("会议议题", PUBLIC, indexed=True)]
    chair: Annotated[Text, Fact("召集人", PUBLIC)]
    attended: Annotated[Text, Fact("参加单位和人员", PUBLIC, long=True)]
    outcome: Annotated[Text, Fact("议定事项", PUBLIC, long=True)]
    follow_up: Annotated[Text, Fact("落实情况", PUBLIC, long=True)]
    minutes: Annotated[Files, Fact("会议纪要")]


class BulletinFacts(book.BookFacts):
    """How heads appeared in a stretch of time, told to the organs."""

    period_from: Annotated[date, Fact("通报期间起始日", PUBLIC)]
    period_to: Annotated[date, Fact("通报期间截止日", PUBLIC)]
    received: Annotated[Count, Fact("期间新收案件数", PUBLIC)]
    held: Annotated[Count, Fact("期间开庭案件数", PUBLIC)]
    appeared: Annotated[Count, Fact("期间负责人出庭案件数", PUBLIC)]
    absent: Annotated[Text, Fact("未出庭情况", PUBLIC, long=True)]
    scores: Annotated[Text, Fact("各单位考核得分", PUBLIC, long=True)]


class AppearanceFacts(book.BookFacts):
    """One appearance of one head at one hearing."""

    head_name: Annotated[Text, Fact("出庭负责人姓名", PARTIES, indexed=True)]
    head_post: Annotated[Text, Fact("出庭负责人职务", PARTIES)]
    head_kind: Annotated[HeadKind, Fact("出庭负责人的身份", PARTIES, indexed=True)]
    court_number: Annotated[Text, Fact("案号", PARTIES)]


ORGAN = PartyRole("defendant", "被诉行政机关", organ=True, many=True)
bulletin = Paper(name="appearance_bulletin", label="负责人出庭应诉情况通报", series="应通")

hold_meeting = Step(
    name="hold_court_meeting",
    label="登记府院联席会议",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("subject", "chair", "attended", "outcome"),
    may_take=("follow_up", "minutes"),
    article=TOLD,
)
issue_bulletin = Step(
    name="issue_bulletin",
    label="印发通报",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("period_from", "period_to", "received", "held", "appeared", "absent"),
    may_take=("scores",),
    issues=(bulletin,),
    article=TOLD,
)
record_appearance = Step(
    name="record_appearance",
    label="登记负责人出庭",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("head_name", "head_post", "head_kind", "court_number"),
    parties=(ORGAN,),
    article=WHO,
)


def _book(
    system: str, label: str, facts: type[book.BookFacts], record: Step, title: str, *parties: PartyRole
) -> Procedure:
    return Procedure(
        system=system,
        version="2020",
        label=label,
        statute=LAW,
        facts=facts,
        states=book.STATES,
        steps=book.steps(record),
        parties=parties,
        title=title,
    )


MEETINGS = _book("court_meeting", "府院联席会议台账", CourtMeetingFacts, hold_meeting, "府院联席会议：{subject}")
BULLETINS = _book("appearance_bulletin", "出庭应诉情况通报", BulletinFacts, issue_bulletin, "出庭应诉情况通报")
APPEARANCES = _book(
    "head_appearance", "负责人出庭台账", AppearanceFacts, record_appearance, "{head_name}出庭：{court_number}", ORGAN
)
TEXTS = (MEETINGS, BULLETINS, APPEARANCES)
