"""Numbers and papers of an act: written last, so that others wait for its numbers as short as can be."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from fadu.kernel import documents, engine, ledger, models, paper_templates
from fadu.kernel.access import Session
from fadu.kernel.engine import Act, Decision, stamped_later
from fadu.kernel.ledger import Deed
from fadu.kernel.store import Loaded
from fadu.rules.casefile import CaseFile, Operation, apply, put, set_head
from fadu.rules.procedure import Paper, Procedure

NEXT_NUMBER = "SELECT fadu_number(%s, %s, %s, %s)"
"""One act at a time takes numbers of an organ: a lapse, the act and a linked case may need its series in any order."""


def take_number(loaded: Loaded, organ: models.Organ, series: str, year: int) -> str:
    """The next number of a series as people write it: 安政复决〔2024〕3号 (D13). Kept for ever, even if reversed.

    A number that came with an imported case is passed over.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [organ.pk, series, year, organ.short])
        number = cursor.fetchone()[0]
    text = f"{organ.short}{series}〔{year}〕{number}号"
    models.NumberGiven.objects.create(
        organ=organ,
        series=series,
        year=year,
        number=number,
        text=text,
        stream_id=loaded.stream,
        position=loaded.case.position + 1,
    )
    return text


def issue(s: Session, loaded: Loaded, procedure: Procedure, deed: Deed, decision: Decision) -> list[Operation]:
    """Operations for the case's own number and for every paper of the decision, in order of their series."""
    case = loaded.case
    opening = bool(procedure.series) and not case.position
    operations: list[Operation] = []
    numbered = [(key, paper) for key, paper in decision.papers if paper.series]
    if not opening and not decision.papers:
        return operations
    organs = models.Organ.objects.in_bulk([case.organ, case.body])
    organ, body = organs[case.organ], organs[case.body]
    if opening:
        case.number = take_number(loaded, organ, procedure.series, deed.happened.year)
        operations.append(set_head(number=case.number))
    numbers = {
        key: take_number(loaded, organ, str(paper.series), deed.happened.year)
        for key, paper in sorted(numbered, key=lambda entry: (str(entry[1].series), entry[0]))
    }
    for key, paper in decision.papers:
        variables = documents.context(
            case, procedure, s.env, number=numbers.get(key), organ=organ.name, body=body.name, day=deed.happened,
            more=decision.more,
        )  # fmt: skip
        text = documents.render(paper, paper_templates.source(s, procedure, paper, deed.happened), variables)
        row = _row(paper, deed, numbers.get(key), organ.name, text) | stamped_later(procedure, deed.step)
        operations.append(put("paper", key, **row | dict(decision.more)))
    return operations


def _row(paper: Paper, deed: Deed, number: str | None, organ: str, text: str) -> dict[str, Any]:
    return {
        "name": paper.name,
        "label": paper.label,
        "to": [role.name for role in paper.to],
        "step": deed.step,
        "day": deed.happened.isoformat(),
        "number": number,
        "organ": organ,
        "audience": paper.audience.value,
        "text": text,
        "digest": "sm3:" + ledger.sm3(text.encode()).hex(),
    }


def drafts_of(
    s: Session, case: CaseFile, procedure: Procedure, act: Act, dated: date | None = None
) -> list[tuple[Paper, str]]:
    """The papers an act would issue, before they have numbers; the case given is not changed.

    dated: the day that they bear, where it is not that of the act. Raises what `engine.decide` raises.
    """
    decision, trial = engine.decide(case, procedure, act, s.env), case.copy()
    apply(trial, decision.operations)
    organs = models.Organ.objects.in_bulk([trial.organ, trial.body])
    variables = documents.context(
        trial, procedure, s.env, number="（待编号）", organ=organs[trial.organ].name, body=organs[trial.body].name,
        day=act.day, more=decision.more, dated=dated,
    )  # fmt: skip
    return [
        (paper, documents.render(paper, paper_templates.source(s, procedure, paper, act.day), variables))
        for _, paper in decision.papers
    ]
