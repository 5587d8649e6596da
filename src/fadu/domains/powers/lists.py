"""Closed lists of the room: categories of powers, and the kinds of change of each list 动态调整."""

from __future__ import annotations

from fadu.rules.facts import ClosedList
from fadu.rules.registers import ChangeKind, Effect

BUSINESS = "《优化营商环境条例》"
ITEMS = f"{BUSINESS}第三十五条"
ADJUSTED = f"{BUSINESS}第四十条第一款"
ENDED = f"{BUSINESS}第四十条第二款"
LOWERED = f"{BUSINESS}第四十条第三款"
PENALTY = "《行政处罚法》第二十四条第一款"
TAKEN_OVER = "《行政处罚法》第二十四条第二款"
CENTRALISED = "《行政处罚法》第十八条第二款"
STAFFING = "《地方各级人民政府机构设置和编制管理条例》第二十二条"
ORGANIC = "《地方各级人民代表大会和地方各级人民政府组织法》"
TOWNSHIP = f"{ORGANIC}第七十六条第七项；{ORGANIC}第八十六条"


class Category(ClosedList):
    """Kinds of administrative power, as lists of powers are arranged."""

    LICENCE = "licence", "行政许可"
    PENALTY = "penalty", "行政处罚"
    COERCION = "coercion", "行政强制"
    LEVY = "levy", "行政征收"
    BENEFITS = "benefits", "行政给付"
    INSPECTION = "inspection", "行政检查"
    CONFIRMATION = "confirmation", "行政确认"
    REWARD = "reward", "行政奖励"
    ADJUDICATION = "adjudication", "行政裁决"
    OTHER = "other", "其他行政权力"


class PowerChange(ChangeKind):
    """Changes of a department's list of powers."""

    ADD = "add", "新增", Effect.ENTERS, ITEMS
    TAKE_OVER = "take_over", "承接", Effect.ENTERS, LOWERED
    ADJUST = "adjust", "调整", Effect.CHANGES, ADJUSTED, True
    CANCEL = "cancel", "取消", Effect.ENDS, ENDED, True
    DELEGATE = "delegate", "下放", Effect.ENDS, f"{LOWERED}；{PENALTY}", True
    CENTRALISE = "centralise", "划出集中行使", Effect.ENDS, CENTRALISED, True


class DutyChange(ChangeKind):
    """Changes of a list of responsibilities, which follows the list of powers."""

    ADD = "add", "新增", Effect.ENTERS, ITEMS
    ADJUST = "adjust", "调整", Effect.CHANGES, ADJUSTED, True
    CANCEL = "cancel", "取消", Effect.ENDS, ENDED, True


class ServiceChange(ChangeKind):
    """Changes of a list of public services."""

    ADD = "add", "新增", Effect.ENTERS, ITEMS
    ADJUST = "adjust", "调整", Effect.CHANGES, ITEMS, True
    CANCEL = "cancel", "取消", Effect.ENDS, ITEMS, True


class TownshipPowerChange(ChangeKind):
    """Changes of a township's list of powers: what it took over may be taken back."""

    ADD = "add", "新增", Effect.ENTERS, ITEMS
    TAKE_OVER = "take_over", "承接", Effect.ENTERS, TAKEN_OVER
    ADJUST = "adjust", "调整", Effect.CHANGES, ADJUSTED, True
    RECALL = "recall", "收回", Effect.ENDS, PENALTY, True
    CANCEL = "cancel", "取消", Effect.ENDS, ENDED, True


class TownshipDutyChange(ChangeKind):
    """Changes of the lists of what townships have to do; what is new is admitted 职责准入 with its reason."""

    ADD = "add", "列入", Effect.ENTERS, TOWNSHIP
    ADMIT = "admit", "准入", Effect.ENTERS, TOWNSHIP, True
    ADJUST = "adjust", "调整", Effect.CHANGES, TOWNSHIP, True
    CANCEL = "cancel", "取消", Effect.ENDS, TOWNSHIP, True


class ListKind(ClosedList):
    """Which list is made public."""

    POWERS = "powers", "权力清单", ITEMS
    RESPONSIBILITIES = "responsibilities", "责任清单", ITEMS
    BOTH = "both", "权力清单和责任清单", ITEMS
    SERVICES = "services", "公共服务事项清单", ITEMS
    TOWNSHIP_POWERS = "township_powers", "乡镇（街道）权力清单", TAKEN_OVER
    TOWNSHIP_DUTIES = "township_duties", "乡镇（街道）职责事项清单", TOWNSHIP
    JOINT_DUTIES = "joint_duties", "共同承担事项责任清单", TOWNSHIP


class Institution(ClosedList):
    """What kind of body of the government."""

    DEPARTMENT = "department", "政府工作部门"
    AGENCY = "agency", "派出机关、派出机构"
    TEAM = "team", "综合行政执法机构"
    OTHER = "other", "其他机构"


class InstitutionChange(ChangeKind):
    """What a reform does with a department."""

    LIST = "list", "登记原有机构", Effect.ENTERS, STAFFING
    FORM = "form", "新组建", Effect.ENTERS, STAFFING, True
    ADJUST = "adjust", "调整“三定”", Effect.CHANGES, STAFFING, True
    MERGE = "merge", "撤销、并入其他机构", Effect.ENDS, STAFFING, True


class Team(ClosedList):
    """In what form a township enforces."""

    BUREAU = "bureau", "综合执法局"
    OFFICE = "office", "综合执法协调办公室"
    TEAM = "team", "综合执法队"


class TeamChange(ChangeKind):
    """Changes of the list of township teams."""

    FORM = "form", "设立", Effect.ENTERS, TAKEN_OVER
    ADJUST = "adjust", "调整", Effect.CHANGES, TAKEN_OVER, True
    CANCEL = "cancel", "撤销", Effect.ENDS, TAKEN_OVER, True


class CentralisedChange(ChangeKind):
    """Changes of the list of powers exercised by one team."""

    CENTRALISE = "centralise", "集中行使", Effect.ENTERS, CENTRALISED
    ADJUST = "adjust", "调整", Effect.CHANGES, CENTRALISED, True
    RECALL = "recall", "不再集中", Effect.ENDS, CENTRALISED, True


class PublicClass(ClosedList):
    """Classes of public institutions, as their reform has them."""

    ADMINISTRATIVE = "administrative", "承担行政职能类"
    FIRST = "first", "公益一类"
    SECOND = "second", "公益二类"
    BUSINESS = "business", "从事生产经营活动类"
    OPEN = "open", "未分类"


class PublicChange(ChangeKind):
    """Changes of the list of public institutions."""

    LIST = "list", "登记", Effect.ENTERS, STAFFING
    ADJUST = "adjust", "调整", Effect.CHANGES, STAFFING, True
    CANCEL = "cancel", "撤销", Effect.ENDS, STAFFING, True
