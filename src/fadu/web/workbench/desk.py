"""One step on the desk of one person: its form for this case, the proposal it carries, the act it asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fadu.kernel import access, acts, documents, house_reading, models, offers, retraction, store, titles
from fadu.kernel.access import Session
from fadu.kernel.acts import Receipt, Request
from fadu.kernel.offers import Offer
from fadu.kernel.store import Loaded
from fadu.rules import agents
from fadu.rules.errors import BadInput, Refusal
from fadu.rules.facts import fact_fields
from fadu.rules.parties import Method
from fadu.rules.procedure import Does, Items, Paper, PartyRole, Procedure, Step
from fadu.web.shared.fields import Choice, Field
from fadu.web.shared.paper_text import html_of_pieces
from fadu.web.shared.step_form import StepForm, Values
from fadu.web.shared.typed import Typed, retyped
from fadu.web.shared.word_changes import word_changes
from fadu.web.shared.words import chinese_day, item_name, whole
from fadu.web.workbench import sheet as sheets
from fadu.web.workbench.sheet import Draft, Sheet

EVERYBODY = "*"
_NOT_HERE = ("state", "agreed")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """A step offered in a case, with the rows of the case its form speaks of."""

    s: Session
    case: models.Case
    procedure: Procedure
    offer: Offer
    form: StepForm
    parties: list[models.Party]
    items: Mapping[str, Mapping[str, Any]]
    carried: Mapping[str, Any]

    @property
    def reads_only(self) -> bool:
        """Whether the values come from the proposal: the person reads and agrees, and types none of it."""
        return self.offer.step.agreed

    def may(self, step: Step) -> bool:
        """Whether another step of the case is within the person's posts."""
        present = [(party.role, party.organ_id) for party in self.parties if party.before is None]
        case = self.case
        return access.may(self.s, case.body_id, case.organ_id, case.system, step, present) is not None

    # ------------------------------------------------------------ for which party

    @property
    def for_parties(self) -> list[Choice]:
        """The parties, items, papers among which the act must say whose it is; empty when it is nobody's."""
        step = self.offer.form_of
        of = [one for one in self.procedure.apart(step) if one in step.by or not step.agreed]
        roles = {one.name for one in of if isinstance(one, PartyRole)}
        present = [party for party in self.parties if party.role in roles and party.before is None]
        if self.offer.role == "party_officer":
            present = [party for party in present if party.organ_id in self.s.parties]
        kinds = {one.name for one in of if isinstance(one, Paper)}
        papers = access.rows(self.s, self.case, models.Paper) if kinds else []
        return [
            *(_party_choice(self.procedure, party) for party in present),
            *(
                Choice(key, f"{one.label}：{item_name(one, row)}")
                for one in of
                if isinstance(one, Items)
                for key, row in self.items.items()
            ),
            *(_paper_choice(paper) for paper in papers if paper.name in kinds),
        ]

    def _party_box(self, typed: Typed) -> Field | None:
        choices = self.for_parties
        if not choices:
            return None
        if len(choices) == 1:
            return Field("party", "当事人", "hidden", [choices[0].value])
        together = () if self.offer.role == "party_officer" else (Choice(EVERYBODY, "以上全体"),)
        theirs = any(isinstance(actor, PartyRole) for actor in self.offer.form_of.by)
        return Field(
            "party", "由谁提出" if theirs else "为谁办理", "select", typed.every("party"), (*choices, *together), True
        )

    # ------------------------------------------------------------ drawing

    def first_typed(self, given: Mapping[str, str]) -> Typed:
        """The form before anybody typed: a returned proposal as drafted, links' hints for standing steps."""
        if self.offer.step.carries and self.carried and self.offer.about:
            declared = fact_fields(self.procedure.facts)
            items = fact_fields(self.procedure.items.model) if self.procedure.items else {}
            names = (*self.offer.about.takes, *self.offer.about.may_take)
            return retyped({name: declared[name] for name in names}, items, self.carried)
        typed = Typed()
        if self.offer.step.does is not None:
            for name in ("paper", "party", "service", "position", "agent"):
                if name in given:
                    typed.put(f"f-{name}", given[name])
        if self.offer.step.does is Does.SERVES:
            typed.put("f-sent_on", self.s.today.isoformat())
        if self.offer.step.does is Does.NAMES_AGENT:
            typed.put("f-since", self.s.today.isoformat())
        return typed

    def draw(self, typed: Typed, refusal: Refusal | None = None, values: Values | None = None) -> Sheet:
        """The sheet; a proposal on its way is read, with the papers it would become."""
        step = self.offer.step
        drawn = sheets.draw(self.s, self.form, typed, self.offer.label, _submit(self.offer), refusal, values)
        if self.reads_only:
            drawn.sections = []
        drawn.position = self.case.position
        drawn.party = self._party_box(typed)
        if drawn.party and isinstance(refusal, BadInput) and not self.form.step.does:
            drawn.party.fault = refusal.fields.get("party", "")
        if step.told_by:
            self._ask_when_learned(drawn, typed, refusal)
        drawn.unmet = self.offer.unmet
        drawn.possible = not any(unmet.gate in _NOT_HERE for unmet in self.offer.unmet)
        subject = step if step.agreed else self.offer.about
        if self.carried and subject and not step.carries:
            drawn.carried = sheets.shown_proposal(self.procedure, subject, self.carried, self.items)
            self._add_drafts(drawn, subject)
        drawn.papers = self._to_stamp()
        drawn.public = self._to_publish(typed) if step.does is Does.PUBLISHES else None
        drawn.can_preview = bool(self.offer.form_of.issues) and not self.reads_only and step.does is None
        drawn.can_preview |= step.does is Does.PUBLISHES
        return drawn

    def _to_publish(self, typed: Typed) -> sheets.Public | None:
        """The paper that is chosen, or the only one, as it would be made public."""
        choices = [choice.value for choice in self.form.picks.get("paper", ())]
        key = typed.one("f-paper") or (choices[0] if len(choices) == 1 else "")
        if key not in choices:
            return None
        loaded = offers.look(self.case.pk)
        row = loaded.case.table("paper")[key]
        pieces = documents.masking(row["text"], loaded.case, self.procedure)
        page = html_of_pieces(pieces, self.case.organ.name, date.fromisoformat(row["day"]), row["number"])
        masked = [piece for piece in dict.fromkeys(pieces) if piece.said != piece.shown]
        subject = titles.public_title(loaded.case, self.procedure, row["text"])
        return sheets.Public(row["label"], subject, page, masked)

    def _ask_when_learned(self, drawn: Sheet, typed: Typed, refusal: Refusal | None) -> None:
        """What happened outside has two days: when it happened, and when the house learned of it."""
        drawn.day.label, drawn.day.hint = "发生日期", "这件事实际发生的日期"
        learned = typed.one("learned") or self.s.today.isoformat()
        hint = "本机关得知这件事的日期；自知悉之日起算的期限从这一天算起"
        fault = refusal.fields.get("learned", "") if isinstance(refusal, BadInput) else ""
        drawn.learned = Field("learned", "知悉日期", "date", [learned], required=True, hint=hint, fault=fault)

    def _to_stamp(self) -> list[models.Paper]:
        """The papers that bear the stamp when this act is done."""
        track, about = self.offer.step.track, self.offer.about
        if track is None or about is None or track.signed not in self.offer.step.at:
            return []
        papers = access.rows(self.s, self.case, models.Paper)
        return [row for row in papers if row.data["step"] == about.name and row.data.get("stamped") == ""]

    def _add_drafts(self, drawn: Sheet, subject: Step) -> None:
        try:
            papers = offers.preview(self.s, self.case.pk, Request(subject.name, self.carried))
            drawn.drafts = sheets.as_drafts(papers, self.case.organ.name, self.s.today)
        except Refusal as fault:
            drawn.draft_fault = fault
            return
        found = offers.changed_proposal(self.s, self.case.pk, subject.name)
        drawn.changed = [(one.sentence, word_changes(one.before, one.now)) for one in found]

    # ------------------------------------------------------------ asking

    def request(self, typed: Typed, values: Values, more: Mapping[str, str] | None = None) -> Request:
        """The act asked for. Raises BadInput with all that is wrong with the form; more: of the files that came."""
        faults = dict(more or {}) | ({} if self.reads_only else self.form.faults(values))
        day = sheets.day_of(typed, faults)
        learned = sheets.day_of(typed, faults, "learned", "知悉日期") if self.offer.step.told_by else None
        party = typed.one("party")
        choices = self.for_parties
        if len(choices) == 1:
            party = choices[0].value
        elif choices and party not in {EVERYBODY, *(choice.value for choice in choices)}:
            faults["party"] = "请选择由哪一位当事人提出"
        if faults:
            raise BadInput(faults)
        return Request(
            step=self.offer.step.name,
            values={} if self.reads_only else values.values,
            day=day,
            key=typed.one("key")[:64] or None,
            position=_position(typed.one("position")),
            track_key=self.offer.key,
            party="" if party == EVERYBODY or not choices else party,
            learned=learned,
        )

    def perform(self, asked: Request) -> Receipt:
        return acts.perform(self.s, self.case.pk, asked)

    def preview(self, asked: Request) -> list[Draft]:
        """The papers that the act asked for would issue."""
        papers = offers.preview(self.s, self.case.pk, asked)
        return sheets.as_drafts(papers, self.case.organ.name, asked.day or self.s.today)


def _position(typed: str) -> int:
    """The case's position when the form was made; a form that does not say it is out of date."""
    return whole(typed) or 0


def _submit(offer: Offer) -> str:
    if offer.step.carries:
        return "提交审核"
    return "签发" if offer.step.agreed else f"确认{offer.step.label}"


def lay(s: Session, number: int, name: str, about: str) -> Desk:
    """Lays one step of a case on the desk, as one look at the case shows it. Raises NotFound, NotAllowed."""
    loaded = offers.look(number)
    offer = offers.offer(s, loaded, name, about)
    case, items = _case(loaded), loaded.case.table("item")
    parties = store.rows(s, case, loaded, models.Party)
    procedure = access.procedure_of(s, case)
    organs = access.names_of_organs(s) if offer.form_of.parties else {}
    acting = _acting(loaded, procedure, offer, s.today)
    picks = _picks(s, case, procedure, offer, parties, acting, loaded) if offer.step.does else {}
    form = StepForm(procedure, offer.form_of, organs, items, picks, () if offer.step.does else acting)
    return Desk(s, case, procedure, offer, form, parties, items, _carried(s, case, offer))


def _case(loaded: Loaded) -> models.Case:
    """The case's own row, as far as a form speaks of it."""
    case = loaded.case
    return models.Case(
        pk=case.id, system=case.system, version=case.version, organ_id=case.organ, body_id=case.body,
        stream_id=loaded.stream or None, state=case.state, position=case.position, number=case.number, title=case.title,
    )  # fmt: skip


def _acting(loaded: Loaded, procedure: Procedure, offer: Offer, today: date) -> tuple[Choice, ...]:
    """Agents and representatives of the parties whose step it is, or of all for a standing step; not those relieved."""
    step, people = offer.form_of, loaded.case.table("party")
    roles = {actor.name for actor in step.by if isinstance(actor, PartyRole)}
    if offer.role == "party_officer" or not (step.does or roles or step.reserved):
        return ()
    found = []
    for key, row in loaded.case.of("agent", before=None):
        whose = [people[one] for one in agents.acts_for(row, people)]
        if whose and (not roles or any(one["role"] in roles for one in whose)):
            late = "，本案还没有提交授权委托书" if row.get("proposed") else "，今天不在权限期内"
            note = "" if agents.in_force(row, today) else late
            found.append(Choice(key, f"{agents.in_words(row)}，为{_named(whose)}{note}"))
    return tuple(found)


def _named(parties: list[dict[str, Any]]) -> str:
    """The parties for whom somebody acts; of many the first and their number."""
    names = "、".join(party["name"] for party in parties[:MOST_NAMED])
    return names if len(parties) <= MOST_NAMED else f"{names}等{len(parties)}人"


def _carried(s: Session, case: models.Case, offer: Offer) -> Mapping[str, Any]:
    subject = offer.step if offer.step.agreed else offer.about
    if subject is None:
        return {}
    found = [row for row in access.rows(s, case, models.Track) if row.key.endswith(f":{subject.name}")]
    return next((row.data["carries"] for row in found if row.data.get("carries")), {})


def _picks(
    s: Session, case: models.Case, procedure: Procedure, offer: Offer, parties: list[models.Party],
    acting: tuple[Choice, ...], loaded: Loaded,
) -> dict[str, tuple[Choice, ...]]:  # fmt: skip
    """Rows of the case that the fields of a standing step choose among."""
    papers = access.rows(s, case, models.Paper)
    present = tuple(_party_choice(procedure, party) for party in parties if party.before is None)
    match offer.step.does:
        case Does.SERVES:
            return {
                "paper": tuple(_paper_choice(paper) for paper in papers),
                "party": present,
                "taker": acting,
            }
        case Does.AMENDS:
            return {"paper": tuple(_paper_choice(paper) for paper in papers)}
        case Does.CHANGES_PARTY:
            return {
                "party": present,
                "role": tuple(Choice(role.name, role.label) for role in procedure.parties),
                "organ": tuple(Choice(str(organ), name) for organ, name in access.names_of_organs(s).items()),
            }
        case Does.NAMES_AGENT:
            return {"parties": present, "person": present}
        case Does.ENDS_AGENT:
            return {"agent": acting}
        case Does.ASSIGNS:
            return {"officer": handler_choices(s, {case.body_id, case.organ_id})}
        case Does.RECEIVES:
            return {"service": tuple(_on_their_way(s, case, papers, parties))}
        case Does.PUBLISHES:
            kinds = {paper.name for paper in procedure.papers if paper.publish}
            return {"paper": tuple(_paper_choice(paper) for paper in papers if paper.name in kinds)}
        case Does.RETRACTS:
            owed = retraction.owed(loaded.case, procedure)
            return {"paper": tuple(_paper_choice(paper) for paper in papers if paper.key in owed)}
        case _:
            return {"position": tuple(_taken_back(s, case))}


def handler_choices(s: Session, organs: Collection[int]) -> tuple[Choice, ...]:
    """Those who may be given cases of these bodies and organs."""
    return tuple(Choice(str(officer.pk), officer.name) for officer in house_reading.handlers(s, *organs))


def _party_choice(procedure: Procedure, party: models.Party) -> Choice:
    return Choice(party.key, f"{sheets.role_label(procedure, party.data)}：{party.name}")


def _paper_choice(paper: models.Paper) -> Choice:
    number = f" {paper.number}" if paper.number else ""
    waits = "，待用印" if paper.data.get("stamped") == "" else ""
    return Choice(paper.key, f"《{paper.data['label']}》{number}（{chinese_day(paper.day)}{waits}）")


def _on_their_way(
    s: Session, case: models.Case, papers: list[models.Paper], parties: list[models.Party]
) -> list[Choice]:
    papers_by_key = {paper.key: paper.data["label"] for paper in papers}
    names = {party.key: party.name for party in parties}
    return [
        Choice(
            row.key,
            f"《{papers_by_key.get(row.paper, row.paper)}》送 {names.get(row.party, row.party)}"
            f"（{Method.label_of(row.method)}，{chinese_day(row.data['sent_on'])}送出）",
        )
        for row in access.rows(s, case, models.Service)
        if row.effective is None and row.method != Method.NOTICE
    ]


def _taken_back(s: Session, case: models.Case) -> list[Choice]:
    """Acts that can be named for taking back, newest first."""
    events = access.events(s, case)
    gone = {event.reverses for event in events}
    return [
        Choice(str(event.position), f"第 {event.position} 步 {event.label}（{chinese_day(event.happened)}）")
        for event in reversed(events)
        if event.position > 1 and event.reverses is None and event.position not in gone
    ]
