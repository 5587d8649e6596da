"""限期任务: an organ is given a task and a term, reports what it did, and the report is verified; late is a breach.

交办 → 报送完成情况 → 验收 or 退回 with a new term. The notice sets the term 文书所定期限, which may be extended before
it ends; one that has run out is urged 督办. A room brings article, facts of its own and the two templates
`task_notice.md` and `urging_notice.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Audience, Count, Fact, Facts, Files, Text
from fadu.rules.gates import over
from fadu.rules.procedure import (
    BODY_HEAD,
    CASE_OFFICER,
    Clock,
    Done,
    Extension,
    Gate,
    InPaper,
    Lapse,
    LapseEffect,
    Names,
    Paper,
    PartyRole,
    Role,
    State,
    Step,
)

PARTIES = Audience.PARTIES


class TaskFacts(Facts):
    """What is to be done by when, and what came of it; inherited by a procedure's facts."""

    matter: Annotated[Text, Fact("任务事项", PARTIES, indexed=True)]
    task: Annotated[Text, Fact("完成要求", PARTIES, long=True)]
    term_days: Annotated[Count, Fact("完成期限（日）", PARTIES)]
    extension_days: Annotated[Count, Fact("延长天数（日）", PARTIES)]
    extension_reason: Annotated[Text, Fact("延期理由", PARTIES, long=True)]
    urging: Annotated[Text, Fact("督办意见", PARTIES, long=True)]
    report: Annotated[Text, Fact("完成情况", PARTIES, long=True)]
    report_files: Annotated[Files, Fact("佐证材料", PARTIES)]
    verify_opinion: Annotated[Text, Fact("验收意见", PARTIES, long=True)]
    return_reason: Annotated[Text, Fact("退回理由", PARTIES, long=True)]
    cancel_reason: Annotated[Text, Fact("取消理由", PARTIES, long=True)]


RESPONSIBLE = PartyRole("responsible", "牵头单位", organ=True)
COOPERATING = PartyRole("cooperating", "配合单位", organ=True, many=True)

ASSIGNED = State("assigned", "办理中")
REPORTED = State("reported", "待验收")
COMPLETED = State("completed", "已完成", final=True)
CANCELLED = State("cancelled", "已取消", final=True)

notice = Paper(name="task_notice", label="任务通知书", series="任")
urging = Paper(name="urging_notice", label="督办通知书", series="督")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The pieces of a procedure that is a task; the room adds facts, series and title."""

    assign: Step
    report: Step
    urge: Step
    verify: Step
    cancel: Step
    term: Clock
    steps: tuple[Step, ...]
    states: tuple[State, ...] = (ASSIGNED, REPORTED, COMPLETED, CANCELLED)
    parties: tuple[PartyRole, ...] = (RESPONSIBLE, COOPERATING)


def task(
    article: str,
    *more: str,
    may: tuple[str, ...] = (),
    gates: tuple[Gate, ...] = (),
    names: Names | None = None,
    by: tuple[Role, ...] = (BODY_HEAD,),
    label: str = "交办任务",
    told: Paper = notice,
) -> Task:
    """A task under this article.

    more, may: facts of the room that must, may be stated when it is assigned; gates: on what condition it may be;
    names: the case from which it comes; by: who assigns and verifies; label, told: of its assignment.
    """
    assign = Step(
        name="assign_task",
        label=label,
        by=by,
        to=ASSIGNED,
        takes=(*more, "matter", "task", "term_days"),
        may_take=may,
        parties=(RESPONSIBLE, COOPERATING),
        gates=gates,
        issues=(told,),
        names=names,
        article=article,
    )
    report = Step(
        name="report_task",
        label="报送完成情况",
        by=(RESPONSIBLE,),
        at=(ASSIGNED,),
        to=REPORTED,
        takes=("report",),
        may_take=("report_files",),
        article=article,
    )
    verify = Step(
        name="verify_task",
        label="验收通过",
        by=by,
        at=(REPORTED,),
        to=COMPLETED,
        takes=("verify_opinion",),
        reason="verify_opinion",
        article=article,
    )
    send_back, extend, urge, cancel = (make(article, by) for make in (_return, _extend, _urge, _cancel))
    return Task(
        assign=assign,
        report=report,
        urge=urge,
        verify=verify,
        cancel=cancel,
        term=_term(article, (assign, send_back), report, extend),
        steps=(assign, extend, urge, report, send_back, verify, cancel, standing.assign, standing.reverse),
    )


def _return(article: str, by: tuple[Role, ...]) -> Step:
    return Step(
        name="return_task",
        label="退回继续办理",
        by=(*by, CASE_OFFICER),
        at=(REPORTED,),
        to=ASSIGNED,
        takes=("return_reason", "term_days"),
        reason="return_reason",
        article=article,
    )


def _extend(article: str, by: tuple[Role, ...]) -> Step:
    return Step(
        name="extend_task",
        label="同意延期",
        by=by,
        at=(ASSIGNED,),
        takes=("extension_days", "extension_reason"),
        reason="extension_reason",
        article=article,
    )


def _urge(article: str, by: tuple[Role, ...]) -> Step:
    return Step(
        name="urge_task",
        label="督办",
        by=by,
        at=(ASSIGNED,),
        takes=("urging",),
        gates=(over("term", "任务期限还没有届满，不需要督办", article),),
        issues=(urging,),
        article=article,
    )


def _cancel(article: str, by: tuple[Role, ...]) -> Step:
    return Step(
        name="cancel_task",
        label="取消任务",
        by=by,
        at=(ASSIGNED, REPORTED),
        to=CANCELLED,
        takes=("cancel_reason",),
        reason="cancel_reason",
        article=article,
    )


def _term(article: str, after: tuple[Step, ...], report: Step, extend: Step) -> Clock:
    return Clock(
        name="term",
        label="任务期限",
        period=InPaper("term_days", article),
        after=Done(after),
        until=(report,),
        bearer=RESPONSIBLE,
        extensions=(Extension(by=extend, set_by=InPaper("extension_days", article)),),
        lapse=Lapse(effect=LapseEffect.BREACHES, sentence="逾期未完成任务", article=article),
    )
