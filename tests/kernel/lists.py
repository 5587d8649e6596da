"""A register that uses every word, for tests of the kernel that must not depend on a room: 执法事项清单."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fadu.rules.facts import ClosedList, Count, Fact, Facts, Files, Text
from fadu.rules.law import load_library
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER
from fadu.rules.registers import ChangeKind, Effect, Register
from fadu.rules.registry import Registry
from tests.kernel import small


class Risk(ClosedList):
    LOW = "low", "低"
    HIGH = "high", "高"


class PowerFacts(Facts):
    code: Annotated[Text, Fact("事项编码")]
    subject: Annotated[Text, Fact("事项名称")]
    risk: Annotated[Risk, Fact("风险等级", indexed=True)]
    reviewed_on: Annotated[date | None, Fact("审核日期", indexed=True)] = None
    inspections: Annotated[Count | None, Fact("每年检查次数", indexed=True)] = None
    files: Annotated[Files | None, Fact("依据文件")] = None


class PowerChange(ChangeKind):
    ADD = "add", "新增", Effect.ENTERS, "第一条"
    TAKE_OVER = "take_over", "承接", Effect.ENTERS, "第二条", True
    ADJUST = "adjust", "调整", Effect.CHANGES, "第三条", True
    HAND_DOWN = "hand_down", "下放", Effect.ENDS, "第四条", True
    CANCEL = "cancel", "取消", Effect.ENDS, "第五条"


POWERS = Register(
    name="power", label="执法事项清单", model=PowerFacts, key="code", changes=PowerChange, by=(CASE_OFFICER, BODY_HEAD),
    statute="行政复议法", article="第四条",
)  # fmt: skip
ROOM = replace(small.ROOM, registers=(POWERS,))


def catalogue() -> Registry:
    return Registry([ROOM], load_library())
