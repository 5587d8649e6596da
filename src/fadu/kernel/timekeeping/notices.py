"""Notices in advance of a day that may move: whether they came in time, and who agreed to the day without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fadu.kernel.timekeeping.rows import Env, law_day
from fadu.kernel.timekeeping.triggers import Happening
from fadu.rules import clocks
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput, GatesUnmet, Unmet
from fadu.rules.law import NotInForce
from fadu.rules.procedure import Lead, Procedure, Step


def late_notices(case: CaseFile, procedure: Procedure, env: Env) -> frozenset[str]:
    """Names of the leads whose notice did not reach everybody, or the public, in time for the day as it stands now."""
    return frozenset(lead.name for lead in procedure.leads if not _notice_in_time(case, lead, env))


def consent(case: CaseFile, procedure: Procedure, step: Step, what: Happening) -> Iterator[Operation]:
    """Operations by which a party agrees to the day as it stands. Raises BadInput, GatesUnmet."""
    for lead in procedure.leads:
        if lead.consent != step:
            continue
        day = case.facts.get(lead.before)
        if not day:
            raise GatesUnmet(step.label, [Unmet("no_day", f"还没有确定日期，“{lead.label}”无从同意", step.article)])
        roles = {actor.name for actor in step.by}
        who = {key: row for key, row in case.table("party").items() if row["role"] in roles and not row["before"]}
        named = sorted(what.named) or (list(who) if len(who) == 1 else [])
        if not named or not set(named) <= who.keys():
            raise BadInput({"party": f"请选择“{step.label}”的是哪一名当事人"}, article=step.article)
        for key in named:
            yield put("party", key, consents=who[key].get("consents", {}) | {lead.name: day})


def _notice_in_time(case: CaseFile, lead: Lead, env: Env) -> bool:
    day = case.facts.get(lead.before)
    papers = case.of("paper", name=lead.notice.name)
    agreed = {key for key, row in case.table("party").items() if row.get("consents", {}).get(lead.name) == day}
    if not day or not (papers or agreed):
        return False
    text = law_day(case, lead.period.statute, date.fromisoformat(day), env)
    try:
        rule = env.library.period(lead.period.statute, lead.period.name, text, place=env.place)
    except NotInForce:
        return False  # a day on which the law knows no such notice cannot be the right one
    latest = clocks.latest_before(rule, date.fromisoformat(day), env.calendar).isoformat()
    if not lead.on:
        return any(row["day"] <= latest for key, _ in papers[-1:] for _, row in case.of("publication", paper=key))
    on = {role.name for role in lead.on}
    parties = {key for key, row in case.table("party").items() if row["role"] in on and not row["before"]}
    in_time = {
        row["party"]
        for paper, _ in papers[-1:]
        for _, row in case.of("service", paper=paper)
        if row.get("effective") and row["effective"] <= latest
    }
    return parties <= in_time | agreed
