"""行政复议意见书: a letter to an organ whose act is unlawful or improper, and its report. Law: 行政复议法, 实施条例."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, Fact, Facts, Files, Text
from fadu.rules.gates import all_served, done
from fadu.rules.procedure import (
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
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


def _text(version: str, article: str, period: Period) -> Procedure:
    """The same procedure under each text: only article and period differ."""
    issue = Step(
        name="issue_letter",
        label="制发意见书",
        by=(ORGAN_HEAD,),
        to=ISSUED,
        takes=("problem", "measures"),
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
        gates=(done(report, "还没有报送纠正情况", article), all_served(article)),
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
        steps=(issue, report, return_report, close, *standing.STEPS),
        parties=(RECIPIENT,),
        clocks=(clock,),
        series="复意案",
        title="致{recipient}的行政复议意见书",
    )


TEXT_2017 = _text(
    "2017",
    "《行政复议法实施条例》第五十七条第一款",
    Period("行政复议法实施条例", "复议意见书整改", moved_to=Period("行政复议法", "复议意见书整改")),
)
TEXT_2023 = _text("2023", "《行政复议法》第七十六条", Period("行政复议法", "复议意见书整改"))
