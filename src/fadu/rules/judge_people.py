"""Judges the words about who acts for a party and about receipt: what they name is declared, and in the law library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fadu.rules.facts import FactField
from fadu.rules.law import Library, UnknownPeriod
from fadu.rules.procedure import Does, Procedure, Step
from fadu.rules.receipt import STATED


def faults_of_people(procedure: Procedure, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    """A sentence for every fault of Representation, Reserved and Receipt."""
    said = procedure.representation
    steps = {step.does for step in procedure.steps} & {Does.NAMES_AGENT, Does.ENDS_AGENT}
    if bool(said) is not (len(steps) == 2):
        yield "代理人、代表人的声明（representation）和步骤（*standing.AGENTS）应当同时写"
    if said:
        for role in (*said.agents_of, *said.represented):
            if role not in procedure.parties:
                yield f"可以有代理人、代表人的“{role.label}”没有声明"
        for number in (said.agents, said.numerous, said.representatives):
            if not any((one.statute, one.name) == (number.statute, number.name) for one in library.besides.limits):
                yield f"法律库中没有《{number.statute}》的人数“{number.name}”"
    for step in procedure.steps:
        if step.reserved and said is None:
            yield f"步骤“{step.label}”须特别授权或者被代表人同意，但程序没有声明代理人、代表人（representation）"
        if step.names and step.names.agents and said is None:
            yield f"步骤“{step.label}”列出所关联案件的代理人，但程序没有声明代理人、代表人（representation）"
        if step.receipt:
            yield from _received(step, fields, library)


def _received(step: Step, fields: Mapping[str, FactField], library: Library) -> Iterator[str]:
    """The form takes the channel and whatever may tell the day; the law library knows every channel of the list."""
    assert step.receipt is not None
    needed = {"channel", "receipt_proof", *STATED.values()}
    if missing := sorted(needed - {*step.takes, *step.may_take}):
        yield f"步骤“{step.label}”收到材料，但表单没有 {'、'.join(missing)}（common.receipt）"
        return
    try:
        rules = library.receipt_rules(step.receipt.statute, step.receipt.name)
    except UnknownPeriod as fault:
        yield fault.message
        return
    channels = fields["channel"].choices
    if unknown := sorted({rule.channel for rule in rules} - {str(code) for code in channels or ()}):
        yield f"收件规则“{step.receipt.name}”中的方式 {'、'.join(unknown)} 不在封闭名单中"
