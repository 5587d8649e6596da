"""An application of reconsideration that is handed in elsewhere first: its facts, its requests, its time to apply."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.domains.review import plain_words as plain
from fadu.domains.review.reconsideration import facts as main
from fadu.domains.review.reconsideration import lists_2023 as lists
from fadu.domains.review.reconsideration import shared as parties
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Files, Text
from fadu.rules.procedure import Clock, FactDay, Items, Lapse, LapseEffect, Opens, Period, Step

PARTIES = Audience.PARTIES
LATE = "《行政复议法》第二十条第一款"

ASKED = ("channel", "category", "act_name", "known_on", "immovable", "reasons")
ASKED_TOO = ("act_number", "acted_on", "application_files")


class HandedInFacts(Facts):
    """The application as it was handed in; who takes it in adds channel and subjects."""

    act_name: Annotated[Text, Fact("被申请复议的行政行为", PARTIES, hint=plain.ACT_NAME)]
    act_number: Annotated[Text, Fact("行政行为文号", PARTIES, hint=plain.ACT_NUMBER)]
    acted_on: Annotated[date, Fact("行政行为作出之日", PARTIES, hint=plain.ACTED_ON)]
    known_on: Annotated[date, Fact("申请期限起算日", PARTIES, hint=plain.KNOWN_ON)]
    immovable: Annotated[bool, Fact("因不动产提出", PARTIES, hint="争议的是房屋、土地等的选“是”，其他的选“否”")]
    reasons: Annotated[
        Text, Fact("申请的事实和理由", PARTIES, long=True, hint=f"{plain.REASONS}；口头申请的，当场记录")
    ]
    application_files: Annotated[Files, Fact("申请材料", PARTIES, hint=plain.FILES)]


def requests(outcomes: type[ClosedList] = lists.Outcome) -> Items:
    """The requests, as reconsideration has them."""
    return Items(
        name="request",
        label="复议请求",
        model=main.Request,
        outcome=outcomes,
        weight=tuple(str(code) for code in outcomes),
    )


def becomes_a_case(*more: str) -> Opens:
    """It is received for reconsideration, of the day on which it was handed in; more: what else is told of receipt."""
    return Opens(
        system="reconsideration",
        step="receive_application",
        hands={name: name for name in (*ASKED, *ASKED_TOO, *more)} | {"posted_on": "applied_on"},
        parties={role.name: role.name for role in parties.EVERYBODY},
        items=True,
    )


def time_to_apply(step: Step, article: str = LATE) -> Clock:
    return Clock(
        name="apply",
        label="申请",
        period=Period("行政复议法", "申请"),
        after=FactDay("known_on"),
        until=(step,),
        posted="applied_on",
        bearer=parties.APPLICANT,
        lapse=Lapse(effect=LapseEffect.EXPIRES, sentence="超过申请期限", article=article),
    )
