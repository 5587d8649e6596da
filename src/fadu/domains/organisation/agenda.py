"""议题征集: units are asked for topics of a meeting by a day, propose them, each is adopted or not, the list is told.

Law: as of the books; the notice sets the term. Not covered: the meeting itself (`law_meeting`), its decisions as tasks.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation import lists
from fadu.domains.organisation.books import LAW, MEETING, VERSION
from fadu.rules.facts import Audience, Count, Fact, Facts, Text
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Gate,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Procedure,
    State,
    Step,
)
from fadu.rules.view import View

PARTIES = Audience.PARTIES


class Topic(Facts):
    """One topic that a unit proposes."""

    subject: Annotated[Text, Fact("议题", PARTIES)]
    department: Annotated[Text, Fact("提出单位", PARTIES)]
    matter: Annotated[Text, Fact("需要会议研究的事项", PARTIES, long=True)]


class AgendaFacts(Facts):
    """For which meeting, by when, and what was decided about the topics."""

    meeting_kind: Annotated[lists.Meeting, Fact("会议类型", PARTIES, indexed=True)]
    planned_on: Annotated[date, Fact("拟召开日期", PARTIES)]
    term_days: Annotated[Count, Fact("报送期限（日）", PARTIES)]
    weighing: Annotated[Text, Fact("确定议题的意见", PARTIES, long=True)]
    cancel_reason: Annotated[Text, Fact("取消理由", PARTIES, long=True)]


MEMBER = PartyRole("member", "成员单位", organ=True, many=True)
COLLECTING = State("collecting", "征集中")
SETTLED = State("settled", "议题已确定", final=True)
CANCELLED = State("cancelled", "已取消", final=True)
notice = Paper(name="topic_notice", label="议题征集通知", series="法议")
agenda = Paper(name="topic_list", label="会议议题清单", series="法议清")


def _everybody_answered(view: View) -> bool:
    """Each member proposed or had its time."""
    return not view.runs("term")


start = Step(
    name="collect_topics",
    label="征集议题",
    by=(BODY_HEAD,),
    to=COLLECTING,
    takes=("meeting_kind", "planned_on", "term_days"),
    parties=(MEMBER,),
    issues=(notice,),
    article=MEETING,
)
propose = Step(
    name="propose_topic",
    label="报送议题",
    by=(MEMBER,),
    at=(COLLECTING,),
    items=True,
    article=MEETING,
)
nothing = Step(
    name="propose_nothing", label="没有议题", by=(MEMBER,), at=(COLLECTING,), article=MEETING, audience=PARTIES
)
settle = Step(
    name="settle_topics",
    label="确定议题",
    by=(BODY_HEAD,),
    at=(COLLECTING,),
    to=SETTLED,
    takes=("weighing",),
    outcomes=True,
    gates=(
        Gate(
            name="everybody_answered",
            sentence="还有成员单位没有报送，期限也没有届满",
            todo="请等待报送，或者等期限届满。",
            article=MEETING,
            reads=("clock:term",),
            holds=_everybody_answered,
        ),
    ),
    issues=(agenda,),
    reason="weighing",
    article=MEETING,
)
cancel = Step(
    name="cancel_topics",
    label="取消征集",
    by=(BODY_HEAD, CASE_OFFICER),
    at=(COLLECTING,),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=MEETING,
)
term = Clock(
    name="term",
    label="议题报送期限",
    period=InPaper("term_days", MEETING),
    after=Done((start,)),
    per=MEMBER,
    until=(propose, nothing),
    bearer=MEMBER,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="报送议题的期限届满", article=MEETING),
)

TEXT_2019 = Procedure(
    system="meeting_topics",
    version=VERSION,
    label="法治工作会议议题征集",
    statute=LAW,
    facts=AgendaFacts,
    states=(COLLECTING, SETTLED, CANCELLED),
    steps=(start, propose, nothing, settle, cancel, standing.reverse),
    parties=(MEMBER,),
    clocks=(term,),
    items=Items(
        name="topic",
        label="议题",
        model=Topic,
        outcome=lists.Adopted,
        weight=tuple(str(code) for code in lists.Adopted),
    ),
    series="法议案",
    title="{meeting_kind}议题征集",
)
