"""What the judge says of the changes that steps make in registers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fadu.domains.powers import delegation, lists
from fadu.domains.powers.registers import POWERS
from fadu.rules.errors import DeclarationError
from fadu.rules.judge import judge
from fadu.rules.law import load_library
from fadu.rules.procedure import ChangesRegister, NumberOf, Procedure
from fadu.rules.register_words import DayAfter
from fadu.rules.registry import registry

DOCUMENTS = registry().room_of("power_delegation").documents
GOOD = ChangesRegister(
    register=POWERS, change=lists.PowerChange.DELEGATE, values={"code": "code"}, each=(), reason="decision_content"
)


def with_change(change: ChangesRegister, step: str = "decide_delegation") -> Procedure:
    text = delegation.TEXT_2021
    steps = tuple(replace(one, changes=(change,)) if one.name == step else one for one in text.steps)
    return replace(text, steps=steps)


def test_what_is_right_passes() -> None:
    faulty = with_change(GOOD)
    judge(faulty, load_library(), DOCUMENTS)
    assert next(step for step in faulty.steps if step.changes).changes == (GOOD,)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (replace(GOOD, change=lists.TownshipPowerChange.RECALL), "“收回”没有声明"),
        (replace(GOOD, values={"subject": "power"}), "没有写是哪一条（code）"),
        (replace(GOOD, reason=""), "“下放”应当写明理由"),
        (replace(GOOD, values={"code": "code", "colour": "power"}), "写了名录没有的 colour"),
        (replace(GOOD, values={"code": "nothing"}), "取自没有声明的 nothing"),
        (replace(GOOD, values={"code": NumberOf("no_paper")}), "取自没有声明的 no_paper"),
        (replace(GOOD, since=DayAfter("no_clock")), "取自没有声明的 no_clock"),
        (replace(GOOD, keeper="nobody"), "取自没有声明的 nobody"),
        (replace(GOOD, each=("no_outcome",)), "取自没有声明的 no_outcome"),
    ],
)
def test_what_is_wrong_is_told(change: ChangesRegister, words: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        judge(with_change(change), load_library(), DOCUMENTS)
    assert words in refused.value.message


def test_a_party_does_not_change_a_register() -> None:
    with pytest.raises(DeclarationError, match="只能由人办理，不能由当事人"):
        judge(with_change(GOOD, "take_over"), load_library(), DOCUMENTS)
