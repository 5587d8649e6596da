"""How work stands: cases by the body that handles them and by system, with lights; what was done, and in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from fadu.analytics.figures import Period
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.kernel.missed import MISSED
from fadu.kernel.models import OPEN, Case, Clock, Link
from fadu.rules.linked_words import Relation
from fadu.rules.procedure import Procedure, Step
from fadu.web.workbench import listing
from fadu.web.workbench.at_work import at_work, settled

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


class Standing(NamedTuple):
    """The numbers of one body, one system, or all."""

    open: int = 0
    overdue: int = 0
    soon: int = 0
    normal: int = 0
    none: int = 0
    done: int = 0
    late: int = 0

    def plus(self, other: Standing) -> Standing:
        return Standing(*map(add, self, other))

    @property
    def dated(self) -> Standing:
        """Those with a due day: of entries of books they alone are at work."""
        return self._replace(open=self.open - self.none, none=0)

    @property
    def in_time(self) -> int:
        """Of what was done, without a term of ours that was missed."""
        return self.done - self.late


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board: what it is, its numbers, and the board of it alone; with a kind, its cases."""

    label: str
    key: str
    numbers: Standing
    address: str


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
    return Exists(Clock.objects.filter(MISSED, case_id=OuterRef("pk")))


def inside(s: Session, asked: Asked) -> QuerySet[Case]:
    """The cases handled by the bodies that the person sees from inside."""
    found = access.cases_inside(s)
    found = found.filter(body_id=int(asked.body)) if asked.body else found
    return found.filter(system=asked.system) if asked.system else found


def _done(s: Session, asked: Asked) -> QuerySet[Case]:
    return inside(s, asked).filter(closed__gte=asked.period.since, closed__lt=asked.period.before)


def cases(s: Session, asked: Asked, kind: str) -> QuerySet[Case]:
    """The cases behind one number."""
    if kind in ("done", "late"):
        return _done(s, asked).filter(_late()) if kind == "late" else _done(s, asked)
    found = inside(s, asked).filter(at_work(s, asked.system))
    return found if kind == "open" else listing.lit(s, found, kind)


def numbers(s: Session, asked: Asked) -> dict[tuple[int, str], Standing]:
    """The numbers of each body and system; as many questions for few cases as for many.

    What is only on record is left out of what the database counted by state: asked of each case it takes half of the
    time.
    """
    soon, kept = listing.first_green(s), settled(s)
    late, near = Q(due__lt=s.today), Q(due__gte=s.today, due__lt=soon)
    sums = {
        "all": Count("*"),
        "dated": Count("due"),
        "late": Count("id", filter=late),
        "near": Count("id", filter=near),
    }
    counted: dict[tuple[int, str], Standing] = {}
    under_way = inside(s, asked).filter(OPEN).order_by().values_list("body_id", "system", "state").annotate(**sums)
    for body, system, state, all_, due, overdue, nearly in under_way:
        one = Standing(all_, overdue, nearly, due - overdue - nearly, all_ - due)
        one = one.dated if state in kept.get(system, ()) else one
        if one != Standing():
            counted[body, system] = counted.get((body, system), Standing()).plus(one)
    ended = _done(s, asked).order_by().values_list("body_id", "system")
    for body, system, done, missed in ended.annotate(done=Count("*"), missed=Count("id", filter=_late())):
        counted[body, system] = counted.get((body, system), Standing()).plus(Standing(done=done, late=missed))
    return counted


def rows(asked: Asked, counted: Mapping[tuple[int, str], Standing], by: str, labels: Mapping[str, str]) -> list[Row]:
    """One line for each body or system, as they are called, the worst first, and the sum."""
    sums: dict[str, Standing] = {}
    for (body, system), one in counted.items():
        key = str(body) if by == "body" else system
        sums[key] = sums.get(key, Standing()).plus(one)
    found = [_row(asked, by, key, labels.get(key, "（已撤销的机关）"), one) for key, one in sums.items()]
    found.sort(key=lambda row: (-row.numbers.overdue, -row.numbers.soon, -row.numbers.open, row.label))
    if len(found) > 1:
        found.append(_row(asked, "", "", "合计", reduce(Standing.plus, counted.values(), Standing())))
    return found


def _row(asked: Asked, by: str, key: str, label: str, one: Standing) -> Row:
    return Row(label, key, one, asked.address(**{by: key} if by else {}))


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
