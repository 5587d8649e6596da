"""What pauses or lengthens a running clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fadu.kernel.timekeeping.answering import overtake
from fadu.kernel.timekeeping.rows import Env, Row, reckon, rule_of
from fadu.kernel.timekeeping.starting import period_of
from fadu.kernel.timekeeping.triggers import Happening
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.law import Rule, Unit
from fadu.rules.procedure import Extension, OnTrack, Pause, Procedure, Served, Step


def follow(case: CaseFile, procedure: Procedure, step: Step, env: Env) -> Iterator[Operation]:
    """Operations by which clocks that still run take the period of the state into which the step moved their track."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or not isinstance(clock.period, OnTrack) or row["stopped"] or row["lapsed"]:
            continue
        if clock.period.track == step.track:
            yield put("clock", key, **period_of(case, procedure, clock, date.fromisoformat(row["on"]), env))


def pause(case: CaseFile, procedure: Procedure, what: Happening) -> Iterator[Operation]:
    """Operations that pause clocks, let them run again, or take a pause away that a superior annulled."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock is None or not what.means(row):
            continue
        pauses = [dict(entry) for entry in row["pauses"]]
        for declared in clock.pauses:
            if _change_pauses(case, declared, pauses, what, running=row["stopped"] is None):
                yield from _overtaken(case, procedure, key, declared.begin, what, declared.counts_if)
        if pauses != row["pauses"]:
            yield put("clock", key, pauses=pauses)


def _change_pauses(case: CaseFile, declared: Pause, pauses: list[Row], what: Happening, *, running: bool) -> bool:
    """Whether a pause begins."""
    if declared.lasted:
        if what.step == declared.begin.name:
            pauses.append(_looking_back(declared, declared.lasted, what))
        return False
    mine = [entry for entry in pauses if entry["begun_by"] == declared.begin.name]
    open_ = next((entry for entry in mine if entry["end"] is None), None)
    if running and what.step == declared.begin.name and open_ is None:
        begun: Row = {"begin": what.day.isoformat(), "end": None, "kind": declared.kind.value}
        begun |= {"why": declared.begin.label, "article": declared.article, "begun_by": declared.begin.name}
        pauses.append(begun | _notice(case, declared.begin, declared.counts_if))
        return True
    if running and open_ is not None and any(step.name == what.step for step in declared.end):
        open_["end"] = what.day.isoformat()
        if what.because:
            open_["because"] = what.because
    elif any(step.name == what.step for step in declared.void_by):
        for entry in mine:
            entry["void"], entry["end"] = True, entry["end"] or what.day.isoformat()
    return False


def _looking_back(declared: Pause, lasted: tuple[str, str], what: Happening) -> Row:
    """A pause that was over when it became known, from its first day to its last. Raises BadInput."""
    first, last = (date.fromisoformat(str(what.facts[name])) for name in lasted)
    if last < first:
        raise BadInput({lasted[1]: "不能早于开始之日"}, article=declared.article)
    if last > what.day:
        raise BadInput({lasted[1]: "不能晚于办理之日：还没有结束的，等结束以后再认定"}, article=declared.article)
    said: Row = {"begin": (first - timedelta(days=1)).isoformat(), "end": last.isoformat(), "kind": declared.kind.value}
    return said | {"why": declared.begin.label, "article": declared.article, "begun_by": declared.begin.name}


def _overtaken(
    case: CaseFile, procedure: Procedure, key: str, step: Step, what: Happening, counts_if: Served | None
) -> Iterator[Operation]:
    """What began or was granted on a day on which the period still ran overtakes its lapse, unless it waits itself."""
    found = list(overtake(case, procedure, key, step, what.day.isoformat()))
    yield from found if counts_if is None else ()


def _notice(case: CaseFile, step: Step, counts_if: Served | None) -> Row:
    """What a pause or an extension says of the notice it needs: which paper that is, and that it was not served yet."""
    if counts_if is None:
        return {}
    made = case.next_key("paper", counts_if.paper.name)
    earlier = [key for key, _ in case.of("paper", name=counts_if.paper.name)]
    notice = made if counts_if.paper in step.issues else (earlier or [made])[-1]
    return {"notice": notice, "notice_on": counts_if.on.name, "served": False}


def count(case: CaseFile, procedure: Procedure, what: Happening) -> Iterator[Operation]:
    """Operations by which pauses and extensions count from the service of the notice they needed (L9, L10)."""
    reached = what.service
    if reached is None:
        return
    for key, row in case.table("clock").items():
        more: Row = {}
        for word in ("pauses", "extensions"):
            entries = [
                entry | {"served": True}
                if entry.get("notice") == reached.paper and _all_reached(case, row, entry)
                else entry
                for entry in row[word]
            ]
            if entries != row[word]:
                more[word] = entries
        if more:
            yield put("clock", key, **more)


def _all_reached(case: CaseFile, row: Row, entry: Row) -> bool:
    """Whether the notice has reached whom it must: the party whose own period this is, else all of that role."""
    present = {key for key, party in case.of("party", role=entry["notice_on"]) if not party["before"]}
    needed = present & {row["party"]} or present
    reached = {service["party"] for _, service in case.of("service", paper=entry["notice"]) if service["effective"]}
    return bool(needed) and needed <= reached


def extend(case: CaseFile, procedure: Procedure, step: Step, what: Happening, env: Env) -> Iterator[Operation]:
    """Operations that lengthen clocks. Raises when the law gives no (further) or no such long extension."""
    for key, row in case.table("clock").items():
        clock = procedure.clock(row["name"])
        for declared in clock.extensions if clock and row["stopped"] is None and what.means(row) else ():
            if declared.by == step:
                more = _longer(case, declared, row, what, env)
                yield from _overtaken(case, procedure, key, step, what, declared.counts_if)
                yield put("clock", key, extensions=[*row["extensions"], more])


def _longer(case: CaseFile, declared: Extension, row: Row, what: Happening, env: Env) -> Row:
    """One extension as the row keeps it."""
    step, rule, used = declared.by, rule_of(row, env), [entry["by"] for entry in row["extensions"]]
    if declared.after and declared.after.name not in used:
        raise GatesUnmet(step.label, [Unmet("after", f"还没有经过“{declared.after.label}”", rule.cite)])
    reckoned = reckon(row, env)
    if declared.before_end and reckoned.lapses_after and what.day > reckoned.lapses_after:
        raise GatesUnmet(step.label, [Unmet("before_end", "期限已经届满，不能再延长", rule.cite)])
    if declared.set_by:
        amount, article = what.facts.get(declared.set_by.fact), declared.set_by.article
        if not amount:
            raise BadInput({declared.set_by.fact: "请写明延长多少"}, article=article)
        unit = declared.set_by.unit_in(what.facts)
    else:
        amount, unit, article = *_by_law(declared, rule, used.count(step.name), what), rule.cite
    more = {"amount": amount, "unit": unit.value, "on": what.day.isoformat(), "by": step.name}
    return more | {"article": article, "why": step.label} | _notice(case, step, declared.counts_if)


def _by_law(declared: Extension, rule: Rule, times: int, what: Happening) -> tuple[int, Unit]:
    """How long the law lets it be extended this time, or fewer units when a fact says so."""
    step, law, field = declared.by, rule.extension, declared.amount or "amount"
    if law is None:
        raise GatesUnmet(step.label, [Unmet("extension", "法律没有规定这一期限可以延长", rule.cite)])
    if law.times is not None and times >= law.times:
        raise GatesUnmet(step.label, [Unmet("times", f"最多只能延长{law.times}次", rule.cite)])
    amount = what.facts.get(field) or law.amount
    if not amount:
        raise BadInput({field: "请写明延长多少"}, article=rule.cite)
    if law.amount is not None and amount > law.amount:
        raise BadInput({field: f"延长的期限过长：{law.in_words}"}, article=rule.cite)
    return amount, law.unit or clocks.Running(rule, what.day, "").length[1]
