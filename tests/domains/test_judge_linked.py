"""Faults of the words that link cases are found when the declarations load, and told with the word that is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fadu.common import standing
from fadu.rules.errors import DeclarationError
from fadu.rules.facts import fact_fields
from fadu.rules.judge_linked import faults_of_links
from fadu.rules.law import load_library
from fadu.rules.procedure import CASE_OFFICER, Consequence, Effect, Names, Opens, Procedure, When
from fadu.rules.registry import Registry, Room
from fadu.rules.sheet import steps
from tests.kernel import reaching, small

LIBRARY = load_library()
SAID = reaching.rule.consequence
assert SAID is not None


def giver(name: str, **changes: object) -> Procedure:
    """The suit with one step changed."""
    found = tuple(replace(one, **changes) if one.name == name else one for one in reaching.SUIT.steps)  # type: ignore[arg-type]
    return replace(reaching.SUIT, steps=found)


def receiver(**changes: object) -> Procedure:
    """The procedure that is reached, with the receiving step changed."""
    changed = replace(reaching.revoked, **changes)  # type: ignore[arg-type]
    found = tuple(changed if one == reaching.revoked else one for one in reaching.REACHED.steps)
    return replace(reaching.REACHED, steps=found, on=(When(Effect.REVOKED, changed), reaching.REACHED.on[1]))


FAULTS = {
    "number not asked for": (giver("name_case", takes=()), "关联案件的案号 about 不在它填写的内容中"),
    "effect by no list": (
        giver("enter_ruling", consequence=Consequence(fact="about", effects={})),
        "影响所依据的 about 不是它必须填写的封闭名单",
    ),
    "effect not complete": (
        giver("enter_ruling", consequence=replace(SAID, effects={"revoked": Effect.REVOKED})),
        "没有为“裁判”的每一项写明影响（缺少或者多出：kept、redo）",
    ),
    "nothing named": (giver("name_case", names=None), "会影响关联的案件，但没有步骤关联案件"),
    "received twice": (
        replace(reaching.REACHED, on=(*reaching.REACHED.on, When(Effect.REVOKED, reaching.redo))),
        "关联案件使本案被撤销时怎么办，写了不止一次",
    ),
    "received by nobody": (replace(reaching.REACHED, on=()), "步骤“责令重作”没有写明由哪一种影响产生"),
    "not declared": (
        replace(reaching.REACHED, on=(When(Effect.VOID, replace(reaching.revoked, name="other")),)),
        "受关联案件影响的步骤“决定被撤销”没有声明",
    ),
    "by a person": (receiver(by=(CASE_OFFICER,)), "步骤“决定被撤销”应当由系统记录"),
    "asks a person": (receiver(takes=("story",)), "步骤“决定被撤销”不能有条件、必填的内容和文书"),
    "never taken back": (
        replace(reaching.REACHED, steps=tuple(s for s in reaching.REACHED.steps if s.name != "reverse")),
        "但程序没有撤回的步骤",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_found(name: str) -> None:
    procedure, told = FAULTS[name]
    assert any(told in fault for fault in faults_of_links(procedure, fact_fields(procedure.facts)))


@pytest.mark.parametrize("procedure", [reaching.SUIT, reaching.REACHED], ids=["giver", "receiver"])
def test_what_is_right_passes(procedure: Procedure) -> None:
    assert list(faults_of_links(procedure, fact_fields(procedure.facts))) == []


def load(*procedures: Procedure) -> Registry:
    room = Room(name="reaching", label="两案", folder=Path(reaching.__file__).parent, procedures=procedures)
    return Registry([room], LIBRARY)


def test_every_effect_is_received_by_every_text_that_may_be_reached() -> None:
    deaf = replace(
        reaching.REACHED,
        steps=tuple(step for step in reaching.REACHED.steps if step != reaching.redo),
        on=reaching.REACHED.on[:1],
    )
    with pytest.raises(DeclarationError, match="没有写明所关联的“小诉讼”使它被撤销并责令重作时怎么办"):
        load(deaf, small.FOLLOW, reaching.SUIT)


def test_what_is_named_must_be_there() -> None:
    strange = giver("name_case", names=Names(fact="about", system="nowhere"))
    with pytest.raises(DeclarationError, match="所关联的程序 nowhere 没有声明"):
        load(reaching.REACHED, small.FOLLOW, strange)


def test_agents_of_a_named_case_are_told_only_where_agents_are_declared() -> None:
    steps = tuple(step for step in reaching.SUIT.steps if step not in standing.AGENTS)
    with pytest.raises(DeclarationError, match="步骤“登记所涉案件”列出所关联案件的代理人，但程序没有声明"):
        load(reaching.REACHED, small.FOLLOW, replace(reaching.SUIT, representation=None, steps=steps))


def test_items_are_handed_over_to_the_same_items_only() -> None:
    opens = replace(small.follow.opens, items=True) if small.follow.opens else None
    assert isinstance(opens, Opens)
    told = tuple(replace(one, opens=opens) if one == small.follow else one for one in reaching.REACHED.steps)
    with pytest.raises(DeclarationError, match="移交分项，但两边的分项不同"):
        load(replace(reaching.REACHED, steps=told), small.FOLLOW, reaching.SUIT)


def test_the_sheet_tells_it() -> None:
    told = {row.label: "；".join(row.details) for row in (*steps(reaching.SUIT), *steps(reaching.REACHED))}
    assert "“所涉案号”所写案号的案件" in told["登记所涉案件"]
    assert "“撤销并重作”：被撤销并责令重作；“维持”：不受影响" in told["登记裁判"]
    assert "关联案件使本案“被撤销”时由系统记录" in told["决定被撤销"]
