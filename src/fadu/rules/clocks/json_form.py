"""A clock as JSON: the rule, everything it was reckoned from, the result, and the explanation entry by entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fadu.rules.clocks.explanation import Entry
from fadu.rules.clocks.reckoning import Reckoned

RULE = ("statute", "version", "period", "article", "kind", "amount", "unit", "month_day", "roll")


def as_json(reckoned: Reckoned, entries: Iterable[Entry]) -> dict[str, Any]:
    """Plain values: days and moments as ISO 8601 text, words of the language by their names, nothing as float."""
    running = reckoned.running
    return {
        "rule": {name: _plain(getattr(running.rule, name)) for name in RULE},
        "inputs": {name: value for name, value in _plain(running).items() if name != "rule"},
        "result": {name: value for name, value in _plain(reckoned).items() if name != "running"},
        "entries": [_plain(entry) for entry in entries],
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
