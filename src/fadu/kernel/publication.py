"""Making a paper public: the masked text is fixed with the act."""

from __future__ import annotations

from fadu.kernel import documents
from fadu.kernel.engine import Act
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.errors import BadInput
from fadu.rules.procedure import Procedure


def publication(case: CaseFile, procedure: Procedure, act: Act) -> list[Operation]:
    """The publication row. Refused for a paper that is not there or is not of a kind that is made public."""
    key = str(act.values.get("paper", ""))
    row = case.table("paper").get(key)
    paper = procedure.paper(row["name"]) if row else None
    if row is None or paper is None or not paper.publish:
        raise BadInput({"paper": "请选择一份可以向社会公开的文书"})
    return [
        put(
            "publication",
            case.next_key("publication", key),
            paper=key,
            label=paper.label,
            number=row["number"],
            day=act.day.isoformat(),
            place=act.values.get("place", ""),
            text=documents.masked(row["text"], case, procedure),
        )
    ]
