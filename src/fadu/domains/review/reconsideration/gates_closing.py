"""Gates of closing a file of reconsideration: published, passed on to the department above, complete."""

from __future__ import annotations

from fadu.domains.review.reconsideration.shared import ASKED_TO_WITHDRAW
from fadu.rules.procedure import Gate


def withdrawal_answered(article: str) -> Gate:
    """Who withdrew is told whether he may before his application is decided."""
    return Gate(
        name="withdrawal_answered",
        sentence="申请人撤回了申请，还没有处理",
        article=article,
        todo="准予撤回的，请“决定终止”；不准予的，办理“不准予撤回申请”并写明理由。",
        reads=("track:withdrawal",),
        holds=lambda view: view.track("withdrawal") != ASKED_TO_WITHDRAW.name,
    )


def published_or_excused(article: str) -> Gate:
    return Gate(
        name="published_or_excused",
        sentence="复议决定书既没有公开，也没有写明不公开的理由",
        article=article,
        todo="请公开决定书，或者写明不公开的理由。",
        reads=("step:decide", "step:publish", "step:keep_private"),
        holds=lambda view: not view.did("decide") or view.did("publish") or view.did("keep_private"),
    )


def respondent_kind_told(article: str) -> Gate:
    return Gate(
        name="respondent_kind_told",
        sentence="还没有写明被申请人类型，不能判断是否应当抄告上一级主管部门",
        article=article,
        todo="请填写“被申请人类型”。",
        reads=("step:decide", "fact:respondent_kind"),
        holds=lambda view: not view.did("decide") or bool(view.fact("respondent_kind")),
    )


def copied_to_superior(article: str) -> Gate:
    """A decision on a department of the same government goes to the department above it."""
    return Gate(
        name="copied_to_superior",
        sentence="被申请人是本级人民政府工作部门，复议决定书还没有抄告其上一级主管部门",
        article=article,
        todo="请先“抄告上一级主管部门”。",
        reads=("step:decide", "step:copy_to_superior", "fact:respondent_kind"),
        holds=lambda view: (
            not view.did("decide") or view.fact("respondent_kind") != "own_department" or view.did("copy_to_superior")
        ),
    )


def acceptance_on_file(article: str) -> Gate:
    """What was deemed accepted by silence is told by its notice too."""
    return Gate(
        name="acceptance_on_file",
        sentence="案卷不齐：受理的案件没有受理通知书",
        article=article,
        todo="视为受理的，请先“补发受理通知书”。",
        reads=("step:accept", "step:accept_deemed", "paper:acceptance_notice"),
        holds=lambda view: not (view.did("accept") or view.did("accept_deemed")) or view.issued("acceptance_notice"),
    )
