"""What is counted about 案前调解."""

from __future__ import annotations

from fadu.domains.review import pre_mediation as system
from fadu.rules.indicators import Count, DayOf, Did, Indicator, Opened, Rate

ENDED = DayOf((system.agree, system.withdraw, system.fail))


def _ended(name: str, label: str, definition: str, *where: Did) -> Count:
    return Count(
        name=name, label=label, system="pre_mediation", day=ENDED, where=where, definition=f"本期内{definition}。"
    )


received = Count(
    name="pre_mediation_received",
    label="案前调解数",
    system="pre_mediation",
    day=Opened(),
    definition="本期内经申请人同意在受理前先行调解的件数，按收到申请之日计入，无论结果如何。",
)
ended = _ended("pre_mediation_ended", "案前调解结束数", "结束的案前调解件数，按达成协议、撤回或者调解不成之日计入")
settled = _ended(
    "pre_mediation_settled",
    "案前调解成功数",
    "结束的案前调解中达成协议或者申请人撤回申请的件数，按达成协议或者撤回之日计入",
    Did((system.agree, system.withdraw)),
)
rate = Rate(
    name="pre_mediation_rate",
    label="案前调解成功率",
    numerator=settled,
    denominator=ended,
    definition="分子为本期达成协议或者撤回申请的案前调解件数，分母为本期结束的案前调解件数，均按结束之日计入。",
)

ALL: tuple[Indicator, ...] = (received, ended, settled, rate)
