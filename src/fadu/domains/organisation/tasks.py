"""年度计划任务 and 短板弱项整改: tasks with a term, each given to an organ with those that cooperate.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 6 no. 1 (plan of the year, problems resolved in time).
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import task
from fadu.domains.organisation.books import LAW, MEETING, VERSION
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.procedure import Procedure

PARTIES = Audience.PARTIES


class PlanTaskFacts(task.TaskFacts):
    """A task of the year's plan."""

    plan: Annotated[Text, Fact("所属计划", PARTIES, indexed=True, hint="例：2023年法治政府建设工作计划")]
    measure: Annotated[Text, Fact("对应的纲要措施", PARTIES, hint="实施纲要、实施方案中的哪一项措施")]
    meeting: Annotated[Text, Fact("议定的会议", PARTIES, hint="由会议议定的事项，写明会议")]


class ShortfallFacts(task.TaskFacts):
    """A shortfall found when work was held against the indicators, and what is to be done about it."""

    survey: Annotated[Text, Fact("排查来源", PARTIES, indexed=True, hint="例：示范创建指标体系自查")]
    shortfall: Annotated[Text, Fact("短板弱项", PARTIES, long=True)]


plan_task = task.task(MEETING, "plan", may=("measure", "meeting"))
shortfall = task.task(MEETING, "survey", "shortfall")


def _text(system: str, label: str, facts: type[task.TaskFacts], pieces: task.Task, series: str) -> Procedure:
    return Procedure(
        system=system,
        version=VERSION,
        label=label,
        statute=LAW,
        facts=facts,
        states=pieces.states,
        steps=pieces.steps,
        parties=pieces.parties,
        clocks=(pieces.term,),
        series=series,
        title="{responsible}：{matter}",
    )


PLAN_TASKS = _text("plan_task", "年度计划任务", PlanTaskFacts, plan_task, "计划任")
SHORTFALLS = _text("shortfall", "短板弱项整改", ShortfallFacts, shortfall, "短板")
