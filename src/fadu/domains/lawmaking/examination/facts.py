"""What a case of 备案审查 holds; its states, papers and party."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import approval
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Files, Text
from fadu.rules.procedure import Paper, PartyRole, State

PARTIES = Audience.PARTIES
PUBLIC = Audience.PUBLIC


class MadeBy(ClosedList):
    """Who made the document that is filed."""

    GOVERNMENT_BELOW = "government_below", "下级人民政府"
    DEPARTMENT = "department", "本级政府部门"


class FaultGround(ClosedList):
    """What the examination looks at, and where a document may be wrong."""

    POLICY = "policy", "不符合重大决策部署和改革方向", "《法规规章备案审查条例》第十三条第一项"
    BEYOND_POWERS = "beyond_powers", "超越权限", "《法规规章备案审查条例》第十三条第二项"
    HIGHER_LAW = "higher_law", "违反上位法的规定", "《法规规章备案审查条例》第十三条第三项"
    CONFLICT = "conflict", "与其他文件对同一事项的规定不一致", "《法规规章备案审查条例》第十三条第四项"
    IMPROPER = "improper", "规定不适当", "《法规规章备案审查条例》第十三条第五项"
    PROCEDURE = "procedure", "违背法定程序", "《法规规章备案审查条例》第十三条第六项"


class HandlingResult(ClosedList):
    """What the maker did about the opinion."""

    MODIFIED = "modified", "已经修改"
    REPEALED = "repealed", "已经废止"
    STOPPED = "stopped", "已经停止执行"
    MAINTAINED = "maintained", "说明理由，没有纠正"


class ExaminationFacts(approval.ApprovalFacts):
    """From the filing to the end of the examination."""

    subject: Annotated[Text, Fact("文件名称", PUBLIC, indexed=True)]
    document_number: Annotated[Text, Fact("文号", PUBLIC)]
    made_by: Annotated[MadeBy, Fact("制定机关的类别", PARTIES, indexed=True)]
    promulgated_on: Annotated[date, Fact("公布日期", PUBLIC, indexed=True)]
    filing_files: Annotated[Files, Fact("备案材料", PARTIES)]
    unfiled_found: Annotated[Text, Fact("发现应报未报的情况", PARTIES, long=True)]
    demand_days: Annotated[Count, Fact("限期报送（日）", PARTIES)]
    refusal_reason: Annotated[Text, Fact("不予备案登记的理由", PARTIES, long=True)]
    missing_files: Annotated[Text, Fact("需要补充的材料", PARTIES, long=True)]
    supplement_note: Annotated[Text, Fact("补充报送的说明", PARTIES, long=True)]
    question: Annotated[Text, Fact("要求说明的问题", PARTIES, long=True)]
    maker_explanation: Annotated[Text, Fact("制定机关的说明", PARTIES, long=True)]
    experts: Annotated[Text, Fact("点评专家", PARTIES)]
    expert_opinion: Annotated[Text, Fact("专家点评意见", PARTIES, long=True)]
    expert_comment_count: Annotated[Count, Fact("专家点评意见条数", PARTIES, indexed=True)]
    extension_days: Annotated[Count, Fact("延长审查期限（日）")]
    extension_reason: Annotated[Text, Fact("延长审查期限的理由", long=True)]
    review_note: Annotated[Text, Fact("审查情况", long=True)]
    fault_grounds: Annotated[list[FaultGround], Fact("存在的问题", PARTIES)]
    fault_note: Annotated[Text, Fact("问题的说明和审查意见", PARTIES, long=True)]
    handling_result: Annotated[HandlingResult, Fact("处理结果", PARTIES, indexed=True)]
    handling_report: Annotated[Text, Fact("处理情况报告", PARTIES, long=True)]
    handling_opinion: Annotated[Text, Fact("对处理情况的意见", PARTIES, long=True)]
    overturn_reason: Annotated[Text, Fact("改变或者撤销的理由", PARTIES, long=True)]
    overturn_text: Annotated[Text, Fact("改变或者撤销的内容", PARTIES, long=True)]


MAKER = PartyRole("maker", "制定机关", organ=True)

UNFILED = State("unfiled", "应报未报")
RECEIVED = State("received", "已收到备案材料")
DEFERRED = State("deferred", "暂缓登记")
EXAMINING = State("examining", "审查中")
HANDLING = State("handling", "待制定机关处理")
REPORTED = State("reported", "已报告处理情况")
NOT_REGISTERED = State("not_registered", "不予登记", final=True)
PASSED = State("passed", "审查通过", final=True)
HANDLED = State("handled", "已经处理", final=True)
OVERTURNED = State("overturned", "已改变或者撤销", final=True)
STATES = (
    UNFILED,
    RECEIVED,
    DEFERRED,
    EXAMINING,
    HANDLING,
    REPORTED,
    NOT_REGISTERED,
    PASSED,
    HANDLED,
    OVERTURNED,
)

filing_demand = Paper(name="filing_demand", label="限期报送备案通知书", to=(MAKER,), series="备催")
supplement_notice = Paper(name="supplement_notice", label="补充报送备案通知书", to=(MAKER,), series="备补")
comment_letter = Paper(name="comment_letter", label="专家点评意见反馈函", to=(MAKER,), series="备评")
examination_opinion = Paper(name="examination_opinion", label="备案审查意见书", to=(MAKER,), series="备审")
overturn_decision = Paper(
    name="overturn_decision", label="改变或者撤销规范性文件决定", to=(MAKER,), series="备决", publish=True
)
