"""What answers, ends, pauses or lengthens a running clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fadu.kernel.timekeeping.rows import Env, is_right, rule_of, running
from fadu.kernel.timekeeping.starting import Happening
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.procedure import Procedure, Step


def stop(case: CaseFile, procedure: Procedure, what: Happening) -> Iterator[Operation]:
    """Operations that stop the clocks which the step answers, on the day it was posted where that counts."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or row["stopped"] is not None or all(step.name != what.step for step in clock.until):
            continue
        if what.party in (None, "", row["party"] or what.party):
            came = what.day.isoformat()
            yield put("clock", key, stopped=min(what.facts.get(clock.posted or "") or came, came))


def stop_the_rest(case: CaseFile, procedure: Procedure, day: date) -> Iterator[Operation]:
    """When the case ends: duties that were not answered end with it; rights run on."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if row["stopped"] is None and not (clock and is_right(clock)):
            yield put("clock", key, stopped=day.isoformat(), void=True)


def pause(case: CaseFile, procedure: Procedure, what: Happening) -> Iterator[Operation]:
    """Operations that pause clocks or let them run again."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or row["stopped"] is not None:
            continue
        pauses = [dict(entry) for entry in row["pauses"]]
        for declared in clock.pauses:
            open_ = next((p for p in pauses if p["end"] is None and p["begun_by"] == declared.begin.name), None)
            if what.step == declared.begin.name and open_ is None:
                entry = {"begin": what.day.isoformat(), "end": None, "kind": declared.kind.value}
                pauses.append(
                    entry
                    | {
                        "why": declared.begin.label,
                        "article": declared.article,
                        "begun_by": declared.begin.name,
                    }
                )
            elif open_ is not None and any(step.name == what.step for step in declared.end):
                open_["end"] = what.day.isoformat()
        if pauses != row["pauses"]:
            yield put("clock", key, pauses=pauses)


def extend(case: CaseFile, procedure: Procedure, step: Step, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that lengthen clocks. Raises when the law gives no (further) or no such long extension."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        declared = clock.extension if clock else None
        if declared is None or declared.by != step or row["stopped"] is not None:
            continue
        rule = rule_of(row, env)
        law = rule.extension
        if law is None:
            raise GatesUnmet(step.label, [Unmet("extension", "法律没有规定这一期限可以延长", rule.cite)])
        if law.times is not None and len(row["extensions"]) >= law.times:
            raise GatesUnmet(step.label, [Unmet("times", f"最多只能延长{law.times}次", rule.cite)])
        reckoned = clocks.reckon(running(row, env), env.calendar)
        if declared.before_end and reckoned.lapses_after and what.day > reckoned.lapses_after:
            raise GatesUnmet(step.label, [Unmet("before_end", "期限已经届满，不能再延长", rule.cite)])
        amount = what.facts.get(declared.amount or "") or law.amount
        if not amount:
            raise BadInput({declared.amount or "amount": "请写明延长多少"}, article=rule.cite)
        if law.amount is not None and amount > law.amount:
            raise BadInput({declared.amount or "amount": f"延长的期限过长：{law.in_words}"}, article=rule.cite)
        unit = law.unit or clocks.Running(rule, what.day, "").length[1]
        more = {"amount": amount, "unit": unit.value, "on": what.day.isoformat()}
        yield put("clock", key, extensions=[*row["extensions"], more | {"article": rule.cite, "why": step.label}])
