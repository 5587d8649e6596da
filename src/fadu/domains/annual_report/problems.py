"""年度报告问题整改: what a report named as a shortfall is a task with a term; the next report tells what came of it.

Law: 法治政府建设与责任落实督察工作规定 (2019), art. 24: a report names shortfalls and what is done about them.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import task
from fadu.domains.annual_report import facts as f
from fadu.domains.annual_report import text
from fadu.rules.facts import Fact, Text
from fadu.rules.procedure import Names, Procedure

SYSTEM = "report_problem"


class ProblemFacts(task.TaskFacts):
    """One problem, the report that named it, and its year."""

    report_number: Annotated[Text, Fact("年度报告案号", f.PARTIES, hint="指出这一问题的年度报告")]
    year: Annotated[Text, Fact("报告年度", f.PARTIES, indexed=True, hint="例：2024年度")]
    problem: Annotated[Text, Fact("报告指出的问题", f.PARTIES, long=True)]
    cause: Annotated[Text, Fact("原因", f.PARTIES, long=True)]
    indicator: Annotated[Text, Fact("对应的指标", f.PARTIES, indexed=True, hint="例：行政复议纠错率")]


pieces = task.task(
    f.ARTICLE,
    "report_number",
    "year",
    "problem",
    may=("cause", "indicator"),
    names=Names(fact="report_number", system=text.TEXT_2019.system),
)

TEXT_2019 = Procedure(
    system=SYSTEM,
    version=text.TEXT_2019.version,
    label="年度报告问题整改",
    statute=f.LAW,
    facts=ProblemFacts,
    states=pieces.states,
    steps=pieces.steps,
    parties=pieces.parties,
    clocks=(pieces.term,),
    series="报告问题",
    title="{responsible}：{matter}",
)
