"""职责准入: a department asks that townships be given a new duty; they are heard, it is reviewed, admitted or not.

Law: 地方组织法 (2022), arts 76 no. 7 and 86, under 督察工作规定 (2019). It sets no term: the asking letter does. Not
covered: the change of the list itself, which is an act of the register.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.domains.powers import lists
from fadu.domains.powers.registers import TOWNSHIP_DUTIES
from fadu.rules.facts import Audience, Count, Fact, Text
from fadu.rules.gates import all_served, has_party
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    ChangesRegister,
    Clock,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    NumberOf,
    Paper,
    PartyRole,
    Procedure,
    Served,
    State,
    Step,
)
from fadu.rules.register_words import ORGAN

ARTICLE = lists.TOWNSHIP
PARTIES = Audience.PARTIES


class AdmissionFacts(approval.ApprovalFacts):
    """Which duty, on what basis and with which means; what townships say; what is decided."""

    subject: Annotated[Text, Fact("拟准入事项", PARTIES, indexed=True)]
    basis: Annotated[Text, Fact("准入依据", PARTIES, long=True)]
    funding: Annotated[Text, Fact("经费和人员保障", PARTIES, long=True)]
    opinion_days: Annotated[Count, Fact("反馈期限（日）", PARTIES)]
    township_opinion: Annotated[Text, Fact("乡镇（街道）意见", PARTIES, long=True)]
    review: Annotated[Text, Fact("准入审核意见", long=True)]
    duty_code: Annotated[Text, Fact("事项编码", PARTIES, hint="列入乡镇（街道）职责事项清单时的编码")]
    decision_content: Annotated[Text, Fact("准入要求", PARTIES, long=True)]
    refuse_reason: Annotated[Text, Fact("不予准入的理由", PARTIES, long=True)]


DEPARTMENT = PartyRole("department", "申请部门", organ=True)
TOWNSHIP = PartyRole("township", "乡镇（街道）", organ=True, many=True)

RECEIVED = State("received", "已收到申请")
ASKED = State("asked", "征求意见中")
REVIEWED = State("reviewed", "待决定")
ADMITTED = State("admitted", "已准入")
CLOSED = State("closed", "已办结", final=True)
REFUSED = State("refused", "未予准入", final=True)

asking = Paper(name="opinion_request", label="职责准入征求意见函", to=(TOWNSHIP,), series="准征")
decision = Paper(name="admission_decision", label="职责准入批复", to=(DEPARTMENT, TOWNSHIP), series="准入")

heard = Gate(
    name="townships_heard",
    sentence="有乡镇（街道）还没有反馈意见，反馈期限也没有届满",
    article=ARTICLE,
    todo="请将征求意见函送达各乡镇（街道），等待反馈，或者在反馈期限届满后审核。",
    reads=("paper:opinion_request", "clock:opinion"),
    holds=lambda view: view.served("opinion_request") and not view.runs("opinion"),
)

receive = Step(
    name="receive_admission",
    label="收到准入申请",
    by=(CASE_OFFICER,),
    to=RECEIVED,
    takes=("subject", "basis", "funding"),
    parties=(DEPARTMENT, TOWNSHIP),
    article=ARTICLE,
)
ask = Step(
    name="ask_opinion",
    label="征求乡镇（街道）意见",
    by=(CASE_OFFICER,),
    at=(RECEIVED,),
    to=ASKED,
    takes=("opinion_days",),
    gates=(has_party(TOWNSHIP, ARTICLE),),
    issues=(asking,),
    article=ARTICLE,
)
answer = Step(
    name="answer_opinion",
    label="反馈意见",
    by=(TOWNSHIP,),
    at=(ASKED,),
    takes=("township_opinion",),
    article=ARTICLE,
)
review = Step(
    name="review_admission",
    label="准入审核",
    by=(BODY_HEAD,),
    at=(ASKED,),
    to=REVIEWED,
    takes=("review",),
    gates=(heard,),
    reason="review",
    article=ARTICLE,
)
admit = Step(
    name="admit_duty",
    label="批准准入",
    by=(ORGAN_HEAD,),
    at=(REVIEWED,),
    to=ADMITTED,
    takes=("duty_code", "decision_content"),
    issues=(decision,),
    changes=(
        ChangesRegister(
            register=TOWNSHIP_DUTIES,
            change=lists.TownshipDutyChange.ADMIT,
            values={
                "code": "duty_code",
                "subject": "subject",
                "basis": "basis",
                "decision_number": NumberOf("admission_decision"),
            },
            keeper=ORGAN,
            reason="decision_content",
        ),
    ),
    agreed=True,
    article=ARTICLE,
)
refuse = Step(
    name="refuse_admission",
    label="不予准入",
    by=(ORGAN_HEAD,),
    at=(RECEIVED, REVIEWED),
    to=REFUSED,
    takes=("refuse_reason",),
    reason="refuse_reason",
    article=ARTICLE,
)
close = Step(name="close", label="办结", by=(CASE_OFFICER,), at=(ADMITTED,), to=CLOSED, gates=(all_served(),))

opinion = Clock(
    name="opinion",
    label="反馈期限",
    period=InPaper("opinion_days", ARTICLE),
    after=Served(asking, TOWNSHIP),
    per=TOWNSHIP,
    until=(answer, review),
    bearer=TOWNSHIP,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未反馈意见", article=ARTICLE),
)

TEXT_2019 = Procedure(
    system="duty_admission",
    version="2019",
    label="职责准入",
    statute="法治政府建设与责任落实督察工作规定",
    facts=AdmissionFacts,
    states=(RECEIVED, ASKED, REVIEWED, ADMITTED, CLOSED, REFUSED),
    steps=(receive, ask, answer, review, admit, refuse, close, *approval.STEPS, *standing.STEPS),
    parties=(DEPARTMENT, TOWNSHIP),
    clocks=(opinion,),
    tracks=(approval.APPROVAL,),
    series="准入案",
    title="{department}：{subject}",
)
