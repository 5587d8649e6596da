"""What people write in a report, where it stands: kept as a draft of one's own, then entered by a step of its case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fadu.kernel import access, acts, desk, ledger, models
from fadu.kernel.access import Session
from fadu.kernel.acts import Request
from fadu.kernel.desk_models import Draft
from fadu.kernel.offers import Offer
from fadu.report_writer import chips
from fadu.report_writer.carried import carried
from fadu.report_writer.chips import Bare
from fadu.report_writer.outline import outline
from fadu.report_writer.parts import WrittenPart
from fadu.report_writer.prompts import Prompt
from fadu.report_writer.span import Span
from fadu.rules.errors import BadInput, NotFound, Refusal
from fadu.rules.procedure import Step
from fadu.web.shared.word_changes import Stretch, word_changes

BOX = "f-"
"""With what the box of a fact in a form begins, under which a draft keeps it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where people write. text: what stands in its box, a draft or what is in the report.

    step: by which it is entered now, if this person may; bare: sentences of the report's text with figures of unknown
    origin; last: what was written there a year before.
    """

    one: WrittenPart
    text: str
    drafted: bool
    step: Step | None
    bare: list[Bare]
    last: str
    prompts: list[Prompt]
    refusal: Refusal | None = None

    @property
    def fact(self) -> str:
        return self.one.part.fact

    @property
    def opens(self) -> bool:
        """Whether it waits for somebody who may write."""
        waits = not self.one.text and not self.one.part.optional
        return self.step is not None and bool(waits or self.drafted or self.refusal)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody wrote into a place and was not taken; without a refusal he is still writing."""

    fact: str
    text: str
    refusal: Refusal | None = None


def entering(ready: Sequence[Offer], fact: str) -> Step | None:
    """The step, among those that can be done now, that takes this fact, asks for nothing else and moves nothing."""
    steps = (one.step for one in ready if one.about is None)
    return next((one for one in steps if fact in (*one.takes, *one.may_take) and _takes_only(one, fact)), None)


def _takes_only(step: Step, fact: str) -> bool:
    asks = set(step.takes) - {fact} or step.parties or step.items or step.outcomes or step.issues
    return not (asks or step.to or step.track or step.agreed or step.does or step.opens)


def compiling(offered: Sequence[Offer]) -> Step | None:
    """The step, among those offered, by which the whole text is entered as it stands."""
    written = outline().written
    return next((one.step for one in offered if written and one.step.name == written.compiled_by), None)


def last_year(s: Session, organ: models.Organ, days: Span) -> dict[str, str]:
    """What was written in the report of the year before, by fact."""
    end = days.year_end.replace(year=days.year - 1)
    return {one.part.fact: one.text for one in carried(s, outline().written, organ, Span(end.year, end)).parts}


def box_of(draft: Draft | None, fact: str) -> str | None:
    """What a draft keeps for a place."""
    typed = draft.typed.get(BOX + fact) if draft else None
    return str(typed[-1]) if typed else None


# ---------------------------------------------------------------- keeping and entering


@dataclass(frozen=True, slots=True)
class Pen:
    """One place in the hand of somebody who may write there now."""

    s: Session
    case: models.Case
    step: Step
    fact: str

    def keep(self, text: str | None) -> None:
        """Keeps the words as a draft beside those of other places; None: throws them away."""
        desk.keep_box(self.s, self.case, self.step.name, BOX, self.fact, text)

    def enter(self, text: str, position: int, key: str) -> None:
        """The act. Raises BadInput for nothing, and for a figure that nobody could say later where it is from."""
        if not text.strip():
            raise BadInput({self.fact: "还没有写"})
        if found := chips.bare(text, chips.names(self.s.registry)):
            raise BadInput({f"{self.fact}-{at}": str(one) for at, one in enumerate(found)})
        values = {self.fact: text}
        acts.perform(self.s, self.case.pk, Request(self.step.name, values, key=key or None, position=position))
        self.keep(None)


def pen(s: Session, case: models.Case | None, ready: Sequence[Offer], fact: str) -> Pen:
    """Raises NotFound for a place that is none, or not for this person, or not now."""
    step = entering(ready, fact) if case and fact in _facts() else None
    if case is None or step is None:
        raise NotFound("可以撰写的部分")
    return Pen(s, case, step, fact)


def _facts() -> Iterator[str]:
    written = outline().written
    yield from (one.fact for one in written.parts) if written else ()


def case_of(s: Session, parts: Sequence[WrittenPart]) -> models.Case | None:
    """The case in which these parts are written."""
    number = next((one.case for one in parts if one.case), None)
    return access.case(s, number) if number else None


# ---------------------------------------------------------------- versions


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a place: the act that entered it, its words, and how they differ from those before."""

    event: models.Event
    text: str
    lines: list[list[Stretch]]
    taken_back: bool


def versions(s: Session, case: models.Case, fact: str) -> list[Version]:
    """Every wording that the record of the case has, the newest first."""
    seen, gone = access.record(s, case)
    events = {event.position: event for event in seen}
    found: list[Version] = []
    for recorded in ledger.read(case.stream_id or 0):
        said = [one["value"] for one in recorded.operations if one["op"] == "fact" and one["name"] == fact]
        if said and recorded.position in events:
            before = found[-1].text if found else ""
            text = str(said[-1] or "")
            back = recorded.position in gone
            found.append(Version(events[recorded.position], text, word_changes(before, text), back))
    return found[::-1]
