"""The periods of reconsideration under the text of 2023. A Wait and an EXPIRES burden nobody with lateness."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import clocks_after_2023 as after
from fadu.domains.review.reconsideration import intake_2023 as intake
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_suit
from fadu.domains.review.reconsideration import superior_2023 as superior
from fadu.domains.review.reconsideration import trial_2023 as main
from fadu.domains.review.reconsideration.steps_intake import delayed
from fadu.rules.procedure import (
    CASE_OFFICER,
    Choose,
    Clock,
    Done,
    Extension,
    FactDay,
    Lapse,
    LapseEffect,
    OnTrack,
    Pause,
    PauseKind,
    Period,
    Served,
    Wait,
)

LAW = "行政复议法"

CONCLUDE = (main.reject, main.decide, main.mediate, main.terminate, superior.take_over)
"""What answers the duty to decide."""


def _by_route(ordinary: str, simple: str) -> OnTrack:
    """The simple procedure has periods of its own; when it turns into the ordinary one, so do those that still run."""
    periods = {s.ORDINARY: ordinary, s.SIMPLE: simple, s.CONVERTED: ordinary}
    return OnTrack(s.ROUTE, {state.name: Period(LAW, name) for state, name in periods.items()})


# ---------------------------------------------------------------- time to apply

apply = Clock(
    name="apply",
    label="申请",
    period=Period(LAW, "申请"),
    after=FactDay("known_on"),
    until=(intake.receive,),
    posted="posted_on",
    bearer=s.APPLICANT,
    pauses=(delayed(intake.excuse_delay, "《行政复议法》第二十条第二款"),),
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过申请期限", article="《行政复议法》第二十条第一款"),
)
apply_cap = replace(
    apply,
    name="apply_cap",
    label="最长申请期限",
    period=Choose(
        "immovable", {"true": Period(LAW, "申请·最长保护(不动产)"), "false": Period(LAW, "申请·最长保护(其他)")}
    ),
    after=FactDay("acted_on", looking_back=True),
    pauses=(),
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过最长申请期限", article="《行政复议法》第二十一条"),
)
apply_untold = replace(
    apply,
    name="apply_untold",
    label="未告知权利的最长申请期限",
    period=Period(LAW, "申请·未告知权利"),
    after=FactDay("content_known_on", looking_back=True),
    pauses=(),
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过最长申请期限", article="《行政复议法》第二十条第三款"),
)

# ---------------------------------------------------------------- acceptance

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
        sentence="审查期限届满未作出不予受理决定，视为受理",
        article="《行政复议法》第三十条第三款",
    ),
)
rescreen = replace(
    screen,
    name="rescreen",
    label="补正后审查",
    period=Period(LAW, "补正后审查"),
    after=Done((intake.receive_correction,)),
)
correction = Clock(
    name="correction",
    label="提交补正",
    period=Period(LAW, "提交补正"),
    after=Served(s.correction_notice, s.APPLICANT),
    per=s.APPLICANT,
    until=(intake.receive_correction, intake.waive, intake.withdraw_early),
    posted="correction_posted_on",
    bearer=s.APPLICANT,
    extensions=(Extension(by=intake.extend_correction, amount="correction_extension_days"),),
    lapse=Lapse(
        effect=LapseEffect.FORFEITS,
        step=intake.waive,
        sentence="无正当理由逾期不补正的，视为放弃申请",
        article="《行政复议法》第三十一条第二款",
    ),
)

# ---------------------------------------------------------------- trial

send_copy = Clock(
    name="send_copy",
    label="发送副本",
    period=_by_route("发送副本", "简易程序·发送副本"),
    after=Done((intake.accept, intake.accept_deemed, superior.order_acceptance)),
    until=(main.send_copy, *CONCLUDE),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未发送申请书副本", article="《行政复议法》第四十八条"),
)
answer = Clock(
    name="answer",
    label="答复举证",
    period=_by_route("答复举证", "简易程序·答复举证"),
    after=Served(s.answer_notice, s.RESPONDENT),
    per=s.RESPONDENT,
    until=(main.answer, *CONCLUDE),
    posted="answer_posted_on",
    bearer=s.RESPONDENT,
    lapse=Lapse(
        effect=LapseEffect.FORFEITS,
        step=main.no_evidence,
        sentence="逾期不答复举证的，视为没有证据、依据，第三人提供证据的除外",
        article="《行政复议法》第七十条",
    ),
)
trial = Clock(
    name="trial",
    label="审理",
    period=_by_route("审理", "审理·简易程序"),
    after=Done((intake.accept, intake.accept_deemed, steps_suit.enter_redo, superior.order_acceptance)),
    until=CONCLUDE,
    bearer=CASE_OFFICER,
    pauses=(
        Pause(
            begin=main.suspend,
            end=(main.resume,),
            kind=PauseKind.STAYS,
            article="《行政复议法》第三十九条",
            void_by=(superior.order_resumption,),
        ),
        Pause(
            begin=main.examine,
            end=(main.rule_examined, main.resume),
            kind=PauseKind.STAYS,
            article="《行政复议法》第三十九条第一款第九项",
            void_by=(superior.order_resumption,),
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
        article="《行政复议法》第六十二条第一款",
        opens=("sue_inaction",),
    ),
)
long_suspension = Wait(
    name="long_suspension",
    label="中止满期",
    period=Period(LAW, "中止转终止"),
    after=Done((main.suspend,)),
    until=(main.resume, main.terminate, superior.order_resumption),
    bearer=CASE_OFFICER,
)

CLOCKS = (
    *(apply, apply_cap, apply_untold, screen, rescreen, correction),
    *(send_copy, answer, trial, long_suspension, *after.CLOCKS),
)
