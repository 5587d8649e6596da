"""The same measure said twice in one report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fadu.report_reader.found import Quantity
from fadu.report_reader.measures import words_of
from fadu.report_reader.model import Claim
from fadu.report_reader.relations.arithmetic import exact, shown
from fadu.report_reader.relations.scope import Check

_LOOSE = re.compile(r"全年|今年|本年度|共|累计|全[省市区县]|的|了|总|\s|“|”")
SHORTEST = 6


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
        holds = former.value == one.value
        told = "相同" if holds else f"而另一处是{shown(former.value)}{one.unit}"
        reason = f"“{words}”两处分别说明，此处是{shown(one.value)}{one.unit}，{told}。"
        yield Check("restated", [one, former], "==", former.value, "holds" if holds else "fails", reason)
