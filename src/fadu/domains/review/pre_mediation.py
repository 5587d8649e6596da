"""案前调解: with the applicant's consent a dispute is mediated before the application is examined. Law: 行政复议法.

What fails becomes an application of the day on which it was handed in, with the same parties and requests.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval, receipt, standing
from fadu.domains.review.reconsideration import facts as main
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, Count, Fact, Files, Text
from fadu.rules.gates import all_served, done, has_party
from fadu.rules.procedure import (
    ARCHIVIST,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    Extension,
    FactDay,
    InPaper,
    Items,
    Lapse,
    LapseEffect,
    Opens,
    Paper,
    Period,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES
VOLUNTARY = "《行政复议法》第五条"
FAILED = "《行政复议法》第七十三条第二款"


class MediationFacts(approval.ApprovalFacts):
    """The application as it was handed in, and the mediation; each text adds its subjects."""

    channel: Annotated[receipt.Channel, Fact("申请方式", PARTIES, indexed=True)]
    act_name: Annotated[Text, Fact("被申请复议的行政行为", PARTIES)]
    act_number: Annotated[Text, Fact("行政行为文号", PARTIES)]
    acted_on: Annotated[date, Fact("行政行为作出之日", PARTIES, hint="不履行职责的不填")]
    known_on: Annotated[
        date, Fact("申请期限起算日", PARTIES, hint="知道或者应当知道之日；不履行职责的为履行期限届满之日")
    ]
    immovable: Annotated[bool, Fact("因不动产提出", PARTIES)]
    reasons: Annotated[Text, Fact("申请的事实和理由", PARTIES, long=True)]
    applied_on: Annotated[date, Fact("提出申请之日", PARTIES, hint="邮寄的，为交邮之日")]
    application_files: Annotated[Files, Fact("申请材料", PARTIES)]
    consent_record: Annotated[Text, Fact("申请人同意先行调解的记录", PARTIES, long=True)]
    mediation_days: Annotated[Count, Fact("约定的调解期限（日）", PARTIES)]
    mediation_extension_days: Annotated[Count, Fact("各方同意延长的天数（日）", PARTIES)]
    mediation_record: Annotated[Text, Fact("调解过程记录", PARTIES, long=True)]
    mediation_terms: Annotated[Text, Fact("调解协议内容", PARTIES, long=True)]
    withdrawal_reason: Annotated[Text, Fact("撤回申请的理由", PARTIES, long=True)]
    failure_reason: Annotated[Text, Fact("调解不成的原因", PARTIES, long=True)]


class PreMediationFacts(MediationFacts):
    """With the subjects of the law of 2023."""

    category: Annotated[lists.Category, Fact("案件事项", PARTIES, indexed=True)]


MEDIATING = State("mediating", "调解中")
SETTLED = State("settled", "已达成协议")
WITHDRAWN = State("withdrawn", "已撤回申请")
FAILED_STATE = State("failed", "调解不成，已转入行政复议")
ARCHIVED = State("archived", "已归档", final=True)

agreement = Paper(name="pre_mediation_agreement", label="案前调解协议书", to=parties.EVERYBODY, series="复前调")

ASKED = ("channel", "category", "act_name", "known_on", "immovable", "reasons")
ASKED_TOO = ("act_number", "acted_on", "application_files")

receive = Step(
    name="receive_for_mediation",
    label="收到申请并同意先行调解",
    by=(CASE_OFFICER,),
    to=MEDIATING,
    takes=(*ASKED, "applied_on", "consent_record", "mediation_days"),
    may_take=ASKED_TOO,
    parties=parties.EVERYBODY,
    items=True,
    article=VOLUNTARY,
)
hold = Step(
    name="hold_mediation",
    label="进行调解",
    by=(CASE_OFFICER,),
    at=(MEDIATING,),
    takes=("mediation_record",),
    gates=(has_party(parties.RESPONDENT, VOLUNTARY),),
    article=VOLUNTARY,
)
extend = Step(
    name="extend_mediation",
    label="各方同意延长调解期限",
    by=(CASE_OFFICER,),
    at=(MEDIATING,),
    takes=("mediation_extension_days", "mediation_record"),
    article=VOLUNTARY,
)
agree = Step(
    name="agree_on_terms",
    label="达成案前调解协议",
    by=(ORGAN_HEAD,),
    at=(MEDIATING,),
    to=SETTLED,
    takes=("mediation_terms",),
    gates=(done(hold, "还没有进行调解", VOLUNTARY, "请先“进行调解”。"), has_party(parties.APPLICANT, VOLUNTARY)),
    issues=(agreement,),
    agreed=True,
    article=VOLUNTARY,
)
withdraw = Step(
    name="withdraw_application",
    label="调解后撤回申请",
    by=(parties.APPLICANT,),
    at=(MEDIATING,),
    to=WITHDRAWN,
    takes=("withdrawal_reason",),
    article="《行政复议法》第七十四条",
)
fail = Step(
    name="end_without_agreement",
    label="调解不成，转入行政复议",
    by=(CASE_OFFICER,),
    at=(MEDIATING,),
    to=FAILED_STATE,
    takes=("failure_reason",),
    reason="failure_reason",
    opens=Opens(
        system="reconsideration",
        step="receive_application",
        hands={name: name for name in (*ASKED, *ASKED_TOO)} | {"posted_on": "applied_on"},
        parties={role.name: role.name for role in parties.EVERYBODY},
        items=True,
    ),
    article=FAILED,
)
archive = Step(
    name="archive",
    label="归档",
    by=(ARCHIVIST,),
    at=(SETTLED, WITHDRAWN, FAILED_STATE),
    to=ARCHIVED,
    gates=(all_served(),),
)

apply = Clock(
    name="apply",
    label="申请",
    period=Period("行政复议法", "申请"),
    after=FactDay("known_on"),
    until=(receive,),
    posted="applied_on",
    bearer=parties.APPLICANT,
    lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过申请期限", article="《行政复议法》第二十条第一款"),
)
term = Clock(
    name="mediation",
    label="案前调解",
    period=InPaper("mediation_days", VOLUNTARY),
    after=Done((receive,)),
    until=(agree, withdraw, fail),
    bearer=CASE_OFFICER,
    extensions=(Extension(by=extend, set_by=InPaper("mediation_extension_days", VOLUNTARY)),),
    lapse=Lapse(
        effect=LapseEffect.BREACHES, sentence="约定的调解期限届满未达成协议，应当及时转入行政复议", article=FAILED
    ),
)

TEXT_2023 = Procedure(
    system="pre_mediation",
    version="2023",
    label="行政复议案前调解",
    statute="行政复议法",
    facts=PreMediationFacts,
    states=(MEDIATING, SETTLED, WITHDRAWN, FAILED_STATE, ARCHIVED),
    steps=(receive, hold, extend, agree, withdraw, fail, archive, *approval.STEPS, *standing.STEPS),
    parties=parties.EVERYBODY,
    clocks=(apply, term),
    tracks=(approval.APPROVAL,),
    items=Items(
        name="request",
        label="复议请求",
        model=main.Request,
        outcome=lists.Outcome,
        weight=tuple(str(code) for code in lists.Outcome),
    ),
    series="复前",
    title="{applicant}不服{respondent}{act_name}案（案前调解）",
)
