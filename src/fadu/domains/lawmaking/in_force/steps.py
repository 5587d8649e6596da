"""Steps on a promulgated document: filing, evaluation, longer validity, change, end."""

from __future__ import annotations

from fadu.domains.lawmaking.in_force import catalogue
from fadu.domains.lawmaking.in_force import facts as f
from fadu.domains.lawmaking.making.facts import PUBLIC
from fadu.domains.lawmaking.making.shared import CHANGE_ARTICLE, DRAFTER, PUBLICATION_ARTICLE, ROOT
from fadu.domains.lawmaking.registers import DocumentChange
from fadu.rules.gates import done, over
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Gate, LastDayOf, Step

FILING_ARTICLE = f"{ROOT}；《法规规章备案审查条例》第二十五条"
IN_EFFECT = ("effective_on", "validity_amount", "validity_unit", "validity_basis")

enter_promulgated = Step(
    name="enter_promulgated",
    label="登记新公布的文件",
    by=(CASE_OFFICER,),
    to=f.IN_FORCE,
    takes=("subject", "issued_by", "document_number", *IN_EFFECT, "filing_rule"),
    changes=(catalogue.listed(),),
    parties=(DRAFTER,),
    article=PUBLICATION_ARTICLE,
    audience=PUBLIC,
)
enter_earlier = Step(
    name="enter_earlier",
    label="登记原有的文件",
    by=(CASE_OFFICER,),
    to=f.IN_FORCE,
    takes=("subject", "issued_by", "document_number", *IN_EFFECT),
    may_take=("filing_proof",),
    changes=(catalogue.listed(since="effective_on", filing_proof="filing_proof"),),
    parties=(DRAFTER,),
    article=PUBLICATION_ARTICLE,
    audience=PUBLIC,
)
interpret = Step(
    name="interpret",
    label="发布政策解读",
    by=(DRAFTER,),
    at=(f.IN_FORCE,),
    takes=("interpretation",),
    article="《优化营商环境条例》第三十八条",
    audience=PUBLIC,
)
file_upward = Step(
    name="file_upward",
    label="报上级政府备案",
    by=(CASE_OFFICER,),
    at=(f.IN_FORCE,),
    takes=("filed_with", "filing_proof"),
    issues=(f.filing_report,),
    changes=(catalogue.changed(DocumentChange.FILE, filing_proof="filing_proof"),),
    article=FILING_ARTICLE,
)
name_congress_term = Step(
    name="name_congress_term",
    label="确定报人大备案的期限",
    by=(CASE_OFFICER,),
    at=(f.IN_FORCE,),
    takes=("congress_from", "congress_days", "congress_basis"),
    article=ROOT,
)
file_congress = Step(
    name="file_congress",
    label="报人大常委会备案",
    by=(CASE_OFFICER,),
    at=(f.IN_FORCE,),
    takes=("congress_proof",),
    article=ROOT,
)
evaluate_effect = Step(
    name="evaluate_effect",
    label="实施后评估",
    by=(DRAFTER,),
    at=(f.IN_FORCE,),
    takes=("effect_report", "effect_proposal"),
    article=CHANGE_ARTICLE,
)
refer = Step(
    name="refer_to_cleanup",
    label="评估建议转入清理",
    by=(CASE_OFFICER,),
    at=(f.IN_FORCE,),
    gates=(done(evaluate_effect, "还没有实施后评估", CHANGE_ARTICLE, "请起草单位先办理“实施后评估”。"),),
    changes=(catalogue.changed(DocumentChange.EVALUATE, effect_proposal="effect_proposal"),),
    article=CHANGE_ARTICLE,
)
still_valid = Gate(
    name="still_valid",
    sentence="有效期已经届满，文件自动失效",
    article=CHANGE_ARTICLE,
    todo="请登记失效；仍有需要的，重新制定。",
    reads=("clock:validity",),
    holds=lambda view: not view.over("validity"),
)
prolong = Step(
    name="prolong",
    label="延长有效期",
    by=(ORGAN_HEAD,),
    at=(f.IN_FORCE,),
    takes=("prolong_amount", "prolong_unit", "prolong_basis"),
    gates=(still_valid, done(evaluate_effect, "延长有效期以前应当评估", CHANGE_ARTICLE, "请先登记“实施后评估”。")),
    changes=(catalogue.changed(DocumentChange.PROLONG, "prolong_basis", valid_until=LastDayOf("validity")),),
    article=CHANGE_ARTICLE,
    audience=PUBLIC,
)
modify = Step(
    name="modify_document",
    label="登记修改",
    by=(CASE_OFFICER,),
    at=(f.IN_FORCE,),
    takes=("modified_by",),
    gates=(still_valid,),
    changes=(catalogue.changed(DocumentChange.MODIFY, "modified_by", modified_by="modified_by"),),
    article=CHANGE_ARTICLE,
    audience=PUBLIC,
)
repeal = Step(
    name="repeal",
    label="废止",
    by=(ORGAN_HEAD,),
    at=(f.IN_FORCE,),
    to=f.REPEALED,
    takes=("repeal_reason",),
    reason="repeal_reason",
    gates=(still_valid,),
    issues=(f.repeal_decision,),
    changes=(catalogue.changed(DocumentChange.REPEAL, "repeal_reason"),),
    article=CHANGE_ARTICLE,
    audience=PUBLIC,
)
declare_expired = Step(
    name="declare_expired",
    label="宣布失效",
    by=(ORGAN_HEAD,),
    at=(f.IN_FORCE,),
    to=f.EXPIRED,
    takes=("expiry_reason",),
    reason="expiry_reason",
    issues=(f.expiry_notice,),
    changes=(catalogue.changed(DocumentChange.EXPIRE, "expiry_reason"),),
    article=CHANGE_ARTICLE,
    audience=PUBLIC,
)
record_expiry = Step(
    name="record_expiry",
    label="登记有效期届满失效",
    by=(BODY_HEAD,),
    at=(f.IN_FORCE,),
    to=f.EXPIRED,
    gates=(over("validity", "有效期还没有届满", CHANGE_ARTICLE, "需要提前结束效力的，办理废止或者宣布失效。"),),
    changes=(catalogue.ran_out,),
    article=CHANGE_ARTICLE,
    audience=PUBLIC,
)
STEPS = (
    enter_promulgated,
    enter_earlier,
    interpret,
    file_upward,
    name_congress_term,
    file_congress,
    evaluate_effect,
    refer,
    prolong,
    modify,
    repeal,
    declare_expired,
    record_expiry,
)
