"""承诺时限: a shorter time that the house promises for a duty of its own; it shows a light and never lapses (L13).

Kept in the register `promises`. Key: system.clock; a clock keeps what was promised when it started.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from fadu.kernel import models
from fadu.kernel.timekeeping import Env
from fadu.rules import clocks
from fadu.rules.errors import BadInput
from fadu.rules.law import Rule, Unit
from fadu.rules.procedure import Choose, Clock, OnTrack, Period, Role

REGISTER = "promises"
SAMPLE = date(2024, 3, 4)
"""A Monday far from holidays: from it a promise is compared with the period of law."""


def check(declared: Clock, amount: int, unit: Unit, on: date, env: Env) -> None:
    """Refuses a promise for what is no duty of the house, and one longer than the law's. Raises BadInput."""
    if not isinstance(declared.bearer, Role) or declared.waits:
        raise BadInput({"clock": f"“{declared.label}”不是本机关的办理期限，不能承诺时限"})
    if amount < 1:
        raise BadInput({"amount": "承诺时限至少是一日"})
    for rule in _rules(env, declared, on):
        if _last(env, rule, amount, unit) > _last(env, rule):
            raise BadInput({"amount": f"承诺时限不能长于法定期限（{rule.in_words}）"}, article=rule.cite)


def _rules(env: Env, clock: Clock, on: date) -> Iterator[Rule]:
    match clock.period:
        case Period() as period:
            yield env.library.period(period.statute, period.name, on, place=env.place)
        case Choose(_, chosen) | OnTrack(_, chosen):
            for period in chosen.values():
                yield env.library.period(period.statute, period.name, on, place=env.place)


def _last(env: Env, rule: Rule, amount: int | None = None, unit: Unit | None = None) -> date:
    reckoned = clocks.reckon(clocks.Running(rule, SAMPLE, "", amount=amount, unit=unit), env.calendar)
    assert reckoned.last_day is not None  # nothing is paused
    return reckoned.last_day


@lru_cache(maxsize=8)
def promised(head: str | None) -> Mapping[str, tuple[int, Unit]]:
    """What is promised as of a state of the register, by system.clock; read once for each."""
    if head is None:
        return {}
    entries = models.RegisterEntry.objects.filter(register=REGISTER, before=None)
    return {entry.key: (entry.data["amount"], Unit(entry.data["unit"])) for entry in entries}
