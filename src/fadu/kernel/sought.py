"""What cases and entries of registers are found by: their texts, written by the act that changes them.

Of a case number, title, names, facts that are text, papers: one row for each, with the audience of what it repeats, and
the database holds each reader to it. A text goes from here in the act that changes or destroys it. An entry has one
text, which begins with what everybody may read (kernel/sought_entries.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from fadu.rules.agents import AgentKind
from fadu.rules.casefile import CaseFile, Operation
from fadu.rules.errors import BadInput
from fadu.rules.facts import Audience, FactField, display, fact_fields, is_there, public_facts
from fadu.rules.procedure import Procedure
from fadu.rules.registers import Register, is_public

Piece = tuple[str, str, str, str | None]
"""Place (unique within the case), audience, label, text as it is compared; None: there is none (any more)."""
TABLES = ("party", "agent", "item", "paper")
HEAD = {"number": "案号", "title": "标题"}
WRITTEN = frozenset(("text", "long"))
HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
ALIKE = HALF_WIDTH | dict(zip(map(ord, "[]［］【】"), "〔〕〔〕〔〕", strict=True))
GAPS = re.compile(r"\s+")
SHORTEST_WORD, MOST_WORDS = 2, 8


def plain(text: str) -> str:
    """Text as it is compared: one width, small letters, one kind of bracket, one blank for a gap."""
    return GAPS.sub(" ", text.translate(ALIKE).lower()).strip()


def words_of(typed: str) -> list[str]:
    """What is looked for, as it is compared. Raises BadInput for a single sign, which stands in too many texts."""
    words = list(dict.fromkeys(plain(typed).split()))[:MOST_WORDS]
    short = [word for word in words if len(word) < SHORTEST_WORD]
    if short:
        raise BadInput({"q": f"“{short[0]}”只有一个字，请至少输入两个字"})
    return words


def touched(operations: Iterable[Operation]) -> frozenset[str]:
    """Beginnings of the places that an act may have changed."""
    found: set[str] = set()
    for operation in operations:
        match operation:
            case {"op": "fact", "name": str(name)}:
                found.add(f"fact:{name}")
            case {"op": "put", "table": str(table), "key": str(key)} if table in TABLES:
                found.add(f"{table}:{key}")
            case {"op": "head", "value": dict(value)}:
                found.update(HEAD.keys() & value)
    return frozenset(found)


def pieces(case: CaseFile, procedure: Procedure, places: Collection[str] | None = None) -> list[Piece]:
    """The texts of a case; places: only those, then with those that are empty now."""
    return [
        (place, audience.value, label, plain(text) if text else None)
        for stem, place, audience, label, text in _texts(case, procedure)
        if (text if places is None else stem in places)
    ]


def _texts(case: CaseFile, procedure: Procedure) -> Iterator[tuple[str, str, Audience, str, str]]:
    """Stem by which an act names the place, the place, audience, label, text."""
    known = Audience.PARTIES
    for name, label in HEAD.items():
        yield name, name, known, label, getattr(case, name) or ""
    for key, row in case.table("party").items():
        role = procedure.party(row.get("role", ""))
        yield f"party:{key}", f"party:{key}", known, role.label if role else "当事人", row.get("name") or ""
    for key, row in case.table("agent").items():
        yield f"agent:{key}", f"agent:{key}", known, AgentKind.label_of(row["kind"]), row.get("name") or ""
    for name, field in written(fact_fields(procedure.facts)).items():
        yield f"fact:{name}", f"fact:{name}", field.fact.audience, field.fact.label, _text(case.facts.get(name))
    items = written(fact_fields(procedure.items.model)) if procedure.items else {}
    for key, row in case.table("item").items():
        facts = row.get("facts") or {}
        for name, field in items.items():
            yield f"item:{key}", f"item:{key}:{name}", field.fact.audience, field.fact.label, _text(facts.get(name))
    for key, row in case.table("paper").items():
        text = " ".join(filter(None, (row.get("label"), row.get("number"), row.get("text"))))
        yield f"paper:{key}", f"paper:{key}", _of_paper(row), f"《{row.get('label')}》", text


def written(fields: Mapping[str, FactField]) -> dict[str, FactField]:
    """Those in which people write."""
    return {name: field for name, field in fields.items() if field.widget in WRITTEN}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _of_paper(row: Mapping[str, Any]) -> Audience:
    """What waits for its seal is nobody's but the house's."""
    return Audience.INTERNAL if row.get("stamped") == "" else Audience(row["audience"])


# ---------------------------------------------------------------- entries of registers


def entry_text(register: Register, data: Mapping[str, Any]) -> tuple[str, int]:
    """What an entry is found by, and how many signs at its beginning everybody may read."""
    open_ = public_facts(register.model) if is_public(register) else {}
    texts = {field.name: plain(text) for field, text in entry_texts(register, data)}
    first = " ".join(text for name, text in texts.items() if name in open_)
    rest = [text for name, text in texts.items() if name not in open_]
    return " ".join([first, *rest] if first else rest), len(first)


def entry_texts(register: Register, data: Mapping[str, Any]) -> Iterator[tuple[FactField, str]]:
    """What names an entry, then its facts in which people write, as far as they are there."""
    fields = fact_fields(register.model)
    for name, field in ({register.key: fields[register.key]} | written(fields)).items():
        if is_there(data.get(name)):
            yield field, display(field, data[name])
