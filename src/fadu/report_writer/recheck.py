"""A kept report against the record of today: sentences whose figures no longer hold, and what came in or went out.

What was behind a figure is read from the report's snapshot, else from the record as it stood when the report was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fadu.analytics import snapshot
from fadu.analytics.arithmetic import Precision
from fadu.analytics.figures import Figure, Part, Period, cases, compute
from fadu.analytics.snapshot import SnapshotBroken
from fadu.analytics.whose import Whose
from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.report_writer.kept import rates_of
from fadu.report_writer.provenance import link_of
from fadu.report_writer.whose import all_seen, organ_of
from fadu.rules.errors import NotFound
from fadu.rules.indicators import Indicator, Rate


@dataclass(frozen=True, slots=True)
class Moved:
    """What is behind a figure on one side only; unseen: how many more, which the session may not see."""

    rows: tuple[models.Case | models.RegisterEntry, ...] = ()
    unseen: int = 0

    def __bool__(self) -> bool:
        return bool(self.rows or self.unseen)


@dataclass(frozen=True, slots=True)
class Broken:
    """A figure that no longer comes out as printed: its text then and now, and the sentences it stands in.

    The text may be the same while other cases are behind it. link: where the figure of today opens its cases, None
    for an indicator that is gone. known: whether what was behind it then could be told; came, went: empty otherwise.
    """

    name: str
    label: str
    then: str
    now: str
    sentences: tuple[str, ...]
    redefined: bool = False
    link: str | None = None
    known: bool = False
    came: Moved = Moved()
    went: Moved = Moved()


def recheck(s: Session, printed: Mapping[str, Any]) -> list[Broken]:
    """The figures of a report that would come out otherwise today, or from other cases. Changes nothing.

    Raises what `organ_of` raises.
    """
    organ = organ_of(s, printed["organ"]["id"])
    rates = rates_of(printed)
    whose = Whose(organ.pk, printed["organs"] == "today")
    found = [broken for entry in printed["figures"] if (broken := _gone(s, entry))]
    for period, entries in _printed(s, printed).items():
        all_seen(s, whose, period)
        indicators = [s.registry.indicator(entry["name"]) for entry in entries]
        today = compute(s, s.registry, indicators, period.since, period.before, whose)
        changed = [entry for entry in entries if _differs(entry, today[entry["name"]], rates)]
        found += [_broken(s, printed, entry, today[entry["name"]]) for entry in changed]
    return found


def _printed(s: Session, printed: Mapping[str, Any]) -> dict[Period, list[dict[str, Any]]]:
    """What the report prints of indicators that are there today, for its year and for the year before."""
    found: dict[Period, list[dict[str, Any]]] = {}
    for entry in printed["figures"]:
        if s.registry.declared(entry["name"]):
            found.setdefault(_period(printed["period"]), []).append(entry)
            if last := entry.get("last"):
                told = {**entry, **last, "label": f"上年{entry['label']}"}
                found.setdefault(_period(last["period"]), []).append(told)
    return found


def _period(said: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(said["from"]), date.fromisoformat(said["before"]))


def by_sentence(broken: Iterable[Broken]) -> dict[str, list[Broken]]:
    """The sentences that no longer hold, each with its figures; under "" what only decides whether one is there."""
    found: dict[str, list[Broken]] = {}
    for one in broken:
        for sentence in one.sentences or ("",):
            found.setdefault(sentence, []).append(one)
    return found


def name_of(row: models.Case | models.RegisterEntry) -> str:
    """A case by its number, an entry by its key."""
    return row.key if isinstance(row, models.RegisterEntry) else row.number or f"案件{row.pk}"


def _differs(entry: Mapping[str, Any], now: Figure, rates: Precision) -> bool:
    return (now.cases, now.printed(rates)) != (entry["cases"], entry["text"])


def _gone(s: Session, entry: Mapping[str, Any]) -> Broken | None:
    if s.registry.declared(entry["name"]):
        return None
    return Broken(entry["name"], entry["label"], entry["text"], "指标已取消", tuple(entry["sentences"]))


def _broken(s: Session, printed: Mapping[str, Any], entry: Mapping[str, Any], now: Figure) -> Broken:
    then = _then(s, printed, entry["cases"], now)
    return Broken(
        now.name,
        entry["label"],
        entry["text"],
        now.printed(rates_of(printed)),
        tuple(dict.fromkeys(entry["sentences"])),
        redefined=(now.definition, now.indicator.reach) != (entry["definition"], entry["reach"]),
        link=link_of(now),
        known=then is not None,
        **_moved(s, now, then) if then is not None else {},
    )


# ---------------------------------------------------------------- what was behind it

Parts = list[set[int]]


def _parts(indicator: Indicator) -> Sequence[Part | None]:
    return ("numerator", "denominator") if isinstance(indicator, Rate) else (None,)


def _then(s: Session, printed: Mapping[str, Any], digest: str, now: Figure) -> Parts | None:
    """The ids behind the printed figure, if they can be found again: their digest must be the printed one."""
    if printed["snapshot"] is not None:
        return _on_snapshot(printed["snapshot"], digest, now)
    made = datetime.fromisoformat(printed["recorded_before"] or printed["made"])
    # the printed moment is cut to whole seconds
    for moment in (made, made + timedelta(seconds=1)):
        found = compute(
            s, s.registry, [now.indicator], now.period.since, now.period.before, now.whose, recorded_before=moment
        )
        if found[now.name].cases == digest:
            return [_ids(s, now, part, moment) for part in _parts(now.indicator)]
    return None


def _on_snapshot(said: Mapping[str, str], digest: str, now: Figure) -> Parts | None:
    try:
        kept = snapshot.find(said["id"])
        if kept.digest != said["sm3"] or not snapshot.countable(kept, now.indicator):
            return None
        figures = snapshot.compute_on(kept, [now.indicator], now.period.since, now.period.before, now.whose)
        if figures[now.name].cases != digest:
            return None
        parts = _parts(now.indicator)
        return [set(snapshot.cases_on(kept, now.indicator, now.period, now.whose, part)) for part in parts]
    except (NotFound, SnapshotBroken):
        return None


def _ids(s: Session, now: Figure, part: Part | None, moment: datetime | None = None) -> set[int]:
    period = now.period
    return set(cases(s, s.registry, now.indicator, period.since, period.before, now.whose, moment, part))


def _moved(s: Session, now: Figure, then: Parts) -> dict[str, Moved]:
    today = [_ids(s, now, part) for part in _parts(now.indicator)]
    came = set[int]().union(*(after - before for before, after in zip(then, today, strict=True)))
    went = set[int]().union(*(before - after for before, after in zip(then, today, strict=True)))
    return {"came": _seen(s, now.indicator.source, came), "went": _seen(s, now.indicator.source, went)}


def _seen(s: Session, source: str, ids: set[int]) -> Moved:
    """Those among them that the session sees, within its rights; of the others only how many."""
    rows: list[models.Case | models.RegisterEntry]
    if source in s.registry.systems:
        rows = list(access.cases(s, system=source).filter(pk__in=ids).order_by("opened", "pk"))
    else:
        rows = list(access.entries(s, source).filter(pk__in=ids).order_by("since", "pk"))
    return Moved(tuple(rows), len(ids) - len(rows))
