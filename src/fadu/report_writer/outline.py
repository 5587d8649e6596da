"""The report's outline: sections that the rooms write, parts that people write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from fadu.analytics.arithmetic import TWO, Precision

_FILE = Path(__file__).with_name("outline.yaml")


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    room: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part that people write as a fact of the report's case. asks: what the data prompt for it.

    says: a template of what the figures tell at its beginning. room: it stands at the end of that room's section, else
    in one of its own. optional: left out where nothing was written; others are printed as missing.
    """

    heading: str
    fact: str
    asks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    says: str = ""
    room: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class InPart:
    """How a report is made public of which not all may be read: the step, and the fact that is all of it."""

    step: str
    fact: str


@dataclass(frozen=True, slots=True)
class Written:
    """Where people write: cases of this system whose fact `day` is the last day of the year, not in these states.

    own: values of the fact `reporter` in an organ's own report; others are those of its bodies on themselves.
    paper: the signed report, whose number and day are printed. recipients, copies: roles of 主送 and 抄送机关.
    compiled_by: the step that takes the whole text, what the rooms say into the facts `measures`. in_part: how a part
    of it is made public, without the paper.
    """

    system: str
    day: str
    reporter: str
    own: tuple[str, ...]
    without: tuple[str, ...]
    parts: tuple[Part, ...]
    paper: str = ""
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    compiled_by: str = ""
    measures: tuple[str, ...] = ()
    in_part: InPart | None = None


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may ask of a published report: which figures by organ; fewest: smaller numbers are not told."""

    divided: tuple[str, ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class Outline:
    """lead, close: sentences before and after, with {organ} and {when}; plots: indicators shown month by month.

    title_of_part: of a report on a part of the year. rates: how they are printed.
    """

    title: str
    sections: tuple[Section, ...]
    title_of_part: str = ""
    rates: Precision = TWO
    lead: str = ""
    close: str = ""
    written: Written | None = None
    plots: tuple[str, ...] = ()
    public: Public | None = None


@cache
def outline() -> Outline:
    """The outline as the file has it."""
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Outline(
        title=said["title"],
        title_of_part=said["title_of_part"],
        rates=Precision(said["rates"]["digits"], said["rates"]["cut"]),
        sections=tuple(Section(**section) for section in said["sections"]),
        lead=said["lead"],
        close=said["close"],
        written=_written(said["written"]),
        plots=tuple(said["plots"]),
        public=Public(tuple(said["public"]["divided"]), said["public"]["fewest"]),
    )


def _written(said: dict[str, Any]) -> Written:
    parts = tuple(_part(part) for part in said["parts"])
    own, without = tuple(said["own"]), tuple(said["without"])
    lists = {name: tuple(said[name]) for name in ("recipients", "copies", "measures")}
    more = {"paper": said["paper"], "compiled_by": said["compiled_by"], **lists}
    in_part = InPart(**said["in_part"])
    return Written(said["system"], said["day"], said["reporter"], own, without, parts, **more, in_part=in_part)


def _part(said: dict[str, Any]) -> Part:
    lists = {name: tuple(said.get(name, ())) for name in ("asks", "figures")}
    says = said.get("says", "").strip()
    room, optional = said.get("room", ""), said.get("optional", False)
    return Part(said["heading"], said["fact"], **lists, says=says, room=room, optional=optional)
