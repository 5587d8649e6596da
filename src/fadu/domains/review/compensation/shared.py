"""行政赔偿: what a case holds, who takes part, states and papers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval
from fadu.domains.review import plain_words as plain
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Money, Text
from fadu.rules.procedure import Paper, PartyRole, State

PARTIES = Audience.PARTIES


class Ground(ClosedList):
    """What the organ is said to have infringed."""

    PERSON = "person", "侵犯人身权", "《国家赔偿法》第三条"
    PROPERTY = "property", "侵犯财产权", "《国家赔偿法》第四条"


class Outcome(ClosedList):
    """What becomes of each demand, heaviest first."""

    GRANT = "grant", "赔偿", "《国家赔偿法》第十三条第二款"
    GRANT_PART = "grant_part", "部分赔偿", "《国家赔偿法》第十三条第二款"
    REFUSE = "refuse", "不予赔偿", "《国家赔偿法》第十三条第三款"


class Demand(Facts):
    """One demand of the application (art. 11)."""

    request: Annotated[Text, Fact("请求内容", PARTIES, hint="要求赔什么，一项写一句，例如 赔偿误工费")]
    amount: Annotated[Money | None, Fact("请求金额", PARTIES, hint=plain.AMOUNT)] = None


class CompensationFacts(approval.ApprovalFacts):
    """What is asked for, what was found."""

    ground: Annotated[
        Ground, Fact("赔偿事由", PARTIES, indexed=True, hint="伤了人、限制了自由的选人身权，损了钱物的选财产权")
    ]
    act_name: Annotated[Text, Fact("造成损害的行为", PARTIES, hint="哪个机关做了什么，例如 某局某日扣押货车")]
    known_on: Annotated[date, Fact("知道或者应当知道之日", PARTIES, hint="您知道受到损害的那一天")]
    reasons: Annotated[Text, Fact("事实根据和理由", PARTIES, long=True, hint=plain.REASONS)]
    correction_matters: Annotated[Text, Fact("需要补正的内容", PARTIES, long=True)]
    correction_content: Annotated[
        Text, Fact("补正情况", PARTIES, long=True, hint="逐项写补了什么；要交的纸质材料送到或者寄到窗口，写明哪天寄的")
    ]
    hear_record: Annotated[Text, Fact("听取意见、协商的情况", PARTIES, long=True)]
    findings: Annotated[Text, Fact("查明的事实", PARTIES, long=True)]
    decision_reasons: Annotated[Text, Fact("决定的理由", PARTIES, long=True)]
    granted_amount: Annotated[Money, Fact("决定赔偿金额", PARTIES, indexed=True)]
    disposition: Annotated[Text, Fact("赔偿方式", PARTIES, long=True)]


CLAIMANT = PartyRole("claimant", "赔偿请求人", many=True, hint="受到损害、要求赔偿的人")
FINANCE = PartyRole("finance", "财政部门", by_office=True)
RECEIVED = State("received", "审查中")
CORRECTING = State("correcting", "待补正")
DECIDED = State("decided", "已作出决定")
ARCHIVED = State("archived", "已归档", final=True)
OPEN = (RECEIVED, CORRECTING)

receipt_slip = Paper(name="compensation_receipt", label="行政赔偿申请收讫凭证", series="赔收")
correction_paper = Paper(name="compensation_correction", label="行政赔偿补正告知书", to=(CLAIMANT,), series="赔补")
decision_paper = Paper(name="compensation_decision", label="行政赔偿决定书", to=(CLAIMANT,), series="赔决")
refusal_paper = Paper(name="no_compensation", label="不予行政赔偿决定书", to=(CLAIMANT,), series="赔不")
