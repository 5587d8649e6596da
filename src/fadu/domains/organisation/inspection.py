"""法治专项督察: an organ checks itself, is told what was found, puts it right in the term set; that is verified.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 7, under 督察工作规定 (2019). The papers set the terms.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation.books import DUTIES, LAW, VERSION
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import served
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
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
ARTICLE = f"{DUTIES}第七条"


class InspectionFacts(Facts):
    """What is inspected, what the organ found itself, what was found, how it was put right."""

    subject: Annotated[Text, Fact("督察主题", PARTIES, indexed=True)]
    scope: Annotated[Text, Fact("督察内容", PARTIES, long=True)]
    term_days: Annotated[Count, Fact("自查期限（日）", PARTIES)]
    own_report: Annotated[Text, Fact("自查报告", PARTIES, long=True)]
    report_files: Annotated[Files, Fact("自查和整改材料", PARTIES)]
    found: Annotated[Count, Fact("发现问题数", PARTIES, indexed=True)]
    findings: Annotated[Text, Fact("督察发现的问题", PARTIES, long=True)]
    rectify_days: Annotated[Count, Fact("整改期限（日）", PARTIES)]
    rectification: Annotated[Text, Fact("整改情况", PARTIES, long=True)]
    verify_opinion: Annotated[Text, Fact("验收意见", PARTIES, long=True)]
    return_reason: Annotated[Text, Fact("退回理由", PARTIES, long=True)]
    none_found: Annotated[Text, Fact("没有发现问题的说明", PARTIES, long=True)]


RESPONSIBLE = PartyRole("responsible", "被督察单位", organ=True)
STARTED = State("started", "自查中")
CHECKED = State("checked", "督察中")
RECTIFYING = State("rectifying", "整改中")
RECTIFIED = State("rectified", "待验收")
CLOSED = State("closed", "已整改", final=True)
NONE_FOUND = State("none_found", "未发现问题", final=True)
notice = Paper(name="inspection_notice", label="督察通知书", series="法督")
opinion = Paper(name="inspection_opinion", label="督察意见书", to=(RESPONSIBLE,), series="法督意")

start = Step(
    name="start_inspection",
    label="部署督察",
    by=(BODY_HEAD,),
    to=STARTED,
    takes=("subject", "scope", "term_days"),
    parties=(RESPONSIBLE,),
    issues=(notice,),
    article=ARTICLE,
)
check_self = Step(
    name="check_own",
    label="报送自查报告",
    by=(RESPONSIBLE,),
    at=(STARTED,),
    to=CHECKED,
    takes=("own_report",),
    may_take=("report_files",),
    article=ARTICLE,
)
find = Step(
    name="find_problems",
    label="反馈督察意见",
    by=(BODY_HEAD,),
    at=(STARTED, CHECKED),
    to=RECTIFYING,
    takes=("found", "findings", "rectify_days"),
    issues=(opinion,),
    article=ARTICLE,
)
find_none = Step(
    name="find_none",
    label="未发现问题",
    by=(BODY_HEAD,),
    at=(CHECKED,),
    to=NONE_FOUND,
    takes=("none_found",),
    reason="none_found",
    article=ARTICLE,
)
rectify = Step(
    name="report_rectification",
    label="报送整改情况",
    by=(RESPONSIBLE,),
    at=(RECTIFYING,),
    to=RECTIFIED,
    takes=("rectification",),
    may_take=("report_files",),
    gates=(served(opinion, ARTICLE),),
    article=ARTICLE,
)
verify = Step(
    name="verify_rectification",
    label="整改验收通过",
    by=(BODY_HEAD,),
    at=(RECTIFIED,),
    to=CLOSED,
    takes=("verify_opinion",),
    reason="verify_opinion",
    article=ARTICLE,
)
send_back = Step(
    name="return_rectification",
    label="退回继续整改",
    by=(BODY_HEAD, CASE_OFFICER),
    at=(RECTIFIED,),
    to=RECTIFYING,
    takes=("return_reason", "rectify_days"),
    reason="return_reason",
    article=ARTICLE,
)

checking = Clock(
    name="checking",
    label="自查期限",
    period=InPaper("term_days", ARTICLE),
    after=Done((start,)),
    until=(check_self, find),
    bearer=RESPONSIBLE,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送自查报告", article=ARTICLE),
)
rectifying = Clock(
    name="rectifying",
    label="整改期限",
    period=InPaper("rectify_days", ARTICLE),
    after=Served(opinion, RESPONSIBLE),
    until=(rectify,),
    bearer=RESPONSIBLE,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送整改情况", article=ARTICLE),
)
again = Clock(
    name="rectifying_again",
    label="继续整改期限",
    period=InPaper("rectify_days", ARTICLE),
    after=Done((send_back,)),
    until=(rectify,),
    bearer=RESPONSIBLE,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送继续整改的情况", article=ARTICLE),
)

TEXT_2019 = Procedure(
    system="law_inspection",
    version=VERSION,
    label="法治专项督察",
    statute=LAW,
    facts=InspectionFacts,
    states=(STARTED, CHECKED, RECTIFYING, RECTIFIED, CLOSED, NONE_FOUND),
    steps=(start, check_self, find, find_none, rectify, verify, send_back, *standing.STEPS),
    parties=(RESPONSIBLE,),
    clocks=(checking, rectifying, again),
    series="法督案",
    title="{responsible}：{subject}",
)
