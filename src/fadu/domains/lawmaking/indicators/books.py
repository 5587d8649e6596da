"""What is counted about plans, lists made public, inspections of filing, legislation, agenda items and contracts."""

from __future__ import annotations

from fadu.common import book, disclosure
from fadu.common.figures import Figures
from fadu.domains.lawmaking import books, checks, legislation, opinions, plan
from fadu.domains.lawmaking.legislation import ProjectChange, ProjectKind
from fadu.rules.indicators import Changes, Count, DayOf, FactIs, Indicator, Kept, Unit
from fadu.rules.procedure import Procedure


def _planned(kind: ProjectKind) -> Changes:
    return Changes(
        name=f"legislation_planned_{kind}",
        label=f"年度计划{kind.label}数",
        register=legislation.PROJECTS.name,
        kinds=(ProjectChange.PLAN,),
        where=(FactIs("project_kind", (str(kind),)),),
        unit=Unit.CASES,
        definition=f"本期内列入年度立法计划的{kind.label}项目件数，按列入之日计入，后来调出计划的也计入。",
    )


worked = book.figures(books.LEGISLATION, "按发生之日计入")
inspected = book.figures(books.INSPECTIONS, "按检查之日计入")


def _times(kind: books.Legislation, unit: Unit = Unit.TIMES) -> Count:
    """How often this was done."""
    return worked.count(
        f"legislation_{kind}", f"{kind.label}数", f"登记的{kind.label}数", FactIs("work_kind", (str(kind),)), unit=unit
    )


def _checked(text: Procedure, what: str) -> tuple[Count, Count]:
    """Opinions given, and those given in time."""
    opinion = next(step for step in text.steps if step.name == "give_opinion")
    given = Figures(system=text.system, day=DayOf((opinion,)), said="按第一次出具意见之日计入")
    return (
        given.count(f"{text.system}_reviewed", f"审核{what}数", f"出具合法性审核意见的{what}件数"),
        given.count(
            f"{text.system}_in_time",
            f"按期审核{what}数",
            f"在审核期限内出具合法性审核意见的{what}件数",
            Kept(text.clocks[0]),
        ),
    )


weighed = Figures(system=opinions.TEXT.system, day=DayOf((opinions.weigh,)), said="按评估之日计入")
answered = Figures(system=legislation.FEEDBACK.system, day=DayOf((legislation.answer,)), said="按反馈之日计入")
decided = Figures(system=plan.TEXT.system, day=DayOf((plan.decide,)), said="按决定之日计入")
ALL: tuple[Indicator, ...] = (
    weighed.count("opinion_channel_weighed", "立法意见征集件数", "逐条评估了意见的立法意见征集件数"),
    decided.count("document_plan_decided", "集体讨论决定的年度制定计划数", "集体讨论决定的规范性文件年度制定计划件数"),
    *disclosure.figures(books.CATALOGUES.system, "规范性文件目录"),
    inspected.count("filing_inspection_held", "备案工作专项检查次数", "登记的备案工作专项检查次数", unit=Unit.TIMES),
    inspected.total(
        "filing_inspection_faulty",
        "专项检查发现存在问题的文件数",
        "备案工作专项检查发现存在问题的文件件数之和",
        "faulty",
        unit=Unit.CASES,
    ),
    *map(_planned, ProjectKind),
    _times(books.Legislation.SUBMITTED, Unit.CASES),
    _times(books.Legislation.GROUP),
    _times(books.Legislation.CONTACT),
    _times(books.Legislation.HEARING),
    worked.total(
        "legislation_opinions", "立法收集意见条数", "立法工作中收集的意见条数之和", "opinions", unit=Unit.ENTRIES
    ),
    answered.count("draft_feedback_answered", "反馈意见的法规规章草案数", "反馈意见的上级法规规章草案件数"),
    answered.total(
        "draft_feedback_opinions",
        "反馈法规规章修改意见数",
        "对上级法规规章草案反馈的修改意见条数之和",
        "opinions",
        unit=Unit.ENTRIES,
    ),
    *_checked(checks.AGENDA, "政府常务会议议题"),
    *_checked(checks.CONTRACTS, "政府合同协议"),
)
