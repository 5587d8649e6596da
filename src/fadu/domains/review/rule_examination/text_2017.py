"""附带审查 under the text of 2017. Law: 行政复议法 arts 26, 27: no notice to the maker, no period for its answer."""

from __future__ import annotations

from dataclasses import replace

from fadu.common import approval, standing
from fadu.domains.review.rule_examination import shared as s
from fadu.domains.review.rule_examination import steps
from fadu.domains.review.rule_examination import text_2023 as later
from fadu.rules.procedure import Done, Gate, Lapse, LapseEffect, Procedure, Step

RULE = "《行政复议法》第二十六条"
BASIS = "《行政复议法》第二十七条"
BOTH = "《行政复议法》第二十六条、第二十七条"


def _passed_on(basis: str, article: str) -> Gate:
    """A rule that was asked about and a basis that is doubted are passed on under different articles."""
    return Gate(
        name="passed_on_as",
        sentence="转送的方式与审查的提起不符",
        article=article,
        todo="申请人一并提出的，办理“转送有权机关处理”；依职权提起的，办理“转送有权国家机关处理”。",
        reads=("fact:basis",),
        holds=lambda view: view.fact("basis") == basis,
    )


def _here(step: Step) -> Step:
    return replace(step, article=BOTH)


def _breach(sentence: str, article: str) -> Lapse:
    return Lapse(effect=LapseEffect.BREACHES, sentence=sentence, article=article)


open_examination, take_up, explain = _here(steps.open_examination), _here(steps.take_up), _here(steps.explain)
find_lawful, stop_clauses, end = _here(steps.find_lawful), _here(steps.stop_clauses), _here(steps.end)
receive_reply = _here(steps.receive_reply)
transfer = replace(steps.transfer, article=RULE, gates=(_passed_on("application", RULE),))
transfer_basis = replace(
    steps.transfer,
    name="transfer_basis",
    label="转送有权国家机关处理",
    article=BASIS,
    gates=(_passed_on("own", BASIS),),
    issues=(s.basis_letter,),
)

OPENING = Done((open_examination,))
OUR_OWN = (find_lawful, stop_clauses, end)
treat = replace(
    later.treat,
    after=OPENING,
    until=(*OUR_OWN, transfer, transfer_basis),
    lapse=_breach("逾期未依法处理规定或者依据", BOTH),
)
within_transfer = replace(
    later.within_transfer,
    after=OPENING,
    until=(take_up, transfer, transfer_basis, end),
    lapse=_breach("逾期未转送有权机关", BOTH),
)
reply = replace(later.reply, until=(receive_reply, end), lapse=_breach("接受转送的机关逾期未处理", RULE))

TEXT = Procedure(
    system="rule_examination",
    version="2017",
    label="规范性文件附带审查",
    statute="行政复议法",
    facts=s.ExaminationFacts,
    states=s.STATES,
    steps=(
        *(open_examination, take_up, transfer, transfer_basis, explain, find_lawful, stop_clauses),
        *(receive_reply, end, steps.archive, *approval.STEPS, *standing.STEPS),
    ),
    parties=s.PARTIES_IN_IT,
    clocks=(treat, within_transfer, reply),
    tracks=(approval.APPROVAL,),
    series="复附",
    title="{document_name}附带审查",
)
