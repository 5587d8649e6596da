"""Closed lists of a suit: what it is about, results at every instance, heads of organs, absence, causes of a loss."""

from __future__ import annotations

from fadu.rules.facts import ClosedList


class Category(ClosedList):
    """What the act sued is."""

    PENALTY = "penalty", "行政处罚", "《行政诉讼法》第十二条第一款第一项"
    COERCION = "coercion", "行政强制", "《行政诉讼法》第十二条第一款第二项"
    LICENCE = "licence", "行政许可", "《行政诉讼法》第十二条第一款第三项"
    RESOURCES = "resources", "自然资源确权", "《行政诉讼法》第十二条第一款第四项"
    EXPROPRIATION = "expropriation", "征收、征用及其补偿", "《行政诉讼法》第十二条第一款第五项"
    OMISSION = "omission", "不履行法定职责", "《行政诉讼法》第十二条第一款第六项"
    AUTONOMY = "autonomy", "侵犯经营自主权、承包经营权等", "《行政诉讼法》第十二条第一款第七项"
    COMPETITION = "competition", "排除、限制竞争", "《行政诉讼法》第十二条第一款第八项"
    BURDENS = "burdens", "违法集资、摊派费用、要求履行其他义务", "《行政诉讼法》第十二条第一款第九项"
    BENEFITS = "benefits", "行政给付", "《行政诉讼法》第十二条第一款第十项"
    AGREEMENT = "agreement", "行政协议", "《行政诉讼法》第十二条第一款第十一项"
    OTHER = "other", "其他侵犯人身权、财产权等合法权益的", "《行政诉讼法》第十二条第一款第十二项"


class Outcome(ClosedList):
    """What a claim has come to when the instance ends, from heaviest to lightest; the order is ours."""

    VOID = "void", "确认无效", "《行政诉讼法》第七十五条"
    REVOKE = "revoke", "撤销", "《行政诉讼法》第七十条"
    REVOKE_PART = "revoke_part", "部分撤销", "《行政诉讼法》第七十条"
    CHANGE = "change", "变更", "《行政诉讼法》第七十七条"
    ORDER_PERFORMANCE = "order_performance", "责令履行", "《行政诉讼法》第七十二条"
    PAYMENT = "payment", "给付", "《行政诉讼法》第七十三条"
    AGREEMENT = "agreement", "继续履行协议、采取补救措施或者赔偿损失", "《行政诉讼法》第七十八条第一款"
    UNLAWFUL = "unlawful", "确认违法", "《行政诉讼法》第七十四条"
    ORDER_COMPENSATION = "order_compensation", "赔偿", "《行政诉讼法》第七十六条"
    AGREEMENT_PAYMENT = "agreement_payment", "行政协议补偿", "《行政诉讼法》第七十八条第二款"
    DISMISS = "dismiss", "驳回诉讼请求", "《行政诉讼法》第六十九条"
    REMAND = "remand", "发回重审、指令继续审理", "《行政诉讼法》第八十九条第一款第三项、第四项"
    MEDIATED = "mediated", "调解", "《行政诉讼法》第六十条第一款"
    WITHDRAWN = "withdrawn", "准许撤诉", "《行政诉讼法》第六十二条"
    DEEMED_WITHDRAWN = "deemed_withdrawn", "按撤诉处理", "《行政诉讼法》第五十八条"
    APPEAL_WITHDRAWN = "appeal_withdrawn", "撤回上诉", "《行政诉讼法》第六十二条、第一百零一条"
    REJECT = "reject", "驳回起诉", "《行政诉讼法解释》第六十九条第一款"
    REFUSE_RETRIAL = "refuse_retrial", "驳回再审申请", "《行政诉讼法解释》第一百一十六条第二款"
    TERMINATED = "terminated", "终结诉讼", "《行政诉讼法解释》第八十八条"
    TRANSFERRED = "transferred", "移送其他法院", "《行政诉讼法》第二十二条"


class ReviewResult(ClosedList):
    """What a later instance did with the judgment before it."""

    UPHOLD = "uphold", "维持原裁判", "《行政诉讼法》第八十九条第一款第一项"
    CHANGE = "change", "改判、撤销或者变更原裁判", "《行政诉讼法》第八十九条第一款第二项、第三项"


class RetrialBy(ClosedList):
    """Who set the retrial going."""

    OTHER_PARTY = "other_party", "其他当事人申请", "《行政诉讼法》第九十条"
    DEFENDANT = "defendant", "本机关申请", "《行政诉讼法》第九十条"
    COURT = "court", "人民法院决定、提审或者指令再审", "《行政诉讼法》第九十二条"
    PROCURATORATE = "procuratorate", "人民检察院抗诉或者检察建议", "《行政诉讼法》第九十三条"


class RetrialGround(ClosedList):
    """Grounds of a retrial whose six months run from knowledge of them."""

    EVIDENCE = "new_evidence", "有新的证据，足以推翻原判决、裁定", "《行政诉讼法解释》第一百一十条第一项"
    FORGED = "forged", "原判决、裁定认定事实的主要证据是伪造的", "《行政诉讼法解释》第一百一十条第二项"
    BASIS = "basis_revoked", "据以作出原判决、裁定的法律文书被撤销或者变更", "《行政诉讼法解释》第一百一十条第三项"
    JUDGES = (
        "misconduct",
        "审判人员审理该案件时有贪污受贿、徇私舞弊、枉法裁判行为",
        "《行政诉讼法解释》第一百一十条第四项",
    )


class ReconsiderationResult(ClosedList):
    """What the judgment that took effect does to the reconsideration decision."""

    REVOKED = "revoked", "撤销复议决定", "《行政诉讼法解释》第八十九条"
    REDO = "redo", "撤销并责令重新作出复议决定", "《行政诉讼法解释》第八十九条"
    UNLAWFUL = "unlawful", "确认复议决定违法", "《行政诉讼法解释》第一百三十六条第五款"
    UNTOUCHED = "untouched", "复议决定不受影响", "《行政诉讼法解释》第一百三十六条第一款"


class ObjectionResult(ClosedList):
    """How the court ruled on the objection to its jurisdiction."""

    ACCEPT = "accept", "异议成立，移送", "《行政诉讼法解释》第十条第二款"
    DISMISS = "dismiss", "异议不成立，驳回", "《行政诉讼法解释》第十条第二款"


class Preliminary(ClosedList):
    """What a court rules before the merits; against each review may be asked for once."""

    STAY = "stay", "停止执行", "《行政诉讼法》第五十六条第一款"
    NO_STAY = "no_stay", "不停止执行", "《行政诉讼法》第五十六条第二款"
    ADVANCE = "advance", "先予执行", "《行政诉讼法》第五十七条第一款"
    NO_ADVANCE = "no_advance", "不先予执行", "《行政诉讼法》第五十七条第一款"
    PRESERVE = "preserve", "保全", "《行政诉讼法解释》第七十六条第一款"
    NO_PRESERVE = "no_preserve", "不予保全", "《行政诉讼法解释》第七十六条第二款"


class HeadKind(ClosedList):
    """Who is a head of the organ: nobody else is, least of all of an entrusted body or a lower organ."""

    CHIEF = "chief", "正职负责人", "《负责人出庭应诉规定》第二条第一款"
    VICE = "vice", "副职负责人", "《负责人出庭应诉规定》第二条第一款"
    VICE_RANK = "vice_rank", "参与分管被诉行政行为实施工作的副职级别的负责人", "《负责人出庭应诉规定》第二条第一款"
    IN_CHARGE = "in_charge", "其他参与分管的负责人", "《负责人出庭应诉规定》第二条第一款"


class AbsenceGround(ClosedList):
    """When a head is taken to be unable to appear."""

    FORCE_MAJEURE = "force_majeure", "不可抗力", "《负责人出庭应诉规定》第八条第一项"
    ACCIDENT = "accident", "意外事件", "《负责人出庭应诉规定》第八条第二项"
    DUTY = "duty", "需要履行他人不能代替的公务", "《负责人出庭应诉规定》第八条第三项"
    OTHER = "other", "无法出庭的其他正当事由", "《负责人出庭应诉规定》第八条第四项"


class NoticeGround(ClosedList):
    """On what ground the court called for a head."""

    PUBLIC_INTEREST = (
        "public_interest",
        "涉及重大公共利益、社会高度关注或者可能引发群体性事件",
        "《负责人出庭应诉规定》第四条第一款",
    )
    MAJOR_RIGHTS = "major_rights", "涉及重大人身、财产权益", "《负责人出庭应诉规定》第四条第二款第一项"
    PUBLIC_SUIT = "public_suit", "行政公益诉讼", "《负责人出庭应诉规定》第四条第二款第二项"
    SUPERIOR = "superior", "上级机关规范性文件要求出庭", "《负责人出庭应诉规定》第四条第二款第三项"
    OTHER = "other", "人民法院认为需要的其他情形", "《负责人出庭应诉规定》第四条第二款第四项"


class Misconduct(ClosedList):
    """For what else the court sends its advice although the head came."""

    LEFT = "left", "未经法庭许可中途退庭", "《负责人出庭应诉规定》第十二条第一款第四项"
    SILENT = "silent", "拒绝解释或者说明，导致庭审无法进行", "《负责人出庭应诉规定》第十二条第一款第五项"


class SuspensionGround(ClosedList):
    """Why a suit rests."""

    DEATH = "death", "原告死亡，等待近亲属表明是否参加诉讼", "《行政诉讼法解释》第八十七条第一款第一项"
    INCAPACITY = "incapacity", "原告丧失诉讼行为能力，尚未确定法定代理人", "《行政诉讼法解释》第八十七条第一款第二项"
    DISSOLVED = "dissolved", "一方当事人终止，尚未确定承受人", "《行政诉讼法解释》第八十七条第一款第三项"
    FORCE_MAJEURE = "force_majeure", "因不可抗力不能参加诉讼", "《行政诉讼法解释》第八十七条第一款第四项"
    INTERPRETATION = "interpretation", "法律适用问题需要解释或者确认", "《行政诉讼法解释》第八十七条第一款第五项"
    OTHER_CASE = "other_case", "以其他案件的审理结果为依据", "《行政诉讼法解释》第八十七条第一款第六项"
    OTHER = "other", "其他应当中止的情形", "《行政诉讼法解释》第八十七条第一款第七项"


class LossCause(ClosedList):
    """Why the organ lost."""

    EVIDENCE = "evidence", "主要证据不足", "《行政诉讼法》第七十条第一项"
    WRONG_LAW = "wrong_law", "适用法律、法规错误", "《行政诉讼法》第七十条第二项"
    PROCEDURE = "procedure", "违反法定程序", "《行政诉讼法》第七十条第三项"
    BEYOND_POWERS = "beyond_powers", "超越职权", "《行政诉讼法》第七十条第四项"
    MISUSE = "misuse", "滥用职权", "《行政诉讼法》第七十条第五项"
    IMPROPER = "improper", "明显不当", "《行政诉讼法》第七十条第六项"
    OMISSION = "omission", "不履行或者拖延履行法定职责、给付义务", "《行政诉讼法》第七十二条、第七十三条"
    AGREEMENT = "agreement", "不依法履行或者违法变更、解除行政协议", "《行政诉讼法》第七十八条"
    OTHER = "other", "其他", "《行政诉讼法》第七十四条、第七十五条"


LOST = (
    *("void", "revoke", "revoke_part", "change", "order_performance", "payment"),
    *("agreement", "unlawful", "order_compensation", "agreement_payment"),
)
"""Results by which the organ lost, wholly or in part; the law has no definition of 败诉."""

JUDGED = (*LOST, "dismiss")
"""What a judgment can say of a claim."""

LATER_ONLY = ("remand", "appeal_withdrawn", "refuse_retrial")
RULED = ("withdrawn", "deemed_withdrawn", "terminated", "transferred", "reject", *LATER_ONLY)
"""What a ruling against which there is no appeal can say; some of it only a later instance."""
