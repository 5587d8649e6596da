"""The tree of organs by day (D15): under whom an organ stood, and as which organ of today an earlier one counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Move:
    """Before `day` the organ stood under `parent`."""

    day: date
    parent: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """An organ in the tree. parent: under which it stands now; moves: earlier ones, in order."""

    id: int
    name: str
    short: str
    parent: int | None
    serves: int | None
    before: date | None
    successor: int | None
    moves: tuple[Move, ...] = ()

    def under(self, day: date | None) -> int | None:
        """Under whom it stood on a day; None: now. An organ that is no more stays where it was last."""
        return next((move.parent for move in self.moves if day is not None and day < move.day), self.parent)


class Tree:
    """All organs of a house. A day of None asks for today's organs: each counts as the one that succeeded it."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: Mapping[int, Place] = {place.id: place for place in places}

    def is_body(self, organ: int) -> bool:
        """Whether it handles cases in the name of another one."""
        return organ in self.places and self.places[organ].serves is not None

    def path(self, organ: int, day: date | None) -> list[int]:
        """The organ, the one it stood under, and so on up."""
        found = [self._counts_as(organ, day)]
        while (above := self.places[found[-1]].under(day)) is not None:
            found.append(self._counts_as(above, day))
        return found

    def _counts_as(self, organ: int, day: date | None) -> int:
        while day is None and (successor := self.places[organ].successor) is not None:
            organ = successor
        return organ

    def below(self, top: int | None, day: date | None) -> dict[int, int]:
        """Each organ that stood below the top, or was it, with the one directly below the top through which it did.

        The top stands for itself. None: every organ, with the one at the root.
        """
        if top is None:
            return {organ: self.path(organ, day)[-1] for organ in self.places}
        top, found = self._counts_as(top, day), {}
        for organ in self.places:
            path = self.path(organ, day)
            if top in path:
                found[organ] = path[max(path.index(top) - 1, 0)]
        return found

    def divided(self, day: date | None) -> set[int]:
        """Organs below which others stood that are no bodies."""
        paths = [self.path(place.id, day) for place in self.places.values() if place.serves is None]
        return {path[1] for path in paths if len(path) > 1}

    def alone(self, organ: int, day: date | None) -> list[int]:
        """The organ, of today's also those that it succeeded."""
        if day is not None:
            return [organ]
        mine = self._counts_as(organ, day)
        return [one for one in self.places if self._counts_as(one, day) == mine]

    def days_from(self, day: date) -> list[date]:
        """That day, and each later one on which an organ was moved."""
        return [day, *sorted({move.day for place in self.places.values() for move in place.moves if move.day > day})]

    def as_json(self) -> list[dict[str, Any]]:
        """As a snapshot keeps it."""
        told = []
        for place in self.places.values():
            before = place.before.isoformat() if place.before else None
            moves = [[move.day.isoformat(), move.parent] for move in place.moves]
            told.append(asdict(place) | {"before": before, "moves": moves})
        return told

    @classmethod
    def from_json(cls, said: Sequence[Mapping[str, Any]]) -> Tree:
        """From a snapshot."""
        return cls(map(_place, said))


def _place(said: Mapping[str, Any]) -> Place:
    before = date.fromisoformat(said["before"]) if said["before"] else None
    moves = tuple(Move(date.fromisoformat(day), parent) for day, parent in said["moves"])
    return Place(**{**said, "before": before, "moves": moves})
