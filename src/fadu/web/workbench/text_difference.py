"""Two wordings of a text as one: what stayed, what went, what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORD = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|\s+|.", re.S)
_ALONE = 1
"""So few signs left alone between two changes are no word that stayed: they are read with the changes."""


class Piece(NamedTuple):
    """What came of a stretch: "kept", "gone", "new"."""

    what: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces in reading order; numbers and Latin words are never cut, of Chinese single signs."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    blocks = [one for one in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if one.size]
    last = len(blocks) - 1
    stayed = [one for at, one in enumerate(blocks) if one.size > _ALONE or at in (0, last)]
    pieces, at_old, at_new = [], 0, 0
    for one in stayed:
        pieces += [Piece("gone", "".join(old[at_old : one.a])), Piece("new", "".join(new[at_new : one.b]))]
        at_old, at_new = one.a + one.size, one.b + one.size
        pieces.append(Piece("kept", "".join(old[one.a : at_old])))
    pieces += [Piece("gone", "".join(old[at_old:])), Piece("new", "".join(new[at_new:]))]
    return [piece for piece in pieces if piece.text]
