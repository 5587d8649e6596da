"""Before the merits: objection to jurisdiction and its appeal; rulings to stay, to perform in advance, to preserve."""

from __future__ import annotations

from fadu.domains.review.litigation import shared as s
from fadu.domains.review.litigation.steps_intake import receive_complaint
from fadu.rules.gates import done, in_time
from fadu.rules.procedure import CASE_OFFICER, ORGAN_HEAD, Step

OBJECTION = "《行政诉讼法解释》第十条第一款"
APPEAL = "《行政诉讼法解释》第一百零一条第一款第三项、第二款"
STAY = "《行政诉讼法》第五十六条第二款"

raise_objection = Step(
    name="raise_objection",
    label="提出管辖异议",
    by=(CASE_OFFICER,),
    at=(s.PREPARING,),
    takes=("objection_reason",),
    gates=(
        done(receive_complaint, "发回重审、二审和再审的案件，法院对管辖异议不予审查", "《行政诉讼法解释》第十一条"),
        in_time("objection", "提出管辖异议的期限已经届满", OBJECTION),
    ),
    issues=(s.objection,),
    reason="objection_reason",
    article=OBJECTION,
)
rule_objection = Step(
    name="rule_objection",
    label="法院裁定管辖异议",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper", "objection_result"),
    may_take=("court_number",),
    gates=(done(raise_objection, "没有提出过管辖异议", OBJECTION),),
    issues=(s.objection_ruling,),
    told_by="court_paper",
    article="《行政诉讼法解释》第十条第二款",
)
appeal_objection = Step(
    name="appeal_objection",
    label="对管辖异议裁定上诉",
    by=(ORGAN_HEAD,),
    at=(s.PREPARING,),
    takes=("objection_appeal_reasons",),
    gates=(
        done(rule_objection, "法院还没有裁定管辖异议", APPEAL),
        in_time("objection_appeal", "上诉期限已经届满", "《行政诉讼法》第八十五条"),
    ),
    issues=(s.objection_appeal,),
    agreed=True,
    reason="objection_appeal_reasons",
    article=APPEAL,
)
rule_objection_appeal = Step(
    name="rule_objection_appeal",
    label="上级法院裁定管辖异议上诉",
    by=(s.COURT,),
    at=(s.PREPARING,),
    takes=("court_paper", "objection_result"),
    may_take=("court_number",),
    gates=(done(appeal_objection, "没有对管辖异议裁定上诉", APPEAL),),
    told_by="court_paper",
    article="《行政诉讼法》第八十九条第一款",
)

# ---------------------------------------------------------------- stay, advance performance, preservation

rule_preliminary = Step(
    name="rule_preliminary",
    label="法院裁定停止执行、先予执行、保全",
    track=s.PRELIMINARY,
    within=(s.PREPARING,),
    at=(s.NOT_RULED, s.RULED, s.REVIEWED),
    to=s.RULED,
    by=(s.COURT,),
    takes=("court_paper", "preliminary", "preliminary_content"),
    told_by="court_paper",
    article="《行政诉讼法》第五十六条第一款、第五十七条第一款",
)
ask_review = Step(
    name="ask_ruling_review",
    label="对裁定申请复议",
    track=s.PRELIMINARY,
    within=(s.PREPARING,),
    at=(s.RULED,),
    to=s.REVIEWING,
    by=(CASE_OFFICER,),
    takes=("review_reasons",),
    issues=(s.ruling_review,),
    reason="review_reasons",
    article=STAY,
)
rule_review = Step(
    name="rule_ruling_review",
    label="法院作出复议裁定",
    track=s.PRELIMINARY,
    within=(s.PREPARING,),
    at=(s.REVIEWING,),
    to=s.REVIEWED,
    by=(s.COURT,),
    takes=("court_paper", "preliminary", "preliminary_content"),
    told_by="court_paper",
    article=STAY,
)

STEPS = (
    *(raise_objection, rule_objection, appeal_objection, rule_objection_appeal),
    *(rule_preliminary, ask_review, rule_review),
)
