"""附带审查 in the main case: it rests while the document is examined in a case of its own, then told here."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.procedure import BODY_HEAD, CASE_OFFICER, SYSTEM, Does, Gate, Opens, Step

GROUND = "rule_examination"

examine = Step(
    name="examine_rule",
    label="中止审理并附带审查",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    to=s.SUSPENDED,
    takes=(
        *("suspension_ground", "suspension_reason"),
        *("examined_document", "examined_clauses", "examination_basis", "examination_doubts"),
    ),
    issues=(s.suspension_notice,),
    agreed=True,
    reason="suspension_reason",
    opens=Opens(
        system="rule_examination",
        step="open_examination",
        hands={
            "document_name": "examined_document",
            "clauses": "examined_clauses",
            "basis": "examination_basis",
            "doubts": "examination_doubts",
        },
    ),
)
examined = Step(name="rule_examined", label="附带审查已有结果", by=(SYSTEM,), does=Does.HEARS)
record = Step(
    name="record_examination",
    label="登记附带审查结论",
    by=(CASE_OFFICER,),
    at=(s.SUSPENDED,),
    takes=("examination_finding", "examination_opinion"),
)


def for_examination(article: str) -> Gate:
    return Gate(
        name="for_examination",
        sentence="附带审查的，中止的情形应当是附带审查规范性文件或者依据",
        article=article,
        todo="请核对“中止的情形”。",
        reads=("fact:suspension_ground",),
        holds=lambda view: view.fact("suspension_ground") == GROUND,
    )


def not_for_examination(article: str) -> Gate:
    return Gate(
        name="not_for_examination",
        sentence="因附带审查而中止的，应当同时启动附带审查",
        article=article,
        todo="请办理“中止审理并附带审查”。",
        reads=("fact:suspension_ground",),
        holds=lambda view: view.fact("suspension_ground") != GROUND,
    )


def examination_over(article: str) -> Gate:
    return Gate(
        name="examination_over",
        sentence="附带审查还没有结论，不能恢复审理",
        article=article,
        todo="请先“登记附带审查结论”。",
        reads=("step:examine_rule", "step:record_examination", "fact:suspension_ground"),
        holds=lambda view: (
            view.fact("suspension_ground") != GROUND or not view.did("examine_rule") or view.did("record_examination")
        ),
    )
