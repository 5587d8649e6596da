"""Where the public reaches the portal from outside, as the house settled it: codes on papers lead there.

Kept in the house's own register `portal`, one entry. Without it a code on a paper is only to be typed.
"""

from __future__ import annotations

import re

from fadu.kernel import access, house
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput

REGISTER, KEY = "portal", "address"
LONGEST = 80
"""A longer one would make a picture too fine to be read from paper."""
_FORM = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?")


def address(s: Session) -> str:
    """The address of the portal's first page, with a stroke at its end; empty where none was settled."""
    entry = access.register(s, REGISTER, s.today, key=KEY).first()
    return str(entry.data["address"]) if entry else ""


def settle(s: Session, said: str) -> str:
    """From today on the portal is found there; nothing said: nowhere. Raises NotAllowed, BadInput."""
    if not said and not address(s):
        raise BadInput({"address": "请填写“网址”；现在没有登记，不用取消"})
    if not said:
        house.end_entry(s, REGISTER, KEY, s.today)
        return ""
    if not _FORM.fullmatch(said) or len(said) > LONGEST:
        form = "https://fuwu.example.gov.cn/open/"
        raise BadInput({"address": f"网址应当像 {form} 这样写，用字母和数字，不超过{LONGEST}个字符"})
    whole = f"{said.rstrip('/')}/"
    house.put_entry(s, REGISTER, KEY, {"address": whole}, since=s.today)
    return whole
