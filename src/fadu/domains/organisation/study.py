"""领导干部学法: a session is planned for the year and held, or held outside the plan. Law: as of the books.

The plan sets the term in which a session is to be held; one that is late is told, one that does not take place is
given up with a reason. What has no record of what was studied is not filed away.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation import lists
from fadu.domains.organisation.books import LAW, STUDY, VERSION
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import fact
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    InPaper,
    Lapse,
    LapseEffect,
    Procedure,
    State,
    Step,
)

PUBLIC = Audience.PUBLIC


class StudyFacts(Facts):
    """What is studied, when it was planned for, who spoke, how many came."""

    study_kind: Annotated[lists.Study, Fact("学法形式", PUBLIC, indexed=True)]
    subject: Annotated[Text, Fact("学习内容", PUBLIC, indexed=True)]
    planned_for: Annotated[Text, Fact("计划时间", PUBLIC, hint="例：第二季度")]
    term_days: Annotated[Count, Fact("计划举行期限（日）", PUBLIC, hint="自列入计划之日起")]
    speaker: Annotated[Text, Fact("主讲人", PUBLIC)]
    persons: Annotated[Count, Fact("参加人数", PUBLIC, indexed=True)]
    content: Annotated[Text, Fact("学习情况", PUBLIC, long=True)]
    record: Annotated[Files, Fact("学习记录")]
    cancel_reason: Annotated[Text, Fact("取消理由", long=True)]
    annul_reason: Annotated[Text, Fact("作废理由", long=True)]
    amend_reason: Annotated[Text, Fact("更正理由", long=True)]


PLANNED = State("planned", "已列入计划")
HELD = State("held", "已举行")
CLOSED = State("closed", "已归档", final=True)
CANCELLED = State("cancelled", "已取消", final=True)
ANNULLED = State("annulled", "已作废", final=True)

plan = Step(
    name="plan_study",
    label="列入学法计划",
    by=(CASE_OFFICER,),
    to=PLANNED,
    takes=("study_kind", "subject", "planned_for", "term_days"),
    may_take=("speaker",),
    article=STUDY,
)
hold_unplanned = Step(
    name="record_study",
    label="登记计划外学法",
    by=(CASE_OFFICER,),
    to=HELD,
    takes=("study_kind", "subject", "persons"),
    may_take=("speaker", "content", "record"),
    article=STUDY,
)
hold = Step(
    name="hold_study",
    label="举行学法",
    by=(CASE_OFFICER,),
    at=(PLANNED,),
    to=HELD,
    takes=("persons",),
    may_take=("subject", "speaker", "content", "record"),
    article=STUDY,
)
amend = Step(
    name="amend_record",
    label="更正登记",
    by=(CASE_OFFICER,),
    at=(PLANNED, HELD),
    takes=("amend_reason",),
    may_take=("study_kind", "subject", "planned_for", "term_days", "speaker", "persons", "content", "record"),
    reason="amend_reason",
    article=STUDY,
)
cancel = Step(
    name="cancel_study",
    label="取消计划",
    by=(BODY_HEAD,),
    at=(PLANNED,),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=STUDY,
)
annul = Step(
    name="annul_record",
    label="作废登记",
    by=(BODY_HEAD,),
    at=(PLANNED, HELD),
    to=ANNULLED,
    takes=("annul_reason",),
    reason="annul_reason",
    article=STUDY,
)
close = Step(
    name="close",
    label="归档",
    by=(CASE_OFFICER,),
    at=(HELD,),
    to=CLOSED,
    gates=(fact("content", bool, "没有登记学习情况的，不得归档", STUDY, "请用“更正登记”补登学习情况。"),),
)

term = Clock(
    name="term",
    label="计划举行期限",
    period=InPaper("term_days", STUDY),
    after=Done((plan,)),
    until=(hold,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未举行计划的学法", article=STUDY),
)

TEXT_2019 = Procedure(
    system="law_study",
    version=VERSION,
    label="领导干部学法",
    statute=LAW,
    facts=StudyFacts,
    states=(PLANNED, HELD, CLOSED, CANCELLED, ANNULLED),
    steps=(plan, hold_unplanned, hold, amend, cancel, annul, close, standing.reverse),
    parties=(),
    clocks=(term,),
    title="{study_kind}：{subject}",
)
