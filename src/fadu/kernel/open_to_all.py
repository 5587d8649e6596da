"""What everybody may read without an account: published texts, public lists, drafts that stand open to opinions.

The only code that reads for everybody with the house's own rights. It hands out texts that were masked when they were
published, and of cases and lists nothing but facts that are declared public and are nobody's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from fadu.kernel import access, contacts, finding, models, paper_codes
from fadu.kernel.access import Session
from fadu.kernel.contacts import Contact
from fadu.kernel.finding import NOT_YET
from fadu.kernel.sought import entry_texts, words_of
from fadu.rules.errors import BadInput, NotFound
from fadu.rules.facts import FactField, display, is_there, public_facts
from fadu.rules.procedure import Items, Procedure, Step
from fadu.rules.registers import Register, is_public
from fadu.rules.registry import Registry

PAGE = 20
RETRACTED = "retracted"
"""Of publications that were taken down: their text is found and read no more."""


def told(fields: Mapping[str, FactField], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Facts as people read them, as far as they are there; files are told by their number."""
    return [(one.fact.label, display(one, values[name])) for name, one in fields.items() if is_there(values.get(name))]


# ---------------------------------------------------------------- published texts


@dataclass(frozen=True, slots=True)
class Published:
    """A text as it was made public. made: the day that the paper bears; amended: it was corrected since.

    retracted: the day from which nothing of it is public any more, but because of what (it was revoked …) and why.

    subject: what it is about, masked; empty where only the text tells. facts: those of its case that everybody may
    read; code: by which the paper is verified. part_of: on which article only this part of something is public
    (`public_part`), or by which step; "" for a whole text.
    """

    case: int
    key: str
    kind: str
    label: str
    number: str
    day: date
    place: str
    organ: str
    text: str
    amended: bool
    made: date
    paper: str
    organ_id: int
    facts: Mapping[str, Any]
    code: str
    retracted: date | None = None
    because: str = ""
    why: str = ""
    subject: str = ""
    part_of: str = ""


def _published(row: models.Publication, registry: Registry, paper: models.Paper | None = None) -> Published:
    data, case = row.data, row.case
    procedure = registry.procedure(case.system, case.version)
    facts = {name: case.facts[name] for name in public_facts(procedure.facts) if name in case.facts}
    gone = date.fromisoformat(data["retracted"]) if RETRACTED in data else None
    return Published(
        case.pk, row.key, procedure.label, data["label"], data.get("number") or "", row.day, data.get("place") or "",
        case.organ.name, "" if gone else data.get("text") or "", bool(data.get("amended_by")),
        paper.day if paper else row.day, row.paper, case.organ_id, {} if gone else facts,
        paper_codes.code_of(paper.digest) if paper else "", gone, data.get("because", ""), data.get("why", ""),
        "" if gone else data.get("subject", ""),
    )  # fmt: skip


def published(
    words: str = "", system: str = "", page: int = 1, at: datetime | None = None, *, paper: str = "",
    organ: int | None = None,
) -> list[Published]:  # fmt: skip
    """Published texts with every one of the words, newest first; one more than a page where there is another page.

    paper: of this name only; organ: of this organ's cases only.
    """
    with access.session(None, at) as s:
        found = models.Publication.objects.select_related("case__organ").order_by("-day", "-case_id", "key")
        found = found.filter(case__system=system) if system else found
        found = found.filter(paper__startswith=f"{paper}-") if paper else found
        found = found.filter(case__organ_id=organ) if organ else found
        for word in words.split():
            inside = (Q(data__text__icontains=word) | Q(data__subject__icontains=word)) & ~Q(data__has_key=RETRACTED)
            inside |= Q(data__number__icontains=word) | Q(data__label__icontains=word)
            found = found.filter(inside)
        first = (page - 1) * PAGE
        return [_published(row, s.registry) for row in found[first : first + PAGE + 1]]


def published_text(case: int, key: str) -> Published:
    """One of them. Raises NotFound."""
    with access.session(None) as s:
        row = models.Publication.objects.select_related("case__organ").filter(case_id=case, key=key).first()
        if row is None:
            raise NotFound("公开的文书")
        paper = models.Paper.objects.filter(case_id=case, key=row.paper).first()
        return _published(row, s.registry, paper)


def public_parts(system: str, step: str, fact: str, page: int = 1, *, organ: int | None = None) -> list[Published]:
    """What a step makes public of cases whose papers stay closed: one public fact; newest first, on pages."""
    with access.session(None) as s:
        found = _in_part(system, step).order_by(f"-done__{step}__0__day", "-pk")
        found = found.filter(organ=organ) if organ else found
        first = (page - 1) * PAGE
        return [one for row in found[first : first + PAGE + 1] if (one := _part(s, row, step, fact))]


def public_part(case: int, system: str, step: str, fact: str) -> Published:
    """One of them. Raises NotFound."""
    with access.session(None) as s:
        row = _in_part(system, step).filter(pk=case).first()
        if row is None or (found := _part(s, row, step, fact)) is None:
            raise NotFound("公开的内容")
        return found


def _in_part(system: str, step: str) -> QuerySet[models.Case]:
    return models.Case.objects.select_related("organ").filter(system=system, done__has_key=step)


def _part(s: Session, case: models.Case, step: str, fact: str) -> Published | None:
    """None for a fact that is not for everybody, or is not there."""
    procedure = access.procedure_of(s, case)
    done, public = procedure.step(step), public_facts(procedure.facts)
    if done is None or fact not in public or not is_there(text := case.facts.get(fact)):
        return None
    day = date.fromisoformat(case.done[step][-1]["day"])
    facts = {name: case.facts[name] for name in public if name in case.facts}
    return Published(
        case.pk, step, procedure.label, done.label, "", day, "", case.organ.name, str(text), False, day, "",
        case.organ_id, facts, "", part_of=done.article or done.label,
    )  # fmt: skip


def published_kinds() -> list[tuple[str, str]]:
    """The procedures of which something is public: name and label."""
    with access.session(None) as s:
        systems = models.Publication.objects.order_by("case__system").values_list("case__system", flat=True).distinct()
        return [(system, s.registry.newest(system).label) for system in systems if system in s.registry.systems]


# ---------------------------------------------------------------- public lists


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a public list: its facts with their labels, whose, and from when to when it is valid."""

    cells: list[tuple[str, str]]
    organ: str
    since: date
    before: date | None


def entries(register: Register, on: date | None, words: str = "", page: int = 1) -> tuple[date, list[Listed]]:
    """The entries of a public list as of a day (today), and that day; one more than a page where there is another.

    Raises NotFound for a list that is not public.
    """
    if not is_public(register):
        raise NotFound("清单")
    fields = public_facts(register.model)
    with access.session(None) as s:
        day = on or s.today
        found = access.register(s, register.name, day).select_related("organ")
        texts = [name for name, one in fields.items() if one.widget in ("text", "long")]
        for word in words.split():
            inside = Q()
            for name in texts:
                inside |= Q(**{f"data__{name}__icontains": word})
            found = found.filter(inside)
        first = (page - 1) * PAGE
        rows = [
            Listed(
                [(one.fact.label, display(one, row.data.get(name))) for name, one in fields.items()],
                row.organ.name if row.organ else "", row.since, row.before,
            )
            for row in found[first : first + PAGE + 1]
        ]  # fmt: skip
    return day, rows


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry of a public list that words found: what names it, its other texts, how it stands.

    words, on: by which, and as of which day, its list shows it.
    """

    register: Register
    name: str
    texts: list[tuple[str, str]]
    organ: str
    standing: str
    since: date
    before: date | None
    words: str
    on: date


def found_entries(typed: str) -> list[FoundEntry]:
    """Entries of public lists, newest first, with every word in what everybody may read of them; one more than a page
    where there are more. None for a word of one sign.
    """
    try:
        words = words_of(typed)
    except BadInput:
        return []
    with access.session(None) as s:
        found = finding.find_entries(s, words, PAGE + 1, public=True) if words else []
        return [_found_entry(s, s.registry.register(one.row.register), one) for one in finding.entries(s, found)]


def _found_entry(s: Session, register: Register, found: finding.FoundEntry) -> FoundEntry:
    row, open_ = found.row, public_facts(register.model)
    (key, name), *texts = ((field, text) for field, text in entry_texts(register, row.data) if field.name in open_)
    last = row.before - timedelta(days=1) if row.before else s.today
    return FoundEntry(
        register, name, [(field.fact.label, text) for field, text in texts], row.organ.name if row.organ else "",
        found.standing, row.since, row.before, name if key.widget == "text" else "",
        min(last, s.today) if found.standing != NOT_YET else row.since,
    )  # fmt: skip


# ---------------------------------------------------------------- drafts open to opinions


@dataclass(frozen=True, slots=True)
class Consultation:
    """A case in which everybody may say something: what it is about, until when, what was said, what became of it."""

    case: int
    kind: str
    organ: str
    opened: date
    until: date | None
    open: bool
    facts: list[tuple[str, str]]
    said: list[tuple[list[tuple[str, str]], str]]
    papers: list[Published]
    contacts: list[Contact]

    @property
    def subject(self) -> str:
        return self.facts[0][1] if self.facts else self.kind


def opinion_step(procedure: Procedure) -> Step | None:
    """The step by which everybody says something in a case of this procedure, if there is one."""
    open_ = (step for step in procedure.steps if step.online and step.online.party is None)
    return next(open_, None)


def consultations() -> list[Consultation]:
    """Cases that stand open to everybody, or in which somebody said something: open ones first, then the newest."""
    with access.session(None) as s:
        systems = [name for name in s.registry.systems if any(opinion_step(text) for text in s.registry.versions(name))]
        rows = models.Case.objects.select_related("organ").filter(system__in=systems).order_by("-opened", "-pk")
        cases = list(rows[: 10 * PAGE])
        around = _around(cases)
        found = [_consultation(s, case, around, whole=False) for case in cases if _was_open(s, case, around)]
    return sorted(found, key=lambda one: not one.open)


def consultation(number: int) -> Consultation:
    """One of them with all that was said. Raises NotFound."""
    with access.session(None) as s:
        case = models.Case.objects.select_related("organ", "body").filter(pk=number).first()
        if case is None or not _was_open(s, case, around := _around([case])):
            raise NotFound("征求意见的事项")
        return _consultation(s, case, around, whole=True)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands beside cases: (case, track, state) of tracks, (start, due) of periods by case and name."""

    tracks: set[tuple[int, str, str]]
    periods: dict[tuple[int, str], tuple[date, date | None]]


def _around(cases: Sequence[models.Case]) -> _Around:
    """In two looks, however many cases there are."""
    numbers = [case.pk for case in cases]
    tracks = models.Track.objects.filter(case_id__in=numbers).values_list("case_id", "name", "state")
    clocks = models.Clock.objects.filter(case_id__in=numbers).order_by("start")
    rows = clocks.values_list("case_id", "name", "start", "due")
    return _Around(set(tracks), {(case, name): (start, due) for case, name, start, due in rows})


def _was_open(s: Session, case: models.Case, around: _Around) -> bool:
    """Whether everybody may say something now, or somebody did; before that the case is not for everybody."""
    step = opinion_step(access.procedure_of(s, case))
    return step is not None and (step.name in case.done or _is_open(case, step, around))


def _is_open(case: models.Case, step: Step, around: _Around) -> bool:
    """Whether the step is possible where the case, and the step's track, stand now."""
    if step.track is None:
        return case.state in {state.name for state in step.at}
    if case.closed or (step.within and case.state not in {state.name for state in step.within}):
        return False
    return any((case.pk, step.track.name, one.name) in around.tracks for one in step.at)


def _consultation(s: Session, case: models.Case, around: _Around, *, whole: bool) -> Consultation:
    procedure = access.procedure_of(s, case)
    step = opinion_step(procedure)
    waits = [around.periods.get((case.pk, clock.name)) for clock in procedure.clocks if clock.waits]
    _, due = max((one for one in waits if one), key=lambda one: one[0], default=(None, None))
    publications = models.Publication.objects.select_related("case__organ").filter(case_id=case.pk) if whole else ()
    return Consultation(
        case.pk,
        procedure.label,
        case.organ.name,
        case.opened,
        due,
        step is not None and _is_open(case, step, around),
        told(public_facts(procedure.facts), case.facts),
        list(_said(procedure.items, case)) if whole and procedure.items else [],
        [_published(row, s.registry) for row in publications],
        contacts.of(s, [case.body]) if whole else [],
    )


def _said(items: Items, case: models.Case) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Opinions and what became of each, once that was decided."""
    fields = public_facts(items.model)
    for row in models.Item.objects.filter(case_id=case.pk, outcome__isnull=False).order_by("order"):
        yield told(fields, row.data["facts"]), items.outcome.label_of(str(row.outcome))
