"""样稿: a paper by a template for the case of a worked example, as it would be printed; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fadu.kernel import documents, rehearsal
from fadu.kernel.access import Session
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import FaduError
from fadu.rules.parties import PartyKind
from fadu.rules.procedure import Paper, Procedure

ORGAN, BODY, NUMBER = "某区人民政府", "某区司法局", "某〔2024〕1号"
DAY = date(2024, 3, 1)


@dataclass(frozen=True, slots=True)
class Sample:
    """example: what happens in the worked example it goes by; empty where none issues the paper."""

    text: str
    day: date
    number: str | None
    example: str


def sample(s: Session, procedure: Procedure, paper: Paper, text: str) -> Sample:
    """Raises BadInput when the template cannot be filled in."""
    example, case = _case(s, procedure, paper)
    rows = case.of("paper", name=paper.name)
    day = date.fromisoformat(rows[-1][1]["day"]) if rows else DAY
    number = NUMBER if paper.series else None
    variables = documents.context(case, procedure, s.env, number=number, organ=ORGAN, body=BODY, day=day)
    return Sample(documents.render(paper, text, variables), day, number, example)


def _case(s: Session, procedure: Procedure, paper: Paper) -> tuple[str, CaseFile]:
    """The case of the first example in which the paper is issued, of those that name it first; else a bare one."""
    folder = s.registry.room_of(procedure.system).folder / "examples"
    told = [(path, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))]
    mine = [one for one in told if f"程序: {procedure.label}" in one[1]]
    for path, _ in sorted(mine, key=lambda one: paper.label not in one[1]):
        try:
            played = rehearsal.prepared(path, s.registry, s.env)
            stage = played.stage
            if played.procedure is procedure:
                played.run()
        except FaduError:
            continue  # under this house's own rules it may go otherwise
        if stage.case.of("paper", name=paper.name):
            return played.about, stage.case
    return "", bare(procedure)


def bare(procedure: Procedure) -> CaseFile:
    """A case with nothing but a party of each role, and an item."""
    case = CaseFile(1, procedure.system, procedure.version, 1, 2, DAY.isoformat())
    blank = dict.fromkeys(("address", "phone", "id_number"), "") | {"kind": PartyKind.PERSON.value, "before": None}
    case.rows["party"] = {
        f"{role.name}-1": {"role": role.name, "name": f"某{role.label}", **blank} for role in procedure.parties
    }
    if procedure.items:
        facts = dict.fromkeys(procedure.items.model.model_fields)
        outcome = next(iter(procedure.items.weight), None)
        case.rows["item"] = {f"{procedure.items.name}-1": {"facts": facts, "outcome": outcome}}
    return case
