"""How a suit comes in at each instance, who handles it, answer and evidence."""

from __future__ import annotations

from fadu.domains.review.litigation import gates
from fadu.domains.review.litigation import shared as s
from fadu.rules.facts import Audience
from fadu.rules.gates import done, has_party, in_time
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Step

SUIT = "《行政诉讼法》第六十七条第一款"
FORFEITED = "《行政诉讼法》第三十四条第二款"
LATER = "《行政诉讼法解释》第三十四条"
ABOUT = ("category", "act_name", "after_reconsideration", "compensation_claimed")

receive_complaint = Step(
    name="receive_complaint",
    label="收到应诉通知书和起诉状副本",
    by=(CASE_OFFICER,),
    to=s.PREPARING,
    takes=(*ABOUT, "court_number"),
    may_take=("complaint_files",),
    parties=s.EVERYBODY,
    items=True,
    article=SUIT,
)
receive_remand = Step(
    name="receive_remand",
    label="收到发回重审的应诉通知",
    by=(CASE_OFFICER,),
    to=s.PREPARING,
    takes=(*ABOUT, "court_number", "earlier_number"),
    may_take=("complaint_files",),
    parties=s.EVERYBODY,
    items=True,
    article="《行政诉讼法》第八十九条第一款第三项、第四项",
)
enter_second = Step(
    name="enter_second",
    label="二审案件登记",
    by=(CASE_OFFICER,),
    to=s.FILING,
    takes=ABOUT,
    may_take=("appeal_copy_on", "earlier_number", "complaint_files"),
    parties=s.LITIGANTS,
    article="《行政诉讼法》第八十五条",
)
enter_retrial = Step(
    name="enter_retrial",
    label="再审案件登记",
    by=(CASE_OFFICER,),
    to=s.FILING,
    takes=(*ABOUT, "retrial_by"),
    may_take=("retrial_copy_on", "earlier_number", "complaint_files"),
    parties=s.LITIGANTS,
    article="《行政诉讼法》第九十条",
)
docket = Step(
    name="docket",
    label="法院立案",
    by=(CASE_OFFICER,),
    at=(s.FILING,),
    to=s.PREPARING,
    takes=("court_paper", "court_number"),
    may_take=("appeal_copy_on", "retrial_copy_on"),
    parties=(s.COURT,),
    items=True,
    told_by="court_paper",
    article="《行政诉讼法》第八十六条",
)
assign = Step(
    name="assign",
    label="交办",
    by=(BODY_HEAD,),
    at=s.OPEN,
    takes=("case_officer", "task"),
    article="《行政诉讼法》第三十一条第一款",
    audience=Audience.INTERNAL,
)

# ---------------------------------------------------------------- answer and evidence

sign_answer = Step(
    name="sign_answer",
    label="作出答辩状",
    by=(ORGAN_HEAD,),
    at=s.OPEN,
    takes=("answer_content",),
    issues=(s.answer_brief,),
    agreed=True,
    article=SUIT,
)
submit_answer = Step(
    name="submit_answer",
    label="提交答辩状",
    by=(CASE_OFFICER,),
    at=s.OPEN,
    may_take=("answer_posted_on",),
    gates=(done(sign_answer, "答辩状还没有签发", SUIT, "请先“作出答辩状”。"),),
    article=SUIT,
)
submit_evidence = Step(
    name="submit_evidence",
    label="提交证据和规范性文件",
    by=(CASE_OFFICER,),
    at=s.OPEN,
    takes=("evidence_summary",),
    may_take=("evidence_files", "evidence_posted_on"),
    issues=(s.evidence_list,),
    article=SUIT,
)
request_extension = Step(
    name="request_extension",
    label="申请延期提供证据",
    by=(CASE_OFFICER,),
    at=(s.PREPARING,),
    takes=("extension_reason",),
    gates=(
        done(receive_complaint, "只有一审案件有举证期限可以申请延期", LATER),
        in_time("extension_request", "申请延期提供证据的期限已经届满", LATER),
    ),
    issues=(s.extension_request,),
    reason="extension_reason",
    article=LATER,
)
grant_extension = Step(
    name="grant_extension",
    label="法院准许延期提供证据",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper",),
    gates=(done(request_extension, "没有申请过延期提供证据", LATER),),
    told_by="court_paper",
    article=LATER,
)
refuse_extension = Step(
    name="refuse_extension",
    label="法院不准许延期提供证据",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper", "no_extension_reason"),
    gates=(done(request_extension, "没有申请过延期提供证据", LATER),),
    told_by="court_paper",
    article="《行政诉讼法解释》第三十六条第二款",
)
end_obstacle = Step(
    name="end_obstacle",
    label="正当事由消除",
    by=(CASE_OFFICER,),
    at=(s.PREPARING,),
    takes=("obstacle_ended_on",),
    gates=(done(grant_extension, "法院没有准许延期提供证据", LATER),),
    article=LATER,
)
enter_third_evidence = Step(
    name="enter_third_evidence",
    label="登记第三人提供证据",
    by=(s.THIRD,),
    at=(s.PREPARING,),
    takes=("third_evidence",),
    gates=(has_party(s.THIRD, FORFEITED),),
    article=FORFEITED,
)
no_evidence = Step(
    name="no_evidence",
    label="法院认定没有相应证据",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper", "no_evidence_content"),
    gates=(gates.evidence_late(FORFEITED),),
    told_by="court_paper",
    article=FORFEITED,
)

STEPS = (
    *(receive_complaint, receive_remand, enter_second, enter_retrial, docket, assign),
    *(sign_answer, submit_answer, submit_evidence, request_extension, grant_extension, refuse_extension),
    *(end_obstacle, enter_third_evidence, no_evidence),
)
