"""附带审查: what a case holds, who takes part, states and papers."""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval
from fadu.rules.facts import Audience, ClosedList, Fact, Files, Text
from fadu.rules.procedure import Paper, PartyRole, State

PARTIES = Audience.PARTIES


class Basis(ClosedList):
    """Why the document is examined; the articles are those of each text's steps."""

    APPLICATION = "application", "申请人一并提出审查申请"
    OWN = "own", "审查行政行为时认为其依据不合法"


class Finding(ClosedList):
    """What came of it."""

    LAWFUL = "lawful", "相关条款合法"
    UNLAWFUL = "unlawful", "相关条款超越权限或者违反上位法"


class UnlawfulGround(ClosedList):
    """Why clauses must no longer be carried out: art. 59 (2023)."""

    BEYOND_POWER = "beyond_power", "超越权限", "《行政复议法》第五十九条"
    HIGHER_LAW = "higher_law", "违反上位法", "《行政复议法》第五十九条"


class ExaminationFacts(approval.ApprovalFacts):
    """The document, what the maker says for it, and the finding."""

    document_name: Annotated[Text, Fact("规范性文件或者依据名称", PARTIES, indexed=True)]
    clauses: Annotated[Text, Fact("审查的条款", PARTIES, long=True)]
    basis: Annotated[Basis, Fact("审查的提起", PARTIES, indexed=True)]
    doubts: Annotated[Text, Fact("合法性疑问", PARTIES, long=True)]
    competence_reason: Annotated[Text, Fact("本机关有权处理的依据", PARTIES, long=True)]
    transfer_reason: Annotated[Text, Fact("转送的理由", PARTIES, long=True)]
    answer_content: Annotated[Text, Fact("制定机关的书面答复", PARTIES, long=True)]
    answer_files: Annotated[Files, Fact("制定机关提交的材料", PARTIES)]
    explanation: Annotated[Text, Fact("当面说明理由的记录", PARTIES, long=True)]
    finding: Annotated[Finding, Fact("处理结论", PARTIES, indexed=True)]
    unlawful_ground: Annotated[UnlawfulGround, Fact("不合法的情形", PARTIES, indexed=True)]
    finding_reasons: Annotated[Text, Fact("处理意见", PARTIES, long=True)]


MAKER = PartyRole("maker", "制定机关", organ=True)
COMPETENT = PartyRole("competent", "有权处理的机关", by_office=True)
PARTIES_IN_IT = (MAKER, COMPETENT)

OPENED = State("opened", "待确定由谁处理")
EXAMINING = State("examining", "处理中")
TRANSFERRED = State("transferred", "已转送，待回复")
CONCLUDED = State("concluded", "已有处理结论")
ENDED = State("ended", "不再处理")
ARCHIVED = State("archived", "已归档", final=True)
STATES = (OPENED, EXAMINING, TRANSFERRED, CONCLUDED, ENDED, ARCHIVED)

maker_notice = Paper(name="maker_notice", label="规范性文件合法性答复通知书", to=(MAKER,), series="复附答")
transfer_letter = Paper(name="transfer_letter", label="规范性文件转送函", to=(COMPETENT,), series="复附转")
basis_letter = Paper(name="basis_letter", label="依据转送函", to=(COMPETENT,), series="复附依")
stop_order = Paper(name="stop_order", label="停止执行并责令纠正决定书", to=(MAKER,), series="复附停")
