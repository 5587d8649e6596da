"""代表建议办理: a deputy's suggestion is received, assigned, answered and closed. Law: 代表法 (2025)."""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Text
from fadu.rules.gates import all_served, done
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Choose,
    Clock,
    Done,
    Lapse,
    LapseEffect,
    Paper,
    PartyRole,
    Period,
    Procedure,
    State,
    Step,
)

ARTICLE = "《代表法》第五十一条"

# 1. What the case holds: every fact has a Chinese name and says who may see it.


class Difficulty(ClosedList):
    """The length of the period depends on it."""

    PLAIN = "plain", "一般"
    HARD = "hard", "涉及面广、处理难度大"


class SuggestionFacts(Facts):
    """What is suggested, and what came of it."""

    subject: Annotated[Text, Fact("建议标题", Audience.PUBLIC, indexed=True)]
    content: Annotated[Text, Fact("建议内容", Audience.PARTIES, long=True)]
    difficulty: Annotated[Difficulty, Fact("难易程度", indexed=True)]
    handler: Annotated[Text, Fact("承办科室")]
    contact: Annotated[Text, Fact("与代表联系的情况", Audience.PARTIES, long=True)]
    answer_content: Annotated[Text, Fact("答复内容", Audience.PARTIES, long=True)]


# 2. Who takes part, which states there are, which papers are made.
DEPUTY = PartyRole("deputy", "提出建议的代表", many=True, by_office=True)
RECEIVED = State("received", "已收到")
ASSIGNED = State("assigned", "办理中")
ANSWERED = State("answered", "已答复")
CLOSED = State("closed", "已办结", final=True)
answer_letter = Paper(name="answer_letter", label="代表建议答复函", to=(DEPUTY,), series="建复", publish=True)

# 3. What may be done, by whom, on which article. A gate is a condition with its sentence.

receive = Step(
    name="receive_suggestion",
    label="收到代表建议",
    by=(CASE_OFFICER,),
    to=RECEIVED,
    takes=("subject", "content"),
    parties=(DEPUTY,),
    article=ARTICLE,
)
assign = Step(
    name="assign",
    label="交办",
    by=(BODY_HEAD,),
    at=(RECEIVED,),
    to=ASSIGNED,
    takes=("difficulty", "handler"),
    article=ARTICLE,
)
contact = Step(
    name="contact", label="与代表联系", by=(CASE_OFFICER,), at=(ASSIGNED,), takes=("contact",), article=ARTICLE
)
answer = Step(
    name="answer",
    label="答复代表",
    by=(BODY_HEAD,),
    at=(ASSIGNED,),
    to=ANSWERED,
    takes=("answer_content",),
    gates=(done(contact, "答复前还没有与代表联系", ARTICLE, "请先登记“与代表联系”。"),),
    issues=(answer_letter,),
    article=ARTICLE,
)
close = Step(name="close", label="办结", by=(CASE_OFFICER,), at=(ANSWERED,), to=CLOSED, gates=(all_served(),))

# 4. By when: the numbers of days stand in src/fadu/law, here only their names.
answer_in_time = Clock(
    name="answer",
    label="答复期限",
    period=Choose(
        "difficulty", {"plain": Period("代表法", "代表建议答复"), "hard": Period("代表法", "代表建议答复·难件")}
    ),
    after=Done((assign,)),
    until=(answer,),
    bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未答复代表", article=ARTICLE),
)

# 5. The whole, under one text of the law. The loader judges it and names every fault.

TEXT_2025 = Procedure(
    system="suggestion",
    version="2025",
    label="代表建议办理",
    statute="代表法",
    facts=SuggestionFacts,
    states=(RECEIVED, ASSIGNED, ANSWERED, CLOSED),
    steps=(receive, assign, contact, answer, close, *standing.STEPS),
    parties=(DEPUTY,),
    clocks=(answer_in_time,),
    series="建议",
    title="{deputy}关于{subject}的建议",
)
