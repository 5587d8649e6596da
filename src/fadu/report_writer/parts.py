"""The parts that people write, as they stand in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fadu.infra.official import Heading, Paragraph, Run, heading_level
from fadu.infra.official.model import Block
from fadu.report_writer.outline import Part

MISSING = "（本部分还没有撰写。）"
_BELOW = 2
"""The level of the headings that people write in a part."""
_FIGURE = re.compile(r"\d[\d.,]*")
_NUMBER = re.compile(r"^（[^（）]*）")


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One part as it stands; text: what was written, "" for nothing yet; case: where it is written."""

    part: Part
    text: str
    case: int | None

    def as_json(self) -> dict[str, object]:
        """As it is kept with the report."""
        return {"heading": self.part.heading, "fact": self.part.fact, "text": self.text, "case": self.case}


def blocks(one: WrittenPart) -> Iterator[Block]:
    """The words of a part with a heading of its own; one that is missing says so."""
    return map(_line, _lines(one.text) or [MISSING])


def without(text: str, opening: Iterable[str]) -> str:
    """The words of a part without the sentences that the house put before them when they were compiled.

    Those had the figures of their day, so figures are not compared.
    """
    said = {_FIGURE.sub("0", line) for line in opening}
    while said and _FIGURE.sub("0", text.partition("\n")[0].strip()) in said:
        text = text.partition("\n")[2].lstrip()
    return text


def added(one: WrittenPart) -> Iterator[Block]:
    """What people add to a section: the house numbers its headings with those of the room."""
    for block in map(_line, _lines(one.text)):
        yield replace(block, text=_NUMBER.sub("", block.text)) if isinstance(block, Heading) else block


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _line(line: str) -> Block:
    """（一）… begins a heading; everything else is a paragraph."""
    return Heading(_BELOW, line) if heading_level(line) == _BELOW else Paragraph((Run(line),))
