"""统计表: figures divided among the organs directly below one, or over months and years; plotted, and kept in files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fadu.analytics.figures import Figure, Period, compute, compute_by
from fadu.analytics.trend import Points, Trend
from fadu.analytics.whose import Whose
from fadu.infra.official.xlsx import Sheet
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.organs import Tree
from fadu.report_writer.provenance import link_of
from fadu.report_writer.sheets import number
from fadu.rules.indicators import Indicator, Median, Rate, Reach, reaching

Cell = tuple[Figure, str, str] | None
"""A figure, the page that shows its cases, its size for a plot; nothing where there was nothing to count."""


@dataclass(frozen=True, slots=True)
class Row:
    """One organ, or one run of months or years, and its cells. organ: below which others stand; sum: of all rows."""

    label: str
    cells: tuple[Cell, ...]
    organ: int | None = None
    sum: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """One table. corner: what its rows are; key, plot: under which name and as what it is drawn, "" for not at all."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    corner: str = "机关"
    key: str = ""
    plot: str = ""

    def sheet(self, title: str, note: tuple[str, ...] = ()) -> Sheet:
        """The same for a spreadsheet."""
        rows = tuple((row.label, *(cell and number(cell[0]) for cell in row.cells)) for row in self.rows)
        return Sheet(title, (self.corner, *self.columns), rows, (30, *(14 for _ in self.columns)), note)


def divided(s: Session, wanted: Sequence[tuple[str, Sequence[Figure]]], period: Period, whose: Whose) -> list[Board]:
    """A board for each label and its figures, without those that nothing divides.

    Of everybody: by the organs below the house's one root, with several roots by these.
    """
    tree = access.tree(s)
    roots = [place.id for place in tree.places.values() if place.parent is None and place.before is None]
    top = replace(whose, organ=roots[0]) if whose.organ is None and len(roots) == 1 else whose
    names = {one.name: _whole(s, one.indicator) for _, figures in wanted for one in figures}
    if not names:
        return []
    asked = (s, s.registry, [*names.values()], period.since, period.before)
    found, total = compute_by(*asked, "unit", top), compute(*asked, top)
    units = sorted(found, key=lambda unit: (unit != top.organ, unit))
    deeper = tree.divided(None if top.today else period.last)
    boards = []
    for label, figures in wanted:
        columns = [names[one.name] for one in figures]
        rows = [_row(tree, deeper, unit, top, [found[unit].get(one.name) for one in columns]) for unit in units]
        told = [row for row in rows if any(row.cells)]
        if len(told) > 1:
            last = Row("合计", tuple(_cell(total[one.name]) for one in columns), sum=True)
            drawn = {"key": f"{figures[0].name}-unit", "plot": _shape(columns[0])} if len(figures) == 1 else {}
            boards.append(Board(label, tuple(one.indicator.label for one in figures), (*told, last), **drawn))
    return boards


def _shape(indicator: Indicator) -> str:
    """Numbers that add up to the whole are areas of it; rates and medians stand side by side."""
    return "rows" if isinstance(indicator, Rate | Median) else "areas"


def _whole(s: Session, indicator: Indicator) -> Indicator:
    """What is divided has everything below the organ in it."""
    return indicator if indicator.reach is Reach.WHOLE else s.registry.indicator(f"{indicator.name}@{Reach.WHOLE}")


def _row(tree: Tree, deeper: set[int], unit: int, top: Whose, figures: Sequence[Figure | None]) -> Row:
    name = tree.places[unit].name
    if unit != top.organ:
        return Row(name, tuple(map(_cell, figures)), unit if unit in deeper else None)
    own = [figure and replace(figure, indicator=reaching(figure.indicator, Reach.OWN)) for figure in figures]
    return Row(f"{name}（本级）", tuple(map(_cell, own)))


def _cell(figure: Figure | None) -> Cell:
    return (figure, link_of(figure), size_of(figure)) if figure and (figure.value or figure.denominator) else None


def size_of(figure: Figure) -> str:
    """The number as a plot takes it; nothing for a rate of nothing."""
    if figure.numerator is not None:
        return figure.text().removesuffix("%") if figure.denominator else ""
    return "" if figure.value is None else figure.text()


# ---------------------------------------------------------------- over time


def by_month(figure: Figure, trend: Trend) -> Board:
    """The months of the figure's period, below them those of a year before."""
    rows = [(figure.period, trend.now), (figure.period.previous_year, trend.earlier)]
    named = [(f"{one.since.year}年" if one.is_year else str(one), points) for one, points in rows if points]
    return _over_time("逐月", figure.name + "-month", "lines", trend, named)


def by_year(figure: Figure, trend: Trend) -> Board:
    """The years, one after the other."""
    return _over_time("逐年", figure.name + "-year", "columns", trend, [(figure.indicator.label, trend.now)])


def _over_time(label: str, key: str, plot: str, trend: Trend, named: Sequence[tuple[str, Points]]) -> Board:
    rows = tuple(Row(name, tuple(_known(one) for one in points)) for name, points in named)
    return Board(label, trend.labels, rows, "期间", key, plot)


def _known(figure: Figure | None) -> Cell:
    """Nothing to count is a number here: only what is to come is left out."""
    return (figure, link_of(figure), size_of(figure)) if figure else None
