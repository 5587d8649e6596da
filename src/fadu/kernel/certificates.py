"""Certificates of officers (执法证件): a register of the house, each valid from–to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from fadu.kernel import access, house, models
from fadu.kernel.access import Session
from fadu.rules.errors import BadInput

REGISTER = "certificates"
"""Key: number of the certificate → {"officer", "kind", "number"}."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """before: the first day on which it is valid no more; None: without a term."""

    officer: int
    kind: str
    number: str
    since: date
    before: date | None = None


def grant(s: Session, one: Certificate) -> None:
    """Registers a certificate, or the next term of one. Raises NotAllowed, BadInput."""
    said = {"kind": ("种类", one.kind), "number": ("编号", one.number)}
    faults = {name: f"没有写明证件的{label}" for name, (label, text) in said.items() if not text.strip()}
    if faults:
        raise BadInput(faults)
    if one.before is not None and one.before <= one.since:
        raise BadInput({"before": "证件失效的日期应当晚于生效的日期"})
    held = access.register(s, REGISTER, one.since, key=one.number).first()
    if held is not None and held.data["officer"] != one.officer:
        raise BadInput({"number": f"编号“{one.number}”的证件是别人的，不能重复登记"})
    later = access.entries(s, REGISTER).filter(key=one.number, since__gt=one.since).exclude(before__lte=F("since"))
    if (row := later.order_by("since").first()) is not None:
        said_from = row.since.isoformat()
        raise BadInput({"since": f"编号“{one.number}”的证件已经登记自{said_from}起的期间，以前的期间不能补登"})
    data = {"officer": one.officer, "kind": one.kind, "number": one.number}
    house.put_entry(s, REGISTER, one.number, data, since=one.since, before=one.before)


def expired(s: Session) -> dict[int, list[Certificate]]:
    """Officer → the last certificate of each kind that they held and of which they hold none today."""
    newest: dict[tuple[int, str], Certificate] = {}
    valid: set[tuple[int, str]] = set()
    for entry in access.entries(s, REGISTER).filter(since__lte=s.today).order_by("since", "pk"):
        one = _read(entry)
        newest[one.officer, one.kind] = one
        if one.before is None or one.before > s.today:
            valid.add((one.officer, one.kind))
    found = defaultdict(list)
    for holder, one in newest.items():
        if holder not in valid:
            found[one.officer].append(one)
    return dict(found)


def _read(entry: models.RegisterEntry) -> Certificate:
    data = entry.data
    return Certificate(data["officer"], data["kind"], data["number"], entry.since, entry.before)
