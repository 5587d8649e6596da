"""Closed lists of the room: kinds of meetings, study, trainings and tests, duties and kinds of responsible persons."""

from __future__ import annotations

from fadu.rules.facts import ClosedList

RULES = "《党政主要负责人履行推进法治建设第一责任人职责规定》"


class Meeting(ClosedList):
    """Which meeting took up law-based government."""

    EXECUTIVE = "executive", "政府常务会议", "《地方各级人民代表大会和地方各级人民政府组织法》第七十八条"
    PLENARY = "plenary", "政府全体会议", "《地方各级人民代表大会和地方各级人民政府组织法》第七十八条"
    COMMITTEE = "committee", "全面依法治理委员会会议", f"{RULES}第六条第一项"
    GROUP = "group", "法治政府建设领导小组会议", f"{RULES}第六条第一项"
    OTHER = "other", "其他法治工作会议", f"{RULES}第六条第一项"


class Study(ClosedList):
    """How leading officials studied law together."""

    EXECUTIVE = "executive", "政府常务会议学法"
    CENTRE = "centre", "理论学习中心组学法"
    LECTURE = "lecture", "法治专题讲座"
    OTHER = "other", "其他集体学法"


class Organiser(ClosedList):
    """Who held a training."""

    GOVERNMENT = "government", "本级统一举办"
    DEPARTMENT = "department", "部门举办"
    TOWNSHIP = "township", "乡镇（街道）举办"


class Trainees(ClosedList):
    """For whom a training was held; officers who enforce the law have a book of their own elsewhere."""

    LEADERS = "leaders", "领导干部"
    SERVANTS = "servants", "行政机关工作人员"
    MIXED = "mixed", "领导干部和工作人员"


class Test(ClosedList):
    """What a test is for."""

    APPOINTMENT = "appointment", "任前法律知识考试"
    ONLINE = "online", "线上法律知识测试"
    YEARLY = "yearly", "年度学法考试"
    OTHER = "other", "其他法律知识测试"


class Duty(ClosedList):
    """The duties of the head of a government as first responsible person."""

    LEADERSHIP = "leadership", "组织领导、计划安排和研究重大问题", f"{RULES}第六条第一项"
    DECISION = "decision", "依法决策、法律顾问、依法制定文件和政务公开", f"{RULES}第六条第二项"
    ENFORCEMENT = "enforcement", "依法全面履职和规范公正文明执法", f"{RULES}第六条第三项"
    SUPERVISION = "supervision", "督促班子成员和部门依法行政、层级监督", f"{RULES}第六条第四项"
    COURTS = "courts", "出庭应诉、支持法院审判和执行生效裁判", f"{RULES}第六条第五项"
    STUDY = "study", "学法用法和普法责任", f"{RULES}第六条第六项"
    OTHER = "other", "其他依法应当履行的职责", f"{RULES}第六条第七项"


class Head(ClosedList):
    """Whose statement it is."""

    PARTY = "party", "党委（党组）主要负责人"
    GOVERNMENT = "government", "政府主要负责人"
    DEPARTMENT = "department", "部门主要负责人"
    TOWNSHIP = "township", "乡镇（街道）主要负责人"


class Grade(ClosedList):
    """How a statement was assessed; the grades are the office's own."""

    GOOD = "good", "好"
    FAIR = "fair", "较好"
    PLAIN = "plain", "一般"
    POOR = "poor", "较差"


class Position(ClosedList):
    """A seat in a committee or leading group."""

    HEAD = "head", "组长（主任）"
    DEPUTY = "deputy", "副组长（副主任）"
    MEMBER = "member", "成员"
    OFFICE = "office", "办公室"


class Result(ClosedList):
    """How somebody came out of a test."""

    PASS = "pass", "合格"
    FAIL = "fail", "不合格"


class Official(ClosedList):
    """Whose record of study it is; somebody has one a year, as one or the other."""

    LEADERS = "leaders", "领导干部"
    SERVANTS = "servants", "行政机关工作人员"


class Honour(ClosedList):
    """What was won."""

    AWARD = "award", "获奖、表彰"
    PROJECT = "project", "创新项目"
    TITLE = "title", "示范称号"


class HonourLevel(ClosedList):
    """By whom it was given."""

    NATIONAL = "national", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class Creation(ClosedList):
    """How an application came out."""

    NAMED = "named", "命名"
    REFUSED = "refused", "未命名"


class Met(ClosedList):
    """Whether an indicator of the demonstration system is met."""

    YES = "met", "已达标"
    NO = "unmet", "未达标"


class Responsibility(ClosedList):
    """What was done to make heads and cadres answer for law-based government."""

    TALK = "talk", "约谈", f"{RULES}第九条"
    LIABILITY = "liability", "问责", f"{RULES}第九条"
    PROMISE = "promise", "责任承诺和落实检查", f"{RULES}第七条"
    APPRAISAL = "appraisal", "日常考察中的法治考察", f"{RULES}第八条"


class DutyList(ClosedList):
    """Which of the three lists."""

    PROBLEM = "problem", "问题清单", f"{RULES}第六条第一项"
    MEASURE = "measure", "措施清单", f"{RULES}第六条第一项"
    DUTY = "duty", "责任清单", f"{RULES}第六条第一项"


class Adopted(ClosedList):
    """What became of a topic proposed for a meeting."""

    ADOPTED = "adopted", "列入议题"
    LATER = "later", "以后再议"
    REFUSED = "refused", "不列入"


class Assessment(ClosedList):
    """What is scored."""

    PERFORMANCE = "performance", "依法行政绩效考核", f"{RULES}第八条"
    FIRST = "first", "第一责任人职责考评", f"{RULES}第八条"
    MONITORING = "monitoring", "法治建设年度监测评价", f"{RULES}第八条"
