"""行政复议意见书: a letter to an organ whose act is unlawful or improper, and its report. Law: 行政复议法, 实施条例."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import standing
from fadu.domains.review.reconsideration.lists_2023 import RespondentKind
from fadu.rules.facts import Audience, Fact, Facts, Files, Text
from fadu.rules.gates import all_served, done, served
from fadu.rules.procedure import (
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Gate,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Period,
    Procedure,
    Served,
    State,
    Step,
)

PARTIES = Audience.PARTIES
RECIPIENT = PartyRole("recipient", "有关机关", organ=True, many=True)

ISSUED = State("issued", "待报送纠正情况")
REPORTED = State("reported", "已报送")
CLOSED = State("closed", "已办结", final=True)

letter = Paper(name="opinion_letter", label="行政复议意见书", to=(RECIPIENT,), series="复意")


class OpinionFacts(Facts):
    """What the letter says and what came of it."""

    problem: Annotated[Text, Fact("发现的违法或者不当情形", PARTIES, long=True)]
    measures: Annotated[Text, Fact("纠正意见", PARTIES, long=True)]
    report: Annotated[Text, Fact("纠正情况报告", PARTIES, long=True)]
    report_files: Annotated[Files, Fact("纠正情况材料", PARTIES)]
    recipient_kind: Annotated[RespondentKind, Fact("有关机关的类型", PARTIES)]
    review_opinion: Annotated[Text, Fact("审核意见", long=True)]


report_back = Step(
    name="report_back",
    label="报送纠正情况",
    by=(RECIPIENT,),
    at=(ISSUED,),
    to=REPORTED,
    takes=("report",),
    may_take=("report_files",),
)


SUPERIOR = PartyRole("superior_department", "有关机关的上一级主管部门", by_office=True)
COPIED = "《行政复议法》第七十九条第二款"
letter_copy = Paper(name="letter_copy", label="行政复议意见书抄告函", to=(SUPERIOR,), series="复意抄")
copy_to_superior = Step(
    name="copy_letter",
    label="抄告上一级主管部门",
    by=(CASE_OFFICER,),
    at=(ISSUED, REPORTED),
    parties=(SUPERIOR,),
    gates=(served(letter, COPIED),),
    issues=(letter_copy,),
    article=COPIED,
)
copied = Gate(
    name="letter_copied",
    sentence="有关机关是本级人民政府工作部门，意见书还没有抄告其上一级主管部门",
    article=COPIED,
    todo="请先“抄告上一级主管部门”。",
    reads=("fact:recipient_kind", "step:copy_letter"),
    holds=lambda view: view.fact("recipient_kind") != "own_department" or view.did("copy_letter"),
)


def _text(version: str, article: str, period: Period, copies: tuple[Step, ...], *more: Gate) -> Procedure:
    """The same procedure under each text: article and period differ, and whether the department above is told."""
    issue = Step(
        name="issue_letter",
        label="制发意见书",
        by=(ORGAN_HEAD,),
        to=ISSUED,
        takes=("problem", "measures"),
        may_take=("recipient_kind",),
        parties=(RECIPIENT,),
        issues=(letter,),
        article=article,
    )
    report = replace(report_back, article=article)
    close = Step(
        name="close",
        label="审核办结",
        by=(CASE_OFFICER,),
        at=(REPORTED,),
        to=CLOSED,
        takes=("review_opinion",),
        gates=(done(report, "还没有报送纠正情况", article), all_served(article), *more),
        audience=Audience.INTERNAL,
    )
    return_report = Step(
        name="return_report",
        label="退回补充报送",
        by=(CASE_OFFICER,),
        at=(REPORTED,),
        to=ISSUED,
        takes=("review_opinion",),
        reason="review_opinion",
        article=article,
    )
    clock = Clock(
        name="report",
        label="报送期限",
        period=period,
        after=Served(letter, RECIPIENT),
        per=RECIPIENT,
        until=(report,),
        bearer=RECIPIENT,
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送纠正情况", article=article),
    )
    return Procedure(
        system="opinion_letter",
        version=version,
        label="行政复议意见书",
        statute="行政复议法",
        facts=OpinionFacts,
        states=(ISSUED, REPORTED, CLOSED),
        steps=(issue, *copies, report, return_report, close, *standing.STEPS),
        parties=(RECIPIENT, *(role for step in copies for role in step.parties)),
        clocks=(clock,),
        series="复意案",
        title="致{recipient}的行政复议意见书",
    )


TEXT_2017 = _text(
    "2017",
    "《行政复议法实施条例》第五十七条第一款",
    Period("行政复议法实施条例", "复议意见书整改", moved_to=Period("行政复议法", "复议意见书整改")),
    (),
)
TEXT_2023 = _text(
    "2023", "《行政复议法》第七十六条", Period("行政复议法", "复议意见书整改"), (copy_to_superior,), copied
)
