"""司法建议办理: a court's advice is received, acted on and answered in writing.

Law: 综合治理类司法建议规定 (2023), 行政诉讼法解释 (2018) art. 149. A case of its own: it may come outside every suit.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.rules.facts import Audience, Count, Fact, Text
from fadu.rules.gates import all_served, done
from fadu.rules.procedure import (
    ARCHIVIST,
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    InPaper,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Period,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES
GENERAL = "《综合治理类司法建议规定》第八条"
RULE = "《行政诉讼法解释》第一百四十九条第四款"
OTHER = "《行政诉讼法》第六十六条第二款；《负责人出庭应诉规定》第十二条第一款"


class AdviceFacts(approval.ApprovalFacts):
    """What the court advises and what was done about it."""

    subject: Annotated[Text, Fact("建议事项", PARTIES, indexed=True)]
    content: Annotated[Text, Fact("建议内容", PARTIES, long=True)]
    advice_number: Annotated[Text, Fact("司法建议书文号", PARTIES)]
    court_number: Annotated[Text, Fact("所涉案号", PARTIES)]
    answer_days: Annotated[
        Count, Fact("建议书确定的回复期限（日）", PARTIES, hint="综合治理类建议书没有确定的不填，适用法定的期限")
    ]
    case_officer: Annotated[Text, Fact("交办给")]
    task: Annotated[Text, Fact("办理要求", long=True)]
    rectification: Annotated[Text, Fact("采纳落实情况", PARTIES, long=True)]
    answer_content: Annotated[Text, Fact("回复内容", PARTIES, long=True)]


COURT = PartyRole("court", "提出建议的法院", by_office=True)
RECEIVED = State("received", "已收到")
ASSIGNED = State("assigned", "办理中")
ANSWERED = State("answered", "已回复")
ARCHIVED = State("archived", "已归档", final=True)
answer_letter = Paper(name="advice_answer", label="司法建议回复函", to=(COURT,), series="司复")


def _receive(name: str, label: str, article: str, *more: str, may: tuple[str, ...] = ()) -> Step:
    """Each kind of advice has its own term, so its own way in."""
    return Step(
        name=name,
        label=label,
        by=(CASE_OFFICER,),
        to=RECEIVED,
        takes=("subject", "content", "advice_number", *more),
        may_take=("court_number", *may),
        parties=(COURT,),
        article=article,
    )


receive_general = _receive("receive_general_advice", "收到综合治理类司法建议", GENERAL, may=("answer_days",))
receive_rule = _receive("receive_rule_advice", "收到规范性文件司法建议", RULE)
receive_other = _receive("receive_other_advice", "收到其他司法建议", OTHER, "answer_days")

assign = Step(
    name="assign",
    label="交办",
    by=(BODY_HEAD,),
    at=(RECEIVED,),
    to=ASSIGNED,
    takes=("case_officer", "task"),
    article=GENERAL,
)
rectify = Step(
    name="rectify", label="登记采纳落实", by=(CASE_OFFICER,), at=(ASSIGNED,), takes=("rectification",), article=GENERAL
)
answer = Step(
    name="answer",
    label="书面回复",
    by=(ORGAN_HEAD,),
    at=(ASSIGNED,),
    to=ANSWERED,
    takes=("answer_content",),
    gates=(done(rectify, "回复前还没有登记采纳落实情况", GENERAL, "请先“登记采纳落实”。"),),
    issues=(answer_letter,),
    agreed=True,
    article=GENERAL,
)
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(ANSWERED,), to=ARCHIVED, gates=(all_served(),))


def _clock(name: str, label: str, receive: Step, period: Period | InPaper, article: str) -> Clock:
    return Clock(
        name=name,
        label=label,
        period=period,
        after=Done((receive,)),
        until=(answer,),
        bearer=CASE_OFFICER,
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未书面回复人民法院", article=article),
    )


general_answer = _clock(
    "general_answer",
    "综合治理类建议回复",
    receive_general,
    InPaper("answer_days", GENERAL, default=Period("综合治理类司法建议规定", "司法建议答复"), rolls=False),
    GENERAL,
)
rule_answer = _clock(
    "rule_answer",
    "规范性文件建议回复",
    receive_rule,
    Period("行政诉讼法解释", "规范性文件司法建议·答复"),
    RULE,
)
other_answer = _clock("other_answer", "其他建议回复", receive_other, InPaper("answer_days", OTHER), OTHER)

TEXT_2023 = Procedure(
    system="court_advice",
    version="法释〔2023〕11号",
    label="司法建议办理",
    statute="综合治理类司法建议规定",
    facts=AdviceFacts,
    states=(RECEIVED, ASSIGNED, ANSWERED, ARCHIVED),
    steps=(
        *(receive_general, receive_rule, receive_other, assign, rectify, answer, archive),
        *(*approval.STEPS, *standing.STEPS),
    ),
    parties=(COURT,),
    clocks=(general_answer, rule_answer, other_answer),
    tracks=(approval.APPROVAL,),
    series="司建",
    title="{court}关于{subject}的司法建议",
)
