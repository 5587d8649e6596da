"""Judges the words that link cases; what two declarations must agree on is judged by the registry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fadu.rules.facts import FactField
from fadu.rules.procedure import SYSTEM, Does, Procedure, Step


def faults_of_links(procedure: Procedure, fields: Mapping[str, FactField]) -> Iterator[str]:
    """A sentence for every fault of Names, Consequence and When."""
    for step in procedure.steps:
        yield from _gives(procedure, step, fields)
    heard = [when.effect for when in procedure.on]
    for effect in sorted({effect for effect in heard if heard.count(effect) > 1}):
        yield f"关联案件使本案{effect.label}时怎么办，写了不止一次"
    for when in procedure.on:
        yield from _receives(procedure, when.step)
    for step in procedure.steps:
        if step.does is Does.HEARS and all(when.step != step for when in procedure.on):
            yield f"步骤“{step.label}”没有写明由哪一种影响产生"
    if procedure.on and all(step.does is not Does.REVERSES for step in procedure.steps):
        yield "关联案件的影响可能被撤回，但程序没有撤回的步骤（steps 中缺 *standing.STEPS）"


def _gives(procedure: Procedure, step: Step, fields: Mapping[str, FactField]) -> Iterator[str]:
    if step.names and step.names.fact not in (*step.takes, *step.may_take):
        yield f"步骤“{step.label}”关联案件的案号 {step.names.fact} 不在它填写的内容中"
    if step.names and not step.names.system and any(other.consequence for other in procedure.steps):
        yield f"步骤“{step.label}”关联任何程序的案件，不能对它们产生影响"
    if step.consequence is None:
        return
    said = step.consequence
    field = fields.get(said.fact)
    if field is None or field.choices is None or said.fact not in step.takes:
        yield f"步骤“{step.label}”的影响所依据的 {said.fact} 不是它必须填写的封闭名单"
    elif wrong := {str(code) for code in field.choices} ^ set(said.effects):
        label = field.fact.label
        yield f"步骤“{step.label}”没有为“{label}”的每一项写明影响（缺少或者多出：{'、'.join(sorted(wrong))}）"
    if all(other.names is None for other in procedure.steps):
        yield f"步骤“{step.label}”会影响关联的案件，但没有步骤关联案件"


def _receives(procedure: Procedure, step: Step) -> Iterator[str]:
    if step not in procedure.steps:
        yield f"受关联案件影响的步骤“{step.label}”没有声明"
    if step.does is not Does.HEARS or step.by != (SYSTEM,):
        yield f"受关联案件影响的步骤“{step.label}”应当由系统记录（by=(SYSTEM,)，does=Does.HEARS）"
    if step.takes or step.gates or step.issues or step.agreed:
        yield f"受关联案件影响的步骤“{step.label}”不能有条件、必填的内容和文书：没有人在办理"
