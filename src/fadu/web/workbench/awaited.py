"""等待他人: in one's own cases, what somebody else has to do next: whose turn it is, since when, until when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import F, Model, QuerySet

from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.desk import owner
from fadu.kernel.models import Case, Clock, Link, Party, Track
from fadu.rules import clocks
from fadu.rules.clocks import Light
from fadu.rules.procedure import PartyRole, Procedure, Relation, Step
from fadu.rules.procedure import Track as DeclaredTrack
from fadu.web.shared.words import days_left
from fadu.web.workbench import listing

Row = TypeVar("Row", bound=Model)
Told = TypeVar("Told")
MOST = 50
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that somebody else has to do in a case, or in the case that it opened."""

    line: listing.Line
    who: str
    what: str
    since: date | None
    due: date | None
    light: Light
    left: str


def awaited(s: Session) -> list[Awaited]:
    """What is due first comes first; what has no day comes last, the longest waiting before."""
    found = [*_proposals(s), *_parties(s), *_opened(s)]
    return sorted(found, key=lambda one: (one.due or date.max, one.since or date.max, one.line.case.pk))


def first_of(rows: QuerySet[Row], told: Callable[[Row], Told | None], most: int) -> list[Told]:
    """What the first of ordered rows tell, as far as they tell anything; more are read where too few do."""
    read = 2 * most
    while True:
        some = list(rows[:read])
        found = [one for row in some if (one := told(row)) is not None]
        if len(found) >= most or len(some) < read:
            return found[:most]
        read *= 10


def _made(s: Session, line: listing.Line, who: str, what: str, since: date | None, due: date | None) -> Awaited:
    light = clocks.light(due, s.today, s.env.calendar, s.env.thresholds)
    return Awaited(line, who, what, since, due, light, days_left(due, s.today) if due else "")


# ---------------------------------------------------------------- proposals on their way


def agreement_tracks(s: Session) -> set[DeclaredTrack]:
    """The tracks on which proposals travel, of every text."""
    texts = (text for name in s.registry.systems for text in s.registry.versions(name))
    return {track for text in texts for track in text.tracks if track.per_step}


def _proposals(s: Session) -> Iterator[Awaited]:
    """Proposals in one's own cases that somebody else has to take further."""
    mine = access.waiting(s, agreement_tracks(s)).filter(case__officer_id=owner(s))
    rows = mine.order_by(F("case__due").asc(nulls_last=True), "case_id", "key")[:MOST]
    steps = [(row, step) for row in rows for step in _onward(s, row) if not _mine(s, row.case, step)]
    roles = {actor.name for row, step in steps for actor in access.signers(s, row.case.system, step)}
    names = access.holders(s, roles, {organ for row, _ in steps for organ in _organs(row.case)}) if steps else {}
    for row, step in steps:
        held = {
            actor.label: [name for organ in _organs(row.case) for name in names.get((actor.name, organ), ())]
            for actor in access.signers(s, row.case.system, step)
        }
        who = "、".join(_named(role, people) for role, people in held.items())
        about = row.key.partition(":")[2]
        subject = access.procedure_of(s, row.case).step(about)
        what = f"{step.label}：{subject.label}" if subject and subject != step else step.label
        yield _made(s, listing.line(s, listing.row(row.case)), who, what, _since(row, about), row.case.due)


def _mine(s: Session, case: Case, step: Step) -> bool:
    return access.may(s, case.body_id, case.organ_id, case.system, step, ()) is not None


def _organs(case: Case) -> tuple[int, ...]:
    """Where those who act in a case hold their posts: at the body, or at the organ in whose name."""
    return tuple(dict.fromkeys((case.body_id, case.organ_id)))


def _onward(s: Session, row: Track) -> tuple[Step, ...]:
    """The steps that take a proposal on; of a track that sends it back to its drafter none."""
    procedure = access.procedure_of(s, row.case)
    track, subject = procedure.track(row.name), procedure.step(row.key.partition(":")[2])
    if track is None or subject is None or _sent_back(procedure, track, row.state):
        return ()
    return procedure.onward(track, row.state, subject)


def _sent_back(procedure: Procedure, track: DeclaredTrack, state: str) -> bool:
    """Whether the proposal lies with who drafts it."""
    return any(
        step.track == track and step.carries and state in {at.name for at in step.at} for step in procedure.steps
    )


def _since(row: Track, about: str) -> date | None:
    """The day of the last act on the proposal."""
    done = row.case.done
    days = [entry["day"] for step in done if step.partition(":")[2] == about or step == about for entry in done[step]]
    return date.fromisoformat(max(days)) if days else None


def _named(role: str, names: list[str]) -> str:
    """A role, and who holds it; where nobody does, that is what has to be put right."""
    names = list(dict.fromkeys(names))
    if not names:
        return f"{role}（现在没有人担任）"
    rest = f"等{len(names)}人" if len(names) > MOST_NAMES else ""
    return f"{role}{'、'.join(names[:MOST_NAMES])}{rest}"


# ---------------------------------------------------------------- periods of parties


def _parties(s: Session) -> Iterator[Awaited]:
    """Periods in which a party has to do something in one's own case."""
    mine = Clock.objects.filter(case__officer_id=owner(s), case__closed=None, ours=False, stopped=None, lapsed=None)
    rows = mine.select_related("case__body", "case__officer").order_by(F("due").asc(nulls_last=True), "case_id", "key")
    wanted = first_of(rows, lambda row: _asked(access.procedure_of(s, row.case), row), MOST)
    people = Party.objects.filter(case__in={row.case_id for row, *_ in wanted}, before=None) if wanted else ()
    names = [(one.case_id, one.key, one.role, one.name) for one in people]
    for row, role, what in wanted:
        here = [
            name for case, key, held, name in names
            if case == row.case_id and (key == row.party if row.party else held == role.name)
        ]  # fmt: skip
        who = _named(role.label, here) if here else role.label
        yield _made(s, listing.line(s, listing.row(row.case)), who, what, row.start, row.due)


def _asked(procedure: Procedure, row: Clock) -> tuple[Clock, PartyRole, str] | None:
    """Whose turn it is and to do what; none where nobody is waited for: a right that may be left unused."""
    clock = procedure.clock(row.name)
    if clock is None or clock.waits or not isinstance(clock.bearer, PartyRole):
        return None
    steps = [step.label for step in clock.until if clock.bearer in step.by]
    return (row, clock.bearer, "、".join(steps)) if steps else None


# ---------------------------------------------------------------- cases that one's own case opened


def _opened(s: Session) -> Iterator[Awaited]:
    """Cases that one's own open case led to and that somebody else handles."""
    rows = Link.objects.filter(case__officer_id=owner(s), case__closed=None, relation=Relation.OPENS.value)
    rows = rows.filter(other__closed=None).exclude(other__officer_id=owner(s)).exclude(data__has_key="void")
    rows = rows.order_by(F("other__due").asc(nulls_last=True), "other_id", "key")
    for row in rows.select_related("other__body", "other__officer")[:MOST]:
        other = listing.line(s, listing.row(row.other))
        who = f"{row.other.body.name}{row.other.officer.name if row.other.officer else ''}"
        what = f"{other.system}{row.other.number or ''}（{other.state}）"
        yield _made(s, other, who, what, row.other.opened, row.other.due)
