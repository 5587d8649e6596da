"""名录 of the room: members of groups, the year's study of each official, staff, budget, honours, indicators.

Law: 党政主要负责人履行推进法治建设第一责任人职责规定, art. 6; 地方组织法, art. 73 no. 4.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fadu.domains.organisation import lists
from fadu.domains.organisation.books import ASSESSMENT, LAW, MEETING, STUDY, TRAINING
from fadu.rules.facts import Audience, Count, Fact, Facts, Money, Text
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER
from fadu.rules.registers import ChangeKind, Effect, Register

PUBLIC = Audience.PUBLIC
BY = (CASE_OFFICER, BODY_HEAD)


class SeatFacts(Facts):
    """One seat in a committee, a coordination group or a leading group."""

    seat: Annotated[Text, Fact("席位", PUBLIC, hint="例：领导小组—区司法局")]
    group: Annotated[Text, Fact("议事协调机构", PUBLIC)]
    position: Annotated[lists.Position, Fact("职责", PUBLIC, indexed=True)]
    department: Annotated[Text, Fact("成员单位", PUBLIC)]
    person: Annotated[Text | None, Fact("成员姓名和职务", PUBLIC)] = None


class SeatChange(ChangeKind):
    ADD = "add", "列入", Effect.ENTERS, MEETING
    ADJUST = "adjust", "调整", Effect.CHANGES, MEETING, True
    CANCEL = "cancel", "退出", Effect.ENDS, MEETING, True


class StudyRecordFacts(Facts):
    """What one official learned in one year: somebody has one a year, however many trainings there were."""

    record_code: Annotated[Text, Fact("档案编号", hint="年度—工号，例：2023—0101；一人一年一份")]
    person: Annotated[Text, Fact("姓名", personal=True)]
    department: Annotated[Text, Fact("所在单位")]
    official_kind: Annotated[lists.Official, Fact("人员类别", indexed=True)]
    hours: Annotated[Count, Fact("累计学时")]
    before_appointment: Annotated[bool | None, Fact("任前培训")] = None
    score: Annotated[Count | None, Fact("考试成绩")] = None
    test_result: Annotated[lists.Result | None, Fact("考试结果", indexed=True)] = None


class StudyRecordChange(ChangeKind):
    OPEN = "open", "建档", Effect.ENTERS, TRAINING
    TRAIN = "train", "登记参训", Effect.CHANGES, TRAINING
    TEST = "test", "登记考试", Effect.CHANGES, STUDY
    CANCEL = "cancel", "注销", Effect.ENDS, STUDY, True


class StaffFacts(Facts):
    """The legal affairs body of one organ and who works there."""

    department: Annotated[Text, Fact("单位", PUBLIC)]
    legal_body: Annotated[Text, Fact("法制机构", PUBLIC)]
    posts: Annotated[Count, Fact("核定人数", PUBLIC)]
    staff: Annotated[Count, Fact("在岗人数", PUBLIC)]
    qualified: Annotated[Count, Fact("取得法律职业资格人数", PUBLIC)]
    part_time: Annotated[Count | None, Fact("兼职人数", PUBLIC)] = None


class BudgetFacts(Facts):
    """Money of one year for one purpose."""

    budget_code: Annotated[Text, Fact("年度和项目", PUBLIC, hint="例：2023年—法治宣传")]
    amount: Annotated[Money, Fact("预算金额", PUBLIC)]
    purpose: Annotated[Text, Fact("用途", PUBLIC)]
    spent: Annotated[Money | None, Fact("已支出金额", PUBLIC)] = None


class HonourFacts(Facts):
    """One honour or innovation project."""

    subject: Annotated[Text, Fact("名称", PUBLIC)]
    honour_kind: Annotated[lists.Honour, Fact("种类", PUBLIC, indexed=True)]
    honour_level: Annotated[lists.HonourLevel, Fact("级别", PUBLIC, indexed=True)]
    authority: Annotated[Text, Fact("授予机关", PUBLIC)]
    department: Annotated[Text, Fact("获得单位", PUBLIC)]


class IndicatorFacts(Facts):
    """One indicator of the demonstration system, and who sees to it."""

    code: Annotated[Text, Fact("指标编号", PUBLIC)]
    subject: Annotated[Text, Fact("指标内容", PUBLIC, long=True)]
    score: Annotated[Count, Fact("分值", PUBLIC)]
    evidence_needed: Annotated[Text, Fact("需要的佐证材料", PUBLIC, long=True)]
    department: Annotated[Text, Fact("责任单位", PUBLIC)]
    until: Annotated[date, Fact("完成时限", PUBLIC)]
    met: Annotated[lists.Met, Fact("达标情况", PUBLIC, indexed=True)]
    evidence: Annotated[Text | None, Fact("已有的佐证材料", PUBLIC, long=True)] = None


class AssessedFacts(Facts):
    """One indicator of an assessment, under its group: a tree of two levels, whose leaves have weights."""

    code: Annotated[Text, Fact("指标编号", PUBLIC, hint="带上年度，例：2023-1.2")]
    assessment_kind: Annotated[lists.Assessment, Fact("考核种类", PUBLIC, indexed=True)]
    group: Annotated[Text, Fact("一级指标", PUBLIC)]
    subject: Annotated[Text, Fact("指标内容", PUBLIC, long=True)]
    weight: Annotated[Count, Fact("分值", PUBLIC)]
    method: Annotated[Text, Fact("评分办法", PUBLIC, long=True)]
    evidence_needed: Annotated[Text | None, Fact("需要的佐证材料", PUBLIC, long=True)] = None


class DutyListFacts(Facts):
    """One entry of the three lists: a problem or a risk, the measure against it, who answers for it."""

    code: Annotated[Text, Fact("清单条目编号", PUBLIC)]
    list_kind: Annotated[lists.DutyList, Fact("清单种类", PUBLIC, indexed=True)]
    subject: Annotated[Text, Fact("条目内容", PUBLIC, long=True)]
    department: Annotated[Text, Fact("责任单位", PUBLIC)]
    person: Annotated[Text, Fact("责任人", PUBLIC)]
    until: Annotated[date | None, Fact("完成时限", PUBLIC)] = None


class EntryChange(ChangeKind):
    """Changes of staff, budget, honours, indicators and the three lists."""

    ADD = "add", "登记", Effect.ENTERS, MEETING
    ADJUST = "adjust", "变更", Effect.CHANGES, MEETING
    CANCEL = "cancel", "注销", Effect.ENDS, MEETING, True


def _register(
    name: str, label: str, model: type[Facts], key: str, changes: type[ChangeKind], article: str = MEETING
) -> Register:
    return Register(name=name, label=label, model=model, key=key, changes=changes, by=BY, statute=LAW, article=article)


SEATS = _register("leading_group", "法治议事协调机构成员名录", SeatFacts, "seat", SeatChange)
STUDY_RECORDS = _register(
    "study_record", "年度学法用法档案", StudyRecordFacts, "record_code", StudyRecordChange, TRAINING
)
STAFF = _register("legal_staff", "法制机构和人员名录", StaffFacts, "department", EntryChange)
BUDGET = _register("law_budget", "法治政府建设经费台账", BudgetFacts, "budget_code", EntryChange)
HONOURS = _register("law_honours", "法治建设获奖和创新项目名录", HonourFacts, "subject", EntryChange)
INDICATORS = _register("demonstration_indicators", "示范指标责任分工表", IndicatorFacts, "code", EntryChange)
TREE = _register("assessment_indicators", "考核指标体系", AssessedFacts, "code", EntryChange, ASSESSMENT)
DUTY_LISTS = _register("duty_lists", "责任落实三张清单", DutyListFacts, "code", EntryChange)
ALL = (SEATS, STUDY_RECORDS, STAFF, BUDGET, HONOURS, INDICATORS, TREE, DUTY_LISTS)
