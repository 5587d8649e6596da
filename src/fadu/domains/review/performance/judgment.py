"""裁判履行: what a judgment in force obliges the organ to, as a duty of its own beside the suit.

Law: 行政诉讼法 (2017) arts 94, 96; 行政诉讼法解释 (2018) art. 153. The days are those of the judgment; nothing is added
to an amount by us: the law library has no rate for a late organ.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import obligation
from fadu.rules.facts import Audience, ClosedList, Fact, Text
from fadu.rules.procedure import Clock, EndOf, InPaper, Lapse, LapseEffect, PartyRole, Period, Procedure, Step

PARTIES = Audience.PARTIES
DUTY = "《行政诉讼法》第九十四条"
REFUSED = "《行政诉讼法》第九十六条"
EXECUTION = "《行政诉讼法解释》第一百五十三条第一款、第二款"


class CourtMeasure(ClosedList):
    """What the court of the first instance does when an organ does not perform."""

    TRANSFER = "transfer", "通知银行划拨", "《行政诉讼法》第九十六条第一项"
    FINE = "fine", "对负责人按日罚款", "《行政诉讼法》第九十六条第二项"
    NOTICE = "notice", "公告", "《行政诉讼法》第九十六条第三项"
    ADVICE = "advice", "提出司法建议", "《行政诉讼法》第九十六条第四项"
    DETENTION = "detention", "拘留、追究刑事责任", "《行政诉讼法》第九十六条第五项"


class JudgmentFacts(obligation.ObligationFacts):
    """The judgment, and what the court did about it."""

    court_number: Annotated[Text, Fact("裁判案号", PARTIES)]
    compensation_ordered: Annotated[bool, Fact("赔偿、补偿裁判", PARTIES, indexed=True)]
    court_paper: Annotated[Text, Fact("所据法院文书", PARTIES, hint="名称和文号")]
    court_measure: Annotated[CourtMeasure, Fact("法院采取的措施", PARTIES, indexed=True)]


OBLIGOR = PartyRole("obligor", "应当履行的机关", organ=True, many=True)
COURT = PartyRole("court", "第一审人民法院", by_office=True)
PIECES = obligation.obligation(
    DUTY,
    InPaper("term_days", DUTY),
    *("due_from", "term_days", "court_number", "compensation_ordered"),
    may=("enterprise",),
    obligor=OBLIGOR,
)
court_enforces = Step(
    name="enforced_by_court",
    label="法院采取执行措施",
    by=(COURT,),
    at=(obligation.OWED, obligation.IN_PARTS),
    takes=("court_paper", "court_measure"),
    told_by="court_paper",
    article=REFUSED,
)
execute = Clock(
    name="execute",
    label="申请执行裁判",
    period=Period("行政诉讼法解释", "申请执行裁判"),
    after=EndOf("duty"),
    bearer=obligation.OBLIGEE,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="申请强制执行的期限届满", article=EXECUTION),
)
execute_part = replace(execute, name="execute_part", label="申请执行本期", after=EndOf("part"), per=obligation.PARTS)

TEXT = Procedure(
    system="judgment_performance",
    version="2018",
    label="裁判履行",
    statute="行政诉讼法解释",
    facts=JudgmentFacts,
    states=PIECES.states,
    steps=(*PIECES.steps, court_enforces),
    parties=(*PIECES.parties, COURT),
    clocks=(*PIECES.clocks, execute, execute_part),
    items=obligation.PARTS,
    series="应履",
    title="{obligor}履行{court_number}裁判",
)
