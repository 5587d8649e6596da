"""The form of one step: its sections, what its fields come to as values, and which field a fault belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from fadu.kernel import forms
from fadu.kernel.forms import ROW_FORMS
from fadu.rules import online
from fadu.rules.agents import AgentForm, AgentKind
from fadu.rules.errors import BadInput, Refusal
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.parties import PartyForm, PartyKind
from fadu.rules.procedure import Items, PartyRole, Procedure, Step
from fadu.web.shared import fields
from fadu.web.shared.fields import Choice, Field, Told
from fadu.web.shared.typed import Typed
from fadu.web.shared.words import item_name, whole

_PARTY = fact_fields(PartyForm)
_AGENT = fact_fields(AgentForm)
_PERSON_BOXES = ("name", "kind", "id_number", "address", "phone", "e_service", "e_address")
_ORGAN_BOXES = ("organ", "address", "phone", "e_service", "e_address")
_ALWAYS_TYPED = ("kind", "e_service")
AGENT_BOXES = tuple(name for name in _AGENT if name not in ("parties", "person", "e_service", "e_address"))
NEEDED_OF_AGENTS = ("kind", "name", "since", "proof", "proof_files")


@dataclass(frozen=True, slots=True)
class Row:
    """One of several like things: number counts from nought."""

    number: int
    title: str
    boxes: list[Field]


@dataclass(frozen=True, slots=True)
class Section:
    """A group of boxes, or of rows when `group` is given; several: rows may be added, and dropped down to `least`."""

    title: str
    boxes: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    group: str = ""
    several: bool = False
    fault: str = ""
    note: str = ""
    least: int = 1


@dataclass(frozen=True, slots=True)
class Values:
    """What the kernel is given, and where each of its entries stands in the form ("parties.0" → "p-applicant-0")."""

    values: dict[str, Any]
    places: dict[str, str]
    standing: bool = False

    def field_of(self, key: str) -> str:
        """The form's name for a fault of the kernel: "parties.0.name" → "p-applicant-0-name"."""
        head, _, last = key.rpartition(".")
        if key == "day" or key.startswith(("p-", "i-", "a-")):
            return key
        if self.standing:
            return f"f-{key}"
        if head in self.places:
            return f"{self.places[head]}-{last}"
        if head == "outcomes":
            return f"o-{last}"
        return {"party": "party", "body": "body", "parties": "parties", "items": "i"}.get(key, f"f-{key}")


@dataclass(frozen=True, slots=True)
class StepForm:
    """One step's form. organs: number → name of the organs a party may be; rows: the case's items by key.

    picks: for a standing step, the rows of the case that a field chooses among; agents: who may do it for a party;
    represented: the party for which an agent opens the case.
    """

    procedure: Procedure
    step: Step
    organs: Mapping[int, str]
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    picks: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    agents: tuple[Choice, ...] = ()
    represented: PartyRole | None = None

    # ------------------------------------------------------------ drawing

    def sections(self, told: Told) -> list[Section]:
        """The form, in the order in which it is filled in."""
        if self.step.does is not None:
            return [Section("", self._standing(told))]
        found = [Section("", self._facts(told))] if self._fact_names else []
        for role in self.step.parties:
            found.append(self._parties(told, role))
            if role == self.represented:
                found.append(self._entered_agents(told, role))
        if self.step.items and self.procedure.items:
            found.append(self._items(told, self.procedure.items))
        if self.step.outcomes and self.procedure.items:
            found.append(self._outcomes(told, self.procedure.items))
        if self.agents:
            found.append(self._through(told))
        return found

    @property
    def _fact_names(self) -> tuple[str, ...]:
        return (*self.step.takes, *self.step.may_take)

    def _facts(self, told: Told) -> list[Field]:
        declared = fact_fields(self.procedure.facts)
        return [
            fields.make(told, f"f-{name}", declared[name], required=name in self.step.takes)
            for name in self._fact_names
        ]

    def _standing(self, told: Told) -> list[Field]:
        assert self.step.does is not None
        boxes = fields.of_model(told, "f-", ROW_FORMS[self.step.does])
        for at, box in enumerate(boxes):
            if choices := self.picks.get(box.name.removeprefix("f-")):
                boxes[at] = fields.select(told, box.name, box.label, choices, required=box.required)
                boxes[at].hint = box.hint
                boxes[at].widget = "choices" if box.widget == "list" else "select"
        return boxes

    def _through(self, told: Told) -> Section:
        """Who did it for a party; where the act is the party's own, a representative shows the others' consent."""
        fault = told.faults.get("f-through", "")
        typed = told.typed.every("f-through")
        boxes = [Field("f-through", "代为办理的代理人、代表人", "choices", typed, self.agents, fault=fault)]
        boxes[0].hint = "本人办理的不选"
        if self.step.reserved and self.step.reserved.representative:
            consent = Field("f-consent", "被代表人同意的凭证", "text", told.typed.every("f-consent"))
            consent.hint = f"代表人办理的填写（{self.step.reserved.representative}）"
            boxes.append(consent)
        return Section("由谁代为办理", boxes)

    def _parties(self, told: Told, role: PartyRole) -> Section:
        group = f"p-{role.name}"
        rows = [
            Row(
                number,
                f"{role.label} {number + 1}" if role.many else role.label,
                list(self._party(told, role, f"{group}-{number}-")),
            )
            for number in range(told.typed.rows(group))
        ]
        fault = told.faults.get("parties", "")
        first = role == self.step.parties[0]
        note = "" if first or role in online.necessary(self.step) else "没有的不填"
        note = "；".join(filter(None, (role.hint, note)))
        return Section(role.label, rows=rows, group=group, several=role.many, fault=fault, note=note)

    def _party(self, told: Told, role: PartyRole, prefix: str) -> Iterator[Field]:
        for name in _ORGAN_BOXES if role.organ else _PERSON_BOXES:
            box = fields.make(told, prefix + name, _PARTY[name], required=name in ("name", "organ", "kind"))
            if name == "organ":
                box.label = role.label
                box.widget = "select"
                box.choices = tuple(Choice(str(number), label) for number, label in self.organs.items())
                box.internal = False
            if name == "kind":
                box.typed = box.typed or [PartyKind.PERSON.value]
            if name == "e_service":
                box.widget = "check"
            yield box

    def _entered_agents(self, told: Told, role: PartyRole) -> Section:
        """Those who apply for somebody, each with the paper that says so; of representatives the case officer hears."""
        rows = []
        for number in range(told.typed.rows("a")):
            prefix = f"a-{number}-"
            boxes = [
                fields.make(told, prefix + name, _AGENT[name], required=name in NEEDED_OF_AGENTS)
                for name in AGENT_BOXES
            ]
            for box in boxes:
                box.choices = tuple(one for one in box.choices if one.value != AgentKind.REPRESENTATIVE)
                box.hint = "" if box.name.endswith("-name") else box.hint
            rows.append(Row(number, f"代理人 {number + 1}", boxes))
        return Section("代理人", rows=rows, group="a", several=True, note=f"{role.label}自己申请的不用添加", least=0)

    def _items(self, told: Told, items: Items) -> Section:
        rows = [
            Row(number, f"{items.label} {number + 1}", fields.of_model(told, f"i-{number}-", items.model))
            for number in range(told.typed.rows("i"))
        ]
        return Section(items.label, rows=rows, group="i", several=True, fault=told.faults.get("i", ""))

    def _outcomes(self, told: Told, items: Items) -> Section:
        choices = fields.choices_of(items.outcome)
        widget = "radio" if len(choices) <= fields.MOST_RADIOS else "select"
        boxes = []
        for key, row in self.rows.items():
            name = f"o-{key}"
            label = f"{items.label}：{item_name(items, row) or key}"
            fault = told.faults.get(name, "")
            boxes.append(Field(name, label, widget, told.typed.every(name), choices, True, fault=fault))
        return Section(f"对每一项{items.label}的结果", boxes)

    # ------------------------------------------------------------ reading

    def values(self, typed: Typed) -> Values:
        """What was typed, as the kernel takes it; rows in which nothing was typed are left out."""
        if self.step.does is not None:
            model = fact_fields(ROW_FORMS[self.step.does])
            several = {name: typed.every(f"f-{name}") for name in self.picks if model[name].widget == "list"}
            return Values(_read(typed, "f-", model) | several, {}, standing=True)
        declared = fact_fields(self.procedure.facts)
        found: dict[str, Any] = _read(typed, "f-", {name: declared[name] for name in self._fact_names})
        places: dict[str, str] = {}
        if self.step.parties:
            found["parties"] = list(self._read_parties(typed, places))
        if self.represented:
            boxes = {name: _AGENT[name] for name in AGENT_BOXES}
            whose = {"parties": [self.represented.name]}
            found["agents"] = [row | whose for row in _read_rows(typed, "a", boxes, places, "agents")]
        if self.step.items and self.procedure.items:
            found["items"] = list(_read_rows(typed, "i", fact_fields(self.procedure.items.model), places, "items"))
        if self.step.outcomes:
            found["outcomes"] = {key: typed.one(f"o-{key}") for key in self.rows if typed.one(f"o-{key}")}
        if self.agents and typed.every("f-through"):
            found |= {"through": typed.every("f-through"), "consent": typed.one("f-consent").strip()}
        return Values(found, places)

    def faults(self, values: Values) -> dict[str, str]:
        """Everything that is wrong with what was typed, in all groups at once, by the kernel's names."""
        found: dict[str, str] = {}
        for check in self._checks(values.values):
            try:
                check()
            except BadInput as fault:
                found |= fault.fields
        return found

    def _checks(self, values: Mapping[str, Any]) -> Iterator[Callable[[], object]]:
        step, items = self.step, self.procedure.items
        if step.does is not None:
            yield partial(forms.clean_row, step.does, values)
            return
        yield partial(forms.clean_facts, self.procedure, step, values)
        yield partial(forms.clean_parties, step, values.get("parties") or ())
        yield partial(forms.clean_agents, values.get("agents") or ())
        if step.items and items:
            yield partial(forms.clean_items, items, values.get("items") or ())
        if step.outcomes and items:
            yield partial(forms.clean_outcomes, items, self.rows, values.get("outcomes") or {})

    def _read_parties(self, typed: Typed, places: dict[str, str]) -> Iterator[dict[str, Any]]:
        for role in self.step.parties:
            boxes = _ORGAN_BOXES if role.organ else _PERSON_BOXES
            for number in range(typed.rows(f"p-{role.name}")):
                prefix = f"p-{role.name}-{number}"
                if typed.blank(f"{prefix}-{name}" for name in boxes if name not in _ALWAYS_TYPED):
                    continue
                places[f"parties.{len(places)}"] = prefix
                values = _read(typed, f"{prefix}-", {name: _PARTY[name] for name in boxes})
                yield {"role": role.name} | values | (self._organ(role, values) if role.organ else {})

    def _organ(self, role: PartyRole, values: Mapping[str, Any]) -> dict[str, Any]:
        """An organ's name comes from the list; not chosen, the kernel says so at the box of the organ."""
        number = whole(str(values.get("organ") or ""))
        name = self.organs.get(number or 0, role.label)
        return {"kind": PartyKind.ORGAN.value, "name": name, "organ": number if number in self.organs else None}


def _read(typed: Typed, prefix: str, declared: Mapping[str, FactField]) -> dict[str, Any]:
    found = {name: typed.value(prefix + name, one) for name, one in declared.items()}
    return {name: value for name, value in found.items() if value is not None}


def _read_rows(
    typed: Typed, group: str, declared: Mapping[str, FactField], places: dict[str, str], table: str
) -> Iterator[dict[str, Any]]:
    written = 0
    for number in range(typed.rows(group)):
        if not typed.blank(f"{group}-{number}-{name}" for name in declared):
            places[f"{table}.{written}"] = f"{group}-{number}"
            written += 1
            yield _read(typed, f"{group}-{number}-", declared)


def faults_by_field(refusal: Refusal | None, values: Values) -> dict[str, str]:
    """The sentences of a refusal by the form's own names of fields."""
    if not isinstance(refusal, BadInput):
        return {}
    return {values.field_of(key): text for key, text in refusal.fields.items()}
