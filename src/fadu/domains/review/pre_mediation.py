"""案前调解: with the applicant's consent a dispute is mediated before the application is examined. Law: 行政复议法.

What fails becomes an application of the day on which it was handed in, with the same parties and requests.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval, receipt, standing
from fadu.domains.review import handed_in
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import people
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, Count, Fact, Text
from fadu.rules.gates import all_served, done, has_party
from fadu.rules.procedure import (
    ARCHIVIST,
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Done,
    Extension,
    InPaper,
    Lapse,
    LapseEffect,
    Paper,
    Procedure,
    Receipt,
    State,
    Step,
)

PARTIES = Audience.PARTIES
VOLUNTARY = "《行政复议法》第五条"
FAILED = "《行政复议法》第七十三条第二款"


class MediationFacts(approval.ApprovalFacts, receipt.ReceiptFacts, handed_in.HandedInFacts):
    """The application as it was handed in, how it was received, and the mediation; each text adds its subjects."""

    applied_on: Annotated[date, Fact("提出申请之日", PARTIES, hint="邮寄的，为交邮之日")]
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

receive = Step(
    name="receive_for_mediation",
    label="收到申请并同意先行调解",
    by=(CASE_OFFICER,),
    to=MEDIATING,
    takes=(*handed_in.ASKED, "applied_on", "consent_record", "mediation_days"),
    may_take=(*handed_in.ASKED_TOO, *receipt.TOLD_BY),
    parties=parties.EVERYBODY,
    items=True,
    receipt=Receipt("行政复议法", "复议申请"),
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
    reserved=people.MEDIATION,
    article=VOLUNTARY,
)
withdraw = Step(
    name="withdraw_application",
    label="调解后撤回申请",
    by=(parties.APPLICANT,),
    at=(MEDIATING,),
    to=WITHDRAWN,
    takes=("withdrawal_reason",),
    reserved=people.WITHDRAWAL,
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
    opens=handed_in.becomes_a_case(*receipt.TOLD_BY),
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

apply = handed_in.time_to_apply(receive)
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

STEPS = (receive, hold, extend, agree, withdraw, fail, archive)

TEXT_2023 = Procedure(
    system="pre_mediation",
    version="2023",
    label="行政复议案前调解",
    statute="行政复议法",
    facts=PreMediationFacts,
    states=(MEDIATING, SETTLED, WITHDRAWN, FAILED_STATE, ARCHIVED),
    steps=(*STEPS, *approval.STEPS, *standing.AGENTS, *standing.STEPS),
    parties=parties.EVERYBODY,
    clocks=(apply, term),
    tracks=(approval.APPROVAL,),
    items=handed_in.requests(),
    representation=people.REPRESENTATION,
    series="复前",
    title="{applicant}不服{respondent}{act_name}案（案前调解）",
)
