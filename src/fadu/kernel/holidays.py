"""Loads a holiday notice into the house and re-dates the running periods it moves, as acts of the calendar.

Each case whose days change gets one event under one act id, in a transaction of its own; no other case is touched.
What was interrupted is finished by running it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from fadu.kernel import access, house, models, store
from fadu.kernel.access import Session
from fadu.kernel.house_calendar import REGISTER, kept, key_of, merged, own_notices
from fadu.kernel.ledger import Deed
from fadu.kernel.timekeeping import Env, running
from fadu.rules import clocks
from fadu.rules.casefile import REDATING, apply, note, put
from fadu.rules.errors import Refusal
from fadu.rules.facts import Audience
from fadu.rules.holiday_files import Notice, content_of, days_of
from fadu.rules.procedure import SYSTEM

LABEL = "按放假通知重算期限"
CHUNK = 2000
FIELDS = ("case_id", "key", "data", "due", "lapses_after", "stopped", "lapsed", "provisional", "digest")

Tick = Callable[[int, int], None]
"""Told after each case: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Days:
    """The two days of a period: the one that counts for lights, and the last day by law."""

    due: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """One period that a notice gives other days. number: of the case, or its title while it has none."""

    case: int
    number: str
    key: str
    clock: str
    old: Days
    new: Days


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a notice did, or would do.

    new: the register did not have it in this form; moved: running periods that were re-dated; settled: how many
    others are no longer provisional, their days unchanged; ended: periods that had already run out or been
    answered, and whose end the notice puts in another light: nothing is undone, a person has to look at them.
    """

    new: bool
    moved: list[Change]
    settled: int
    ended: list[Change]


@dataclass(slots=True)
class _Found:
    """What a look over all periods found. stale: cases with a row to be written anew."""

    moved: list[Change]
    stale: dict[int, int]
    ended: list[Change]


# ---------------------------------------------------------------- the notice


def check(s: Session, notice: Notice) -> None:
    """Refuses a notice that contradicts those in force, or that would never hold here."""
    if notice.place and not (s.env.place or "").startswith(notice.place):
        here = f"本机关所在地是“{s.env.place}”" if s.env.place else "本机关没有设置所在地（FADU_PLACE）"
        raise Refusal(f"{here}，“{notice.place}”的放假规定在这里不适用。", todo="请核对 --place 和 FADU_PLACE。")
    if notice.place:
        return
    days = days_of(notice)
    for other in s.env.calendar.notices:
        if other.place is None and other.year != notice.year and (twice := sorted(days & days_of(other))):
            told = "、".join(map(str, twice))
            raise Refusal(
                f"{notice.source}与{other.year}年的通知（{other.source}）都规定了{told}。",
                todo="请对照通知原文核对日期和年份。",
            )


def load(
    notice: Notice, *, officer: int | None = None, at: datetime | None = None, rehearse: bool = False,
    tick: Tick | None = None,
) -> Outcome:  # fmt: skip
    """Enters a notice in the register and re-dates what it moves; rehearse: tells what would happen, changes nothing.

    Safe to run twice: the second time nothing is written. Raises Refusal, NotAllowed.
    """
    with access.session(officer, at) as s:
        check(s, notice)
        content = content_of(notice)
        new = kept(key_of(notice)) != content
        if not rehearse and new:
            house.put_entry(s, REGISTER, key_of(notice), content, since=s.today)
    return replace(_run(notice.source, officer, at, notice if rehearse else None, tick), new=new)


def redate(*, at: datetime | None = None, rehearse: bool = False, tick: Tick | None = None) -> Outcome:
    """Re-dates what the notices in force move, after an upgrade brought one or a load was interrupted."""
    with access.session(None, at) as s:
        calendar = s.env.calendar
        newest = calendar.notice(calendar.years[-1])
    return _run(newest.source, None, at, newest if rehearse else None, tick)


def _run(source: str, officer: int | None, at: datetime | None, rehearsed: Notice | None, tick: Tick | None) -> Outcome:
    """rehearsed: look only, as if this notice were in force."""
    with access.session(None, at) as s:
        env = s.env
        if rehearsed:
            env = replace(env, calendar=merged((*own_notices(), rehearsed), env.place))
        found = _look(s, env)
    if rehearsed is None:
        found.moved = list(_redate(found.stale, source, officer, at, tick))
    return Outcome(False, found.moved, sum(found.stale.values()) - len(found.moved), found.ended)


# ---------------------------------------------------------------- the periods


def _look(s: Session, env: Env) -> _Found:
    """Every running period, and the ended ones that were provisional, under the calendar given."""
    found = _Found([], {}, [])
    rows = models.Clock.objects.filter(Q(stopped=None) | Q(provisional=True)).order_by("case_id", "order")
    for row in rows.values("case__number", "case__title", *FIELDS).iterator(chunk_size=CHUNK):
        reckoned = clocks.reckon(running(row["data"], env), env.calendar)
        if row["stopped"] is not None or row["lapsed"] is not None:
            found.ended += [_change(row, reckoned)] if _another_light(row, reckoned) else []
            continue
        if _is_stale(row, reckoned):
            found.stale[row["case_id"]] = found.stale.get(row["case_id"], 0) + 1
            found.moved += [_change(row, reckoned)] if _moves(row, reckoned) else []
    return found


def _moves(row: dict[str, Any], reckoned: clocks.Reckoned) -> bool:
    return (row["due"], row["lapses_after"]) != (reckoned.due, reckoned.lapses_after)


def _is_stale(row: dict[str, Any], reckoned: clocks.Reckoned) -> bool:
    return _moves(row, reckoned) or (row["provisional"], row["digest"]) != (reckoned.provisional, reckoned.digest)


def _another_light(row: dict[str, Any], reckoned: clocks.Reckoned) -> bool:
    """A lapse that took effect on another day than it should have; an answer that is late now, or no longer is."""
    if row["lapsed"] is not None:
        return bool(row["lapses_after"] != reckoned.lapses_after)
    return row["due"] is not None and (row["stopped"] <= row["due"]) != reckoned.in_time(row["stopped"])


def _change(row: dict[str, Any], reckoned: clocks.Reckoned) -> Change:
    old, new = Days(row["due"], row["lapses_after"]), Days(reckoned.due, reckoned.lapses_after)
    number = row["case__number"] or row["case__title"]
    return Change(row["case_id"], number, row["key"], row["data"]["label"], old, new)


# ---------------------------------------------------------------- the acts of the calendar


def _redate(
    cases: Iterable[int], source: str, officer: int | None, at: datetime | None, tick: Tick | None
) -> Iterator[Change]:
    """One transaction for each case, all under one act id."""
    act, every = uuid4(), sorted(cases)
    for count, case in enumerate(every, start=1):
        with access.session(None, at) as s:
            yield from _redate_case(s, case, source, act, officer)
        if tick:
            tick(count, len(every))


def _redate_case(s: Session, case: int, source: str, act: UUID, officer: int | None) -> list[Change]:
    """Locks the case, looks again, writes its event; days that stay as they were need none."""
    loaded = store.load(case, None, None)
    if loaded is None:
        return []
    rows = models.Clock.objects.filter(case_id=case, stopped=None, lapsed=None).order_by("order")
    fresh = [
        (row, clocks.reckon(running(row["data"], s.env), s.env.calendar))
        for row in rows.values("case__number", "case__title", *FIELDS)
    ]
    stale = [(row, reckoned) for row, reckoned in fresh if _is_stale(row, reckoned)]
    moved = [_change(row, reckoned) for row, reckoned in stale if _moves(row, reckoned)]
    if not moved:
        for row, reckoned in stale:  # the basis alone: the days are confirmed, nothing happened to the case
            found = models.Clock.objects.filter(case_id=case, key=row["key"])
            found.update(provisional=reckoned.provisional, digest=reckoned.digest)
        return []
    operations = [put("clock", row["key"]) for row, _ in stale]
    operations.append(note(REDATING, {"notice": source, "clocks": list(map(_told, moved))}))
    apply(loaded.case, operations)
    role = "administrator" if officer else SYSTEM.name
    deed = Deed(act, REDATING, LABEL, Audience.PARTIES.value, None, officer, role, s.today)
    procedure = s.registry.procedure(loaded.case.system, loaded.case.version)
    store.write(s, loaded, procedure, deed, operations, None)
    return moved


def _told(change: Change) -> dict[str, Any]:
    """One period as the event's note keeps it."""
    days = {"old": change.old.due, "new": change.new.due, "ended": change.old.ends, "ends": change.new.ends}
    said = {word: day.isoformat() if day else None for word, day in days.items()}
    return {"clock": change.key, "label": change.clock} | said
