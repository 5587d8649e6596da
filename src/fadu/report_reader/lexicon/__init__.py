"""The words of the reader, in data files beside this one, put together into expressions once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml


@cache
def load(name: str) -> Any:
    """One data file of the lexicon, as it stands."""
    return yaml.safe_load((files(__package__) / f"{name}.yaml").read_text(encoding="utf-8"))


def words(name: str, key: str) -> list[str]:
    return cast("list[str]", load(name)[key])


def any_of(listed: list[str]) -> str:
    """An alternation that prefers longer words."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True)) + ")"


@cache
def groups() -> dict[str, str]:
    """Measure word → the group it belongs to; the first group that names a word has it."""
    found: dict[str, str] = {}
    for group, listed in load("units").items():
        for word in listed:
            found.setdefault(word, group)
    return found
