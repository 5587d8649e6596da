"""The hearing in court and who appears: notices, prompt, the head, absence and its explanation, what happened."""

from __future__ import annotations

from fadu.domains.review.litigation import gates
from fadu.domains.review.litigation import shared as s
from fadu.rules.gates import done, served
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Lead, Opens, Period, Step

DUTY = "《行政诉讼法》第三条第三款"
NOTICE = "《负责人出庭应诉规定》第五条第二款"
EXPLAIN = "《负责人出庭应诉规定》第九条第一款"
SUMMONED = "《行政诉讼法解释》第七十一条"

summons_lead = Lead(
    name="summons",
    label="开庭传票",
    period=Period("行政诉讼法解释", "传唤"),
    before="hearing_day",
    notice=s.summons,
    on=(s.DEFENDANT,),
)
appearance_lead = Lead(
    name="appearance",
    label="负责人出庭通知",
    period=Period("负责人出庭应诉规定", "出庭通知"),
    before="hearing_day",
    notice=s.appearance_notice,
    on=(s.DEFENDANT,),
)

receive_summons = Step(
    name="receive_summons",
    label="法院发出开庭传票",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.NOT_SUMMONED, s.SUMMONED, s.HELD),
    to=s.SUMMONED,
    by=(s.COURT,),
    takes=("court_paper", "hearing_day", "hearing_place"),
    issues=(s.summons,),
    told_by="court_paper",
    article=SUMMONED,
)
receive_appearance_notice = Step(
    name="receive_appearance_notice",
    label="法院发出负责人出庭通知书",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED,),
    by=(s.COURT,),
    takes=("court_paper", "notice_ground"),
    issues=(s.appearance_notice,),
    told_by="court_paper",
    article=NOTICE,
)
note_late_summons = Step(
    name="note_late_summons",
    label="登记开庭传票迟到",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED, s.HELD),
    by=(CASE_OFFICER,),
    gates=(served(s.summons, SUMMONED), gates.notice_late(summons_lead, SUMMONED)),
    article=SUMMONED,
)
note_late_notice = Step(
    name="note_late_notice",
    label="登记负责人出庭通知迟到",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED, s.HELD),
    by=(CASE_OFFICER,),
    gates=(
        served(s.appearance_notice, NOTICE),
        gates.notice_late(appearance_lead, NOTICE),
    ),
    article=NOTICE,
)
send_prompt = Step(
    name="send_prompt",
    label="发出出庭提示函",
    by=(BODY_HEAD,),
    at=s.OPEN,
    takes=("prompt",),
    issues=(s.prompt_letter,),
    agreed=True,
    article=DUTY,
)
name_head = Step(
    name="name_head",
    label="确定出庭负责人",
    by=(ORGAN_HEAD,),
    at=(s.PREPARING,),
    takes=("head_kind", "head_name", "head_post"),
    issues=(s.head_identity,),
    agreed=True,
    article="《负责人出庭应诉规定》第六条第一款",
)
explain_absence = Step(
    name="explain_absence",
    label="说明负责人不能出庭",
    by=(ORGAN_HEAD,),
    at=(s.PREPARING,),
    takes=("absence_ground", "absence_reason", "absence_proof", "staff_name", "staff_post"),
    gates=(gates.before_hearing(EXPLAIN),),
    issues=(s.absence_explanation,),
    agreed=True,
    reason="absence_reason",
    article=EXPLAIN,
)
review_absence = Step(
    name="review_absence",
    label="法院审查不能出庭的理由",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper", "absence_accepted"),
    gates=(done(explain_absence, "没有向法院说明负责人不能出庭", EXPLAIN),),
    told_by="court_paper",
    article="《负责人出庭应诉规定》第九条第二款",
)

# ---------------------------------------------------------------- what happened on the day

ON_ITS_DAY = gates.hearing_on_its_day(SUMMONED)
appear_head = Step(
    name="appear_head",
    label="开庭：负责人出庭",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED,),
    to=s.HELD,
    by=(CASE_OFFICER,),
    takes=("head_kind", "head_name", "head_post", "identity_accepted", "hearing_record"),
    may_take=("staff_name", "staff_post", "resolution"),
    gates=(ON_ITS_DAY, gates.identity_accepted("《负责人出庭应诉规定》第六条第二款")),
    opens=Opens(
        system="head_appearance",
        step="record_appearance",
        hands={name: name for name in ("head_name", "head_post", "head_kind", "court_number")},
        parties={"defendant": "defendant"},
    ),
    article=DUTY,
)
appear_staff = Step(
    name="appear_staff",
    label="开庭：负责人未出庭、工作人员出庭",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED,),
    to=s.HELD,
    by=(CASE_OFFICER,),
    takes=("staff_name", "staff_post", "hearing_record"),
    gates=(ON_ITS_DAY,),
    article="《负责人出庭应诉规定》第十条第一款",
)
appear_none = Step(
    name="appear_none",
    label="开庭：负责人、工作人员均未出庭",
    track=s.HEARING,
    within=(s.PREPARING,),
    at=(s.SUMMONED,),
    to=s.HELD,
    by=(CASE_OFFICER,),
    takes=("absent_all_reason",),
    gates=(ON_ITS_DAY,),
    article="《负责人出庭应诉规定》第十二条第一款第三项",
)

STEPS = (
    *(receive_summons, receive_appearance_notice, note_late_summons, note_late_notice, send_prompt, name_head),
    *(explain_absence, review_absence, appear_head, appear_staff, appear_none),
)
LEADS = (summons_lead, appearance_lead)
