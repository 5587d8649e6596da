"""作为被申请人的复议答复: what a case holds, who takes part, states and papers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Files, Text
from fadu.rules.procedure import Paper, PartyRole, State

PARTIES = Audience.PARTIES


class Result(ClosedList):
    """How the superior concluded the case; one for each."""

    UPHOLD = "uphold", "维持"
    DISMISS = "dismiss", "驳回复议请求"
    REJECTED = "rejected", "驳回申请"
    CHANGE = "change", "变更"
    REVOKE = "revoke", "撤销（含部分撤销）"
    UNLAWFUL = "unlawful", "确认违法"
    VOID = "void", "确认无效"
    ORDER_PERFORMANCE = "order_performance", "责令履行"
    MEDIATED = "mediated", "调解结案"
    WITHDRAWN = "withdrawn", "申请人撤回，终止"
    OTHER_TERMINATION = "other_termination", "其他终止"


class RespondentFacts(approval.ApprovalFacts):
    """What the superior asks, what is answered, how it ends."""

    notice_number: Annotated[Text, Fact("答复通知书文号", PARTIES)]
    act_name: Annotated[Text, Fact("被申请复议的行政行为", PARTIES)]
    act_number: Annotated[Text, Fact("行政行为文号", PARTIES)]
    handler: Annotated[Text, Fact("承办单位（部门）", PARTIES)]
    task: Annotated[Text, Fact("办理要求", long=True)]
    evidence_list: Annotated[Text, Fact("证据、依据清单", PARTIES, long=True, hint="一行一项：名称、证明对象、页数")]
    evidence_files: Annotated[Files, Fact("证据、依据和其他有关材料", PARTIES)]
    answer_content: Annotated[Text, Fact("答复内容", PARTIES, long=True)]
    posted_on: Annotated[date, Fact("交邮之日", PARTIES, hint="期满前交邮的，不算过期")]
    decision_number: Annotated[Text, Fact("复议决定文号", PARTIES)]
    result: Annotated[Result, Fact("复议结果", PARTIES, indexed=True)]
    result_text: Annotated[Text, Fact("复议决定内容", PARTIES, long=True)]
    duty: Annotated[Text, Fact("应当履行的内容", PARTIES, long=True)]
    performance_days: Annotated[Count, Fact("履行期限（日）", PARTIES)]
    performance_result: Annotated[Text, Fact("履行情况", PARTIES, long=True)]


APPLICANT = PartyRole("applicant", "申请人", many=True)
SUPERIOR = PartyRole("superior", "上级行政复议机关", by_office=True)
EVERYBODY = (APPLICANT, SUPERIOR)

RECEIVED = State("received", "待交办")
ASSIGNED = State("assigned", "准备答复")
SIGNED = State("signed", "答复书已签发")
ANSWERED = State("answered", "已答复举证")
CONCLUDED = State("concluded", "上级已审结")
OWED = State("owed", "履行中")
PERFORMED = State("performed", "已履行")
ARCHIVED = State("archived", "已归档", final=True)
STATES = (RECEIVED, ASSIGNED, SIGNED, ANSWERED, CONCLUDED, OWED, PERFORMED, ARCHIVED)
BEFORE_ANSWER = (RECEIVED, ASSIGNED, SIGNED)

answer_paper = Paper(name="respondent_answer", label="行政复议答复书", to=(SUPERIOR,), series="复答书")
evidence_paper = Paper(name="respondent_evidence", label="行政复议证据目录", to=(SUPERIOR,), series="复证")
