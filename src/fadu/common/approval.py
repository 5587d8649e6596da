"""呈批: a paper is drafted with its step, reviewed by a second person, and signed by performing the step.

拟稿 → 审核 → 签发 → 用印. 编号 happens when the signer performs the step, 送达 and 归档 are steps of their own; a
paper that was signed is served after it was stamped. Who signs is the step's `by`, which the register `signing`
may move to another role for a time.
"""

from __future__ import annotations

from typing import Annotated

from fadu.rules.facts import Audience, Fact, Facts, Text
from fadu.rules.gates import another_person
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, REVIEWER, STAMP_KEEPER, State, Step, Track


class ApprovalFacts(Facts):
    """What reviewers write; inherited by a procedure's facts."""

    review_opinion: Annotated[Text, Fact("审核意见", Audience.INTERNAL, long=True)]
    return_reason: Annotated[Text, Fact("退回理由", Audience.INTERNAL, long=True)]


IDLE = State("idle", "未呈批")
DRAFTED = State("drafted", "待审核")
REVIEWED = State("reviewed", "待签发")
RETURNED = State("returned", "已退回修改")
SIGNED = State("signed", "待用印")

APPROVAL = Track(name="approval", label="呈批", initial=IDLE, per_step=True, agreed=REVIEWED, signed=SIGNED)

draft = Step(
    name="draft_paper",
    label="拟稿呈批",
    track=APPROVAL,
    at=(IDLE, RETURNED),
    to=DRAFTED,
    by=(CASE_OFFICER,),
    carries=True,
    audience=Audience.INTERNAL,
)
review = Step(
    name="review_paper",
    label="审核同意",
    track=APPROVAL,
    at=(DRAFTED,),
    to=REVIEWED,
    by=(REVIEWER,),
    may_take=("review_opinion",),
    gates=(another_person(draft, "拟稿人不能审核自己拟的稿"),),
    audience=Audience.INTERNAL,
)
return_paper = Step(
    name="return_paper",
    label="退回修改",
    track=APPROVAL,
    at=(DRAFTED, REVIEWED),
    to=RETURNED,
    by=(REVIEWER, BODY_HEAD, ORGAN_HEAD),
    takes=("return_reason",),
    reason="return_reason",
    audience=Audience.INTERNAL,
)

stamp = Step(
    name="stamp_paper",
    label="用印",
    track=APPROVAL,
    at=(SIGNED,),
    to=IDLE,
    by=(STAMP_KEEPER,),
    audience=Audience.INTERNAL,
)

STEPS = (draft, review, return_paper, stamp)
