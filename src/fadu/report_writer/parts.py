"""The parts that people write: read from the report's case, put into the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from fadu.analytics.figures import Period
from fadu.infra.official import Heading, Paragraph, Run, heading_level
from fadu.infra.official.model import Block
from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_writer.outline import Part, Written

MISSING = "（本部分还没有撰写。）"
_BELOW = 2
"""The level of the headings that people write in a part."""


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One part as it stands; text: what was written, "" for nothing yet; case: where it is written."""

    part: Part
    text: str
    case: int | None

    def as_json(self) -> dict[str, object]:
        """As it is kept with the report."""
        return {"heading": self.part.heading, "fact": self.part.fact, "text": self.text, "case": self.case}


def read(s: Session, written: Written, organ: models.Organ, period: Period) -> list[WrittenPart]:
    """The parts, from the newest report on that year that the organ, or the body that reports for itself, has begun."""
    day = {f"facts__{written.day}": (period.before - timedelta(days=1)).isoformat()}
    own = Q(**{f"facts__{written.reporter}__in": written.own}, organ=organ)
    found = access.cases(s, system=written.system).filter(own if organ.serves_id is None else Q(body=organ), **day)
    case = found.exclude(state__in=written.without).order_by("-opened", "-pk").first()
    facts = case.facts if case else {}
    return [
        WrittenPart(part, str(facts.get(part.fact) or "").strip(), case.pk if case else None) for part in written.parts
    ]


def blocks(number: str, one: WrittenPart) -> Iterator[Block]:
    """The part in the document, under its number; one that is missing says so."""
    yield Heading(1, f"{number}、{one.part.heading}")
    lines = [line.strip() for line in one.text.splitlines() if line.strip()]
    for line in lines or [MISSING]:
        yield _line(line)


def _line(line: str) -> Block:
    """（一）…。 is a heading with what follows its first sentence; everything else a paragraph."""
    if heading_level(line) != _BELOW:
        return Paragraph((Run(line),))
    head, stop, rest = line.partition("。")
    return Heading(_BELOW, head + stop, (Run(rest),) if rest else ())
