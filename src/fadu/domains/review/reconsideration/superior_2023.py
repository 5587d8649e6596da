"""What the organ above does in a case under the text of 2023: it orders a wrong set right, or takes the case."""

from __future__ import annotations

from typing import Annotated

from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration.facts import PARTIES
from fadu.domains.review.reconsideration.rights_2023 import RightsFacts
from fadu.rules.facts import Fact, Text
from fadu.rules.gates import done
from fadu.rules.procedure import CASE_OFFICER, PartyRole, State, Step

RIGHT_TO_ACCEPTANCE = "《行政复议法》第三十五条"
RESUME = "《行政复议法》第四十条"
HIGHER = PartyRole("superior_organ", "上级行政机关", by_office=True)
TRANSFERRED = State("transferred", "由上级审理")


class SuperiorFacts(RightsFacts):
    """What the organ above says, and by which paper we know of it."""

    order_paper: Annotated[Text, Fact("上级机关的文书", PARTIES, hint="名称和文号")]
    order_content: Annotated[Text, Fact("上级机关的要求", PARTIES, long=True)]


def _ordered(name: str, label: str, at: tuple[State, ...], to: State | None, article: str) -> Step:
    return Step(
        name=name,
        label=label,
        by=(HIGHER,),
        at=at,
        to=to,
        takes=("order_paper", "order_content"),
        told_by="order_paper",
        article=article,
    )


order_acceptance = _ordered(
    "order_acceptance", "上级责令受理", (s.REFUSED, s.REJECTED), s.ACCEPTED, RIGHT_TO_ACCEPTANCE
)
order_decision = _ordered("order_decision", "上级责令及时作出决定", s.OPEN, None, RIGHT_TO_ACCEPTANCE)
order_resumption = _ordered("order_resumption", "上级责令恢复审理", (s.SUSPENDED,), s.ACCEPTED, RESUME)
take_over = _ordered("take_over", "上级决定审理本案", s.OPEN, TRANSFERRED, "《行政复议法》第三十八条")
tell_resumption = Step(
    name="tell_resumption",
    label="告知当事人恢复审理",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    takes=("resumption_reason",),
    gates=(done(order_resumption, "上级没有责令恢复审理", RESUME, "自行恢复的，请办理“恢复审理”。"),),
    issues=(s.resumption_notice,),
    article="《行政复议法》第三十九条第三款",
)

STEPS = (order_acceptance, order_decision, order_resumption, take_over, tell_resumption)
