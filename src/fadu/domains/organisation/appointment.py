"""任前法律考试 and 新任干部“三个一”: who is to be appointed passes a test first, and is then told of the duties.

Law: as of the books; the rules of the cadres' department say more. It sets no term for the three: the plan does.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.domains.organisation import lists
from fadu.domains.organisation.books import LAW, STUDY, VERSION
from fadu.rules.facts import Count, Fact, Facts, Text
from fadu.rules.gates import done, fact
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    InPaper,
    Lapse,
    LapseEffect,
    Procedure,
    State,
    Step,
)


class AppointmentFacts(Facts):
    """Who is to become what, how the test came out, what followed."""

    person: Annotated[Text, Fact("拟任人员", personal=True)]
    department: Annotated[Text, Fact("所在单位", indexed=True)]
    office: Annotated[Text, Fact("拟任职务")]
    score: Annotated[Count, Fact("考试成绩")]
    test_result: Annotated[lists.Result, Fact("考试结果", indexed=True)]
    term_days: Annotated[Count, Fact("“三个一”完成期限（日）")]
    talk: Annotated[Text, Fact("廉政谈话情况", long=True)]
    duty_list: Annotated[Text, Fact("责任清单交付情况")]
    booklet: Annotated[Text, Fact("廉政读本交付情况")]
    end_reason: Annotated[Text, Fact("不再任职的理由", long=True)]


PROPOSED = State("proposed", "待考试")
TESTED = State("tested", "已考试")
APPOINTED = State("appointed", "已任职")
CLOSED = State("closed", "已完成", final=True)
ENDED = State("ended", "未任职", final=True)

propose = Step(
    name="propose_official",
    label="登记拟任人员",
    by=(CASE_OFFICER,),
    to=PROPOSED,
    takes=("person", "department", "office"),
    article=STUDY,
)
test = Step(
    name="record_test",
    label="登记任前考试成绩",
    by=(CASE_OFFICER,),
    at=(PROPOSED, TESTED),
    to=TESTED,
    takes=("score", "test_result"),
    article=STUDY,
)
appoint = Step(
    name="appoint",
    label="登记任职",
    by=(BODY_HEAD,),
    at=(TESTED,),
    to=APPOINTED,
    takes=("term_days",),
    gates=(
        fact(
            "test_result",
            lambda value: value == lists.Result.PASS,
            "任前法律知识考试不合格的，不得任职",
            STUDY,
            "请补考合格后再办理。",
        ),
    ),
    article=STUDY,
)


def _deed(name: str, label: str, fact_name: str) -> Step:
    return Step(name=name, label=label, by=(CASE_OFFICER,), at=(APPOINTED,), takes=(fact_name,), article=STUDY)


talk = _deed("record_talk", "廉政谈话", "talk")
give_list = _deed("give_duty_list", "交付责任清单", "duty_list")
give_book = _deed("give_booklet", "交付廉政读本", "booklet")
close = Step(
    name="close",
    label="“三个一”完成",
    by=(CASE_OFFICER,),
    at=(APPOINTED,),
    to=CLOSED,
    gates=tuple(done(step, f"还没有办理“{step.label}”", STUDY) for step in (talk, give_list, give_book)),
    article=STUDY,
)
end = Step(
    name="end_appointment",
    label="不再任职",
    by=(BODY_HEAD,),
    at=(PROPOSED, TESTED),
    to=ENDED,
    takes=("end_reason",),
    reason="end_reason",
    article=STUDY,
)

three_ones = Clock(
    name="three_ones",
    label="“三个一”期限",
    period=InPaper("term_days", STUDY),
    after=Done((appoint,)),
    until=(close,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未完成新任干部“三个一”", article=STUDY),
)

TEXT_2019 = Procedure(
    system="new_official",
    version=VERSION,
    label="任前考试和新任干部“三个一”",
    statute=LAW,
    facts=AppointmentFacts,
    states=(PROPOSED, TESTED, APPOINTED, CLOSED, ENDED),
    steps=(propose, test, appoint, talk, give_list, give_book, close, end, standing.reverse),
    parties=(),
    clocks=(three_ones,),
    title="{person}任{office}",
)
