"""经处罚机关提交的复议申请: who punished sets itself right or passes it on. Law: 行政复议法 art. 32."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.domains.review import handed_in
from fadu.domains.review import plain_words as plain
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, ClosedList, Fact, Text
from fadu.rules.gates import all_served, has_party
from fadu.rules.procedure import (
    ARCHIVIST,
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Lapse,
    LapseEffect,
    Online,
    Paper,
    PartyRole,
    Period,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES
SUBMIT = "《行政复议法》第三十二条第一款"
TREAT = "《行政复议法》第三十二条第二款"
SYSTEM = "penalty_receipt"
LAW = "行政复议法"


class PenaltyKind(ClosedList):
    """Only against these penalties an application may be handed in here."""

    ON_THE_SPOT = "on_the_spot", "当场作出的行政处罚决定", SUBMIT
    MONITORED = "monitored", "依据电子技术监控设备记录的违法事实作出的行政处罚决定", SUBMIT


class ReceiptFacts(handed_in.HandedInFacts):
    """The application, and what the organ did with it."""

    penalty_kind: Annotated[
        PenaltyKind,
        Fact(
            "处罚的情形",
            PARTIES,
            indexed=True,
            hint="交警、城管当场开的选前一项，摄像头、雷达拍到的选后一项；都不是的，请向复议机关申请",
        ),
    ]
    category: Annotated[lists.Category, Fact("案件事项", PARTIES, indexed=True, hint=plain.CATEGORY)]
    applied_on: Annotated[date, Fact("向处罚机关提出申请之日", PARTIES, hint="邮寄的，为交邮之日")]
    changed: Annotated[Text, Fact("改变或者撤销处罚决定的内容", PARTIES, long=True)]
    withdrawal_reason: Annotated[Text, Fact("不再申请的理由", PARTIES, long=True, hint=plain.WITHDRAWAL)]
    upheld_reason: Annotated[Text, Fact("认为需要维持的理由", PARTIES, long=True)]


RECONSIDERATION = PartyRole("reconsideration_organ", "行政复议机关", organ=True)
TAKEN = State("taken", "已收件，处理中")
CHANGED = State("changed", "已自行纠正")
FORWARDED = State("forwarded", "已转送")
WITHDRAWN = State("withdrawn", "不再申请")
ARCHIVED = State("archived", "已归档", final=True)

slip = Paper(name="penalty_receipt_notice", label="行政复议申请收件回执", to=(parties.APPLICANT,), series="复转收")
letter = Paper(name="forward_letter", label="行政复议申请转送函", to=(RECONSIDERATION,), series="复转送")

take_in = Step(
    name="take_in",
    label="处罚机关收件",
    by=(CASE_OFFICER,),
    to=TAKEN,
    takes=("penalty_kind", *(name for name in handed_in.ASKED if name != "channel"), "applied_on"),
    may_take=handed_in.ASKED_TOO,
    parties=parties.EVERYBODY,
    items=True,
    issues=(slip,),
    online=Online(
        party=parties.APPLICANT, label="经处罚机关申请行政复议", needs=(parties.RESPONDENT,), dated=("applied_on",)
    ),
    article=SUBMIT,
)
change = Step(
    name="change_penalty",
    label="自行改变、撤销处罚决定",
    by=(BODY_HEAD,),
    at=(TAKEN,),
    to=CHANGED,
    takes=("changed",),
    reason="changed",
    article=TREAT,
)
forward = Step(
    name="forward_application",
    label="转送行政复议机关",
    by=(CASE_OFFICER,),
    at=(TAKEN, CHANGED),
    to=FORWARDED,
    takes=("upheld_reason",),
    parties=(RECONSIDERATION,),
    gates=(has_party(parties.APPLICANT, SUBMIT),),
    issues=(letter,),
    article=TREAT,
)
withdraw = Step(
    name="withdraw_application",
    label="申请人不再申请",
    by=(parties.APPLICANT,),
    at=(TAKEN, CHANGED),
    to=WITHDRAWN,
    takes=("withdrawal_reason",),
    online=Online(party=parties.APPLICANT),
    article="《行政复议法》第七十四条第二款",
)
archive = Step(
    name="archive",
    label="归档",
    by=(CASE_OFFICER, ARCHIVIST),
    at=(FORWARDED, WITHDRAWN),
    to=ARCHIVED,
    gates=(all_served(),),
)

apply = handed_in.time_to_apply(take_in)
term = Clock(
    name="forward",
    label="处罚机关转送",
    period=Period(LAW, "经处罚机关转送"),
    after=Done((take_in,)),
    until=(change, forward, withdraw),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="处罚机关逾期未转送复议申请", article=TREAT),
)

TEXT_2023 = Procedure(
    system=SYSTEM,
    version="2023",
    label="经处罚机关提交的复议申请",
    statute=LAW,
    facts=ReceiptFacts,
    states=(TAKEN, CHANGED, FORWARDED, WITHDRAWN, ARCHIVED),
    steps=(take_in, change, forward, withdraw, archive, *standing.STEPS),
    parties=(*parties.EVERYBODY, RECONSIDERATION),
    clocks=(apply, term),
    items=handed_in.requests(),
    series="复转",
    title="{applicant}不服{respondent}{act_name}（处罚机关收件）",
)
