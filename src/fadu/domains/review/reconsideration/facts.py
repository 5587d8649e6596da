"""Facts of a reconsideration case that both texts of the law share; the closed lists of a text are added by it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common.approval import ApprovalFacts
from fadu.common.receipt import ReceiptFacts
from fadu.domains.review import plain_words as plain
from fadu.domains.review.rule_examination.shared import Basis, Finding
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Files, Money, Text

PARTIES = Audience.PARTIES


class OtherWay(ClosedList):
    """What becomes of an application that is neither accepted nor refused."""

    TRANSFER = "transfer", "转送有权处理的机关"
    TOLD = "told", "告知申请人向有权处理的机关提出"
    JOINED = "joined", "并入已经受理的案件"
    NOT_RECONSIDERATION = "not_reconsideration", "不是行政复议申请，按照信访等其他事项转办"


class HearWay(ClosedList):
    """How the opinions of the parties were heard."""

    IN_PERSON = "in_person", "当面"
    ONLINE = "online", "互联网"
    PHONE = "phone", "电话"


class Field(ClosedList):
    """管理领域: in which field of administration the act was done, as the returns ask for it."""

    SECURITY = "security", "公安"
    RESOURCES = "resources", "自然资源"
    HOUSING = "housing", "房屋征收和住房建设"
    CITY = "city", "城市管理综合执法"
    MARKET = "market", "市场监管"
    LABOUR = "labour", "人力资源和社会保障"
    ENVIRONMENT = "environment", "生态环境"
    TRANSPORT = "transport", "交通运输"
    AGRICULTURE = "agriculture", "农业农村"
    HEALTH = "health", "卫生健康"
    EDUCATION = "education", "教育"
    WELFARE = "welfare", "民政"
    SAFETY = "safety", "应急管理"
    TAX = "tax", "税务"
    OTHER = "other", "其他"


class Request(Facts):
    """One request of the application; each gets an outcome of its own (D18)."""

    request: Annotated[Text, Fact("请求内容", PARTIES, hint=plain.REQUEST)]
    amount: Annotated[Money | None, Fact("涉及金额", PARTIES, hint=plain.AMOUNT)] = None


class ReconsiderationFacts(ApprovalFacts, ReceiptFacts):
    """What a case holds, in the order in which the steps ask for it."""

    act_name: Annotated[Text, Fact("被申请复议的行政行为", PARTIES, hint=plain.ACT_NAME)]
    act_number: Annotated[Text, Fact("行政行为文号", PARTIES, hint=plain.ACT_NUMBER)]
    field: Annotated[Field, Fact("管理领域", indexed=True, hint="统计用")]
    acted_on: Annotated[date, Fact("行政行为作出之日", PARTIES, hint=plain.ACTED_ON)]
    known_on: Annotated[date, Fact("申请期限起算日", PARTIES, hint=plain.KNOWN_ON)]
    content_known_on: Annotated[date, Fact("知道行为内容之日", PARTIES, hint=plain.CONTENT_KNOWN_ON)]
    immovable: Annotated[bool, Fact("因不动产提出", PARTIES, hint="争议的是房屋、土地等的选“是”，其他的选“否”")]
    reconsideration_first: Annotated[bool, Fact("属于复议前置", PARTIES)]
    reasons: Annotated[Text, Fact("申请的事实和理由", PARTIES, long=True, hint=plain.REASONS)]
    posted_on: Annotated[
        date, Fact("申请书交邮之日", PARTIES, hint="期满前交邮的不算过期；经案前调解的，为提出申请之日")
    ]
    application_files: Annotated[Files, Fact("申请材料", PARTIES, hint=plain.FILES)]

    correction_matters: Annotated[Text, Fact("需要补正的事项", PARTIES, long=True)]
    correction_days: Annotated[Count, Fact("补正期限（日）", PARTIES)]
    correction_extension_days: Annotated[Count, Fact("延长的补正期限（工作日）", PARTIES)]
    correction_extension_reason: Annotated[Text, Fact("延长补正期限的理由", PARTIES)]
    correction_posted_on: Annotated[date, Fact("补正材料交邮之日", PARTIES)]
    correction_files: Annotated[Files, Fact("补正材料", PARTIES, hint=plain.CORRECTION)]
    waive_reason: Annotated[Text, Fact("认定放弃申请的理由", PARTIES, long=True)]
    obstacle_from: Annotated[date, Fact("耽误申请期限的障碍开始之日", PARTIES)]
    obstacle_until: Annotated[date, Fact("障碍消除之日", PARTIES, hint="申请期限自这一日起继续计算")]
    excuse_reason: Annotated[Text, Fact("耽误期限的正当理由", PARTIES, long=True)]

    refusal_reason: Annotated[Text, Fact("不予受理的理由", PARTIES, long=True)]
    competent_organ: Annotated[Text, Fact("有管辖权的复议机关", PARTIES)]
    other_way: Annotated[OtherWay, Fact("其他处理方式", PARTIES, indexed=True)]
    other_way_reason: Annotated[Text, Fact("以其他方式处理的理由", PARTIES, long=True)]
    rejection_reason: Annotated[Text, Fact("驳回申请的理由", PARTIES, long=True)]

    enterprise: Annotated[bool, Fact("涉企案件", PARTIES, indexed=True)]
    livelihood: Annotated[bool, Fact("民生案件", PARTIES, indexed=True)]
    simple_reason: Annotated[Text, Fact("适用简易程序的理由", PARTIES, long=True)]
    consent_record: Annotated[Text, Fact("各方同意适用简易程序的记录", PARTIES, long=True)]
    amount_involved: Annotated[Money, Fact("案件涉及款额", PARTIES, hint="以款额为由适用简易程序的必填")]
    conversion_reason: Annotated[Text, Fact("不宜适用简易程序的理由", PARTIES, long=True)]
    major: Annotated[bool, Fact("重大、疑难、复杂", indexed=True)]
    technical: Annotated[bool, Fact("专业性、技术性较强")]
    answer_summary: Annotated[Text, Fact("答复要点", PARTIES, long=True)]
    answer_posted_on: Annotated[date, Fact("答复书交邮之日", PARTIES)]
    answer_files: Annotated[Files, Fact("答复书和证据、依据", PARTIES)]
    no_evidence_reason: Annotated[Text, Fact("逾期情况说明", PARTIES, long=True)]
    third_evidence: Annotated[bool, Fact("涉及第三人权益且第三人提供了证据", PARTIES)]

    participation_name: Annotated[Text, Fact("申请参加复议的人", PARTIES)]
    participation_interest: Annotated[Text, Fact("与案件的利害关系", PARTIES, long=True)]
    no_participation_reason: Annotated[Text, Fact("不同意参加的理由", PARTIES, long=True)]
    hear_way: Annotated[HearWay, Fact("听取意见方式", PARTIES)]
    hear_record: Annotated[Text, Fact("听取意见记录", PARTIES, long=True)]
    written_reason: Annotated[Text, Fact("不能听取意见的原因", PARTIES, long=True)]
    committee_question: Annotated[Text, Fact("提请行政复议委员会咨询的问题", long=True)]
    committee_members: Annotated[Text, Fact("参加咨询的委员")]
    committee_opinion: Annotated[Text, Fact("行政复议委员会咨询意见", long=True)]
    hearing_day: Annotated[date, Fact("听证日期", PARTIES)]
    hearing_place: Annotated[Text, Fact("听证地点", PARTIES)]
    hearing_matters: Annotated[Text, Fact("听证事项", PARTIES, long=True)]
    hearing_record: Annotated[Text, Fact("听证笔录要点", PARTIES, long=True)]
    head_attended: Annotated[bool, Fact("被申请人负责人参加听证", PARTIES)]
    appraisal_matter: Annotated[Text, Fact("鉴定或者勘验事项", PARTIES)]
    appraisal_result: Annotated[Text, Fact("鉴定或者勘验结论", PARTIES, long=True)]

    suspension_reason: Annotated[Text, Fact("中止的理由", PARTIES, long=True)]
    examination_request: Annotated[
        Text, Fact("申请附带审查的规范性文件和理由", PARTIES, long=True, hint="写明文件名称、文号和条款")
    ]
    no_examination_reason: Annotated[Text, Fact("不予附带审查的理由", PARTIES, long=True)]
    examined_document: Annotated[Text, Fact("附带审查的规范性文件或者依据", PARTIES)]
    examined_clauses: Annotated[Text, Fact("附带审查的条款", PARTIES, long=True)]
    examination_basis: Annotated[Basis, Fact("附带审查的提起", PARTIES, indexed=True)]
    examination_doubts: Annotated[Text, Fact("附带审查的合法性疑问", PARTIES, long=True)]
    examination_finding: Annotated[Finding, Fact("附带审查结论", PARTIES, indexed=True)]
    examination_opinion: Annotated[Text, Fact("附带审查处理意见", PARTIES, long=True)]
    resumption_reason: Annotated[Text, Fact("恢复审理的理由", PARTIES, long=True)]
    stay_application_reason: Annotated[
        Text,
        Fact(
            "申请停止执行的理由", PARTIES, long=True, hint="写明继续执行会给您造成什么损害，例如 房屋拆除以后无法恢复"
        ),
    ]
    stay_reason: Annotated[Text, Fact("停止执行的理由", PARTIES, long=True)]
    no_stay_reason: Annotated[Text, Fact("不停止执行的理由", PARTIES, long=True)]
    lift_reason: Annotated[Text, Fact("恢复执行的理由", PARTIES, long=True)]
    extension_reason: Annotated[Text, Fact("延长审理期限的理由", PARTIES, long=True)]
    extension_days: Annotated[Count, Fact("延长天数", PARTIES, hint="不填的，为法律允许的最长天数")]

    withdrawal_reason: Annotated[Text, Fact("撤回申请的理由", PARTIES, long=True, hint=plain.WITHDRAWAL)]
    no_withdrawal_reason: Annotated[Text, Fact("不准予撤回的理由", PARTIES, long=True)]
    mediation_consent: Annotated[Text, Fact("各方自愿调解的记录", PARTIES, long=True)]
    mediation_failure: Annotated[Text, Fact("调解不成或者反悔的情况", PARTIES, long=True)]
    termination_reason: Annotated[Text, Fact("终止的理由", PARTIES, long=True)]
    mediation_terms: Annotated[Text, Fact("调解协议内容", PARTIES, long=True)]
    findings: Annotated[Text, Fact("查明的事实", PARTIES, long=True)]
    decision_reasons: Annotated[Text, Fact("决定的理由", PARTIES, long=True)]
    less_favourable: Annotated[bool, Fact("变更后对申请人更为不利", PARTIES, hint="变更的必填")]
    opposite_request: Annotated[bool, Fact("第三人提出相反请求", PARTIES)]
    disposition: Annotated[
        Text, Fact("决定的具体内容", PARTIES, long=True, hint="变更为什么、撤销哪一部分；由此载入决定书主文")
    ]
    performance_days: Annotated[Count, Fact("责令履行或者重作的期限（日）", PARTIES)]
    private_reason: Annotated[Text, Fact("决定书不公开的理由", long=True)]
    opinion_problem: Annotated[Text, Fact("发现的违法或者不当情形", PARTIES, long=True)]
    opinion_measures: Annotated[Text, Fact("纠正意见", PARTIES, long=True)]
