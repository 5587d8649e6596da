"""台账: what took place is entered in one step; the entry may be amended, annulled as wrongly made, or archived.

The smallest procedure there is: entering opens the case, on the day on which the thing happened. What opened a case
cannot be taken back, so a wrong entry is annulled; figures ask for `VALID` and leave it out.
"""

from __future__ import annotations

from typing import Annotated

from fadu.common import standing
from fadu.rules.facts import Fact, Facts, Text
from fadu.rules.indicators import Did, Not
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, State, Step


class BookFacts(Facts):
    """Why an entry was changed or annulled; inherited by a book's facts."""

    amend_reason: Annotated[Text, Fact("更正理由", long=True)]
    annul_reason: Annotated[Text, Fact("作废理由", long=True)]


RECORDED = State("recorded", "已登记")
ANNULLED = State("annulled", "已作废", final=True)
ARCHIVED = State("archived", "已归档", final=True)
STATES = (RECORDED, ANNULLED, ARCHIVED)

annul = Step(
    name="annul_record",
    label="作废",
    by=(BODY_HEAD,),
    at=(RECORDED,),
    to=ANNULLED,
    takes=("annul_reason",),
    reason="annul_reason",
)
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(RECORDED,), to=ARCHIVED)
VALID = Not(Did((annul,)))


def steps(record: Step) -> tuple[Step, ...]:
    """The steps of a book whose entries are made by `record`."""
    amend = Step(
        name="amend_record",
        label="更正登记",
        by=(CASE_OFFICER,),
        at=(RECORDED,),
        takes=("amend_reason",),
        may_take=(*record.takes, *record.may_take),
        reason="amend_reason",
        article=record.article,
    )
    return (record, amend, annul, archive, standing.reverse)
