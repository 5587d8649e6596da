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

    content: Annotated[
        Text,
        Fact("意见内容", PUBLIC, long=True, hint="您认为应当怎么改、为什么；采纳情况连同意见一起公布，不要写个人信息"),
    ]
    clause: Annotated[Text | None, Fact("针对的条款", PUBLIC, hint="例如 第五条第二款；对全文的写“全文”")] = None
    came_by: Annotated[CameBy, Fact("来源", PUBLIC)]
    person: Annotated[Text | None, Fact("提出意见的人", personal=True, hint="姓名或者单位名称，可以不写；不公开")] = (
        None
    )


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
