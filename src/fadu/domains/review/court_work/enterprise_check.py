"""涉企专项检查: a task to check how decisions and judgments that concern enterprises were performed, with its numbers.

Law: 行政诉讼法 art. 94, 行政复议法 (2023) art. 77. The task with its term is that of fadu.common.task.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import task
from fadu.rules.facts import Audience, Count, Fact
from fadu.rules.procedure import Procedure, Step

PARTIES = Audience.PARTIES
ARTICLE = "《行政诉讼法》第九十四条"


class EnterpriseCheckFacts(task.TaskFacts):
    """How many were checked, not performed, set right."""

    checked: Annotated[Count, Fact("检查涉企案件数", PARTIES, indexed=True)]
    not_performed: Annotated[Count, Fact("发现没有履行的案件数", PARTIES, indexed=True)]
    urged: Annotated[Count, Fact("督促履行的案件数", PARTIES, indexed=True)]


PIECES = task.task(ARTICLE)
tell = Step(
    name="record_check",
    label="登记检查数据",
    by=(task.RESPONSIBLE,),
    at=(task.ASSIGNED, task.REPORTED),
    takes=("checked", "not_performed", "urged"),
    article=ARTICLE,
)

TEXT = Procedure(
    system="enterprise_check",
    version="2017",
    label="涉企案件履行专项检查",
    statute="行政诉讼法",
    facts=EnterpriseCheckFacts,
    states=PIECES.states,
    steps=(*PIECES.steps, tell),
    parties=PIECES.parties,
    clocks=(PIECES.term,),
    series="涉检",
    title="{responsible}：{matter}",
)
