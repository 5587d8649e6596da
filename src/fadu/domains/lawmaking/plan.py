"""规范性文件年度制定计划: projects are collected, examined, decided on one by one by the meeting, made public.

Law: 地方组织法 art. 75 (collective decision), 政府信息公开条例 art. 26. It says no day for the plan: the notice does.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.lawmaking.making.shared import ROOT
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Text
from fadu.rules.gates import done
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Paper,
    Period,
    Procedure,
    State,
    Step,
)

PUBLIC = Audience.PUBLIC
LAW = "政府信息公开条例"
DISCLOSED = f"《{LAW}》第二十六条"


class PlannedProject(Facts):
    """One document that somebody wants to make."""

    document_name: Annotated[Text, Fact("拟制定的文件", PUBLIC)]
    drafter: Annotated[Text, Fact("起草单位", PUBLIC)]
    need: Annotated[Text, Fact("制定的必要性和依据", long=True)]
    planned_for: Annotated[Text, Fact("计划完成时间", PUBLIC, hint="例：第三季度")]


class Planned(ClosedList):
    """What the meeting decides on a project."""

    PLANNED = "planned", "列入计划"
    RESERVE = "reserve", "列为储备项目"
    REFUSED = "refused", "不列入"


class PlanFacts(Facts):
    """Of which year the plan is, what was said of the projects, what the meeting decided."""

    year: Annotated[Text, Fact("计划年度", PUBLIC, indexed=True, hint="例：2025年度")]
    term_days: Annotated[Count, Fact("编制期限（日）", hint="按编制通知填写")]
    review_note: Annotated[Text, Fact("对申报项目的审查意见", long=True)]
    meeting: Annotated[Text, Fact("集体讨论的会议")]
    present: Annotated[Text, Fact("出席人员", long=True)]
    meeting_decision: Annotated[Text, Fact("会议决定", long=True)]
    minutes: Annotated[Files, Fact("会议纪要")]
    cancel_reason: Annotated[Text, Fact("不编制计划的理由", long=True)]


COLLECTING = State("collecting", "征集项目")
EXAMINING = State("examining", "审查中")
DECIDED = State("decided", "已决定")
PUBLISHED = State("published", "已公布", final=True)
CANCELLED = State("cancelled", "不编制", final=True)
paper = Paper(name="making_plan", label="规范性文件年度制定计划", series="规计", audience=PUBLIC, publish=True)

start = Step(
    name="start_plan",
    label="部署编制计划",
    by=(BODY_HEAD,),
    to=COLLECTING,
    takes=("year", "term_days"),
    article=ROOT,
)
collect = Step(
    name="collect_projects",
    label="登记申报的项目",
    by=(CASE_OFFICER,),
    at=(COLLECTING,),
    to=EXAMINING,
    items=True,
    article=ROOT,
)
examine = Step(
    name="examine_projects",
    label="审查申报的项目",
    by=(BODY_HEAD,),
    at=(EXAMINING,),
    takes=("review_note",),
    article=ROOT,
)
decide = Step(
    name="decide_plan",
    label="集体讨论决定计划",
    by=(ORGAN_HEAD,),
    at=(EXAMINING,),
    to=DECIDED,
    takes=("meeting", "present", "meeting_decision"),
    may_take=("minutes",),
    outcomes=True,
    gates=(done(examine, "申报的项目还没有审查", ROOT, "请先“审查申报的项目”。"),),
    issues=(paper,),
    article=ROOT,
)
close = Step(
    name="close",
    label="公布计划",
    by=(CASE_OFFICER,),
    at=(DECIDED,),
    to=PUBLISHED,
    gates=(done(standing.publish, "年度制定计划还没有向社会公开", DISCLOSED),),
    article=DISCLOSED,
)
cancel = Step(
    name="cancel_plan",
    label="不编制计划",
    by=(BODY_HEAD,),
    at=(COLLECTING, EXAMINING),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=ROOT,
)

term = Clock(
    name="plan_term",
    label="编制期限",
    period=InPaper("term_days", ROOT),
    after=Done((start,)),
    until=(decide,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="超过编制通知所定的期限", article=ROOT),
)
disclosure = Clock(
    name="disclosure",
    label="主动公开期限",
    period=Period(LAW, "主动公开"),
    after=Done((decide,)),
    until=(standing.publish,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未公布年度制定计划", article=DISCLOSED),
)

TEXT = Procedure(
    system="document_plan",
    version="2019",
    label="规范性文件年度制定计划",
    statute=LAW,
    facts=PlanFacts,
    states=(COLLECTING, EXAMINING, DECIDED, PUBLISHED, CANCELLED),
    steps=(start, collect, examine, decide, close, cancel, standing.publish, *standing.STEPS),
    parties=(),
    clocks=(term, disclosure),
    items=Items(
        name="planned_project",
        label="申报的项目",
        model=PlannedProject,
        outcome=Planned,
        weight=("planned", "reserve", "refused"),
    ),
    series="规计案",
    title="{year}规范性文件制定计划",
)
