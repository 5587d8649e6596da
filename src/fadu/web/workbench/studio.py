"""A report as it is worked on: its text part by part, last year, what a check finds; the way to its signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from fadu.analytics.comparison import Change
from fadu.analytics.figures import Figure
from fadu.infra.official import Heading, Paragraph, Table, blocks_html, foot_html, head_html, plain
from fadu.infra.official.model import Block, Run
from fadu.kernel import access, models, offers
from fadu.kernel.access import Session
from fadu.kernel.offers import Offer
from fadu.report_reader import Relation, Verdict, read
from fadu.report_writer import Report
from fadu.report_writer.compose import Chapter
from fadu.report_writer.outline import outline
from fadu.report_writer.provenance import link_of
from fadu.web.workbench import listing
from fadu.web.workbench.writing import Place


@dataclass(frozen=True, slots=True)
class Part:
    """One part on the page. findings: what the check asks about it; place: where people write in it."""

    number: int
    heading: str
    text: SafeString
    findings: tuple[str, ...]
    compared: tuple[Compared, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the report beside that of a year before. changed: of how much it is the more or the less."""

    now: Figure
    now_link: str
    before: Figure
    before_link: str
    change: str


@dataclass(frozen=True, slots=True)
class Studio:
    """The whole text. head, foot: above and below the parts; unwritten: places of parts that are not printed."""

    head: SafeString
    parts: tuple[Part, ...]
    foot: SafeString
    unwritten: tuple[Place, ...]
    claims: int
    holds: int

    @property
    def asks(self) -> int:
        return sum(len(one.findings) for one in self.parts)


def laid_out(written: Report, places: Sequence[Place]) -> Studio:
    """The report on the page, each place to write in its part."""
    document, chapters = written.document, written.chapters
    inside = [block for one in chapters for block in one.all]
    at = document.blocks.index(inside[0]) if inside else len(document.blocks)
    around = document.blocks[:at], document.blocks[at + len(inside) :]
    found = _Check(written)
    by_fact = {one.fact: one for one in places}
    parts = tuple(
        Part(
            number,
            one.heading,
            _safe(blocks_html(one.all)),
            found.of(one),
            tuple(_compared(written, one)),
            by_fact.pop(one.part.part.fact, None) if one.part else None,
        )
        for number, one in enumerate(chapters, start=1)
    )
    head = _safe(head_html(document) + blocks_html(around[0]))
    foot = _safe(blocks_html(around[1]) + foot_html(document))
    return Studio(head, parts, foot, tuple(by_fact.values()), found.claims, found.holds)


def _safe(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 - the writers of HTML escape all text


# ---------------------------------------------------------------- last year


def _compared(written: Report, chapter: Chapter) -> Iterator[Compared]:
    """Every figure that the part prints and that has one of a year before."""
    printed = {run.link for block in chapter.blocks for run in _runs(block) if run.kind == "figure"}
    for name, now in written.figures.items():
        before = written.before.get(name)
        if before is not None and (link := link_of(now)) in printed:
            yield Compared(now, link, before, link_of(before), Change(now, before).text(outline().rates))


def _runs(block: Block) -> Iterator[Run]:
    match block:
        case Paragraph(runs) | Heading(runs=runs):
            yield from runs
        case Table(rows):
            yield from (run for row in rows for cell in row for run in cell)


# ---------------------------------------------------------------- the way to the signature


@dataclass(frozen=True, slots=True)
class Way:
    """The case in which the report goes its way: the steps it offers, and the papers it has issued."""

    line: listing.Line
    states: tuple[tuple[str, bool], ...]
    offered: tuple[Offer, ...]
    papers: tuple[models.Paper, ...]

    @property
    def steps(self) -> tuple[Offer, ...]:
        """Those that are ready."""
        return tuple(one for one in self.offered if one.ready)


def way(s: Session, case: models.Case | None) -> Way | None:
    """Of the report's case, if there is one."""
    if case is None:
        return None
    states = tuple((one.label, one.name == case.state) for one in access.procedure_of(s, case).states)
    papers = tuple(access.rows(s, case, models.Paper))
    return Way(listing.line(s, listing.row(case)), states, tuple(offers.offers(s, case)), papers)


# ---------------------------------------------------------------- the check


class _Check:
    """The report read as a stranger's: its arithmetic, by its words alone; what it asks, told where it stands."""

    def __init__(self, written: Report) -> None:
        lines: list[str] = [written.document.title.replace("\n", "")]
        ends: list[tuple[int, Chapter | None]] = [(len(lines[0]) + 1, None)]
        of_part = {id(block): one for one in written.chapters for block in one.blocks}
        for block in written.document.blocks:
            more = list(_lines(block))
            lines += more
            ends.append((ends[-1][0] + sum(len(one) + 1 for one in more), of_part.get(id(block))))
        found = read("\n".join(lines))
        starts = {claim.id: claim.start for claim in found.claims}
        self.claims = len(found.claims)
        self.holds = sum(one.verdict is Verdict.HOLDS for one in found.relations)
        self._asked: dict[str, list[str]] = {}
        for one in found.relations:
            if one.verdict is Verdict.FAILS:
                chapter = self._where(one, starts, ends)
                self._asked.setdefault(chapter.heading if chapter else "", []).append(one.reason)

    @staticmethod
    def _where(one: Relation, starts: Mapping[str, int], ends: Sequence[tuple[int, Chapter | None]]) -> Chapter | None:
        start = min((starts[claim] for claim in one.claims if claim in starts), default=0)
        return next((chapter for end, chapter in ends if start < end), None)

    def of(self, chapter: Chapter) -> tuple[str, ...]:
        return tuple(self._asked.get(chapter.heading, ()))


def _lines(block: Block) -> Iterator[str]:
    """The bare text of a block, a paragraph or a row of a table a line."""
    match block:
        case Paragraph(runs):
            yield plain(runs)
        case Heading(_, text, runs):
            yield text + plain(runs)
        case Table(rows):
            yield from ("\t".join(plain(cell) for cell in row) for row in rows)
