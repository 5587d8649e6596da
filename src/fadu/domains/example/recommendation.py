"""检察建议回复: a procuratorate's recommendation is received, assigned, acted on, answered in writing and archived.

Law: 检察公益诉讼解释 (2018), art. 21. Not covered: the suit that may follow, recommendations outside public interest
litigation, the pilot of 2015 to 2018.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.gates import all_served, done
from fadu.rules.procedure import (
    ARCHIVIST,
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    Choose,
    Clock,
    Done,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Period,
    Procedure,
    State,
    Step,
)

LAW = "检察公益诉讼解释"
MADE = "《检察公益诉讼解释》第二十一条第一款"
DUTY = "《检察公益诉讼解释》第二十一条第二款"


class RecommendationFacts(approval.ApprovalFacts):
    """What is recommended, who is to do what about it, and what was done."""

    subject: Annotated[Text, Fact("建议事项", Audience.PARTIES, indexed=True)]
    content: Annotated[Text, Fact("建议内容", Audience.PARTIES, long=True)]
    recommendation_number: Annotated[Text, Fact("检察建议书文号", Audience.PARTIES)]
    urgent: Annotated[
        bool, Fact("紧急情形", Audience.PARTIES, indexed=True, hint="国家利益或者社会公共利益损害继续扩大等")
    ]
    case_officer: Annotated[Text, Fact("交办给")]
    task: Annotated[Text, Fact("办理要求", long=True)]
    rectification: Annotated[Text, Fact("整改情况", Audience.PARTIES, long=True)]
    answer_content: Annotated[Text, Fact("回复内容", Audience.PARTIES, long=True)]


PROCURATORATE = PartyRole("procuratorate", "提出建议的检察院", by_office=True)
RECEIVED = State("received", "已收到")
ASSIGNED = State("assigned", "办理中")
ANSWERED = State("answered", "已回复")
ARCHIVED = State("archived", "已归档", final=True)
answer_letter = Paper(name="recommendation_answer_letter", label="检察建议回复函", to=(PROCURATORATE,), series="检复")

receive = Step(
    name="receive_recommendation",
    label="收到检察建议书",
    by=(CASE_OFFICER,),
    to=RECEIVED,
    takes=("subject", "content", "recommendation_number", "urgent"),
    parties=(PROCURATORATE,),
    article=MADE,
)
assign = Step(
    name="assign",
    label="交办",
    by=(BODY_HEAD,),
    at=(RECEIVED,),
    to=ASSIGNED,
    takes=("case_officer", "task"),
    article=DUTY,
)
rectify = Step(
    name="rectify", label="登记整改", by=(CASE_OFFICER,), at=(ASSIGNED,), takes=("rectification",), article=DUTY
)
answer = Step(
    name="answer",
    label="书面回复",
    by=(ORGAN_HEAD,),
    at=(ASSIGNED,),
    to=ANSWERED,
    takes=("answer_content",),
    gates=(done(rectify, "回复前还没有登记整改情况", DUTY, "请先“登记整改”。"),),
    issues=(answer_letter,),
    agreed=True,
    article=DUTY,
)
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(ANSWERED,), to=ARCHIVED, gates=(all_served(),))

answer_in_time = Clock(
    name="answer",
    label="回复期限",
    period=Choose("urgent", {"true": Period(LAW, "检察建议·紧急"), "false": Period(LAW, "检察建议")}),
    after=Done((receive,)),
    until=(answer,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未书面回复人民检察院", article=DUTY),
)

TEXT_2018 = Procedure(
    system="recommendation",
    version="2018",
    label="检察建议回复",
    statute=LAW,
    facts=RecommendationFacts,
    states=(RECEIVED, ASSIGNED, ANSWERED, ARCHIVED),
    steps=(receive, assign, rectify, answer, archive, *approval.STEPS, *standing.STEPS),
    parties=(PROCURATORATE,),
    clocks=(answer_in_time,),
    tracks=(approval.APPROVAL,),
    series="检建",
    title="{procuratorate}关于{subject}的检察建议",
)
