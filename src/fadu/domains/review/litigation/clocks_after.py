"""Periods of 行政应诉 after the judgment: appeal of each party from its own day of receipt, retrial."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.litigation import shared as s
from fadu.domains.review.litigation import steps_after as end
from fadu.domains.review.litigation import steps_beside as beside
from fadu.rules.procedure import (
    CASE_OFFICER,
    Actor,
    Clock,
    Done,
    Earliest,
    FactDay,
    Lapse,
    LapseEffect,
    PartyRole,
    Period,
    Served,
    Step,
)

LAW = "行政诉讼法"
INTERPRETATION = "行政诉讼法解释"

APPEAL_OVER = Lapse(effect=LapseEffect.EXPIRES, sentence="上诉期限届满", article="《行政诉讼法》第八十五条")


def _appeals(role: PartyRole, who: str, answer: Step, bearer: Actor) -> tuple[Clock, Clock]:
    """Of one side: against the judgment, and against the ruling that dismisses the suit, each from its own service."""
    against_judgment = Clock(
        name=f"{role.name}_appeal",
        label=f"{who}上诉",
        period=Period(LAW, "上诉·判决"),
        after=Served(s.judgment, role),
        per=role,
        until=(answer,),
        posted="appeal_posted_on" if bearer is CASE_OFFICER else None,
        bearer=bearer,
        lapse=APPEAL_OVER,
    )
    against_ruling = replace(
        against_judgment,
        name=f"{role.name}_ruling_appeal",
        label=f"{who}对驳回起诉裁定上诉",
        period=Period(LAW, "上诉·裁定"),
        after=Served(s.rejection_ruling, role),
    )
    return against_judgment, against_ruling


APPEALS = (
    *_appeals(s.PLAINTIFF, "原告", end.plaintiff_appeals, s.PLAINTIFF),
    *_appeals(s.DEFENDANT, "本机关", end.submit_appeal, CASE_OFFICER),
    *_appeals(s.CO_DEFENDANT, "共同被告", end.co_defendant_appeals, s.CO_DEFENDANT),
    *_appeals(s.THIRD, "第三人", end.third_appeals, s.THIRD),
)
retrial_application = Clock(
    name="retrial_application",
    label="申请再审",
    period=Period(INTERPRETATION, "申请再审"),
    after=Earliest((Done((end.become_final,)), FactDay("final_on"))),
    until=(end.go_to_retrial, beside.apply_retrial),
    bearer=s.PLAINTIFF,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="申请再审的期限届满", article="《行政诉讼法解释》第一百一十条"),
)
retrial_known = Clock(
    name="retrial_known",
    label="自知道之日起申请再审",
    period=Period(INTERPRETATION, "申请再审"),
    after=FactDay("ground_known_on"),
    until=(end.go_to_retrial, beside.apply_retrial),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="申请再审的期限届满", article=beside.WITHIN),
)
CLOCKS = (*APPEALS, retrial_application, retrial_known)
