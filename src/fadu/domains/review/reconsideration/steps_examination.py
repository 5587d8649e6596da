"""附带审查 in the main case: asked for; it rests while a case of its own examines the document, and hears of it."""

from __future__ import annotations

from fadu.domains.review.reconsideration import shared as s
from fadu.rules.procedure import BODY_HEAD, SYSTEM, Does, Gate, Online, Opens, Step

GROUND = "rule_examination"

ask = Step(
    name="ask_examination",
    label="申请附带审查规范性文件",
    by=(s.APPLICANT,),
    at=(s.RECEIVED, s.CORRECTING, *s.OPEN),
    takes=("examination_request",),
    online=Online(party=s.APPLICANT),
)
refuse = Step(
    name="refuse_examination",
    label="不予附带审查",
    by=(BODY_HEAD,),
    at=(s.ACCEPTED,),
    takes=("no_examination_reason",),
    reason="no_examination_reason",
)
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
        returns={"examination_finding": "finding", "examination_opinion": "finding_reasons"},
    ),
)
examined = Step(name="rule_examined", label="附带审查已有结果", by=(SYSTEM,), does=Does.HEARS)


def asked(article: str) -> Gate:
    return Gate(
        name="examination_asked",
        sentence="申请人没有申请附带审查",
        article=article,
        reads=("step:ask_examination",),
        holds=lambda view: view.did("ask_examination"),
    )


def answered(article: str) -> Gate:
    """What the applicant asked for is either examined or refused with its reason before the case is decided."""
    return Gate(
        name="examination_answered",
        sentence="申请人的附带审查申请还没有处理",
        article=article,
        todo="请“中止审理并附带审查”；不属于附带审查范围的，办理“不予附带审查”并写明理由。",
        reads=("step:ask_examination", "step:examine_rule", "step:refuse_examination"),
        holds=lambda view: (
            not view.did("ask_examination") or view.did("examine_rule") or view.did("refuse_examination")
        ),
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
        sentence="附带审查还没有结果，不能恢复审理",
        article=article,
        todo="请在附带审查的案件中作出处理；其结论随即记入本案。",
        reads=("step:examine_rule", "step:rule_examined", "fact:suspension_ground"),
        holds=lambda view: (
            view.fact("suspension_ground") != GROUND or not view.did("examine_rule") or view.did("rule_examined")
        ),
    )
