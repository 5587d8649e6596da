"""行政复议委员会 under the text of 2023: referral, notice of its meeting, recusal, opinion (art. 52)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration.facts import ReconsiderationFacts
from fadu.rules.facts import Audience, ClosedList, Fact, Text
from fadu.rules.gates import done, listed, names_in
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Paper, Step

ARTICLE = "《行政复议法》第五十二条第二款"


class ConsultWay(ClosedList):
    """How the committee was asked; the law leaves it open."""

    WRITTEN = "written", "书面征求委员意见"
    MEETING = "meeting", "召开委员会会议"


class CommitteeFacts(ReconsiderationFacts):
    """What the meeting asks for; the question, the members and the opinion are facts of both texts."""

    meeting_day: Annotated[date, Fact("委员会会议日期")]
    meeting_place: Annotated[Text, Fact("委员会会议地点")]
    meeting_agenda: Annotated[Text, Fact("委员会会议议程", long=True)]
    recused_members: Annotated[Text, Fact("回避的委员", hint="几人的，以顿号分开")]
    recusal_reason: Annotated[Text, Fact("委员回避的理由", long=True)]
    consult_way: Annotated[ConsultWay, Fact("咨询方式", indexed=True)]


committee_notice = Paper(name="committee_notice", label="行政复议委员会会议通知", audience=Audience.INTERNAL)

refer = Step(
    name="refer_to_committee",
    label="提请行政复议委员会咨询",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("committee_question",),
    article=ARTICLE,
    audience=Audience.INTERNAL,
)
notify = Step(
    name="notify_committee",
    label="通知委员会会议",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    takes=("meeting_day", "meeting_place", "meeting_agenda", "committee_members"),
    gates=(done(refer, "还没有提请行政复议委员会咨询", ARTICLE, "请先“提请行政复议委员会咨询”。"),),
    issues=(committee_notice,),
    article=ARTICLE,
    audience=Audience.INTERNAL,
)
recuse = Step(
    name="recuse_member",
    label="委员回避",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("recused_members", "recusal_reason"),
    reason="recusal_reason",
    gates=(done(notify, "还没有通知委员会会议", ARTICLE),),
    article="《行政复议法》第三条第二款",
    audience=Audience.INTERNAL,
)
meeting_notified = Gate(
    name="meeting_notified",
    sentence="召开委员会会议的，还没有通知会议",
    article=ARTICLE,
    todo="请先“通知委员会会议”；书面征求意见的，请改选咨询方式。",
    reads=("fact:consult_way", "step:notify_committee"),
    holds=lambda view: view.fact("consult_way") != "meeting" or view.did("notify_committee"),
)
recused_absent = Gate(
    name="recused_absent",
    sentence="已经回避的委员不能参加咨询",
    article="《行政复议法》第三条第二款",
    todo="请核对“参加咨询的委员”。",
    reads=("fact:recused_members", "fact:committee_members"),
    holds=lambda view: not names_in(view.fact("recused_members")) & names_in(view.fact("committee_members")),
)
members_listed = listed(
    "committee_member",
    "committee_members",
    "参加咨询的不都是在册的行政复议委员会委员",
    "《行政复议法》第五十二条第一款",
    "请核对“参加咨询的委员”；新聘任的，先登记委员名册。",
)
consult = Step(
    name="consult",
    label="记录行政复议委员会咨询意见",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    takes=("consult_way", "committee_opinion"),
    may_take=("committee_members",),
    gates=(meeting_notified, recused_absent, members_listed),
    article=ARTICLE,
    audience=Audience.INTERNAL,
)


STEPS = (refer, notify, recuse, consult)
