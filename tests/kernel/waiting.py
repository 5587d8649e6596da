"""Two procedures of which one waits for the other (L8): the small one, and a question put to somebody else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, Fact, Facts, Text
from fadu.rules.law import load_library
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    SYSTEM,
    Clock,
    Does,
    Done,
    Effect,
    Lapse,
    LapseEffect,
    Names,
    Opens,
    Pause,
    PauseKind,
    Period,
    Procedure,
    State,
    Step,
    When,
)
from fadu.rules.registry import Registry, Room
from tests.kernel import small


class QuestionFacts(Facts):
    question: Annotated[Text, Fact("问题", Audience.PARTIES)]


ASKED, SETTLED, CLOSED = State("asked", "待答复"), State("settled", "已答复"), State("closed", "已归档", final=True)
ask = Step(name="ask", label="提出问题", to=ASKED, by=(CASE_OFFICER, SYSTEM), takes=("question",))
settle = Step(name="settle", label="答复问题", at=(ASKED,), to=SETTLED, by=(CASE_OFFICER,), concludes=True)
agreed = Step(
    name="agreed", label="视为同意", at=(ASKED,), to=SETTLED, by=(SYSTEM,), article="第三十条", concludes=True
)
close = Step(name="close", label="归档", at=(SETTLED,), to=CLOSED, by=(CASE_OFFICER,))
silence = Clock(
    name="silence", label="答复问题", period=Period(small.LAW, "审查受理"), after=Done((ask,)),
    until=(settle, agreed), bearer=CASE_OFFICER,
    lapse=Lapse(effect=LapseEffect.DEEMS, step=agreed, sentence="视为同意", article="第三十条"),
)  # fmt: skip
QUESTION = Procedure(
    system="question", version="2023", label="小问题", statute=small.LAW, facts=QuestionFacts,
    states=(ASKED, SETTLED, CLOSED), parties=(), steps=(ask, settle, agreed, close, *standing.STEPS),
    clocks=(silence,), series="问",
)  # fmt: skip


class WaitingFacts(small.SmallFacts):
    awaited: Annotated[Text, Fact("所等待案件的案号", Audience.PARTIES)]
    question: Annotated[Text, Fact("问题", Audience.PARTIES)]


await_case = Step(
    name="await_case", label="等待其他案件的结果", at=(small.ACCEPTED,), by=(BODY_HEAD,), takes=("awaited",),
    names=Names(fact="awaited", system="question"), article="第三十九条第一款第八项",
)  # fmt: skip
put_question = Step(
    name="put_question", label="提出问题并等待答复", at=(small.ACCEPTED,), by=(BODY_HEAD,), takes=("question",),
    opens=Opens(system="question", step="ask", hands={"question": "question"}),
)  # fmt: skip
answered = Step(name="answered", label="所等待的案件有了结果", by=(SYSTEM,), does=Does.HEARS)
pauses = tuple(
    Pause(begin=step, end=(answered,), kind=PauseKind.STAYS, article="第三十九条第一款第八项")
    for step in (await_case, put_question)
)
WAITING = replace(
    small.SMALL,
    facts=WaitingFacts,
    steps=(*small.SMALL.steps, await_case, put_question, answered),
    on=(When(Effect.OVER, answered),),
    clocks=tuple(
        replace(clock, pauses=(*clock.pauses, *pauses)) if clock.name == "trial" else clock
        for clock in small.SMALL.clocks
    ),
)
ROOM = Room(
    name="waiting", label="等待", folder=Path(__file__).parent, procedures=(WAITING, small.FOLLOW, QUESTION)
)  # fmt: skip


def catalogue() -> Registry:
    return Registry([ROOM], load_library())
