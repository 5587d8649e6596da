"""Closed lists of the text of 2023: what is challenged, grounds, decisions; each entry with its article."""

from __future__ import annotations

from fadu.rules.facts import ClosedList


class Category(ClosedList):
    """案件事项: art. 11, in the order of the law."""

    PENALTY = "penalty", "行政处罚", "《行政复议法》第十一条第一项"
    COERCION = "coercion", "行政强制", "《行政复议法》第十一条第二项"
    LICENCE = "licence", "行政许可", "《行政复议法》第十一条第三项"
    RESOURCES = "resources", "自然资源确权", "《行政复议法》第十一条第四项"
    EXPROPRIATION = "expropriation", "征收征用及补偿", "《行政复议法》第十一条第五项"
    COMPENSATION = "compensation", "行政赔偿", "《行政复议法》第十一条第六项"
    WORK_INJURY = "work_injury", "工伤认定", "《行政复议法》第十一条第七项"
    AUTONOMY = "autonomy", "侵犯经营自主权、农村土地权利", "《行政复议法》第十一条第八项"
    COMPETITION = "competition", "排除、限制竞争", "《行政复议法》第十一条第九项"
    BURDENS = "burdens", "违法要求履行义务", "《行政复议法》第十一条第十项"
    OMISSION = "omission", "不履行法定职责", "《行政复议法》第十一条第十一项"
    BENEFITS = "benefits", "行政给付", "《行政复议法》第十一条第十二项"
    AGREEMENT = "agreement", "行政协议", "《行政复议法》第十一条第十三项"
    OPENNESS = "openness", "政府信息公开", "《行政复议法》第十一条第十四项"
    OTHER = "other", "其他行政行为", "《行政复议法》第十一条第十五项"


class RespondentKind(ClosedList):
    """Whose act it is: art. 24, by which the government is competent."""

    OWN_DEPARTMENT = "own_department", "本级人民政府工作部门", "《行政复议法》第二十四条第一款第一项"
    LOWER_GOVERNMENT = "lower_government", "下一级人民政府", "《行政复议法》第二十四条第一款第二项"
    AGENCY = "agency", "本级人民政府的派出机关", "《行政复议法》第二十四条第一款第三项"
    AUTHORISED = "authorised", "法律、法规、规章授权的组织", "《行政复议法》第二十四条第一款第四项"
    OWN_GOVERNMENT = "own_government", "省级人民政府本机关", "《行政复议法》第二十四条第二款"
    BRANCH = "branch", "工作部门的派出机构", "《行政复议法》第二十四条第四款"


class RefusalGround(ClosedList):
    """What the application fails (SL1–SL7): art. 30, used for 不予受理 and, after acceptance, for 驳回申请."""

    PARTIES = "parties", "没有明确的申请人或者符合规定的被申请人", "《行政复议法》第三十条第一款第一项"
    NO_INTEREST = "no_interest", "与被申请复议的行政行为没有利害关系", "《行政复议法》第三十条第一款第二项"
    NO_REQUEST = "no_request", "没有具体的行政复议请求和理由", "《行政复议法》第三十条第一款第三项"
    OUT_OF_TIME = "out_of_time", "超过法定申请期限", "《行政复议法》第三十条第一款第四项"
    OUT_OF_SCOPE = "out_of_scope", "不属于行政复议范围", "《行政复议法》第三十条第一款第五项"
    NOT_COMPETENT = "not_competent", "不属于本机关管辖", "《行政复议法》第三十条第一款第六项"
    ALREADY_TAKEN = "already_taken", "复议机关或者人民法院已经受理过", "《行政复议法》第三十条第一款第七项"
    AGAIN = "again", "撤回后又以同一事实和理由申请，不能证明撤回违背真实意愿", "《行政复议法》第七十四条第二款"


class SuspensionGround(ClosedList):
    """中止事由 (Z1–Z10): art. 39."""

    DEATH = "death", "申请人死亡，近亲属尚未确定是否参加", "《行政复议法》第三十九条第一款第一项"
    INCAPACITY = "incapacity", "申请人丧失行为能力，尚未确定法定代理人", "《行政复议法》第三十九条第一款第二项"
    MISSING = "missing", "申请人下落不明", "《行政复议法》第三十九条第一款第三项"
    DISSOLVED = "dissolved", "申请人终止，尚未确定权利义务承受人", "《行政复议法》第三十九条第一款第四项"
    FORCE_MAJEURE = "force_majeure", "因不可抗力或者其他正当理由不能参加", "《行政复议法》第三十九条第一款第五项"
    MEDIATION = "mediation", "进行调解、和解，双方同意中止", "《行政复议法》第三十九条第一款第六项"
    INTERPRETATION = "interpretation", "法律适用问题需要有权机关解释或者确认", "《行政复议法》第三十九条第一款第七项"
    OTHER_CASE = "other_case", "以其他案件的审理结果为依据", "《行政复议法》第三十九条第一款第八项"
    RULE_EXAMINATION = "rule_examination", "附带审查规范性文件或者依据", "《行政复议法》第三十九条第一款第九项"
    OTHER = "other", "需要中止的其他情形", "《行政复议法》第三十九条第一款第十项"


class TerminationGround(ClosedList):
    """终止事由 (T1–T5): art. 41."""

    WITHDRAWN = "withdrawn", "申请人撤回申请，准予撤回", "《行政复议法》第四十一条第一项"
    DEATH = "death", "申请人死亡，没有近亲属或者近亲属放弃", "《行政复议法》第四十一条第二项"
    DISSOLVED = "dissolved", "申请人终止，没有承受人或者承受人放弃", "《行政复议法》第四十一条第三项"
    CRIMINAL = "criminal", "因同一违法行为被采取刑事强制措施", "《行政复议法》第四十一条第四项"
    LONG_SUSPENSION = "long_suspension", "中止期满，中止原因仍未消除", "《行政复议法》第四十一条第五项"


class SimpleGround(ClosedList):
    """What may be heard in the simple procedure: art. 53."""

    ON_THE_SPOT = "on_the_spot", "被申请复议的行政行为是当场作出", "《行政复议法》第五十三条第一款第一项"
    WARNING = "warning", "被申请复议的行政行为是警告或者通报批评", "《行政复议法》第五十三条第一款第二项"
    SMALL = "small", "案件涉及款额在法定数额以下", "《行政复议法》第五十三条第一款第三项"
    OPENNESS = "openness", "属于政府信息公开案件", "《行政复议法》第五十三条第一款第四项"
    CONSENT = "consent", "当事人各方同意适用简易程序", "《行政复议法》第五十三条第二款"


class StayGround(ClosedList):
    """停止执行的情形: art. 42."""

    RESPONDENT = "respondent", "被申请人认为需要停止执行", "《行政复议法》第四十二条第一项"
    ORGAN = "organ", "行政复议机关认为需要停止执行", "《行政复议法》第四十二条第二项"
    APPLIED = "applied", "申请停止执行，要求合理", "《行政复议法》第四十二条第三项"
    BY_LAW = "by_law", "法律、法规、规章规定停止执行", "《行政复议法》第四十二条第四项"


class Outcome(ClosedList):
    """What is decided on one request: arts 63–69, 71, 72; in the order of the weight it is counted by."""

    VOID = "void", "确认无效", "《行政复议法》第六十七条"
    REVOKE = "revoke", "撤销", "《行政复议法》第六十四条第一款"
    REVOKE_PART = "revoke_part", "部分撤销", "《行政复议法》第六十四条第一款"
    CHANGE = "change", "变更", "《行政复议法》第六十三条第一款"
    ORDER_PERFORMANCE = "order_performance", "责令履行", "《行政复议法》第六十六条"
    AGREEMENT = "agreement", "责令承担行政协议责任", "《行政复议法》第七十一条"
    UNLAWFUL = "unlawful", "确认违法", "《行政复议法》第六十五条"
    ORDER_COMPENSATION = "order_compensation", "责令赔偿", "《行政复议法》第七十二条第一款"
    UPHOLD = "uphold", "维持", "《行政复议法》第六十八条"
    DISMISS = "dismiss", "驳回复议请求", "《行政复议法》第六十九条"
    DISMISS_COMPENSATION = "dismiss_compensation", "驳回行政赔偿请求", "《行政复议法》第七十二条第一款"
