"""规范性文件制定, the whole. Law: 优化营商环境条例 (2020), 地方组织法 art. 75, 公平竞争审查条例.

From the plan to promulgation; what follows is in_force.py. Not covered: 规章, 地方性法规, joint documents, hearings.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.lawmaking.making import (
    clocks,
    comments,
    steps_competition,
    steps_decision,
    steps_drafting,
    steps_review,
)
from fadu.domains.lawmaking.making import shared as s
from fadu.domains.lawmaking.making.facts import MakingFacts
from fadu.rules.procedure import Procedure

TEXT = Procedure(
    system="document_making",
    version="国务院令722",
    label="规范性文件制定",
    statute=s.LAW,
    facts=MakingFacts,
    states=s.STATES,
    steps=(
        *steps_drafting.STEPS,
        comments.collect,
        *steps_competition.STEPS,
        *steps_review.STEPS,
        *steps_decision.STEPS,
        standing.publish,
        *approval.STEPS,
        *standing.STEPS,
    ),
    parties=(s.DRAFTER,),
    items=comments.COMMENTS,
    clocks=clocks.CLOCKS,
    tracks=(s.COMMENTS, s.EVALUATION, s.COMPETITION, approval.APPROVAL),
    series="规制",
    title="{subject}",
)
