"""Fields of a form, made from declared facts: label, kind of box, what was typed, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from fadu.kernel.access import Uploaded
from fadu.rules.facts import Audience, ClosedList, FactField, fact_fields
from fadu.web.shared.typed import Typed

MOST_RADIOS = 6


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    note: str = ""


@dataclass(slots=True)
class Field:
    """One box of a form. widget: which part of templates/shared/parts/field.html draws it."""

    name: str
    label: str
    widget: str
    typed: list[str] = field(default_factory=list)
    choices: tuple[Choice, ...] = ()
    required: bool = False
    hint: str = ""
    fault: str = ""
    internal: bool = False
    kept: list[Uploaded] = field(default_factory=list)

    @property
    def value(self) -> str:
        return self.typed[-1] if self.typed else ""

    @property
    def described(self) -> str:
        """Ids of the hint and of the fault, for those who do not see the page."""
        parts = [f"{self.name}-hint" if self.hint else "", f"{self.name}-fault" if self.fault else ""]
        return " ".join(filter(None, parts))

    @property
    def is_day(self) -> bool:
        """Whether the browser's own day box can show what was typed; a day that is none needs a box for text."""
        try:
            return not self.value or date.fromisoformat(self.value) is not None
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """One sentence of the summary; anchor: the box it is about, if it is on the page."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed, what is wrong with it by field, and the files already kept."""

    typed: Typed
    faults: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Uploaded] = field(default_factory=dict)


def choices_of(entries: Iterable[ClosedList]) -> tuple[Choice, ...]:
    return tuple(Choice(entry.value, entry.label, entry.article or "") for entry in entries)


def make(told: Told, name: str, declared: FactField, *, required: bool) -> Field:
    """The field of one declared fact."""
    choices = choices_of(declared.choices) if declared.choices else ()
    widget = declared.widget
    if widget == "choice":
        widget = "radio" if len(choices) <= MOST_RADIOS else "select"
    if widget == "bool":
        widget, choices = "radio", (Choice("true", "是"), Choice("false", "否"))
    if widget == "radio" and not required:
        choices = (*choices, Choice("", "不填"))
    kept = [told.files[entry] for entry in told.typed.every(f"{name}-kept") if entry in told.files]
    return Field(
        name=name,
        label=declared.fact.label,
        widget=widget,
        typed=told.typed.every(name),
        choices=choices,
        required=required,
        hint=declared.fact.hint,
        fault=told.faults.get(name, ""),
        internal=declared.fact.audience is Audience.INTERNAL,
        kept=kept,
    )


def of_model(told: Told, prefix: str, model: type[BaseModel]) -> list[Field]:
    """The fields of a row's model; what has a default need not be filled in."""
    return [
        make(told, prefix + name, declared, required=model.model_fields[name].is_required())
        for name, declared in fact_fields(model).items()
    ]


def select(told: Told, name: str, label: str, choices: Iterable[Choice], *, required: bool = True) -> Field:
    """A box for choosing one of the case's own rows."""
    return Field(
        name, label, "select", told.typed.every(name), tuple(choices), required, fault=told.faults.get(name, "")
    )
