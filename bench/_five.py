"""What product and engines run: five steps in a row, each with a form of five fields and a clock."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fadu.rules.facts import Audience, Count, Fact, Facts, Money, Text
from fadu.rules.law import load_library
from fadu.rules.procedure import (
    CASE_OFFICER,
    Clock,
    Done,
    Lapse,
    LapseEffect,
    Period,
    Procedure,
    State,
    Step,
)
from fadu.rules.registry import Registry, Room

LAW = "行政复议法"
FORM: dict[str, Any] = {
    "name": "张三", "story": "某日某事，经过如下", "day": "2024-03-01", "worth": "1200.50", "pages": "12",
}  # fmt: skip
STEPS = 5


class FormFacts(Facts):
    name: Annotated[Text, Fact("姓名", Audience.PARTIES)]
    story: Annotated[Text, Fact("经过", Audience.PARTIES, long=True)]
    day: Annotated[date, Fact("日期", Audience.PARTIES)]
    worth: Annotated[Money, Fact("金额", Audience.PARTIES)]
    pages: Annotated[Count, Fact("页数", Audience.PARTIES)]


STATES = (*(State(f"at_{n}", f"第{n}步") for n in range(1, STEPS + 1)), State("ended", "已办结", final=True))
FIELDS = tuple(FormFacts.model_fields)
begin = Step(name="begin", label="收件", to=STATES[0], by=(CASE_OFFICER,), article="第二十条")
DOING = tuple(
    Step(name=f"step_{n + 1}", label=f"办理{n + 1}", at=(STATES[n],), to=STATES[n + 1], by=(CASE_OFFICER,),
         takes=FIELDS, article="第三十条")
    for n in range(STEPS)
)  # fmt: skip
CLOCKS = tuple(
    Clock(name=f"clock_{n + 1}", label=f"期限{n + 1}", period=Period(LAW, "审查受理"), after=Done((before,)),
          until=(step,), bearer=CASE_OFFICER,
          lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未办理", article="第三十条"))
    for n, (before, step) in enumerate(zip((begin, *DOING), DOING, strict=False))
)  # fmt: skip
FIVE = Procedure(
    system="five", version="2023", label="五步程序", statute=LAW, facts=FormFacts, states=STATES, parties=(),
    steps=(begin, *DOING), clocks=CLOCKS, title="五步程序",
)  # fmt: skip


def catalogue() -> Registry:
    """A registry that knows this procedure only."""
    room = Room(name="five", label="五步", folder=Path(__file__).parent, procedures=(FIVE,))
    return Registry([room], load_library())
