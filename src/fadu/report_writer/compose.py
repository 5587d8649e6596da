"""Composes the report: outline, paragraphs of the rooms, figures, then one document and where each figure is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from fadu.analytics import snapshot
from fadu.analytics.arithmetic import Precision
from fadu.analytics.comparison import previous_year
from fadu.analytics.figures import Figure, compute
from fadu.analytics.shares import shares
from fadu.analytics.whose import Whose
from fadu.infra.official import Attachment, Document, Heading, Paragraph, Run, plain
from fadu.infra.official.model import Block
from fadu.infra.official.xlsx import Sheet
from fadu.kernel import access, seal
from fadu.kernel.access import Session
from fadu.kernel.seal import Head
from fadu.report_writer import chips, parts
from fadu.report_writer.carried import carried
from fadu.report_writer.lint import check_room, indicators_in, template_of
from fadu.report_writer.outline import Section, outline
from fadu.report_writer.paragraphs import Numbers, Told, chinese, numbered, paragraphs, with_figures
from fadu.report_writer.parts import WrittenPart
from fadu.report_writer.plots import Plot, charts, monthly
from fadu.report_writer.provenance import provenance
from fadu.report_writer.sheets import figures_sheet, origin_sheet
from fadu.report_writer.span import Span, span
from fadu.report_writer.whose import all_seen, organ_of
from fadu.rules.days import chinese_day
from fadu.rules.errors import DeclarationError
from fadu.rules.indicators import Indicator
from fadu.rules.registry import Registry

_DIGITS = "〇一两三四五六七八九"
Text = tuple[Section, str, list[str]]
"""A section, its template, and the indicators that it asks for."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of a room with what people added to it, or a part that they wrote: its heading and blocks below it.

    part: where people write in it, if they do; room: whose section it is, "" for a part of its own.
    """

    heading: str
    blocks: tuple[Block, ...]
    part: WrittenPart | None = None
    room: str = ""

    @property
    def all(self) -> tuple[Block, ...]:
        return (Heading(1, self.heading), *self.blocks)


@dataclass(frozen=True, slots=True)
class Report:
    """The document, its figures by name, those of the year before to compare, what people wrote, provenance.

    mirrored: how much of a figure are mirrored cases, where there are any. span: the days it tells of. measures: what
    the rooms say, as plain text to be taken over into the case. empty: headings of sections left out, since there is
    nothing to tell. chapters: the body, as the document has it. words: what people wrote, its figures printed, by fact.
    """

    document: Document
    figures: Mapping[str, Figure]
    before: Mapping[str, Figure]
    mirrored: Mapping[str, str]
    parts: Sequence[WrittenPart]
    provenance: dict[str, Any]
    span: Span
    measures: str
    empty: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    words: Mapping[str, str]

    def taken_over(self, facts: Iterable[str]) -> dict[str, str]:
        """The whole text with its figures as printed, as those of these facts of the case that it fills."""
        said = outline().written
        whole = {**dict.fromkeys(said.measures if said else (), self.measures), **self.words}
        return {fact: text for fact, text in whole.items() if fact in facts and text}

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All figures, and where they are from, as tables."""
        figures = figures_sheet(self.figures, self.before, mirrored=self.mirrored, precision=outline().rates)
        return figures, origin_sheet(self.provenance)


@dataclass(frozen=True, slots=True)
class Body:
    """The text between title and signature. measures, empty: as the report keeps them; lead, close: around it."""

    chapters: tuple[Chapter, ...]
    empty: tuple[str, ...]
    lead: tuple[Block, ...] = ()
    close: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (*self.lead, *(block for one in self.chapters for block in one.all), *self.close)

    @property
    def measures(self) -> str:
        return _plain([block for one in self.chapters if one.room for block in one.all])


def write(
    s: Session,
    year: int,
    organ: int | None = None,
    recorded_before: datetime | None = None,
    *,
    until: date | None = None,
    keep: bool = False,
    today: bool = False,
) -> Report:
    """The report of a year for an organ of the house, by default its one government.

    until: of a part of the year, by default up to today. recorded_before: as the record stood at that moment; then it
    has no charts. today: by today's organs instead of those of the day. keep: the figures are counted on a snapshot
    taken for this report, whose digests stand in its provenance; an act of the house. Raises NotAllowed for a session
    that does not see all of the organ's cases, BadInput for a year that has not begun or a day outside of it,
    DeclarationError for a template that types a figure.
    """
    days = span(year, until, s.today)
    period, whose, said = days.period, organ_of(s, organ), outline()
    mine = all_seen(s, Whose(whose.pk, today), period)
    texts = list(texts_of(s.registry))
    own = carried(s, said.written, whose, days, recorded_before)
    names = list(dict.fromkeys(name for _, _, wanted in texts for name in wanted))
    names += [name for name in own_names(own.parts, s.registry) if name not in names]
    indicators = [s.registry.indicator(name) for name in names]
    kept = _keep(s, indicators, recorded_before) if keep else None

    def count(wanted: Sequence[Indicator]) -> Mapping[str, Figure]:
        if kept:
            return snapshot.compute_on(kept, wanted, period.since, period.before, mine)
        return compute(s, s.registry, wanted, period.since, period.before, mine, recorded_before)

    figures = count(indicators)
    mirrored = shares(s, figures, count)
    before = previous_year(s, s.registry, indicators, period, mine, recorded_before, kept)
    numbers = Numbers(figures, before, said.rates)
    given = Told(whose.name, days)
    own_parts = [_bare(one, numbers, given) for one in own.parts]
    marked = filled(own_parts, s.registry, numbers)
    body = composed(texts, marked, numbers, given)
    plots = [] if recorded_before else monthly(s, figures, before, said.plots, days, mine, kept)
    document = Document(
        title=f"{whose.name}\n{days.headed(said.title if days.is_whole else said.title_of_part)}",
        number=own.number,
        recipient=own.recipient,
        blocks=body.blocks,
        signature=whose.name,
        date=chinese_day(own.day or s.today),
        mark="演示" if access.is_demo() else None,
        notes=tuple(notes_of(body.blocks, said.rates, seal.latest())),
        attachments=tuple(_attached(plots)),
        footer=(*own.copies, f"{whose.name}\t{chinese_day(own.day or s.today)}印发"),
    )
    when = (period, recorded_before, kept)
    origin = provenance(s, document, figures, before, mirrored, whose, *when, said.rates, today=today)
    origin |= {"written": [one.as_json() for one in own_parts]}
    words = {one.part.fact: _plain(_whole(one, numbers, given)) for one in marked if one.text}
    told = (body.measures, body.empty, body.chapters, words)
    return Report(document, figures, before, mirrored, own_parts, origin, days, *told)


def _attached(plots: Sequence[Plot]) -> Iterator[Attachment]:
    shown = charts([plot for plot in plots if plot.is_worth_a_look])
    if shown:
        yield Attachment("主要数字逐月情况", shown)


def filled(own: Sequence[WrittenPart], registry: Registry, numbers: Numbers) -> list[WrittenPart]:
    """What people wrote, with a mark where each of its figures will stand."""
    known = chips.names(registry)
    return [replace(one, text=chips.marked(one.text, known, numbers)) for one in own]


def composed(texts: Sequence[Text], own: Sequence[WrittenPart], numbers: Numbers, told: Told) -> Body:
    """The body from its figures alone: what the rooms say, then what people wrote (`filled`)."""
    said = outline()
    sections = [(section, _section(section, source, own, numbers, told)) for section, source, _ in texts]
    there = [*_sections(sections, own), *_people(own, numbers, told)]
    chapters = tuple(
        replace(one, heading=f"{chinese(number)}、{one.heading}") for number, one in enumerate(there, start=1)
    )
    empty = tuple(section.heading for section, found in sections if not found)
    return Body(chapters, empty, tuple(_said(said.lead, told)), tuple(_said(said.close, told)))


def _section(section: Section, source: str, own: Sequence[WrittenPart], numbers: Numbers, told: Told) -> list[Block]:
    """What the room says, then what people add to it."""
    more = (block for one in own if one.part.room == section.room for block in parts.added(one))
    return [*paragraphs(source, section.heading, numbers, told), *(with_figures(block, numbers) for block in more)]


def notes_of(blocks: Sequence[Block], rates: Precision, head: Head | None) -> Iterator[str]:
    """附注: how rates were rounded, where one is printed, and what a reader holds against the house later (D19).

    They state no figure of the report: numbers of notes are words, and the head is quoted.
    """
    if any(run.text.endswith("%") for block in blocks for run in getattr(block, "runs", ())):
        digits = f"至多保留{_DIGITS[rates.digits]}位小数" if rates.digits else "取整数"
        yield f"本报告的比率{digits}，{'多余的位数舍去' if rates.cut else '四舍五入，但未达全数的不进位为全数'}"
    sealed = f"封存至：“{head.line()}”" if head else "还没有封存"
    yield f"数据所依据的全过程记录{sealed}"


def _keep(s: Session, indicators: Sequence[Indicator], recorded_before: datetime | None) -> snapshot.Snapshot:
    """A snapshot of the systems and registers that the report counts."""
    names = list(dict.fromkeys(indicator.source for indicator in indicators))
    return snapshot.take(s, s.registry, names, recorded_before)


def texts_of(registry: Registry) -> Iterator[Text]:
    """In the outline's order. Raises DeclarationError for a template that is missing or types a figure."""
    rooms = {room.name: room for room in registry.rooms}
    for section in outline().sections:
        template = template_of(rooms[section.room]) if section.room in rooms else None
        if template is None:
            raise DeclarationError(f"年度报告提纲中的“{section.heading}”没有段落：{section.room}/report.md")
        check_room(registry, rooms[section.room])
        yield section, template[0], indicators_in(*template)


def own_names(own: Sequence[WrittenPart], registry: Registry) -> Iterator[str]:
    """The indicators of what stands before the words that people write, of the words, and of the prompts to them."""
    for one in own:
        yield from indicators_in(one.part.says, one.part.heading)
        yield from chips.cited(one.text, chips.names(registry))
        yield from one.part.figures


def _sections(sections: Sequence[tuple[Section, list[Block]]], own: Sequence[WrittenPart]) -> Iterator[Chapter]:
    """Sections with something to tell."""
    for section, found in sections:
        if found:
            part = next((one for one in own if one.part.room == section.room), None)
            yield Chapter(section.heading, tuple(numbered(found)), part, section.room)


def _people(own: Sequence[WrittenPart], numbers: Numbers, told: Told) -> Iterator[Chapter]:
    """What people wrote; optional parts only with text."""
    for one in own:
        if not one.part.room and (one.text or not one.part.optional):
            yield Chapter(one.part.heading, tuple(_whole(one, numbers, told)), one)


def _whole(one: WrittenPart, numbers: Numbers, told: Told) -> list[Block]:
    """What the house says first, then the words."""
    return [*_opening(one, numbers, told), *(with_figures(block, numbers) for block in parts.blocks(one))]


def _opening(one: WrittenPart, numbers: Numbers, told: Told) -> list[Block]:
    return paragraphs(one.part.says, one.part.heading, numbers, told)


def _bare(one: WrittenPart, numbers: Numbers, told: Told) -> WrittenPart:
    """The words alone: once compiled they began with what the house says first."""
    return replace(one, text=parts.without(one.text, _plain(_opening(one, numbers, told)).splitlines()))


def _plain(blocks: Sequence[Block]) -> str:
    """A line for each heading and paragraph."""
    lines = (getattr(block, "text", "") + plain(getattr(block, "runs", ())) for block in blocks)
    return "\n".join(line for line in lines if line)


def _said(sentence: str, told: Told) -> Iterator[Block]:
    if sentence:
        yield Paragraph((Run(sentence.format(organ=told.organ, when=told.span.titled)),))
