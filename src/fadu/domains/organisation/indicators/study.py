"""What is counted about legal study by officials: sessions held, sessions planned; annulled ones are left out."""

from __future__ import annotations

from fadu.common.figures import Figures
from fadu.domains.organisation import study
from fadu.rules.indicators import DayOf, Did, FactIs, Not, Reach, Unit

SYSTEM = study.TEXT_2019.system
VALID = Not(Did((study.annul,)))
LECTURE = FactIs("study_kind", ("lecture",))
LEFT_OUT = "作废的登记不计"
held_days = DayOf((study.hold, study.hold_unplanned))
held = Figures(system=SYSTEM, day=held_days, said="按举行之日计入", where=(VALID,), left_out=LEFT_OUT)
planned = Figures(system=SYSTEM, day=DayOf((study.plan,)), said="按列入计划之日计入", where=(VALID,), left_out=LEFT_OUT)

studies_planned = planned.count(
    "law_study_planned", "列入计划的学法次数", "列入学法计划的学法次数，后来取消的也计入", unit=Unit.TIMES
)
studies_planned_held = planned.count(
    "law_study_planned_held",
    "列入计划并已举行的学法次数",
    "列入学法计划且已经举行的学法次数",
    Did((study.hold,)),
    unit=Unit.TIMES,
)
ALL = (
    held.count(
        "law_study_held",
        "集体学法次数",
        "领导干部集体学法的次数，计划内、计划外合计，法治专题讲座除外",
        Not(LECTURE),
        unit=Unit.TIMES,
    ),
    held.count(
        "law_study_executive",
        "政府常务会议学法次数",
        "政府常务会议学法的次数",
        FactIs("study_kind", ("executive",)),
        unit=Unit.TIMES,
        reach=Reach.OWN,
    ),
    held.count("law_study_lecture", "法治专题讲座次数", "举行的领导干部法治专题讲座次数", LECTURE, unit=Unit.TIMES),
    studies_planned,
    studies_planned_held,
    planned.rate("law_study_plan_rate", "学法计划完成率", studies_planned_held, studies_planned),
)
