"""公平竞争审查, beside drafting and review: first opinion, passed, violating."""

from __future__ import annotations

from fadu.domains.lawmaking.making import shared as s
from fadu.domains.lawmaking.making.facts import CompetitionConclusion, CompetitionDraft, IssuedBy
from fadu.domains.lawmaking.making.steps_drafting import BEFORE_MEETING
from fadu.rules.procedure import CASE_OFFICER, Gate, Step

give_first_opinion = Step(
    name="give_first_opinion",
    label="提出公平竞争初审意见",
    by=(s.DRAFTER,),
    track=s.COMPETITION,
    within=BEFORE_MEETING,
    at=(s.NOT_EXAMINED, s.VIOLATING, s.PASSED),
    takes=("first_opinion", "interested_heard"),
    article="《公平竞争审查条例》第十四条、第十六条",
)
first_opinion_given = Gate(
    name="first_opinion_given",
    sentence="以政府名义制发的文件，起草单位还没有提出公平竞争初审意见",
    article="《公平竞争审查条例》第十四条",
    todo="请起草单位先提出初审意见，再送市场监督管理部门审查。",
    reads=("fact:issued_by", "step:give_first_opinion"),
    holds=lambda view: view.fact("issued_by") != IssuedBy.GOVERNMENT or view.did("give_first_opinion"),
)
market_fits = Gate(
    name="market_fits",
    sentence="与经营主体生产经营活动密切相关的文件，应当进行公平竞争审查，不能按不适用处理",
    article=s.COMPETITION_ARTICLE,
    reads=("fact:market_related", "fact:competition_conclusion"),
    holds=lambda view: (
        not view.fact("market_related") or view.fact("competition_conclusion") != CompetitionConclusion.NOT_APPLICABLE
    ),
)
exception_explained = Gate(
    name="exception_explained",
    sentence="适用例外规定的，应当在审查结论中说明",
    article="《公平竞争审查条例》第十二条、第十七条",
    todo="请填写“例外规定的说明”。",
    reads=("fact:competition_conclusion", "fact:exception_explained"),
    holds=lambda view: (
        view.fact("competition_conclusion") != CompetitionConclusion.EXCEPTION or bool(view.fact("exception_explained"))
    ),
)
pass_competition = Step(
    name="pass_competition",
    label="公平竞争审查通过",
    by=(s.DRAFTER, CASE_OFFICER),
    track=s.COMPETITION,
    within=BEFORE_MEETING,
    at=(s.NOT_EXAMINED, s.VIOLATING, s.PASSED),
    to=s.PASSED,
    takes=("competition_conclusion",),
    says={"competition_draft": CompetitionDraft.EXAMINED},
    may_take=("exception_explained",),
    gates=(first_opinion_given, market_fits, exception_explained),
    article=s.COMPETITION_ARTICLE,
)
find_violation = Step(
    name="find_violation",
    label="认定违反公平竞争审查标准",
    by=(s.DRAFTER, CASE_OFFICER),
    track=s.COMPETITION,
    within=BEFORE_MEETING,
    at=(s.NOT_EXAMINED, s.PASSED),
    to=s.VIOLATING,
    takes=("violation",),
    gates=(first_opinion_given,),
    article="《公平竞争审查条例》第十八条",
)
STEPS = (give_first_opinion, pass_competition, find_violation)
