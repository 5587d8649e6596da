"""Making a paper public: the masked text, and what it is about, are fixed with the act."""

from __future__ import annotations

from fadu.kernel import documents
from fadu.kernel.engine import Act
from fadu.kernel.titles import public_title
from fadu.rules.casefile import CaseFile, Operation, put
from fadu.rules.procedure import Procedure


def publication(case: CaseFile, procedure: Procedure, act: Act) -> list[Operation]:
    """The publication row; whether the paper may be made public has been checked by the engine."""
    key = str(act.values["paper"])
    row = case.table("paper")[key]
    return [
        put(
            "publication",
            case.next_key("publication", key),
            paper=key,
            label=row["label"],
            number=row["number"],
            day=act.day.isoformat(),
            place=act.values.get("place", ""),
            text=documents.masked(row["text"], case, procedure),
            subject=public_title(case, procedure, row["text"]),
        )
    ]
