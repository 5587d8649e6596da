"""行政权力下放: powers of departments are handed down to townships that can take them over; made public, evaluated.

Law: 行政处罚法 (2021), art. 24. Not covered: the province's own decision on which powers may go down, delegation of
single cases 委托, powers that were never in a list.
"""

from __future__ import annotations

from fadu.common import approval, standing
from fadu.domains.powers import delegation_facts as f
from fadu.domains.powers import lists
from fadu.domains.powers.delegation_facts import DEPARTMENT, PUBLIC, TOWNSHIP
from fadu.rules.gates import all_served, done, has_party
from fadu.rules.procedure import (
    CASE_OFFICER,
    ORGAN_HEAD,
    Clock,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    Paper,
    Procedure,
    Served,
    State,
    Step,
)

BOTH = (DEPARTMENT, TOWNSHIP)

PROPOSED = State("proposed", "待决定")
DECIDED = State("decided", "承接实施中")
CLOSED = State("closed", "已办结", final=True)
REFUSED = State("refused", "未予下放", final=True)
RECALLED = State("recalled", "已收回", final=True)

decision = Paper(name="delegation_decision", label="行政权力下放决定", to=BOTH, series="放权", publish=True)
recall_decision = Paper(name="recall_decision", label="行政权力收回决定", to=BOTH, series="收权", publish=True)

within = Gate(
    name="penalty_powers_within",
    sentence="行政处罚权项数多于下放的行政权力项数",
    article=lists.PENALTY,
    todo="请更正方案中的项数。",
    reads=("fact:penalty_powers", "fact:powers"),
    holds=lambda view: (view.fact("penalty_powers") or 0) <= (view.fact("powers") or 0),
)

as_listed = Gate(
    name="as_listed",
    sentence="方案中的项数与逐项列明的下放权力不一致",
    article=lists.PENALTY,
    todo="请核对方案中的项数和清单。",
    reads=("fact:powers", "items"),
    holds=lambda view: not view.items() or view.fact("powers") == len(view.items()),
)
propose = Step(
    name="propose_delegation",
    label="提出下放方案",
    by=(CASE_OFFICER,),
    to=PROPOSED,
    takes=("subject", "basis", "powers", "penalty_powers"),
    parties=BOTH,
    article=lists.PENALTY,
)
change = Step(
    name="change_proposal",
    label="修改下放方案",
    by=(CASE_OFFICER,),
    at=(PROPOSED,),
    may_take=("subject", "basis", "powers", "penalty_powers"),
    article=lists.PENALTY,
)
list_powers = Step(
    name="list_powers",
    label="逐项列明下放的权力",
    by=(CASE_OFFICER,),
    at=(PROPOSED,),
    items=True,
    article=lists.PENALTY,
)
examine = Step(
    name="evaluate_capacity",
    label="评估承接能力",
    by=(CASE_OFFICER,),
    at=(PROPOSED,),
    takes=("capacity",),
    reason="capacity",
    article=lists.PENALTY,
)
decide = Step(
    name="decide_delegation",
    label="决定下放",
    by=(ORGAN_HEAD,),
    at=(PROPOSED,),
    to=DECIDED,
    takes=("decision_content", "effective_on", "take_over_days"),
    gates=(
        has_party(DEPARTMENT, lists.PENALTY),
        has_party(TOWNSHIP, lists.PENALTY),
        done(examine, "还没有评估承接单位能否有效承接", lists.PENALTY, "请先“评估承接能力”。"),
        within,
        as_listed,
    ),
    outcomes=True,
    issues=(decision,),
    changes=f.down,
    agreed=True,
    article=lists.PENALTY,
    audience=PUBLIC,
)
refuse = Step(
    name="refuse_delegation",
    label="不予下放",
    by=(ORGAN_HEAD,),
    at=(PROPOSED,),
    to=REFUSED,
    takes=("refuse_reason",),
    reason="refuse_reason",
    article=lists.PENALTY,
)
take_over = Step(
    name="take_over",
    label="承接",
    by=(TOWNSHIP,),
    at=(DECIDED,),
    takes=("preparation",),
    article=lists.TAKEN_OVER,
)
evaluate = Step(
    name="evaluate_delegation",
    label="定期评估",
    by=(CASE_OFFICER,),
    at=(DECIDED,),
    takes=("evaluation",),
    reason="evaluation",
    article=lists.PENALTY,
)
recall = Step(
    name="recall_delegation",
    label="收回",
    by=(ORGAN_HEAD,),
    at=(DECIDED,),
    to=RECALLED,
    takes=("recall_reason",),
    gates=(done(evaluate, "收回前还没有评估", lists.PENALTY, "请先“定期评估”。"),),
    issues=(recall_decision,),
    changes=f.back,
    agreed=True,
    reason="recall_reason",
    article=lists.PENALTY,
    audience=PUBLIC,
)
close = Step(
    name="close",
    label="办结",
    by=(CASE_OFFICER,),
    at=(DECIDED,),
    to=CLOSED,
    gates=(
        f.all_took_over,
        done(standing.publish, "下放决定还没有公布", lists.PENALTY, "请先“向社会公开”。"),
        all_served(),
    ),
)

taking_over = Clock(
    name="take_over",
    label="承接期限",
    period=InPaper("take_over_days", lists.TAKEN_OVER),
    after=Served(decision, TOWNSHIP),
    per=TOWNSHIP,
    until=(take_over,),
    bearer=TOWNSHIP,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="承接单位逾期未承接", article=lists.TAKEN_OVER),
)

TEXT_2021 = Procedure(
    system="power_delegation",
    version="2021",
    label="行政权力下放",
    statute="行政处罚法",
    facts=f.DelegationFacts,
    states=(PROPOSED, DECIDED, CLOSED, REFUSED, RECALLED),
    steps=(
        *(propose, change, list_powers, examine, decide, refuse, take_over, evaluate, recall, close),
        *(*approval.STEPS, *standing.STEPS, standing.publish),
    ),
    parties=BOTH,
    clocks=(taking_over,),
    tracks=(approval.APPROVAL,),
    items=f.POWERS_HANDED,
    series="放权案",
    title="{subject}",
)
