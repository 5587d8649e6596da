"""A report as it was published: which figures its sentences print, known by the wording of the rooms' paragraphs.

Nothing is counted for that: the numbers are those of the text. Only what is divided among organs is counted anew, for
the figures that the outline opens to everybody, small numbers left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from fadu.analytics.figures import Period, compute_by
from fadu.analytics.whose import Whose
from fadu.infra.official import Run, plain
from fadu.infra.official.model import Block
from fadu.kernel import access
from fadu.report_writer.lint import template_of
from fadu.report_writer.outline import outline
from fadu.report_writer.paragraphs import bare_text, with_figures
from fadu.rules.indicators import Indicator, Median, Rate, Unit
from fadu.rules.registry import Registry

_MARK = re.compile("\ue000(.+?)\ue001")
_ANY = "\ue010"
"""Stands in a wording for the organ, the year and what else the house says by itself."""
_SHORT = "[^，。；]*?"
_PAUSE = re.compile("[。；\n]")
_SIGNS = re.compile(r"[\u4e00-\u9fff]")
_ENOUGH = 3
"""Signs of a wording before a figure that make it that figure's own."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of a text: from where to where it stands, and of which indicator it is."""

    start: int
    end: int
    name: str


@lru_cache(maxsize=64)
def printed(registry: Registry, text: str) -> tuple[Printed, ...]:
    """The figures of a published text in its order; what is worded otherwise than in the paragraphs is not known."""
    taken: dict[int, Printed] = {}
    place = 0
    for wording, name in _wordings(registry):
        found = wording.search(text, place) or wording.search(text)
        if found and found.start("figure") not in taken:
            start, place = found.start("figure"), found.end()
            taken[start] = Printed(start, found.end("figure"), name)
    return tuple(taken[start] for start in sorted(taken))


@cache
def _wordings(registry: Registry) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Before each figure of the report what stands there, in the order of the report."""
    said, rooms = outline(), {room.name: room for room in registry.rooms}
    found = (template_of(rooms[section.room]) for section in said.sections if section.room in rooms)
    sources = [template[0] for template in found if template]
    sources += [part.says for part in said.written.parts] if said.written else []
    return tuple(one for source in sources for one in _of_source(registry, source))


def _of_source(registry: Registry, source: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for line in bare_text(source, _ANY).replace("**", "").splitlines():
        pieces = _MARK.split(line)
        for at in range(1, len(pieces), 2):
            if lead := _lead(pieces, at):
                indicator = registry.indicator(pieces[at])
                yield re.compile(f"{lead}(?P<figure>{_number(indicator)})"), indicator.name


def _lead(pieces: Sequence[str], at: int) -> str:
    """What stands before a figure since the last full stop; with figures before it where that alone is too little."""
    lead = ""
    for here in range(at - 1, -1, -2):
        words = _PAUSE.split(pieces[here])[-1].lstrip("# ")
        lead = re.escape(words).replace(_ANY, _SHORT) + lead
        if len(_SIGNS.findall(lead)) >= _ENOUGH:
            return lead.removeprefix(_SHORT)
        if here == 0 or words != pieces[here].lstrip("# "):
            break
        lead = r"\d[^。；]{0,40}?" + lead
    return ""


def _number(indicator: Indicator) -> str:
    if isinstance(indicator, Rate) or indicator.unit is Unit.PERCENT:
        return r"\d+(?:\.\d+)?%"
    return rf"\d+(?:\.\d+)?余?{indicator.unit.value}"


# ---------------------------------------------------------------- on the page


@dataclass(frozen=True, slots=True)
class _Links:
    """The figures of a text by their number in it, each opening what it counts."""

    texts: Sequence[str]
    links: Sequence[str]

    def runs(self, mark: str, bold: bool) -> list[Run]:
        at = int(mark)
        return [Run(self.texts[at], bold, self.links[at], "figure")]


def marked(text: str, found: Sequence[Printed]) -> str:
    """The text with a mark in the place of each figure."""
    parts, place = [], 0
    for at, one in enumerate(found):
        parts += [text[place : one.start], f"\ue000{at}\ue001"]
        place = one.end
    return "".join([*parts, text[place:]])


def linked(blocks: Sequence[Block], text: str, found: Sequence[Printed], address: str) -> list[Block]:
    """The blocks of a marked text with its figures, which open the address with their name."""
    texts = [text[one.start : one.end] for one in found]
    links = _Links(texts, [address.format(one.name) for one in found])
    return [with_figures(block, links) for block in blocks]


def words_of(blocks: Sequence[Block]) -> str:
    """The bare text, a line for each heading and paragraph."""
    return "\n".join(getattr(block, "text", "") + plain(getattr(block, "runs", ())) for block in blocks)


# ---------------------------------------------------------------- among the organs


def divided(organ: int, period: Period, indicator: Indicator) -> list[tuple[str, int | None]]:
    """A figure among the organs below, the largest first; None for what is too small to be told. Read by the house.

    Nothing for a figure that the outline does not open, that does not add up, or that is one organ's. Where one number
    alone would be left out it could be reckoned from the others, so the next larger is left out with it.
    """
    public = outline().public
    if public is None or indicator.name not in public.divided or isinstance(indicator, Rate | Median):
        return []
    with access.session(None) as s:
        found = compute_by(s, s.registry, [indicator], period.since, period.before, "unit", Whose(organ))
        names = {place.id: place.name for place in access.tree(s).places.values()}
    if len(found) == 1:
        return []
    counted = {
        f"{names[unit]}（本级）" if unit == organ else names[unit]: figures[indicator.name].value or 0
        for unit, figures in found.items()
    }
    return left_out({name: number for name, number in counted.items() if number}, public.fewest)


def left_out(numbers: Mapping[str, int], fewest: int) -> list[tuple[str, int | None]]:
    """The numbers that may be told, the largest first."""
    ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    small = sum(number < fewest for _, number in ordered)
    hidden = small + 1 if small == 1 else small
    shown = len(ordered) - hidden
    return [(name, number if at < shown else None) for at, (name, number) in enumerate(ordered)]
