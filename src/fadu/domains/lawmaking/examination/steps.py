"""Steps of 备案审查: filing, registration, experts, opinion, what the maker does about it, annulment."""

from __future__ import annotations

from fadu.domains.lawmaking.examination import facts as f
from fadu.rules.facts import Audience
from fadu.rules.gates import done, served
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Step

note_unfiled = Step(
    name="note_unfiled",
    label="发现应报未报",
    by=(CASE_OFFICER,),
    to=f.UNFILED,
    takes=("subject", "document_number", "made_by", "unfiled_found", "demand_days"),
    parties=(f.MAKER,),
    issues=(f.filing_demand,),
    article="《法规规章备案审查条例》第二十三条、第二十五条",
)
file_late = Step(
    name="file_late",
    label="补报备案",
    by=(f.MAKER,),
    at=(f.UNFILED,),
    to=f.RECEIVED,
    may_take=("filing_files",),
    article="《法规规章备案审查条例》第二十三条、第二十五条",
)
receive_filing = Step(
    name="receive_filing",
    label="收到备案材料",
    by=(CASE_OFFICER,),
    to=f.RECEIVED,
    takes=("subject", "document_number", "made_by", "promulgated_on"),
    may_take=("filing_files",),
    parties=(f.MAKER,),
    article="《法规规章备案审查条例》第四条、第二十五条",
)
refuse_registration = Step(
    name="refuse_registration",
    label="不予备案登记",
    by=(BODY_HEAD,),
    at=(f.RECEIVED,),
    to=f.NOT_REGISTERED,
    takes=("refusal_reason",),
    reason="refusal_reason",
    article="《法规规章备案审查条例》第九条第一款、第二十五条",
)
defer_registration = Step(
    name="defer_registration",
    label="暂缓备案登记",
    by=(CASE_OFFICER,),
    at=(f.RECEIVED,),
    to=f.DEFERRED,
    takes=("missing_files",),
    issues=(f.supplement_notice,),
    article="《法规规章备案审查条例》第九条、第二十五条",
)
supplement = Step(
    name="supplement",
    label="补充报送",
    by=(f.MAKER,),
    at=(f.DEFERRED,),
    to=f.RECEIVED,
    takes=("supplement_note",),
    may_take=("filing_files",),
    article="《法规规章备案审查条例》第九条第二款、第二十五条",
)
register_filing = Step(
    name="register_filing",
    label="备案登记",
    by=(CASE_OFFICER,),
    at=(f.RECEIVED,),
    to=f.EXAMINING,
    article="《法规规章备案审查条例》第九条第一款、第二十五条",
)
ask_maker = Step(
    name="ask_maker",
    label="要求制定机关说明",
    by=(CASE_OFFICER,),
    at=(f.EXAMINING,),
    takes=("question",),
    article="《法规规章备案审查条例》第十四条、第二十五条",
)
explain = Step(
    name="explain",
    label="制定机关说明",
    by=(f.MAKER,),
    at=(f.EXAMINING,),
    takes=("maker_explanation",),
    gates=(done(ask_maker, "没有要求制定机关说明", "《法规规章备案审查条例》第十四条、第二十五条"),),
    article="《法规规章备案审查条例》第十四条、第二十五条",
)
record_comments = Step(
    name="record_comments",
    label="登记专家点评意见",
    by=(CASE_OFFICER,),
    at=(f.EXAMINING,),
    takes=("experts", "expert_opinion", "expert_comment_count"),
    article="《法规规章备案审查条例》第十五条、第二十五条",
)
feed_back = Step(
    name="feed_back_comments",
    label="反馈专家点评意见",
    by=(CASE_OFFICER,),
    at=(f.EXAMINING,),
    gates=(done(record_comments, "还没有专家点评意见", "《法规规章备案审查条例》第十五条、第二十五条"),),
    issues=(f.comment_letter,),
    article="《法规规章备案审查条例》第十五条、第二十五条",
)
extend_examination = Step(
    name="extend_examination",
    label="延长审查期限",
    by=(BODY_HEAD,),
    at=(f.EXAMINING,),
    takes=("extension_days", "extension_reason"),
    reason="extension_reason",
    article="《法规规章备案审查条例》第十一条第一款、第二十五条",
    audience=Audience.INTERNAL,
)
pass_document = Step(
    name="pass_document",
    label="审查通过",
    by=(BODY_HEAD,),
    at=(f.EXAMINING,),
    to=f.PASSED,
    takes=("review_note",),
    article="《法规规章备案审查条例》第十三条、第二十五条",
)
ground_named = Gate(
    name="ground_named",
    sentence="没有写明文件存在哪一类问题",
    article="《法规规章备案审查条例》第十三条、第二十五条",
    todo="请在“存在的问题”中至少选择一项。",
    reads=("fact:fault_grounds",),
    holds=lambda view: bool(view.fact("fault_grounds")),
)
give_opinion = Step(
    name="give_opinion",
    label="制发备案审查意见",
    by=(BODY_HEAD,),
    at=(f.EXAMINING,),
    to=f.HANDLING,
    takes=("fault_grounds", "fault_note"),
    gates=(ground_named,),
    issues=(f.examination_opinion,),
    agreed=True,
    article="《法规规章备案审查条例》第十八条、第二十五条",
)
report_handling = Step(
    name="report_handling",
    label="报告处理情况",
    by=(f.MAKER,),
    at=(f.HANDLING,),
    to=f.REPORTED,
    takes=("handling_result", "handling_report"),
    gates=(served(f.examination_opinion, "《法规规章备案审查条例》第二十一条、第二十五条"),),
    article="《法规规章备案审查条例》第二十一条、第二十五条",
)
handled = Gate(
    name="handled",
    sentence="制定机关没有纠正",
    article="《法规规章备案审查条例》第十八条、第二十五条",
    todo="理由不成立的，退回继续处理，或者报请改变、撤销。",
    reads=("fact:handling_result", "fact:handling_opinion"),
    holds=lambda view: (
        view.fact("handling_result") != f.HandlingResult.MAINTAINED or bool(view.fact("handling_opinion"))
    ),
)
accept_handling = Step(
    name="accept_handling",
    label="认可处理情况",
    by=(BODY_HEAD,),
    at=(f.REPORTED,),
    to=f.HANDLED,
    may_take=("handling_opinion",),
    gates=(handled,),
    article="《法规规章备案审查条例》第二十一条、第二十五条",
)
return_handling = Step(
    name="return_handling",
    label="退回继续处理",
    by=(BODY_HEAD,),
    at=(f.REPORTED,),
    to=f.HANDLING,
    takes=("handling_opinion",),
    reason="handling_opinion",
    article="《法规规章备案审查条例》第二十一条、第二十五条",
)
