"""Periods after the decision under the text of 2023: publication and its end, and the applicant's time to sue."""

from __future__ import annotations

from dataclasses import replace

from fadu.common import standing
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_suit as suit
from fadu.domains.review.reconsideration import trial_2023 as main
from fadu.rules.procedure import CASE_OFFICER, Clock, Done, EndOf, Lapse, LapseEffect, Overturned, Period, Served

LAW = "行政复议法"
COURT = "行政诉讼法"
FALLEN = (suit.decision_revoked, suit.redo_ordered, suit.decision_unlawful)

publish = Clock(
    name="publish",
    label="公开复议决定书",
    period=Period(LAW, "公开复议决定书"),
    after=Done((main.decide,)),
    until=(standing.publish, main.keep_private, *FALLEN),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未公开复议决定书", article="《行政复议法》第七十九条第一款"),
)
sue = Clock(
    name="sue",
    label="不服决定起诉",
    period=Period(COURT, "起诉·经复议"),
    after=Served(s.decision, s.APPLICANT),
    per=s.APPLICANT,
    bearer=s.APPLICANT,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="起诉期限届满", article="《行政诉讼法》第四十五条"),
)
sue_refusal = replace(sue, name="sue_refusal", label="不服不予受理起诉", after=Served(s.refusal, s.APPLICANT))
sue_rejection = replace(sue, name="sue_rejection", label="不服驳回申请起诉", after=Served(s.rejection, s.APPLICANT))
sue_inaction = replace(
    sue, name="sue_inaction", label="逾期未决定起诉", period=Period(COURT, "起诉·复议逾期"), after=EndOf("trial")
)

retraction = Clock(
    name="retraction",
    label="撤回公开的复议决定书",
    period=Period("行政处罚法", "撤回公开"),
    after=Overturned(s.decision, FALLEN),
    until=(standing.retract,),
    per=s.decision,
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未撤回公开的复议决定书并说明理由（比照行政处罚决定）",
        article="《行政处罚法》第四十八条第二款",
    ),
)

CLOCKS = (publish, retraction, sue, sue_refusal, sue_rejection, sue_inaction)
