"""第三人: somebody asks by himself to take part, apart from being told to; each text adds its articles."""

from __future__ import annotations

from dataclasses import replace

from fadu.domains.review.reconsideration import shared as s
from fadu.domains.review.reconsideration import steps_trial as trial
from fadu.rules.facts import Audience
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, Gate, State, Step, Track

NOT_ASKED = State("none", "没有申请")
ASKED = State("asked", "已申请，待答复")
TOLD = State("told", "已答复")
PARTICIPATION = Track(name="participation", label="申请参加复议", initial=NOT_ASKED, audience=Audience.PARTIES)

_ask = Step(
    name="ask_participation",
    label="登记参加复议的申请",
    track=PARTICIPATION,
    within=s.OPEN,
    at=(NOT_ASKED, TOLD),
    to=ASKED,
    by=(CASE_OFFICER,),
    takes=("participation_name", "participation_interest"),
)
_admit = Step(
    name="admit_third_party",
    label="同意作为第三人参加",
    track=PARTICIPATION,
    within=s.OPEN,
    at=(ASKED,),
    to=TOLD,
    by=(CASE_OFFICER,),
    parties=(s.THIRD,),
    issues=(s.third_party_notice,),
)
_refuse = Step(
    name="refuse_third_party",
    label="不同意作为第三人参加",
    track=PARTICIPATION,
    within=s.OPEN,
    at=(ASKED,),
    to=TOLD,
    by=(BODY_HEAD,),
    takes=("no_participation_reason",),
    reason="no_participation_reason",
)


def steps(told: str, asked: str) -> tuple[Step, ...]:
    """Being told to take part, asking to, and the answer; told, asked: the articles of the text."""
    return (
        replace(trial.add_third_party, article=told),
        *(replace(step, article=asked) for step in (_ask, _admit, _refuse)),
    )


def answered(article: str) -> Gate:
    """Who asked to take part has his answer before the case is decided."""
    return Gate(
        name="participation_answered",
        sentence="有人申请作为第三人参加复议，还没有答复",
        article=article,
        todo="请“同意作为第三人参加”；没有利害关系的，办理“不同意作为第三人参加”并写明理由。",
        reads=("track:participation",),
        holds=lambda view: view.track("participation") != ASKED.name,
    )
