"""行政复议 under the text of 2017, for applications until 2023-12-31. Law: 行政复议法, 实施条例."""

from __future__ import annotations

from typing import Annotated

from fadu.common import approval, standing
from fadu.domains.review import plain_words as plain
from fadu.domains.review.reconsideration import intake_2017 as intake
from fadu.domains.review.reconsideration import lists_2017 as lists
from fadu.domains.review.reconsideration import people, steps_suit, third_party
from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import trial_2017 as main
from fadu.domains.review.reconsideration.clocks_2017 import CLOCKS
from fadu.domains.review.reconsideration.facts import PARTIES, ReconsiderationFacts, Request
from fadu.rules.facts import Fact
from fadu.rules.procedure import Items, Procedure


class Facts2017(ReconsiderationFacts):
    """The facts with the closed lists of this text."""

    category: Annotated[lists.Category, Fact("案件事项", PARTIES, indexed=True, hint=plain.CATEGORY)]
    respondent_kind: Annotated[lists.RespondentKind, Fact("被申请人类型", indexed=True)]
    refusal_ground: Annotated[lists.RefusalGround, Fact("不予受理的情形", PARTIES, indexed=True)]
    rejection_ground: Annotated[lists.RefusalGround, Fact("驳回申请的情形", PARTIES, indexed=True)]
    suspension_ground: Annotated[lists.SuspensionGround, Fact("中止的情形", PARTIES, indexed=True)]
    termination_ground: Annotated[lists.TerminationGround, Fact("终止的情形", PARTIES, indexed=True)]
    stay_ground: Annotated[lists.StayGround, Fact("停止执行的情形", PARTIES)]


TEXT = Procedure(
    system="reconsideration",
    version="2017",
    label="行政复议",
    statute="行政复议法",
    facts=Facts2017,
    states=s.STATES,
    steps=(*intake.STEPS, *main.STEPS, *steps_suit.STEPS, *approval.STEPS, *standing.AGENTS, *standing.STEPS),
    parties=s.EVERYBODY,
    clocks=CLOCKS,
    tracks=(*s.TRACKS, third_party.PARTICIPATION, approval.APPROVAL),
    items=Items(
        name="request",
        label="复议请求",
        model=Request,
        outcome=lists.Outcome,
        weight=tuple(str(code) for code in lists.Outcome),
    ),
    on=(*steps_suit.ON, main.EXAMINED),
    representation=people.REPRESENTATION_2017,
    series="复",
    title="{applicant}不服{respondent}{act_name}案",
    scope="旧法案件",
)
