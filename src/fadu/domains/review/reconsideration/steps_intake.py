"""Application, correction, acceptance: steps that both texts know; each text adds its articles and gates."""

from __future__ import annotations

from fadu.common import receipt
from fadu.domains.review.reconsideration import shared as s
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, SYSTEM, Online, Pause, PauseKind, Receipt, Step

CLASSED = ("respondent_kind", "field")
"""What the returns ask for; it may be told at the beginning, and until the file is closed."""

receive = Step(
    name="receive_application",
    label="收到复议申请",
    by=(CASE_OFFICER,),
    to=s.RECEIVED,
    takes=("channel", "category", "act_name", "known_on", "reasons"),
    may_take=(
        *("act_number", *CLASSED, "acted_on", "reconsideration_first", "posted_on", "application_files"),
        *receipt.TOLD_BY,
    ),
    parties=s.EVERYBODY,
    items=True,
    receipt=Receipt("行政复议法", "复议申请"),
    online=Online(
        party=s.APPLICANT,
        label="申请行政复议",
        needs=(s.RESPONDENT,),
        without=(*CLASSED, "reconsideration_first", "posted_on"),
    ),
)
ask_correction = Step(
    name="ask_correction",
    label="通知补正",
    by=(CASE_OFFICER,),
    at=(s.RECEIVED,),
    to=s.CORRECTING,
    takes=("correction_matters",),
    issues=(s.correction_notice,),
)
receive_correction = Step(
    name="receive_correction",
    label="收到补正材料",
    by=(s.APPLICANT,),
    at=(s.CORRECTING,),
    to=s.RECEIVED,
    may_take=("correction_posted_on", "act_name", "act_number", "acted_on", "known_on", "reasons", "correction_files"),
    parties=s.EVERYBODY,
    online=Online(party=s.APPLICANT, label="提交补正材料", without=("correction_posted_on",)),
)
waive = Step(
    name="waive",
    label="认定视为放弃申请",
    by=(BODY_HEAD,),
    at=(s.CORRECTING,),
    to=s.WAIVED,
    takes=("waive_reason",),
    reason="waive_reason",
)
withdraw_early = Step(
    name="withdraw_early",
    label="受理前撤回申请",
    by=(s.APPLICANT,),
    at=(s.RECEIVED, s.CORRECTING),
    to=s.WITHDRAWN,
    may_take=("withdrawal_reason",),
    online=Online(party=s.APPLICANT),
)
handle_otherwise = Step(
    name="handle_otherwise",
    label="以其他方式处理",
    by=(BODY_HEAD,),
    at=(s.RECEIVED,),
    to=s.OTHERWISE,
    takes=("other_way", "other_way_reason"),
    may_take=("competent_organ",),
    issues=(s.otherwise_notice,),
    reason="other_way_reason",
)
excuse_delay = Step(
    name="excuse_delay",
    label="认定耽误申请期限有正当理由",
    by=(BODY_HEAD,),
    at=(s.RECEIVED,),
    takes=("obstacle_from", "obstacle_until", "excuse_reason"),
    reason="excuse_reason",
)


def delayed(excuse: Step, article: str) -> Pause:
    """What delayed the applicant does not count; the time to apply goes on from the day on which it was gone."""
    days = ("obstacle_from", "obstacle_until")
    return Pause(begin=excuse, end=(), kind=PauseKind.EXCLUDED, article=article, lasted=days)


accept = Step(
    name="accept",
    label="受理",
    by=(CASE_OFFICER,),
    at=(s.RECEIVED,),
    to=s.ACCEPTED,
    issues=(s.acceptance_notice,),
)
accept_deemed = Step(name="accept_deemed", label="视为受理", by=(SYSTEM,), at=(s.RECEIVED,), to=s.ACCEPTED)
notify_acceptance = Step(
    name="notify_acceptance",
    label="补发受理通知书",
    by=(CASE_OFFICER,),
    at=(*s.OPEN, s.REJECTED, s.DECIDED, s.MEDIATED, s.TERMINATED),
    issues=(s.acceptance_notice,),
)
refuse = Step(
    name="refuse",
    label="决定不予受理",
    by=(ORGAN_HEAD,),
    at=(s.RECEIVED,),
    to=s.REFUSED,
    takes=("refusal_ground", "refusal_reason"),
    may_take=("competent_organ",),
    issues=(s.refusal,),
    agreed=True,
    reason="refusal_reason",
)
