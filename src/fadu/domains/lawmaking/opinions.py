"""立法意见征集: a draft opened to opinions; each is entered, weighed, answered. Law: 规章制定程序条例 art. 15."""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.lawmaking.books import MAKING_RULES
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Files, Text
from fadu.rules.gates import all_served, over
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Done,
    Items,
    Online,
    Paper,
    Period,
    Procedure,
    State,
    Step,
    Wait,
)

PUBLIC = Audience.PUBLIC
HEARD = f"《{MAKING_RULES}》第十五条"


class Channel(ClosedList):
    """By which way an opinion came."""

    ONLINE = "online", "网站征集", HEARD
    LETTER = "letter", "来信", HEARD
    MEETING = "meeting", "座谈会、论证会", HEARD
    CONTACT = "contact", "基层立法联系点", HEARD


class Weighed(ClosedList):
    """What became of an opinion."""

    FOLLOWED = "followed", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_FOLLOWED = "not_followed", "不采纳"


class Opinion(Facts):
    """One opinion; who gave it is not made public."""

    content: Annotated[
        Text,
        Fact("意见内容", PUBLIC, long=True, hint="您认为应当怎么改、为什么；采纳情况连同意见一起公布，不要写个人信息"),
    ]
    clause: Annotated[Text, Fact("针对的条款", PUBLIC, hint="例如 第五条第二款；对全文的写“全文”")]
    came_by: Annotated[Channel, Fact("来源", PUBLIC)]
    person: Annotated[Text | None, Fact("提出意见的人", personal=True, hint="姓名或者单位名称，可以不写；不公开")] = (
        None
    )


class OpinionFacts(Facts):
    """Which draft, where it was opened, what came of the opinions."""

    subject: Annotated[Text, Fact("立法项目", PUBLIC, indexed=True)]
    place: Annotated[Text, Fact("公布的渠道", PUBLIC)]
    draft_files: Annotated[Files, Fact("草案和说明", PUBLIC)]
    weighing: Annotated[Text, Fact("采纳情况和不采纳的理由", PUBLIC, long=True)]


OPENED = State("opened", "征集中")
WEIGHED = State("weighed", "已评估，待反馈")
ANSWERED = State("answered", "已反馈", final=True)
answer_paper = Paper(name="opinion_answer", label="立法意见采纳情况反馈", series="立馈", audience=PUBLIC, publish=True)

open_draft = Step(
    name="open_draft",
    label="公布草案征集意见",
    by=(CASE_OFFICER,),
    to=OPENED,
    takes=("subject", "place"),
    may_take=("draft_files",),
    article=HEARD,
)
collect = Step(
    name="collect_opinion",
    label="登记收到的意见",
    by=(CASE_OFFICER,),
    at=(OPENED,),
    items=True,
    article=HEARD,
    online=Online(says={"came_by": "online"}),
)
period = Wait(
    name="opening",
    label="征求意见期限",
    period=Period(MAKING_RULES, "公开征求意见·起草"),
    after=Done((open_draft,)),
    until=(),
    bearer=CASE_OFFICER,
)
weigh = Step(
    name="weigh_opinions",
    label="逐条评估意见",
    by=(BODY_HEAD,),
    at=(OPENED,),
    to=WEIGHED,
    takes=("weighing",),
    reason="weighing",
    outcomes=True,
    gates=(over("opening", "征求意见的期限还没有届满", HEARD),),
    article=HEARD,
)
answer = Step(
    name="answer_opinions",
    label="反馈采纳情况",
    by=(CASE_OFFICER,),
    at=(WEIGHED,),
    to=ANSWERED,
    gates=(all_served(HEARD),),
    issues=(answer_paper,),
    article=HEARD,
)

TEXT = Procedure(
    system="opinion_channel",
    version="国务院令722",
    label="立法意见征集",
    statute="优化营商环境条例",  # dates the text: the period of the rules is in the library from 2018 only
    facts=OpinionFacts,
    states=(OPENED, WEIGHED, ANSWERED),
    steps=(open_draft, collect, weigh, answer, standing.publish, standing.assign, standing.reverse),
    parties=(),
    clocks=(period,),
    items=Items(
        name="opinion",
        label="意见",
        model=Opinion,
        outcome=Weighed,
        weight=tuple(str(code) for code in Weighed),
    ),
    series="立征",
    title="{subject}征集意见",
)
