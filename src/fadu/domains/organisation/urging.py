"""督办: an organ is told in writing what it has to see to by when, of a case under way or of its work, and answers.

Law: 政府督查工作条例 (2021), art. 14 (日常督办), art. 18 (what is to be put right is put right, and looked at again).
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import task
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.procedure import BODY_HEAD, SUPERVISOR, Names, Paper, Procedure

ARTICLE = "《政府督查工作条例》第十四条"

letter = Paper(name="urging_letter", label="督办函", series="督办函")


class UrgedFacts(task.TaskFacts):
    """What is urged, and of which case."""

    case_number: Annotated[
        Text,
        Fact("督办的案件号", Audience.PARTIES, indexed=True, hint="本系统内任何一件案件的案号；不是一件案件的不填"),
    ]


pieces = task.task(
    ARTICLE,
    may=("case_number",),
    names=Names(fact="case_number"),
    by=(BODY_HEAD, SUPERVISOR),
    label="发出督办函",
    told=letter,
)

TEXT_2021 = Procedure(
    system="urged_matter",
    version="国务院令733",
    label="督办",
    statute="政府督查工作条例",
    facts=UrgedFacts,
    states=pieces.states,
    steps=pieces.steps,
    parties=pieces.parties,
    clocks=(pieces.term,),
    series="督办",
    title="{responsible}：{matter}",
)
