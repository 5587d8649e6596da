"""机构改革任务问题整改: what a check of the reform found is a task with a term. Law: 机构编制管理条例, art. 22."""

from __future__ import annotations

from typing import Annotated

from fadu.common import task
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.procedure import Procedure

LAW = "法治政府建设与责任落实督察工作规定"
VERSION = "2019"
ARTICLE = "《地方各级人民政府机构设置和编制管理条例》第二十二条"


class ReformFacts(task.TaskFacts):
    """Which problem of the reform is to be put right."""

    problem: Annotated[Text, Fact("发现的问题", Audience.PARTIES, long=True)]


pieces = task.task(ARTICLE, "problem")

TEXT_2019 = Procedure(
    system="reform_task",
    version=VERSION,
    label="机构改革任务问题整改",
    statute=LAW,
    facts=ReformFacts,
    states=pieces.states,
    steps=pieces.steps,
    parties=pieces.parties,
    clocks=(pieces.term,),
    series="改革任",
    title="{responsible}：{matter}",
)
