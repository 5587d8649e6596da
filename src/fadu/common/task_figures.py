"""What is counted of tasks 限期任务: assigned, completed, reported in time, urged, by the day of assignment."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.common.task import Task
from fadu.rules.indicators import DayOf, Did, Indicator, Kept, Not, Unit


def figures(system: str, pieces: Task, what: str, done: str = "已完成") -> tuple[Indicator, ...]:
    """All by the day of assignment, so that shares add up. what: what the tasks are called; done: when verified."""
    counted = Figures(
        system=system,
        day=DayOf((pieces.assign,)),
        said="按交办之日计入",
        where=(Not(Did((pieces.cancel,))),),
        left_out="取消的不计",
    )
    assigned = counted.count(f"{system}_assigned", f"{what}数", f"交办的{what}件数", unit=Unit.ENTRIES)
    completed = counted.count(
        f"{system}_completed",
        f"{done}的{what}数",
        f"交办并已经验收通过的{what}件数",
        Did((pieces.verify,)),
        unit=Unit.ENTRIES,
    )
    in_time = counted.count(
        f"{system}_in_time",
        f"按期报送完成情况的{what}数",
        f"交办并在任务期限内报送完成情况的{what}件数",
        Did((pieces.report,)),
        Kept(pieces.term),
        unit=Unit.ENTRIES,
        left_out="退回的按退回时所定的期限计算；取消的不计",
    )
    urged = counted.count(
        f"{system}_urged",
        f"督办的{what}数",
        f"交办并在逾期后制发过督办通知书的{what}件数",
        Did((pieces.urge,)),
        unit=Unit.ENTRIES,
        left_out="同一任务督办几次只计一项；取消的不计",
    )
    rate = counted.rate(f"{system}_completed_rate", f"{what}完成率", completed, assigned)
    return (assigned, completed, in_time, urged, rate)
