"""What a case is called: among those who handle it, and in public."""

from __future__ import annotations

from string import Formatter
from typing import Any

from fadu.infra.official import escaped, unescaped
from fadu.kernel import documents
from fadu.rules.casefile import CaseFile
from fadu.rules.facts import FactField, fact_fields
from fadu.rules.procedure import Procedure


def title_of(case: CaseFile, procedure: Procedure) -> str:
    """What the case is called, as its declaration says."""
    names = {role.name: "、".join(_names(case, role.name)) or "—" for role in procedure.parties}
    fields = fact_fields(procedure.facts)
    facts = {name: _in_title(field, case.facts.get(name, "")) for name, field in fields.items()}
    return procedure.title.format_map({**facts, **names, "label": procedure.label})


def public_title(case: CaseFile, procedure: Procedure, text: str) -> str:
    """The title as the public reads it beside a paper with this text, masked as the paper is.

    Empty where it would tell a name or a fact that the paper does not.
    """
    asked = {name for _, name, _, _ in Formatter().parse(procedure.title) if name}
    said = [name for role in procedure.parties if role.name in asked for name in _names(case, role.name)]
    for name, field in fact_fields(procedure.facts).items():
        if name in asked and (value := case.facts.get(name)):
            said.append(str(_in_title(field, value)))
    if not all(escaped(one) in text for one in said):
        return ""
    return unescaped(documents.masked(escaped(title_of(case, procedure)), case, procedure))


def _names(case: CaseFile, role: str) -> list[str]:
    return [row["name"] for _, row in case.of("party", role=role)]


def _in_title(field: FactField, value: Any) -> Any:
    """A fact as the title has it: of a closed list its label."""
    return field.choices.label_of(value) if field.widget == "choice" and field.choices and value else value
