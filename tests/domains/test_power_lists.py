"""The lists of powers in a house: handed down in one list, taken over in the other; what needs a reason has one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fadu.kernel import access, models, registers
from fadu.kernel.registers import Change
from fadu.rules.errors import BadInput
from fadu.rules.registry import load
from tests.kernel.conftest import House, built_once, home, lent

__all__ = ["built_once", "home", "lent"]

POWER = {"code": "C1", "subject": "对占道经营的处罚", "basis": "《城市市容管理条例》", "category": "penalty"}


@pytest.fixture
def place(home: House, monkeypatch: pytest.MonkeyPatch) -> House:
    catalogue = load(["powers"])
    monkeypatch.setattr(access, "registry", lambda: catalogue)
    return home


def change(place: House, who: str, register: str, organ: str, kind: str, **more: Any) -> models.RegisterEntry:
    reason, since = more.pop("reason", ""), more.pop("since", None)
    with place.session(who) as s:
        return registers.perform(s, register, place.organs[organ], Change(kind, more, since, reason))


def codes(place: House, register: str, on: date) -> list[str]:
    with place.session(None) as s:
        return [entry.data["code"] for entry in access.register(s, register, on)]


def test_a_power_goes_down_from_one_list_into_the_other(place: House) -> None:
    since = date(2024, 2, 1)
    change(place, "officer", "power_list", "bureau", "add", **POWER, since=date(2023, 1, 1))
    change(place, "officer", "power_list", "bureau", "delegate", code="C1", reason="政府决定", since=since)
    change(place, "stranger", "township_power_list", "other", "take_over", **POWER, since=since)
    assert [codes(place, "power_list", day) for day in (date(2024, 1, 31), since)] == [["C1"], []]
    assert [codes(place, "township_power_list", day) for day in (date(2024, 1, 31), since)] == [[], ["C1"]]


@pytest.mark.parametrize("kind", ["adjust", "cancel", "delegate"])
def test_what_lessens_or_alters_a_power_needs_a_reason(place: House, kind: str) -> None:
    change(place, "officer", "power_list", "bureau", "add", **POWER)
    with pytest.raises(BadInput, match="理由"):
        change(place, "officer", "power_list", "bureau", kind, code="C1")


def test_a_new_duty_of_townships_is_admitted_with_its_reason(place: House) -> None:
    duty = {"code": "D1", "subject": "协助开展普查", "basis": "全国统一部署"}
    with pytest.raises(BadInput, match="理由"):
        change(place, "officer", "township_duty_list", "bureau", "admit", **duty)
    change(place, "officer", "township_duty_list", "bureau", "admit", **duty, reason="批复准入")
    assert codes(place, "township_duty_list", place.day) == ["D1"]
