"""What of the catalogue of systems and statistics is served by which declaration, and at what depth.

The catalogue is data (domains/catalogue.yaml); what a room serves it says in its coverage.yaml, by hand. A claim is
judged as far as a program can: the declarations and examples are there and belong together, and a row that is a
procedure is served by nothing less than gates, a period and a worked example. Whether it is true a person judges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from fadu.rules.errors import DeclarationError
from fadu.rules.procedure import Procedure, Step
from fadu.rules.registry import Room

FILE = "coverage.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"by", "examples", "lacks"}


class Kind(StrEnum):
    """What a row of the catalogue is."""

    PROCEDURE = "procedure"
    REGISTER = "register"
    ACTIVITY = "activity"
    STATISTIC = "statistic"


class Depth(StrEnum):
    """How a row is served, deepest first."""

    PROCEDURE = "procedure"
    REGISTER = "register"
    BOOK = "book"
    INDICATOR = "indicator"


class State(StrEnum):
    """How much of a row is served."""

    SERVED = "served"
    PART = "part"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row or a statistic of the catalogue."""

    id: str
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the catalogue with its rows and statistics."""

    number: int
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A room serves an entry by these declarations. lacks: what of the entry it does not do; empty: nothing."""

    room: str
    id: str
    by: tuple[str, ...]
    examples: tuple[str, ...]
    lacks: str
    depth: Depth


@dataclass(frozen=True, slots=True)
class Coverage:
    """The catalogue and everything that is claimed about it."""

    headings: tuple[Heading, ...]
    claims: tuple[Claim, ...]

    def of(self, entry: Entry) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.id == entry.id)

    def state(self, entry: Entry) -> State:
        claims = self.of(entry)
        if not claims:
            return State.MISSING
        return State.PART if all(claim.lacks for claim in claims) else State.SERVED

    def depth(self, entry: Entry) -> Depth | None:
        """The deepest way in which it is served, by whole claims before partial ones."""
        claims = self.of(entry)
        whole = [claim for claim in claims if not claim.lacks]
        depths = {claim.depth for claim in whole or claims}
        return next((depth for depth in Depth if depth in depths), None)


def read_catalogue(file: Path) -> tuple[Heading, ...]:
    """The headings with their entries, as the file orders them."""
    return tuple(
        Heading(
            heading["number"],
            heading["name"],
            tuple(Entry(row["id"], Kind(row["kind"]), row["name"]) for row in heading["rows"]),
        )
        for heading in _read(file)["headings"]
    )


def coverage(rooms: Iterable[Room], headings: Sequence[Heading]) -> Coverage:
    """What the rooms claim. Raises DeclarationError with every claim that does not hold."""
    kinds = {entry.id: entry.kind for heading in headings for entry in heading.entries}
    claims: list[Claim] = []
    faults: list[str] = []
    for room in rooms:
        claimed = _Claimed(room, kinds)
        claims += claimed.claims
        faults += claimed.faults
    if faults:
        raise DeclarationError("覆盖声明有误：" + "；".join(faults), todo=f"请修改有关目录中的 {FILE}。")
    return Coverage(tuple(headings), tuple(claims))


def _read(file: Path) -> Any:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise DeclarationError(f"{file.parent.name}/{file.name} 不是有效的 YAML：{error}") from error


def _twice(file: Path) -> list[str]:
    """Ids that a file has more than once; reading it keeps the last without a word."""
    node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    ids = Counter(key.value for key, _ in node.value) if node else Counter()
    return [id_ for id_, times in ids.items() if times > 1]


class _Claimed:
    """The claims of one room, and what is wrong with them."""

    def __init__(self, room: Room, kinds: Mapping[str, Kind]) -> None:
        self._room = room
        self._kinds = kinds
        self._systems: dict[str, list[Procedure]] = {}
        for procedure in room.procedures:
            self._systems.setdefault(procedure.system, []).append(procedure)
        self._registers = {register.name for register in room.registers}
        self._indicators = {indicator.name for indicator in room.indicators}
        self._told: dict[str, str] = {}
        self.claims: list[Claim] = []
        self.faults: list[str] = []
        file = room.folder / FILE
        claimed = (_read(file) if file.is_file() else None) or {}
        self.faults += (f"{room.name} {id_}：写了不止一次" for id_ in (_twice(file) if claimed else ()))
        for id_, said in claimed.items():
            found = list(self._add(str(id_), said))
            self.faults += (f"{room.name} {id_}：{fault}" for fault in found)

    def _add(self, id_: str, said: Any) -> Iterator[str]:
        """Keeps the claim if it holds; gives the faults if it does not."""
        kind = self._kinds.get(id_)
        if kind is None:
            yield "目录中没有这一项"
            return
        words = said if isinstance(said, dict) else {"by": said}
        if strange := set(words) - _WORDS:
            yield f"没有名为 {'、'.join(sorted(map(str, strange)))} 的项目"
            return
        by, examples = _names(words.get("by")), _names(words.get("examples"))
        lacks = str(words.get("lacks") or "")
        faults = list(self._figures(by) if kind is Kind.STATISTIC else self._systems_of(kind, by, examples))
        yield from faults
        if not faults:
            depth = next(depth for depth in Depth if depth in {self._depth(name) for name in by})
            self.claims.append(Claim(self._room.name, id_, by, examples, lacks, depth))

    def _figures(self, by: tuple[str, ...]) -> Iterator[str]:
        if not by:
            yield "没有写由哪个指标提供"
        yield from (f"没有声明指标 {name}" for name in by if name not in self._indicators)

    def _systems_of(self, kind: Kind, by: tuple[str, ...], examples: tuple[str, ...]) -> Iterator[str]:
        if not by:
            yield "没有写由哪个程序或者名录承担"
        unknown = [name for name in by if name not in self._systems and name not in self._registers]
        yield from (f"没有声明程序或者名录 {name}" for name in unknown)
        yield from self._examples(by, examples)
        if kind is Kind.PROCEDURE and not unknown and Depth.PROCEDURE not in {self._depth(name) for name in by}:
            yield "这一项是程序，承担它的声明没有条件或者没有期限"

    def _examples(self, by: tuple[str, ...], examples: tuple[str, ...]) -> Iterator[str]:
        """Every system has an example, and every example is one of a system that is named."""
        labels = {text.label: system for system in by for text in self._systems.get(system, ())}
        shown = set()
        for example in examples:
            if not (self._room.folder / "examples" / example).is_file():
                yield f"没有样例 {example}"
                continue
            told = self._procedure_of(example)
            if told not in labels:
                yield f"样例 {example} 是“{told}”的，不是所写程序的"
                continue
            shown.add(labels[told])
        yield from (f"程序 {system} 没有样例" for system in by if system in self._systems and system not in shown)

    def _procedure_of(self, example: str) -> str:
        if example not in self._told:
            self._told[example] = str(_read(self._room.folder / "examples" / example).get("程序"))
        return self._told[example]

    def _depth(self, name: str) -> Depth:
        """How deep a declaration of this room goes."""
        if name in self._registers:
            return Depth.REGISTER
        if name not in self._systems:
            return Depth.INDICATOR
        return Depth.PROCEDURE if any(map(_is_whole, self._systems[name])) else Depth.BOOK


def _is_whole(procedure: Procedure) -> bool:
    """A procedure has periods, and gates of its own beside those that every procedure has."""
    return bool(procedure.clocks or procedure.leads) and any(step.gates for step in procedure.steps if _is_own(step))


def _is_own(step: Step) -> bool:
    return step.does is None and not (step.track and step.track.per_step)


def _names(said: Any) -> tuple[str, ...]:
    return tuple(map(str, said)) if isinstance(said, list) else (str(said),) if said else ()
