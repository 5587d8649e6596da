"""作为被申请人的复议答复 under both texts. Law: 行政复议法 (2023) arts 48, 54, 77; 行政复议法 (2017) arts 23, 32.

Not covered: the superior's hearing, our own doubts about its decision.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.review.respondent import shared as s
from fadu.domains.review.respondent import steps
from fadu.rules.procedure import (
    CASE_OFFICER,
    Clock,
    Done,
    InPaper,
    Lapse,
    LapseEffect,
    Period,
    Procedure,
    Step,
)

LAW = "行政复议法"


def _answer(name: str, label: str, period: str, receive: Step, until: tuple[Step, ...], article: str) -> Clock:
    return Clock(
        name=name,
        label=label,
        period=Period(LAW, period),
        after=Done((receive,)),
        until=until,
        posted="posted_on",
        bearer=CASE_OFFICER,
        lapse=Lapse(
            effect=LapseEffect.BREACHES, sentence="逾期未答复举证，视为行政行为没有证据、依据", article=article
        ),
    )


def _text(version: str, notices: dict[Step, tuple[str, str, str]], articles: tuple[str, str, str]) -> Procedure:
    """notices: each way in with the name, label and period of the answer; articles: answer, result, performance."""
    answering, deciding, performing = articles
    before, after = steps.prepare(answering), steps.conclude(deciding, performing)
    submit, (result, owe, perform, _) = before[-1], after
    nothing = "《行政复议法》第七十条" if version == "2023" else "《行政复议法》第二十八条第一款第四项"
    performance = Clock(
        name="performance",
        label="履行复议决定",
        period=InPaper("performance_days", performing),
        after=Done((owe,)),
        until=(perform,),
        bearer=CASE_OFFICER,
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未履行复议决定", article=performing),
    )
    return Procedure(
        system="respondent_answer",
        version=version,
        label="作为被申请人的复议答复",
        statute=LAW,
        facts=s.RespondentFacts,
        states=s.STATES,
        steps=(*notices, *before, *after, *approval.STEPS, *standing.STEPS),
        parties=s.EVERYBODY,
        clocks=(
            *(_answer(*words, receive, (submit, result), nothing) for receive, words in notices.items()),
            performance,
        ),
        tracks=(approval.APPROVAL,),
        series="复被",
        title="{applicant}不服{act_name}向{superior}申请行政复议案",
    )


ORDINARY_2017 = "《行政复议法》第二十三条第一款"
ORDINARY, SIMPLE = "《行政复议法》第四十八条", "《行政复议法》第五十四条第一款"

TEXT_2017 = _text(
    "2017",
    {steps.receive("receive_notice", "收到答复通知书", ORDINARY_2017): ("answer", "答复举证", "答复举证")},
    (ORDINARY_2017, "《行政复议法》第三十一条", "《行政复议法》第三十二条"),
)
TEXT_2023 = _text(
    "2023",
    {
        steps.receive("receive_notice", "收到答复通知书", ORDINARY): ("answer", "答复举证", "答复举证"),
        steps.receive("receive_simple_notice", "收到简易程序答复通知书", SIMPLE): (
            *("answer_simple", "简易程序答复举证"),
            "简易程序·答复举证",
        ),
    },
    (ORDINARY, "《行政复议法》第六十一条", "《行政复议法》第七十七条第一款"),
)
