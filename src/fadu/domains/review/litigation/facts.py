"""What a case of 行政应诉 holds, in the order in which its steps ask for it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common.approval import ApprovalFacts
from fadu.domains.review.litigation import lists
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Money, Text

PARTIES = Audience.PARTIES


class Claim(Facts):
    """One claim of the suit; each gets an outcome of its own (D18)."""

    request: Annotated[Text, Fact("请求内容", PARTIES)]
    amount: Annotated[Money | None, Fact("涉及金额", PARTIES, hint="没有金额的不填")] = None


class LitigationFacts(ApprovalFacts):
    """Of every instance; what only some instances have is left empty in the others."""

    category: Annotated[lists.Category, Fact("被诉事项", PARTIES, indexed=True)]
    act_name: Annotated[Text, Fact("被诉行政行为", PARTIES)]
    court_number: Annotated[Text, Fact("案号", PARTIES, indexed=True)]
    earlier_number: Annotated[Text, Fact("原审案号", PARTIES)]
    after_reconsideration: Annotated[bool, Fact("经过行政复议", PARTIES, indexed=True)]
    reconsideration_number: Annotated[Text, Fact("所涉复议案号", PARTIES)]
    reconsideration_result: Annotated[lists.ReconsiderationResult, Fact("对复议决定的处理", PARTIES, indexed=True)]
    compensation_claimed: Annotated[bool, Fact("提出行政赔偿请求", PARTIES, indexed=True)]
    court_paper: Annotated[Text, Fact("所据法院文书", PARTIES, hint="名称和文号，例如某号行政判决书")]
    court_files: Annotated[Files, Fact("法院文书扫描件", PARTIES)]
    complaint_files: Annotated[Files, Fact("起诉状、上诉状等材料", PARTIES)]
    appeal_copy_on: Annotated[date, Fact("收到上诉状副本之日", PARTIES, hint="本机关上诉的不填")]
    retrial_by: Annotated[lists.RetrialBy, Fact("再审的提起", PARTIES, indexed=True)]
    retrial_copy_on: Annotated[date, Fact("收到再审申请书副本之日", PARTIES, hint="没有收到的不填")]
    case_officer: Annotated[Text, Fact("交办给")]
    task: Annotated[Text, Fact("办理要求", long=True)]

    answer_content: Annotated[Text, Fact("答辩意见", PARTIES, long=True)]
    answer_posted_on: Annotated[date, Fact("答辩状交邮之日", PARTIES, hint="期满前交邮的，不算过期")]
    evidence_summary: Annotated[Text, Fact("证据和所依据的规范性文件", PARTIES, long=True)]
    evidence_files: Annotated[Files, Fact("证据材料", PARTIES)]
    evidence_posted_on: Annotated[date, Fact("证据交邮之日", PARTIES, hint="期满前交邮的，不算过期")]
    extension_reason: Annotated[Text, Fact("延期提供证据的理由", PARTIES, long=True, hint="不可抗力等正当事由")]
    obstacle_ended_on: Annotated[date, Fact("正当事由消除之日", PARTIES)]
    no_extension_reason: Annotated[Text, Fact("法院不准许延期的理由", PARTIES, long=True)]
    third_evidence: Annotated[Text, Fact("第三人提供的证据", PARTIES, long=True)]
    no_evidence_content: Annotated[Text, Fact("法院关于没有相应证据的认定", PARTIES, long=True)]
    objection_reason: Annotated[Text, Fact("管辖异议的理由", PARTIES, long=True)]
    objection_result: Annotated[lists.ObjectionResult, Fact("管辖异议的处理", PARTIES)]
    objection_appeal_reasons: Annotated[Text, Fact("对管辖异议裁定上诉的理由", PARTIES, long=True)]
    preliminary: Annotated[lists.Preliminary, Fact("裁定事项", PARTIES, indexed=True)]
    preliminary_content: Annotated[Text, Fact("裁定内容", PARTIES, long=True)]
    review_reasons: Annotated[Text, Fact("申请复议的理由", PARTIES, long=True)]

    suspension_ground: Annotated[lists.SuspensionGround, Fact("中止诉讼的情形", PARTIES)]
    new_ground: Annotated[Text, Fact("原告、第三人新提出的理由或者证据", PARTIES, long=True)]
    changed_act: Annotated[Text, Fact("改变后的行政行为", PARTIES, long=True)]
    change_reason: Annotated[Text, Fact("改变被诉行政行为的理由", PARTIES, long=True)]

    hearing_day: Annotated[date, Fact("开庭日期", PARTIES)]
    hearing_place: Annotated[Text, Fact("开庭地点", PARTIES)]
    notice_ground: Annotated[lists.NoticeGround, Fact("通知负责人出庭的情形", PARTIES, indexed=True)]
    prompt: Annotated[Text, Fact("提示事项", PARTIES, long=True)]
    head_kind: Annotated[lists.HeadKind, Fact("出庭负责人的身份", PARTIES, indexed=True)]
    head_name: Annotated[Text, Fact("出庭负责人姓名", PARTIES)]
    head_post: Annotated[Text, Fact("出庭负责人职务", PARTIES)]
    identity_accepted: Annotated[
        bool, Fact("法院认可身份证明", PARTIES, hint="不符合条件又不能补正的，视为负责人未出庭")
    ]
    resolution: Annotated[Text, Fact("就实质性解决争议发表的意见", PARTIES, long=True)]
    absence_ground: Annotated[lists.AbsenceGround, Fact("负责人不能出庭的情形", PARTIES, indexed=True)]
    absence_reason: Annotated[Text, Fact("不能出庭的具体理由", PARTIES, long=True)]
    absence_proof: Annotated[Text, Fact("不能出庭的证明材料", PARTIES, long=True)]
    absence_accepted: Annotated[bool, Fact("法院认可不能出庭的理由", PARTIES, indexed=True)]
    staff_name: Annotated[Text, Fact("出庭工作人员姓名", PARTIES)]
    staff_post: Annotated[Text, Fact("出庭工作人员职务", PARTIES)]
    postponement_reason: Annotated[Text, Fact("申请延期开庭的理由", PARTIES, long=True)]
    misconduct: Annotated[lists.Misconduct, Fact("庭审中的情形", PARTIES, indexed=True)]
    absent_all_reason: Annotated[Text, Fact("均未出庭的原因", long=True)]
    hearing_record: Annotated[Text, Fact("庭审情况", long=True)]

    judgment_content: Annotated[Text, Fact("裁判主文", PARTIES, long=True)]
    review_result: Annotated[lists.ReviewResult, Fact("对原裁判的处理", PARTIES, indexed=True)]
    final_on: Annotated[date, Fact("发生法律效力之日", PARTIES, hint="最后一方收到之日")]
    compensation_amount: Annotated[Money, Fact("判决赔偿、补偿金额", PARTIES, indexed=True)]
    appeal_reasons: Annotated[Text, Fact("上诉理由", PARTIES, long=True)]
    appeal_posted_on: Annotated[date, Fact("上诉状交邮之日", PARTIES, hint="期满前交邮的，不算过期")]

    retrial_ground: Annotated[lists.RetrialGround, Fact("自知道之日起计算的再审情形", PARTIES)]
    ground_known_on: Annotated[date, Fact("知道或者应当知道该情形之日", PARTIES)]
    retrial_reasons: Annotated[Text, Fact("申请再审的理由", PARTIES, long=True)]
    performance_content: Annotated[Text, Fact("应当履行的义务", PARTIES, long=True)]
    performance_from: Annotated[date, Fact("履行期限起算日", PARTIES)]
    performance_days: Annotated[Count, Fact("裁判确定的履行期限（日）", PARTIES)]
    performance_amount: Annotated[Money, Fact("应当支付的金额", PARTIES, hint="不是金钱义务的不填")]
    compensation_ordered: Annotated[bool, Fact("赔偿、补偿裁判", PARTIES, indexed=True)]
    enterprise: Annotated[bool, Fact("涉企案件", PARTIES, indexed=True)]
    loss_cause: Annotated[list[lists.LossCause], Fact("败诉原因", indexed=True)]
    loss_summary: Annotated[Text, Fact("败诉分析", long=True)]
    rectification: Annotated[Text, Fact("整改情况", long=True)]
