"""复议决定履行监督: the respondent performs in the term set, or is ordered to. Law: 行政复议法 (2023) art. 77."""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Files, Text
from fadu.rules.gates import all_served
from fadu.rules.procedure import (
    ARCHIVIST,
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Procedure,
    Served,
    State,
    Step,
)

PARTIES = Audience.PARTIES
DUTY = "《行政复议法》第七十七条第一款"
ORDER = "《行政复议法》第七十七条第二款"
OBLIGOR = PartyRole("obligor", "应当履行的机关", organ=True, many=True)


class Way(ClosedList):
    """How it was performed."""

    DIRECT = "direct", "直接履行"
    NEW_ACT = "new_act", "重新作出行政行为"
    DEPOSIT = "deposit", "提存公证"
    OTHER = "other", "其他方式"


class PerformanceFacts(approval.ApprovalFacts):
    """What is to be done, by when, and what was done."""

    duty: Annotated[Text, Fact("应当履行的内容", PARTIES, long=True)]
    performance_days: Annotated[Count, Fact("履行期限（日）", PARTIES)]
    enterprise: Annotated[bool, Fact("涉企案件", PARTIES, indexed=True)]
    way: Annotated[Way, Fact("履行方式", PARTIES, indexed=True)]
    performance_result: Annotated[Text, Fact("履行情况", PARTIES, long=True)]
    performance_files: Annotated[Files, Fact("履行证明材料", PARTIES)]
    return_reason: Annotated[Text, Fact("认为没有履行的理由", PARTIES, long=True)]
    order_reason: Annotated[Text, Fact("责令履行的理由", PARTIES, long=True)]
    order_days: Annotated[Count, Fact("责令履行的期限（日）", PARTIES)]
    talk_record: Annotated[Text, Fact("约谈、通报批评情况", PARTIES, long=True)]


OWED, ORDERED = State("owed", "待履行"), State("ordered", "已责令限期履行")
REPORTED, PERFORMED = State("reported", "待核实"), State("performed", "已履行")
ARCHIVED = State("archived", "已归档", final=True)

order_paper = Paper(name="performance_order", label="责令限期履行通知书", to=(OBLIGOR,), series="复责")

supervise = Step(
    name="owe_performance",
    label="登记履行义务",
    by=(CASE_OFFICER,),
    to=OWED,
    takes=("duty", "performance_days"),
    may_take=("enterprise",),
    parties=(OBLIGOR,),
    article=DUTY,
)
report = Step(
    name="report_performance",
    label="报告履行情况",
    by=(OBLIGOR,),
    at=(OWED, ORDERED),
    to=REPORTED,
    takes=("way", "performance_result"),
    may_take=("performance_files",),
    article=DUTY,
)
confirm = Step(
    name="confirm_performance",
    label="核实已经履行",
    by=(CASE_OFFICER,),
    at=(REPORTED,),
    to=PERFORMED,
    article=DUTY,
)
not_performed = Gate(
    name="not_performed",
    sentence="履行期限还没有届满，报告的履行情况也没有退回",
    article=ORDER,
    reads=("clock:performance", "step:return_report"),
    holds=lambda view: view.over("performance") or view.did("return_report"),
)
order = Step(
    name="order_performance",
    label="责令限期履行",
    by=(ORGAN_HEAD,),
    at=(OWED, ORDERED, REPORTED),
    to=ORDERED,
    takes=("order_reason", "order_days"),
    gates=(not_performed,),
    issues=(order_paper,),
    agreed=True,
    reason="order_reason",
    article=ORDER,
)
send_back = Step(
    name="return_report",
    label="认为没有履行后退回",
    by=(BODY_HEAD,),
    at=(REPORTED,),
    to=OWED,
    takes=("return_reason",),
    reason="return_reason",
    article=DUTY,
)
talk = Step(
    name="talk_to_heads",
    label="约谈负责人、通报批评",
    by=(BODY_HEAD,),
    at=(OWED, ORDERED),
    takes=("talk_record",),
    gates=(not_performed,),
    article=ORDER,
)
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(PERFORMED,), to=ARCHIVED, gates=(all_served(),))

performance = Clock(
    name="performance",
    label="履行",
    period=InPaper("performance_days", DUTY),
    after=Done((supervise,)),
    until=(report,),
    bearer=OBLIGOR,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="不履行或者拖延履行复议决定，应当责令限期履行", article=ORDER),
)
ordered = Clock(
    name="ordered",
    label="责令的履行期限",
    period=InPaper("order_days", ORDER),
    after=Served(order_paper, OBLIGOR),
    until=(report,),
    bearer=OBLIGOR,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未按照责令履行，可以约谈、通报批评", article=ORDER),
)

TEXT_2023 = Procedure(
    system="decision_performance",
    version="2023",
    label="复议决定履行监督",
    statute="行政复议法",
    facts=PerformanceFacts,
    states=(OWED, ORDERED, REPORTED, PERFORMED, ARCHIVED),
    steps=(supervise, report, confirm, send_back, order, talk, archive, *approval.STEPS, *standing.STEPS),
    parties=(OBLIGOR,),
    clocks=(performance, ordered),
    tracks=(approval.APPROVAL,),
    series="复履",
    title="{obligor}履行复议决定",
)
