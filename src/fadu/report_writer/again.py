"""A kept report once more: each printed figure beside the one on its snapshot, the one today, and the acts between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.analytics import snapshot
from fadu.analytics.arithmetic import Precision
from fadu.analytics.figures import Figure, Part, Period, cases, compute
from fadu.analytics.snapshot import Snapshot, SnapshotBroken
from fadu.analytics.whose import Whose
from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_writer.kept import rates_of
from fadu.rules.errors import BadInput
from fadu.rules.indicators import Indicator, Median, Rate, Sum


@dataclass(frozen=True, slots=True)
class Since:
    """An act recorded after the snapshot was taken, in a case or on an entry that counts differently."""

    row: models.Case | models.RegisterEntry
    event: models.Event

    def __str__(self) -> str:
        event = self.event
        back = f"，撤回第{event.reverses}条" if event.reverses is not None else ""
        row = self.row
        name = f"条目{row.key}" if isinstance(row, models.RegisterEntry) else row.number or f"案件{row.pk}"
        return f"{name} 第{event.position}条 {event.happened.isoformat()} {event.label}{back}"


@dataclass(frozen=True, slots=True)
class Again:
    """One figure. kept, today: None where it can no longer be counted, and `reason` says why.

    other_cases: another set of cases is behind it today. redefined: its definition reads otherwise today.
    """

    name: str
    label: str
    printed: str
    kept: str | None
    today: str | None
    other_cases: bool
    redefined: bool
    acts: tuple[Since, ...]
    reason: str | None = None

    @property
    def holds(self) -> bool:
        """Printed as counted, and still so today, from the same cases."""
        return self.printed == self.kept == self.today and not self.other_cases


def again(s: Session, printed: Mapping[str, Any]) -> list[Again]:
    """Every figure of a kept report. Raises BadInput for a report that kept no snapshot, SnapshotBroken."""
    kept = _snapshot(printed)
    period = Period(*(date.fromisoformat(printed["period"][end]) for end in ("from", "before")))
    whose = Whose(printed["organ"]["id"], printed["organs"] == "today")
    wanted = [one for entry in printed["figures"] if (one := s.registry.declared(entry["name"]))]
    countable = [indicator for indicator in wanted if snapshot.countable(kept, indicator)]
    then = snapshot.compute_on(kept, countable, period.since, period.before, whose)
    now = compute(s, s.registry, wanted, period.since, period.before, whose)
    rates = rates_of(printed)
    return [
        _again(s, kept, entry, then.get(entry["name"]), now.get(entry["name"]), rates) for entry in printed["figures"]
    ]


def _snapshot(printed: Mapping[str, Any]) -> Snapshot:
    said = printed.get("snapshot")
    if not said:
        raise BadInput({"again": "这份报告生成时没有留存快照（--keep），不能在快照上重算"})
    kept = snapshot.find(said["id"])
    if kept.digest != said["sm3"]:
        raise SnapshotBroken(f"报告所记的快照 {kept.id} 与封存的不是同一份")
    return kept


def _again(
    s: Session, kept: Snapshot, entry: Mapping[str, Any], then: Figure | None, now: Figure | None, rates: Precision
) -> Again:
    name, label, text = entry["name"], entry["label"], entry["text"]
    if now is None:
        return Again(name, label, text, None, None, False, True, (), "指标已取消")
    redefined = (now.definition, now.indicator.reach) != (entry["definition"], entry["reach"])
    other, today = now.cases != entry["cases"], now.printed(rates)
    if then is None:
        return Again(name, label, text, None, today, other, redefined, (), "快照中没有所需的栏目")
    on_snapshot = then.printed(rates)
    acts = tuple(_since(s, kept, now)) if then.cases != now.cases or on_snapshot != today else ()
    return Again(name, label, text, on_snapshot, today, other, redefined, acts)


def _since(s: Session, kept: Snapshot, now: Figure) -> Iterator[Since]:
    """The acts since the snapshot in cases, or on entries, that count differently, one after another."""
    ids = _different(s, kept, now)
    length = snapshot.lengths(kept, now.indicator.source, ids)
    if kept.table(now.indicator.source).register:
        yield from _since_of_entries(s, now.indicator.source, length)
        return
    for case in access.cases(s).filter(pk__in=ids).order_by("opened", "pk"):
        for event in access.events(s, case):
            if event.position > length[case.pk]:
                yield Since(case, event)


def _since_of_entries(s: Session, register: str, length: Mapping[int, int]) -> Iterator[Since]:
    """A change ends a row and begins another, and is told once."""
    told = set()
    for entry in access.entries(s, register).filter(pk__in=length).order_by("since", "pk"):
        for event in access.events_of_entry(entry):
            if event.position > length[entry.pk] and event.pk not in told:
                told.add(event.pk)
                yield Since(entry, event)


def _different(s: Session, kept: Snapshot, now: Figure) -> set[int]:
    """Cases counted only then or only now; where cases weigh differently, also those counted both times."""
    found: set[int] = set()
    indicator, period = now.indicator, now.period
    for part in _parts(indicator):
        before = set(snapshot.cases_on(kept, indicator, period, now.whose, part))
        after = set(cases(s, s.registry, indicator, period.since, period.before, now.whose, part=part))
        found |= before | after if _weighs(indicator) else before ^ after
    return found


def _weighs(indicator: Indicator) -> bool:
    """Whether a case may add more than one to the figure."""
    counted = (indicator.numerator, indicator.denominator) if isinstance(indicator, Rate) else (indicator,)
    return any(isinstance(one, Median | Sum) or getattr(one, "of", None) is not None for one in counted)


def _parts(indicator: Indicator) -> Sequence[Part | None]:
    return ("numerator", "denominator") if isinstance(indicator, Rate) else (None,)
