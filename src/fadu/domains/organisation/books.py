"""统筹推进台账: meetings, legal study, trainings, law tests, what first responsible persons did; one step each.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 6; 地方组织法, arts 73 and 78; under 督察工作规定 (2019).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fadu.common import book
from fadu.domains.organisation import lists
from fadu.rules.facts import Audience, Count, Fact, Files, Text
from fadu.rules.gates import listed

LAW = "法治政府建设与责任落实督察工作规定"
VERSION = "2019"
DUTIES = "《党政主要负责人履行推进法治建设第一责任人职责规定》"
MEETING = f"{DUTIES}第六条第一项"
STUDY = f"{DUTIES}第六条第六项"
TRAINING = "《地方各级人民代表大会和地方各级人民政府组织法》第七十三条第四项"
FIRST = f"{DUTIES}第六条"
ASSESSMENT = f"{DUTIES}第八条"
PUBLIC = Audience.PUBLIC
SHELF = book.Shelf(statute=LAW, version=VERSION)


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
    before_appointment: Annotated[bool, Fact("任前培训", PUBLIC, indexed=True)]
    hours: Annotated[Count, Fact("每人学时", PUBLIC, indexed=True)]
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


class SurveyFacts(book.BookFacts):
    """A survey of shortfalls: what work was held against, and how many units it touched."""

    subject: Annotated[Text, Fact("排查名称", PUBLIC, indexed=True)]
    basis: Annotated[Text, Fact("排查依据", PUBLIC, hint="例：示范建设指标体系")]
    lead_units: Annotated[Count, Fact("牵头单位数", PUBLIC, indexed=True)]
    involved_units: Annotated[Count, Fact("涉及单位数", PUBLIC, indexed=True)]
    found: Annotated[Count, Fact("发现短板弱项数", PUBLIC, indexed=True)]
    files: Annotated[Files, Fact("排查表")]


class ResponsibilityFacts(book.BookFacts):
    """How a head or a cadre was made to answer for law-based government."""

    responsibility_kind: Annotated[lists.Responsibility, Fact("责任落实方式", indexed=True)]
    person: Annotated[Text, Fact("责任人")]
    office: Annotated[Text, Fact("职务")]
    content: Annotated[Text, Fact("事由和要求", long=True)]
    list_codes: Annotated[Text, Fact("对应的清单条目", hint="责任落实三张清单的条目编号，几个的用顿号分开")]
    result: Annotated[Text, Fact("落实情况", long=True)]
    files: Annotated[Files, Fact("有关材料")]


hold_meeting = book.record(
    "hold_meeting", "登记会议", MEETING, ("meeting_kind", "subject", "chair", "decision"), ("attended", "minutes")
)
hold_training = book.record(
    "hold_training",
    "登记培训",
    TRAINING,
    ("subject", "organiser", "held_by", "trainees", "persons"),
    ("before_appointment", "hours", "departments", "townships", "content", "files"),
)
hold_test = book.record(
    "hold_test",
    "登记测试",
    STUDY,
    ("subject", "test_kind", "held_by", "persons", "passed"),
    ("files",),
)
perform_duty = book.record("record_duty", "登记履职情况", FIRST, ("person", "office", "duty", "content"), ("evidence",))

survey = book.record(
    "record_survey", "登记排查", MEETING, ("subject", "basis", "lead_units", "involved_units", "found"), ("files",)
)
answer_for = replace(
    book.record(
        "record_responsibility",
        "登记责任落实",
        f"{DUTIES}第七条、第八条、第九条",
        ("responsibility_kind", "person", "office", "content"),
        ("list_codes", "result", "files"),
    ),
    gates=(
        listed(
            "duty_lists",
            "list_codes",
            "所写的清单条目不在责任落实三张清单中",
            MEETING,
            "请核对条目编号，或者先在名录中登记。",
        ),
    ),
)

MEETINGS = SHELF.book("law_meeting", "法治工作会议台账", MeetingFacts, hold_meeting, "{meeting_kind}：{subject}")
TRAININGS = SHELF.book("law_training", "法治培训台账", TrainingFacts, hold_training, "{held_by}：{subject}")
TESTS = SHELF.book("law_test", "法律知识测试台账", TestFacts, hold_test, "{subject}")
DUTIES_DONE = SHELF.book("first_duty", "第一责任人履职台账", DutyFacts, perform_duty, "{person}：{duty}")
SURVEYS = SHELF.book("shortfall_survey", "短板弱项排查台账", SurveyFacts, survey, "{subject}")
RESPONSIBILITIES = SHELF.book(
    "responsibility_record", "法治责任落实台账", ResponsibilityFacts, answer_for, "{responsibility_kind}：{person}"
)
