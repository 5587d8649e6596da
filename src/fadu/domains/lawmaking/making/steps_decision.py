"""集体讨论决定, 统一登记、统一编号、统一印发, 公布."""

from __future__ import annotations

from fadu.common import approval
from fadu.domains.lawmaking.making import shared as s
from fadu.domains.lawmaking.making.facts import CompetitionDraft, OpinionAnswered, ReviewConclusion
from fadu.rules.facts import Audience
from fadu.rules.gates import done, published
from fadu.rules.procedure import CASE_OFFICER, ORGAN_HEAD, Gate, NumberOf, Opens, Step

HANDED = ("subject", "issued_by", "effective_on", "validity_amount", "validity_unit", "validity_basis", "filing_rule")
"""Facts that go on to the case of the document in force."""

# ---------------------------------------------------------------- the meeting

not_unlawful = Gate(
    name="not_unlawful",
    sentence="合法性审核认为不合法的，不得提交集体讨论",
    article=s.ROOT,
    todo="请重新起草后再送审，或者终止制定。",
    reads=("fact:review_conclusion",),
    holds=lambda view: view.fact("review_conclusion") != ReviewConclusion.UNLAWFUL,
)
opinion_followed = Gate(
    name="opinion_followed",
    sentence="审核意见认为应当修改，起草单位既没有修改，也没有说明不采纳的理由",
    article=s.LEGALITY_ARTICLE,
    todo="请登记修改情况，或者详细说明不采纳的理由和依据。",
    reads=("fact:review_conclusion", "fact:opinion_answered"),
    holds=lambda view: (
        view.fact("review_conclusion") != ReviewConclusion.MODIFY
        or view.fact("opinion_answered") == OpinionAnswered.ANSWERED
    ),
)
competition_passed = Gate(
    name="competition_passed",
    sentence="没有通过公平竞争审查的，不得出台",
    article="《公平竞争审查条例》第十八条",
    todo="请先完成公平竞争审查；不涉及经营者经济活动的，登记为不适用。",
    reads=("track:competition",),
    holds=lambda view: view.track("competition") == s.PASSED.name,
)
competition_renewed = Gate(
    name="competition_renewed",
    sentence="文件重新起草以后，还没有重新进行公平竞争审查",
    article="《公平竞争审查条例》第十八条",
    todo="请对重新起草的稿子办理“公平竞争审查通过”。",
    reads=("fact:competition_draft",),
    holds=lambda view: view.fact("competition_draft") != CompetitionDraft.NEW,
)
decide = Step(
    name="decide",
    label="集体讨论决定",
    by=(ORGAN_HEAD,),
    at=(s.REVIEWED,),
    to=s.DECIDED,
    takes=("meeting", "present", "meeting_decision"),
    may_take=("recused", "minutes"),
    gates=(not_unlawful, opinion_followed, competition_passed, competition_renewed),
    article=s.ROOT,
    audience=Audience.INTERNAL,
)
send_back = Step(
    name="send_back",
    label="集体讨论未通过",
    by=(ORGAN_HEAD,),
    at=(s.REVIEWED,),
    to=s.DRAFTING,
    takes=("meeting", "present", "meeting_decision"),
    may_take=("recused", "minutes"),
    reason="meeting_decision",
    says={"competition_draft": CompetitionDraft.NEW},
    article=s.ROOT,
    audience=Audience.INTERNAL,
)

# ---------------------------------------------------------------- registered, numbered, issued in one way

enter = Step(
    name="enter_document",
    label="统一登记",
    by=(CASE_OFFICER,),
    at=(s.DECIDED,),
    takes=("register_entry",),
    article=s.PUBLICATION_ARTICLE,
)
issue = Step(
    name="issue_document",
    label="签发、统一编号",
    by=(ORGAN_HEAD,),
    at=(s.DECIDED,),
    to=s.NUMBERED,
    takes=("document_text",),
    gates=(done(enter, "文件还没有统一登记", s.PUBLICATION_ARTICLE, "请先“统一登记”。"),),
    issues=(s.document,),
    agreed=True,
    article=s.PUBLICATION_ARTICLE,
)
stamped = Gate(
    name="stamped",
    sentence="文件还没有用印",
    todo="请印章管理人员先用印。",
    article=s.PUBLICATION_ARTICLE,
    reads=("track:approval",),
    holds=lambda view: view.track(approval.APPROVAL.name, issue.name) != approval.SIGNED.name,
)
promulgate = Step(
    name="promulgate",
    label="公布",
    by=(CASE_OFFICER,),
    at=(s.NUMBERED,),
    to=s.PROMULGATED,
    takes=("effective_on", "validity_amount", "validity_unit", "validity_basis", "filing_rule"),
    gates=(
        stamped,
        published(s.document, s.PUBLICATION_ARTICLE),
    ),
    opens=Opens(
        system="document_in_force",
        step="enter_promulgated",
        hands={name: name for name in HANDED} | {"document_number": NumberOf(s.document.name)},
        parties={"drafter": "drafter"},
    ),
    article=s.PUBLICATION_ARTICLE,
    audience=Audience.PUBLIC,
)
STEPS = (decide, send_back, enter, issue, promulgate)
