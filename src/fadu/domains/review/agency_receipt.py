"""代办点收件: a judicial office takes in an application, forwards it in time, tells what came of it. Law: 行政复议法.

Not covered: what a point does beside it (advice, mediation).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.domains.review import handed_in
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Text
from fadu.rules.gates import all_served, has_party, listed
from fadu.rules.law import Unit
from fadu.rules.procedure import (
    ARCHIVIST,
    CASE_OFFICER,
    Clock,
    Done,
    InPaper,
    Lapse,
    LapseEffect,
    Paper,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES
SUBMIT = "《行政复议法》第二十二条第一款、第二款"
RESULT = "《行政复议法》第三十条第一款、第二款"
SYSTEM = "agency_receipt"


class PointChannel(ClosedList):
    """As which the application then counts."""

    AGENCY_POINT = "agency_point", "司法所代办点转送"


class ReceiptFacts(handed_in.HandedInFacts):
    """The application as it was handed in at the point, and what became of it."""

    office: Annotated[Text, Fact("代办的司法所", PARTIES, indexed=True, hint="代办点名册中的名称")]
    channel: Annotated[PointChannel, Fact("申请方式", PARTIES)]
    category: Annotated[lists.Category, Fact("案件事项", PARTIES, indexed=True)]
    applied_on: Annotated[date, Fact("向代办点提出申请之日", PARTIES)]
    forward_days: Annotated[Count, Fact("转送期限（工作日）", PARTIES, hint="代办点工作制度规定的期限")]
    withdrawal_reason: Annotated[Text, Fact("不再申请的理由", PARTIES, long=True)]
    progress: Annotated[Text, Fact("告知的办理进度", PARTIES, long=True)]
    result: Annotated[Text, Fact("告知的办理结果", PARTIES, long=True)]


TAKEN = State("taken", "代办点已收件")
FORWARDED = State("forwarded", "已转送，跟踪办理")
TOLD = State("told", "已告知办理结果")
WITHDRAWN = State("withdrawn", "转送前撤回")
ARCHIVED = State("archived", "已归档", final=True)

receipt = Paper(name="agency_receipt", label="行政复议申请代办收件回执", to=(parties.APPLICANT,), series="复代")

office_listed = listed(
    "agency_point",
    "office",
    "代办的司法所不在代办点名册中，或者没有设立代办点",
    SUBMIT,
    "请核对“代办的司法所”；新设代办点的，先登记名册。",
    where="has_point",
)
take_in = Step(
    name="take_in",
    label="代办点收到申请",
    by=(CASE_OFFICER,),
    to=TAKEN,
    takes=("office", *handed_in.ASKED, "applied_on", "forward_days"),
    may_take=handed_in.ASKED_TOO,
    parties=parties.EVERYBODY,
    items=True,
    gates=(office_listed,),
    issues=(receipt,),
    article=SUBMIT,
)
forward = Step(
    name="forward_application",
    label="转送行政复议机构",
    by=(CASE_OFFICER,),
    at=(TAKEN,),
    to=FORWARDED,
    gates=(has_party(parties.APPLICANT, SUBMIT),),
    opens=handed_in.becomes_a_case(),
    article=SUBMIT,
)
withdraw = Step(
    name="withdraw_application",
    label="转送前撤回申请",
    by=(parties.APPLICANT,),
    at=(TAKEN,),
    to=WITHDRAWN,
    takes=("withdrawal_reason",),
    article="《行政复议法》第七十四条第二款",
)
tell_progress = Step(
    name="tell_progress",
    label="告知办理进度",
    by=(CASE_OFFICER,),
    at=(FORWARDED,),
    takes=("progress",),
    article=RESULT,
)
tell_result = Step(
    name="tell_result",
    label="告知办理结果",
    by=(CASE_OFFICER,),
    at=(FORWARDED,),
    to=TOLD,
    takes=("result",),
    article=RESULT,
)
archive = Step(
    name="archive",
    label="归档",
    by=(CASE_OFFICER, ARCHIVIST),
    at=(TOLD, WITHDRAWN),
    to=ARCHIVED,
    gates=(all_served(),),
)

apply = handed_in.time_to_apply(take_in)
term = Clock(
    name="forward",
    label="代办点转送",
    period=InPaper("forward_days", SUBMIT, unit=Unit.WORKDAY),
    after=Done((take_in,)),
    until=(forward, withdraw),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="代办点逾期未转送申请，应当立即转送", article=SUBMIT),
)

TEXT_2023 = Procedure(
    system=SYSTEM,
    version="2023",
    label="行政复议代办点收件",
    statute="行政复议法",
    facts=ReceiptFacts,
    states=(TAKEN, FORWARDED, TOLD, WITHDRAWN, ARCHIVED),
    steps=(take_in, forward, withdraw, tell_progress, tell_result, archive, *standing.STEPS),
    parties=parties.EVERYBODY,
    clocks=(apply, term),
    items=handed_in.requests(),
    series="复代收",
    title="{applicant}不服{respondent}{act_name}（代办点收件）",
)
