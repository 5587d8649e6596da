"""行政应诉, one case for each instance. Law: 行政诉讼法, its interpretation of 2018, 负责人出庭应诉规定 of 2020.

An instance is a case: it has its own number at its own court, the head's duty to appear arises anew in each
(负责人出庭应诉规定 art. 7), and every report counts by instance. 进入二审 and 进入再审 open the next case and link it.
The text is that of 2020: since 2020-07-01 all the rules it is written under are in force together.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.review.litigation import (
    clocks,
    clocks_after,
    lists,
    people,
    steps_after,
    steps_beside,
    steps_conclusion,
    steps_hearing,
    steps_intake,
    steps_preliminary,
    steps_reach,
)
from fadu.domains.review.litigation import shared as s
from fadu.domains.review.litigation.facts import Claim, LitigationFacts
from fadu.rules.procedure import Items, Procedure

TEXT = Procedure(
    system="litigation",
    version="2020",
    label="行政应诉",
    statute="负责人出庭应诉规定",
    facts=LitigationFacts,
    states=s.STATES,
    steps=(
        *steps_intake.STEPS,
        *steps_preliminary.STEPS,
        *steps_hearing.STEPS,
        *steps_conclusion.STEPS,
        *steps_reach.STEPS,
        *steps_beside.STEPS,
        *steps_after.STEPS,
        *approval.STEPS,
        *standing.AGENTS,
        *standing.STEPS,
    ),
    parties=s.EVERYBODY,
    clocks=(*clocks.CLOCKS, *clocks_after.CLOCKS),
    leads=steps_hearing.LEADS,
    tracks=(s.HEARING, s.PRELIMINARY, s.SUSPENSION, approval.APPROVAL),
    items=Items(
        name="claim",
        label="诉讼请求",
        model=Claim,
        outcome=lists.Outcome,
        weight=tuple(str(code) for code in lists.Outcome),
    ),
    representation=people.REPRESENTATION,
    series="应",
    title="{plaintiff}诉{defendant}{act_name}案",
    scope="每一审级一案；不含行政公益诉讼、非诉执行",
)
