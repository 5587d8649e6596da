"""What the workbench shows of a case beside its facts: people, items, papers, tracks, links, next steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import access, finding, models, offers
from fadu.kernel.offers import Offer
from fadu.rules import agents
from fadu.rules.facts import fact_fields
from fadu.rules.parties import Method, PartyForm
from fadu.rules.procedure import Effect, PartyRole, Relation, Step
from fadu.web.shared.case_seen import AGENT, Seen, Shown
from fadu.web.shared.words import chinese_day, days_left, outcome_label, shown

_PARTY = fact_fields(PartyForm)


# ---------------------------------------------------------------- parties and items


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Other cases that the person may see: same: certainly of this party, by number of its papers; alike: by name."""

    same: int = 0
    alike: int = 0


def elsewhere(seen: Seen) -> dict[str, Elsewhere]:
    """By key of the party, in one look. As a party to this case one is told nothing."""
    people = [row for row in seen.parties if row.organ_id is None] if seen.inside else []
    counted: dict[str, dict[str, int]] = {}
    for name, number, cases in finding.other_cases(seen.s, seen.case, {row.name for row in people}):
        counted.setdefault(name, {})[number or ""] = cases
    found = {}
    for row in people:
        mine, others = row.data.get("id_number") or "", dict(counted.get(row.name, {}))
        same = others.pop(mine, 0) if mine else 0
        alike = others.get("", 0) if mine else sum(others.values())
        found[row.key] = Elsewhere(same, alike)
    return found


@dataclass(frozen=True, slots=True)
class PartyCard:
    role: str
    name: str
    lines: list[Shown]
    gone: date | None
    acting: list[AgentLine]
    elsewhere: Elsewhere


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Who acts for a party: with which power, since when, until when. over: not on this day, and why."""

    text: str
    term: str
    proof: str
    contact: list[Shown]
    over: str
    key: str
    files: list[access.Uploaded]


def agent_lines(seen: Seen, party: models.Party, files: Mapping[str, access.Uploaded]) -> list[AgentLine]:
    """Those who act or acted for a party; one who represents others is told as such."""
    people = {row.key: row.data for row in seen.parties}
    lines = []
    for row in seen.agents:
        data = row.data
        if party.key not in (data["person"], *data["parties"]):
            continue
        others = [key for key in agents.acts_for(data, people) if key != party.key]
        itself = party.key == data["person"]
        text = f"担任代表人，代表{len(others)}人" if itself else agents.in_words(data)
        term = f"自{chinese_day(data['since'])}起" + (f"至{chinese_day(data['until'])}" if data["until"] else "")
        over = "" if agents.in_force(data, seen.s.today) else agents.not_in_force(data, seen.s.today)
        contact = [
            Shown(AGENT[name].fact.label, shown(AGENT[name], data[name]))
            for name in ("id_number", "address", "phone", "e_service", "e_address")
            if data.get(name) and seen.may_see(AGENT[name])
        ]
        kept = [files[entry] for entry in data["proof_files"] if entry in files]
        lines.append(AgentLine(text, term, data["proof"], contact, over, "" if row.before else row.key, kept))
    return lines


def names_of(seen: Seen) -> dict[str, str]:
    """Parties and those who act for them, by key."""
    return {party.key: party.name for party in seen.parties} | {agent.key: agent.name for agent in seen.agents}


def party_cards(seen: Seen, files: Mapping[str, access.Uploaded] | None = None) -> list[PartyCard]:
    cards = []
    others = elsewhere(seen) if files is not None else {}
    for row in seen.parties:
        role = seen.procedure.party(row.role)
        lines = [
            Shown(one.fact.label, shown(one, row.data.get(name)))
            for name, one in _PARTY.items()
            if name not in ("role", "name", "organ") and row.data.get(name) and seen.may_see(one)
        ]
        acting = agent_lines(seen, row, files or {})
        label, besides = role.label if role else row.role, others.get(row.key, Elsewhere())
        cards.append(PartyCard(label, row.name, lines, row.before, acting, besides))
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
            *(shown(one, row.data["facts"].get(name)) for name, one in fields.items()),
            outcome_label(items.outcome, row.outcome),
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
    amended_by: models.Paper | None = None

    @property
    def digest(self) -> str:
        return self.row.digest

    @property
    def unstamped(self) -> bool:
        """Signed, but not to be sent before it is stamped."""
        return bool(self.row.data.get("stamped") == "")


def paper_lines(seen: Seen) -> list[PaperLine]:
    names = names_of(seen)
    by_key = {paper.key: paper for paper in seen.papers}
    lines = []
    for paper in seen.papers:
        services = [row for row in seen.services if row.paper == paper.key]
        sent = {row.party for row in services}
        missing = [
            party
            for party in seen.parties
            if party.role in paper.data["to"] and party.before is None and party.key not in sent
        ]
        amended_by = by_key.get(paper.data.get("amended_by", ""))
        lines.append(PaperLine(paper, [_service(row, names, seen.s.today) for row in services], missing, amended_by))
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
    taker = row.data.get("taker")
    who = names.get(row.party, row.party) + (f"（{names.get(taker, taker)}代收）" if taker else "")
    return ServiceLine(who, text, row.data.get("proof") or "", row.key, on_the_way)


# ---------------------------------------------------------------- tracks, links, steps


def track_lines(seen: Seen) -> list[tuple[str, str]]:
    """Label and state of each track that has begun."""
    lines = []
    for row in seen.rows(models.Track):
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
    rows = seen.rows(models.Link)
    origins = access.linked_from(seen.s, seen.case)
    others = {case.pk: case for case in access.cases(seen.s).filter(pk__in={*origins, *(row.other_id for row in rows)})}
    found = [Linked(_relation(row.data), others.get(row.other_id)) for row in rows]
    return found + [Linked("由此案引起", others[number]) for number in sorted(set(origins)) if number in others]


def _relation(row: dict[str, Any]) -> str:
    """What the linked case is to this one, and what one did to the other."""
    effect = Effect(row["effect"]).label if row.get("effect") else ""
    match row["relation"]:
        case Relation.EFFECT:
            return f"本案{effect}（{row['label']}）"
        case Relation.CONCERNS:
            return f"所涉案件（{row['label']}）{effect}"
        case Relation.AWAITED:
            return f"等待本案的案件（{row['label']}）"
        case Relation.REDO:
            return f"重新办理（{row['label']}）"
    return str(row["label"]) + ("（引起该案件的操作已撤回）" if row.get("void") else "")


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the person may do: at once, by kind; standing steps; what still waits for something."""

    ready: dict[str, list[tuple[Offer, str]]]
    standing: list[Offer]
    waiting: list[Offer]


def next_steps(seen: Seen) -> NextSteps:
    found = offers.offers(seen.s, seen.case, seen.loaded)
    ready: dict[str, list[tuple[Offer, str]]] = {
        title: [] for title in ("推进案件", "办理事项", "呈批", "当事人提出的")
    }
    for offer in found:
        if offer.ready and offer.step.does is None:
            due = f"{offer.answers} {days_left(offer.due, seen.s.today)}" if offer.due else ""
            ready[_kind(seen, offer.step)].append((offer, due))
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
