"""The small procedure, in which a public decision may fall and is then to be retracted."""

from __future__ import annotations

from dataclasses import replace

from fadu.common import standing
from fadu.rules.procedure import CASE_OFFICER, ORGAN_HEAD, Clock, Lapse, LapseEffect, Overturned, Period, Step
from fadu.rules.registry import Registry
from tests.kernel import reaching, small

annul = Step(name="annul", label="决定被确认无效", at=(small.DECIDED,), by=(ORGAN_HEAD,))
owed = Clock(
    name="retraction", label="撤回公开", period=Period("行政处罚法", "撤回公开"), until=(standing.retract,),
    after=Overturned(small.decision, (annul, reaching.revoked)), per=small.decision, bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未撤回", article="第四十八条"),
)  # fmt: skip


def catalogue(*clocks: Clock, steps: tuple[Step, ...] = ()) -> Registry:
    """With further clocks and steps, and the suit by which a decision may fall too."""
    first = reaching.REACHED
    text = replace(first, steps=(*first.steps, annul, standing.retract, *steps), clocks=(*first.clocks, owed, *clocks))
    return Registry([replace(small.ROOM, procedures=(text, small.FOLLOW, reaching.SUIT))], small.catalogue().library)
