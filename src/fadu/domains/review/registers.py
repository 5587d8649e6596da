"""Lists: members of the committee, judicial offices with an agency point, heads of organs, working rules."""

from __future__ import annotations

from typing import Annotated

from fadu.domains.review.litigation.lists import HeadKind
from fadu.rules.facts import Audience, ClosedList, Fact, Facts, Files, Text
from fadu.rules.indicators import FactIs, Indicator, Rate, Stock, Unit
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER
from fadu.rules.registers import ChangeKind, Effect, Register

COMMITTEE_LAW = "《行政复议法》第五十二条第一款"
OWN_DUTY = "《行政复议法》第四条第一款"
HEADS = "《负责人出庭应诉规定》第二条第一款"
POINT_LAW = "《行政复议法》第二十二条第一款"


class MemberKind(ClosedList):
    """From where a member comes."""

    OFFICIAL = "official", "相关政府部门人员", COMMITTEE_LAW
    EXPERT = "expert", "专家", COMMITTEE_LAW
    SCHOLAR = "scholar", "学者", COMMITTEE_LAW


class MemberFacts(Facts):
    """A member of the committee."""

    member: Annotated[Text, Fact("委员姓名")]
    member_kind: Annotated[MemberKind, Fact("委员类别", indexed=True)]
    unit: Annotated[Text, Fact("所在单位")]
    field: Annotated[Text | None, Fact("专业领域")] = None


class MemberChange(ChangeKind):
    """What becomes of a member."""

    APPOINT = "appoint", "聘任", Effect.ENTERS, COMMITTEE_LAW
    ADJUST = "adjust", "变更", Effect.CHANGES, COMMITTEE_LAW
    CANCEL = "cancel", "解聘", Effect.ENDS, COMMITTEE_LAW, True


class PointFacts(Facts):
    """A judicial office of a township, with or without a point that takes in applications."""

    office: Annotated[Text, Fact("司法所名称")]
    has_point: Annotated[bool, Fact("设有行政复议代办点", indexed=True)]
    contact: Annotated[Text | None, Fact("联系方式")] = None


class PointChange(ChangeKind):
    """What becomes of an office."""

    ADD = "add", "登记", Effect.ENTERS, POINT_LAW
    ADJUST = "adjust", "变更", Effect.CHANGES, POINT_LAW
    CANCEL = "cancel", "撤销", Effect.ENDS, POINT_LAW, True


class LeaderFacts(Facts):
    """A head of an organ, who is to appear in court."""

    head_name: Annotated[Text, Fact("负责人姓名")]
    head_post: Annotated[Text, Fact("职务")]
    head_kind: Annotated[HeadKind, Fact("负责人类别", indexed=True)]
    government: Annotated[bool, Fact("本级政府领导", indexed=True)]


class LeaderChange(ChangeKind):
    """What becomes of a head."""

    ADD = "add", "登记", Effect.ENTERS, HEADS
    ADJUST = "adjust", "变更", Effect.CHANGES, HEADS
    CANCEL = "cancel", "不再任职", Effect.ENDS, HEADS, True


class RuleKind(ClosedList):
    """What a set of working rules of this place is about."""

    RECONSIDERATION = "reconsideration", "行政复议工作制度", OWN_DUTY
    APPEARANCE = "appearance", "出庭应诉规定", "《行政诉讼法》第三条第三款"
    OTHER = "other", "其他复议应诉制度"


class RuleFacts(Facts):
    """A set of working rules, in whose words and since when."""

    document_number: Annotated[Text, Fact("文号", Audience.PUBLIC)]
    subject: Annotated[Text, Fact("制度名称", Audience.PUBLIC)]
    rule_kind: Annotated[RuleKind, Fact("制度类别", Audience.PUBLIC, indexed=True)]
    made_by: Annotated[Text, Fact("制定机关", Audience.PUBLIC)]
    content: Annotated[Text, Fact("主要内容", Audience.PUBLIC, long=True)]
    document_files: Annotated[Files | None, Fact("制度文本", Audience.PUBLIC)] = None


class RuleChange(ChangeKind):
    """What becomes of it."""

    ADD = "add", "施行", Effect.ENTERS, OWN_DUTY
    MODIFY = "modify", "修改", Effect.CHANGES, OWN_DUTY, True
    REPEAL = "repeal", "废止", Effect.ENDS, OWN_DUTY, True


RULES = Register(
    name="working_rules",
    label="复议应诉工作制度目录",
    model=RuleFacts,
    key="document_number",
    changes=RuleChange,
    by=(CASE_OFFICER, BODY_HEAD),
    statute="行政复议法",
    article=OWN_DUTY,
)
LEADERS = Register(
    name="organ_leader",
    label="行政机关负责人名册",
    model=LeaderFacts,
    key="head_name",
    changes=LeaderChange,
    by=(CASE_OFFICER, BODY_HEAD),
    statute="负责人出庭应诉规定",
    article=HEADS,
)
MEMBERS = Register(
    name="committee_member",
    label="行政复议委员会委员名册",
    model=MemberFacts,
    key="member",
    changes=MemberChange,
    by=(CASE_OFFICER, BODY_HEAD),
    statute="行政复议法",
    article=COMMITTEE_LAW,
)
OFFICES = Register(
    name="agency_point",
    label="司法所行政复议代办点名册",
    model=PointFacts,
    key="office",
    changes=PointChange,
    by=(CASE_OFFICER, BODY_HEAD),
    statute="行政复议法",
    article=POINT_LAW,
)
ALL = (MEMBERS, OFFICES, LEADERS, RULES)

members = Stock(
    name="recon_committee_members",
    label="行政复议委员会委员数",
    register=MEMBERS.name,
    unit=Unit.PERSONS,
    definition="本期最后一日在册的行政复议委员会委员人数。",
)
points = Stock(
    name="recon_agency_point",
    label="设有行政复议代办点的司法所数",
    register=OFFICES.name,
    where=(FactIs("has_point", ("true",)),),
    unit=Unit.PLACES,
    definition="本期最后一日设有行政复议代办点的司法所数。",
)
offices = Stock(
    name="recon_agency_office",
    label="司法所数（代办点名册）",
    register=OFFICES.name,
    unit=Unit.PLACES,
    definition="本期最后一日登记在代办点名册中的司法所数。",
)
coverage = Rate(
    name="recon_agency_point_rate",
    label="行政复议代办点覆盖率",
    numerator=points,
    denominator=offices,
    definition="分子为本期最后一日设有代办点的司法所数，分母为本期最后一日登记在名册中的司法所数。",
)

leaders = Stock(
    name="government_leaders",
    label="本级政府领导人数",
    register=LEADERS.name,
    where=(FactIs("government", ("true",)),),
    unit=Unit.PERSONS,
    definition="本期最后一日在名册中的本级政府领导人数，即应当每年出庭的人数。",
)

rules_in_force = Stock(
    name="working_rules_in_force",
    label="现行复议应诉工作制度数",
    register=RULES.name,
    definition="本期最后一日施行中的行政复议、行政应诉工作制度的项数。",
)

INDICATORS: tuple[Indicator, ...] = (members, points, offices, coverage, leaders, rules_in_force)
