"""What is counted about meetings, study, trainings and tests; annulled entries are left out."""

from __future__ import annotations

from fadu.common.book import VALID
from fadu.domains.organisation import books, study
from fadu.rules.indicators import Count, DayOf, Did, FactIs, Not, Rate, Sum, Unit

MEETING, TRAINING, TEST, DUTY = (
    DayOf((step,)) for step in (books.hold_meeting, books.hold_training, books.hold_test, books.perform_duty)
)
HELD = DayOf((study.hold, study.hold_unplanned))
PLANNED = DayOf((study.plan,))
STUDY_VALID = Not(Did((study.annul,)))

meetings = Count(
    name="law_meeting_held",
    label="法治工作会议次数",
    system="law_meeting",
    day=MEETING,
    where=(VALID,),
    unit=Unit.TIMES,
    definition="本期内召开的研究法治政府建设工作的会议次数，各类会议合计，按召开之日计入；作废的登记不计。",
)
executive_meetings = Count(
    name="law_meeting_executive",
    label="政府常务会议研究法治工作次数",
    system="law_meeting",
    day=MEETING,
    where=(VALID, FactIs("meeting_kind", ("executive",))),
    unit=Unit.TIMES,
    definition="本期内研究法治政府建设工作的政府常务会议次数，按召开之日计入；作废的登记不计。",
)
studies = Count(
    name="law_study_held",
    label="集体学法次数",
    system="law_study",
    day=HELD,
    where=(STUDY_VALID, Not(FactIs("study_kind", ("lecture",)))),
    unit=Unit.TIMES,
    definition="本期内领导干部集体学法的次数，计划内、计划外合计，法治专题讲座除外，按举行之日计入；作废的登记不计。",
)
executive_studies = Count(
    name="law_study_executive",
    label="政府常务会议学法次数",
    system="law_study",
    day=HELD,
    where=(STUDY_VALID, FactIs("study_kind", ("executive",))),
    unit=Unit.TIMES,
    definition="本期内政府常务会议学法的次数，按举行之日计入；作废的登记不计。",
)
lectures = Count(
    name="law_study_lecture",
    label="法治专题讲座次数",
    system="law_study",
    day=HELD,
    where=(STUDY_VALID, FactIs("study_kind", ("lecture",))),
    unit=Unit.TIMES,
    definition="本期内举行的领导干部法治专题讲座次数，按举行之日计入；作废的登记不计。",
)
studies_planned = Count(
    name="law_study_planned",
    label="列入计划的学法次数",
    system="law_study",
    day=PLANNED,
    where=(STUDY_VALID,),
    unit=Unit.TIMES,
    definition="本期内列入学法计划的学法次数，后来取消的也计入，按列入计划之日计入；作废的登记不计。",
)
studies_planned_held = Count(
    name="law_study_planned_held",
    label="列入计划并已举行的学法次数",
    system="law_study",
    day=PLANNED,
    where=(STUDY_VALID, Did((study.hold,))),
    unit=Unit.TIMES,
    definition="本期内列入学法计划且已经举行的学法次数，按列入计划之日计入；作废的登记不计。",
)
study_rate = Rate(
    name="law_study_plan_rate",
    label="学法计划完成率",
    numerator=studies_planned_held,
    denominator=studies_planned,
    definition="分子为本期列入计划并已举行的学法次数，分母为本期列入计划的学法次数，均按列入计划之日计入。",
)
trainings = Count(
    name="law_training_held",
    label="法治培训次数",
    system="law_training",
    day=TRAINING,
    where=(VALID,),
    unit=Unit.TIMES,
    definition="本期内举办的法治培训次数，各层级合计，按举办之日计入；作废的登记不计。",
)
department_trainings = Count(
    name="law_training_department",
    label="部门开展法治培训次数",
    system="law_training",
    day=TRAINING,
    where=(VALID, FactIs("organiser", ("department",))),
    unit=Unit.TIMES,
    definition="本期内各部门自行举办的法治培训次数，按举办之日计入；作废的登记不计。",
)
trained = Sum(
    name="law_training_attended",
    label="法治培训人次",
    system="law_training",
    day=TRAINING,
    fact="persons",
    where=(VALID,),
    unit=Unit.ATTENDANCES,
    definition="本期内举办的法治培训参加人数之和，同一人参加几次计几次，按举办之日计入；作废的登记不计。",
)
leaders_trained = Sum(
    name="law_training_leaders",
    label="领导干部法治培训人次",
    system="law_training",
    day=TRAINING,
    fact="persons",
    where=(VALID, FactIs("trainees", ("leaders",))),
    unit=Unit.ATTENDANCES,
    definition="本期内专门面向领导干部的法治培训参加人数之和，同一人参加几次计几次，按举办之日计入；作废的登记不计。",
)
tests = Count(
    name="law_test_held",
    label="法律知识测试次数",
    system="law_test",
    day=TEST,
    where=(VALID,),
    unit=Unit.TIMES,
    definition="本期内组织的法律知识考试、测试次数，按组织之日计入；作废的登记不计。",
)
tested = Sum(
    name="law_test_attended",
    label="法律知识测试参加人次",
    system="law_test",
    day=TEST,
    fact="persons",
    where=(VALID,),
    unit=Unit.ATTENDANCES,
    definition="本期内组织的法律知识考试、测试参加人数之和，按组织之日计入；作废的登记不计。",
)
passed = Sum(
    name="law_test_passed",
    label="法律知识测试合格人次",
    system="law_test",
    day=TEST,
    fact="passed",
    where=(VALID,),
    unit=Unit.ATTENDANCES,
    definition="本期内组织的法律知识考试、测试合格人数之和，按组织之日计入；作废的登记不计。",
)
appointment_tests = Sum(
    name="law_test_appointment",
    label="任前法律知识考试人次",
    system="law_test",
    day=TEST,
    fact="persons",
    where=(VALID, FactIs("test_kind", ("appointment",))),
    unit=Unit.ATTENDANCES,
    definition="本期内组织的任前法律知识考试参加人数之和，按组织之日计入；作废的登记不计。",
)
duties = Count(
    name="first_duty_recorded",
    label="主要负责人履行法治建设职责次数",
    system="first_duty",
    day=DUTY,
    where=(VALID,),
    unit=Unit.TIMES,
    definition="本期内登记的党政主要负责人履行推进法治建设第一责任人职责的次数，按履职之日计入；作废的登记不计。",
)
ALL = (
    *(meetings, executive_meetings, studies, executive_studies, lectures, studies_planned, studies_planned_held),
    *(study_rate, trainings, department_trainings, trained, leaders_trained),
    *(tests, tested, passed, appointment_tests, duties),
)
