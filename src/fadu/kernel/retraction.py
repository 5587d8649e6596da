"""撤回公开: a public decision that fell (changed, revoked, found unlawful, void) is taken down, and it is said why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fadu.kernel import documents
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput
from fadu.rules.parties import RetractionForm
from fadu.rules.procedure import Overturned, Procedure


def overturned(case: CaseFile, procedure: Procedure, key: str) -> str | None:
    """By what the decision in a paper fell, in words; None while it stands. A paper made later is another decision."""
    paper = case.table("paper")[key]
    for clock in procedure.clocks:
        if isinstance(clock.after, Overturned) and clock.after.paper.name == paper["name"]:
            for step in clock.after.steps:
                if any(entry["day"] >= paper["day"] for entry in case.done.get(step.name, ())):
                    return step.label
    return None


def owed(case: CaseFile, procedure: Procedure) -> list[str]:
    """The papers that stand public although what they decided fell."""
    return [key for key in case.table("paper") if any(_public(case, key)) and overturned(case, procedure, key)]


def retract(case: CaseFile, procedure: Procedure, day: date, form: RetractionForm) -> list[Operation]:
    """Everywhere it was made public the paper is taken down. Raises BadInput.

    The reason is made public instead, masked as the paper was.
    """
    if form.paper not in owed(case, procedure):
        raise BadInput({"paper": "请选择一份已经公开、其后被变更、撤销、确认违法或者确认无效的文书"})
    said = {
        "retracted": day.isoformat(),
        "because": overturned(case, procedure, form.paper),
        "why": documents.masked(form.reason, case, procedure),
    }
    return [put("publication", key, **said) for key in _public(case, form.paper)]


def _public(case: CaseFile, paper: str) -> Iterator[str]:
    return (key for key, row in case.of("publication", paper=paper) if not row.get("retracted"))
