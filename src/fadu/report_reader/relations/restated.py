"""The same measure said twice in one report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.measures import words_of
from fadu.report_reader.model import Claim
from fadu.report_reader.relations.arithmetic import exact, shown
from fadu.report_reader.relations.scope import Check

_LOOSE = re.compile(r"全年|今年|本年度|共|累计|全[省市区县]|的|了|总|\s|“|”")
SHORTEST = 6
TEN_THOUSAND = 10_000


def _step(one: Quantity) -> Decimal:
    """What one in the last printed digit stands for: 1.28万 is told in hundreds."""
    return Decimal(1).scaleb(4 - one.decimals) if one.decimals and one.value >= TEN_THOUSAND else Decimal(1)


def restated(figures: list[Quantity], claims: list[Claim]) -> Iterator[Check]:
    """Figures of other sentences with the same words, unit, subject and period."""
    known: dict[tuple[str, str, str, str], Quantity] = {}
    for one, claim in zip(figures, claims, strict=True):
        words = _LOOSE.sub("", words_of(one))
        if len(words) < SHORTEST or not exact(one) or one.in_table:
            continue
        key = (words, one.unit, claim.subject, claim.period)
        former = known.setdefault(key, one)
        if former.sentence == one.sentence:
            continue
        holds = abs(former.value - one.value) < max(_step(former), _step(one))
        told = "相同" if holds else f"而另一处是{shown(former.value)}{one.unit}"
        reason = f"“{words}”两处分别说明，此处是{shown(one.value)}{one.unit}，{told}。"
        yield Check("restated", [one, former], "==", former.value, "holds" if holds else "fails", reason)
