"""The only code that fetches anything for a person: opens the session, knows its rights, answers queries.

`with session(officer, now) as s:` opens one transaction with the person's rights; a query outside raises.
Absent and forbidden look the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import BooleanField, Count, F, Func, Prefetch, Q, QuerySet, Value

from fadu.infra import clock
from fadu.infra.flight import Flight, Statement, in_flight
from fadu.kernel import house_calendar, models, sought, validity, visits
from fadu.kernel.organs import Move, Place, Tree
from fadu.kernel.parameters import Parameters, parameters_at
from fadu.kernel.promises import promised
from fadu.kernel.timekeeping import Env
from fadu.kernel.visits import VISITING, VISITOR, Visit
from fadu.rules.casefile import CaseFile
from fadu.rules.errors import NotFound
from fadu.rules.facts import Audience, fact_fields
from fadu.rules.law import Library, load_library
from fadu.rules.procedure import PARTY_OFFICER, ROLES, PartyRole, Procedure, Step, Track
from fadu.rules.registry import Registry, registry
from fadu.rules.uploads import Upload
from fadu.rules.working_days import Calendar

SIGNING = "signing"
"""Register: who signs what, where a local rule moves it to another role. Key: system.step → role."""


OPEN = "SELECT fadu_open(%s, %s, %s)::text"
RECEPTION = "reception"
"""Register: which body receives on the portal. Key: system.organ's number → {"body"}."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the database says when it opens a session: the moment, the person's rights, what time is counted by.

    posts: (role, organ) held today; bodies: organs whose cases are seen; parties: organs acted for.
    """

    now: datetime
    posts: tuple[tuple[str, int], ...]
    bodies: frozenset[int]
    parties: frozenset[int]
    env: Env


@dataclass(frozen=True)
class Session:
    """One transaction of one person. officer None: the house itself, for the passing of time; VISITOR: the portal.

    It is opened together with its first question, or before the first look at what its opening says.
    """

    officer: int | None
    registry: Registry
    flight: Flight
    opening: Callable[[], Opened] = field(compare=False, repr=False)
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    visit: Visit | None = None

    @property
    def actor(self) -> int | None:
        """Who stands in the record as the one who acted: nobody for the house and for visitors."""
        return self.officer or None

    @cached_property
    def opened(self) -> Opened:
        return self.opening()

    @property
    def now(self) -> datetime:
        return self.opened.now

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(clock.SHANGHAI).date()

    @property
    def posts(self) -> tuple[tuple[str, int], ...]:
        return self.opened.posts

    @property
    def bodies(self) -> frozenset[int]:
        return self.opened.bodies

    @property
    def parties(self) -> frozenset[int]:
        return self.opened.parties

    @cached_property
    def env(self) -> Env:
        return replace(self.opened.env, entries=self._entries)

    def _entries(self, name: str, organs: tuple[int, ...], day: date) -> dict[str, dict[str, Any]]:
        found = register(self, name, day).filter(organ__in=organs)
        return dict(found.values_list("key", "data"))

    def holds(self, role: str, *organs: int | None) -> bool:
        return any((role, organ) in self.posts for organ in organs if organ is not None)


def standing() -> datetime | None:
    """Where a demonstration house stands, whose clock stands still and whose papers say so; None: this is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now FROM kernel_houseclock WHERE id = 1")
        row: tuple[datetime | None] | None = cursor.fetchone()
    return row[0].astimezone(clock.SHANGHAI) if row and row[0] else None


def now() -> datetime:
    """The house's moment: the system clock, or where a demonstration house stands."""
    return standing() or clock.now()


def is_demo() -> bool:
    """Whether this is a demonstration house."""
    return standing() is not None


_open: ContextVar[bool] = ContextVar("fadu_session_open", default=False)


@contextmanager
def session(officer: int | None, at: datetime | None = None, visit: Visit | None = None) -> Iterator[Session]:
    """Opens a transaction with the rights of a person (None: the house itself). Nested calls raise."""
    if _open.get():
        raise RuntimeError("a session is open already: one act, one transaction, one person")
    token = _open.set(True)
    try:
        with in_flight() as flight:
            opening = flight.later(OPEN, [officer, at or clock.now(), at is None])
            if visit:
                flight.later(VISITING, [str(visit.case)])
            yield Session(officer, registry(), flight, lambda: _opened(opening), visit=visit)
            if connection.savepoint_ids:  # inside another transaction the rights would outlive the session
                flight.later("SELECT set_config('fadu.session', '', true)")
    finally:
        _open.reset(token)


def _opened(opening: Statement) -> Opened:
    said = json.loads(opening.row[0])
    heads, place = said["heads"], house_calendar.place()
    calendar = house_calendar.calendar_at(heads.get("holidays"), place)
    return Opened(
        now=datetime.fromisoformat(said["now"]).astimezone(clock.SHANGHAI),
        posts=tuple((role, organ) for role, organ in said["posts"]),
        bodies=frozenset(said["bodies"]),
        parties=frozenset(said["parties"]),
        env=_env(load_library(), calendar, place, heads.get("promises"), parameters_at(heads.get("parameters"))),
    )


@lru_cache(maxsize=8)
def _env(library: Library, calendar: Calendar, place: str | None, promises: str | None, own: Parameters) -> Env:
    """One for all sessions that count by the same, so that what was reckoned once stays known."""
    return Env(library, calendar, own.thresholds, place, promised(promises), own.counter)


# ---------------------------------------------------------------- rights


def viewer(s: Session, body: int) -> Audience:
    """As whom the session sees a case of this body: from inside, as a party, or as everybody."""
    if s.officer == VISITOR and not (s.visit and s.visit.party):
        return Audience.PUBLIC
    return Audience.INTERNAL if s.officer is None or body in s.bodies else Audience.PARTIES


def may(
    s: Session, body: int, organ: int, system: str, step: Step, parties: Iterable[tuple[str, int | None]]
) -> str | None:
    """The role under which the session may do a step in a case, None when it may not.

    parties: (role of the party, its organ) present in the case. What a party does is done by its own
    PARTY_OFFICER or recorded by the body's case officer.
    """
    if s.officer is None:
        return "system"
    if s.officer == VISITOR:
        return visits.role(step, s.visit, body in receiving_bodies(s, system))
    present = list(parties)
    for actor in signers(s, system, step):
        if isinstance(actor, PartyRole):
            acts_for = {party_organ for role, party_organ in present if role == actor.name and party_organ}
            if any((PARTY_OFFICER.name, party_organ) in s.posts for party_organ in acts_for):
                return PARTY_OFFICER.name
            if s.holds("case_officer", body, organ):
                return "case_officer"
        elif s.holds(actor.name, body, organ):
            return str(actor.name)
    return None


def receiving_bodies(s: Session, system: str) -> list[int]:
    """The bodies at which the house receives on the portal what opens cases of a system."""
    if RECEPTION not in s.kept:
        s.kept[RECEPTION] = [(entry.key, entry.data["body"]) for entry in register(s, RECEPTION, s.today)]
    return [body for key, body in s.kept[RECEPTION] if key.partition(".")[0] == system]


def signers(s: Session, system: str, step: Step) -> Sequence[Any]:
    """Who does the step: as declared, unless the local signing table moves it to another role."""
    if not step.agreed:
        return step.by
    if SIGNING not in s.kept:
        s.kept[SIGNING] = {entry.key: entry.data["role"] for entry in register(s, SIGNING, s.today)}
    role = s.kept[SIGNING].get(f"{system}.{step.name}")
    return (ROLES[role],) if role else step.by


# ---------------------------------------------------------------- cases


def cases(s: Session, *, system: str | None = None) -> QuerySet[models.Case]:
    """Every case the session sees; the rows are limited by the database's own policies."""
    found = models.Case.objects.select_related("organ", "body", "officer").filter(_within(s))
    return found.filter(system=system) if system else found


def cases_inside(s: Session) -> QuerySet[models.Case]:
    """Those handled by the bodies whose cases the session sees from inside."""
    return models.Case.objects.filter(among("body_id", sorted(s.bodies)))


def among(column: str, numbers: list[int]) -> Func:
    """Whether a number is in a list, which goes over as one parameter however long it is."""
    condition = {"arg_joiner": " = ANY (", "template": "%(expressions)s::bigint[])"}
    return Func(F(column), Value(numbers), output_field=BooleanField(), **condition)


def _within(s: Session) -> Q:
    """The words of the policy once more, as an index can answer them; what a session sees the policy alone decides."""
    if s.officer is None:
        return Q()
    if s.visit:
        return Q(pk=s.visit.case)
    bodies = Q(among("body_id", sorted(s.bodies)))
    if not s.parties:
        return bodies
    with connection.cursor() as cursor:
        cursor.execute("SELECT fadu_party_cases()")
        return bodies | Q(pk__in=[case for (case,) in cursor.fetchall()])


class Listed(NamedTuple):
    """What a list shows of a case; officer and body by name."""

    pk: int
    number: str | None
    title: str
    system: str
    version: str
    state: str
    opened: date
    closed: date | None
    due: date | None
    due_label: str | None
    officer: str | None
    body: str


def listed(s: Session, ordered: Iterable[int]) -> list[Listed]:
    """Cases by their ids and in that order, without those that the session does not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fadu_listed(%s)", [list(ordered)])
        return [Listed(*row) for row in cursor.fetchall()]


def case(s: Session, number: int) -> models.Case:
    """One case by its id. Raises NotFound alike when it is absent and when it is forbidden."""
    found = models.Case.objects.select_related("organ", "body", "officer").filter(pk=number).first()
    if found is None:
        raise NotFound("案件")
    return found


def procedure_of(s: Session, found: models.Case) -> Procedure:
    """The declaration the case was opened under (pinned at opening, D1)."""
    return s.registry.procedure(found.system, found.version)


def events(s: Session, found: models.Case) -> list[models.Event]:
    """The case's record as the session may see it, oldest first."""
    return record(s, found)[0]


def record(s: Session, found: models.Case) -> tuple[list[models.Event], frozenset[int]]:
    """The same, and what was taken back: whoever sees such an act must see that it no longer counts."""
    seen = viewer(s, found.body_id)
    rows = models.Event.objects.filter(stream_id=found.stream_id or 0).select_related("actor").order_by("position")
    gone = frozenset(row.reverses for row in rows if row.reverses is not None)
    return [row for row in rows if Audience(row.audience).includes(seen)], gone


def rows(s: Session, found: models.Case, model: type[Any]) -> list[Any]:
    """Rows of one kind of a case in the order of their making; papers and tracks as far as they may be seen."""
    return allowed(s, found, model, list(model.objects.filter(case_id=found.pk).order_by("order", "key")))


def allowed(s: Session, found: models.Case, model: type[Any], rows: list[Any]) -> list[Any]:
    """Those rows of one kind of a case that may be seen by who sees the case."""
    seen = viewer(s, found.body_id)
    if model is models.Paper:
        known = [row for row in rows if Audience(row.audience).includes(seen)]
        return known if seen is Audience.INTERNAL else [row for row in known if row.data.get("stamped") != ""]
    if model is models.Track:
        audiences = {track.name: track.audience for track in procedure_of(s, found).tracks}
        return [row for row in rows if audiences[row.name].includes(seen)]
    return rows


def linked_from(s: Session, found: models.Case) -> list[int]:
    """Cases that point to this one, as far as their links may be seen."""
    return list(models.Link.objects.filter(other_id=found.pk).values_list("case_id", flat=True))


def over(case: CaseFile) -> frozenset[int]:
    """Those of the cases it is linked with which are closed, as far as the session sees them."""
    others = [row["other"] for row in case.table("link").values()]
    found = models.Case.objects.filter(pk__in=others, closed__isnull=False) if others else ()
    return frozenset(other.pk for other in found)


def by_number(s: Session, system: str, number: str) -> models.Case | None:
    """The case of a system, "" for any, with this number, if the session sees it."""
    return cases(s, system=system or None).filter(number=number.strip()).first()


def organs(s: Session) -> QuerySet[models.Organ]:
    """Organs that exist today."""
    return models.Organ.objects.filter(validity.on(s.today)).order_by("pk")


def organs_of_posts(s: Session) -> list[models.Organ]:
    """Those at which the person holds a post, and those that handle cases for these."""
    held = {organ for _, organ in s.posts}
    return list(organs(s).filter(Q(pk__in=held) | Q(serves__in=held)))


def names_of_organs(s: Session) -> dict[int, str]:
    """What the organs that exist today are called."""
    return dict(organs(s).values_list("pk", "name"))


def tree(s: Session, recorded_before: datetime | None = None) -> Tree:
    """Every organ there is or was, with where it stood; moves as far as they were on record at that moment."""
    if (kept := s.kept.get(f"tree {recorded_before}")) is not None:
        return cast(Tree, kept)
    moves: dict[int, list[models.OrganMove]] = {}
    for move in models.OrganMove.objects.order_by("day"):
        moves.setdefault(move.organ_id, []).append(move)
    columns = ("pk", "name", "short", "parent_id", "serves_id", "before", "successor_id")
    rows = models.Organ.objects.order_by("pk").values_list(*columns)
    found = Tree(_place(Place(*row), moves.get(row[0], []), recorded_before) for row in rows)
    s.kept[f"tree {recorded_before}"] = found
    return found


def _place(now: Place, moves: list[models.OrganMove], recorded_before: datetime | None) -> Place:
    """Moves are recorded in the order of their days: where the first unknown one began, the organ stood then."""
    if not moves:
        return now
    known = [move for move in moves if recorded_before is None or move.recorded < recorded_before]
    parent = moves[len(known)].parent_id if len(known) < len(moves) else now.parent
    return replace(now, parent=parent, moves=tuple(Move(move.day, move.parent_id) for move in known))


def colleagues(s: Session) -> QuerySet[models.Officer]:
    """Officers with a post today."""
    posts = models.Post.objects.filter(validity.on(s.today))
    return models.Officer.objects.filter(posts__in=posts).distinct().prefetch_related(Prefetch("posts", queryset=posts))


def holders(s: Session, roles: Iterable[str], organs: Iterable[int]) -> dict[tuple[str, int], list[str]]:
    """Who holds each of these roles at each of these organs today, by name."""
    posts = models.Post.objects.filter(validity.on(s.today), role__in=set(roles), organ__in=set(organs))
    found: dict[tuple[str, int], list[str]] = {}
    for role, organ, name in posts.order_by("pk").values_list("role", "organ_id", "officer__name"):
        found.setdefault((role, organ), []).append(name)
    return found


def waiting(s: Session, tracks: Iterable[Track]) -> QuerySet[models.Track]:
    """What waits for somebody on these tracks (呈批), in cases seen from inside; after a case's end only stamping."""
    begun = Q()
    for track in tracks:
        open_ = ~Q(state=track.initial.name) & Q(case__closed=None)
        begun |= Q(name=track.name) & (open_ | Q(state=track.signed.name) if track.signed else open_)
    found = models.Track.objects.filter(begun, case__body_id__in=s.bodies)
    return found.select_related("case__body", "case__officer")


class Uploaded(NamedTuple):
    """An upload as a fact names it, with its size. entry: what the fact holds."""

    entry: str
    digest: str
    name: str
    size: int


def files_named(s: Session, entries: Iterable[str]) -> dict[str, Uploaded]:
    """Uploaded files by what facts hold. Whether the person may open one is judged by the case it belongs to."""
    said = {entry: upload for entry in entries if (upload := Upload.read(entry))}
    digests = {upload.digest for upload in said.values()}
    sizes = dict(models.File.objects.filter(digest__in=digests).values_list("digest", "size")) if digests else {}
    return {
        entry: Uploaded(entry, upload.digest, upload.name, sizes[upload.digest])
        for entry, upload in said.items()
        if upload.digest in sizes
    }


# ---------------------------------------------------------------- registers, figures


def entries(s: Session, name: str) -> QuerySet[models.RegisterEntry]:
    """Every entry of a register that the session sees, from one change to the next; limited by the policies."""
    return models.RegisterEntry.objects.filter(register=name)


def register(
    s: Session, name: str, on: date, *, key: str | None = None, organ: int | None = None, words: str = ""
) -> QuerySet[models.RegisterEntry]:
    """Entries of a register as of a day: under a key, of one organ, with each of the words in key or text facts."""
    found = entries(s, name).filter(validity.on(on))
    found = found.filter(key=key) if key is not None else found
    found = found.filter(organ=organ) if organ is not None else found
    texts = sought.written(fact_fields(s.registry.register(name).model)) if words else ()
    for word in words.split():
        inside = (Q(**{f"data__{fact}__icontains": word}) for fact in texts)
        found = found.filter(reduce(or_, inside, Q(key__contains=word)))
    return found.order_by("key", "organ", "since")


def entry(s: Session, name: str, number: int) -> models.RegisterEntry:
    """One row of a register by its id. Raises NotFound alike when it is absent and when it is forbidden."""
    found = entries(s, name).select_related("organ").filter(pk=number).first()
    if found is None:
        raise NotFound("条目")
    return found


def register_sizes(s: Session, on: date) -> dict[str, int]:
    """How many entries of each register the session sees as of a day."""
    valid = models.RegisterEntry.objects.filter(validity.on(on))
    return dict(valid.order_by().values_list("register").annotate(number=Count("pk")))


def events_of_entry(entry: models.RegisterEntry) -> list[models.Event]:
    """The acts by which one row of an entry began and ended, oldest first, as far as they may be seen."""
    at = [entry.position] + ([entry.ended_by] if entry.ended_by is not None else [])
    return list(models.Event.objects.filter(stream_id=entry.stream_id, position__in=at).order_by("position"))


def entry_history(s: Session, entry: models.RegisterEntry) -> list[tuple[models.Event, dict[str, Any]]]:
    """Every act on the entry's key, oldest first, with what it said; of a bulk act, what the row held."""
    rows = models.RegisterEntry.objects.filter(register=entry.register, organ=entry.organ_id, key=entry.key)
    made = {row.position: {"since": row.since.isoformat(), "data": row.data} for row in rows}
    at = made.keys() | {row.ended_by for row in rows if row.ended_by is not None}
    events = models.Event.objects.filter(stream_id=entry.stream_id, position__in=at).select_related("actor")
    values = models.EventValue.objects.filter(stream_id=entry.stream_id, position__in=at)
    told = {value.position: json.loads(value.value) for value in values if value.value}
    return [
        (event, made.get(event.position, {}) | told.get(event.position, {})) for event in events.order_by("position")
    ]


def execute_figures(s: Session, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Runs a compiled, read-only query with the session's own rights; returns column names and rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [column.name for column in cursor.description or ()], cursor.fetchall()
