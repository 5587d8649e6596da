"""The list of cases: what may be asked of it, in what order, and how each row reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from fadu.kernel import access, finding, models, sought
from fadu.kernel.access import Listed, Session
from fadu.kernel.models import Case
from fadu.rules import clocks
from fadu.rules.clocks import Light
from fadu.rules.errors import BadInput
from fadu.rules.registry import Registry
from fadu.web.shared.words import days_left, read_day, whole
from fadu.web.workbench import list_facts
from fadu.web.workbench.at_work import at_work, on_record
from fadu.web.workbench.list_facts import FROM, PREFIX, TO, FactFilter

PAGE_SIZE = 50
MOST_TYPED = 200
COUNTED = 10_000
COUNTED_BY_WORDS = 1_000
"""Cases are counted so far, and where words are asked for, whose cases may each have to be read, so far."""
FEW = 1_000
"""So many cases are ordered after all of them were found; of more the order comes first, from an index."""
LIGHTS = {"overdue": "已经逾期", "soon": "即将到期", "normal": "期限正常", "none": "没有在办期限"}
WHEN = {"opened": "立案日期", "closed": "办结日期", "due": "到期日"}
MOST_COLUMNS = 30
OPEN = {"open": "在办", "kept": "在册备查", "closed": "已办结", "all": "全部"}
SORTS: dict[str, tuple[OrderBy | str, ...]] = {
    "due": (F("due").asc(nulls_last=True), "id"),
    "-due": (F("due").desc(nulls_last=True), "-id"),
    "opened": ("opened", "id"),
    "-opened": ("-opened", "-id"),
    "number": ("number", "id"),
    "-number": ("-number", "-id"),
    "title": ("title", "id"),
    "-title": ("-title", "-id"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the list; state is "system:state". faults: days that are none, by field.

    body: with all below it; when: which day since and until are about; facts: by parameter; columns: those chosen.
    """

    words: str = ""
    system: str = ""
    state: str = ""
    body: str = ""
    officer: str = ""
    light: str = ""
    open: str = "open"
    since: str = ""
    until: str = ""
    when: str = "opened"
    facts: tuple[FactFilter, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = "due"
    page: int = 1
    faults: Mapping[str, str] = field(default_factory=dict)

    def address(self, **changed: object) -> str:
        """The query string of this question, changed here and there; defaults are left out."""
        now = {
            "q": self.words, "system": self.system, "state": self.state, "body": self.body, "officer": self.officer,
            "light": self.light, "open": self.open, "since": self.since, "until": self.until, "when": self.when,
            "col": ",".join(self.columns), "sort": self.sort,
        }  # fmt: skip
        for one in self.facts:
            ends = {"": one.value, FROM: one.since, TO: one.until}
            now |= {f"{PREFIX}{one.name}{end}": typed for end, typed in ends.items()}
        left_out = {"open": "open", "sort": "due", "page": 1, "when": "opened"}
        pairs = {**now, **changed}
        return "?" + urlencode({k: v for k, v in pairs.items() if v not in ("", None) and left_out.get(k) != v})

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order was asked."""
        plain = (self.words, self.system, self.state, self.body, self.officer, self.light, self.since, self.until)
        return any(plain) or self.by_facts

    @property
    def counted(self) -> int:
        """How far the cases are counted."""
        return COUNTED_BY_WORDS if self.words else COUNTED

    @property
    def by_facts(self) -> bool:
        return any(one.asked for one in self.facts)


def asked(given: QueryDict, registry: Registry) -> Question:
    """The question of an address; the columns are one box each, or one list in an address that was made here."""
    said = {name: given.get(name, "") for name in given}
    return read(said | {"col": ",".join(given.getlist("col"))}, registry)


def read(given: Mapping[str, str], registry: Registry) -> Question:
    """The question of a query string; unknown words count as not asked."""
    given = {name: typed.replace("\0", "").strip() for name, typed in given.items()}
    faults: dict[str, str] = {}
    for name, label in (("since", "日期（从）"), ("until", "日期（到）")):
        try:
            read_day(given.get(name, ""), label, name)
        except BadInput as fault:
            faults |= fault.fields
    words = given.get("q", "")[:MOST_TYPED]
    try:
        sought.words_of(words)
    except BadInput as fault:
        faults |= fault.fields
    facts = list_facts.filters(registry, given.get("system", ""), given)
    faults |= {f"{PREFIX}{one.name}": one.fault for one in facts if one.fault}
    return Question(
        words=words,
        facts=facts,
        when=given.get("when", "") if given.get("when") in WHEN else "opened",
        columns=tuple(filter(None, given.get("col", "").split(",")))[:MOST_COLUMNS],
        system=given.get("system", ""),
        state=given.get("state", ""),
        body=number(given.get("body", "")),
        officer=number(given.get("officer", "")),
        light=given.get("light", "") if given.get("light") in LIGHTS else "",
        open=given.get("open", "open") if given.get("open", "open") in OPEN else "open",
        since=given.get("since", ""),
        until=given.get("until", ""),
        sort=given.get("sort", "due") if given.get("sort", "due") in SORTS else "due",
        page=int(number(given.get("page", "")) or 1),
        faults=faults,
    )


def number(typed: str) -> str:
    """As it was typed; empty for nought and for what is no number."""
    return typed if whole(typed) else ""


def found(s: Session, asked: Question) -> QuerySet[Case]:
    """The cases that answer the question, in its order, within the session's rights."""
    if asked.faults:
        return access.cases(s).none()
    cases = finding.search(s, asked.words) if asked.words else access.cases(s)
    if asked.system:
        cases = cases.filter(system=asked.system)
    system, _, state = asked.state.partition(":")
    if state:
        cases = cases.filter(system=system, state=state)
    if asked.body:
        tree, top = access.tree(s), int(asked.body)
        cases = cases.filter(body_id__in=list(tree.below(top, None)) if top in tree.places else [])
    if asked.officer:
        cases = cases.filter(officer_id=int(asked.officer))
    cases = cases.filter(_standing(s, asked, state))
    if since := read_day(asked.since, "", "since"):
        cases = cases.filter(**{f"{asked.when}__gte": since})
    if until := read_day(asked.until, "", "until"):
        cases = cases.filter(**{f"{asked.when}__lte": until})
    return lit(s, list_facts.narrowed(s, cases, asked.facts), asked.light).order_by(*SORTS[asked.sort])


def _standing(s: Session, asked: Question, state: str) -> Q:
    """What 在办 and the like stand for; of a state that is asked for nothing is only on record."""
    match asked.open:
        case "open":
            return models.OPEN if state else at_work(s, asked.system)
        case "kept":
            return on_record(s, asked.system)
        case "closed":
            return models.OVER
        case _:
            return Q()


def lit(s: Session, cases: QuerySet[Case], light: str) -> QuerySet[Case]:
    """Those whose next due day is over, near or far."""
    match light:
        case "overdue":
            return cases.filter(due__lt=s.today)
        case "soon":
            return cases.filter(due__gte=s.today, due__lt=first_green(s))
        case "normal":
            return cases.filter(due__gte=first_green(s))
        case "none":
            return cases.filter(due=None)
        case _:
            return cases


def first_green(s: Session) -> date:
    """The earliest due day that shows a green light today."""
    day = s.today
    while clocks.light(day, s.today, s.env.calendar, s.env.thresholds) is not Light.GREEN:
        day += timedelta(days=1)
    return day


def page(s: Session, cases: QuerySet[Case], first: int, most: int) -> list[Listed]:
    """Some of the cases in their order: found by an index alone, and only what is shown is read whole."""
    return access.listed(s, finding.in_order(cases, first, most))


def few(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The same, known to be few: else the planner goes through the whole house in their order and looks for them."""
    return Case.objects.filter(pk__in=cases.order_by()[:FEW].values("pk")).order_by(*cases.query.order_by)


def row(case: Case) -> Listed:
    """The same of a case that was read already."""
    return Listed(
        case.pk, case.number, case.title, case.system, case.version, case.state, case.opened, case.closed, case.due,
        case.due_label, case.officer.name if case.officer else None, case.body.name,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One case as a list shows it, in words."""

    case: Listed
    system: str
    state: str
    light: Light
    left: str


def line(s: Session, case: Listed) -> Line:
    procedure = s.registry.procedure(case.system, case.version)
    state = procedure.state(case.state)
    return Line(
        case,
        procedure.label,
        state.label if state else case.state,
        clocks.light(case.due, s.today, s.env.calendar, s.env.thresholds),
        days_left(case.due, s.today) if case.due or case.closed is None else "已办结",
    )
