"""Conclusion: withdrawal, decision, termination, opinion letter, archive; each text adds its articles and gates."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration.steps_intake import CLASSED
from fadu.rules.facts import Audience
from fadu.rules.procedure import ARCHIVIST, CASE_OFFICER, ORGAN_HEAD, Opens, Step

withdraw = Step(
    name="withdraw",
    label="申请人撤回申请",
    by=(s.APPLICANT,),
    at=s.OPEN,
    takes=("withdrawal_reason",),
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
issue_opinion_letter = Step(
    name="issue_opinion_letter",
    label="制发行政复议意见书",
    by=(ORGAN_HEAD,),
    at=(s.ACCEPTED, s.SUSPENDED, s.REJECTED, s.DECIDED, s.MEDIATED, s.TERMINATED),
    takes=("opinion_problem", "opinion_measures"),
    agreed=True,
    opens=Opens(
        system="opinion_letter",
        step="issue_letter",
        hands={"problem": "opinion_problem", "measures": "opinion_measures"},
        parties={"recipient": "respondent"},
    ),
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
