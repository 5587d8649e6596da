"""Periods of 行政应诉 after the judgment: appeal of each party from its own day of receipt, retrial."""

from __future__ import annotations

from fadu.domains.review.litigation import shared as s
from fadu.domains.review.litigation import steps_after as end
from fadu.rules.procedure import (
    CASE_OFFICER,
    Clock,
    Done,
    Earliest,
    FactDay,
    Lapse,
    LapseEffect,
    Period,
    Served,
)

LAW = "行政诉讼法"
INTERPRETATION = "行政诉讼法解释"

APPEAL_OVER = Lapse(effect=LapseEffect.EXPIRES, sentence="上诉期限届满", article="《行政诉讼法》第八十五条")
plaintiff_appeal = Clock(
    name="plaintiff_appeal",
    label="原告上诉",
    period=Period(LAW, "上诉·判决"),
    after=Served(s.judgment, s.PLAINTIFF),
    per=s.PLAINTIFF,
    until=(end.plaintiff_appeals,),
    bearer=s.PLAINTIFF,
    lapse=APPEAL_OVER,
)
defendant_appeal = Clock(
    name="defendant_appeal",
    label="本机关上诉",
    period=Period(LAW, "上诉·判决"),
    after=Served(s.judgment, s.DEFENDANT),
    per=s.DEFENDANT,
    until=(end.submit_appeal,),
    posted="appeal_posted_on",
    bearer=CASE_OFFICER,
    lapse=APPEAL_OVER,
)
co_defendant_appeal = Clock(
    name="co_defendant_appeal",
    label="共同被告上诉",
    period=Period(LAW, "上诉·判决"),
    after=Served(s.judgment, s.CO_DEFENDANT),
    per=s.CO_DEFENDANT,
    until=(end.co_defendant_appeals,),
    bearer=s.CO_DEFENDANT,
    lapse=APPEAL_OVER,
)
third_appeal = Clock(
    name="third_appeal",
    label="第三人上诉",
    period=Period(LAW, "上诉·判决"),
    after=Served(s.judgment, s.THIRD),
    per=s.THIRD,
    until=(end.third_appeals,),
    bearer=s.THIRD,
    lapse=APPEAL_OVER,
)
plaintiff_ruling_appeal = Clock(
    name="plaintiff_ruling_appeal",
    label="原告对驳回起诉裁定上诉",
    period=Period(LAW, "上诉·裁定"),
    after=Served(s.rejection_ruling, s.PLAINTIFF),
    per=s.PLAINTIFF,
    until=(end.plaintiff_appeals,),
    bearer=s.PLAINTIFF,
    lapse=APPEAL_OVER,
)
retrial_application = Clock(
    name="retrial_application",
    label="申请再审",
    period=Period(INTERPRETATION, "申请再审"),
    after=Earliest((Done((end.become_final,)), FactDay("final_on"))),
    until=(end.go_to_retrial,),
    bearer=s.PLAINTIFF,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="申请再审的期限届满", article="《行政诉讼法解释》第一百一十条"),
)
CLOCKS = (
    *(plaintiff_appeal, defendant_appeal, co_defendant_appeal, third_appeal, plaintiff_ruling_appeal),
    retrial_application,
)
