"""本地参数: what a house has settled for itself beside the law: lights, the counter's hours, unserved papers, uploads.

Each is an entry of a register of the house's own, from a day on; until one is settled, the files of law/local/ hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import yaml

from fadu.kernel import models, validity
from fadu.rules.clocks import Thresholds
from fadu.rules.law import LAW_FOLDER, Unit
from fadu.rules.law_besides import CounterHours, counter_hours

REGISTER = "parameters"
"""Key: the name of the parameter, as the files of law/local/ are called."""
LIGHTS, COUNTER, UNSERVED, UPLOADS = "lights", "counter", "integrity", "uploads"


@dataclass(frozen=True, slots=True)
class Parameters:
    """What every session knows. counter: the hours and from which day on, newest last."""

    thresholds: Thresholds
    counter: tuple[tuple[date, CounterHours], ...]


@cache
def shipped(name: str) -> Mapping[str, Any]:
    """What holds where a house has settled nothing."""
    said: Mapping[str, Any] = yaml.safe_load((LAW_FOLDER / "local" / f"{name}.yaml").read_text(encoding="utf-8"))
    return said


def in_force(name: str, day: date) -> Mapping[str, Any]:
    """What holds on a day for a parameter that is not asked for in every session."""
    row = models.RegisterEntry.objects.filter(validity.on(day), register=REGISTER, key=name).first()
    return row.data if row else shipped(name)


@lru_cache(maxsize=8)
def parameters_at(head: str | None) -> Parameters:
    """Those of a state of the register; read once for each."""
    rows = models.RegisterEntry.objects.filter(register=REGISTER).order_by("since", "pk") if head else ()
    settled = [(row.key, row.since, row.data) for row in rows]
    lights = [thresholds(said) for name, _, said in settled if name == LIGHTS]
    counter = tuple((since, counter_hours(said)) for name, since, said in settled if name == COUNTER)
    return Parameters((lights or [shipped_thresholds()])[-1], counter)


def shipped_thresholds() -> Thresholds:
    return thresholds(shipped(LIGHTS))


def thresholds(said: Mapping[str, Any]) -> Thresholds:
    """The lights that an entry, or the file, says. Raises Refusal for what contradicts itself."""
    return Thresholds(said["yellow"], said["red"], Unit(said["unit"]))
