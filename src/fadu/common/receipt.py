"""Receipt of an application: by what channel it came in, and the fact with its proof that tells the day (D10).

A step that receives inherits these facts and says `receipt=Receipt(statute, name)`; which of them tells the day for
each channel stands in the law library, law/besides/.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Moment, Text

PARTIES = Audience.PARTIES


class Channel(ClosedList):
    """How an application came in."""

    COUNTER = "counter", "当面提交"
    POST = "post", "邮寄"
    ORDINARY_MAIL = "ordinary_mail", "平常信函（无需签收）"
    ONLINE = "online", "互联网"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    ORAL = "oral", "口头申请（当场记录）"
    AGENCY_POINT = "agency_point", "司法所代办点转送"
    BY_PENALTY_ORGAN = "by_penalty_organ", "经作出处罚的机关转送"


class ReceiptFacts(Facts):
    """The channel, and the facts of which one tells the day of receipt."""

    channel: Annotated[Channel, Fact("申请方式", PARTIES, indexed=True)]
    came_at: Annotated[
        Moment, Fact("提交、到达的时间", PARTIES, hint="互联网、电子邮件、传真的到达时间；当面提交的可以不填")
    ]
    signed_on: Annotated[date, Fact("签收之日", PARTIES, hint="邮寄的填写")]
    confirmed_on: Annotated[date, Fact("双方确认之日", PARTIES, hint="依法以双方确认为收到的填写")]
    receipt_proof: Annotated[Text, Fact("收到的凭证", PARTIES, hint="邮件回执、系统回执、传真报告、确认记录等")]


TOLD_BY = ("came_at", "signed_on", "confirmed_on", "receipt_proof")
"""What a step that receives may take besides the channel."""
