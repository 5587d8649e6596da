"""Periods of 行政应诉 until the judgment: answer, evidence and its extension, objection to jurisdiction."""

from __future__ import annotations

from fadu.domains.review.litigation import gates
from fadu.domains.review.litigation import shared as s
from fadu.domains.review.litigation import steps_after as after
from fadu.domains.review.litigation import steps_intake as intake
from fadu.domains.review.litigation import steps_preliminary as preliminary
from fadu.rules.law_terms import PauseKind
from fadu.rules.procedure import (
    CASE_OFFICER,
    Clock,
    Done,
    FactDay,
    Lapse,
    LapseEffect,
    Pause,
    Period,
    Served,
)

LAW = "行政诉讼法"
INTERPRETATION = "行政诉讼法解释"
SUIT = Done((intake.receive_complaint,))
THIRD_SILENT = gates.no_third_evidence(intake.FORFEITED)

NO_ANSWER = Lapse(
    effect=LapseEffect.BREACHES,
    sentence="逾期未提出答辩状，不影响人民法院审理",
    article="《行政诉讼法》第六十七条",
)

answer = Clock(
    name="answer",
    label="提出答辩状",
    period=Period(LAW, "答辩与举证"),
    after=SUIT,
    until=(intake.submit_answer,),
    posted="answer_posted_on",
    bearer=CASE_OFFICER,
    lapse=NO_ANSWER,
)
evidence = Clock(
    name="evidence",
    label="举证",
    period=Period(LAW, "答辩与举证"),
    after=SUIT,
    until=(intake.submit_evidence, intake.grant_extension),
    posted="evidence_posted_on",
    bearer=CASE_OFFICER,
    pauses=(
        Pause(
            begin=intake.request_extension,
            end=(intake.grant_extension,),
            kind=PauseKind.STAYS,
            article="《行政诉讼法解释》第三十四条",
            void_by=(intake.refuse_extension,),
        ),
    ),
    lapse=Lapse(
        effect=LapseEffect.FORFEITS,
        step=intake.no_evidence,
        sentence="不提供或者无正当理由逾期提供证据的，视为没有相应证据",
        article=intake.FORFEITED,
        unless=THIRD_SILENT,
    ),
)
extension_request = Clock(
    name="extension_request",
    label="申请延期提供证据",
    period=Period(INTERPRETATION, "申请延期举证"),
    after=SUIT,
    until=(intake.request_extension, intake.submit_evidence),
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.EXPIRES,
        sentence="申请延期提供证据的期限届满",
        article="《行政诉讼法解释》第三十四条",
    ),
)
late_evidence = Clock(
    name="late_evidence",
    label="延期后举证",
    period=Period(INTERPRETATION, "延期后举证"),
    after=FactDay("obstacle_ended_on"),
    until=(intake.submit_evidence,),
    posted="evidence_posted_on",
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.FORFEITS,
        step=intake.no_evidence,
        sentence="逾期提供的，视为被诉行政行为没有相应的证据",
        article="《行政诉讼法解释》第三十四条",
        unless=THIRD_SILENT,
    ),
)
objection = Clock(
    name="objection",
    label="提出管辖异议",
    period=Period(INTERPRETATION, "管辖异议"),
    after=SUIT,
    until=(preliminary.raise_objection,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="提出管辖异议的期限届满", article=preliminary.OBJECTION),
)
objection_appeal = Clock(
    name="objection_appeal",
    label="对管辖异议裁定上诉",
    period=Period(LAW, "上诉·裁定"),
    after=Served(s.objection_ruling, s.DEFENDANT),
    per=s.DEFENDANT,
    until=(preliminary.appeal_objection,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="上诉期限届满", article="《行政诉讼法》第八十五条"),
)
appeal_answer = Clock(
    name="appeal_answer",
    label="上诉答辩",
    period=Period(INTERPRETATION, "上诉答辩"),
    after=FactDay("appeal_copy_on"),
    until=(intake.submit_answer, after.go_to_second),
    posted="answer_posted_on",
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="逾期未提出答辩状，不影响人民法院审理",
        article="《行政诉讼法解释》第一百零八条第三款",
    ),
)
retrial_answer = Clock(
    name="retrial_answer",
    label="再审书面意见",
    period=Period(INTERPRETATION, "再审书面意见"),
    after=FactDay("retrial_copy_on"),
    until=(intake.submit_answer,),
    posted="answer_posted_on",
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未提交书面意见", article="《行政诉讼法解释》第一百一十一条"),
)

CLOCKS = (
    answer,
    evidence,
    extension_request,
    late_evidence,
    objection,
    objection_appeal,
    appeal_answer,
    retrial_answer,
)
