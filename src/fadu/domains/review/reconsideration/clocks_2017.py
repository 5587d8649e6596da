"""The periods of reconsideration under the text of 2017: the trial runs from receipt, which is acceptance."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import intake_2017 as intake
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_suit
from fadu.domains.review.reconsideration import trial_2017 as main
from fadu.domains.review.reconsideration.steps_intake import delayed
from fadu.rules.procedure import (
    CASE_OFFICER,
    Clock,
    Done,
    EndOf,
    Extension,
    FactDay,
    InPaper,
    Lapse,
    LapseEffect,
    Pause,
    PauseKind,
    Period,
    Served,
    Wait,
)

LAW = "行政复议法"
REGULATION = "行政复议法实施条例"
COURT = "行政诉讼法"

NEVER_ACCEPTED = (intake.refuse, intake.waive, intake.withdraw_early, intake.handle_otherwise)
CONCLUDE = (main.reject, main.decide, main.mediate, main.terminate)

correction_time = Pause(
    begin=intake.ask_correction,
    end=(intake.receive_correction,),
    kind=PauseKind.EXCLUDED,
    article="《行政复议法实施条例》第二十九条",
)

# ---------------------------------------------------------------- application and acceptance

apply = Clock(
    name="apply",
    label="申请",
    period=Period(LAW, "申请"),
    after=FactDay("known_on"),
    until=(intake.receive,),
    posted="posted_on",
    bearer=s.APPLICANT,
    pauses=(delayed(intake.excuse_delay, "《行政复议法》第九条第二款"),),
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过申请期限", article="《行政复议法》第九条第一款"),
)
screen = Clock(
    name="screen",
    label="受理审查",
    period=Period(LAW, "审查受理"),
    after=Done((intake.receive,)),
    until=(intake.accept, intake.refuse, intake.handle_otherwise, intake.ask_correction, intake.withdraw_early),
    bearer=CASE_OFFICER,
    lapse=Lapse(
        effect=LapseEffect.DEEMS,
        step=intake.accept_deemed,
        sentence="审查期限内没有决定不予受理，收到之日即为受理",
        article="《行政复议法》第十七条第二款",
    ),
)
rescreen = replace(screen, name="rescreen", label="补正后审查", after=Done((intake.receive_correction,)))
correction_notice = Clock(
    name="correction_notice",
    label="补正通知",
    period=Period(REGULATION, "补正通知", moved_to=Period(LAW, "补正通知")),
    after=Done((intake.receive,)),
    until=(intake.ask_correction, intake.accept, intake.accept_deemed, intake.refuse, intake.withdraw_early),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="不再通知补正", article="《行政复议法实施条例》第二十九条"),
)
correction = Clock(
    name="correction",
    label="提交补正",
    period=InPaper("correction_days", "《行政复议法实施条例》第二十九条"),
    after=Served(s.correction_notice, s.APPLICANT),
    per=s.APPLICANT,
    until=(intake.receive_correction, intake.waive, intake.withdraw_early),
    posted="correction_posted_on",
    bearer=s.APPLICANT,
    lapse=Lapse(
        effect=LapseEffect.FORFEITS,
        step=intake.waive,
        sentence="无正当理由逾期不补正的，视为放弃申请",
        article="《行政复议法实施条例》第二十九条",
    ),
)

# ---------------------------------------------------------------- trial

send_copy = Clock(
    name="send_copy",
    label="发送副本",
    period=Period(LAW, "发送副本"),
    after=Done((intake.receive,)),
    until=(main.send_copy, *NEVER_ACCEPTED, *CONCLUDE),
    pauses=(correction_time,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未发送申请书副本", article="《行政复议法》第二十三条第一款"),
)
answer = Clock(
    name="answer",
    label="答复举证",
    period=Period(LAW, "答复举证"),
    after=Served(s.answer_notice, s.RESPONDENT),
    per=s.RESPONDENT,
    until=(main.answer, *CONCLUDE),
    posted="answer_posted_on",
    bearer=s.RESPONDENT,
    lapse=Lapse(
        effect=LapseEffect.FORFEITS,
        step=main.no_evidence,
        sentence="逾期不答复举证的，视为没有证据、依据",
        article="《行政复议法》第二十八条第一款第四项",
    ),
)
trial = Clock(
    name="trial",
    label="审理",
    period=Period(LAW, "审理"),
    after=Done((intake.receive, steps_suit.enter_redo)),
    until=(*NEVER_ACCEPTED, *CONCLUDE),
    bearer=CASE_OFFICER,
    pauses=(
        correction_time,
        Pause(begin=main.suspend, end=(main.resume,), kind=PauseKind.STAYS, article="《行政复议法实施条例》第四十一条"),
        Pause(
            begin=main.examine,
            end=(main.rule_examined, main.resume),
            kind=PauseKind.STAYS,
            article="《行政复议法》第二十六条、第二十七条",
        ),
        Pause(
            begin=main.begin_appraisal,
            end=(main.end_appraisal,),
            kind=PauseKind.EXCLUDED,
            article="《行政复议法实施条例》第三十四条第三款、第三十七条",
        ),
    ),
    extensions=(Extension(by=main.extend_trial, amount="extension_days"),),
    lapse=Lapse(
        effect=LapseEffect.BREACHES,
        sentence="审理期限届满未作出决定，申请人可以提起行政诉讼",
        article="《行政复议法》第三十一条第一款",
        opens=("sue_inaction",),
    ),
)
long_suspension = Wait(
    name="long_suspension",
    label="中止满期",
    period=Period(REGULATION, "中止转终止", moved_to=Period(LAW, "中止转终止")),
    after=Done((main.suspend,)),
    until=(main.resume, main.terminate),
    bearer=CASE_OFFICER,
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

CLOCKS = (
    *(apply, screen, rescreen, correction_notice, correction),
    *(send_copy, answer, trial, long_suspension, sue, sue_refusal, sue_rejection, sue_inaction),
)
