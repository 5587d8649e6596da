"""行政复议建议书 and 纠错报告: a letter or a notice that sets a term, the organ's report, its review.

Law: 行政复议法实施条例 art. 57 para. 2 (建议书); 行政复议法 (2023) art. 3 para. 2 (有错必纠),
on which places base 纠错报告.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Text
from fadu.rules.gates import all_served
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
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
RECIPIENT = PartyRole("recipient", "有关机关", organ=True, many=True)
ISSUED, REPORTED = State("issued", "待回复"), State("reported", "已回复")
CLOSED = State("closed", "已办结", final=True)


class LetterFacts(Facts):
    """What was found, by when it is to be answered, what came of it."""

    problem: Annotated[Text, Fact("发现的问题", PARTIES, long=True)]
    report_days: Annotated[Count, Fact("回复期限（日）", PARTIES)]
    report_files: Annotated[Files, Fact("佐证材料", PARTIES)]
    rectification: Annotated[Text, Fact("整改情况", PARTIES, long=True)]
    review_opinion: Annotated[Text, Fact("审核意见", PARTIES, long=True)]


class SuggestionFacts(LetterFacts):
    suggestion: Annotated[Text, Fact("完善制度、改进执法的建议", PARTIES, long=True)]


class Source(ClosedList):
    """Where the act was set right."""

    RECONSIDERATION = "reconsideration", "行政复议纠错"
    LITIGATION = "litigation", "行政诉讼败诉"


class CorrectionFacts(LetterFacts):
    source: Annotated[Source, Fact("纠错的来源", PARTIES, indexed=True)]
    decision_number: Annotated[Text, Fact("复议决定、裁判文号", PARTIES)]
    cause: Annotated[Text, Fact("被纠错的原因", PARTIES, long=True)]
    responsibility: Annotated[Text, Fact("责任认定和处理", PARTIES, long=True)]


suggestion_letter = Paper(name="suggestion_letter", label="行政复议建议书", to=(RECIPIENT,), series="复建")
correction_notice = Paper(name="report_notice", label="报送纠错报告通知书", to=(RECIPIENT,), series="复纠")


def _text(
    system: str, version: str, words: tuple[str, str, str], facts: type[Facts], issue: Step, *more: str
) -> Procedure:
    """words: label of the procedure, its statute, its series; more: what the report must tell beside 整改情况."""
    label, statute, series = words
    article, (letter,) = issue.article or "", issue.issues
    report = Step(
        name="report_back",
        label="报送回复",
        by=(RECIPIENT,),
        at=(ISSUED,),
        to=REPORTED,
        takes=(*more, "rectification"),
        may_take=("report_files",),
        article=article,
    )
    send_back = Step(
        name="return_report",
        label="退回补充报送",
        by=(CASE_OFFICER,),
        at=(REPORTED,),
        to=ISSUED,
        takes=("review_opinion",),
        reason="review_opinion",
        article=article,
    )
    close = Step(
        name="close",
        label="审核办结",
        by=(BODY_HEAD,),
        at=(REPORTED,),
        to=CLOSED,
        takes=("review_opinion",),
        gates=(all_served(article),),
        article=article,
    )
    term = Clock(
        name="report",
        label="回复期限",
        period=InPaper("report_days", article),
        after=Served(letter, RECIPIENT),
        per=RECIPIENT,
        until=(report,),
        bearer=RECIPIENT,
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送", article=article),
    )
    return Procedure(
        system=system,
        version=version,
        label=label,
        statute=statute,
        facts=facts,
        states=(ISSUED, REPORTED, CLOSED),
        steps=(issue, report, send_back, close, *standing.STEPS),
        parties=(RECIPIENT,),
        clocks=(term,),
        series=series,
        title="{recipient}：" + label,
    )


issue_suggestion = Step(
    name="issue_suggestion",
    label="制发建议书",
    by=(BODY_HEAD,),
    to=ISSUED,
    takes=("problem", "suggestion", "report_days"),
    parties=(RECIPIENT,),
    issues=(suggestion_letter,),
    article="《行政复议法实施条例》第五十七条第二款",
)
ask_report = Step(
    name="ask_correction_report",
    label="责成报送纠错报告",
    by=(BODY_HEAD,),
    to=ISSUED,
    takes=("source", "problem", "report_days"),
    may_take=("decision_number",),
    parties=(RECIPIENT,),
    issues=(correction_notice,),
    article="《行政复议法》第三条第二款",
)

SUGGESTION_2007 = _text(
    "suggestion_letter", "2007", ("行政复议建议书", "行政复议法实施条例", "复建案"), SuggestionFacts, issue_suggestion
)
CORRECTION_2023 = _text(
    "correction_report",
    "2023",
    ("纠错报告", "行政复议法", "复纠案"),
    CorrectionFacts,
    ask_report,
    "cause",
    "responsibility",
)
