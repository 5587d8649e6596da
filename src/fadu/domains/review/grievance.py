"""上级对下级复议机关的监督: an applicant complains of the organ below. Law: 行政复议法 art. 35.

The order goes to the organ below, which enters it in its own case (上级责令受理, 上级责令及时作出决定).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval, receipt, standing
from fadu.domains.review import handed_in
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Text
from fadu.rules.gates import all_served
from fadu.rules.indicators import Count as Counted
from fadu.rules.indicators import DayOf, Indicator, Opened
from fadu.rules.procedure import (
    ARCHIVIST,
    BODY_HEAD,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    InPaper,
    Lapse,
    LapseEffect,
    Names,
    Online,
    Paper,
    PartyRole,
    Procedure,
    Served,
    State,
    Step,
)

PARTIES = Audience.PARTIES
ARTICLE = "《行政复议法》第三十五条"
WITHIN = "《行政复议法实施条例》第三十一条"
SYSTEM = "grievance"


class Grievance(ClosedList):
    """What the organ below is said to have done without good reason."""

    REFUSED = "refused", "无正当理由不予受理", ARTICLE
    REJECTED = "rejected", "无正当理由驳回申请", ARTICLE
    SILENT = "silent", "受理后超过复议期限不作答复", ARTICLE


class GrievanceFacts(handed_in.HandedInFacts, approval.ApprovalFacts, receipt.ReceiptFacts):
    """The grievance, what the organ below says to it, and what is done; the application, where it is taken over."""

    category: Annotated[lists.Category, Fact("案件事项", PARTIES, indexed=True)]
    grievance: Annotated[Grievance, Fact("反映的情形", PARTIES, indexed=True, hint="不收、驳回还是拖着不办")]
    grievance_reasons: Annotated[Text, Fact("反映的事实和理由", PARTIES, long=True, hint="何时向谁申请，得到什么答复")]
    reconsideration_number: Annotated[Text, Fact("所涉复议案号", PARTIES)]
    explanation: Annotated[Text, Fact("下级复议机关的说明", long=True)]
    order_reason: Annotated[Text, Fact("责令纠正的理由和要求", PARTIES, long=True)]
    order_days: Annotated[Count, Fact("责令纠正的期限（日）", PARTIES)]
    correction: Annotated[Text, Fact("纠正情况", PARTIES, long=True)]
    applied_on: Annotated[date, Fact("提出申请之日", PARTIES, hint="邮寄的，为交邮之日")]
    no_ground_reason: Annotated[Text, Fact("反映的理由不成立的原因", PARTIES, long=True)]
    take_reason: Annotated[Text, Fact("直接受理的必要性", PARTIES, long=True)]


BELOW = PartyRole("subordinate", "下级行政复议机关", organ=True, hint="原来收您复议申请的机关")
RECEIVED = State("received", "核查中")
ORDERED = State("ordered", "已责令纠正")
CORRECTED = State("reported", "已纠正")
NO_GROUND = State("no_ground", "理由不成立，已告知")
TAKEN = State("taken", "已直接受理")
ARCHIVED = State("archived", "已归档", final=True)

order_paper = Paper(name="acceptance_order", label="责令纠正通知书", to=(BELOW, parties.APPLICANT), series="复监")
answer_paper = Paper(name="grievance_answer", label="反映事项告知书", to=(parties.APPLICANT,), series="复监告")

receive = Step(
    name="receive_grievance",
    label="收到申请人的反映",
    by=(CASE_OFFICER,),
    to=RECEIVED,
    takes=("grievance", "grievance_reasons", "act_name"),
    parties=(parties.APPLICANT, parties.RESPONDENT, BELOW),
    items=True,
    online=Online(party=parties.APPLICANT, label="反映情况", needs=(BELOW,)),
    article=ARTICLE,
)
name_case = Step(
    name="name_reconsideration",
    label="登记所涉复议案件",
    by=(CASE_OFFICER,),
    at=(RECEIVED, ORDERED),
    takes=("reconsideration_number",),
    names=Names(fact="reconsideration_number", system="reconsideration"),
    article=ARTICLE,
)
explain = Step(
    name="enter_explanation",
    label="登记下级复议机关的说明",
    by=(BELOW, CASE_OFFICER),
    at=(RECEIVED,),
    takes=("explanation",),
    article=ARTICLE,
)
order = Step(
    name="order_correction",
    label="责令纠正",
    by=(ORGAN_HEAD,),
    at=(RECEIVED,),
    to=ORDERED,
    takes=("order_reason", "order_days"),
    issues=(order_paper,),
    agreed=True,
    reason="order_reason",
    article=ARTICLE,
)
report = Step(
    name="report_correction",
    label="下级复议机关报告纠正情况",
    by=(BELOW,),
    at=(ORDERED,),
    to=CORRECTED,
    takes=("correction",),
    article=WITHIN,
)
tell = Step(
    name="tell_no_ground",
    label="告知反映的理由不成立",
    by=(BODY_HEAD,),
    at=(RECEIVED,),
    to=NO_GROUND,
    takes=("no_ground_reason",),
    issues=(answer_paper,),
    reason="no_ground_reason",
    article=WITHIN,
)
take = Step(
    name="take_over",
    label="直接受理",
    by=(ORGAN_HEAD,),
    at=(RECEIVED, ORDERED),
    to=TAKEN,
    takes=("take_reason", *(name for name in handed_in.ASKED if name != "act_name"), "applied_on"),
    may_take=(*handed_in.ASKED_TOO, *receipt.TOLD_BY),
    reason="take_reason",
    opens=handed_in.becomes_a_case(*receipt.TOLD_BY),
    article=ARTICLE,
)
archive = Step(
    name="archive",
    label="归档",
    by=(CASE_OFFICER, ARCHIVIST),
    at=(CORRECTED, NO_GROUND, TAKEN),
    to=ARCHIVED,
    gates=(all_served(),),
)

term = Clock(
    name="correction",
    label="责令纠正的期限",
    period=InPaper("order_days", WITHIN),
    after=Served(order_paper, BELOW),
    until=(report, take),
    bearer=BELOW,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="下级复议机关逾期没有纠正，必要时可以直接受理", article=ARTICLE),
)

TEXT_2023 = Procedure(
    system=SYSTEM,
    version="2023",
    label="申请人反映的监督处理",
    statute="行政复议法",
    facts=GrievanceFacts,
    states=(RECEIVED, ORDERED, CORRECTED, NO_GROUND, TAKEN, ARCHIVED),
    steps=(receive, name_case, explain, order, report, tell, take, archive, *approval.STEPS, *standing.STEPS),
    parties=(*parties.EVERYBODY, BELOW),
    clocks=(term,),
    tracks=(approval.APPROVAL,),
    items=handed_in.requests(),
    series="复监",
    title="{applicant}反映{subordinate}",
)


def _count(name: str, label: str, day: DayOf | Opened, definition: str) -> Counted:
    return Counted(name=f"grievance_{name}", label=label, system=SYSTEM, day=day, definition=definition)


ALL: tuple[Indicator, ...] = (
    _count(
        "received",
        "收到对下级复议机关的反映数",
        Opened(),
        "本期内收到的申请人反映下级复议机关不受理、驳回或者不答复的件数，按收到之日计入。",
    ),
    _count("ordered", "责令下级复议机关纠正数", DayOf((order,)), "本期内责令下级复议机关纠正的件数，按责令之日计入。"),
    _count("taken", "上级直接受理数", DayOf((take,)), "本期内由本机关直接受理的件数，按直接受理之日计入。"),
)
