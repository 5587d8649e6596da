"""向乡镇（街道）交办: a township is given what stands in the list of its duties. Law: 地方组织法, arts 76, 86."""

from __future__ import annotations

from typing import Annotated

from fadu.common import task
from fadu.domains.powers import lists
from fadu.domains.powers.reform import LAW, VERSION
from fadu.rules.facts import Audience, Fact, Text
from fadu.rules.gates import listed
from fadu.rules.procedure import Procedure


class AssignmentFacts(task.TaskFacts):
    """Under which duty of its list the township is given something to do."""

    duty_code: Annotated[Text, Fact("职责事项编码", Audience.PARTIES, indexed=True, hint="职责事项清单中的编码")]
    asked_by: Annotated[Text, Fact("提出交办的部门", Audience.PARTIES)]


in_list = listed(
    "township_duty_list",
    "duty_code",
    "交办的事项不在乡镇（街道）职责事项清单中",
    lists.TOWNSHIP,
    "确需交办的，先办理职责准入或者调整清单。",
)
pieces = task.task(lists.TOWNSHIP, "duty_code", "asked_by", gates=(in_list,))

TEXT_2019 = Procedure(
    system="township_assignment",
    version=VERSION,
    label="向乡镇（街道）交办事项",
    statute=LAW,
    facts=AssignmentFacts,
    states=pieces.states,
    steps=pieces.steps,
    parties=pieces.parties,
    clocks=(pieces.term,),
    series="交办",
    title="{responsible}：{matter}",
)
