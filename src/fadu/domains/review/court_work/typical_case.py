"""典型案例通报: a case is told to organs with what went wrong; each sets it right in the term of the bulletin.

Law: 行政诉讼法 art. 3; that cases are told so is local practice. The task is that of fadu.common.task.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import task
from fadu.rules.facts import Audience, ClosedList, Fact, Text
from fadu.rules.indicators import Count, DayOf, Indicator, Opened, Unit
from fadu.rules.procedure import Procedure

PARTIES = Audience.PARTIES
ARTICLE = "《行政诉讼法》第三条"
SYSTEM = "typical_case"


class Source(ClosedList):
    """Who tells the case."""

    COURT = "court", "人民法院"
    BUREAU = "bureau", "司法行政部门"
    OTHER = "other", "其他机关"


class TypicalCaseFacts(task.TaskFacts):
    """The case, where the enforcement went wrong, what is advised."""

    source: Annotated[Source, Fact("通报来源", PARTIES, indexed=True)]
    court_number: Annotated[Text, Fact("案号", PARTIES, hint="复议案件为复议决定书文号")]
    problem: Annotated[Text, Fact("执法中的问题", PARTIES, long=True)]
    suggestion: Annotated[Text, Fact("整改建议", PARTIES, long=True)]


PIECES = task.task(
    ARTICLE,
    "source",
    "court_number",
    "problem",
    "suggestion",
    label="通报典型案例",
    told=replace(task.notice, template="typical_case_notice", label="典型案例通报"),
)

TEXT = Procedure(
    system=SYSTEM,
    version="2017",
    label="行政审判典型案例通报",
    statute="行政诉讼法",
    facts=TypicalCaseFacts,
    states=PIECES.states,
    steps=PIECES.steps,
    parties=PIECES.parties,
    clocks=(PIECES.term,),
    series="典案",
    title="{responsible}：{matter}",
)

ALL: tuple[Indicator, ...] = (
    Count(
        name="typical_cases",
        label="通报行政审判典型案例次数",
        system=SYSTEM,
        day=Opened(),
        unit=Unit.TIMES,
        definition="本期内通报典型案例的次数，通报给几个单位的，每个单位计一次，按通报之日计入。",
    ),
    Count(
        name="typical_cases_rectified",
        label="典型案例整改完成数",
        system=SYSTEM,
        day=DayOf((PIECES.verify,)),
        unit=Unit.TIMES,
        definition="本期内整改验收通过的典型案例通报次数，按验收之日计入。",
    ),
)
