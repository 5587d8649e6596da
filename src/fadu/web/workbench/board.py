"""分机关的统计表: a row for each organ directly below the one in question, one for itself alone, and the sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fadu.analytics.figures import Figure, Period, compute, compute_by
from fadu.analytics.whose import Whose
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.organs import Tree
from fadu.report_writer.provenance import link_of
from fadu.rules.indicators import Indicator, Reach, reaching

Cell = tuple[Figure, str] | None
"""A figure with the page that shows its cases; nothing where there was nothing to count."""


@dataclass(frozen=True, slots=True)
class Row:
    """One organ, and a cell for each figure."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One table; its last row is the sum: rates and medians are those of all together."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


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
    boards = []
    for label, figures in wanted:
        columns = [names[one.name] for one in figures]
        rows = [_row(tree, unit, top, [found[unit].get(one.name) for one in columns]) for unit in units]
        told = [row for row in rows if any(row.cells)]
        if len(told) > 1:
            last = Row("合计", tuple(_cell(total[one.name]) for one in columns))
            boards.append(Board(label, tuple(one.indicator.label for one in figures), (*told, last)))
    return boards


def _whole(s: Session, indicator: Indicator) -> Indicator:
    """What is divided has everything below the organ in it."""
    return indicator if indicator.reach is Reach.WHOLE else s.registry.indicator(f"{indicator.name}@{Reach.WHOLE}")


def _row(tree: Tree, unit: int, top: Whose, figures: Sequence[Figure | None]) -> Row:
    name = tree.places[unit].name
    if unit != top.organ:
        return Row(name, tuple(map(_cell, figures)))
    own = [figure and replace(figure, indicator=reaching(figure.indicator, Reach.OWN)) for figure in figures]
    return Row(f"{name}（本级）", tuple(map(_cell, own)))


def _cell(figure: Figure | None) -> Cell:
    return (figure, link_of(figure)) if figure and (figure.value or figure.denominator) else None
