"""复议决定履行监督: the respondent performs in the term set, or is ordered to. Law: 行政复议法 (2023) art. 77.

The duty is that of fadu.common.obligation; the order of the superior and the talk are added here.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, obligation, standing
from fadu.rules.facts import Audience, Count, Fact, Text
from fadu.rules.procedure import (
    BODY_HEAD,
    ORGAN_HEAD,
    Clock,
    Gate,
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
DUTY = "《行政复议法》第七十七条第一款"
ORDER = "《行政复议法》第七十七条第二款"


class PerformanceFacts(obligation.ObligationFacts, approval.ApprovalFacts):
    """What is to be done, by when, what was done, and what the superior did when it was not."""

    order_reason: Annotated[Text, Fact("责令履行的理由", PARTIES, long=True)]
    order_days: Annotated[Count, Fact("责令履行的期限（日）", PARTIES)]
    talk_record: Annotated[Text, Fact("约谈、通报批评情况", PARTIES, long=True)]


OBLIGOR = PartyRole("obligor", "应当履行的机关", organ=True, many=True)
ORDERED = State("ordered", "已责令限期履行")
order_paper = Paper(name="performance_order", label="责令限期履行通知书", to=(OBLIGOR,), series="复责")

PIECES = obligation.obligation(
    DUTY,
    InPaper("term_days", DUTY),
    "term_days",
    may=("enterprise",),
    obligor=OBLIGOR,
    also_at=(ORDERED,),
    verified=True,
)
not_performed = Gate(
    name="not_performed",
    sentence="履行期限还没有届满，报告的履行情况也没有退回",
    article=ORDER,
    reads=("clock:duty", "clock:part", "step:return_duty"),
    holds=lambda view: view.over("duty") or view.over("part") or view.did("return_duty"),
)
order = Step(
    name="order_performance",
    label="责令限期履行",
    by=(ORGAN_HEAD,),
    at=(obligation.OWED, obligation.IN_PARTS, ORDERED, obligation.REPORTED),
    to=ORDERED,
    takes=("order_reason", "order_days"),
    gates=(not_performed,),
    issues=(order_paper,),
    agreed=True,
    reason="order_reason",
    article=ORDER,
)
talk = Step(
    name="talk_to_heads",
    label="约谈负责人、通报批评",
    by=(BODY_HEAD,),
    at=(obligation.OWED, obligation.IN_PARTS, ORDERED),
    takes=("talk_record",),
    gates=(not_performed,),
    article=ORDER,
)
ordered = Clock(
    name="ordered",
    label="责令的履行期限",
    period=InPaper("order_days", ORDER),
    after=Served(order_paper, OBLIGOR),
    until=(PIECES.perform,),
    bearer=OBLIGOR,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未按照责令履行，可以约谈、通报批评", article=ORDER),
)

TEXT_2023 = Procedure(
    system="decision_performance",
    version="2023",
    label="复议决定履行监督",
    statute="行政复议法",
    facts=PerformanceFacts,
    states=PIECES.states,
    steps=tuple(dict.fromkeys((*PIECES.steps, order, talk, *approval.STEPS, *standing.STEPS))),
    parties=PIECES.parties,
    clocks=(*PIECES.clocks, ordered),
    tracks=(approval.APPROVAL,),
    items=obligation.PARTS,
    series="复履",
    title="{obligor}履行复议决定",
)
