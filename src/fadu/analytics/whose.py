"""Whose cases and entries count to a figure: those of an organ alone, or of all organs below it, by the day's tree.

The tree changes when an organ is moved: a period is then counted in stretches, each case by its own day, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from fadu.kernel.organs import Tree
from fadu.rules.indicators import Reach


@dataclass(frozen=True, slots=True)
class Whose:
    """Of an organ, None: of every organ. today: by the tree of today, an earlier organ as the one that succeeded it."""

    organ: int | None = None
    today: bool = False


EVERYBODY = Whose()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, [since, before), on which the same organs belong to it. column: the one that names the organ.

    units: each organ that belongs to it, with the one directly below through which it does; None: all, undivided.
    """

    since: date
    before: date
    column: Literal["organ_id", "body_id"] = "organ_id"
    units: Mapping[int, int] | None = None

    @property
    def organs(self) -> frozenset[int] | None:
        return None if self.units is None else frozenset(self.units)

    @property
    def cases(self) -> Q:
        """The cases that count, for a query."""
        return Q() if self.units is None else Q(**{f"{self.column}__in": [*self.units]})

    @property
    def entries(self) -> Q:
        """The entries that count: a body's are those of the organ it serves."""
        if self.units is None:
            return Q()
        mine = [*self.units]
        if self.column == "body_id":
            return Q(organ__in=mine)
        return Q(organ__in=mine, organ__serves=None) | Q(organ__serves__in=mine)

    def unit(self, organ: int, body: int) -> int:
        """Under which organ a row stands."""
        assert self.units is not None  # asked by unit
        return self.units[organ if self.column == "organ_id" else body]


def stretches(tree: Tree, whose: Whose, reach: Reach, since: date, before: date, *, divided: bool) -> list[Stretch]:
    """The period by the days on which organs came in or went out; if divided, also moved within."""
    if whose.organ is None and not divided:
        return [Stretch(since, before)]
    column: Literal["organ_id", "body_id"] = (
        "body_id" if whose.organ is not None and tree.is_body(whose.organ) else "organ_id"
    )
    found: list[Stretch] = []
    for first, end in _parts(tree, whose, since, before):
        units = _units(tree, whose, reach, None if whose.today else first)
        last = found[-1] if found else None
        if last and last.units is not None and (last.units == units if divided else last.units.keys() == units.keys()):
            found[-1] = Stretch(last.since, end, column, last.units)
        else:
            found.append(Stretch(first, end, column, units))
    return found


def _parts(tree: Tree, whose: Whose, since: date, before: date) -> Iterator[tuple[date, date]]:
    days = [since] if whose.today else [day for day in tree.days_from(since) if day < before]
    yield from zip(days, [*days[1:], before], strict=True)


def _units(tree: Tree, whose: Whose, reach: Reach, day: date | None) -> dict[int, int]:
    if whose.organ is not None and reach is Reach.OWN:
        return dict.fromkeys(tree.alone(whose.organ, day), whose.organ)
    return tree.below(whose.organ, day)
