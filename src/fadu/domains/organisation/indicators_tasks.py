"""What is counted about yearly statements, the year's plan and shortfalls: asked, done, in time, urged."""

from __future__ import annotations

from fadu.common.task import Task
from fadu.domains.organisation import statement, tasks
from fadu.rules.indicators import Count, DayOf, Did, Indicator, Kept, Not, Rate, Unit

ASKED = DayOf((statement.ask,))
NOT_CANCELLED = Not(Did((statement.cancel,)))
statements_asked = Count(
    name="yearly_statement_asked",
    label="应当述法人数",
    system="yearly_statement",
    day=ASKED,
    where=(NOT_CANCELLED,),
    unit=Unit.PERSONS,
    definition="本期内通知述法的主要负责人人数，按通知之日计入；取消的不计。",
)
statements_made = Count(
    name="yearly_statement_submitted",
    label="已经述法人数",
    system="yearly_statement",
    day=ASKED,
    where=(NOT_CANCELLED, Did((statement.submit,))),
    unit=Unit.PERSONS,
    definition="本期内通知述法且已提交述法报告的主要负责人人数，按通知之日计入；取消的不计。",
)
statements_in_time = Count(
    name="yearly_statement_in_time",
    label="按期述法人数",
    system="yearly_statement",
    day=ASKED,
    where=(NOT_CANCELLED, Did((statement.submit,)), Kept(statement.term)),
    unit=Unit.PERSONS,
    definition="本期内通知述法且在通知所定期限内提交述法报告的主要负责人人数，按通知之日计入；取消的不计。",
)
statement_rate = Rate(
    name="yearly_statement_rate",
    label="述法率",
    numerator=statements_made,
    denominator=statements_asked,
    definition="分子为本期通知且已经述法的人数，分母为本期通知述法的人数，均按通知之日计入。",
)
STATEMENTS = (statements_asked, statements_made, statements_in_time, statement_rate)


def _not_cancelled(pieces: Task) -> Not:
    return Not(Did(tuple(step for step in pieces.steps if step.name == "cancel_task")))


def _counts(system: str, pieces: Task, what: str) -> tuple[Count, Count, Count, Count]:
    """Assigned; of those completed, reported in time, urged: all by the day of assignment, so that shares add up."""
    day, kept = DayOf((pieces.assign,)), _not_cancelled(pieces)
    said = f"本期内交办的{what}件数，按交办之日计入；取消的不计"
    assigned = Count(
        name=f"{system}_assigned",
        label=f"{what}数",
        system=system,
        day=day,
        where=(kept,),
        unit=Unit.ENTRIES,
        definition=f"{said}。",
    )
    completed = Count(
        name=f"{system}_completed",
        label=f"已完成的{what}数",
        system=system,
        day=day,
        where=(kept, Did((pieces.verify,))),
        unit=Unit.ENTRIES,
        definition=f"{said}，只计已经验收通过的。",
    )
    in_time = Count(
        name=f"{system}_in_time",
        label=f"按期报送完成情况的{what}数",
        system=system,
        day=day,
        where=(kept, Did((pieces.report,)), Kept(pieces.term)),
        unit=Unit.ENTRIES,
        definition=f"{said}，只计在任务期限内报送完成情况的，退回后按退回时所定的期限计算。",
    )
    urged = Count(
        name=f"{system}_urged",
        label=f"督办的{what}数",
        system=system,
        day=day,
        where=(kept, Did((pieces.urge,))),
        unit=Unit.ENTRIES,
        definition=f"{said}，只计逾期后制发过督办通知书的，同一任务督办几次只计一项。",
    )
    return assigned, completed, in_time, urged


def _rate(system: str, what: str, completed: Count, assigned: Count) -> Rate:
    return Rate(
        name=f"{system}_completed_rate",
        label=f"{what}完成率",
        numerator=completed,
        denominator=assigned,
        definition=f"分子为本期交办并已验收通过的{what}数，分母为本期交办的{what}数，取消的都不计，均按交办之日计入。",
    )


def _all(system: str, pieces: Task, what: str) -> tuple[Indicator, ...]:
    assigned, completed, in_time, urged = _counts(system, pieces, what)
    return (assigned, completed, in_time, urged, _rate(system, what, completed, assigned))


ALL = (
    *STATEMENTS,
    *_all("plan_task", tasks.plan_task, "年度计划任务"),
    *_all("shortfall", tasks.shortfall, "短板弱项整改任务"),
)
