"""How work stands: cases by the body that handles them and by system, with lights; what was done, and in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from fadu.analytics.figures import Period
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.models import Case, Clock, Link
from fadu.rules.linked_words import Relation
from fadu.rules.procedure import Procedure, Step
from fadu.rules.time_words import LapseEffect
from fadu.web.workbench import listing

KINDS = {
    "open": "在办",
    "overdue": "已经逾期",
    "soon": "即将到期",
    "normal": "期限正常",
    "none": "没有在办期限",
    "done": "期间内办结",
    "late": "其中有逾期",
}
"""What of the cases a number counts; each but `open` and `done` a part of these."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of one body, one system, or all."""

    open: int = 0
    overdue: int = 0
    soon: int = 0
    normal: int = 0
    none: int = 0
    done: int = 0
    late: int = 0

    def __add__(self, other: Standing) -> Standing:
        return Standing(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def in_time(self) -> int:
        """Of what was done, without a term of ours that was missed."""
        return self.done - self.late


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board: what it is, its numbers, and the addresses that they open."""

    label: str
    key: str
    numbers: Standing
    addresses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose work is looked at, of which system, and in which days it was done."""

    period: Period
    body: str = ""
    system: str = ""

    def address(self, **changed: str) -> str:
        """The query string of the same question, with something changed."""
        days = {"from": self.period.since.isoformat(), "before": self.period.before.isoformat()}
        pairs = {"body": self.body, "system": self.system, **days, **changed}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


def _late() -> Exists:
    """A term of the authority's own that was missed, or answered too late."""
    mine = Clock.objects.filter(case_id=OuterRef("pk"), ours=True).exclude(data__has_key="void")
    missed = Q(lapsed__in=(LapseEffect.BREACHES, LapseEffect.DEEMS)) | Q(data__has_key="late")
    return Exists(mine.filter(missed | Q(stopped__gt=F("lapses_after"))))


def _settled(s: Session) -> Q:
    """Entries of books and the like: not over, but nothing has to follow."""
    found: dict[str, set[str]] = {}
    for name in s.registry.systems:
        states = [state for text in s.registry.versions(name) for state in text.states]
        if complete := {state.name for state in states if state.complete}:
            found[name] = complete
    return reduce(or_, (Q(system=name, state__in=sorted(states)) for name, states in found.items()), Q(pk=None))


def inside(s: Session, asked: Asked) -> QuerySet[Case]:
    """The cases handled by the bodies that the person sees from inside."""
    found = access.cases(s).filter(body_id__in=s.bodies)
    found = found.filter(body_id=int(asked.body)) if asked.body else found
    return found.filter(system=asked.system) if asked.system else found


def cases(s: Session, asked: Asked, kind: str) -> QuerySet[Case]:
    """The cases behind one number."""
    found = inside(s, asked)
    if kind not in ("done", "late"):
        found = found.filter(closed=None).exclude(_settled(s))
        return found if kind == "open" else listing.lit(s, found, kind)
    found = found.filter(closed__gte=asked.period.since, closed__lt=asked.period.before)
    return found.filter(_late()) if kind == "late" else found


def numbers(s: Session, asked: Asked) -> dict[tuple[int, str], Standing]:
    """The numbers of each body and system; as many questions for few cases as for many."""
    soon = listing.first_green(s)
    lights = {
        "open": Count("id"),
        "overdue": Count("id", filter=Q(due__lt=s.today)),
        "soon": Count("id", filter=Q(due__gte=s.today, due__lt=soon)),
        "normal": Count("id", filter=Q(due__gte=soon)),
        "none": Count("id", filter=Q(due=None)),
    }
    counted: dict[tuple[int, str], Standing] = {}
    for rows, sums in (
        (cases(s, asked, "open").order_by(), lights),
        (cases(s, asked, "done").order_by(), {"done": Count("id")}),
        (cases(s, asked, "late").order_by(), {"late": Count("id")}),
    ):
        for body, system, *values in rows.values_list("body_id", "system").annotate(**sums):
            one = Standing(**dict(zip(sums, values, strict=True)))
            counted[body, system] = counted.get((body, system), Standing()) + one
    return counted


def rows(s: Session, asked: Asked, counted: Mapping[tuple[int, str], Standing], by: str) -> list[Row]:
    """One line for each body or system, the worst first, and the sum."""
    sums: dict[str, Standing] = {}
    for (body, system), one in counted.items():
        key = str(body) if by == "body" else system
        sums[key] = sums.get(key, Standing()) + one
    labels = {str(organ.pk): organ.name for organ in access.organs(s)} if by == "body" else {}
    found = [_row(asked, by, key, labels.get(key) or _label(s, key), one) for key, one in sums.items()]
    found.sort(key=lambda row: (-row.numbers.overdue, -row.numbers.soon, -row.numbers.open, row.label))
    return [*found, _row(asked, "", "", "合计", sum(counted.values(), Standing()))] if len(found) > 1 else found


def _label(s: Session, key: str) -> str:
    return s.registry.newest(key).label if key in s.registry.systems else "（已撤销的机关）"


def _row(asked: Asked, by: str, key: str, label: str, one: Standing) -> Row:
    mine = {by: key} if by else {}
    return Row(label, key, one, {kind: asked.address(**mine, kind=kind) for kind in KINDS})


# ---------------------------------------------------------------- what was sent


def urging(s: Session, day: date) -> list[tuple[Procedure, Step]]:
    """The opening steps that may name a case of any system: by which work under way is urged."""
    texts = [s.registry.in_force(name, day) for name in s.registry.systems if _names_any(s, name)]
    return [(text, step) for text in texts for step in text.opening if step.names and not step.names.system]


def _names_any(s: Session, system: str) -> bool:
    newest = s.registry.newest(system)
    return any(step.names and not step.names.system for step in newest.opening)


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter that was sent, and the cases it names."""

    line: listing.Line
    about: Sequence[Case]


def sent(s: Session, most: int) -> list[Sent]:
    """The newest letters of this kind, those under way first."""
    systems = [name for name in s.registry.systems if _names_any(s, name)]
    found = access.cases(s).filter(system__in=systems).order_by(F("closed").asc(nulls_first=True), "-opened", "-id")
    listed = listing.page(s, found, 0, most)
    links = Link.objects.filter(case_id__in=[one.pk for one in listed], relation=Relation.CONCERNS)
    about: dict[int, list[Case]] = {}
    for link in links.select_related("other"):
        about.setdefault(link.case_id, []).append(link.other)
    return [Sent(listing.line(s, one), about.get(one.pk, ())) for one in listed]
