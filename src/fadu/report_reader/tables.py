"""Tables in the text: rows of cells between tabulators, what each number is of, and totals of rows and columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, groups
from fadu.report_reader.numerals import LONGEST_NUMBER, multiplier
from fadu.report_reader.relations.arithmetic import shown, slack
from fadu.report_reader.relations.scope import Check
from fadu.report_reader.segment import Layout

_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[ ]*+([万亿]?)[ ]*+(%|‰)?$")
_NO_FIGURE = re.compile(r"[\d.,]{0,20}\*[\d.,*]{0,20}[%‰]?$|[-—]{1,4}$")
_YEAR = re.compile(r"(?:19|20)\d{2}年?(?:度)?$")
_UNITS = r"(?P<times>[万亿]?)(?P<unit>%|‰|" + any_of(list(groups())) + ")"
_UNIT = re.compile("[(:：]" + _UNITS + "[)]?$")
_UNIT_AT_END = re.compile(_UNITS + "$")
_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|总量|合[ ]计|总[ ]计)$|合计|总计")
_NOT_ADDED = re.compile("率|均|占比|比重|比例|得分|分数|名次")
_PART = re.compile(r"其中")
_ORDINAL = re.compile(r"序号|编号|年份|年度|文号|排名|名次")
_CAPTION = re.compile(r"单位[:：][ ]*(?P<times>[万亿]?)(?P<unit>[\u4e00-\u9fff%]{1,4})")
LEAST_ROWS = 2
MOST_HEADS = 6
"""Rows above the first figures that name the columns: those above them are no heads."""
MOST_COLUMNS = 200
"""A line with more cells than that is read as far as there."""
LONGEST_NAME = 60
CAPTION_WITHIN = 60


@dataclass(slots=True)
class Cell:
    start: int
    end: int
    text: str
    figure: Quantity | None = None


@dataclass(slots=True)
class Table:
    """A grid of cells; rows may have different lengths. heads: how many rows at the top name the columns."""

    rows: list[list[Cell]]
    heads: int
    columns: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def tables(layout: Layout) -> list[Table]:
    """Every run of two or more lines with cells, its numbers read with the names of their row and column."""
    found: list[Table] = []
    rows: list[list[Cell]] = []
    place = 0
    for line in layout.text.split("\n"):
        if "\t" in line:
            rows.append(list(_cells(place, line)))
        elif rows:
            found += _made(layout, rows)
            rows = []
        place += len(line) + 1
    return [*found, *_made(layout, rows)]


def _cells(start: int, line: str) -> Iterator[Cell]:
    for piece in line.split("\t", MOST_COLUMNS)[:MOST_COLUMNS]:
        yield Cell(start, start + len(piece), piece.strip())
        start += len(piece) + 1


def _made(layout: Layout, rows: list[list[Cell]]) -> list[Table]:
    if len(rows) < LEAST_ROWS:
        return []
    heads = next((place for place, row in enumerate(rows) if any(_of_data(cell) for cell in row[1:])), len(rows))
    if not any(_counts(cell) for row in rows[heads:] for cell in row[1:]):
        return []
    width = max(map(len, rows))
    rows = _aligned(rows, heads, width)
    table = Table(rows, heads)
    named = [_filled(row, width) for row in rows[max(0, heads - MOST_HEADS) : heads]]
    table.columns = [_named(line[c] for line in named) for c in range(width)]
    before = layout.text[max(0, rows[0][0].start - CAPTION_WITHIN) : rows[0][0].start]
    caption = list(_CAPTION.finditer(before))
    above = ""
    for row in rows[heads:]:
        words = [cell.text for cell in row if cell.text and not _counts(cell)]
        above = _named(words[:2]) or above
        table.labels.append(above)
        _read(layout, table, row, above, caption[-1] if caption else None)
    return [table]


def _aligned(rows: list[list[Cell]], heads: int, width: int) -> list[list[Cell]]:
    """Rows that lack cells before their figures, merged or left out, moved to where the figures of full rows stand."""
    numbered = next((place for place, cell in enumerate(rows[0]) if not _ORDINAL.search(cell.text)), 0)
    firsts = Counter(_first(row, numbered) for row in rows[heads:] if len(row) == width)
    first = firsts.most_common(1)[0][0] if firsts else 0
    moved: list[list[Cell]] = []
    for place, row in enumerate(rows):
        begin = 0 if place < heads else _first(row)
        lacking = width - len(row)
        if first and lacking and begin + lacking == first:
            blank = [Cell(row[0].start, row[0].start, "") for _ in range(lacking)]
            moved.append(row[:begin] + blank + row[begin:])
        else:
            moved.append(row)
    return moved


def _first(row: list[Cell], least: int = 0) -> int:
    """Where the figures of a row begin; least: columns at the left that only number the rows."""
    return next((place for place, cell in enumerate(row) if place >= least and _counts(cell)), len(row))


def _named(words: Iterable[str]) -> str:
    """Words of several cells as one name."""
    return "".join(dict.fromkeys(word[:LONGEST_NAME] for word in words if word))


def _counts(cell: Cell) -> bool:
    return len(cell.text) <= LONGEST_NUMBER and bool(_NUMBER.match(cell.text)) and not _YEAR.match(cell.text)


def _of_data(cell: Cell) -> bool:
    """A figure, or what stands in place of one."""
    return _counts(cell) or bool(_NO_FIGURE.match(cell.text))


def _filled(row: list[Cell], width: int) -> list[str]:
    """The names of a head's row, a merged one over all columns that it covers."""
    names, last = [], ""
    for place in range(width):
        text = row[place].text if place < len(row) else ""
        last = text or last
        names.append(last)
    return names


def _read(layout: Layout, table: Table, row: list[Cell], label: str, caption: re.Match[str] | None) -> None:
    for place, cell in enumerate(row):
        column = table.columns[place] if place < len(table.columns) else ""
        if _counts(cell) and not _ORDINAL.search(column) and (place or column):
            cell.figure = _figure(layout, cell, label, column, caption)


def _figure(layout: Layout, cell: Cell, label: str, column: str, caption: re.Match[str] | None) -> Quantity:
    match = _NUMBER.match(cell.text)
    assert match is not None  # judged before
    start = cell.start + layout.text[cell.start : cell.end].index(match[1])
    signs = match[3] or ""
    end = start + len(match[0].strip())
    unit = _UNIT.search(column) or caption or _UNIT_AT_END.search(column)
    times = match[2] or (unit["times"] if unit and not signs else "")
    name = signs or (unit["unit"] if unit else "")
    value = Decimal(match[1].replace(",", "")) * multiplier(times)
    decimals = len(match[1].partition(".")[2])
    figure = Quantity(start, end, end, value, name, groups().get(name, name), decimals)
    figure.sentence = layout.sentence_at(start)
    figure.left = f"{label}{column}"
    figure.in_table = True
    figure.step = Decimal(multiplier(times)).scaleb(-decimals)
    return figure


def figures_of(found: list[Table]) -> dict[int, Quantity]:
    """Every figure of the tables by the place where it begins."""
    return {cell.figure.start: cell.figure for table in found for row in table.rows for cell in row if cell.figure}


# ---------------------------------------------------------------- totals


def totals(table: Table) -> Iterator[Check]:
    """Rows and columns that are called a total, against what they are the total of."""
    rows = [[cell.figure for cell in row] for row in table.rows[table.heads :]]
    yield from _lines(table.labels, rows)
    if sum(1 for name in table.columns if _TOTAL.search(name)) == 1:
        yield from _lines(table.columns, list(zip_longest(*rows)))


def _lines(names: list[str], lines: Sequence[Sequence[Quantity | None]]) -> Iterator[Check]:
    """A line that is called a total, cell by cell, against the lines around it that are none."""
    total = [place for place, name in enumerate(names) if _TOTAL.search(name)]
    if len(total) != 1:
        return
    at = total[0]
    divided = any(_PART.search(name) for name in names)
    parts = [line for place, line in enumerate(lines) if place != at and not _PART.search(names[place])]
    counting = sum(1 for line in parts if any(line))
    for across, stated in enumerate(lines[at]):
        if stated is None or stated.percent:
            continue
        added = [one for line in parts if across < len(line) and (one := line[across]) and one.unit == stated.unit]
        if len(added) < LEAST_ROWS:
            continue
        computed = sum((one.value for one in added), Decimal(0))
        whole = len(added) == counting and not (divided or _NOT_ADDED.search(stated.left))
        if computed == stated.value or whole:
            yield _total(stated, added, computed)


def _total(stated: Quantity, added: list[Quantity], computed: Decimal) -> Check:
    holds = abs(computed - stated.value) <= slack([stated, *added])
    said = f"表中“{stated.left}”应为{shown(computed)}，"
    reason = f"{said}与{shown(stated.value)}{'相符' if holds else '不符'}。"
    return Check("sum", [stated, *added], "=+", computed, "holds" if holds else "fails", reason)
