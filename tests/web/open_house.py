"""The small house with a list and a draft that stands open to opinions, as everybody sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Text
from fadu.rules.law import load_library
from fadu.rules.procedure import CASE_OFFICER, Items, Online, Procedure, State, Step
from fadu.rules.registry import Registry
from tests.kernel import lists, small

PUBLIC = Audience.PUBLIC


class Way(ClosedList):
    ONLINE = "online", "网站"
    LETTER = "letter", "来信"


class Weighed(ClosedList):
    FOLLOWED = "followed", "采纳"
    NOT_FOLLOWED = "not_followed", "不采纳"


class Opinion(Facts):
    content: Annotated[Text, Fact("意见内容", PUBLIC, long=True)]
    way: Annotated[Way, Fact("来源", PUBLIC)]
    person: Annotated[Text | None, Fact("提出意见的人", personal=True)] = None


class DraftFacts(Facts):
    subject: Annotated[Text, Fact("草案名称", PUBLIC)]
    inner: Annotated[Text, Fact("内部说明")]
    weighing: Annotated[Text, Fact("采纳说明", PUBLIC)]


OPENED, WEIGHED = State("opened", "征求意见"), State("weighed", "已反馈", final=True)
open_ = Step(
    name="open_draft", label="公布草案", by=(CASE_OFFICER,), to=OPENED, takes=("subject",), may_take=("inner",)
)  # fmt: skip
say = Step(
    name="say", label="登记意见", by=(CASE_OFFICER,), at=(OPENED,), items=True, online=Online(says={"way": "online"})
)  # fmt: skip
weigh = Step(
    name="weigh", label="反馈", by=(CASE_OFFICER,), at=(OPENED,), to=WEIGHED, takes=("weighing",), outcomes=True
)  # fmt: skip
DRAFT = Procedure(
    system="draft", version="2023", label="征求意见", statute=small.LAW, facts=DraftFacts, states=(OPENED, WEIGHED),
    parties=(), steps=(open_, say, weigh), title="{subject}",
    items=Items(
        name="opinion", label="意见", model=Opinion, outcome=Weighed, weight=tuple(str(code) for code in Weighed)
    ),
)  # fmt: skip


class OpenFacts(lists.PowerFacts):
    """The same list, of which everybody may read code and name."""

    code: Annotated[Text, Fact("事项编码", PUBLIC)]
    subject: Annotated[Text, Fact("事项名称", PUBLIC)]


OPEN_LIST = replace(lists.POWERS, name="open_power", label="权力清单", model=OpenFacts)


def catalogue() -> Registry:
    room = replace(
        lists.ROOM, procedures=(small.SMALL, small.FOLLOW, DRAFT), registers=(lists.POWERS, OPEN_LIST)
    )  # fmt: skip
    return Registry([room], load_library())
