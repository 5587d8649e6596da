"""Plan, drafting, and what runs beside it: public comments, evaluation with experts, fair-competition review."""

from __future__ import annotations

from fadu.domains.lawmaking.making import shared as s
from fadu.rules.facts import Audience
from fadu.rules.gates import fact
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Names, Step

WHILE_DRAFTED = (s.DRAFTING,)
BEFORE_MEETING = (s.DRAFTING, s.SUBMITTED, s.REVIEWING, s.REVIEWED)
"""The fair-competition review may go on until the meeting."""

plan = Step(
    name="plan",
    label="列入年度制定计划",
    by=(BODY_HEAD,),
    to=s.PLANNED,
    takes=("subject", "issued_by"),
    parties=(s.DRAFTER,),
    article=s.ROOT,
)
plan_beside = Step(
    name="plan_beside",
    label="计划外立项",
    by=(BODY_HEAD,),
    to=s.PLANNED,
    takes=("subject", "issued_by", "plan_reason"),
    parties=(s.DRAFTER,),
    reason="plan_reason",
    article=s.ROOT,
)
name_plan = Step(
    name="name_plan",
    label="登记所属计划",
    by=(CASE_OFFICER,),
    at=(s.PLANNED, s.DRAFTING),
    takes=("plan_number",),
    names=Names(fact="plan_number", system="document_plan"),
    article=s.ROOT,
)
begin = Step(
    name="begin_drafting",
    label="开始起草",
    by=(s.DRAFTER,),
    at=(s.PLANNED,),
    to=s.DRAFTING,
    takes=("market_related",),
    article=s.ROOT,
)
end_making = Step(
    name="end_making",
    label="终止制定",
    by=(BODY_HEAD,),
    at=(s.PLANNED, s.DRAFTING, s.SUBMITTED, s.REVIEWED),
    to=s.ENDED,
    takes=("end_reason",),
    reason="end_reason",
    article=s.ROOT,
)

# ---------------------------------------------------------------- public comments

ask_market = Step(
    name="ask_market",
    label="公布征求意见稿（与经营主体密切相关）",
    by=(s.DRAFTER,),
    track=s.COMMENTS,
    within=WHILE_DRAFTED,
    at=(s.NOT_ASKED, s.ASKED),
    to=s.ASKING,
    takes=("comment_text",),
    issues=(s.comment_notice,),
    gates=(fact("market_related", bool, "本文件与经营主体生产经营活动不密切相关", s.COMMENTS_ARTICLE),),
    article=s.COMMENTS_ARTICLE,
    audience=Audience.PUBLIC,
)
ask = Step(
    name="ask",
    label="公布征求意见稿",
    by=(s.DRAFTER,),
    track=s.COMMENTS,
    within=WHILE_DRAFTED,
    at=(s.NOT_ASKED, s.ASKED),
    to=s.ASKING,
    takes=("comment_text", "comment_days", "comment_basis"),
    issues=(s.comment_notice,),
    gates=(
        fact(
            "market_related",
            lambda value: not value,
            "与经营主体生产经营活动密切相关的文件，征求意见的期限由条例规定",
            s.COMMENTS_ARTICLE,
            "请办理“公布征求意见稿（与经营主体密切相关）”。",
        ),
    ),
    article=s.ROOT,
    audience=Audience.PUBLIC,
)
shorten = Step(
    name="shorten_comments",
    label="缩短征求意见期限",
    by=(BODY_HEAD,),
    track=s.COMMENTS,
    within=WHILE_DRAFTED,
    at=(s.ASKING,),
    takes=("shortened_days", "shorten_reason"),
    reason="shorten_reason",
    article=s.COMMENTS_ARTICLE,
)
comments_over = Gate(
    name="comments_over",
    sentence="公开征求意见的期限还没有届满",
    article=s.COMMENTS_ARTICLE,
    todo="请等待期限届满；确需缩短的，由机构负责人写明理由和缩短后的期限。",
    reads=("clock:market_comments", "clock:comments"),
    holds=lambda view: view.over("market_comments") or view.over("comments"),
)
end_asking = Step(
    name="end_asking",
    label="结束征求意见并反馈采纳情况",
    by=(s.DRAFTER,),
    track=s.COMMENTS,
    within=WHILE_DRAFTED,
    at=(s.ASKING,),
    to=s.ASKED,
    takes=("comment_count", "comment_handling"),
    outcomes=True,
    gates=(comments_over,),
    article=s.COMMENTS_ARTICLE,
    audience=Audience.PUBLIC,
)
keep_secret = Step(
    name="keep_secret",
    label="依法不公开征求意见",
    by=(BODY_HEAD,),
    track=s.COMMENTS,
    within=WHILE_DRAFTED,
    at=(s.NOT_ASKED,),
    to=s.KEPT_SECRET,
    takes=("secret_reason",),
    reason="secret_reason",
    article=s.COMMENTS_ARTICLE,
    audience=Audience.INTERNAL,
)

# ---------------------------------------------------------------- evaluation

evaluate = Step(
    name="evaluate",
    label="评估论证",
    by=(s.DRAFTER,),
    track=s.EVALUATION,
    within=WHILE_DRAFTED,
    at=(s.NOT_EVALUATED, s.EVALUATED),
    to=s.EVALUATED,
    takes=("evaluation",),
    may_take=("expert_opinion",),
    article=s.ROOT,
)
STEPS = (plan, plan_beside, name_plan, begin, end_making, ask_market, ask, shorten, end_asking, keep_secret, evaluate)
