"""What stands beside a report on its page: outline, last year, the way to its signature, what a check finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.utils.safestring import SafeString, mark_safe

from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure
from fadu.infra.official import Heading, Paragraph, Table, plain
from fadu.kernel import access, models, offers
from fadu.kernel.access import Session
from fadu.kernel.offers import Offer
from fadu.report_reader import Reading, Verdict, read
from fadu.report_writer import Report
from fadu.report_writer.outline import outline
from fadu.report_writer.provenance import link_of
from fadu.web.workbench import listing

_HEADING = '<h2 class="official-level-1">'


def anchored(text: SafeString) -> SafeString:
    """The report with a place to jump to at each of its parts."""
    numbers = count(1)
    found = re.sub(re.escape(_HEADING), lambda _: f'<h2 id="part-{next(numbers)}" class="official-level-1">', text)
    return mark_safe(found)  # noqa: S308 - what came in is escaped, only numbers were added


def headings(written: Report) -> list[tuple[int, str]]:
    """The parts of the report, by the place to jump to."""
    blocks = (one for one in written.document.blocks if isinstance(one, Heading) and one.level == 1 and not one.runs)
    return [(number, one.text) for number, one in enumerate(blocks, start=1)]


# ---------------------------------------------------------------- last year


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the report beside that of a year before. changed: of how much it is the more or the less."""

    now: Figure
    now_link: str
    before: Figure
    before_link: str
    change: str


def compared(written: Report) -> list[Compared]:
    """Every figure that the report prints and that has one of a year before."""
    return [
        Compared(now, link_of(now), before, link_of(before), Change(now, before).text(outline().rates))
        for name, now in written.figures.items()
        if (before := written.before.get(name)) is not None
    ]


# ---------------------------------------------------------------- the way to the signature


@dataclass(frozen=True, slots=True)
class Way:
    """The case in which the report goes its way: its steps that are ready, and the papers it has issued."""

    line: listing.Line
    states: tuple[tuple[str, bool], ...]
    steps: tuple[Offer, ...]
    papers: tuple[models.Paper, ...]


def way(s: Session, written: Report) -> Way | None:
    """The report's case, if there is one."""
    number = next((one.case for one in written.parts if one.case), None)
    if number is None:
        return None
    case = access.case(s, number)
    procedure = access.procedure_of(s, case)
    states = tuple((one.label, one.name == case.state) for one in procedure.states)
    ready = tuple(one for one in offers.offers(s, case) if one.ready)
    papers = tuple(access.rows(s, case, models.Paper))
    return Way(listing.line(s, listing.row(case)), states, ready, papers)


# ---------------------------------------------------------------- the check


@dataclass(frozen=True, slots=True)
class Checked:
    """What the reader says of the report: how many figures, how many relations hold, what to look at again."""

    claims: int
    holds: int
    asks: tuple[str, ...]


def checked(written: Report) -> Checked:
    """The report read as a stranger's: its arithmetic, by its words alone."""
    found: Reading = read("\n".join(_lines(written)))
    asks = [one.reason for one in found.relations if one.verdict is Verdict.FAILS]
    holds = sum(one.verdict is Verdict.HOLDS for one in found.relations)
    return Checked(len(found.claims), holds, tuple(asks))


def _lines(written: Report) -> Iterator[str]:
    """The bare text, a paragraph or a row of a table a line."""
    yield written.document.title.replace("\n", "")
    for block in written.document.blocks:
        match block:
            case Paragraph(runs):
                yield plain(runs)
            case Heading(_, text, runs):
                yield text + plain(runs)
            case Table(rows):
                yield from ("\t".join(plain(cell) for cell in row) for row in rows)
