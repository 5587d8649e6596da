"""行政赔偿: an application to the organ that is bound to compensate, its decision. Law: 国家赔偿法 (2012).

Not covered: 刑事赔偿, claims made in a suit or in reconsideration (they are decided there), several bound organs.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.review.compensation import shared as s
from fadu.domains.review.compensation.clocks import CLOCKS
from fadu.domains.review.compensation.steps import STEPS
from fadu.rules.procedure import Items, Procedure

TEXT = Procedure(
    system="compensation",
    version="2012",
    label="行政赔偿",
    statute="国家赔偿法",
    facts=s.CompensationFacts,
    states=(s.RECEIVED, s.CORRECTING, s.DECIDED, s.ARCHIVED),
    steps=(*STEPS, *approval.STEPS, *standing.STEPS),
    parties=(s.CLAIMANT, s.FINANCE),
    clocks=CLOCKS,
    tracks=(approval.APPROVAL,),
    items=Items(
        name="demand",
        label="赔偿请求",
        model=s.Demand,
        outcome=s.Outcome,
        weight=tuple(str(code) for code in s.Outcome),
    ),
    series="赔",
    title="{claimant}就{act_name}请求行政赔偿案",
)
