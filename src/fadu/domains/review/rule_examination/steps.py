"""附带审查: who may deal with it, the maker's answer, the finding; each text adds its articles and gates."""

from __future__ import annotations

from fadu.domains.review.rule_examination import shared as s
from fadu.rules.gates import all_served
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Step

open_examination = Step(
    name="open_examination",
    label="启动附带审查",
    by=(CASE_OFFICER,),
    to=s.OPENED,
    takes=("document_name", "clauses", "basis", "doubts"),
)
take_up = Step(
    name="take_up",
    label="确定本机关有权处理",
    by=(BODY_HEAD,),
    at=(s.OPENED,),
    to=s.EXAMINING,
    takes=("competence_reason",),
    parties=(s.MAKER,),
    reason="competence_reason",
)
transfer = Step(
    name="transfer_document",
    label="转送有权机关处理",
    by=(BODY_HEAD,),
    at=(s.OPENED,),
    to=s.TRANSFERRED,
    takes=("transfer_reason",),
    parties=(s.COMPETENT,),
    issues=(s.transfer_letter,),
    reason="transfer_reason",
)
notify_maker = Step(
    name="notify_maker",
    label="通知制定机关答复",
    by=(CASE_OFFICER,),
    at=(s.EXAMINING,),
    issues=(s.maker_notice,),
)
answer = Step(
    name="answer_on_document",
    label="制定机关书面答复",
    by=(s.MAKER,),
    at=(s.EXAMINING,),
    takes=("answer_content",),
    may_take=("answer_files",),
)
explain = Step(
    name="explain_document",
    label="制定机关当面说明理由",
    by=(CASE_OFFICER,),
    at=(s.EXAMINING,),
    takes=("explanation",),
)
find_lawful = Step(
    name="find_lawful",
    label="认定相关条款合法",
    by=(ORGAN_HEAD,),
    at=(s.EXAMINING,),
    to=s.CONCLUDED,
    takes=("finding_reasons",),
    says={"finding": str(s.Finding.LAWFUL)},
    agreed=True,
    reason="finding_reasons",
    concludes=True,
)
stop_clauses = Step(
    name="stop_clauses",
    label="决定停止执行相关条款并责令纠正",
    by=(ORGAN_HEAD,),
    at=(s.EXAMINING,),
    to=s.CONCLUDED,
    takes=("unlawful_ground", "finding_reasons"),
    says={"finding": str(s.Finding.UNLAWFUL)},
    issues=(s.stop_order,),
    agreed=True,
    reason="finding_reasons",
    concludes=True,
)
receive_reply = Step(
    name="receive_reply",
    label="收到处理意见",
    by=(s.COMPETENT,),
    at=(s.TRANSFERRED,),
    to=s.CONCLUDED,
    takes=("finding", "finding_reasons"),
    concludes=True,
)
end = Step(
    name="end_examination",
    label="原案终止，不再审查",
    by=(BODY_HEAD,),
    at=(s.OPENED, s.EXAMINING, s.TRANSFERRED),
    to=s.ENDED,
    takes=("finding_reasons",),
    reason="finding_reasons",
    concludes=True,
)
archive = Step(
    name="archive",
    label="归档",
    by=(ARCHIVIST,),
    at=(s.CONCLUDED, s.ENDED),
    to=s.ARCHIVED,
    gates=(all_served(),),
)
