"""A small procedure that uses every word once, for tests of the kernel that must not depend on a room."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from fadu.common import approval, standing
from fadu.common.approval import ApprovalFacts
from fadu.rules.agents import ENTRUSTED, ReservedAct
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Money, Text
from fadu.rules.gates import all_served, has_party, in_good_time, over
from fadu.rules.law import load_library
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    SYSTEM,
    Clock,
    Does,
    Done,
    EndOf,
    Extension,
    FactDay,
    Gate,
    Items,
    Lapse,
    LapseEffect,
    Lead,
    NumberOfPersons,
    Online,
    Opens,
    Paper,
    PartyRole,
    Pause,
    PauseKind,
    Period,
    Procedure,
    Representation,
    Reserved,
    Served,
    State,
    Step,
    Track,
    Wait,
)
from fadu.rules.registry import Registry, Room

LAW = "行政复议法"


class Answer(ClosedList):
    GRANT = "grant", "支持"
    PART = "part", "部分支持"
    DENY = "deny", "不支持"


class WishFacts(Facts):
    wish: Annotated[Text, Fact("请求", Audience.PARTIES)]
    amount: Annotated[Money | None, Fact("金额", Audience.PARTIES)] = None


class SmallFacts(ApprovalFacts):
    known_on: Annotated[date, Fact("知道之日", Audience.PARTIES, indexed=True)]
    story: Annotated[Text, Fact("经过", Audience.PARTIES, long=True, personal=True)]
    worth: Annotated[Money, Fact("标的", Audience.PARTIES, indexed=True)]
    pages: Annotated[Count, Fact("页数", Audience.PARTIES, indexed=True)]
    files: Annotated[Files, Fact("材料", Audience.PARTIES)]
    secret: Annotated[Text, Fact("合议意见", Audience.INTERNAL)]
    answer: Annotated[Answer, Fact("答复", Audience.PUBLIC, indexed=True)]
    reasons: Annotated[Text, Fact("理由", Audience.PARTIES, long=True)]
    hearing_on: Annotated[date, Fact("听证日期", Audience.PARTIES)]
    extension_days: Annotated[Count, Fact("延长天数", Audience.PARTIES)]
    reply_posted_on: Annotated[date, Fact("答复交邮之日", Audience.PARTIES)]


APPLICANT = PartyRole("applicant", "申请人", many=True)
RESPONDENT = PartyRole("respondent", "被申请人", organ=True)
RECEIVED = State("received", "待审查")
ACCEPTED = State("accepted", "审理中")
STAYED = State("stayed", "中止")
DECIDED = State("decided", "已决定")
CLOSED = State("closed", "已归档", final=True)
HEARING = Track(name="hearing", label="听证", initial=State("none", "未安排"), audience=Audience.PARTIES)
NOTIFIED, HELD = State("notified", "已通知"), State("held", "已举行")

receipt = Paper(name="receipt", label="受理通知书", to=(APPLICANT,), series="受")
copy = Paper(name="copy", label="副本", to=(RESPONDENT,))
notice = Paper(name="notice", label="听证通知书", to=(APPLICANT, RESPONDENT))
decision = Paper(name="decision", label="决定书", to=(APPLICANT, RESPONDENT), series="决", publish=True)

apply = Step(
    name="apply", label="收到申请", to=RECEIVED, by=(CASE_OFFICER,), takes=("known_on", "story"),
    may_take=("worth", "pages", "files"), parties=(APPLICANT, RESPONDENT), items=True, article="第二十条",
    online=Online(party=APPLICANT, needs=(RESPONDENT,), without=("pages",)),
)  # fmt: skip
accept = Step(
    name="accept", label="受理", at=(RECEIVED,), to=ACCEPTED, by=(CASE_OFFICER,), article="第三十条",
    gates=(has_party(APPLICANT, "第三十条第一款第一项"),), issues=(receipt, copy),
)  # fmt: skip
deemed = Step(
    name="deemed", label="视为受理", at=(RECEIVED,), to=ACCEPTED, by=(SYSTEM,), article="第三十条第三款", issues=(copy,)
)
reply = Step(
    name="reply",
    label="提出答复",
    at=(ACCEPTED,),
    by=(RESPONDENT,),
    may_take=("files", "reply_posted_on"),
    article="第四十八条",
)
withdraw = Step(
    name="withdraw",
    label="撤回申请",
    at=(ACCEPTED,),
    by=(APPLICANT,),
    reserved=Reserved(ReservedAct.WITHDRAW, "第十七条第二款", "第十五条第二款"),
    online=Online(party=APPLICANT),
)
default = Step(name="default", label="认定未答复", at=(ACCEPTED,), by=(CASE_OFFICER,),
               gates=(over("reply", "答复期限还没有届满", "第七十条"),))  # fmt: skip
deliberate = Step(
    name="deliberate", label="合议", at=(ACCEPTED,), by=(CASE_OFFICER,), takes=("secret",), audience=Audience.INTERNAL
)
stay = Step(name="stay", label="中止", at=(ACCEPTED,), to=STAYED, by=(BODY_HEAD,), article="第三十九条")
resume = Step(name="resume", label="恢复", at=(STAYED,), to=ACCEPTED, by=(CASE_OFFICER,))
drop = Step(name="drop", label="终止", at=(STAYED,), to=DECIDED, by=(BODY_HEAD,),
            gates=(over("stay_wait", "中止还没有满规定时间", "第四十一条第五项"),))  # fmt: skip
extend = Step(name="extend", label="延长审限", at=(ACCEPTED,), by=(BODY_HEAD,), may_take=("extension_days",))
arrange = Step(
    name="arrange", label="通知听证", track=HEARING, at=(HEARING.initial, NOTIFIED), to=NOTIFIED, within=(ACCEPTED,),
    by=(CASE_OFFICER,), takes=("hearing_on",), issues=(notice,),
)  # fmt: skip
in_advance = Lead(
    name="in_advance", label="听证通知", period=Period(LAW, "听证通知"), before="hearing_on", notice=notice,
    on=(APPLICANT, RESPONDENT),
)  # fmt: skip
hold = Step(
    name="hold", label="举行听证", track=HEARING, at=(NOTIFIED,), to=HELD, within=(ACCEPTED,), by=(CASE_OFFICER,),
    gates=(in_good_time(in_advance, "第五十一条"),),
)  # fmt: skip
decide = Step(
    name="decide", label="作出决定", at=(ACCEPTED,), to=DECIDED, by=(ORGAN_HEAD,), takes=("reasons", "answer"),
    outcomes=True, agreed=True, issues=(decision,), article="第六十一条",
    gates=(Gate(name="replied", sentence="被申请人还没有答复", article="第四十八条",
                reads=("step:reply", "step:default"),
                holds=lambda view: view.did("reply") or view.did("default")),),
)  # fmt: skip
follow = Step(
    name="follow", label="发出跟踪函", at=(DECIDED,), by=(CASE_OFFICER,),
    opens=Opens(system="follow", step="open", hands={"why": "reasons"}, parties={"body": "respondent"}),
)  # fmt: skip
archive = Step(
    name="archive", label="归档", at=(DECIDED,), to=CLOSED, by=(CASE_OFFICER,), gates=(all_served("第七十五条"),)
)
publish = Step(name="publish", label="公开", by=(CASE_OFFICER,), does=Does.PUBLISHES, audience=Audience.PUBLIC)

screen = Clock(
    name="screen", label="受理审查", period=Period(LAW, "审查受理"), after=Done((apply,)), until=(accept, deemed),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.DEEMS, step=deemed, sentence="视为受理", article="第三十条第三款"),
)  # fmt: skip
application = Clock(
    name="application", label="申请期限", period=Period(LAW, "申请"), after=FactDay("known_on"), until=(apply,),
    bearer=APPLICANT, lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="申请期限届满", article="第二十条"),
)  # fmt: skip
answering = Clock(
    name="reply", label="答复", period=Period(LAW, "答复举证"), after=Served(copy, RESPONDENT), until=(reply, default),
    bearer=RESPONDENT, posted="reply_posted_on",
    lapse=Lapse(effect=LapseEffect.FORFEITS, step=default, sentence="可以认定没有证据", article="第七十条"),
)  # fmt: skip
trial = Clock(
    name="trial", label="审理", period=Period(LAW, "审理"), after=Done((accept, deemed)), until=(decide, drop),
    bearer=ORGAN_HEAD, extensions=(Extension(by=extend, amount="extension_days"),),
    pauses=(Pause(begin=stay, end=(resume,), kind=PauseKind.STAYS, article="第三十九条"),),
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未作出决定", article="第六十二条", opens=("sue_for_delay",)),
)  # fmt: skip
sue_for_delay = Clock(
    name="sue_for_delay", label="逾期起诉", period=Period("行政诉讼法", "起诉·复议逾期"), after=EndOf("trial"),
    bearer=APPLICANT, per=None, lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="起诉期限届满", article="第四十五条"),
)  # fmt: skip
sue = Clock(
    name="sue", label="起诉", period=Period("行政诉讼法", "起诉·经复议"), after=Served(decision, APPLICANT),
    per=APPLICANT,
    bearer=APPLICANT, lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="起诉期限届满", article="第四十五条"),
)  # fmt: skip
publishing = Clock(
    name="publishing", label="公开决定", period=Period(LAW, "公开复议决定书"), after=Done((decide,)), until=(publish,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未公开", article="第七十九条"),
)  # fmt: skip
stay_wait = Wait(
    name="stay_wait", label="中止满期", period=Period(LAW, "中止转终止"), after=Done((stay,)), bearer=CASE_OFFICER,
    until=(resume,),
)  # fmt: skip

SMALL = Procedure(
    system="small", version="2023", label="小程序", statute=LAW, facts=SmallFacts,
    states=(RECEIVED, ACCEPTED, STAYED, DECIDED, CLOSED), parties=(APPLICANT, RESPONDENT),
    steps=(apply, accept, deemed, reply, withdraw, default, deliberate, stay, resume, drop, extend, arrange, hold,
           decide, follow, archive, publish, *standing.AGENTS, *standing.STEPS, *approval.STEPS),
    representation=Representation(
        agents_of=(APPLICANT,), kinds=ENTRUSTED, agents=NumberOfPersons(LAW, "委托代理人"), article="第十七条第二款",
        represented=(APPLICANT,), numerous=NumberOfPersons(LAW, "申请人人数众多"),
        representatives=NumberOfPersons(LAW, "代表人"),
    ),
    clocks=(screen, application, answering, trial, sue_for_delay, sue, publishing, stay_wait), leads=(in_advance,),
    tracks=(HEARING, approval.APPROVAL),
    items=Items(name="wish", label="请求", model=WishFacts, outcome=Answer, weight=("grant", "part", "deny")),
    series="申", title="{applicant}与{respondent}",
)  # fmt: skip


class FollowFacts(Facts):
    why: Annotated[Text, Fact("事由", Audience.PARTIES)]


BODY = PartyRole("body", "整改单位", organ=True)
OPEN, DONE = State("open", "整改中"), State("done", "已整改", final=True)
open_ = Step(name="open", label="立案跟踪", to=OPEN, by=(SYSTEM,), may_take=("why",), parties=(BODY,))
report = Step(name="report", label="报告整改", at=(OPEN,), to=DONE, by=(BODY,))
rectify = Clock(
    name="rectify", label="整改", period=Period(LAW, "复议意见书整改"), after=Done((open_,)), until=(report,),
    bearer=BODY,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报告", article="第七十六条"),
)  # fmt: skip
FOLLOW = Procedure(
    system="follow", version="2023", label="跟踪", statute=LAW, facts=FollowFacts, states=(OPEN, DONE), parties=(BODY,),
    steps=(open_, report), clocks=(rectify,), title="{body}整改",
)  # fmt: skip

ROOM = Room(name="small", label="小房间", folder=Path(__file__).parent, procedures=(SMALL, FOLLOW))


@cache
def catalogue() -> Registry:
    return Registry([ROOM], load_library())
