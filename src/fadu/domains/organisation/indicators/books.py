"""What is counted in the books: meetings, trainings, tests, duties done, surveys; annulled entries are left out."""

from __future__ import annotations

from fadu.common import book
from fadu.domains.organisation import books
from fadu.rules.indicators import FactIs, Reach, Unit

meetings = book.figures(books.MEETINGS, "按召开之日计入")
trainings = book.figures(books.TRAININGS, "按举办之日计入")
tests = book.figures(books.TESTS, "按组织之日计入")
duties = book.figures(books.DUTIES_DONE, "按履职之日计入")
surveys = book.figures(books.SURVEYS, "按排查之日计入")
answered_for = book.figures(books.RESPONSIBILITIES, "按登记之日计入")
LEADERS = FactIs("trainees", ("leaders",))

MEETINGS = (
    meetings.count(
        "law_meeting_held", "法治工作会议次数", "召开的研究法治政府建设工作的会议次数，各类会议合计", unit=Unit.TIMES
    ),
    meetings.count(
        "law_meeting_executive",
        "政府常务会议研究法治工作次数",
        "研究法治政府建设工作的政府常务会议次数",
        FactIs("meeting_kind", ("executive",)),
        unit=Unit.TIMES,
        reach=Reach.OWN,
    ),
)
TRAININGS = (
    trainings.count("law_training_held", "法治培训次数", "举办的法治培训次数，各层级合计", unit=Unit.TIMES),
    trainings.count(
        "law_training_department",
        "部门开展法治培训次数",
        "各部门自行举办的法治培训次数",
        FactIs("organiser", ("department",)),
        unit=Unit.TIMES,
    ),
    trainings.total(
        "law_training_attended",
        "法治培训人次",
        "举办的法治培训参加人数之和，同一人参加几次计几次",
        "persons",
        unit=Unit.ATTENDANCES,
    ),
    trainings.total(
        "law_training_leaders",
        "领导干部法治培训人次",
        "专门面向领导干部的法治培训参加人数之和，同一人参加几次计几次",
        "persons",
        LEADERS,
        unit=Unit.ATTENDANCES,
    ),
    trainings.total(
        "law_training_servants",
        "行政机关工作人员法治培训人次",
        "专门面向行政机关工作人员的法治培训参加人数之和，同一人参加几次计几次",
        "persons",
        FactIs("trainees", ("servants",)),
        unit=Unit.ATTENDANCES,
    ),
    trainings.total(
        "law_training_before_appointment",
        "任前法治培训人次",
        "任前法治培训参加人数之和",
        "persons",
        FactIs("before_appointment", ("true",)),
        unit=Unit.ATTENDANCES,
    ),
    trainings.total(
        "law_training_departments",
        "参加本级法治培训班的部门数",
        "本级统一举办的法治培训所登记的参加部门数之和，同一部门参加几次计几次",
        "departments",
        FactIs("organiser", ("government",)),
        unit=Unit.PLACES,
    ),
    trainings.total(
        "law_training_townships",
        "参加本级法治培训班的乡镇街道数",
        "本级统一举办的法治培训所登记的参加乡镇（街道）数之和，同一乡镇（街道）参加几次计几次",
        "townships",
        FactIs("organiser", ("government",)),
        unit=Unit.PLACES,
    ),
)
TESTS = (
    tests.count("law_test_held", "法律知识测试次数", "组织的法律知识考试、测试次数", unit=Unit.TIMES),
    tests.total(
        "law_test_attended",
        "法律知识测试参加人次",
        "组织的法律知识考试、测试参加人数之和",
        "persons",
        unit=Unit.ATTENDANCES,
    ),
    tests.total(
        "law_test_passed",
        "法律知识测试合格人次",
        "组织的法律知识考试、测试合格人数之和",
        "passed",
        unit=Unit.ATTENDANCES,
    ),
    tests.total(
        "law_test_appointment",
        "任前法律知识考试人次",
        "组织的任前法律知识考试参加人数之和",
        "persons",
        FactIs("test_kind", ("appointment",)),
        unit=Unit.ATTENDANCES,
    ),
)
SURVEYS = (
    surveys.total(
        "shortfall_survey_lead_units", "排查牵头单位数", "各次排查的牵头单位数之和", "lead_units", unit=Unit.PLACES
    ),
    surveys.total(
        "shortfall_survey_involved_units",
        "排查涉及单位数",
        "各次排查的涉及单位数之和",
        "involved_units",
        unit=Unit.PLACES,
    ),
    surveys.total(
        "shortfall_survey_found", "排查发现短板弱项数", "各次排查发现的短板弱项项数之和", "found", unit=Unit.ENTRIES
    ),
)
ALL = (
    *MEETINGS,
    *TRAININGS,
    *TESTS,
    *SURVEYS,
    duties.count(
        "first_duty_recorded",
        "主要负责人履行法治建设职责次数",
        "登记的党政主要负责人履行推进法治建设第一责任人职责的次数",
        unit=Unit.TIMES,
    ),
    answered_for.count(
        "responsibility_talks",
        "法治建设约谈、问责次数",
        "登记的因法治建设责任落实不力约谈、问责的次数",
        FactIs("responsibility_kind", ("talk", "liability")),
        unit=Unit.TIMES,
    ),
)
