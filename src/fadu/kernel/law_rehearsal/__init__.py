"""Another value of the law, rehearsed: what it would touch from its day on. The law and the cases stay as they are.

A kind of value is a `Proposal`: lengths of periods, amounts of money, numbers of persons. How much it touches is
counted over all that the person sees from inside; the list of it is kept for a while, for pages and files.
"""

from fadu.kernel.law_rehearsal.keeping import (
    KINDS,
    ask,
    begin,
    course,
    forget_old,
    lines,
    own,
    own_ones,
    proposal_of,
    subject,
    unseen,
    work_on_rehearsal,
)
from fadu.kernel.law_rehearsal.lengths import Length
from fadu.kernel.law_rehearsal.persons import Persons
from fadu.kernel.law_rehearsal.proposal import Proposal
from fadu.kernel.law_rehearsal.sums import Sum

__all__ = [
    "KINDS",
    "Length",
    "Persons",
    "Proposal",
    "Sum",
    "ask",
    "begin",
    "course",
    "forget_old",
    "lines",
    "own",
    "own_ones",
    "proposal_of",
    "subject",
    "unseen",
    "work_on_rehearsal",
]
