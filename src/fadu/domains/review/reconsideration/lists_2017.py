"""Closed lists of the text of 2017 and its regulation of 2007: each entry with its article.

Codes that mean the same as in the text of 2023 are the same, so that figures may cross the switch of law.
"""

from __future__ import annotations

from fadu.rules.facts import ClosedList


class Category(ClosedList):
    """案件事项: art. 6."""

    PENALTY = "penalty", "行政处罚", "《行政复议法》第六条第一项"
    COERCION = "coercion", "行政强制措施", "《行政复议法》第六条第二项"
    CERTIFICATE = "certificate", "证书的变更、中止、撤销", "《行政复议法》第六条第三项"
    RESOURCES = "resources", "自然资源确权", "《行政复议法》第六条第四项"
    AUTONOMY = "autonomy", "侵犯经营自主权", "《行政复议法》第六条第五项"
    FARM_CONTRACT = "farm_contract", "变更、废止农业承包合同", "《行政复议法》第六条第六项"
    BURDENS = "burdens", "违法要求履行义务", "《行政复议法》第六条第七项"
    LICENCE = "licence", "行政许可、审批、登记", "《行政复议法》第六条第八项"
    OMISSION = "omission", "不履行法定职责", "《行政复议法》第六条第九项"
    BENEFITS = "benefits", "行政给付", "《行政复议法》第六条第十项"
    OTHER = "other", "其他具体行政行为", "《行政复议法》第六条第十一项"


class RespondentKind(ClosedList):
    """Whose act it is: arts 12 to 15."""

    OWN_DEPARTMENT = "own_department", "本级人民政府工作部门", "《行政复议法》第十二条第一款"
    LOWER_GOVERNMENT = "lower_government", "下一级人民政府", "《行政复议法》第十三条第一款"
    AGENCY = "agency", "人民政府的派出机关", "《行政复议法》第十五条第一款第一项"
    AUTHORISED = "authorised", "法律、法规授权的组织", "《行政复议法》第十五条第一款第三项"
    OWN_GOVERNMENT = "own_government", "省级人民政府本机关", "《行政复议法》第十四条"
    BRANCH = "branch", "工作部门的派出机构", "《行政复议法》第十五条第一款第二项"


class RefusalGround(ClosedList):
    """What the application fails: art. 28 of the regulation."""

    PARTIES = "parties", "没有明确的申请人或者符合规定的被申请人", "《行政复议法实施条例》第二十八条第一项"
    NO_INTEREST = "no_interest", "与具体行政行为没有利害关系", "《行政复议法实施条例》第二十八条第二项"
    NO_REQUEST = "no_request", "没有具体的行政复议请求和理由", "《行政复议法实施条例》第二十八条第三项"
    OUT_OF_TIME = "out_of_time", "超过法定申请期限", "《行政复议法实施条例》第二十八条第四项"
    OUT_OF_SCOPE = "out_of_scope", "不属于行政复议范围", "《行政复议法实施条例》第二十八条第五项"
    NOT_COMPETENT = "not_competent", "不属于本机关受理", "《行政复议法实施条例》第二十八条第六项"
    ALREADY_TAKEN = "already_taken", "其他复议机关或者人民法院已经受理", "《行政复议法实施条例》第二十八条第七项"


class SuspensionGround(ClosedList):
    """中止事由: art. 41 of the regulation; the review of rules from arts 26 and 27 of the law."""

    DEATH = "death", "申请人死亡，近亲属尚未确定是否参加", "《行政复议法实施条例》第四十一条第一款第一项"
    INCAPACITY = "incapacity", "申请人丧失能力，尚未确定法定代理人", "《行政复议法实施条例》第四十一条第一款第二项"
    DISSOLVED = "dissolved", "申请人终止，尚未确定权利义务承受人", "《行政复议法实施条例》第四十一条第一款第三项"
    MISSING = "missing", "申请人下落不明或者被宣告失踪", "《行政复议法实施条例》第四十一条第一款第四项"
    FORCE_MAJEURE = "force_majeure", "因不可抗力不能参加", "《行政复议法实施条例》第四十一条第一款第五项"
    INTERPRETATION = (
        "interpretation",
        "法律适用问题需要有权机关解释或者确认",
        "《行政复议法实施条例》第四十一条第一款第六项",
    )
    OTHER_CASE = "other_case", "以其他案件的审理结果为依据", "《行政复议法实施条例》第四十一条第一款第七项"
    RULE_EXAMINATION = "rule_examination", "审查有关规定或者依据", "《行政复议法》第二十六条、第二十七条"
    OTHER = "other", "其他需要中止的情形", "《行政复议法实施条例》第四十一条第一款第八项"


class TerminationGround(ClosedList):
    """终止事由: art. 42 of the regulation."""

    WITHDRAWN = "withdrawn", "申请人撤回申请，准予撤回", "《行政复议法实施条例》第四十二条第一款第一项"
    DEATH = "death", "申请人死亡，没有近亲属或者近亲属放弃", "《行政复议法实施条例》第四十二条第一款第二项"
    DISSOLVED = "dissolved", "申请人终止，承受人放弃", "《行政复议法实施条例》第四十二条第一款第三项"
    SETTLED = "settled", "达成和解并经准许", "《行政复议法实施条例》第四十二条第一款第四项"
    CRIMINAL = "criminal", "拘留等措施变更为刑事拘留", "《行政复议法实施条例》第四十二条第一款第五项"
    LONG_SUSPENSION = "long_suspension", "中止期满，中止原因仍未消除", "《行政复议法实施条例》第四十二条第二款"


class StayGround(ClosedList):
    """停止执行的情形: art. 21."""

    RESPONDENT = "respondent", "被申请人认为需要停止执行", "《行政复议法》第二十一条第一项"
    ORGAN = "organ", "行政复议机关认为需要停止执行", "《行政复议法》第二十一条第二项"
    APPLIED = "applied", "申请停止执行，要求合理", "《行政复议法》第二十一条第三项"
    BY_LAW = "by_law", "法律规定停止执行", "《行政复议法》第二十一条第四项"


class Outcome(ClosedList):
    """What is decided on one request: art. 28, art. 29, art. 48 of the regulation; heaviest first."""

    REVOKE = "revoke", "撤销", "《行政复议法》第二十八条第一款第三项"
    CHANGE = "change", "变更", "《行政复议法》第二十八条第一款第三项"
    ORDER_PERFORMANCE = "order_performance", "责令履行", "《行政复议法》第二十八条第一款第二项"
    UNLAWFUL = "unlawful", "确认违法", "《行政复议法》第二十八条第一款第三项"
    ORDER_COMPENSATION = "order_compensation", "责令赔偿", "《行政复议法》第二十九条第一款"
    UPHOLD = "uphold", "维持", "《行政复议法》第二十八条第一款第一项"
    DISMISS = "dismiss", "驳回复议请求", "《行政复议法实施条例》第四十八条第一款第一项"
    DISMISS_COMPENSATION = "dismiss_compensation", "驳回行政赔偿请求", "《行政复议法》第二十九条第一款"
