"""What became of a text, word by word, as a page marks it: kept, gone, new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\{[{%].*?[%}]\}|[A-Za-z0-9]+|\s+|.", re.DOTALL)
"""A placeholder, a Latin word or number; else one sign."""
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Stretch:
    kind: Literal["kept", "gone", "new"]
    text: str


def word_changes(before: str, after: str) -> list[list[Stretch]]:
    """The paragraphs of both texts in order; those that are like another are compared word by word."""
    old, new = ([line for line in text.splitlines() if line.strip()] for text in (before, after))
    found: list[list[Stretch]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[Stretch("kept", line)] for line in old[a:b]]
            continue
        pairs = min(b - a, d - c)
        for one, other in zip(old[a : a + pairs], new[c : c + pairs], strict=True):
            found += _compared(one, other)
        found += [[Stretch("gone", line)] for line in old[a + pairs : b]]
        found += [[Stretch("new", line)] for line in new[c + pairs : d]]
    return found


def _compared(one: str, other: str) -> Iterator[list[Stretch]]:
    words, others = _WORD.findall(one), _WORD.findall(other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        yield [Stretch("gone", one)]
        yield [Stretch("new", other)]
        return
    line: list[Stretch] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            line.append(Stretch("kept", "".join(words[a:b])))
            continue
        line += [Stretch("gone", "".join(words[a:b]))] if b > a else []
        line += [Stretch("new", "".join(others[c:d]))] if d > c else []
    yield line
