"""核验码: the short code of a paper, printed beside it, by which anybody can ask whether the house issued it.

Fifteen characters of the paper's digest, 75 bits, and one that shows a slip of the pen: 7K2M-QX0R-4TNB-5W9C. No
character looks like another. Who knows the code holds the paper; a code cannot be guessed.
"""

from __future__ import annotations

from fadu.kernel import models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput
from fadu.rules.facts import Audience

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OIL", "011")
SIGNS, GROUP = 15, 4
SHARED_DIGITS = SIGNS * 5 // 4
"""Digits of the digest, in base 16, that the code holds whole."""


def code_of(digest: str) -> str:
    """The code of a paper by its digest ("sm3:…")."""
    number = int(digest.rpartition(":")[2], 16) >> (256 - 5 * SIGNS)
    signs = _signs(number)
    return _grouped(signs + _check(signs))


def read(typed: str) -> str:
    """A code as people type it, in its own form. Raises BadInput when it cannot be one."""
    signs = "".join(typed.upper().translate(ALIKE).replace("－", "-").replace("-", " ").split())
    if len(signs) != SIGNS + 1 or any(sign not in ALPHABET for sign in signs):
        raise BadInput({"code": f"核验码由{SIGNS + 1}位数字和字母组成，请对照文书重新输入"})
    if signs[-1] != _check(signs[:-1]):
        raise BadInput({"code": "核验码有误，至少一位与文书上的不同，请对照文书重新输入"})
    return _grouped(signs)


def is_out(paper: models.Paper) -> bool:
    """Whether it has left the house; what is for the inside, or waits for its seal, has not."""
    return paper.audience != Audience.INTERNAL.value and paper.data.get("stamped") != ""


def issued(s: Session, code: str) -> list[models.Paper]:
    """The papers with this code, as written by `read`, that are out: several only if their text is the same to the
    letter."""
    number = _number(code.replace("-", "")[:SIGNS])
    start = f"sm3:{number >> (5 * SIGNS - 4 * SHARED_DIGITS):0{SHARED_DIGITS}x}"
    found = models.Paper.objects.filter(digest__startswith=start).order_by("case_id", "key")
    return [paper for paper in found.select_related("case__organ") if code_of(paper.digest) == code and is_out(paper)]


def _signs(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SIGNS)))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    return number


def _check(signs: str) -> str:
    """Weighted by odd numbers, which have an inverse: any one wrong sign is seen, and most neighbours exchanged."""
    return ALPHABET[sum((2 * place + 1) * ALPHABET.index(sign) for place, sign in enumerate(signs)) % 32]


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))
