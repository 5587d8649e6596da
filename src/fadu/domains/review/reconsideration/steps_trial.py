"""Trial: copy and answer, hearing, suspension, stay of execution; each text adds its articles and gates."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Online, Step

add_third_party = Step(
    name="add_third_party",
    label="通知第三人参加",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    parties=(s.THIRD,),
    issues=(s.third_party_notice,),
)
send_copy = Step(
    name="send_copy", label="发送申请书副本", by=(CASE_OFFICER,), at=(s.ACCEPTED,), issues=(s.answer_notice,)
)
answer = Step(
    name="answer",
    label="提出书面答复并举证",
    by=(s.RESPONDENT,),
    at=s.OPEN,
    takes=("answer_summary",),
    may_take=("answer_posted_on", "answer_files"),
)
no_evidence = Step(
    name="no_evidence",
    label="认定逾期未答复举证",
    by=(CASE_OFFICER,),
    at=s.OPEN,
    takes=("no_evidence_reason", "third_evidence"),
    reason="no_evidence_reason",
)
hear = Step(
    name="hear_opinions",
    label="听取当事人意见",
    by=(CASE_OFFICER,),
    at=(s.ACCEPTED,),
    takes=("hear_way", "hear_record"),
)
arrange_hearing = Step(
    name="arrange_hearing",
    label="通知听证",
    track=s.HEARING,
    within=(s.ACCEPTED,),
    at=(s.NO_HEARING, s.ARRANGED),
    to=s.ARRANGED,
    by=(CASE_OFFICER,),
    takes=("hearing_day", "hearing_place", "hearing_matters"),
    issues=(s.hearing_notice,),
)
hold_hearing = Step(
    name="hold_hearing",
    label="举行听证",
    track=s.HEARING,
    within=(s.ACCEPTED,),
    at=(s.ARRANGED,),
    to=s.HELD,
    by=(CASE_OFFICER,),
    takes=("hearing_record", "head_attended"),
)
begin_appraisal = Step(
    name="begin_appraisal",
    label="开始鉴定、勘验",
    track=s.APPRAISAL,
    within=s.OPEN,
    at=(s.NO_APPRAISAL,),
    to=s.APPRAISING,
    by=(CASE_OFFICER,),
    takes=("appraisal_matter",),
    article="《行政复议法实施条例》第三十四条第三款、第三十七条",
)
end_appraisal = Step(
    name="end_appraisal",
    label="鉴定、勘验结束",
    track=s.APPRAISAL,
    within=s.OPEN,
    at=(s.APPRAISING,),
    to=s.NO_APPRAISAL,
    by=(CASE_OFFICER,),
    takes=("appraisal_result",),
    article="《行政复议法实施条例》第三十四条第三款、第三十七条",
)
suspend = Step(
    name="suspend",
    label="中止审理",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    to=s.SUSPENDED,
    takes=("suspension_ground", "suspension_reason"),
    issues=(s.suspension_notice,),
    agreed=True,
    reason="suspension_reason",
)
resume = Step(
    name="resume",
    label="恢复审理",
    by=(CASE_OFFICER,),
    at=(s.SUSPENDED,),
    to=s.ACCEPTED,
    takes=("resumption_reason",),
    issues=(s.resumption_notice,),
)
apply_for_stay = Step(
    name="apply_for_stay",
    label="申请停止执行",
    track=s.STAY,
    within=s.OPEN,
    at=(s.EXECUTED,),
    to=s.APPLIED,
    by=(s.APPLICANT, s.THIRD),
    takes=("stay_application_reason",),
    online=Online(party=s.APPLICANT),
)
decide_stay = Step(
    name="decide_stay",
    label="决定停止执行",
    track=s.STAY,
    within=s.OPEN,
    at=(s.EXECUTED, s.APPLIED),
    to=s.STAYED,
    by=(ORGAN_HEAD,),
    takes=("stay_ground", "stay_reason"),
    issues=(s.stay_decision,),
    agreed=True,
    reason="stay_reason",
)
decide_no_stay = Step(
    name="decide_no_stay",
    label="决定不停止执行",
    track=s.STAY,
    within=s.OPEN,
    at=(s.APPLIED,),
    to=s.EXECUTED,
    by=(BODY_HEAD,),
    takes=("no_stay_reason",),
    reason="no_stay_reason",
)
lift_stay = Step(
    name="lift_stay",
    label="恢复执行",
    track=s.STAY,
    within=s.OPEN,
    at=(s.STAYED,),
    to=s.EXECUTED,
    by=(ORGAN_HEAD,),
    takes=("lift_reason",),
    reason="lift_reason",
)
extend_trial = Step(
    name="extend_trial",
    label="延长审理期限",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("extension_reason",),
    may_take=("extension_days",),
    issues=(s.extension_notice,),
    agreed=True,
    reason="extension_reason",
)
