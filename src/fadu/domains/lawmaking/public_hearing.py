"""立法听证会: announced in good time, held in public with a record, answered. Law: 规章制定程序条例 arts 16, 23."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.domains.lawmaking.books import MAKING_RULES
from fadu.rules.facts import Audience, Count, Fact, Facts, Text
from fadu.rules.gates import in_good_time, published
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Gate,
    Lead,
    Paper,
    PartyRole,
    Period,
    Procedure,
    State,
    Step,
)

PUBLIC = Audience.PUBLIC
ANNOUNCED_BEFORE = f"《{MAKING_RULES}》第十六条第二款第一项"
RECORDED = f"《{MAKING_RULES}》第十六条第二款第三项"
ANSWERED = f"《{MAKING_RULES}》第十六条第二款第四项"


class HearingFacts(Facts):
    """What is heard about, when and where, what was said, what became of it."""

    subject: Annotated[Text, Fact("听证的草案", PUBLIC, indexed=True)]
    hearing_reason: Annotated[Text, Fact("举行听证会的理由", PUBLIC, long=True)]
    hearing_day: Annotated[date, Fact("听证日期", PUBLIC)]
    hearing_place: Annotated[Text, Fact("听证地点", PUBLIC)]
    hearing_matters: Annotated[Text, Fact("听证内容", PUBLIC, long=True)]
    attended: Annotated[Text, Fact("听证参加人", PUBLIC, long=True)]
    hearing_record: Annotated[Text, Fact("发言人的主要观点和理由", PUBLIC, long=True)]
    opinions: Annotated[Count, Fact("听证意见条数", PUBLIC, indexed=True)]
    followed: Annotated[Count, Fact("采纳意见条数", PUBLIC, indexed=True)]
    handling: Annotated[Text, Fact("对听证意见的处理情况及其理由", PUBLIC, long=True)]
    change_reason: Annotated[Text, Fact("改期的理由", PUBLIC, long=True)]
    cancel_reason: Annotated[Text, Fact("不举行听证会的理由", PUBLIC, long=True)]


DRAFTER = PartyRole("drafter", "起草单位", organ=True)
DECIDED = State("decided", "已决定听证")
ANNOUNCED = State("announcement", "已制发听证公告")
HELD = State("held", "已举行")
REPORTED = State("reported", "已处理听证意见", final=True)
CANCELLED = State("cancelled", "不举行", final=True)

announcement = Paper(
    name="hearing_announcement", label="立法听证公告", to=(DRAFTER,), series="立听", audience=PUBLIC, publish=True
)
record = Paper(name="hearing_record", label="立法听证笔录", to=(DRAFTER,), series="立听录", audience=PUBLIC)


decide = Step(
    name="decide_hearing",
    label="决定举行听证会",
    by=(BODY_HEAD,),
    to=DECIDED,
    takes=("subject", "hearing_reason"),
    parties=(DRAFTER,),
    article=f"《{MAKING_RULES}》第十六条第二款",
)
announce = Step(
    name="issue_announcement",
    label="制发听证公告",
    by=(CASE_OFFICER,),
    at=(DECIDED,),
    to=ANNOUNCED,
    takes=("hearing_day", "hearing_place", "hearing_matters"),
    issues=(announcement,),
    article=ANNOUNCED_BEFORE,
)
move = Step(
    name="move_hearing",
    label="改期",
    by=(CASE_OFFICER,),
    at=(ANNOUNCED,),
    to=DECIDED,
    takes=("change_reason",),
    reason="change_reason",
    article=ANNOUNCED_BEFORE,
)
on_its_day = Gate(
    name="hearing_on_its_day",
    sentence="今天不是所公布的听证日期",
    article=ANNOUNCED_BEFORE,
    todo="另定日期的，请先“改期”，重新公布。",
    reads=("fact:hearing_day",),
    holds=lambda view: view.is_day("hearing_day"),
)
announced = Lead(
    name="announcement",
    label="听证公告",
    period=Period(MAKING_RULES, "听证公告"),
    before="hearing_day",
    notice=announcement,
    on=(),
)
hold = Step(
    name="hold_hearing",
    label="举行听证会",
    by=(CASE_OFFICER,),
    at=(ANNOUNCED,),
    to=HELD,
    takes=("attended", "hearing_record"),
    gates=(
        published(announcement, ANNOUNCED_BEFORE),
        on_its_day,
        in_good_time(announced, ANNOUNCED_BEFORE),
    ),
    issues=(record,),
    article=RECORDED,
)
answer = Step(
    name="answer_hearing",
    label="说明听证意见的处理情况",
    by=(DRAFTER, CASE_OFFICER),
    at=(HELD,),
    to=REPORTED,
    takes=("opinions", "followed", "handling"),
    reason="handling",
    article=ANSWERED,
)
cancel = Step(
    name="cancel_hearing",
    label="不再举行听证会",
    by=(BODY_HEAD,),
    at=(DECIDED, ANNOUNCED),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=f"《{MAKING_RULES}》第十六条第二款",
)

TEXT = Procedure(
    system="public_hearing",
    version="2017",
    label="立法听证会",
    statute=MAKING_RULES,
    facts=HearingFacts,
    states=(DECIDED, ANNOUNCED, HELD, REPORTED, CANCELLED),
    steps=(decide, announce, move, hold, answer, cancel, standing.publish, *standing.STEPS),
    parties=(DRAFTER,),
    leads=(announced,),
    series="立听案",
    title="{subject}听证会",
)
