"""Whom the public calls and where it goes: telephone, address and hours of each body, as the house settled them.

Kept in the house's own register `contacts`, one entry a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fadu.kernel import access, house, models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput

REGISTER = "contacts"
LONGEST = 100
_PHONE = re.compile(r"[0-9+() （）转、，,-]{5,60}")


@dataclass(frozen=True, slots=True)
class Contact:
    """How a body is reached; phone is empty where the house has not said."""

    body: str
    phone: str = ""
    place: str = ""
    hours: str = ""


def settle(s: Session, body: int, phone: str, place: str, hours: str) -> None:
    """From today on a body is reached that way; nothing said: it is not told. Raises NotAllowed, NotFound, BadInput."""
    if not (phone or place or hours):
        house.end_entry(s, REGISTER, str(body), s.today)
        return
    faults = {}
    if not _PHONE.fullmatch(phone):
        faults["phone"] = "请填写群众可以拨打的电话号码，例如 0371-66000000"
    long = [name for name, said in (("place", place), ("hours", hours)) if len(said) > LONGEST]
    faults |= dict.fromkeys(long, f"不超过{LONGEST}个字")
    if faults:
        raise BadInput(faults)
    data = {"body": body, "phone": phone, "place": place, "hours": hours}
    house.put_entry(s, REGISTER, str(body), data, since=s.today)


def of(s: Session, bodies: Iterable[models.Organ]) -> list[Contact]:
    """How these bodies are reached today."""
    told = {entry.key: entry.data for entry in access.register(s, REGISTER, s.today)}
    found = ((body.name, told.get(str(body.pk), {})) for body in bodies)
    return [Contact(name, *(said.get(word, "") for word in ("phone", "place", "hours"))) for name, said in found]
