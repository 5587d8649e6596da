"""Composes the report: outline, paragraphs of the rooms, figures, then one document and where each figure is from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from fadu.analytics import snapshot
from fadu.analytics.arithmetic import rounded
from fadu.analytics.comparison import Change, previous_year
from fadu.analytics.figures import Figure, Period, compute
from fadu.analytics.shares import shares
from fadu.infra.official import Document, Heading, Paragraph, Run, Table, parse_blocks
from fadu.infra.official.model import Block, Runs
from fadu.infra.official.xlsx import Sheet
from fadu.kernel import access, models, seal
from fadu.kernel.access import Session
from fadu.kernel.seal import Head
from fadu.report_writer import parts
from fadu.report_writer.lint import check_room, indicators_in, template_of
from fadu.report_writer.outline import Section, outline
from fadu.report_writer.parts import WrittenPart
from fadu.report_writer.provenance import link_of, provenance
from fadu.report_writer.sheets import figures_sheet, origin_sheet
from fadu.report_writer.whose import organ_of
from fadu.rules.errors import BadInput, DeclarationError
from fadu.rules.indicators import Indicator

_MARK = re.compile("\ue000(.+?)\ue001")
"""Where a figure stands in rendered text, until its run is made."""

_CHANGE = "\ue002"

_environment = SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@dataclass(frozen=True, slots=True)
class Report:
    """The document, its figures by name, those of the year before to compare, what people wrote, provenance.

    mirrored: how much of a figure are mirrored cases, where there are any.
    """

    document: Document
    figures: Mapping[str, Figure]
    before: Mapping[str, Figure]
    mirrored: Mapping[str, str]
    parts: Sequence[WrittenPart]
    provenance: dict[str, Any]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """All figures, and where they are from, as tables."""
        return figures_sheet(self.figures, self.before, mirrored=self.mirrored), origin_sheet(self.provenance)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures that the paragraphs may print, and those of the year before."""

    now: Mapping[str, Figure]
    before: Mapping[str, Figure]

    def change(self, name: str) -> str:
        """What is said against last year, with its comma; nothing without a comparison."""
        return Change(self.now[name], self.before[name]).phrase() if name in self.before else ""

    def runs(self, mark: str, bold: bool) -> list[Run]:
        """What stands at a mark: a figure, or its change, which opens the cases of last year."""
        if not mark.startswith(_CHANGE):
            figure = self.now[mark]
            return [Run(figure.printed(), bold, link_of(figure), "figure")]
        name = mark.removeprefix(_CHANGE)
        said = self.change(name)
        return [Run(said[0], bold), Run(said[1:], bold, link_of(self.before[name]), "figure")]


def write(
    s: Session, year: int, organ: int | None = None, recorded_before: datetime | None = None, *, keep: bool = False
) -> Report:
    """The report of a year for an organ of the house, by default its one government.

    recorded_before: as the record stood at that moment. keep: the figures are counted on a snapshot taken for this
    report, whose digests stand in its provenance; an act of the house. Raises NotAllowed for a session that does
    not see all of the organ's cases, BadInput for a year that has not begun, DeclarationError for a template that
    types a figure.
    """
    if year > s.today.year:
        raise BadInput({"year": f"{year}年还没有开始，不能生成年度报告"})
    whose = organ_of(s, organ)
    period = Period.year(year)
    texts = list(_texts(s))
    names = list(dict.fromkeys(name for _, _, wanted in texts for name in wanted))
    indicators = [s.registry.indicator(name) for name in names]
    kept = _keep(s, indicators, recorded_before) if keep else None

    def count(wanted: Sequence[Indicator]) -> Mapping[str, Figure]:
        if kept:
            return snapshot.compute_on(kept, wanted, period.since, period.before, whose.pk)
        return compute(s, s.registry, wanted, period.since, period.before, whose.pk, recorded_before)

    figures = count(indicators)
    mirrored = shares(s, figures, count)
    before = previous_year(s, s.registry, indicators, period, whose.pk, recorded_before, kept)
    numbers = Numbers(figures, before)
    written = outline().written
    own = parts.read(s, written, whose, period) if written else []
    blocks = (*_said(outline().lead, whose, year), *_blocks(texts, numbers, whose, year), *_own(own, len(texts)))
    document = Document(
        title=f"{whose.name}\n{year}年{outline().title}",
        blocks=(*blocks, *_said(outline().close, whose, year)),
        signature=whose.name,
        date=f"{s.today.year}年{s.today.month}月{s.today.day}日",
        mark="演示" if access.is_demo() else None,
        footer=(_sealed(seal.latest()),),
    )
    told = provenance(s, document, figures, before, mirrored, whose, period, recorded_before, kept)
    return Report(document, figures, before, mirrored, own, told | {"written": [one.as_json() for one in own]})


def _sealed(head: Head | None) -> str:
    """What a reader holds against the house later: the last head as one line (D19)."""
    return f"数据所依据的全过程记录封存至：{head.line()}" if head else "数据所依据的全过程记录还没有封存。"


def _keep(s: Session, indicators: Sequence[Indicator], recorded_before: datetime | None) -> snapshot.Snapshot:
    """A snapshot of the systems and registers that the report counts."""
    names = list(dict.fromkeys(indicator.source for indicator in indicators))
    return snapshot.take(s, s.registry, names, recorded_before)


def _texts(s: Session) -> Iterator[tuple[Section, str, list[str]]]:
    """Section, template and indicators it asks for, in the outline's order."""
    rooms = {room.name: room for room in s.registry.rooms}
    for section in outline().sections:
        template = template_of(rooms[section.room]) if section.room in rooms else None
        if template is None:
            raise DeclarationError(f"年度报告提纲中的“{section.heading}”没有段落：{section.room}/report.md")
        check_room(s.registry, rooms[section.room])
        yield section, template[0], indicators_in(*template)


# ---------------------------------------------------------------- text with figures


def _blocks(
    texts: Sequence[tuple[Section, str, list[str]]], numbers: Numbers, organ: models.Organ, year: int
) -> Iterator[Block]:
    for number, (section, source, _) in enumerate(texts, start=1):
        yield Heading(1, f"{chinese(number)}、{section.heading}")
        below = 0
        for block in parse_blocks(_render(section, source, numbers, organ, year)):
            if isinstance(block, Heading):
                below += 1
                yield Heading(2, f"（{chinese(below)}）{block.text}")
            else:
                yield _with_figures(block, numbers)


def _own(written: Sequence[WrittenPart], before: int) -> Iterator[Block]:
    """What people wrote, numbered on; an optional part without text is left out."""
    there = [one for one in written if one.text or not one.part.optional]
    for number, one in enumerate(there, start=before + 1):
        yield from parts.blocks(chinese(number), one)


def _said(sentence: str, organ: models.Organ, year: int) -> Iterator[Block]:
    if sentence:
        yield Paragraph((Run(sentence.format(organ=organ.name, year=year)),))


def _render(section: Section, source: str, numbers: Numbers, organ: models.Organ, year: int) -> str:
    def fig(name: str) -> str:
        return f"\ue000{name}\ue001"

    def change(name: str) -> str:
        return f"\ue000{_CHANGE}{name}\ue001" if numbers.change(name) else ""

    def value(name: str) -> int | None:
        return value_of(numbers.now[name])

    words = {"fig": fig, "change": change, "value": value}
    try:
        return _environment.from_string(source).render(**words, organ=organ.name, year=year)
    except TemplateError as fault:
        _refuse(section, fault)


def _refuse(section: Section, fault: TemplateError) -> NoReturn:
    raise DeclarationError(f"年度报告“{section.heading}”的段落无法生成：{fault}") from fault


def value_of(figure: Figure) -> int | None:
    """What a template may ask in a condition: the number; of a rate hundredths of a percent, None without base."""
    if figure.numerator is None:
        return figure.value
    return rounded(10_000 * figure.numerator, figure.denominator) if figure.denominator else None


def _with_figures(block: Block, numbers: Numbers) -> Block:
    match block:
        case Paragraph(runs):
            return Paragraph(_runs(runs, numbers))
        case Table(rows, header):
            return Table(tuple(tuple(_runs(cell, numbers) for cell in row) for row in rows), header)
        case heading:
            return heading


def _runs(runs: Runs, numbers: Numbers) -> Runs:
    """The same runs with a run of its own for every figure."""
    found: list[Run] = []
    for run in runs:
        for position, part in enumerate(_MARK.split(run.text)):
            if position % 2:
                found += numbers.runs(part, run.bold)
            elif part:
                found.append(Run(part, run.bold))
    return tuple(found)


_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99 as headings number themselves."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        raise ValueError(f"no heading has the number {number}")
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
