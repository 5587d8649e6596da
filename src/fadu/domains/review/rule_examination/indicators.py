"""What is counted about 附带审查."""

from __future__ import annotations

from fadu.domains.review.rule_examination import steps
from fadu.rules.indicators import Condition, Count, Day, DayOf, Did, Indicator, Opened

CONCLUDE = DayOf((steps.find_lawful, steps.stop_clauses, steps.receive_reply))


def _count(name: str, label: str, day: Day, definition: str, *where: Condition) -> Count:
    return Count(
        name=f"rule_examination_{name}",
        label=label,
        system="rule_examination",
        day=day,
        where=where,
        definition=f"本期内{definition}。",
    )


opened = _count("opened", "规范性文件附带审查数", Opened(), "启动的附带审查件数，按启动之日计入")
concluded = _count(
    "concluded", "附带审查办结数", CONCLUDE, "有了处理结论的附带审查件数，按作出结论或者收到处理意见之日计入"
)
stopped = _count(
    "stopped",
    "停止执行相关条款数",
    DayOf((steps.stop_clauses,)),
    "决定停止执行相关条款并责令纠正的附带审查件数，按决定之日计入",
)
transferred = _count(
    "transferred",
    "附带审查转送处理数",
    CONCLUDE,
    "由有权机关回复处理意见的附带审查件数，按收到处理意见之日计入",
    Did((steps.receive_reply,)),
)

ALL: tuple[Indicator, ...] = (opened, concluded, stopped, transferred)
