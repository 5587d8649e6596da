"""The flow picture: states from left to right by their distance from the opening, steps as arrows between them.

Every arrow has a place of its own at the left side of a box, with its label before it, so that no two labels meet:
arrows to the right at the box they lead to, arrows back at the box they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from fadu.rules.procedure import Procedure, State, Track

BOX_WIDTH = 116
BOX_HEIGHT = 40
GAP = 164
STRAIGHT = 112
PORT = 22
SPACE = 26
MARGIN = 12
LABEL = 9
START = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one state to another by these steps; taken: the case went this way."""

    origin: str
    target: str
    labels: tuple[str, ...]
    taken: bool

    @property
    def text(self) -> str:
        first = self.labels[0]
        short = first if len(first) <= LABEL else first[: LABEL - 1] + "…"
        return short if len(self.labels) == 1 else f"{short} 等{len(self.labels)}项"

    @property
    def full(self) -> str:
        return "、".join(self.labels)


@dataclass(slots=True)
class Box:
    """A state on the picture. ports: arrows at its left side, in order from above."""

    name: str
    label: str
    final: bool
    column: int
    visited: bool
    present: bool
    ports: list[Arrow] = field(default_factory=list)
    x: int = 0
    y: int = 0

    @property
    def height(self) -> int:
        return max(BOX_HEIGHT, PORT * len(self.ports) + 12)

    @property
    def width(self) -> int:
        return BOX_WIDTH

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def lines(self) -> list[tuple[str, int]]:
        """The label in one or two lines, each with its height on the picture."""
        if len(self.label) <= 8:
            return [(self.label, self.middle + 5)]
        half = -(-len(self.label) // 2)
        return [(self.label[:half], self.middle - 4), (self.label[half:], self.middle + 13)]

    @property
    def centre(self) -> int:
        return self.x + BOX_WIDTH // 2

    def port(self, arrow: Arrow) -> int:
        """Height of an arrow at the left side."""
        above = (self.height - PORT * len(self.ports)) // 2
        return self.y + above + PORT * self.ports.index(arrow) + PORT - 6


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as drawn: its path and where its label stands."""

    arrow: Arrow
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]
    start: tuple[int, int] | None

    @property
    def sentences(self) -> list[tuple[str, str, str]]:
        """The picture in words: (from, to, by which steps)."""
        names = {box.name: box.label for box in self.boxes}
        return [
            (names.get(line.arrow.origin, "（开始）"), names[line.arrow.target], line.arrow.full) for line in self.lines
        ]

    @property
    def present(self) -> str:
        return next((box.label for box in self.boxes if box.present), "")


# ---------------------------------------------------------------- of what


def of_procedure(procedure: Procedure, present: str = "", way: Iterable[str] = ()) -> Picture:
    """The main flow. way: the states that the case went through, in order."""
    taken = _pairs(way)
    steps: dict[tuple[str, str], list[str]] = {}
    for step in procedure.steps:
        if step.track is None and step.to is not None:
            for origin in step.at or ((None,) if step.opening else ()):
                steps.setdefault((origin.name if origin else START, step.to.name), []).append(step.label)
    return _draw(procedure.label, procedure.states, steps, present, taken)


def of_track(procedure: Procedure, track: Track) -> Picture:
    """The flow of one track."""
    steps: dict[tuple[str, str], list[str]] = {}
    for step in procedure.steps:
        if step.track == track and step.to is not None:
            for origin in step.at:
                steps.setdefault((origin.name, step.to.name), []).append(step.label)
    if track.agreed:
        after = track.signed or track.initial
        steps.setdefault((track.agreed.name, after.name), []).append("签发（办理该事项）")
    return _draw(track.label, procedure.track_states(track), steps, "", set())


def _pairs(way: Iterable[str]) -> set[tuple[str, str]]:
    states = [START, *way]
    return {(one, other) for one, other in pairwise(states) if one != other}


# ---------------------------------------------------------------- where


def _draw(
    title: str,
    states: Iterable[State],
    steps: Mapping[tuple[str, str], list[str]],
    present: str,
    taken: set[tuple[str, str]],
) -> Picture:
    states = list(states)
    arrows = [
        Arrow(origin, target, tuple(dict.fromkeys(labels)), (origin, target) in taken)
        for (origin, target), labels in steps.items()
        if origin != target
    ]
    columns = _columns(states, arrows)
    visited = {state for pair in taken for state in pair}
    boxes = {
        state.name: Box(
            state.name, state.label, state.final, columns[state.name], state.name in visited, state.name == present
        )
        for state in states
        if state.name in columns
    }
    _arrange(boxes, arrows)
    _give_ports(boxes, arrows)
    starts = any(arrow.origin == START for arrow in arrows)
    height = _place(boxes, MARGIN + (GAP - 40 if starts else 0))
    start = (MARGIN + 8, _start_height(boxes, arrows)) if starts else None
    lines = [_line(arrow, boxes, start) for arrow in arrows]
    width = max(box.x for box in boxes.values()) + BOX_WIDTH + MARGIN
    return Picture(title, width, height, list(boxes.values()), lines, start)


def _columns(states: list[State], arrows: list[Arrow]) -> dict[str, int]:
    """Distance from the opening; final states stand last."""
    first = [arrow.target for arrow in arrows if arrow.origin == START] or [states[0].name]
    columns = dict.fromkeys(first, 0)
    queue = list(columns)
    while queue:
        here = queue.pop(0)
        for arrow in arrows:
            if arrow.origin == here and arrow.target not in columns:
                columns[arrow.target] = columns[here] + 1
                queue.append(arrow.target)
    last = max((columns[s.name] for s in states if s.name in columns and not s.final), default=0)
    return {state.name: last + 1 if state.final else columns[state.name] for state in states if state.name in columns}


def _arrange(boxes: dict[str, Box], arrows: list[Arrow]) -> None:
    """Orders the boxes of each column by the middle of those they come from, so that fewer arrows cross."""
    place = {name: at for at, name in enumerate(boxes)}
    for column in sorted({box.column for box in boxes.values()}):
        here = [box for box in boxes.values() if box.column == column]

        def weight(box: Box) -> tuple[int, int]:
            before = [place[a.origin] for a in arrows if a.target == box.name and a.origin in place]
            mean = sum(before) * 1000 // len(before) if before else 0
            return mean, place[box.name]

        for at, box in enumerate(sorted(here, key=weight)):
            place[box.name] = at
    ordered = sorted(boxes.values(), key=lambda box: (box.column, place[box.name]))
    boxes_in_order = {box.name: box for box in ordered}
    boxes.clear()
    boxes.update(boxes_in_order)


def _give_ports(boxes: dict[str, Box], arrows: list[Arrow]) -> None:
    order = {name: at for at, name in enumerate(boxes)}
    for arrow in sorted(arrows, key=lambda a: order.get(a.origin, -1)):
        holder = boxes[arrow.target] if _ahead(arrow, boxes) else boxes[arrow.origin]
        holder.ports.append(arrow)


def _ahead(arrow: Arrow, boxes: Mapping[str, Box]) -> bool:
    return arrow.origin == START or boxes[arrow.origin].column < boxes[arrow.target].column


def _place(boxes: Mapping[str, Box], left: int) -> int:
    """Gives every box its place; columns stand in the middle of the tallest. Returns the height of all."""
    columns: dict[int, list[Box]] = {}
    for box in boxes.values():
        columns.setdefault(box.column, []).append(box)
    heights = {at: sum(b.height for b in column) + SPACE * (len(column) - 1) for at, column in columns.items()}
    tallest = max(heights.values())
    for at, column in columns.items():
        y = MARGIN + (tallest - heights[at]) // 2
        for box in column:
            box.x, box.y = left + at * (BOX_WIDTH + GAP), y
            y += box.height + SPACE
    return tallest + 2 * MARGIN


def _start_height(boxes: Mapping[str, Box], arrows: list[Arrow]) -> int:
    heights = [boxes[arrow.target].port(arrow) for arrow in arrows if arrow.origin == START]
    return sum(heights) // len(heights)


def _line(arrow: Arrow, boxes: Mapping[str, Box], start: tuple[int, int] | None) -> Line:
    target = boxes[arrow.target]
    if arrow.origin == START:
        assert start is not None
        y, bend = target.port(arrow), target.x - (STRAIGHT if abs(target.port(arrow) - start[1]) > 2 else 0)
        path = f"M{start[0] + 7} {start[1]} L{max(bend, start[0] + 9)} {y} L{target.x - 2} {y}"
        return Line(arrow, path, target.x - 10, y - 5)
    origin = boxes[arrow.origin]
    if origin.column < target.column:
        x1, y1, x2, y2 = origin.x + BOX_WIDTH, origin.middle, target.x, target.port(arrow)
        turn = x2 - STRAIGHT
        half = max((turn - x1) // 2, 20)
        path = f"M{x1} {y1} C{x1 + half} {y1} {turn - half} {y2} {turn} {y2} L{x2 - 2} {y2}"
        return Line(arrow, path, x2 - 10, y2 - 5)
    x1, y1 = origin.x, origin.port(arrow)
    turn = x1 - STRAIGHT
    if origin.column == target.column:
        y2 = target.y + (target.height - 5 if target.y < origin.y else 5)
        path = f"M{x1} {y1} L{turn + 20} {y1} C{turn - 16} {y1} {turn - 16} {y2} {turn + 20} {y2} L{target.x - 2} {y2}"
    else:
        x2, y2 = target.x + BOX_WIDTH, target.middle + 9
        half = max((turn - x2) // 2, 20)
        path = f"M{x1} {y1} L{turn} {y1} C{turn - half} {y1} {x2 + half} {y2} {x2 + 2} {y2}"
    return Line(arrow, path, x1 - 10, y1 - 5)
