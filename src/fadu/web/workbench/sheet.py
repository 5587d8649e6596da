"""What the page of a form shows beside its boxes: refusal, conditions, the carried proposal, drafts of the papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils.safestring import SafeString

from fadu.kernel import access, models
from fadu.kernel.access import Session
from fadu.kernel.documents import Piece
from fadu.rules.errors import BadInput, KeyReused, Refusal, StaleForm, Unmet
from fadu.rules.facts import fact_fields
from fadu.rules.procedure import Procedure, Step
from fadu.web.shared.case_seen import Shown
from fadu.web.shared.fields import ErrorLine, Field, Told
from fadu.web.shared.paper_text import UNNUMBERED, html, of_text
from fadu.web.shared.step_form import Section, StepForm, Values, faults_by_field
from fadu.web.shared.typed import Typed, uploads_in
from fadu.web.shared.word_changes import Stretch
from fadu.web.shared.words import item_name, outcome_label, read_day, shown


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper as it would be issued."""

    label: str
    html: SafeString


def as_drafts(papers: Iterable[tuple[str, str]], organ: str, day: date) -> list[Draft]:
    return [Draft(label, html(of_text(text, organ, day, UNNUMBERED))) for label, text in papers]


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody will read of a paper, under what title, and what is masked: as it stands there, as it is shown."""

    label: str
    subject: str
    html: SafeString
    masked: list[Piece]


@dataclass(slots=True)
class Sheet:
    """Everything the template of a form needs."""

    title: str
    submit: str
    sections: list[Section]
    day: Field
    key: str
    position: int = 0
    version: str = ""
    body: Field | None = None
    party: Field | None = None
    learned: Field | None = None
    refusal: Refusal | None = None
    error_lines: list[ErrorLine] = field(default_factory=list)
    unmet: tuple[Unmet, ...] = ()
    carried: list[Shown] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    draft_fault: Refusal | None = None
    changed: list[tuple[str, list[list[Stretch]]]] = field(default_factory=list)
    papers: list[models.Paper] = field(default_factory=list)
    can_preview: bool = False
    public: Public | None = None
    has_files: bool = False
    possible: bool = True

    @property
    def stale(self) -> StaleForm | None:
        return self.refusal if isinstance(self.refusal, StaleForm) else None


def draw(
    s: Session, form: StepForm, typed: Typed, title: str, submit: str, refusal: Refusal | None, values: Values | None
) -> Sheet:
    """The sheet of a form with what was typed and what was said against it."""
    faults = faults_by_field(refusal, values) if values else {}
    told = Told(typed, faults, access.files_named(s, uploads_in(typed)))
    sections = form.sections(told)
    day = typed.one("day") or s.today.isoformat()
    hint = "默认为今天；实际办理在此以前的，填写实际日期，记录中注明“补录”"
    day_box = Field("day", "办理日期", "date", [day], required=True, hint=hint, fault=faults.get("day", ""))
    key = typed.one("key") if typed.one("key") and not isinstance(refusal, KeyReused) else uuid4().hex
    boxes = [box for section in sections for box in (*section.boxes, *(b for row in section.rows for b in row.boxes))]
    names = {box.name for box in boxes} | {"day", "learned", "party", "body"}
    return Sheet(
        title=title,
        submit=submit,
        sections=sections,
        day=day_box,
        key=key,
        refusal=refusal,
        error_lines=[ErrorLine(text, name if name in names else "") for name, text in faults.items()],
        has_files=any(box.widget == "files" for box in boxes),
    )


def shown_proposal(
    procedure: Procedure, subject: Step, carried: Mapping[str, Any], items: Mapping[str, Mapping[str, Any]]
) -> list[Shown]:
    """The proposal that a reviewer or signer reads: its facts, and the outcome of each item."""
    declared = fact_fields(procedure.facts)
    found = [
        Shown(one.fact.label, shown(one, carried.get(name)), one.fact.long)
        for name, one in declared.items()
        if name in (*subject.takes, *subject.may_take) and carried.get(name) is not None
    ]
    found += [Shown(role_label(procedure, row), str(row.get("name", ""))) for row in carried.get("parties") or ()]
    if procedure.items:
        found += list(_items(procedure, carried.get("items") or ()))
        for key, code in (carried.get("outcomes") or {}).items():
            label = item_name(procedure.items, items[key]) if key in items else key
            found.append(Shown(f"{procedure.items.label}：{label}", outcome_label(procedure.items.outcome, code)))
    return found


def role_label(procedure: Procedure, row: Mapping[str, Any]) -> str:
    role = procedure.party(str(row.get("role")))
    return role.label if role else "当事人"


def _items(procedure: Procedure, rows: Iterable[Mapping[str, Any]]) -> Iterable[Shown]:
    assert procedure.items is not None
    for number, row in enumerate(rows, start=1):
        yield Shown(f"{procedure.items.label} {number}", "；".join(str(value) for value in row.values()))


def day_of(typed: Typed, faults: dict[str, str], name: str = "day", label: str = "办理日期") -> date | None:
    """The day of the act as typed, None for nothing; a day that is none is added to the faults."""
    try:
        return read_day(typed.one(name), label, name)
    except BadInput as fault:
        faults |= fault.fields
        return None
