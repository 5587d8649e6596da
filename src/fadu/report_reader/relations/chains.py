"""Lists of one order: 甲、乙分别调解120件、95件, 成功117件、90件, 成功率分别为97.5%和94.7%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fadu.report_reader.found import Quantity
from fadu.report_reader.relations.arithmetic import exact
from fadu.report_reader.relations.growth import Compared, change, falls, labelled
from fadu.report_reader.relations.portions import Portion, checked, fits
from fadu.report_reader.relations.scope import MOST_FIGURES, Check, Scope, changed

_JOINED = re.compile(r"[、,，和与及以]{1,2}")
_ALL = re.compile("[均都]")


def chains(scope: Scope) -> Iterator[Check]:
    """Rates and changes of a list, each of its own pair of two lists before it; only where all agree."""
    runs = _runs(scope)
    for place, stated in enumerate(runs):
        lists = [run for run in runs[:place] if not run[0].percent and len(run) > 1][-2:]
        if not stated[0].percent or len(lists) < 2 or len(lists[0]) != len(lists[1]):
            continue
        same = len(stated) == 1 and _ALL.search(stated[0].left)
        rates = stated * len(lists[0]) if same else stated
        if len(rates) == len(lists[0]) and lists[0][0].unit == lists[1][0].unit:
            yield from _paired(rates, *lists)


def _runs(scope: Scope) -> list[list[Quantity]]:
    """Figures of one unit with nothing but a comma or 和 between them."""
    found: list[list[Quantity]] = []
    for one in scope.figures[:MOST_FIGURES]:
        last = found[-1][-1] if found else None
        if last and last.unit == one.unit and _JOINED.fullmatch(scope.between(last, one)):
            found[-1].append(one)
        elif exact(one):
            found.append([one])
    return found


def _paired(rates: list[Quantity], first: list[Quantity], second: list[Quantity]) -> Iterator[Check]:
    if changed(rates[0]):
        former, current = (first, second) if labelled(first[0]) else (second, first)
        sign = -1 if falls(rates[0]) else 1
        pairs = [Compared(now, then, None) for now, then in zip(current, former, strict=True) if then.value > 0]
        known = labelled(former[0]) and len(pairs) == len(rates)
        checks = [check for rate, pair in zip(rates, pairs, strict=False) for check in change(rate, pair, sign)]
        if known and all(check.verdict == "holds" for check in checks):
            yield from checks
        return
    part, whole = (second, first) if second[0].value <= first[0].value else (first, second)
    portions = [Portion(rate, one, "") for rate, one in zip(rates, part, strict=True)]
    if all(one.part.value > 0 and fits(one, other) for one, other in zip(portions, whole, strict=True)):
        yield from (checked(one, other) for one, other in zip(portions, whole, strict=True))
