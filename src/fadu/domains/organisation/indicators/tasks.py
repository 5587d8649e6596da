"""What is counted about yearly statements, assessments, inspections, appointments, the year's plan and shortfalls."""

from __future__ import annotations

from fadu.common import task_figures
from fadu.common.figures import Figures
from fadu.domains.organisation import appointment, assessment, inspection, lists, statement, tasks, urging
from fadu.rules.indicators import DayOf, Did, FactIs, Kept, Not, Sum, Unit

asked = Figures(
    system=statement.TEXT_2019.system,
    day=DayOf((statement.ask,)),
    said="按通知之日计入",
    where=(Not(Did((statement.cancel,))),),
    left_out="取消的不计",
)
SUBMITTED = Did((statement.submit,))
statements_asked = asked.count("yearly_statement_asked", "应当述法人数", "通知述法的主要负责人人数", unit=Unit.PERSONS)
statements_made = asked.count(
    "yearly_statement_submitted",
    "已经述法人数",
    "通知述法且已提交述法报告的主要负责人人数",
    SUBMITTED,
    unit=Unit.PERSONS,
)
STATEMENTS = (
    statements_asked,
    statements_made,
    asked.count(
        "yearly_statement_in_time",
        "按期述法人数",
        "通知述法且在通知所定期限内提交述法报告的主要负责人人数",
        SUBMITTED,
        Kept(statement.term),
        unit=Unit.PERSONS,
    ),
    asked.rate("yearly_statement_rate", "述法率", statements_made, statements_asked),
)

graded = Figures(system=assessment.TEXT_2019.system, day=DayOf((assessment.grade,)), said="按确定等次之日计入")
fed_back = Figures(system=inspection.TEXT_2019.system, day=DayOf((inspection.find,)), said="按第一次反馈之日计入")
tested = Figures(system=appointment.TEXT_2019.system, day=DayOf((appointment.test,)), said="按第一次考试之日计入")


def _points(kind: lists.Assessment, name: str, what: str) -> Sum:
    """Broken down by organ it is what each was given, with its rank."""
    return graded.total(
        name,
        f"{what}得分",
        f"确定等次的{what}的复核评分之和",
        "review_score",
        FactIs("assessment_kind", (kind,)),
        unit=Unit.POINTS,
    )


SUPERVISION = (
    _points(lists.Assessment.PERFORMANCE, "performance_points", "依法行政绩效考核"),
    _points(lists.Assessment.MONITORING, "monitoring_points", "法治建设年度监测评价"),
    graded.count(
        "law_assessment_graded",
        "法治建设考核单位次数",
        "确定法治建设考核等次的次数，一个单位一种考核一年计一次",
        unit=Unit.TIMES,
    ),
    fed_back.total(
        "law_inspection_found", "法治专项督察发现问题数", "反馈督察意见所列的问题项数之和", "found", unit=Unit.ENTRIES
    ),
    fed_back.count(
        "law_inspection_rectified",
        "整改到位的法治专项督察件数",
        "反馈督察意见且整改已经验收通过的督察件数",
        Did((inspection.verify,)),
    ),
    tested.count(
        "new_official_tested", "参加任前法律知识考试人数", "登记任前考试成绩的拟任人员人数", unit=Unit.PERSONS
    ),
    tested.count(
        "new_official_appointed",
        "考试合格后任职人数",
        "登记任前考试成绩、考试合格后登记任职的人数",
        Did((appointment.appoint,)),
        unit=Unit.PERSONS,
    ),
)
ALL = (
    *STATEMENTS,
    *SUPERVISION,
    *task_figures.figures("plan_task", tasks.plan_task, "年度计划任务"),
    *task_figures.figures("shortfall", tasks.shortfall, "短板弱项整改任务"),
    *task_figures.figures(urging.TEXT_2021.system, urging.pieces, "督办事项"),
)
