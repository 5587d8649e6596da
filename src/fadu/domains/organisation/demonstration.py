"""法治政府建设示范创建: a scheme, self-assessment against the indicators, what is unmet put right, application, result.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 6 no. 1. The indicators stand in a register of the room,
what they ask for is given to organs as 短板弱项整改. The notice of the creation sets the term of the application.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation import lists
from fadu.domains.organisation.books import LAW, MEETING, VERSION
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import done
from fadu.rules.procedure import (
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
    Procedure,
    State,
    Step,
)

PUBLIC = Audience.PUBLIC


class DemonstrationFacts(Facts):
    """What is to be won, how the organ sees itself, what was put right, how it came out."""

    subject: Annotated[Text, Fact("创建名称", PUBLIC, indexed=True, hint="例：自治区级法治政府建设示范区")]
    honour_level: Annotated[lists.HonourLevel, Fact("示范级别", PUBLIC, indexed=True)]
    scheme: Annotated[Text, Fact("创建方案", long=True)]
    term_days: Annotated[Count, Fact("申报期限（日）", hint="按创建通知填写")]
    own_score: Annotated[Count, Fact("自评分")]
    own_report: Annotated[Text, Fact("自评报告", long=True)]
    unmet: Annotated[Count, Fact("未达标的指标数")]
    rectification: Annotated[Text, Fact("未达标指标的整改情况", long=True)]
    files: Annotated[Files, Fact("佐证材料")]
    result: Annotated[lists.Creation, Fact("评审结果", PUBLIC, indexed=True)]
    result_paper: Annotated[Text, Fact("公布结果的文件", PUBLIC)]
    end_reason: Annotated[Text, Fact("终止创建的理由", long=True)]


CREATING = State("creating", "创建中")
APPLIED = State("applied", "已申报")
CLOSED = State("closed", "已有结果", final=True)
ENDED = State("ended", "已终止", final=True)
application = Paper(name="demonstration_application", label="示范创建申报书", series="示申")

start = Step(
    name="start_creation",
    label="部署创建",
    by=(BODY_HEAD,),
    to=CREATING,
    takes=("subject", "honour_level", "scheme", "term_days"),
    article=MEETING,
)
assess_self = Step(
    name="assess_own",
    label="登记自评",
    by=(CASE_OFFICER,),
    at=(CREATING,),
    takes=("own_score", "own_report", "unmet"),
    may_take=("files",),
    article=MEETING,
)
rectify = Step(
    name="rectify_unmet",
    label="登记未达标指标的整改",
    by=(CASE_OFFICER,),
    at=(CREATING,),
    takes=("rectification",),
    may_take=("files",),
    gates=(done(assess_self, "还没有自评", MEETING),),
    article=MEETING,
)
rectified = Gate(
    name="unmet_rectified",
    sentence="自评未达标的指标还没有整改",
    article=MEETING,
    todo="请先“登记未达标指标的整改”。",
    reads=("fact:unmet", "step:rectify_unmet"),
    holds=lambda view: not view.fact("unmet") or view.did("rectify_unmet"),
)
apply = Step(
    name="apply",
    label="申报",
    by=(ORGAN_HEAD,),
    at=(CREATING,),
    to=APPLIED,
    gates=(done(assess_self, "还没有自评，不能申报", MEETING, "请先“登记自评”。"), rectified),
    issues=(application,),
    article=MEETING,
)
learn = Step(
    name="record_result",
    label="登记评审结果",
    by=(CASE_OFFICER,),
    at=(APPLIED,),
    to=CLOSED,
    takes=("result", "result_paper"),
    told_by="result_paper",
    article=MEETING,
)
end = Step(
    name="end_creation",
    label="终止创建",
    by=(BODY_HEAD,),
    at=(CREATING,),
    to=ENDED,
    takes=("end_reason",),
    reason="end_reason",
    article=MEETING,
)
term = Clock(
    name="application",
    label="申报期限",
    period=InPaper("term_days", MEETING),
    after=Done((start,)),
    until=(apply,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未申报", article=MEETING),
)

TEXT_2019 = Procedure(
    system="demonstration",
    version=VERSION,
    label="法治政府建设示范创建",
    statute=LAW,
    facts=DemonstrationFacts,
    states=(CREATING, APPLIED, CLOSED, ENDED),
    steps=(start, assess_self, rectify, apply, learn, end, standing.reverse),
    parties=(),
    clocks=(term,),
    series="示创案",
    title="{subject}",
)
