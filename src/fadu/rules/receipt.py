"""Receipt 收到: on what day something that came in by a channel counts as received (D10).

The law library says which fact tells the day; the fact stands in the form with its proof. The moment at which somebody
types it in or uploads it is never that day by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fadu.rules.law_besides import CounterHours, ReceiptRule, ReceivedBy
from fadu.rules.working_days import Calendar

STATED = {
    ReceivedBy.HANDED_IN: "came_at",
    ReceivedBy.SIGNED: "signed_on",
    ReceivedBy.CONFIRMED: "confirmed_on",
    ReceivedBy.ARRIVED: "came_at",
}
"""The fact by which each kind of receipt is told; see fadu.common.receipt."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A step by which something is received. statute, name: address of the rules in the law library."""

    statute: str
    name: str


def day_of_receipt(
    rule: ReceiptRule, facts: Mapping[str, Any], day: date, hours: CounterHours | None, calendar: Calendar
) -> date | None:
    """The day on which it was received, None while the fact that tells it is not stated.

    What is handed in over the counter without a stated time was handed in on the day of the act. The day ends at
    24:00; at the counter, where the house has said so, at closing time.
    """
    said = facts.get(STATED[rule.by])
    if not said:
        return day if rule.by is ReceivedBy.HANDED_IN else None
    if STATED[rule.by] != "came_at":
        return date.fromisoformat(said)
    at = datetime.fromisoformat(said)
    if rule.by is ReceivedBy.HANDED_IN and hours and hours.next_workday:
        open_until = calendar.is_working(at.date()) and at.time() <= hours.closing
        return at.date() if open_until else calendar.next_working(at.date() + timedelta(days=1))
    return at.date()


def proof_is_needed(rule: ReceiptRule) -> bool:
    """Whoever hands in over the counter gets a slip from us; everything else is proved by a paper of others."""
    return rule.by is not ReceivedBy.HANDED_IN
