"""申请法院强制执行: what the court rules on an application to enforce; review of a refusal by the court above.

Law: 行政强制法 arts 56 to 58. Our fifteen days run from the day on which we received the ruling, not from its own day.
Not covered: the court's own periods.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.gates import in_time
from fadu.rules.procedure import (
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Period,
    Procedure,
    State,
    Step,
)

LAW = "行政强制法"
APPLY = "《行政强制法》第五十三条"
NOT_ACCEPTED = "《行政强制法》第五十六条第二款"
DENY = "《行政强制法》第五十八条第二款"
DENIED = "《行政强制法》第五十八条第三款"
PARTIES = Audience.PARTIES


class CourtEnforcementFacts(approval.ApprovalFacts):
    """What the court is to enforce, and what it ruled."""

    duty: Annotated[Text, Fact("应当履行的内容", PARTIES, long=True)]
    court_name: Annotated[Text, Fact("受理申请的人民法院", PARTIES)]
    court_paper: Annotated[Text, Fact("所据法院文书", PARTIES, hint="名称和文号")]
    refusal_ground: Annotated[Text, Fact("法院的理由", PARTIES, long=True)]
    objection_reason: Annotated[Text, Fact("申请复议的理由", PARTIES, long=True)]
    enforcement_result: Annotated[Text, Fact("执行情况", PARTIES, long=True)]


OBLIGOR = PartyRole("obligor", "被执行人", many=True)
COURT = PartyRole("court", "人民法院", by_office=True)
APPLIED = State("applied", "已申请法院执行")
REFUSED = State("refused", "法院不予受理、不予执行")
ENFORCING = State("enforcing", "法院执行中")
ENDED = State("ended", "执行结束", final=True)
request_paper = Paper(name="enforcement_review", label="强制执行裁定复议申请书", series="复执复")

enter = Step(
    name="enter_application",
    label="登记强制执行申请",
    by=(CASE_OFFICER,),
    to=APPLIED,
    takes=("duty", "court_name"),
    parties=(OBLIGOR,),
    article=APPLY,
)


def _ruling(name: str, label: str, at: State, to: State | None, article: str, *takes: str) -> Step:
    """An act of the court, known by its paper."""
    return Step(
        name=name,
        label=label,
        by=(COURT,),
        at=(at,),
        to=to,
        takes=("court_paper", *takes),
        told_by="court_paper",
        article=article,
    )


accept = _ruling("accept_application", "法院受理强制执行申请", APPLIED, None, "《行政强制法》第五十六条第一款")
not_accept = _ruling("not_accept_application", "法院裁定不予受理", APPLIED, REFUSED, NOT_ACCEPTED, "refusal_ground")
allow = _ruling("allow_enforcement", "法院裁定准予强制执行", APPLIED, ENFORCING, "《行政强制法》第五十七条")
deny = _ruling("deny_enforcement", "法院裁定不予执行", APPLIED, REFUSED, DENY, "refusal_ground")
set_aside = _ruling("set_aside_refusal", "上一级法院撤销裁定", REFUSED, APPLIED, DENIED)
uphold = _ruling("uphold_refusal", "上一级法院维持裁定", REFUSED, None, DENIED)
ask_review = Step(
    name="ask_enforcement_review",
    label="向上一级法院申请复议",
    by=(ORGAN_HEAD,),
    at=(REFUSED,),
    takes=("objection_reason",),
    gates=(
        in_time("not_accepted", "对不予受理裁定申请复议的期限已经届满", NOT_ACCEPTED),
        in_time("denied", "对不予执行裁定申请复议的期限已经届满", DENIED),
    ),
    issues=(request_paper,),
    agreed=True,
    reason="objection_reason",
    article=f"{NOT_ACCEPTED}、第五十八条第三款",
)


def _review_term(name: str, label: str, period: str, ruling: Step, article: str) -> Clock:
    return Clock(
        name=name,
        label=label,
        period=Period(LAW, period),
        after=Done((ruling,), learned=True),
        until=(ask_review,),
        bearer=CASE_OFFICER,
        lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="向上一级法院申请复议的期限届满", article=article),
    )


CLOCKS = (
    _review_term("not_accepted", "对不予受理裁定申请复议", "不受理异议", not_accept, NOT_ACCEPTED),
    _review_term("denied", "对不予执行裁定申请复议", "不予执行异议", deny, DENIED),
)
end = Step(
    name="end_enforcement",
    label="登记执行情况",
    by=(CASE_OFFICER,),
    at=(REFUSED, ENFORCING),
    to=ENDED,
    takes=("enforcement_result",),
    article="《行政强制法》第五十七条",
)

TEXT = Procedure(
    system="court_enforcement",
    version="2011",
    label="申请法院强制执行",
    statute=LAW,
    facts=CourtEnforcementFacts,
    states=(APPLIED, REFUSED, ENFORCING, ENDED),
    steps=(
        *(enter, accept, not_accept, allow, deny, ask_review, set_aside, uphold, end),
        *(*approval.STEPS, *standing.STEPS),
    ),
    parties=(OBLIGOR, COURT),
    clocks=CLOCKS,
    tracks=(approval.APPROVAL,),
    series="申执",
    title="申请{court_name}强制执行{obligor}",
)
