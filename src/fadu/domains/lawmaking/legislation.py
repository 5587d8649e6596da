"""立法: plan of the year, contact points, experts as registers; opinions on drafts of those above 征求意见反馈.

Law: 规章制定程序条例 arts 10–13 (plan), 15 and 22 (opinions). What is asked from above sets its own term 文书所定期限.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.lawmaking.books import MAKING_RULES
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Text
from fadu.rules.gates import done
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
    State,
    Step,
)
from fadu.rules.registers import ChangeKind, Effect, Register

PUBLIC = Audience.PUBLIC
BY = (CASE_OFFICER, BODY_HEAD)
PLANNED = f"《{MAKING_RULES}》第十二条"
CHANGED = f"《{MAKING_RULES}》第十三条"
HEARD = f"《{MAKING_RULES}》第十五条"


class ProjectKind(ClosedList):
    """What is to be made."""

    REGULATION = "regulation", "地方性法规"
    RULES = "rules", "政府规章"


class ProjectFacts(Facts):
    """One project of the year's plan of legislation."""

    project_code: Annotated[Text, Fact("年度和项目", PUBLIC, hint="例：2023年—某市物业管理条例")]
    project_kind: Annotated[ProjectKind, Fact("项目种类", PUBLIC, indexed=True)]
    drafter: Annotated[Text, Fact("起草单位", PUBLIC)]
    lead: Annotated[Text, Fact("主办人和工作小组", PUBLIC)]
    milestones: Annotated[Text, Fact("进度安排", PUBLIC, long=True)]
    progress: Annotated[Text | None, Fact("进展", PUBLIC, long=True)] = None


class ProjectChange(ChangeKind):
    """What happens to a project."""

    PLAN = "plan", "列入计划", Effect.ENTERS, PLANNED
    PROGRESS = "progress", "登记进展", Effect.CHANGES, CHANGED
    COMPLETE = "complete", "完成", Effect.ENDS, CHANGED
    CANCEL = "cancel", "调出计划", Effect.ENDS, CHANGED, True


class PointFacts(Facts):
    """One place at the grass roots where opinions on drafts are collected."""

    subject: Annotated[Text, Fact("联系点名称", PUBLIC)]
    place: Annotated[Text, Fact("所在单位和地址", PUBLIC)]
    contact: Annotated[Text, Fact("联系人", PUBLIC)]


class ExpertFacts(Facts):
    """One expert who is asked about drafts."""

    person: Annotated[Text, Fact("姓名", PUBLIC)]
    department: Annotated[Text, Fact("工作单位和职称", PUBLIC)]
    sector: Annotated[Text, Fact("专业领域", PUBLIC)]


class PoolChange(ChangeKind):
    """Changes of contact points and experts."""

    ADD = "add", "设立、聘任", Effect.ENTERS, HEARD
    ADJUST = "adjust", "变更", Effect.CHANGES, HEARD
    CANCEL = "cancel", "撤销、解聘", Effect.ENDS, HEARD, True


def _register(name: str, label: str, model: type[Facts], key: str, changes: type[ChangeKind], article: str) -> Register:
    return Register(
        name=name, label=label, model=model, key=key, changes=changes, by=BY, statute=MAKING_RULES, article=article
    )


PROJECTS = _register("legislation_plan", "年度立法计划", ProjectFacts, "project_code", ProjectChange, PLANNED)
POINTS = _register("contact_points", "基层立法联系点名录", PointFacts, "subject", PoolChange, HEARD)
EXPERTS = _register("legislation_experts", "行政立法咨询专家库", ExpertFacts, "person", PoolChange, HEARD)
REGISTERS = (PROJECTS, POINTS, EXPERTS)

# ---------------------------------------------------------------- opinions on drafts of those above


class FeedbackFacts(Facts):
    """Which draft came from whom, who was asked, what was answered."""

    subject: Annotated[Text, Fact("法规规章草案名称", PUBLIC, indexed=True)]
    sent_by: Annotated[Text, Fact("来函机关", PUBLIC)]
    answer_days: Annotated[Count, Fact("反馈期限（日）", hint="按来函所定填写")]
    consulted: Annotated[Text, Fact("各单位的意见", long=True)]
    opinions: Annotated[Count, Fact("反馈意见条数", PUBLIC, indexed=True)]
    answer: Annotated[Text, Fact("反馈意见", PUBLIC, long=True)]
    files: Annotated[Files, Fact("草案和意见材料")]


DEPARTMENT = PartyRole("department", "被征求意见单位", organ=True, many=True)
RECEIVED = State("received", "已收到")
ASKED = State("asked", "征求意见中")
ANSWERED = State("answered", "已反馈", final=True)
letter = Paper(name="draft_opinion", label="征求意见复函", series="立反")

receive = Step(
    name="receive_draft",
    label="收到征求意见的草案",
    by=(CASE_OFFICER,),
    to=RECEIVED,
    takes=("subject", "sent_by", "answer_days"),
    may_take=("files",),
    parties=(DEPARTMENT,),
    article=HEARD,
)
ask = Step(
    name="ask_departments",
    label="分送有关单位",
    by=(CASE_OFFICER,),
    at=(RECEIVED,),
    to=ASKED,
    article=HEARD,
)
collect = Step(
    name="collect_opinions",
    label="汇总各单位意见",
    by=(CASE_OFFICER,),
    at=(ASKED,),
    takes=("consulted",),
    may_take=("files",),
    article=HEARD,
)
answer = Step(
    name="answer_draft",
    label="反馈意见",
    by=(BODY_HEAD,),
    at=(ASKED,),
    to=ANSWERED,
    takes=("opinions", "answer"),
    gates=(done(collect, "还没有汇总各单位的意见", HEARD, "请先“汇总各单位意见”；没有意见的也写明。"),),
    issues=(letter,),
    article=HEARD,
)
answering = Clock(
    name="answering",
    label="反馈期限",
    period=InPaper("answer_days", HEARD),
    after=Done((receive,)),
    until=(answer,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未反馈意见", article=HEARD),
)
FEEDBACK = Procedure(
    system="draft_feedback",
    version="2017",
    label="法规规章征求意见反馈",
    statute=MAKING_RULES,
    facts=FeedbackFacts,
    states=(RECEIVED, ASKED, ANSWERED),
    steps=(receive, ask, collect, answer, standing.assign, standing.reverse),
    parties=(DEPARTMENT,),
    clocks=(answering,),
    series="立反案",
    title="{subject}",
)
