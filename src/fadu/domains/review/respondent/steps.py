"""作为被申请人的复议答复: notice, evidence, answer, the superior's conclusion, performance."""

from __future__ import annotations

from fadu.domains.review.respondent import shared as s
from fadu.rules.gates import all_served, done
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, ORGAN_HEAD, Gate, Step

LOST = ("change", "revoke", "unlawful", "void", "order_performance", "mediated")
"""Results that may leave something to be done."""


def receive(name: str, label: str, article: str) -> Step:
    return Step(
        name=name,
        label=label,
        by=(CASE_OFFICER,),
        to=s.RECEIVED,
        takes=("notice_number", "act_name"),
        may_take=("act_number",),
        parties=s.EVERYBODY,
        article=article,
    )


def prepare(article: str) -> tuple[Step, ...]:
    """From the notice to the answer: each text of the law has its own article."""
    assign = Step(
        name="assign_answer",
        label="交办答复",
        by=(BODY_HEAD,),
        at=(s.RECEIVED,),
        to=s.ASSIGNED,
        takes=("handler", "task"),
        article=article,
    )
    collect = Step(
        name="list_evidence",
        label="编制证据目录",
        by=(CASE_OFFICER,),
        at=(s.ASSIGNED,),
        takes=("evidence_list",),
        may_take=("evidence_files",),
        issues=(s.evidence_paper,),
        article=article,
    )
    sign = Step(
        name="sign_answer",
        label="签发答复书",
        by=(ORGAN_HEAD,),
        at=(s.ASSIGNED,),
        to=s.SIGNED,
        takes=("answer_content",),
        gates=(done(collect, "还没有编制证据目录", article, "书面答复应当同时提交证据、依据和其他有关材料。"),),
        issues=(s.answer_paper,),
        agreed=True,
        article=article,
    )
    submit = Step(
        name="submit_answer",
        label="提交答复和证据",
        by=(CASE_OFFICER,),
        at=(s.SIGNED,),
        to=s.ANSWERED,
        may_take=("posted_on",),
        article=article,
    )
    return assign, collect, sign, submit


def conclude(article: str, owed: str) -> tuple[Step, ...]:
    """From the superior's conclusion to performance."""
    result = Step(
        name="receive_result",
        label="登记上级复议结果",
        by=(CASE_OFFICER,),
        at=(*s.BEFORE_ANSWER, s.ANSWERED),
        to=s.CONCLUDED,
        takes=("result", "result_text"),
        may_take=("decision_number",),
        article=article,
    )
    owe = Step(
        name="owe_performance",
        label="登记应当履行的内容",
        by=(CASE_OFFICER,),
        at=(s.CONCLUDED,),
        to=s.OWED,
        takes=("duty", "performance_days"),
        gates=(_leaves_a_duty(owed),),
        article=owed,
    )
    perform = Step(
        name="report_performance",
        label="登记履行情况",
        by=(CASE_OFFICER,),
        at=(s.OWED,),
        to=s.PERFORMED,
        takes=("performance_result",),
        article=owed,
    )
    archive = Step(
        name="archive",
        label="归档",
        by=(ARCHIVIST,),
        at=(s.CONCLUDED, s.PERFORMED),
        to=s.ARCHIVED,
        gates=(all_served(),),
    )
    return result, owe, perform, archive


def _leaves_a_duty(article: str) -> Gate:
    return Gate(
        name="leaves_a_duty",
        sentence="这一复议结果没有留下需要履行的内容",
        article=article,
        todo="请核对“复议结果”。",
        reads=("fact:result",),
        holds=lambda view: view.fact("result") in LOST,
    )
