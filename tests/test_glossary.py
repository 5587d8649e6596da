"""The names of every system are made of the words of docs/glossary.md: one English word for a Chinese term."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fadu.rules.facts import ClosedList, FactField, fact_fields
from fadu.rules.procedure import ROLES, Procedure
from fadu.rules.registers import Register
from fadu.rules.registry import registry

PAGE = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8")
PLAIN = "## Plain words"
OPEN_ENDS = "## Where code and glossary differ"
LETTERS = re.compile(r"[a-z]+")

Named = tuple[str, str]
"""What it is, and its name."""


def rows() -> list[tuple[str, str]]:
    """The table's rows: Chinese term, English cell."""
    tables = PAGE.partition(PLAIN)[0].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in tables if line.startswith("| ")]
    return [(row[0], row[1]) for row in cells if row[0] != "中文"]


def glossary() -> set[str]:
    """Every English word a name may be made of."""
    plain = PAGE.partition(PLAIN)[2].partition(OPEN_ENDS)[0].partition(":")[2]
    return set(LETTERS.findall(" ".join(english for _, english in rows()).lower())) | set(LETTERS.findall(plain))


def foreign(name: str, words: set[str]) -> list[str]:
    """The words of a snake_case name that the glossary does not have."""
    return [word for word in LETTERS.findall(name.lower()) if word not in words]


def lists(fields: dict[str, FactField]) -> Iterator[Named]:
    for name, field in fields.items():
        yield "fact", name
        if field.choices is not None:
            yield from codes(field.choices)


def codes(choices: type[ClosedList]) -> Iterator[Named]:
    for code in choices:
        yield f"code of {choices.__name__}", str(code)


def names_of(procedure: Procedure) -> Iterator[Named]:
    yield "system", procedure.system
    for kind, declared in {
        "state": procedure.states,
        "step": procedure.steps,
        "clock": procedure.clocks,
        "lead": procedure.leads,
        "track": procedure.tracks,
        "party": procedure.parties,
        "paper": procedure.papers,
    }.items():
        yield from ((kind, one.name) for one in declared)
    for track in procedure.tracks:
        yield from ((f"state of {track.name}", state.name) for state in procedure.track_states(track))
    yield from lists(fact_fields(procedure.facts))
    if procedure.items is not None:
        yield "items", procedure.items.name
        yield from codes(procedure.items.outcome)
        yield from lists(fact_fields(procedure.items.model))


def names_of_register(register: Register) -> Iterator[Named]:
    yield "register", register.name
    yield from lists(fact_fields(register.model))
    yield from codes(register.changes)


def names() -> list[Named]:
    catalogue = registry()
    found = [named for system in catalogue.systems for p in catalogue.versions(system) for named in names_of(p)]
    found += [named for register in catalogue.registers for named in names_of_register(register)]
    found += [("role", name) for name in ROLES]
    found += [("indicator", indicator.name) for indicator in catalogue.indicators]
    return list(dict.fromkeys(found))


def test_every_name_is_made_of_words_of_the_glossary() -> None:
    words = glossary()
    unknown = [f"{kind} {name}: {', '.join(strange)}" for kind, name in names() if (strange := foreign(name, words))]
    assert unknown == [], "add the words to docs/glossary.md beside their Chinese terms, or use words that are there"


def test_there_is_something_to_hold_to_it() -> None:
    kinds = Counter(kind.partition(" ")[0] for kind, _ in names())
    assert {"system", "state", "step", "clock", "fact", "role", "paper", "party", "code", "indicator"} <= set(kinds)
    assert len(rows()) > 100


@pytest.mark.parametrize("name", ["assessor", "accept_zzz", "zzz_officer"])
def test_a_word_that_is_not_there_is_found(name: str) -> None:
    assert foreign(name, glossary())


def test_words_of_the_last_section_do_not_count() -> None:
    """What is told there to be wrong is no permission."""
    assert "perform" in PAGE.partition(OPEN_ENDS)[2]
    assert foreign("perform", glossary()) == ["perform"]


def test_a_term_stands_once_and_so_does_its_word() -> None:
    """The word of a row is what stands before its brackets."""
    terms = Counter(chinese for chinese, _ in rows())
    heads = Counter(english.partition("(")[0].strip() for _, english in rows())
    assert [term for term, times in terms.items() if times > 1] == []
    assert [head for head, times in heads.items() if times > 1] == []
