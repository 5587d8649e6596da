"""Minimum waits that end early: given up by whom they protect, or shortened for a reason."""

from __future__ import annotations

from collections.abc import Iterator

from fadu.kernel.timekeeping.rows import Env, Row, reckon, rule_of
from fadu.kernel.timekeeping.triggers import Happening
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput
from fadu.rules.law import Roll
from fadu.rules.procedure import Procedure, Shortening, Step, Wait


def cut(case: CaseFile, procedure: Procedure, step: Step, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that cut minimum waits short. Raises BadInput when nobody is named, or nothing would be shorter."""
    waits = [(key, row, procedure.clock(row["name"])) for key, row in case.table("clock").items() if not row["stopped"]]
    for key, row, wait in waits:
        if not isinstance(wait, Wait):
            continue
        said: Row = {"on": what.day.isoformat(), "why": step.label, "article": step.article, "by": step.name}
        if step in wait.waived_by and what.means(row):
            others = [other for _, other, declared in waits if declared == wait and other["party"] != row["party"]]
            if others and not what.named:
                raise BadInput({"party": f"请选择“{step.label}”的是哪一名当事人"}, article=step.article)
            yield put("clock", key, cuts=[*row.get("cuts", ()), said | {"from": ""}])
        if wait.shortened_by and what.means(row) and step == wait.shortened_by.by:
            yield put("clock", key, **_shorter(row, wait.shortened_by, said, what, env))


def _shorter(row: Row, declared: Shortening, said: Row, what: Happening, env: Env) -> Row:
    """The row with the length that the step gives it, and what it was before."""
    before, length = rule_of(row, env), declared.to
    amount = what.facts.get(length.fact)
    if not amount:
        raise BadInput({length.fact: "请写明缩短为多少，至少为1"}, article=length.article)
    shorter: Row = {"amount": amount, "unit": length.unit_in(what.facts).value, "article": length.article}
    shorter["roll"] = before.roll.value if length.rolls else Roll.NONE.value
    ends, ended = reckon(row | shorter, env).last_day, reckon(row, env).last_day
    if ends and ended and ends >= ended:
        raise BadInput({length.fact: f"缩短后的期限应当短于原来的期限（{before.in_words}）"}, article=before.cite)
    return shorter | {"cuts": [*row.get("cuts", ()), said | {"from": before.in_words}]}
