"""Indicators over the register of the kernel's tests, and a house in which it changed in every way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from fadu.kernel import models, registers
from fadu.kernel.registers import Change
from fadu.rules.indicators import Changes, FactIs, Indicator, Not, Rate, Stock
from fadu.rules.law import load_library
from fadu.rules.registry import Registry
from tests.kernel import lists
from tests.kernel.conftest import House
from tests.kernel.lists import PowerChange

HIGH = FactIs("risk", ("high",))

valid = Stock(name="valid", label="事项数", register="power", definition="本期最后一天有效的事项数。")
high = replace(valid, name="high", label="高风险事项数", where=(HIGH,))
low = replace(valid, name="low", label="不是高风险的事项数", where=(Not(HIGH),))
checked = replace(valid, name="checked", label="每年检查两次的事项数", where=(FactIs("inspections", ("2",)),))
high_share = Rate(
    name="high_share", label="高风险比例", numerator=high, denominator=valid, definition="高风险事项数占事项数。"
)
added = Changes(
    name="added", label="新增事项数", register="power", kinds=(PowerChange.ADD,), definition="本期新增的事项数。"
)
taken_over = replace(added, name="taken_over", label="承接事项数", kinds=(PowerChange.TAKE_OVER,))
adjusted = replace(added, name="adjusted", label="调整事项数", kinds=(PowerChange.ADJUST,))
cancelled = replace(added, name="cancelled", label="取消事项数", kinds=(PowerChange.CANCEL,))
handed = replace(added, name="handed", label="下放事项数", kinds=(PowerChange.HAND_DOWN,))
moved = replace(added, name="moved", label="各类变动数", kinds=tuple(PowerChange))
high_moved = replace(moved, name="high_moved", label="高风险事项变动数", where=(HIGH,))

ALL: tuple[Indicator, ...] = (
    *(valid, high, low, checked, high_share, added, taken_over, adjusted, cancelled, handed, moved, high_moved),
)


@cache
def catalogue() -> Registry:
    """The small room with its register and the indicators over it."""
    return Registry([replace(lists.ROOM, indicators=ALL)], load_library())


def change(place: House, who: str | None, kind: str, code: str, organ: str = "bureau", **more: Any) -> Any:
    """One change, recorded on the house's day; `since`: the day it takes effect."""
    since = date.fromisoformat(more.pop("since")) if "since" in more else None
    facts = {"subject": "对某事的处罚", "risk": "high"} if kind in ("add", "take_over") else {}
    with place.session(who) as s:
        wanted = Change(kind, facts | more | {"code": code}, since, "依据某决定")
        return registers.perform(s, "power", place.organs[organ], wanted)


def fill(place: House) -> dict[str, int]:
    """Rows by name. A: added, lowered, cancelled; B: added late; C: handed down; D, E: of others; F: the same day."""
    made: dict[str, models.RegisterEntry] = {}
    place.day = date(2024, 1, 10)
    made["A"] = change(place, "officer", "add", "A", since="2023-05-01", inspections="2")
    made["C"] = change(place, "officer", "add", "C", since="2024-01-02")
    made["D"] = change(place, "stranger", "take_over", "D", organ="other", since="2024-01-05", risk="low")
    place.day = date(2024, 3, 1)
    made["A2"] = change(place, "officer", "adjust", "A", risk="low")
    change(place, "officer", "hand_down", "C", since="2024-02-15")
    made["E"] = change(place, None, "add", "E", organ="respondent", since="2025-01-01")
    place.day = date(2024, 9, 1)
    change(place, "officer", "cancel", "A", since="2024-12-31")
    made["B"] = change(place, "officer", "add", "B", since="2024-04-01")
    made["F"] = change(place, "officer", "add", "F", since="2024-08-01", risk="low")
    made["F2"] = change(place, "officer", "adjust", "F", since="2024-08-01", risk="high")
    place.day = date(2025, 2, 1)
    return {name: row.pk for name, row in made.items()}
