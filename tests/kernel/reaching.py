"""Two procedures of which one reaches what the other decided: the small one, and a suit about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Text
from fadu.rules.law import load_library
from fadu.rules.procedure import (
    CASE_OFFICER,
    SYSTEM,
    Consequence,
    Does,
    Done,
    Effect,
    Names,
    Opens,
    Procedure,
    Relation,
    State,
    Step,
    When,
)
from fadu.rules.registry import Registry, Room
from tests.kernel import small


class Ruling(ClosedList):
    REVOKED = "revoked", "撤销"
    REDO = "redo", "撤销并重作"
    KEPT = "kept", "维持"


class SuitFacts(Facts):
    about: Annotated[Text, Fact("所涉案号", Audience.PARTIES)]
    ruling: Annotated[Ruling, Fact("裁判", Audience.PARTIES)]


RUNNING, RULED = State("running", "诉讼中"), State("ruled", "已裁判", final=True)
sue = Step(name="sue", label="被起诉", to=RUNNING, by=(CASE_OFFICER,), parties=(small.APPLICANT,))
name = Step(
    name="name_case", label="登记所涉案件", at=(RUNNING,), by=(CASE_OFFICER,), takes=("about",),
    names=Names(fact="about", system="small", agents=True),
)  # fmt: skip
rule = Step(
    name="enter_ruling", label="登记裁判", at=(RUNNING,), by=(CASE_OFFICER,), takes=("ruling",),
    consequence=Consequence(
        fact="ruling", effects={"revoked": Effect.REVOKED, "redo": Effect.REDO, "kept": None}
    ),
)  # fmt: skip
end = Step(name="end", label="办结", at=(RUNNING,), to=RULED, by=(CASE_OFFICER,))
SUIT = Procedure(
    system="suit", version="2023", label="小诉讼", statute=small.LAW, facts=SuitFacts, states=(RUNNING, RULED),
    parties=(small.APPLICANT,), steps=(sue, name, rule, end, *standing.AGENTS, *standing.STEPS), series="诉",
    representation=small.SMALL.representation and replace(small.SMALL.representation, agents_of=(small.APPLICANT,)),
)  # fmt: skip

again = Step(
    name="again", label="重新立案", by=(SYSTEM,), to=small.ACCEPTED, may_take=("known_on", "story"),
    parties=(small.APPLICANT, small.RESPONDENT), items=True,
)  # fmt: skip
revoked = Step(name="revoked", label="决定被撤销", by=(SYSTEM,), does=Does.HEARS)
redo = Step(
    name="redo", label="责令重作", by=(SYSTEM,), does=Does.HEARS,
    opens=Opens(
        system="small", step="again", hands={"story": "story"}, items=True, relation=Relation.REDO,
        parties={"applicant": "applicant", "respondent": "respondent"},
    ),
)  # fmt: skip
answered = replace(small.publishing, until=(small.publish, revoked))
REACHED = replace(
    small.SMALL,
    steps=(*small.SMALL.steps, again, revoked, redo),
    on=(When(Effect.REVOKED, revoked), When(Effect.REDO, redo)),
    clocks=tuple(
        answered
        if clock.name == "publishing"
        else replace(clock, after=Done((small.accept, small.deemed, again)))
        if clock.name == "trial"
        else clock
        for clock in small.SMALL.clocks
    ),
)


def catalogue() -> Registry:
    folder = Path(__file__).parent
    return Registry(
        [Room(name="reaching", label="两案", folder=folder, procedures=(REACHED, small.FOLLOW, SUIT))], load_library()
    )
