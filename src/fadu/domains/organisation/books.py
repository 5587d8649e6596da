"""统筹推进台账: meetings, legal study, trainings, law tests, what first responsible persons did; one step each.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 6; 地方组织法, arts 73 and 78; under 督察工作规定 (2019).
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import book
from fadu.domains.organisation import lists
from fadu.rules.facts import Audience, Count, Fact, Files, Text
from fadu.rules.procedure import CASE_OFFICER, Procedure, Step

LAW = "法治政府建设与责任落实督察工作规定"
VERSION = "2019"
DUTIES = "《党政主要负责人履行推进法治建设第一责任人职责规定》"
MEETING = f"{DUTIES}第六条第一项"
STUDY = f"{DUTIES}第六条第六项"
TRAINING = "《地方各级人民代表大会和地方各级人民政府组织法》第七十三条第四项"
FIRST = f"{DUTIES}第六条"
PUBLIC = Audience.PUBLIC


class MeetingFacts(book.BookFacts):
    """A meeting on law-based government and what it decided."""

    meeting_kind: Annotated[lists.Meeting, Fact("会议类型", PUBLIC, indexed=True)]
    subject: Annotated[Text, Fact("会议议题", PUBLIC, indexed=True)]
    chair: Annotated[Text, Fact("主持人", PUBLIC)]
    attended: Annotated[Text, Fact("参加范围", PUBLIC)]
    decision: Annotated[Text, Fact("议定事项", PUBLIC, long=True)]
    minutes: Annotated[Files, Fact("会议纪要")]


class TrainingFacts(book.BookFacts):
    """A training on law, who held it and how many came."""

    subject: Annotated[Text, Fact("培训名称", PUBLIC, indexed=True)]
    organiser: Annotated[lists.Organiser, Fact("举办层级", PUBLIC, indexed=True)]
    held_by: Annotated[Text, Fact("举办单位", PUBLIC)]
    trainees: Annotated[lists.Trainees, Fact("培训对象", PUBLIC, indexed=True)]
    persons: Annotated[Count, Fact("参加人数", PUBLIC, indexed=True)]
    departments: Annotated[Count, Fact("参加部门数", PUBLIC, indexed=True)]
    townships: Annotated[Count, Fact("参加乡镇街道数", PUBLIC, indexed=True)]
    content: Annotated[Text, Fact("培训内容", PUBLIC, long=True)]
    files: Annotated[Files, Fact("签到和课件材料")]


class TestFacts(book.BookFacts):
    """A test of legal knowledge, how many took it and how many passed."""

    subject: Annotated[Text, Fact("测试名称", PUBLIC, indexed=True)]
    test_kind: Annotated[lists.Test, Fact("测试类型", PUBLIC, indexed=True)]
    held_by: Annotated[Text, Fact("组织单位", PUBLIC)]
    persons: Annotated[Count, Fact("参加人数", PUBLIC, indexed=True)]
    passed: Annotated[Count, Fact("合格人数", PUBLIC, indexed=True)]
    files: Annotated[Files, Fact("成绩材料")]


class DutyFacts(book.BookFacts):
    """What a first responsible person did about one of the duties, with evidence."""

    person: Annotated[Text, Fact("责任人", PUBLIC)]
    office: Annotated[Text, Fact("职务", PUBLIC)]
    duty: Annotated[lists.Duty, Fact("履行的职责", PUBLIC, indexed=True)]
    content: Annotated[Text, Fact("履职情况", PUBLIC, long=True)]
    evidence: Annotated[Files, Fact("佐证材料")]


hold_meeting = Step(
    name="hold_meeting",
    label="登记会议",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("meeting_kind", "subject", "chair", "decision"),
    may_take=("attended", "minutes"),
    article=MEETING,
)
hold_training = Step(
    name="hold_training",
    label="登记培训",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("subject", "organiser", "held_by", "trainees", "persons"),
    may_take=("departments", "townships", "content", "files"),
    article=TRAINING,
)
hold_test = Step(
    name="hold_test",
    label="登记测试",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("subject", "test_kind", "held_by", "persons", "passed"),
    may_take=("files",),
    article=STUDY,
)
perform_duty = Step(
    name="record_duty",
    label="登记履职情况",
    by=(CASE_OFFICER,),
    to=book.RECORDED,
    takes=("person", "office", "duty", "content"),
    may_take=("evidence",),
    article=FIRST,
)


def _book(system: str, label: str, facts: type[book.BookFacts], record: Step, title: str) -> Procedure:
    return Procedure(
        system=system,
        version=VERSION,
        label=label,
        statute=LAW,
        facts=facts,
        states=book.STATES,
        steps=book.steps(record),
        parties=(),
        title=title,
    )


MEETINGS = _book("law_meeting", "法治工作会议台账", MeetingFacts, hold_meeting, "{meeting_kind}：{subject}")
TRAININGS = _book("law_training", "法治培训台账", TrainingFacts, hold_training, "{held_by}：{subject}")
TESTS = _book("law_test", "法律知识测试台账", TestFacts, hold_test, "{subject}")
DUTIES_DONE = _book("first_duty", "第一责任人履职台账", DutyFacts, perform_duty, "{person}：{duty}")
