"""What the page of a case shows, as far as the person may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fadu.infra.clock import SHANGHAI
from fadu.kernel import access, models, offers
from fadu.kernel.access import Session
from fadu.kernel.offers import ClockSheet, Offer
from fadu.rules.clocks import EntryKind
from fadu.rules.facts import Audience, FactField, display, fact_fields
from fadu.rules.parties import Method, PartyForm, ServiceForm
from fadu.rules.procedure import ROLES, LapseEffect, PartyRole, Procedure, Step
from fadu.web.shared.words import chinese_day, days_left
from fadu.web.workbench.sheet import Shown

_PARTY = fact_fields(PartyForm)
_SERVICE = fact_fields(ServiceForm)


@dataclass(frozen=True, slots=True)
class Seen:
    """A case with everything the page reads of it. inside: seen from the handling side, not as a party."""

    s: Session
    case: models.Case
    procedure: Procedure
    audience: Audience
    parties: list[models.Party]
    items: list[models.Item]
    papers: list[models.Paper]
    services: list[models.Service]
    events: list[models.Event]

    @property
    def inside(self) -> bool:
        return self.audience is Audience.INTERNAL

    def may_see(self, declared: FactField) -> bool:
        return declared.fact.audience.includes(self.audience)


def see(s: Session, number: int) -> Seen:
    """Raises NotFound."""
    case = access.case(s, number)
    return Seen(
        s,
        case,
        access.procedure_of(s, case),
        access.viewer(s, case.body_id),
        access.rows(s, case, models.Party),
        access.rows(s, case, models.Item),
        access.rows(s, case, models.Paper),
        access.rows(s, case, models.Service),
        access.events(s, case),
    )


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class FactLine:
    shown: Shown
    files: list[models.File] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that one step asked for."""

    title: str
    lines: list[FactLine]


def visible_files(seen: Seen) -> set[str]:
    """Digests of the files in facts and items that the person may see."""
    facts = fact_fields(seen.procedure.facts)
    found = set(_digests(seen, facts, seen.case.facts))
    if seen.procedure.items:
        fields = fact_fields(seen.procedure.items.model)
        for row in seen.items:
            found |= set(_digests(seen, fields, row.data["facts"]))
    return found


def _digests(seen: Seen, fields: Mapping[str, FactField], values: Mapping[str, Any]) -> Iterator[str]:
    for name, one in fields.items():
        if one.widget == "files" and seen.may_see(one):
            yield from values.get(name) or ()


def fact_groups(seen: Seen, files: Mapping[str, models.File]) -> list[FactGroup]:
    """The case's facts under the step that asks for each first, in the order of the procedure."""
    fields = {
        name: one
        for name, one in fact_fields(seen.procedure.facts).items()
        if name in seen.case.facts and seen.may_see(one)
    }
    groups: dict[str, list[FactLine]] = {}
    left = dict(fields)
    for step in seen.procedure.steps:
        for name in (*step.takes, *step.may_take):
            if one := left.pop(name, None):
                groups.setdefault(step.label, []).append(_fact_line(one, seen.case.facts[name], files))
    for name, one in left.items():
        groups.setdefault("其他", []).append(_fact_line(one, seen.case.facts[name], files))
    return [FactGroup(title, lines) for title, lines in groups.items()]


def _fact_line(one: FactField, value: Any, files: Mapping[str, models.File]) -> FactLine:
    internal = one.fact.audience is Audience.INTERNAL
    wide = one.fact.long or one.widget == "files"
    shown = Shown(one.fact.label, display(one, value), wide, internal)
    kept = [files[digest] for digest in value or () if digest in files] if one.widget == "files" else []
    return FactLine(shown, kept)


# ---------------------------------------------------------------- parties and items


@dataclass(frozen=True, slots=True)
class PartyCard:
    role: str
    name: str
    lines: list[Shown]
    gone: date | None


def party_cards(seen: Seen) -> list[PartyCard]:
    cards = []
    for row in seen.parties:
        role = seen.procedure.party(row.role)
        lines = [
            Shown(one.fact.label, display(one, row.data.get(name)))
            for name, one in _PARTY.items()
            if name not in ("role", "name", "organ") and row.data.get(name) and seen.may_see(one)
        ]
        cards.append(PartyCard(role.label if role else row.role, row.name, lines, row.before))
    return cards


@dataclass(frozen=True, slots=True)
class ItemTable:
    """The case's items with their outcomes."""

    label: str
    headings: list[str]
    rows: list[list[str]]


def item_table(seen: Seen) -> ItemTable | None:
    items = seen.procedure.items
    if items is None or not seen.items:
        return None
    fields = {name: one for name, one in fact_fields(items.model).items() if seen.may_see(one)}
    headings = [one.fact.label for one in fields.values()]
    rows = [
        [
            *(display(one, row.data["facts"].get(name)) for name, one in fields.items()),
            items.outcome.label_of(row.outcome) if row.outcome else "—",
        ]
        for row in seen.items
    ]
    return ItemTable(items.label, [*headings, "结果"], rows)


# ---------------------------------------------------------------- papers and service


@dataclass(frozen=True, slots=True)
class ServiceLine:
    party: str
    text: str
    proof: str
    key: str
    on_the_way: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper, how it reached each party, and whom it has still to be sent to."""

    row: models.Paper
    services: list[ServiceLine]
    missing: list[models.Party]

    @property
    def digest(self) -> str:
        return self.row.digest


def paper_lines(seen: Seen) -> list[PaperLine]:
    names = {party.key: party.name for party in seen.parties}
    lines = []
    for paper in seen.papers:
        services = [row for row in seen.services if row.paper == paper.key]
        sent = {row.party for row in services}
        missing = [
            party
            for party in seen.parties
            if party.role in paper.data["to"] and party.before is None and party.key not in sent
        ]
        lines.append(PaperLine(paper, [_service(row, names, seen.s.today) for row in services], missing))
    return lines


def _service(row: models.Service, names: Mapping[str, str], today: date) -> ServiceLine:
    method = Method.label_of(row.method)
    sent = chinese_day(row.data["sent_on"])
    on_the_way = row.effective is None
    if row.effective is None:
        text = f"{method}，{sent}送出，在途"
    elif row.effective > today:
        text = f"{method}，{sent}发出，{chinese_day(row.effective)}视为送达"
    else:
        text = f"{method}，{chinese_day(row.effective)}送达"
    return ServiceLine(names.get(row.party, row.party), text, row.data.get("proof") or "", row.key, on_the_way)


# ---------------------------------------------------------------- clocks


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One period: whose, how it stands, and why it ends when it ends."""

    sheet: ClockSheet
    bearer: str
    stands: str
    lapse: str

    @property
    def entries(self) -> list[Any]:
        """The reckoning; its first lines and the last day are what a person reads first."""
        return list(self.sheet.entries)

    @property
    def running(self) -> bool:
        """Still to be answered; a duty that was missed goes on."""
        row = self.sheet.row
        return row.stopped is None and row.lapsed in (None, LapseEffect.BREACHES)


def clock_lines(seen: Seen) -> list[ClockLine]:
    names = {party.key: party.name for party in seen.parties}
    lines = []
    for sheet in offers.clock_sheets(seen.s, seen.case):
        declared = seen.procedure.clock(sheet.row.name)
        bearer = declared.bearer.label if declared else ""
        if sheet.row.party:
            bearer = f"{bearer} {names.get(sheet.row.party, '')}".strip()
        lapse = f"{declared.lapse.sentence}（{declared.lapse.article}）" if declared and declared.lapse else ""
        lines.append(ClockLine(sheet, bearer, _stands(sheet, seen.s.today), lapse))
    return lines


def _stands(sheet: ClockSheet, today: date) -> str:
    row = sheet.row
    if row.lapsed and row.lapsed != LapseEffect.BREACHES:
        return LapseEffect(row.lapsed).label
    if row.data.get("void"):
        return "随案件办结终止"
    if row.stopped:
        return f"{chinese_day(row.stopped)}办结"
    if row.due is None:
        paused = any(entry.kind is EntryKind.PAUSED for entry in sheet.entries)
        return "已中止计算" if paused else "尚不能确定"
    return days_left(row.due, today)


# ---------------------------------------------------------------- the record


@dataclass(frozen=True, slots=True)
class Happened:
    """One act of the record."""

    event: models.Event
    who: str
    late: bool
    silent: bool
    taken_back: bool
    internal: bool


def timeline(seen: Seen) -> list[Happened]:
    """The record, newest first."""
    gone = access.taken_back(seen.s, seen.case)
    lines = []
    for event in reversed(seen.events):
        role = ROLES[event.role].label if event.role in ROLES else event.role
        silent = event.actor is None
        who = role if event.actor is None else f"{event.actor.name}（{role}）"
        late = not silent and event.recorded.astimezone(SHANGHAI).date() != event.happened
        internal = event.audience == Audience.INTERNAL
        lines.append(Happened(event, who, late, silent, event.position in gone, internal))
    return lines


def way(seen: Seen) -> list[str]:
    """The states the case went through, acts taken back left out."""
    gone = access.taken_back(seen.s, seen.case)
    return [event.state for event in seen.events if event.position not in gone and event.reverses is None]


# ---------------------------------------------------------------- tracks, links, steps


def track_lines(seen: Seen) -> list[tuple[str, str]]:
    """Label and state of each track that has begun."""
    lines = []
    for row in access.rows(seen.s, seen.case, models.Track):
        track = seen.procedure.track(row.name)
        if track is None or row.state == track.initial.name:
            continue
        states = {state.name: state.label for state in seen.procedure.track_states(track)}
        subject = seen.procedure.step(row.key.partition(":")[2])
        label = f"{track.label}：{subject.label}" if subject else track.label
        lines.append((label, states.get(row.state, row.state)))
    return lines


@dataclass(frozen=True, slots=True)
class Linked:
    label: str
    other: models.Case | None


def links(seen: Seen) -> list[Linked]:
    """Linked cases in both directions; one that the person may not see is named by its kind only."""
    rows = access.rows(seen.s, seen.case, models.Link)
    others = {case.pk: case for case in access.cases(seen.s).filter(pk__in=[row.other_id for row in rows])}
    found = [Linked(row.data.get("label") or row.relation, others.get(row.other_id)) for row in rows]
    origins = access.cases(seen.s).filter(pk__in=_opened_by(seen))
    return found + [Linked("由此案引起", case) for case in origins]


def _opened_by(seen: Seen) -> list[int]:
    return list(access.linked_from(seen.s, seen.case))


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the person may do: at once, by kind; standing steps; what still waits for something."""

    ready: dict[str, list[Offer]]
    standing: list[Offer]
    waiting: list[Offer]


def next_steps(seen: Seen) -> NextSteps:
    found = offers.offers(seen.s, seen.case)
    ready: dict[str, list[Offer]] = {title: [] for title in ("推进案件", "呈批", "办理事项", "当事人提出的")}
    for offer in found:
        if offer.ready and offer.step.does is None:
            ready[_kind(seen, offer.step)].append(offer)
    return NextSteps(
        {title: group for title, group in ready.items() if group},
        [offer for offer in found if offer.ready and offer.step.does is not None],
        [offer for offer in found if not offer.ready],
    )


def _kind(seen: Seen, step: Step) -> str:
    if step.agreed or (step.track and step.track.per_step):
        return "呈批"
    if seen.inside and all(isinstance(actor, PartyRole) for actor in step.by):
        return "当事人提出的"
    return "推进案件" if step.to is not None and step.track is None else "办理事项"
