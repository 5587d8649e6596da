"""行政复议, ordinary and simple procedure under the text of 2023. Law: 行政复议法."""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.domains.review import plain_words as plain
from fadu.domains.review.reconsideration import after_2023 as after
from fadu.domains.review.reconsideration import intake_2023 as intake
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import people, steps_suit, third_party
from fadu.domains.review.reconsideration import rights_2023 as rights
from fadu.domains.review.reconsideration import route_2023 as route
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import superior_2023 as superior
from fadu.domains.review.reconsideration import trial_2023 as main
from fadu.domains.review.reconsideration.clocks_2023 import CLOCKS
from fadu.domains.review.reconsideration.facts import PARTIES, Request
from fadu.rules.facts import Fact
from fadu.rules.procedure import Items, Procedure


class Facts2023(after.AfterFacts):
    """The facts with the closed lists of this text."""

    category: Annotated[lists.Category, Fact("案件事项", PARTIES, indexed=True, hint=plain.CATEGORY)]
    respondent_kind: Annotated[lists.RespondentKind, Fact("被申请人类型", indexed=True)]
    refusal_ground: Annotated[lists.RefusalGround, Fact("不予受理的情形", PARTIES, indexed=True)]
    rejection_ground: Annotated[lists.RefusalGround, Fact("驳回申请的情形", PARTIES, indexed=True)]
    simple_ground: Annotated[lists.SimpleGround, Fact("适用简易程序的情形", PARTIES, indexed=True)]
    suspension_ground: Annotated[lists.SuspensionGround, Fact("中止的情形", PARTIES, indexed=True)]
    termination_ground: Annotated[lists.TerminationGround, Fact("终止的情形", PARTIES, indexed=True)]
    stay_ground: Annotated[lists.StayGround, Fact("停止执行的情形", PARTIES)]


TEXT = Procedure(
    system="reconsideration",
    version="2023",
    label="行政复议",
    statute="行政复议法",
    facts=Facts2023,
    states=(*s.STATES, superior.TRANSFERRED),
    steps=(
        *(*intake.STEPS, *route.STEPS, *main.STEPS, *rights.STEPS, *superior.STEPS, *after.STEPS, *steps_suit.STEPS),
        *(*approval.STEPS, *standing.AGENTS, *standing.STEPS, standing.publish, standing.retract),
    ),
    parties=(*s.EVERYBODY, after.SUPERIOR, after.OTHER, superior.HIGHER),
    clocks=CLOCKS,
    leads=(main.hearing_lead,),
    tracks=(*s.TRACKS, third_party.PARTICIPATION, s.ROUTE, rights.READING, approval.APPROVAL),
    items=Items(
        name="request",
        label="复议请求",
        model=Request,
        outcome=lists.Outcome,
        weight=tuple(str(code) for code in lists.Outcome),
    ),
    on=(*steps_suit.ON, main.EXAMINED),
    representation=people.REPRESENTATION,
    series="复",
    title="{applicant}不服{respondent}{act_name}案",
    scope="普通程序、简易程序",
)
