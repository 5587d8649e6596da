"""繁简分流 under the text of 2023: the simple procedure, and the change to the ordinary one (arts 53 to 55)."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.gates import within_amount
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Step

SIMPLE = "《行政复议法》第五十三条"

open_and_shut = Gate(
    name="open_and_shut",
    sentence="重大、疑难、复杂或者专业性、技术性较强的案件，不能适用简易程序",
    article="《行政复议法》第五十三条第一款",
    reads=("fact:major", "fact:technical"),
    holds=lambda view: not view.fact("major") and not view.fact("technical"),
)
everybody_consents = Gate(
    name="everybody_consents",
    sentence="没有当事人各方同意适用简易程序的记录",
    article="《行政复议法》第五十三条第二款",
    todo="请填写“各方同意适用简易程序的记录”。",
    reads=("fact:simple_ground", "fact:consent_record"),
    holds=lambda view: view.fact("simple_ground") != "consent" or bool(view.fact("consent_record")),
)
openness_case = Gate(
    name="openness_case",
    sentence="本案不是政府信息公开案件",
    article="《行政复议法》第五十三条第一款第四项",
    todo="请核对“案件事项”和“适用简易程序的情形”。",
    reads=("fact:simple_ground", "fact:category"),
    holds=lambda view: view.fact("simple_ground") != "openness" or view.fact("category") == "openness",
)
small = within_amount(
    "amount_involved",
    "行政复议法",
    "简易程序款额",
    "案件涉及款额没有填写，或者超过可以适用简易程序的款额",
    "《行政复议法》第五十三条第一款第三项",
    "请核对“案件涉及款额”；款额更高的，适用普通程序。",
    when=("simple_ground", "small"),
)
not_extended = Gate(
    name="not_extended",
    sentence="审理期限已经延长的案件，不能适用简易程序",
    article="《行政复议法》第六十二条第二款",
    reads=("step:extend_trial",),
    holds=lambda view: not view.did("extend_trial"),
)

use_simple = Step(
    name="use_simple",
    label="适用简易程序",
    track=s.ROUTE,
    within=(s.ACCEPTED,),
    at=(s.ORDINARY,),
    to=s.SIMPLE,
    by=(CASE_OFFICER,),
    takes=("simple_ground", "simple_reason", "enterprise", "livelihood"),
    may_take=("consent_record", "amount_involved"),
    gates=(open_and_shut, everybody_consents, openness_case, small, not_extended),
    issues=(s.simple_notice,),
    reason="simple_reason",
    article=SIMPLE,
)
convert = Step(
    name="convert_to_ordinary",
    label="转为普通程序",
    track=s.ROUTE,
    within=(s.ACCEPTED,),
    at=(s.SIMPLE,),
    to=s.CONVERTED,
    by=(BODY_HEAD,),
    takes=("conversion_reason",),
    issues=(s.conversion_notice,),
    agreed=True,
    reason="conversion_reason",
    article="《行政复议法》第五十五条",
)

STEPS = (use_simple, convert)
