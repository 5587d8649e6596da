"""What is known of a delegation of powers, each power in it, and how it changes the lists of both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fadu.common import approval
from fadu.domains.powers import lists
from fadu.domains.powers.registers import POWERS, TOWNSHIP_POWERS
from fadu.rules.facts import Audience, ClosedList, Count, Fact, Facts, Text
from fadu.rules.procedure import ChangesRegister, Gate, Items, NumberOf, PartyRole, Source

PARTIES = Audience.PARTIES
PUBLIC = Audience.PUBLIC


class DelegationFacts(approval.ApprovalFacts):
    """What is handed down and why, whether it can be taken over, what came of it."""

    subject: Annotated[Text, Fact("下放方案", PUBLIC, indexed=True)]
    basis: Annotated[Text, Fact("下放依据", PUBLIC, long=True)]
    powers: Annotated[Count, Fact("行政权力项数", PUBLIC, indexed=True)]
    penalty_powers: Annotated[Count, Fact("其中行政处罚权项数", PUBLIC, indexed=True)]
    capacity: Annotated[Text, Fact("承接能力评估意见", PARTIES, long=True)]
    decision_content: Annotated[Text, Fact("决定内容", PUBLIC, long=True)]
    effective_on: Annotated[date, Fact("实施日期", PUBLIC)]
    take_over_days: Annotated[Count, Fact("承接期限（日）", PARTIES)]
    preparation: Annotated[Text, Fact("承接准备情况", PARTIES, long=True)]
    evaluation: Annotated[Text, Fact("定期评估意见", PARTIES, long=True)]
    refuse_reason: Annotated[Text, Fact("不予下放的理由", PARTIES, long=True)]
    recall_reason: Annotated[Text, Fact("收回的理由", PUBLIC, long=True)]


class DelegatedPower(Facts):
    """One power that is handed down, as both lists name it."""

    code: Annotated[Text, Fact("事项编码", PUBLIC)]
    power: Annotated[Text, Fact("事项名称", PUBLIC)]
    power_basis: Annotated[Text, Fact("法律依据", PUBLIC, long=True)]
    category: Annotated[lists.Category, Fact("权力类型", PUBLIC)]


class Handing(ClosedList):
    """What is decided on a power."""

    DELEGATE = "delegate", "下放"
    KEEP = "keep", "不予下放"


DEPARTMENT = PartyRole("department", "下放部门", organ=True, many=True)
TOWNSHIP = PartyRole("township", "承接单位", organ=True, many=True)
POWERS_HANDED = Items(
    name="delegated_power",
    label="下放的权力",
    model=DelegatedPower,
    outcome=Handing,
    weight=("delegate", "keep"),
)

WHICH: Mapping[str, Source] = {"code": "code"}
WHOLE: Mapping[str, Source] = {**WHICH, "subject": "power", "basis": "power_basis", "category": "category"}
HANDED = ("delegate",)

down = (
    ChangesRegister(
        register=POWERS,
        change=lists.PowerChange.DELEGATE,
        values=WHICH,
        each=HANDED,
        keeper=DEPARTMENT.name,
        since="effective_on",
        reason="decision_content",
        if_listed=True,
    ),
    ChangesRegister(
        register=TOWNSHIP_POWERS,
        change=lists.TownshipPowerChange.TAKE_OVER,
        values={**WHOLE, "decision_number": NumberOf("delegation_decision")},
        each=HANDED,
        keeper=TOWNSHIP.name,
        since="effective_on",
    ),
)
back = (
    ChangesRegister(
        register=TOWNSHIP_POWERS,
        change=lists.TownshipPowerChange.RECALL,
        values=WHICH,
        each=HANDED,
        keeper=TOWNSHIP.name,
        reason="recall_reason",
        if_listed=True,
    ),
    ChangesRegister(
        register=POWERS, change=lists.PowerChange.TAKE_OVER, values=WHOLE, each=HANDED, keeper=DEPARTMENT.name
    ),
)

all_took_over = Gate(
    name="all_took_over",
    sentence="还有承接单位没有承接",
    article=lists.TAKEN_OVER,
    todo="请各承接单位分别办理“承接”。",
    reads=("clock:take_over",),
    holds=lambda view: view.started("take_over") and not view.runs("take_over") and not view.over("take_over"),
)
