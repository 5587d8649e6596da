"""年度述法: a first responsible person is asked for the yearly statement, makes it in the term set, it is assessed.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, arts 7 and 8. It sets no term: the notice does.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation import lists
from fadu.domains.organisation.books import DUTIES, LAW, VERSION
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.procedure import (
    BODY_HEAD,
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

PARTIES = Audience.PARTIES
STATEMENT = f"{DUTIES}第七条"
ASSESSMENT = f"{DUTIES}第八条"


class StatementFacts(Facts):
    """Whose statement for which year, what it says and how it was assessed."""

    year: Annotated[Text, Fact("述法年度", PARTIES, indexed=True, hint="例：2023年度")]
    person: Annotated[Text, Fact("述法人", PARTIES)]
    office: Annotated[Text, Fact("述法人职务", PARTIES)]
    head_kind: Annotated[lists.Head, Fact("述法人类别", PARTIES, indexed=True)]
    term_days: Annotated[Count, Fact("提交期限（日）", PARTIES)]
    statement: Annotated[Text, Fact("述法报告", PARTIES, long=True)]
    statement_files: Annotated[Files, Fact("述法材料", PARTIES)]
    grade: Annotated[lists.Grade, Fact("评议等次", PARTIES, indexed=True)]
    comment: Annotated[Text, Fact("评议意见", PARTIES, long=True)]
    return_reason: Annotated[Text, Fact("退回理由", PARTIES, long=True)]
    cancel_reason: Annotated[Text, Fact("取消理由", PARTIES, long=True)]


RESPONSIBLE = PartyRole("responsible", "述法单位", organ=True)
AWAITED = State("awaited", "待述法")
SUBMITTED = State("submitted", "待评议")
ASSESSED = State("assessed", "已评议", final=True)
CANCELLED = State("cancelled", "已取消", final=True)
notice = Paper(name="statement_notice", label="述法通知书", series="述法")

ask = Step(
    name="ask_statement",
    label="通知述法",
    by=(BODY_HEAD,),
    to=AWAITED,
    takes=("year", "person", "office", "head_kind", "term_days"),
    parties=(RESPONSIBLE,),
    issues=(notice,),
    article=STATEMENT,
)
submit = Step(
    name="submit_statement",
    label="提交述法报告",
    by=(RESPONSIBLE,),
    at=(AWAITED,),
    to=SUBMITTED,
    takes=("statement",),
    may_take=("statement_files",),
    article=STATEMENT,
)
send_back = Step(
    name="return_statement",
    label="退回补充述法",
    by=(BODY_HEAD,),
    at=(SUBMITTED,),
    to=AWAITED,
    takes=("return_reason", "term_days"),
    reason="return_reason",
    article=STATEMENT,
)
assess = Step(
    name="assess_statement",
    label="评议",
    by=(BODY_HEAD,),
    at=(SUBMITTED,),
    to=ASSESSED,
    takes=("grade", "comment"),
    reason="comment",
    article=ASSESSMENT,
)
cancel = Step(
    name="cancel_statement",
    label="取消述法",
    by=(BODY_HEAD,),
    at=(AWAITED, SUBMITTED),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=STATEMENT,
)

term = Clock(
    name="term",
    label="述法期限",
    period=InPaper("term_days", STATEMENT),
    after=Done((ask, send_back)),
    until=(submit,),
    bearer=RESPONSIBLE,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未提交述法报告", article=STATEMENT),
)

TEXT_2019 = Procedure(
    system="yearly_statement",
    version=VERSION,
    label="年度述法",
    statute=LAW,
    facts=StatementFacts,
    states=(AWAITED, SUBMITTED, ASSESSED, CANCELLED),
    steps=(ask, submit, send_back, assess, cancel, standing.reverse),
    parties=(RESPONSIBLE,),
    clocks=(term,),
    series="述法案",
    title="{person}{year}述法",
)
