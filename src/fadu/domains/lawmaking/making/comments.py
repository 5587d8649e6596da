"""What the public says to a draft while comments are asked for: each comment entered, weighed, answered in public."""

from __future__ import annotations

from typing import Annotated

from fadu.domains.lawmaking.making import shared as s
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Text
from fadu.rules.procedure import Items, Online, Step

PUBLIC = Audience.PUBLIC


class CameBy(ClosedList):
    """By which way a comment came."""

    ONLINE = "online", "网站征集"
    LETTER = "letter", "来信、电子邮件"
    MEETING = "meeting", "座谈会、论证会"


class Weighed(ClosedList):
    """What became of a comment."""

    FOLLOWED = "followed", "采纳"
    PARTLY = "partly", "部分采纳"
    NOT_FOLLOWED = "not_followed", "不采纳"


class Comment(Facts):
    """One comment; who made it is not made public."""

    content: Annotated[Text, Fact("意见内容", PUBLIC, long=True)]
    clause: Annotated[Text | None, Fact("针对的条款", PUBLIC)] = None
    came_by: Annotated[CameBy, Fact("来源", PUBLIC)]
    person: Annotated[Text | None, Fact("提出意见的人", personal=True)] = None


COMMENTS = Items(
    name="comment",
    label="公众意见",
    model=Comment,
    outcome=Weighed,
    weight=tuple(str(code) for code in Weighed),
)
collect = Step(
    name="collect_comment",
    label="收到公众意见",
    by=(s.DRAFTER,),
    track=s.COMMENTS,
    within=(s.DRAFTING,),
    at=(s.ASKING,),
    items=True,
    article=s.COMMENTS_ARTICLE,
    online=Online(says={"came_by": "online"}),
)
