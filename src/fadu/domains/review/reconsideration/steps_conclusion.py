"""Conclusion: withdrawal, decision, termination, opinion letter, archive; each text adds its articles and gates."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration.steps_intake import CLASSED
from fadu.rules.facts import Audience
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Online, Opens, Step

withdraw = Step(
    name="withdraw",
    label="申请人撤回申请",
    track=s.WITHDRAWAL,
    within=s.OPEN,
    at=(s.NOT_WITHDRAWN,),
    to=s.ASKED_TO_WITHDRAW,
    by=(s.APPLICANT,),
    takes=("withdrawal_reason",),
    online=Online(party=s.APPLICANT),
)
refuse_withdrawal = Step(
    name="refuse_withdrawal",
    label="不准予撤回申请",
    track=s.WITHDRAWAL,
    within=s.OPEN,
    at=(s.ASKED_TO_WITHDRAW,),
    to=s.NOT_WITHDRAWN,
    by=(BODY_HEAD,),
    takes=("no_withdrawal_reason",),
    reason="no_withdrawal_reason",
)
begin_mediation = Step(
    name="begin_mediation",
    label="进行调解",
    track=s.MEDIATION,
    within=s.OPEN,
    at=(s.NOT_MEDIATED,),
    to=s.BEING_MEDIATED,
    by=(CASE_OFFICER,),
    takes=("mediation_consent",),
)
fail_mediation = Step(
    name="fail_mediation",
    label="调解不成或者一方反悔",
    track=s.MEDIATION,
    within=s.OPEN,
    at=(s.BEING_MEDIATED,),
    to=s.NOT_MEDIATED,
    by=(CASE_OFFICER,),
    takes=("mediation_failure",),
)
reject = Step(
    name="reject",
    label="决定驳回申请",
    by=(ORGAN_HEAD,),
    at=(s.ACCEPTED,),
    to=s.REJECTED,
    takes=("rejection_ground", "rejection_reason"),
    issues=(s.rejection,),
    agreed=True,
    reason="rejection_reason",
)
decide = Step(
    name="decide",
    label="作出复议决定",
    by=(ORGAN_HEAD,),
    at=(s.ACCEPTED,),
    to=s.DECIDED,
    takes=("findings", "decision_reasons"),
    may_take=("disposition", "performance_days"),
    outcomes=True,
    issues=(s.decision,),
    agreed=True,
    reason="decision_reasons",
)
mediate = Step(
    name="mediate",
    label="达成调解",
    by=(ORGAN_HEAD,),
    at=(s.ACCEPTED,),
    to=s.MEDIATED,
    takes=("mediation_terms",),
    issues=(s.mediation,),
    agreed=True,
)
terminate = Step(
    name="terminate",
    label="决定终止",
    by=(ORGAN_HEAD,),
    at=s.OPEN,
    to=s.TERMINATED,
    takes=("termination_ground", "termination_reason"),
    issues=(s.termination,),
    agreed=True,
    reason="termination_reason",
)
LETTER = Opens(
    system="opinion_letter",
    step="issue_letter",
    hands={"problem": "opinion_problem", "measures": "opinion_measures"},
    parties={"recipient": "respondent"},
)
issue_opinion_letter = Step(
    name="issue_opinion_letter",
    label="制发行政复议意见书",
    by=(ORGAN_HEAD,),
    at=(s.ACCEPTED, s.SUSPENDED, s.REJECTED, s.DECIDED, s.MEDIATED, s.TERMINATED),
    takes=("opinion_problem", "opinion_measures"),
    agreed=True,
    opens=LETTER,
)
archive = Step(
    name="archive",
    label="结案归档",
    by=(CASE_OFFICER, ARCHIVIST),
    at=s.DONE,
    to=s.ARCHIVED,
    may_take=CLASSED,
    issues=(s.file_list,),
    audience=Audience.INTERNAL,
)
