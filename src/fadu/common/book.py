"""台账: what took place is entered in one step; the entry may be amended, annulled as wrongly made, or archived.

The smallest procedure there is: entering opens the case, on the day on which the thing happened. What opened a case
cannot be taken back, so a wrong entry is annulled; figures ask for `VALID` and leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fadu.common import standing
from fadu.common.figures import Figures
from fadu.rules.facts import Fact, Facts, Text
from fadu.rules.indicators import DayOf, Did, Not
from fadu.rules.procedure import ARCHIVIST, BODY_HEAD, CASE_OFFICER, Procedure, State, Step


class BookFacts(Facts):
    """Why an entry was changed or annulled; inherited by a book's facts."""

    amend_reason: Annotated[Text, Fact("更正理由", long=True)]
    annul_reason: Annotated[Text, Fact("作废理由", long=True)]


RECORDED = State("recorded", "已登记", complete=True)
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
archive = Step(name="archive", label="归档", by=(ARCHIVIST,), at=(RECORDED,), to=ARCHIVED, together=True)
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
    return (record, amend, annul, archive, standing.assign, standing.reverse)


def record(name: str, label: str, article: str, takes: tuple[str, ...], may_take: tuple[str, ...] = ()) -> Step:
    """The step that makes an entry."""
    return Step(
        name=name, label=label, by=(CASE_OFFICER,), to=RECORDED, takes=takes, may_take=may_take, article=article
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Books of one statute."""

    statute: str
    version: str

    def book(self, system: str, label: str, facts: type[BookFacts], made_by: Step, title: str) -> Procedure:
        """A book as a procedure: entries of `facts`, made by `made_by`, called `title`."""
        return Procedure(
            system=system,
            version=self.version,
            label=label,
            statute=self.statute,
            facts=facts,
            states=STATES,
            steps=steps(made_by),
            parties=(),
            title=title,
        )


def figures(book: Procedure, said: str) -> Figures:
    """What is counted in a book, by the day of what is entered."""
    day = DayOf(book.steps[:1])
    return Figures(system=book.system, day=day, said=said, where=(VALID,), left_out="作废的登记不计")
