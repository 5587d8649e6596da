"""Beside the way of a suit: its suspension, evidence added, the act changed by us, a head's misconduct, our retrial."""

from __future__ import annotations

from fadu.domains.review.litigation import shared as s
from fadu.rules.procedure import CASE_OFFICER, ORGAN_HEAD, Gate, Step

SUSPENDED = "《行政诉讼法解释》第八十七条"
CHANGED = "《行政诉讼法解释》第八十一条第一款"
POSTPONED = "《负责人出庭应诉规定》第九条第三款"
RETRIAL = "《行政诉讼法》第九十条"
WITHIN = "《行政诉讼法解释》第一百一十条"

retrial_in_time = Gate(
    name="retrial_in_time",
    sentence="申请再审的期限已经届满",
    article=WITHIN,
    todo="有新证据、主要证据系伪造等四种情形之一的，请先“登记再审情形”，期限自知道之日起另算。",
    reads=("clock:retrial_application", "step:find_retrial_ground", "clock:retrial_known"),
    holds=lambda view: (
        view.kept("retrial_application") or (view.did("find_retrial_ground") and view.kept("retrial_known"))
    ),
)

suspend_suit = Step(
    name="suspend_suit",
    label="法院裁定中止诉讼",
    track=s.SUSPENSION,
    within=(s.PREPARING,),
    at=(s.GOING_ON,),
    to=s.SUSPENDED,
    by=(s.COURT,),
    takes=("court_paper", "suspension_ground"),
    told_by="court_paper",
    article=SUSPENDED,
)
resume_suit = Step(
    name="resume_suit",
    label="法院恢复诉讼",
    track=s.SUSPENSION,
    within=(s.PREPARING,),
    at=(s.SUSPENDED,),
    to=s.GOING_ON,
    by=(s.COURT,),
    takes=("court_paper",),
    told_by="court_paper",
    article="《行政诉讼法解释》第八十七条第二款",
)
allow_supplement = Step(
    name="allow_supplement",
    label="法院准许补充证据",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper", "new_ground"),
    told_by="court_paper",
    article="《行政诉讼法》第三十六条第二款",
)
change_act = Step(
    name="change_act",
    label="改变被诉行政行为并告知法院",
    by=(ORGAN_HEAD,),
    at=(s.PREPARING,),
    takes=("changed_act", "change_reason"),
    issues=(s.change_notice,),
    agreed=True,
    reason="change_reason",
    article=CHANGED,
)
ask_postponement = Step(
    name="ask_postponement",
    label="申请延期开庭",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED,),
    by=(CASE_OFFICER,),
    takes=("postponement_reason",),
    issues=(s.postponement_request,),
    reason="postponement_reason",
    article=POSTPONED,
)
note_misconduct = Step(
    name="note_misconduct",
    label="登记负责人中途退庭、拒绝说明",
    track=s.HEARING,
    within=(s.PREPARING, s.CONCLUDED),
    at=(s.HELD,),
    by=(s.COURT,),
    takes=("court_paper", "misconduct"),
    told_by="court_paper",
    article="《负责人出庭应诉规定》第十二条第一款",
)
find_retrial_ground = Step(
    name="find_retrial_ground",
    label="登记再审情形",
    by=(CASE_OFFICER,),
    at=(s.FINAL,),
    takes=("retrial_ground", "ground_known_on"),
    article=WITHIN,
)
apply_retrial = Step(
    name="apply_retrial",
    label="决定申请再审",
    by=(ORGAN_HEAD,),
    at=(s.FINAL,),
    takes=("retrial_reasons",),
    gates=(retrial_in_time,),
    issues=(s.retrial_brief,),
    agreed=True,
    reason="retrial_reasons",
    article=RETRIAL,
)

STEPS = (
    *(suspend_suit, resume_suit, allow_supplement, change_act),
    *(ask_postponement, note_misconduct, find_retrial_ground, apply_retrial),
)
