"""What a person filled in → clean JSON values, or one Chinese sentence for each field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fadu.rules.agents import AgentEndForm, AgentForm
from fadu.rules.errors import BadInput
from fadu.rules.facts import OUT_OF_YEARS, YEARS, FactField, Facts, fact_fields, form_model
from fadu.rules.parties import (
    AmendmentForm,
    AssignmentForm,
    PartyChangeForm,
    PartyForm,
    PublicationForm,
    ReceiptForm,
    RetractionForm,
    ReversalForm,
    ServiceForm,
)
from fadu.rules.procedure import Does, Items, Procedure, Step

ROW_FORMS: dict[Does, type[BaseModel]] = {
    Does.SERVES: ServiceForm,
    Does.RECEIVES: ReceiptForm,
    Does.REVERSES: ReversalForm,
    Does.PUBLISHES: PublicationForm,
    Does.RETRACTS: RetractionForm,
    Does.AMENDS: AmendmentForm,
    Does.CHANGES_PARTY: PartyChangeForm,
    Does.NAMES_AGENT: AgentForm,
    Does.ENDS_AGENT: AgentEndForm,
    Does.ASSIGNS: AssignmentForm,
}

RESERVED = ("parties", "agents", "items", "outcomes", "through", "consent")
"""What a form carries besides facts: rows, outcomes, and who acted for a party with whose consent; agents only where
another case hands them over.
"""

NO_DAY = "不是有效的日期（例：2024-03-01）"
SENTENCES = {
    "missing": "没有填写",
    "string_too_short": "没有填写",
    "string_too_long": "太长（最多 20000 字）",
    "string_type": "应当是文字",
    "string_unicode": "含有无法保存的字符",
    "enum": "不在可选范围内",
    "date_from_datetime_parsing": NO_DAY,
    "date_parsing": NO_DAY,
    "date_type": NO_DAY,
    "int_parsing": "应当是整数",
    "int_parsing_size": "数字过大",
    "finite_number": "应当是整数",
    "int_type": "应当是整数",
    "int_from_float": "应当是整数",
    "bool_parsing": "应当选择是或者否",
    "bool_type": "应当选择是或者否",
    "list_type": "应当是一组内容",
    "extra_forbidden": "不是这一步可以填写的内容",
}


LARGEST = 10**15
"""Numbers beyond this are slips of the hand; the record has one form only for whole numbers below 2⁵³."""
WITHOUT_FORM = re.compile("[\0\ud800-\udfff]")
"""Characters that the record cannot keep: NUL, and halves of surrogate pairs."""
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _unfit(value: Any) -> str | None:
    """Why a clean value can still not be kept: characters without a form in the record, numbers and days too far."""
    if isinstance(value, str):
        if WITHOUT_FORM.search(value):
            return "含有无法保存的字符"
    elif isinstance(value, date):
        return None if value.year in YEARS else OUT_OF_YEARS
    elif isinstance(value, int) and abs(value) > LARGEST:
        return "数字过大"
    elif isinstance(value, list):
        return next((fault for fault in map(_unfit, value) if fault), None)
    return None


def _rows(entered: Any, name: str) -> list[Mapping[str, Any]]:
    """Rows of a form. Raises BadInput when they are no rows."""
    if not isinstance(entered, list | tuple) or not all(isinstance(row, Mapping) for row in entered):
        raise BadInput({name: "应当是一组内容"})
    return list(entered)


def _is_no_day(field: FactField, value: Any) -> bool:
    """Whether text for a day is none; a bare number would be taken for seconds since 1970."""
    return field.widget == "date" and isinstance(value, str) and not DAY.fullmatch(value)


def _sentence(error: ErrorDetails) -> str:
    """What is wrong with a value, in Chinese whatever it is."""
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    return SENTENCES.get(error["type"], "的内容不能识别，请照说明填写")


def _clean(
    model: type[BaseModel], values: Mapping[str, Any], prefix: str = "", declared: type[BaseModel] | None = None
) -> dict[str, Any]:
    """Validated JSON values; empty text counts as not given. declared: the model that has the labels.

    Raises BadInput with all faults at once.
    """
    fields = fact_fields(declared or model)
    given = {name: value for name, value in values.items() if value not in ("", None)}
    faults = {name: NO_DAY for name, value in given.items() if name in fields and _is_no_day(fields[name], value)}
    try:
        form = model.model_validate(given)
    except ValidationError as fault:
        for error in fault.errors():
            faults.setdefault(str(error["loc"][0]), _sentence(error))
    else:
        faults |= {name: why for name in type(form).model_fields if (why := _unfit(getattr(form, name)))}
    if faults:
        labels = {name: fields[name].fact.label if name in fields else name for name in faults}
        raise BadInput({f"{prefix}{name}": f"“{labels[name]}”{said}" for name, said in faults.items()})
    return form.model_dump(mode="json")


def clean_facts(procedure: Procedure, step: Step, values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts a step takes. Reserved names are cleaned by their own functions."""
    form = form_model(procedure.facts, step.takes, step.may_take)
    given = {name: value for name, value in values.items() if name not in RESERVED}
    clean = _clean(form, given, declared=procedure.facts)
    return {name: value for name, value in clean.items() if value is not None}


def clean_entry(model: type[Facts], values: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a register's entry; what was left out is not kept."""
    return {name: value for name, value in _clean(model, values).items() if value is not None}


def clean_known(procedure: Procedure, values: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of a case as far as they are known, whichever step would have taken them."""
    form = form_model(procedure.facts, (), tuple(values))
    clean = _clean(form, values, declared=procedure.facts)
    return {name: value for name, value in clean.items() if value is not None}


def label_of(model: type[Facts], name: str) -> str:
    """What people call a fact; a name that is none stays as it is."""
    field = fact_fields(model).get(name)
    return field.fact.label if field else name


def clean_row(does: Does, values: Mapping[str, Any]) -> Any:
    """The row a standing step writes, as its typed form."""
    form = ROW_FORMS[does]
    return form.model_validate(_clean(form, values))


def clean_parties(step: Step, entered: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The parties a step enters; each must have one of the step's roles."""
    roles = {role.name: role for role in step.parties}
    clean: list[dict[str, Any]] = []
    for number, values in enumerate(_rows(entered, "parties")):
        party = _clean(PartyForm, values, prefix=f"parties.{number}.")
        role = roles.get(party["role"])
        if role is None:
            raise BadInput({f"parties.{number}.role": "“身份”不在这一步可以登记的范围内"})
        if role.organ and party["organ"] is None:
            raise BadInput({f"parties.{number}.organ": f"请从机关名单中选择{role.label}"})
        clean.append(party)
    for role in roles.values():
        if not role.many and sum(party["role"] == role.name for party in clean) > 1:
            raise BadInput({"parties": f"{role.label}只能有一个"})
    return clean


def clean_agents(entered: Sequence[Mapping[str, Any]]) -> list[AgentForm]:
    """Those who act for the parties that are entered with them."""
    rows = enumerate(_rows(entered, "agents"))
    return [AgentForm.model_validate(_clean(AgentForm, values, prefix=f"agents.{number}.")) for number, values in rows]


def clean_items(items: Items, entered: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The items a step enters; at least one."""
    if not entered:
        raise BadInput({"items": f"至少要有一项{items.label}"})
    return [
        _clean(items.model, values, prefix=f"items.{number}.") for number, values in enumerate(_rows(entered, "items"))
    ]


def clean_outcomes(items: Items, rows: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, str]:
    """One outcome of the closed list for every item."""
    if not isinstance(given, Mapping):
        raise BadInput({"outcomes": f"请为每一项{items.label}选择结果"})
    faults: dict[str, str] = {}
    for key in rows:
        if given.get(key) not in items.outcome.__members__.values():
            faults[f"outcomes.{key}"] = f"请为每一项{items.label}选择结果"
    for key in given:
        if key not in rows:
            faults[f"outcomes.{key}"] = f"没有这一项{items.label}"
    if faults:
        raise BadInput(faults)
    return {key: str(given[key]) for key in rows}
