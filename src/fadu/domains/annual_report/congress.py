"""What the standing committee and the consultative conference say of a report, and the answer."""

from __future__ import annotations

from fadu.domains.annual_report import facts as f
from fadu.domains.annual_report import gates as g
from fadu.domains.annual_report.steps import submit_local
from fadu.rules.gates import done
from fadu.rules.procedure import CASE_OFFICER, Step

put_on_agenda = Step(
    name="set_congress_agenda",
    label="列入人大常委会会议议程",
    by=(f.LOCAL,),
    at=(f.SUBMITTED,),
    takes=("congress_session", "congress_day", "congress_agenda"),
    gates=(done(submit_local, "还没有报送本级人大常委会", f.ARTICLE),),
    article=f.ARTICLE,
)
hear_congress = Step(
    name="hear_congress",
    label="人大常委会审议",
    by=(f.LOCAL,),
    at=(f.SUBMITTED,),
    takes=("congress_opinion", "congress_term"),
    may_take=("congress_vote", "votes_for", "votes_against", "votes_withheld"),
    gates=(done(submit_local, "还没有报送本级人大常委会", f.ARTICLE), g.votes_agree),
    article=f.ARTICLE,
)
answer_congress = Step(
    name="answer_congress",
    label="报送审议意见研究处理情况",
    by=(CASE_OFFICER,),
    at=(f.SUBMITTED,),
    takes=("congress_answer",),
    gates=(done(hear_congress, "人大常委会还没有提出审议意见", f.ARTICLE),),
    issues=(f.congress_answer,),
    article=f.ARTICLE,
)
tell_conference = Step(
    name="tell_conference",
    label="向政协通报",
    by=(CASE_OFFICER,),
    at=(f.SIGNED, f.SUBMITTED),
    takes=("conference_opinion",),
    gates=(g.stamped,),
    article=f.ARTICLE,
)
STEPS = (put_on_agenda, hear_congress, answer_congress, tell_conference)
