"""法治建设考核: an organ is told by what it is scored, scores itself in the term set, is scored by indicators, graded.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 8, and the office's own method; the notice sets the term.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation import lists
from fadu.domains.organisation.books import ASSESSMENT as ARTICLE
from fadu.domains.organisation.books import LAW, VERSION
from fadu.domains.organisation.scores import Score, as_listed, points_add_up, weights_add_up, within_weight
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import another_person, over
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Gate,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES


class AssessmentFacts(Facts):
    """By what an organ is scored, what it gives itself, what it is given."""

    year: Annotated[Text, Fact("考核年度", PARTIES, indexed=True, hint="例：2023年度")]
    assessment_kind: Annotated[lists.Assessment, Fact("考核种类", PARTIES, indexed=True)]
    standard: Annotated[Text, Fact("考核指标和评分办法", PARTIES, long=True)]
    full_score: Annotated[Count, Fact("满分", PARTIES)]
    term_days: Annotated[Count, Fact("自评期限（日）", PARTIES)]
    own_score: Annotated[Count, Fact("自评分", PARTIES, indexed=True)]
    own_report: Annotated[Text, Fact("自评情况", PARTIES, long=True)]
    report_files: Annotated[Files, Fact("佐证材料", PARTIES)]
    review_score: Annotated[Count, Fact("复核评分", PARTIES, indexed=True)]
    deduction: Annotated[Text, Fact("扣分和加分的理由", PARTIES, long=True)]
    grade: Annotated[lists.Grade, Fact("考核等次", PARTIES, indexed=True)]
    comment: Annotated[Text, Fact("考核意见", PARTIES, long=True)]
    cancel_reason: Annotated[Text, Fact("取消理由", PARTIES, long=True)]


RESPONSIBLE = PartyRole("responsible", "被考核单位", organ=True)
AWAITED = State("awaited", "待自评")
SUBMITTED = State("submitted", "待复核")
REVIEWED = State("reviewed", "待定等次")
ASSESSED = State("assessed", "已定等次", final=True)
CANCELLED = State("cancelled", "已取消", final=True)
notice = Paper(name="assessment_notice", label="考核通知书", series="法考")
result = Paper(name="assessment_result", label="考核结果通知书", series="法考果")


def _within_full(fact: str) -> Gate:
    return Gate(
        name=f"{fact}_within",
        sentence="评分高于满分",
        article=ARTICLE,
        todo="请核对评分和满分。",
        reads=(f"fact:{fact}", "fact:full_score"),
        holds=lambda view: (view.fact(fact) or 0) <= (view.fact("full_score") or 0),
    )


start = Step(
    name="start_assessment",
    label="布置考核",
    by=(BODY_HEAD,),
    to=AWAITED,
    takes=("year", "assessment_kind", "standard", "full_score", "term_days"),
    parties=(RESPONSIBLE,),
    issues=(notice,),
    article=ARTICLE,
)
assess_self = Step(
    name="assess_own",
    label="报送自评",
    by=(RESPONSIBLE,),
    at=(AWAITED,),
    to=SUBMITTED,
    takes=("own_score", "own_report"),
    may_take=("report_files",),
    gates=(_within_full("own_score"),),
    article=ARTICLE,
)
score = Step(
    name="score_indicators",
    label="逐项评分",
    by=(CASE_OFFICER,),
    at=(AWAITED, SUBMITTED),
    items=True,
    gates=(as_listed, within_weight),
    article=ARTICLE,
)
review = Step(
    name="review_score",
    label="复核评分",
    by=(CASE_OFFICER,),
    at=(SUBMITTED,),
    to=REVIEWED,
    takes=("review_score", "deduction"),
    gates=(_within_full("review_score"), weights_add_up, points_add_up),
    reason="deduction",
    article=ARTICLE,
)
score_alone = Step(
    name="score_unsubmitted",
    label="未自评的直接评分",
    by=(CASE_OFFICER,),
    at=(AWAITED,),
    to=REVIEWED,
    takes=("review_score", "deduction"),
    gates=(
        over("term", "自评期限还没有届满", ARTICLE, "请等待自评。"),
        _within_full("review_score"),
        weights_add_up,
        points_add_up,
    ),
    reason="deduction",
    article=ARTICLE,
)
grade = Step(
    name="grade",
    label="确定考核等次",
    by=(BODY_HEAD,),
    at=(REVIEWED,),
    to=ASSESSED,
    takes=("grade", "comment"),
    gates=(another_person(review, "复核评分的人不能自己确定等次"),),
    issues=(result,),
    reason="comment",
    article=ARTICLE,
)
cancel = Step(
    name="cancel_assessment",
    label="取消考核",
    by=(BODY_HEAD,),
    at=(AWAITED, SUBMITTED),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=ARTICLE,
)

term = Clock(
    name="term",
    label="自评期限",
    period=InPaper("term_days", ARTICLE),
    after=Done((start,)),
    until=(assess_self,),
    bearer=RESPONSIBLE,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送自评", article=ARTICLE),
)

TEXT_2019 = Procedure(
    system="law_assessment",
    version=VERSION,
    label="法治建设考核",
    statute=LAW,
    facts=AssessmentFacts,
    states=(AWAITED, SUBMITTED, REVIEWED, ASSESSED, CANCELLED),
    steps=(start, assess_self, score, review, score_alone, grade, cancel, standing.reverse),
    parties=(RESPONSIBLE,),
    clocks=(term,),
    items=Items(name="score", label="指标评分", model=Score),
    series="法考案",
    title="{responsible}{year}{label}",
)
