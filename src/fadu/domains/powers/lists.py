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
