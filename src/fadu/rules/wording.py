"""Two wordings of one text, sentence by sentence: whether what is told with figures in one stands so in the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_SENTENCE = re.compile(r"[^。；！？\n]+")
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?[\u4e00-\u9fff]?")
"""A number with the sign after it, which is its measure word, or begins it."""
_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_NEAR = 50
"""A percentage: of the pairs of signs in two sentences, so many must be the same for one to be the other reworded."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A sentence with figures of the first text; other: the nearest of the second, which has not the same figures."""

    sentence: str
    other: str | None

    def __str__(self) -> str:
        return f"“{self.sentence}”，" + (f"现在是“{self.other}”" if self.other else "没有这一句")


def sentences(text: str) -> list[str]:
    """Without blanks and the marks between them; full-width figures as plain ones."""
    lines = "\n".join("".join(line.split()) for line in text.translate(_WIDE).splitlines())
    return _SENTENCE.findall(lines)


def figures(sentence: str) -> tuple[str, ...]:
    """The numbers of a sentence with their measure words, in their order."""
    return tuple(found.replace(",", "") for found in _FIGURE.findall(sentence))


def differing(told: Iterable[str], text: str) -> tuple[Differing, ...]:
    """The sentences with figures that the text does not have: neither word for word nor with the same figures in order.

    A sentence may be reworded, split no further, and more may be added to it.
    """
    there = sentences(text)
    whole = set(there)
    wanted = dict.fromkeys(one for said in told for one in sentences(said) if figures(one))
    found = ((one, _nearest(one, there)) for one in wanted if one not in whole)
    return tuple(Differing(one, near) for one, near in found if near is None or not _within(one, near))


def _nearest(sentence: str, among: list[str]) -> str | None:
    """The most alike of them; a figure alone, as in a table, is found wherever it stands."""
    if not _pairs(sentence):
        return next((one for one in among if _within(sentence, one)), None)
    alike = {one: _alike(sentence, one) for one in among}
    best = max(alike, key=lambda one: alike[one], default=None)
    return best if best is not None and alike[best] >= _NEAR else None


def _within(sentence: str, other: str) -> bool:
    rest = iter(figures(other))
    return all(figure in rest for figure in figures(sentence))


def _alike(one: str, other: str) -> int:
    """How many pairs of neighbouring signs, figures left out, both have, in percent of all."""
    first, second = _pairs(one), _pairs(other)
    return 200 * len(first & second) // max(len(first) + len(second), 1)


@lru_cache(maxsize=4096)
def _pairs(sentence: str) -> frozenset[str]:
    words = re.sub(r"[\d.,%]", "", sentence)
    return frozenset(words[place : place + 2] for place in range(len(words) - 1))
