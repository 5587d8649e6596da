"""What holds after every act of every history, whatever the procedure says."""

from __future__ import annotations

from datetime import date

from fadu.kernel.engine import track_row
from fadu.kernel.rehearsal import situation
from fadu.kernel.timekeeping import is_duty, outlives, reckon_all, running
from fadu.rules.casefile import CaseFile, refold, taken_back
from fadu.rules.clocks import EntryKind, Reckoned, Running, explain
from fadu.rules.facts import form_model
from fadu.rules.law import Kind, Unit
from fadu.rules.procedure import ROLES, Procedure
from tests.machines.history import ENV, History


def check(history: History) -> None:
    """Everything at once."""
    if not history.case.state:
        return
    places(history.procedure, history.case)
    facts(history.procedure, history.case)
    rows(history.procedure, history.case)
    time(history)
    refolds(history)
    silence(history)


def places(procedure: Procedure, case: CaseFile) -> None:
    """The state and every track stand where the declaration knows them; closed means final and nothing else."""
    state = procedure.state(case.state)
    assert state is not None, case.state
    assert bool(case.closed) == state.final
    for track in procedure.tracks:
        known = {one.name for one in procedure.track_states(track)}
        for key in [step.name for step in procedure.steps if step.agreed] if track.per_step else [""]:
            assert track_row(case, track, key)[1]["state"] in known
    assert set(case.done) <= {name for step in procedure.steps for name in _names(procedure, step.name)}


def _names(procedure: Procedure, step: str) -> list[str]:
    return [step, *(f"{step}:{about.name}" for about in procedure.steps if about.agreed)]


def facts(procedure: Procedure, case: CaseFile) -> None:
    """Facts fit their types and are stored in their one form; items too; the outcome is the heaviest."""
    form = form_model(procedure.facts, (), tuple(procedure.facts.model_fields))
    assert form.model_validate(case.facts).model_dump(mode="json", exclude_unset=True) == case.facts
    items, found = procedure.items, case.table("item")
    if items is None:
        assert not found
        assert case.outcome is None
        return
    for row in found.values():
        items.model.model_validate(row["facts"])
    given = [row["outcome"] for row in found.values() if row["outcome"]]
    assert case.outcome == (min(given, key=items.weight.index) if given else None)


def rows(procedure: Procedure, case: CaseFile) -> None:
    """Rows name parties, papers and kinds that exist; who must get a paper has a role of the procedure."""
    parties, papers, roles = case.table("party"), case.table("paper"), {role.name for role in procedure.parties}
    assert {row["role"] for row in parties.values()} <= roles
    agreed = {lead.name: lead.consent.name for lead in procedure.leads if lead.consent}
    for row in parties.values():
        assert all(case.done.get(agreed[lead]) for lead in row.get("consents", {}))
    for row in papers.values():
        declared = procedure.paper(row["name"])
        assert declared is not None
        assert row["to"] == [role.name for role in declared.to]
        assert row["day"] >= case.opened
    for row in case.table("service").values():
        assert row["paper"] in papers
        assert row["party"] in parties
        assert row["sent_on"] >= papers[row["paper"]]["day"]
        assert row["effective"] is None or row["effective"] >= row["sent_on"]
    for row in case.table("publication").values():
        declared = procedure.paper(papers[row["paper"]]["name"])
        assert declared is not None
        assert declared.publish


def time(history: History) -> None:
    """Every clock is declared, has a bearer, and has a due day or is paused; its explanation adds up."""
    case, procedure, day = history.case, history.procedure, history.stage.day
    reckoned = reckon_all(case, ENV)
    bearers = set(ROLES) | {role.name for role in procedure.parties}
    for key, row in case.table("clock").items():
        clock, dates = procedure.clock(row["name"]), reckoned[key]
        assert clock is not None, f"a clock without a declaration: {row['name']}"
        assert row["bearer"] == clock.bearer.name
        assert row["bearer"] in bearers
        assert not row["party"] or any(row["party"] in case.table(name) for name in ("party", "item", "paper"))
        assert bool(row["party"]) == (clock.per is not None), f"{clock.label} has lost its party"
        since = dates.paused_since
        assert dates.due or since, f"{clock.label}: neither due nor paused"
        assert not (dates.due and since) or dates.due < since, f"{clock.label}: due while it is paused"
        assert situation(case, row, dates, day, waits=clock.waits)
        assert row["stopped"] is None or row["stopped"] <= day.isoformat()
        assert not (row["lapsed"] and row["stopped"] and row["lapsed"]["effect"] == "deems")
        adds_up(running(row, ENV), dates)
        counted = {step for step, days in case.done.items() if days}
        assert {pause["begun_by"] for pause in row["pauses"]} <= counted
        assert {cut["by"] for cut in row.get("cuts", ())} <= counted
        if row["extensions"]:
            assert clock.extensions
            granted = [case.done.get(extension.by.name, ()) for extension in clock.extensions]
            assert len(row["extensions"]) <= sum(map(len, granted))
        if case.closed and not outlives(clock):
            assert not is_duty(row), f"{clock.label} runs in a case that is over"
            assert row["stopped"] or row["lapsed"], f"{clock.label} runs in a case that is over"


def adds_up(clock: Running, dates: Reckoned) -> None:
    """The explanation counts exactly the period and what was granted, in days or working days."""
    entries = explain(clock, ENV.calendar)
    assert entries
    if clock.rule.kind is Kind.DATE:
        return
    amount, unit = clock.length
    same = all(more.unit == unit for more in clock.extensions)
    if unit not in (Unit.DAY, Unit.WORKDAY) or not same or dates.rolled is None:
        return
    start = max(i for i, entry in enumerate(entries) if entry.kind is EntryKind.START)
    told = [entry for entry in entries[start:] if entry.kind is EntryKind.COUNTED]
    granted = sum(
        more.amount
        for more in clock.extensions
        if any(entry.kind is EntryKind.EXTENDED and entry.since == more.on for entry in entries[start:])
    )
    assert sum(entry.days for entry in told) == amount + granted, clock


def refolds(history: History) -> None:
    """The case is the fold of its events without those taken back: they count nowhere."""
    stage = history.stage
    gone = taken_back(stage.record)
    assert refold(stage.case, stage.record) == stage.case
    days = sum(
        operation["op"] == "done"
        for event in stage.record
        for operation in event.operations
        if event.position not in gone
    )
    assert days == sum(len(entries) for entries in stage.case.done.values())


def silence(history: History) -> None:
    """No period lapsed that was answered in time, by the diary and not by the clock's own row."""
    stage, procedure = history.stage, history.procedure
    made: dict[str, int] = {}
    gone = taken_back(stage.record)
    for event in stage.record:
        if event.position in gone:
            continue
        for operation in event.operations:
            if operation["op"] != "put" or operation["table"] != "clock":
                continue
            key, value = operation["key"], operation["value"]
            if "name" in value:
                made[key] = event.position
            if value.get("lapsed") and key in stage.case.table("clock"):
                _unanswered(history, key, made[key], event.position, date.fromisoformat(value["lapsed"]["day"]))
    for key, row in stage.case.table("clock").items():
        clock = procedure.clock(row["name"])
        if clock and clock.lapse and not (row["stopped"] or row["lapsed"] or row.get("held")):
            rule = running(row, ENV).rule
            end = reckon_all(stage.case, ENV)[key].lapses_after
            assert not rule.verified or end is None or end >= stage.day, f"{clock.label} ran out unnoticed"


def _unanswered(history: History, key: str, begun: int, lapsed: int, last: date) -> None:
    row = history.case.table("clock")[key]
    clock = history.procedure.clock(row["name"])
    assert clock is not None
    answers = {step.name for step in clock.until}
    gone = taken_back(history.stage.record)
    for entry in history.diary:
        if begun < entry.position < lapsed and entry.position not in gone and entry.step in answers:
            mine = not row["party"] or entry.party in ("", row["party"])
            assert not (mine and entry.day <= last), f"{clock.label} lapsed although {entry.step} came in time"
