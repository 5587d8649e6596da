"""通知 in words: for each case what others did and which light it turned to, what is due first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fadu.kernel import access, news
from fadu.kernel.access import Session
from fadu.kernel.news import Shown, Told
from fadu.rules import clocks
from fadu.rules.clocks import Light
from fadu.rules.errors import BadInput
from fadu.rules.procedure import PUBLIC, ROLES, SYSTEM
from fadu.web.shared.words import whole
from fadu.web.workbench import listing

MOST_OF_ONE = 3
"""Acts of one case that are told; of more, how many there are."""
TURNED = {Light.YELLOW: "转为黄灯", Light.RED: "转为红灯"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One act as a piece of news tells it."""

    told: Told
    text: str

    @property
    def silent(self) -> bool:
        return self.told.role == SYSTEM.name

    @property
    def online(self) -> bool:
        return self.told.role == PUBLIC.name


@dataclass(slots=True)
class Piece:
    """What is to be told of one case. turned: the light it turned to, with which day, as it is kept when read."""

    line: listing.Line
    happened: list[Happened] = field(default_factory=list)
    turned: str = ""

    @property
    def first(self) -> list[Happened]:
        return self.happened[:MOST_OF_ONE]

    @property
    def more(self) -> int:
        return len(self.happened[MOST_OF_ONE:])

    @property
    def turned_text(self) -> str:
        return TURNED[self.line.light] if self.turned else ""

    @property
    def shown(self) -> str:
        """How much this piece told, as its form sends it back."""
        position = max((one.told.position for one in self.happened), default=0)
        return f"{self.line.case.pk}:{position}:{self.turned}"


def lines(s: Session, *, read: bool = False) -> list[Piece]:
    """Those of the last days by case, turned lights before the newest acts; read: also what was marked as read."""
    told = news.told(s, read=read)
    turned = dict(_turned(s, read=read))
    ordered = dict.fromkeys([*turned, *(one.case for one in told)])
    found = {case.pk: Piece(listing.line(s, case)) for case in access.listed(s, ordered)}
    for one in told:
        if one.case in found:
            found[one.case].happened.append(Happened(one, _text(s, found[one.case].line, one)))
    for case, light in turned.items():
        if case in found:
            found[case].turned = light
    return list(found.values())


def _turned(s: Session, *, read: bool) -> Iterable[tuple[int, str]]:
    """Cases whose light is no longer green, with light and due day."""
    for case, due, told in news.lit(s, listing.first_green(s)):
        light = f"{clocks.light(due, s.today, s.env.calendar, s.env.thresholds).value} {due}"
        if read or light != told:
            yield case, light


def _text(s: Session, line: listing.Line, told: Told) -> str:
    """Who did what; of time, what it did."""
    procedure = s.registry.procedure(line.case.system, line.case.version)
    about = procedure.step(told.about) if told.about else None
    what = f"{told.label}：{about.label}" if about else told.label
    if told.role == SYSTEM.name:
        return what
    role = ROLES[told.role].label if told.role in ROLES else told.role
    return f"{told.actor}（{role}）{what}" if told.actor else f"{role}：{what}"


def by_system(s: Session, found: Iterable[Piece]) -> list[tuple[str, str, int]]:
    """Name, label and how many, in the order of the systems."""
    counted: dict[str, int] = {}
    for piece in found:
        counted[piece.line.case.system] = counted.get(piece.line.case.system, 0) + 1
    names = (name for name in s.registry.systems if name in counted)
    return [(name, s.registry.newest(name).label, counted[name]) for name in names]


def shown(given: Iterable[str]) -> Mapping[int, Shown]:
    """What a form says was told. Raises BadInput for what no page of ours sends."""
    found = {}
    for text in given:
        case, _, rest = text.partition(":")
        position, _, light = rest.partition(":")
        number, at = whole(case, 11), whole(position, 9)
        if number is None or at is None or len(light) > 20:
            raise BadInput({"shown": "这不是通知页上的内容，请刷新页面后再标记"})
        found[number] = Shown(at, light)
    return found
