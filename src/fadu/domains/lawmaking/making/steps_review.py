"""送审 and 合法性审核: what is submitted, the opinion, following it or the reasons for not following."""

from __future__ import annotations

from fadu.domains.lawmaking.making import shared as s
from fadu.domains.lawmaking.making.facts import CompetitionDraft, OpinionAnswered
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, Step

comments_done = Gate(
    name="comments_done",
    sentence="还没有完成公开征求意见",
    article=s.ROOT,
    todo="请先征求意见并反馈采纳情况；依法需要保密的，写明理由。",
    reads=("track:comments",),
    holds=lambda view: view.track("comments") in (s.ASKED.name, s.KEPT_SECRET.name),
)
evaluated = Gate(
    name="evaluated",
    sentence="还没有评估论证",
    article=s.ROOT,
    todo="请先登记“评估论证”。",
    reads=("track:evaluation",),
    holds=lambda view: view.track("evaluation") == s.EVALUATED.name,
)
submit = Step(
    name="submit",
    label="送审",
    by=(s.DRAFTER,),
    at=(s.DRAFTING,),
    to=s.SUBMITTED,
    takes=("drafting_note", "legal_bases", "own_opinion"),
    may_take=("draft_files",),
    gates=(comments_done, evaluated),
    article=s.LEGALITY_ARTICLE,
)
return_files = Step(
    name="return_files",
    label="退回补充材料",
    by=(CASE_OFFICER,),
    at=(s.SUBMITTED,),
    to=s.DRAFTING,
    takes=("missing_files",),
    reason="missing_files",
    article=s.LEGALITY_ARTICLE,
)
accept_files = Step(
    name="accept_files",
    label="确认送审材料完备",
    by=(CASE_OFFICER,),
    at=(s.SUBMITTED,),
    to=s.REVIEWING,
    article=s.LEGALITY_ARTICLE,
)
give_opinion = Step(
    name="give_opinion",
    label="出具合法性审核意见",
    by=(BODY_HEAD,),
    at=(s.REVIEWING,),
    to=s.REVIEWED,
    takes=("review_conclusion", "review_findings"),
    says={"opinion_answered": OpinionAnswered.OPEN},
    issues=(s.legality_opinion,),
    agreed=True,
    article=s.LEGALITY_ARTICLE,
)
follow_opinion = Step(
    name="follow_opinion",
    label="按审核意见修改",
    by=(s.DRAFTER,),
    at=(s.REVIEWED,),
    takes=("revision",),
    says={"opinion_answered": OpinionAnswered.ANSWERED},
    article=s.LEGALITY_ARTICLE,
)
depart = Step(
    name="depart_from_opinion",
    label="说明不采纳审核意见的理由",
    by=(s.DRAFTER,),
    at=(s.REVIEWED,),
    takes=("departure_reason",),
    says={"opinion_answered": OpinionAnswered.ANSWERED},
    reason="departure_reason",
    article=s.LEGALITY_ARTICLE,
)
redraft = Step(
    name="redraft",
    label="重新起草",
    by=(s.DRAFTER,),
    at=(s.REVIEWED,),
    to=s.DRAFTING,
    says={"competition_draft": CompetitionDraft.NEW},
    article=s.ROOT,
)

STEPS = (submit, return_files, accept_files, give_opinion, follow_opinion, depart, redraft)
