"""权责清单 as registers: powers, responsibilities, public services, what townships may and must do.

Law: 优化营商环境条例, arts 35 and 40; 行政处罚法, art. 24; 地方组织法, arts 76 and 86.
"""

from __future__ import annotations

from typing import Annotated

from fadu.domains.powers import lists
from fadu.rules.facts import Audience, Fact, Facts, Text
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER
from fadu.rules.registers import ChangeKind, Register

PUBLIC = Audience.PUBLIC
BY = (CASE_OFFICER, BODY_HEAD)
BUSINESS_LAW = "优化营商环境条例"
PENALTY_LAW = "行政处罚法"


class EntryFacts(Facts):
    """What every entry of these lists holds."""

    code: Annotated[Text, Fact("事项编码", PUBLIC)]
    subject: Annotated[Text, Fact("事项名称", PUBLIC)]
    basis: Annotated[Text, Fact("依据", PUBLIC, long=True)]


class PowerFacts(EntryFacts):
    """One power of one department."""

    category: Annotated[lists.Category, Fact("权力类型", PUBLIC, indexed=True)]
    level: Annotated[Text | None, Fact("行使层级", PUBLIC)] = None
    handler: Annotated[Text | None, Fact("承办机构", PUBLIC)] = None


class ResponsibilityFacts(EntryFacts):
    """What a department must do about a power, and who answers for it."""

    power_code: Annotated[Text, Fact("对应的权力事项编码", PUBLIC)]
    accountable: Annotated[Text, Fact("责任岗位", PUBLIC)]
    liability: Annotated[Text, Fact("追责情形", PUBLIC, long=True)]


class ServiceFacts(EntryFacts):
    """One public service."""

    served: Annotated[Text | None, Fact("服务对象", PUBLIC)] = None
    channel: Annotated[Text | None, Fact("办理方式", PUBLIC)] = None


class TownshipPowerFacts(EntryFacts):
    """One power that a township exercises in its own name."""

    category: Annotated[lists.Category, Fact("权力类型", PUBLIC, indexed=True)]
    department: Annotated[Text | None, Fact("原实施部门", PUBLIC)] = None
    decision_number: Annotated[Text | None, Fact("赋权决定文号", PUBLIC)] = None


class TownshipDutyFacts(EntryFacts):
    """One duty of townships, the same for all of them unless it says for which."""

    townships: Annotated[Text | None, Fact("适用的乡镇（街道）", PUBLIC)] = None
    decision_number: Annotated[Text | None, Fact("准入批准文号", PUBLIC)] = None


class JointDutyFacts(EntryFacts):
    """A duty shared by a department and townships: the part of each."""

    department: Annotated[Text, Fact("牵头部门", PUBLIC)]
    department_part: Annotated[Text, Fact("部门职责", PUBLIC, long=True)]
    township_part: Annotated[Text, Fact("乡镇（街道）职责", PUBLIC, long=True)]


def _register(
    name: str,
    label: str,
    model: type[Facts],
    changes: type[ChangeKind],
    law: tuple[str, str] = (BUSINESS_LAW, lists.ITEMS),
) -> Register:
    """A list whose entries are named by their code."""
    statute, article = law
    return Register(
        name=name, label=label, model=model, key="code", changes=changes, by=BY, statute=statute, article=article
    )


DUTY = (BUSINESS_LAW, lists.TOWNSHIP)
POWERS = _register("power_list", "权力清单", PowerFacts, lists.PowerChange)
RESPONSIBILITIES = _register("responsibility_list", "责任清单", ResponsibilityFacts, lists.DutyChange)
SERVICES = _register("service_list", "公共服务事项清单", ServiceFacts, lists.ServiceChange)
TOWNSHIP_POWERS = _register(
    "township_power_list",
    "乡镇（街道）权力清单",
    TownshipPowerFacts,
    lists.TownshipPowerChange,
    (PENALTY_LAW, lists.TAKEN_OVER),
)
TOWNSHIP_DUTIES = _register(
    "township_duty_list", "乡镇（街道）职责事项清单", TownshipDutyFacts, lists.TownshipDutyChange, DUTY
)
JOINT_DUTIES = _register(
    "joint_duty_list",
    "职能部门和乡镇（街道）共同承担事项责任清单",
    JointDutyFacts,
    lists.TownshipDutyChange,
    DUTY,
)
ALL = (POWERS, RESPONSIBILITIES, SERVICES, TOWNSHIP_POWERS, TOWNSHIP_DUTIES, JOINT_DUTIES)
