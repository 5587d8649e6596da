"""“出庭、旁听、讲评”三合一: a hearing that other organs attend and a judge comments on; each tells its lessons.

Law: 行政诉讼法 art. 3 para. 3, 负责人出庭应诉规定 (2020) art. 14; the activity itself is local, its terms are those of
the notice.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import done, served
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    Names,
    Paper,
    PartyRole,
    Procedure,
    State,
    Step,
)

PARTIES = Audience.PARTIES
ARTICLE = "《负责人出庭应诉规定》第十四条第二款"


class ThreeInOneFacts(Facts):
    """Which hearing, who came, what the judge said, what each organ learned."""

    subject: Annotated[Text, Fact("活动名称", PARTIES, indexed=True)]
    court_number: Annotated[Text, Fact("庭审案号", PARTIES)]
    suit_number: Annotated[Text, Fact("本机关应诉案号", PARTIES)]
    hearing_day: Annotated[date, Fact("庭审日期", PARTIES)]
    hearing_place: Annotated[Text, Fact("庭审地点", PARTIES)]
    head_name: Annotated[Text, Fact("出庭负责人姓名和职务", PARTIES)]
    persons: Annotated[Count, Fact("旁听人数", PARTIES, indexed=True)]
    attended: Annotated[Text, Fact("旁听人员", PARTIES, long=True)]
    commentator: Annotated[Text, Fact("讲评人", PARTIES)]
    commentary: Annotated[Text, Fact("讲评内容", PARTIES, long=True)]
    lesson_days: Annotated[Count, Fact("报送整改和体会的期限（日）", PARTIES)]
    lessons: Annotated[Text, Fact("对照整改和体会", PARTIES, long=True)]
    lesson_files: Annotated[Files, Fact("佐证材料", PARTIES)]
    review_opinion: Annotated[Text, Fact("小结", PARTIES, long=True)]
    cancel_reason: Annotated[Text, Fact("取消的理由", PARTIES, long=True)]


ATTENDEE = PartyRole("attendee", "旁听单位", organ=True, many=True)
COURT = PartyRole("court", "人民法院", by_office=True)
ARRANGED, HELD = State("arranged", "已安排"), State("held", "待报送体会")
CLOSED, CANCELLED = State("closed", "已办结", final=True), State("cancelled", "已取消", final=True)
notice = Paper(name="three_in_one_notice", label="“出庭、旁听、讲评”活动通知", to=(ATTENDEE,), series="三合")

arrange = Step(
    name="arrange_activity",
    label="安排三合一活动",
    by=(BODY_HEAD,),
    to=ARRANGED,
    takes=("subject", "court_number", "hearing_day", "hearing_place"),
    parties=(ATTENDEE, COURT),
    issues=(notice,),
    article=ARTICLE,
)
move = Step(
    name="move_activity",
    label="庭审改期",
    by=(BODY_HEAD,),
    at=(ARRANGED,),
    takes=("hearing_day", "hearing_place"),
    issues=(notice,),
    article=ARTICLE,
)
name_suit = Step(
    name="name_suit",
    label="关联本机关的应诉案件",
    by=(CASE_OFFICER,),
    at=(ARRANGED, HELD),
    takes=("suit_number",),
    names=Names(fact="suit_number", system="litigation"),
    article=ARTICLE,
)
on_its_day = Gate(
    name="on_its_day",
    sentence="今天不是所通知的庭审日期",
    article=ARTICLE,
    todo="改期的，请先办理“庭审改期”；事后登记的，请填写庭审当天的日期。",
    reads=("fact:hearing_day",),
    holds=lambda view: view.is_day("hearing_day"),
)
hold = Step(
    name="hold_activity",
    label="登记出庭、旁听、讲评",
    by=(CASE_OFFICER,),
    at=(ARRANGED,),
    to=HELD,
    takes=("head_name", "persons", "attended", "commentator", "commentary", "lesson_days"),
    gates=(on_its_day, served(notice, ARTICLE)),
    article="《行政诉讼法》第三条第三款",
)
report = Step(
    name="report_lessons",
    label="报送整改和体会",
    by=(ATTENDEE,),
    at=(HELD,),
    takes=("lessons",),
    may_take=("lesson_files",),
    article=ARTICLE,
)
nobody_late = Gate(
    name="nobody_late",
    sentence="还有旁听单位逾期没有报送整改和体会",
    article=ARTICLE,
    todo="请催促报送；不再参加的单位，先变更当事人。",
    reads=("clock:lessons",),
    holds=lambda view: not view.over("lessons"),
)
close = Step(
    name="close_activity",
    label="小结办结",
    by=(BODY_HEAD,),
    at=(HELD,),
    to=CLOSED,
    takes=("review_opinion",),
    gates=(done(report, "还没有单位报送整改和体会", ARTICLE), nobody_late),
    article=ARTICLE,
)
cancel = Step(
    name="cancel_activity",
    label="取消活动",
    by=(BODY_HEAD,),
    at=(ARRANGED,),
    to=CANCELLED,
    takes=("cancel_reason",),
    reason="cancel_reason",
    article=ARTICLE,
)
lessons = Clock(
    name="lessons",
    label="报送整改和体会",
    period=InPaper("lesson_days", ARTICLE),
    after=Done((hold,)),
    per=ATTENDEE,
    until=(report,),
    bearer=ATTENDEE,
    lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未报送整改和体会", article=ARTICLE),
)

TEXT = Procedure(
    system="three_in_one",
    version="2020",
    label="“出庭、旁听、讲评”三合一",
    statute="负责人出庭应诉规定",
    facts=ThreeInOneFacts,
    states=(ARRANGED, HELD, CLOSED, CANCELLED),
    steps=(arrange, move, name_suit, hold, report, close, cancel, *standing.STEPS),
    parties=(ATTENDEE, COURT),
    clocks=(lessons,),
    series="三合案",
    title="{subject}",
)
