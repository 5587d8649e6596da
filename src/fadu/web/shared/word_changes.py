"""What became of a text, word by word, as a page marks it: kept, gone, new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\{[{%].*?[%}]\}|\d[\d,.]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
"""A placeholder, a number, a Latin word; else one sign."""
_ALONE = 1
"""So few words left alone between two changes did not stay: they are read with the changes."""
_ALIKE = 0.3
_NEAR = 6
"""Among so many paragraphs the one is looked for that another became."""


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
        at = c
        for one in old[a:b]:
            like = _most_alike(one, new[at : min(d, at + _NEAR)])
            if like is None:
                found.append([Stretch("gone", one)])
                continue
            found += [[Stretch("new", line)] for line in new[at : at + like]]
            found.append(_compared(one, new[at + like]))
            at += like + 1
        found += [[Stretch("new", line)] for line in new[at:d]]
    return found


def _most_alike(one: str, others: Sequence[str]) -> int | None:
    """Which of some paragraphs this one became, if any."""
    old = _WORD.findall(one)
    ratios = [SequenceMatcher(None, old, _WORD.findall(other), autojunk=False).ratio() for other in others]
    best = max(ratios, default=0)
    return ratios.index(best) if best >= _ALIKE else None


def _compared(one: str, other: str) -> list[Stretch]:
    old, new = _WORD.findall(one), _WORD.findall(other)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    *blocks, end = matcher.get_matching_blocks()
    last = len(blocks) - 1
    line: list[Stretch] = []
    at_old = at_new = 0
    for block in (*(one for at, one in enumerate(blocks) if one.size > _ALONE or at in (0, last)), end):
        line += [Stretch("gone", "".join(old[at_old : block.a])), Stretch("new", "".join(new[at_new : block.b]))]
        at_old, at_new = block.a + block.size, block.b + block.size
        line.append(Stretch("kept", "".join(old[block.a : at_old])))
    return [stretch for stretch in line if stretch.text]
