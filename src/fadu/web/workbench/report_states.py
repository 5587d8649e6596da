"""The whole report as it was: its states by the record of its case, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_writer import Report
from fadu.report_writer.outline import Written, outline
from fadu.report_writer.published import words_of
from fadu.rules.procedure import Step
from fadu.web.shared.word_changes import Stretch, word_changes


@dataclass(frozen=True, slots=True)
class State:
    """The report after an act of its case."""

    event: models.Event

    @property
    def before(self) -> datetime:
        """The moment before which its acts and all others were recorded."""
        return self.event.recorded + timedelta(microseconds=1)


def states(s: Session, case: models.Case) -> list[State]:
    """Where its text was written or its way went on, the newest first; without what was taken back."""
    written, procedure = outline().written, access.procedure_of(s, case)
    events, gone = access.record(s, case)
    found = [event for event in events if event.position not in gone and event.reverses is None]
    steps = ((event, procedure.step(event.step)) for event in found)
    return [State(event) for event, step in steps if step and written and _matters(step, written)][::-1]


def _matters(step: Step, written: Written) -> bool:
    texts = {*written.measures, *(part.fact for part in written.parts)}
    return bool(step.to or step.issues or texts & {*step.takes, *step.may_take})


@dataclass(frozen=True, slots=True)
class Difference:
    """Paragraphs with words that changed, how many stayed, and the figures that came out otherwise."""

    lines: list[list[Stretch]]
    same: int
    figures: list[Moved]


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure on both sides; None where it was not counted. cases: its number stayed, what it counts did not."""

    name: str
    label: str
    then: str | None
    now: str | None

    @property
    def cases(self) -> bool:
        return self.then == self.now


def difference(then: Report, now: Report) -> Difference:
    """From the one to the other, word by word."""
    lines = word_changes(words_of(then.document.blocks), words_of(now.document.blocks))
    changed = [line for line in lines if any(piece.kind != "kept" for piece in line)]
    return Difference(changed, len(lines) - len(changed), list(_figures(then, now)))


def _figures(then: Report, now: Report) -> Iterator[Moved]:
    rates = outline().rates
    for name in dict.fromkeys((*now.figures, *then.figures)):
        old, new = then.figures.get(name), now.figures.get(name)
        if old and new and (old.printed(rates), old.cases) == (new.printed(rates), new.cases):
            continue
        label = next(one.indicator.label for one in (new, old) if one)
        yield Moved(name, label, old.printed(rates) if old else None, new.printed(rates) if new else None)
