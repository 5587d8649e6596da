"""Figures broken down by what they are about: a closed list, the outcome, the organs in a place; with their total.

A case with several values counts under each of them and once in the total, which is the figure itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from fadu.analytics import figures, snapshot
from fadu.analytics.figures import Figure, Part, Period, Row
from fadu.analytics.snapshot import Snapshot
from fadu.analytics.tables import Column, Kind, Source, table_of
from fadu.analytics.whose import Whose
from fadu.kernel import models
from fadu.kernel.access import Session
from fadu.rules.errors import NotFound
from fadu.rules.facts import fact_fields
from fadu.rules.indicators import Indicator
from fadu.rules.registry import Registry

MISSING = "（未填写）"


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what figures may be broken down. name: in addresses and returns; labels: of its values, in their order."""

    name: str
    label: str
    column: Column
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def organs(self) -> bool:
        """Whether its values are organs, of this house or not."""
        return self.column.source is Source.NAMES


@dataclass(frozen=True, slots=True)
class Line:
    """One value with the figures of its cases."""

    key: str
    label: str
    figures: Mapping[str, Figure]


def dimensions(registry: Registry, source: str) -> tuple[Dimension, ...]:
    """By what figures of a system or register may be broken down: closed lists, yes or no, outcomes, organs."""
    lists = _lists(registry, source)
    found = []
    for column in table_of(registry, source).columns:
        if column.source is Source.NAMES or column.name in lists:
            name = "outcome" if column.name == "outcome" else column.of
            found.append(Dimension(name, column.label, column, lists.get(column.name, {})))
    return tuple(found)


def dimension(registry: Registry, source: str, name: str) -> Dimension:
    """The one of that name. Raises NotFound."""
    found = next((one for one in dimensions(registry, source) if one.name == name), None)
    if found is None:
        raise NotFound("分列的口径")
    return found


def _lists(registry: Registry, source: str) -> dict[str, dict[str, str]]:
    """Column → code → label, over all texts; those that are no closed list are not there."""
    found: dict[str, dict[str, str]] = {}
    register = next((one for one in registry.registers if one.name == source), None)
    texts = [] if register else registry.versions(source)
    for model in [register.model] if register else [text.facts for text in texts]:
        for name, one in fact_fields(model).items():
            if one.choices is not None:
                found.setdefault(f"fact_{name}", {}).update({str(code): code.label for code in one.choices})
            elif one.widget == "bool":
                found[f"fact_{name}"] = {"true": "是", "false": "否"}
    for items in [text.items for text in texts if text.items]:
        found.setdefault("outcome", {}).update({str(code): code.label for code in items.outcome})
    return found


# ---------------------------------------------------------------- breaking down


def break_down(
    s: Session, registry: Registry, indicators: Sequence[Indicator], period: Period, by: Dimension, whose: Whose
) -> list[Line]:
    """The lines with anything counted, of indicators of one source; the total is what `figures.compute` says."""
    rows = figures.all_rows(figures.rows_of(s, registry, indicators, period, whose, split=by.column.name))
    return _lines(indicators, period, whose, by, rows)


def break_down_on(
    kept: Snapshot, indicators: Sequence[Indicator], period: Period, by: Dimension, whose: Whose
) -> list[Line]:
    """The same on a snapshot."""
    return _lines(
        indicators,
        period,
        whose,
        by,
        figures.all_rows(snapshot.rows_of(kept, indicators, period, whose, by.column.name)),
    )


def ranks(by: Dimension, lines: Sequence[Line], name: str) -> list[int | None]:
    """The place of each organ by a figure, the highest first; equal ones share a place. Only organs are ranked."""
    sizes = [_size(line.figures[name]) if by.organs and line.key else None for line in lines]
    return [None if size is None else 1 + sum(other > size for other in sizes if other is not None) for size in sizes]


def _size(figure: Figure) -> Fraction | None:
    """A number, or a rate by its parts; none where there is nothing to divide."""
    if figure.numerator is None:
        return None if figure.value is None else Fraction(figure.value)
    return Fraction(figure.numerator, figure.denominator) if figure.denominator else None


def ids_behind(s: Session, registry: Registry, figure: Figure, part: Part | None = None) -> list[int]:
    """The ids of the cases or entries behind a figure, or behind one line of a breakdown."""
    period, indicator = figure.period, figure.indicator
    if figure.among is None:
        return figures.cases(s, registry, indicator, period.since, period.before, figure.whose, part=part)
    name, key = figure.among
    by = dimension(registry, indicator.source, name)
    rows = figures.all_rows(figures.rows_of(s, registry, [indicator], period, figure.whose, split=by.column.name))
    return figures.ids_in(indicator, _of(by, rows, key), part)


def figure_among(
    s: Session, registry: Registry, indicator: Indicator, period: Period, by: Dimension, key: str, whose: Whose
) -> Figure:
    """The figure of one line, also when nothing was counted there."""
    rows = figures.all_rows(figures.rows_of(s, registry, [indicator], period, whose, split=by.column.name))
    return _gathered([indicator], period, whose, by, key, rows)[indicator.name]


def _lines(
    indicators: Sequence[Indicator], period: Period, whose: Whose, by: Dimension, rows: Sequence[Row]
) -> list[Line]:
    keys = {key for row in rows for key in _keys(by, row[-1])}
    lines = [Line(key, label_of(by, key), _gathered(indicators, period, whose, by, key, rows)) for key in keys]
    counted = [line for line in lines if any(one.value or one.denominator for one in line.figures.values())]
    return sorted(counted, key=_order(by, indicators[0].name))


def _gathered(
    indicators: Sequence[Indicator], period: Period, whose: Whose, by: Dimension, key: str, rows: Sequence[Row]
) -> dict[str, Figure]:
    found = figures.gather(indicators, period, whose, _of(by, rows, key))
    return {name: replace(figure, among=(by.name, key)) for name, figure in found.items()}


def _order(by: Dimension, first: str) -> Callable[[Line], tuple[object, ...]]:
    """As the list orders its values; organs by how much they have; what was not filled in last."""
    places = {code: place for place, code in enumerate(by.labels)}
    return lambda line: (
        line.key == "",
        places.get(line.key, len(places)),
        -(_size(line.figures[first]) or 0),
        line.label,
    )


def _of(by: Dimension, rows: Sequence[Row], key: str) -> Iterator[Row]:
    """The partial sums of one value, without it."""
    return (row[:-1] for row in rows if key in _keys(by, row[-1]))


def _keys(by: Dimension, value: str | None) -> Sequence[str]:
    """The values in one cell; several organs, or codes, are joined by commas."""
    if not value:
        return ("",)
    return value.split(",") if by.column.kind is Kind.MANY else (value,)


def label_of(by: Dimension, key: str) -> str:
    """A value as people read it."""
    if not key:
        return MISSING
    if by.organs and key.isdigit():
        found = models.Organ.objects.filter(pk=int(key)).values_list("name", flat=True).first()
        return found or key
    return by.labels.get(key, key)
