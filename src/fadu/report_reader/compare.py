"""Several reports side by side: one measure over places and periods, only where its definition is the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePath

from fadu.report_reader.model import Claim, Kind, Reading, Verdict
from fadu.rules.coverage import read_catalogue

LEAST_WORDS = 4
_WHOLE_YEAR = re.compile(r"(\d{4})-01/\1-12")
_BODY = re.compile(r"(?:委员会|仲裁委|人大|政协|法院|检察院)$")
_TENTH = Decimal("0.1")


class State(StrEnum):
    """What a place prints of a measure. Only exact numbers are ranked and compared."""

    EXACT = "exact"
    INEXACT = "inexact"
    SEVERAL = "several"
    OTHER = "other"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    State.EXACT: "",
    State.INEXACT: "约数，不参加排列",
    State.SEVERAL: "文中有几个不同的数，没有采用",
    State.OTHER: "印出的是另一对象的数",
    State.MISSING: "没有印出这一口径的数",
}


class Extent(StrEnum):
    """Of whom a figure is: of a place with all below it, of its government alone, or not said."""

    WHOLE = "whole"
    OWN = "own"
    UNSAID = "unsaid"


EXTENT_LABELS = {Extent.WHOLE: "全区、全市", Extent.OWN: "本级", Extent.UNSAID: "未说明"}


def extent_label(extent: str) -> str:
    """For people; a body is called what it is."""
    return EXTENT_LABELS[Extent(extent)] if extent in set(Extent) else extent


@dataclass(frozen=True, slots=True)
class Source:
    """A figure where it stands. report: its place among those compared, since files may have the same name."""

    report: int
    file: str
    claim: Claim


@dataclass(slots=True)
class Cell:
    """One measure of one place in one period. change: against the period a year before; change_percent: to a tenth.

    others: the extents in which the place prints the measure, where that is not this one.
    """

    place: str
    period: str
    state: State
    sources: list[Source] = field(default_factory=list)
    value: Decimal | None = None
    rank: int | None = None
    ranked: int = 0
    change: Decimal | None = None
    change_percent: Decimal | None = None
    others: tuple[str, ...] = ()


@dataclass(slots=True)
class Measure:
    """Figures with one definition. indicator: of the catalogue; else name and unit are the same words."""

    id: str
    name: str
    unit: str
    extent: str
    indicator: str | None
    cells: list[Cell] = field(default_factory=list)

    @property
    def periods(self) -> list[str]:
        return sorted({cell.period for cell in self.cells})

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(cell.place for cell in self.cells))

    @property
    def printed(self) -> int:
        return sum(cell.value is not None for cell in self.cells)

    def cell(self, place: str, period: str) -> Cell | None:
        return next((one for one in self.cells if (one.place, one.period) == (place, period)), None)


@dataclass(frozen=True, slots=True)
class Report:
    """One of the reports that are compared."""

    file: str
    place: str
    year: int | None
    title: str


@dataclass(slots=True)
class Comparison:
    """The measures that the reports share, those of most places first."""

    reports: list[Report]
    measures: list[Measure]

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(one.place for one in self.reports))


Key = tuple[str, str, str]
"""Indicator or name, unit, extent."""
At = tuple[str, str]
"""Place and period."""
Found = dict[Key, dict[At, list[Source]]]


def compare(readings: Sequence[tuple[str, Reading]]) -> Comparison:
    """Compares reports, each with the name of its file. A measure is there when two of them print it."""
    reports = [
        Report(file, one.meta.place or PurePath(file).stem, one.meta.year, one.meta.title) for file, one in readings
    ]
    found: Found = {}
    for number, (report, (_, reading)) in enumerate(zip(reports, readings, strict=True)):
        for key, claims in _measures(reading, report.place).items():
            for claim in claims:
                at = (report.place, _period(claim))
                found.setdefault(key, {}).setdefault(at, []).append(Source(number, report.file, claim))
    measures = [_measure(key, found, reports) for key, cells in found.items() if _shared(cells)]
    measures.sort(key=lambda one: (-one.printed, one.indicator is None, one.name))
    return Comparison(reports, measures)


@cache
def indicator_names() -> dict[str, str]:
    """What the catalogue calls its statistics."""
    headings = read_catalogue(Path(__file__).parents[1] / "domains" / "catalogue.yaml")
    return {entry.id: entry.name for heading in headings for entry in heading.entries}


def _shared(cells: dict[At, list[Source]]) -> bool:
    return len({source.report for sources in cells.values() for source in sources}) > 1


def _period(claim: Claim) -> str:
    whole = _WHOLE_YEAR.fullmatch(claim.period)
    return whole[1] if whole else claim.period


# ---------------------------------------------------------------- one definition


def _measures(reading: Reading, place: str) -> dict[Key, list[Claim]]:
    """Figures by definition. A figure that is part of another of the same definition is left to it."""
    found: dict[Key, list[Claim]] = {}
    for claim in reading.claims:
        if claim.period and (key := _key(claim, place)):
            found.setdefault(key, []).append(claim)
    parts = _parts(reading)
    for key, claims in found.items():
        same = {one.id for one in claims}
        found[key] = [one for one in claims if not parts.get(one.id, set()) & same] or claims
    return found


def _key(claim: Claim, place: str) -> Key | None:
    """Indicator, or name and unit; and the extent. None for a name that is too short to mean one thing."""
    extent = extent_of(claim.subject, place)
    if claim.indicator:
        return (claim.indicator, "%" if claim.unit in ("%", "‰") else "", extent)
    if len(claim.measure.rpartition("-")[2]) < LEAST_WORDS:
        return None
    return (claim.measure.replace(place, ""), claim.unit, extent)


def extent_of(subject: str, place: str) -> str:
    """The kind of body a figure is of; one that is neither the place nor its government by what it is."""
    if not subject:
        return Extent.UNSAID
    if "本级" in subject:
        return Extent.OWN
    if subject.startswith(("全", "各级")):
        return Extent.WHOLE
    body = _BODY.search(subject)
    return body[0] if body else subject.removeprefix(place)


def _parts(reading: Reading) -> dict[str, set[str]]:
    """For each figure the totals that it is part of."""
    found: dict[str, set[str]] = {}
    for one in reading.relations:
        if one.kind in (Kind.SUM, Kind.BOUND) and one.verdict is not Verdict.UNVERIFIABLE:
            for part in one.claims[1:]:
                found.setdefault(part, set()).add(one.claims[0])
    return found


# ---------------------------------------------------------------- one measure


def _measure(key: Key, found: Found, reports: list[Report]) -> Measure:
    cells = found[key]
    claims = [source.claim for sources in cells.values() for source in sources]
    indicator = claims[0].indicator
    unit = Counter(one.unit for one in claims).most_common(1)[0][0]
    name = indicator_names().get(indicator, indicator) if indicator else key[0]
    measure = Measure("|".join(key), name, unit, key[2], indicator)
    measure.cells = [_cell(*at, sources) for at, sources in cells.items()]
    measure.cells += (_absent(*at, key, found) for at in _missing(set(cells), reports))
    order = list(dict.fromkeys(one.place for one in reports))
    measure.cells.sort(key=lambda cell: (order.index(cell.place), cell.period))
    _rank(measure)
    _change(measure)
    return measure


def _cell(place: str, period: str, sources: list[Source]) -> Cell:
    claims = [one.claim for one in sources]
    if len({(one.value, one.high) for one in claims}) > 1:
        return Cell(place, period, State.SEVERAL, sources)
    inexact = any(one.approx or one.high is not None for one in claims)
    return Cell(place, period, State.INEXACT if inexact else State.EXACT, sources, claims[0].value)


def _absent(place: str, period: str, key: Key, found: Found) -> Cell:
    """Nothing of this extent; the others in which the place prints the measure for that year."""
    others = sorted(
        other[2]
        for other, cells in found.items()
        if other[:2] == key[:2] and any(at[0] == place and at[1][:4] == period[:4] for at in cells)
    )
    return Cell(place, period, State.OTHER if others else State.MISSING, others=tuple(others))


def _missing(found: set[At], reports: list[Report]) -> Iterable[At]:
    """Places whose report of a year does not print what another place prints for that year or a part of it."""
    for period in sorted({period for _, period in found}):
        for place in dict.fromkeys(one.place for one in reports if str(one.year) == period[:4]):
            if not any(at[0] == place and at[1][:4] == period[:4] for at in found):
                yield place, period


def _rank(measure: Measure) -> None:
    """The largest first; equal numbers share a rank. A rank is a place in the list, not a judgement."""
    for period in measure.periods:
        exact = [cell for cell in measure.cells if cell.period == period and cell.state is State.EXACT]
        if len(exact) > 1:
            for cell in exact:
                cell.rank = 1 + sum((other.value or 0) > (cell.value or 0) for other in exact)
                cell.ranked = len(exact)


def _change(measure: Measure) -> None:
    exact = {(cell.place, cell.period): cell.value for cell in measure.cells if cell.state is State.EXACT}
    for cell in measure.cells:
        before = exact.get((cell.place, _year_before(cell.period)))
        if cell.state is State.EXACT and cell.value is not None and before is not None:
            cell.change = cell.value - before
            if before and measure.unit not in ("%", "‰"):
                cell.change_percent = (cell.change * 100 / before).quantize(_TENTH, ROUND_HALF_UP)


def _year_before(period: str) -> str:
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), period)
