"""Other returns: tables of figures of a year, and the entries of a register in force on a day, as one document.

Every number opens its cases, every entry its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q

from fadu.analytics.breakdown import Dimension, break_down, dimension
from fadu.analytics.comparison import Change, previous_year
from fadu.analytics.figures import Figure, Period, compute, gather
from fadu.analytics.shares import shares
from fadu.analytics.tables import table_of
from fadu.analytics.whose import Whose, stretches
from fadu.infra.official import Document, Heading, Paragraph, Run, Table
from fadu.infra.official.model import Block, Runs
from fadu.infra.official.xlsx import Cell, Sheet
from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_writer.paragraphs import chinese
from fadu.report_writer.provenance import link_of
from fadu.report_writer.sheets import figures_sheet
from fadu.report_writer.span import Span, span
from fadu.report_writer.targets import Target, of_year
from fadu.report_writer.whose import all_seen, organ_of
from fadu.rules.days import chinese_day
from fadu.rules.errors import NotFound
from fadu.rules.facts import display, fact_fields
from fadu.rules.indicators import Indicator, Reach

_FILE = Path(__file__).with_name("returns.yaml")
NOTHING = "—"
VALID, NOT_YET, OVER = "有效", "尚未施行", "有效期已满"
TOTAL = "合计"
_COMPARED = ("上年同期", "与上年同期相比")
_TARGET = "年度目标"


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: rows of indicators under columns; without columns one indicator a row, beside last year's.

    by: instead, the indicators under the columns broken down, a row for each value, and their total.
    each: a register whose entries are the rows, each counted where the indexed `fact` is its key; `rows` are then the
    columns.
    """

    title: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[str, ...]]
    by: str | None = None
    each: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """One return: tables of figures, or facts of the entries of a register, counted in `unit`.

    validity: the facts with the first and the last day, where each entry bears its label of the day.
    """

    name: str
    title: str
    grids: tuple[Grid, ...] = ()
    register: str | None = None
    facts: tuple[str, ...] = ()
    unit: str = "件"
    validity: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator it prints, once."""
        return tuple(dict.fromkeys(name for grid in self.grids for row in grid.rows.values() for name in row))


@dataclass(frozen=True, slots=True)
class Filled:
    """A return filled in: what is printed, and the same as tables for a spreadsheet."""

    document: Document
    sheets: tuple[Sheet, ...]


@cache
def returns() -> tuple[Return, ...]:
    """Every declared return."""
    return tuple(map(_return, yaml.safe_load(_FILE.read_text(encoding="utf-8"))["returns"]))


def _return(said: dict[str, Any]) -> Return:
    grids = tuple(map(_grid, said.get("tables", ())))
    facts, validity = (tuple(said.get(part, ())) for part in ("facts", "validity"))
    return Return(said["name"], said["title"], grids, said.get("register"), facts, said.get("unit", "件"), validity)


def _grid(said: dict[str, Any]) -> Grid:
    if "by" in said:
        columns = said["columns"]
        return Grid(said["title"], tuple(columns), {TOTAL: tuple(columns.values())}, said["by"])
    rows = {label: _names(row) for label, row in said["rows"].items()}
    return Grid(
        said["title"], tuple(said.get("columns", ())), rows, each=said.get("each", ""), fact=said.get("fact", "")
    )


def _names(row: str | list[str]) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else tuple(row)


def fill(s: Session, name: str, day: date, organ: int | None = None, *, part: bool = False) -> Filled:
    """The return of the year of that day, or of what is in force on it.

    part: of that year up to the day only (半年报). Raises what `organ_of` and `span` raise, NotFound.
    """
    said = next((one for one in returns() if one.name == name), None)
    if said is None:
        raise NotFound("报表")
    whose = organ_of(s, organ)
    if said.register is not None:
        return _in_force(s, said, said.register, day, whose)
    return _of_year(s, said, span(day.year, day if part else None, s.today), whose)


def _document(s: Session, said: Return, whose: models.Organ, when: str, blocks: Iterator[Block]) -> Document:
    return Document(
        title=f"{whose.name}\n{said.title}（{when}）",
        blocks=tuple(blocks),
        signature=whose.name,
        date=chinese_day(s.today),
        mark="演示" if access.is_demo() else None,
    )


# ---------------------------------------------------------------- figures of a year


def _of_year(s: Session, said: Return, days: Span, whose: models.Organ) -> Filled:
    period = days.period
    mine = all_seen(s, Whose(whose.pk), period)
    indicators = [s.registry.indicator(name) for name in said.indicators]

    def count(wanted: Sequence[Indicator]) -> Mapping[str, Figure]:
        return compute(s, s.registry, wanted, period.since, period.before, mine)

    figures = count(indicators)
    before = previous_year(s, s.registry, indicators, period, mine)
    drawn = _grids(s, said, days, whose, figures, before)
    document = _document(s, said, whose, days.titled, drawn)
    note = (f"{whose.name}，{period}，按{chinese_day(s.today)}的记录",)
    tables = tuple(_sheet(grid, block) for grid, block in zip(said.grids, _tables(document), strict=True))
    return Filled(document, (*tables, figures_sheet(figures, before, note, shares(s, figures, count))))


def _grids(
    s: Session,
    said: Return,
    days: Span,
    whose: models.Organ,
    figures: Mapping[str, Figure],
    before: Mapping[str, Figure],
) -> Iterator[Block]:
    wanted, period = of_year(s, days.year), days.period
    columns = ("本年" if days.is_whole else "本期", *_COMPARED)
    for number, grid in enumerate(said.grids, start=1):
        yield Heading(1, f"{chinese(number)}、{grid.title}")
        if grid.by:
            yield from _broken_down(s, grid, grid.by, figures)
            continue
        if grid.each:
            yield _each(s, grid, period, whose, wanted)
            continue
        targets = {} if grid.columns else {name: wanted[name] for (name,) in grid.rows.values() if name in wanted}
        rows = [_row(label, names, bool(grid.columns), figures, before) for label, names in grid.rows.items()]
        if targets:
            told = [_target(targets.get(name), figures[name], before.get(name)) for (name,) in grid.rows.values()]
            rows = [(*row, _text(said_of)) for row, said_of in zip(rows, told, strict=True)]
        yield Table(tuple(rows), ("项目", *(grid.columns or columns), *((_TARGET,) if targets else ())))


def _target(target: Target | None, figure: Figure, before: Figure | None) -> str:
    return target.told(figure, before) if target else NOTHING


def _each(s: Session, grid: Grid, period: Period, whose: models.Organ, wanted: Mapping[str, Target]) -> Table:
    """A row for every entry of the register on the last day, also for those of whom nothing was counted."""
    day = min(s.today, period.before - timedelta(days=1))
    entries = list(access.register(s, grid.each, day).filter(_mine(s, whose, day)))
    rows: list[tuple[Runs, ...]] = [
        ((Run(entry.key, link=f"/registers/{grid.each}/entries/{entry.pk}/"),),) for entry in entries
    ]
    for (name,) in grid.rows.values():
        count, mine = s.registry.indicator(name), Whose(whose.pk)
        by = Dimension(grid.fact, "", table_of(s.registry, count.source).column(f"fact_{grid.fact}"))
        counted = {line.key: line.figures[name] for line in break_down(s, s.registry, [count], period, by, mine)}
        nothing = gather([count], period, mine, ())[name]
        found = [counted.get(entry.key, nothing) for entry in entries]
        more = [(_text(str(one)), _text(_target(wanted.get(name), one, None))) for one in found]
        rows = [(*row, *cells) for row, cells in zip(rows, more, strict=True)]
    header = [word for label in grid.rows for word in (label, _TARGET)]
    return Table(tuple(rows), ("项目", *header))


def _mine(s: Session, whose: models.Organ, day: date) -> Q:
    """Entries of the organ and of all below it on a day."""
    end = day + timedelta(days=1)
    return stretches(access.tree(s), Whose(whose.pk), Reach.WHOLE, day, end, divided=False)[0].entries


def _broken_down(s: Session, grid: Grid, name: str, figures: Mapping[str, Figure]) -> Iterator[Block]:
    (names,) = grid.rows.values()
    total = [figures[one] for one in names]
    indicators = [one.indicator for one in total]
    by = dimension(s.registry, indicators[0].source, name)
    lines = break_down(s, s.registry, indicators, total[0].period, by, total[0].whose)
    units = {one.unit for one in total}
    unit = "" if len(units) > 1 else f"（单位：{total[0].unit}）"
    rows = [(_text(line.label), *(_figure(line.figures[one], bool(unit)) for one in names)) for line in lines]
    yield Table(
        (*rows, (_text(TOTAL), *(_figure(one, bool(unit)) for one in total))), (f"{by.label}{unit}", *grid.columns)
    )
    if by.organs:
        yield Paragraph((Run(f"一件有几个{by.label}的，在每一个之下各计一次，合计只计一次。"),))


def _row(
    label: str, names: tuple[str, ...], columns: bool, figures: Mapping[str, Figure], before: Mapping[str, Figure]
) -> tuple[Runs, ...]:
    if columns:
        return (_text(label), *(_figure(figures[name]) for name in names))
    (name,) = names
    last = before.get(name)
    compared = (
        (_figure(last), _text(_against(Change(figures[name], last)))) if last else (_text(NOTHING), _text(NOTHING))
    )
    return (_text(label), _figure(figures[name]), *compared)


def _against(change: Change) -> str:
    """As a sentence says it, without its comma; in a table a number that fell to nothing fell by all there was."""
    if change.now.value == 0 and change.before.value:
        return f"比上年减少{change.before}"
    return change.phrase()[1:] or NOTHING


def _figure(figure: Figure, bare: bool = False) -> Runs:
    """bare: the table says the unit."""
    return (Run(figure.text() if bare else str(figure), link=link_of(figure), kind="figure"),)


def _text(text: str) -> Runs:
    return (Run(text),)


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _sheet(grid: Grid, table: Table) -> Sheet:
    """The table as it is printed; exact numbers stand on the sheet of figures."""
    rows = tuple(tuple("".join(run.text for run in cell) for cell in row) for row in table.rows)
    return Sheet(grid.title, table.header, rows, (34, *(18 for _ in table.header[1:])))


# ---------------------------------------------------------------- a register on a day


def _in_force(s: Session, said: Return, register: str, day: date, whose: models.Organ) -> Filled:
    all_seen(s, Whose(whose.pk), Period(day, day + timedelta(days=1)))
    entries = list(access.register(s, register, day).filter(_mine(s, whose, day)).order_by("organ", "key", "since"))
    fields = fact_fields(s.registry.register(register).model)
    labels = [[validity_of(entry.data, said.validity, day)] if said.validity else [] for entry in entries]
    header = ("序号", *(fields[name].fact.label for name in said.facts), *(("效力",) if said.validity else ()))
    rows = [
        [display(fields[name], entry.data.get(name)) for name in said.facts] + label
        for entry, label in zip(entries, labels, strict=True)
    ]
    when = f"截至{chinese_day(day)}"
    note = _how_many(when, said, [text for label in labels for text in label], len(entries))
    drawn = tuple(
        (_text(str(number)), (Run(row[0], link=f"/registers/{register}/entries/{entry.pk}/"),), *map(_text, row[1:]))
        for number, (row, entry) in enumerate(zip(rows, entries, strict=True), start=1)
    )
    blocks: list[Block] = [Paragraph((Run(note),)), *([Table(drawn, header)] if drawn else [])]
    cells: tuple[tuple[Cell, ...], ...] = tuple((number, *row) for number, row in enumerate(rows, start=1))
    sheet = Sheet(said.title, header, cells, (8, 26, 60, *(18 for _ in header[3:])), (whose.name, note))
    return Filled(_document(s, said, whose, when, iter(blocks)), (sheet,))


def validity_of(data: Mapping[str, Any], validity: Sequence[str], day: date) -> str:
    """The label of an entry on a day; without a last day it is in force until it ends."""
    first, last = (data.get(name) for name in validity)
    if first and first > day.isoformat():
        return NOT_YET
    return OVER if last and last < day.isoformat() else VALID


def _how_many(when: str, said: Return, labels: Sequence[str], number: int) -> str:
    """What is listed is not in force before its first day, nor after its last, which somebody has still to record."""
    apart = {label: labels.count(label) for label in (NOT_YET, OVER) if label in labels}
    valid = number - sum(apart.values())
    told = "".join(f"；另有{label}的{count}{said.unit}" for label, count in apart.items())
    return f"{when}现行有效的共{valid}{said.unit}{told}。"
