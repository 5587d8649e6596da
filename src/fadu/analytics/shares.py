"""How much of each figure are mirrored cases 转录, which were handled elsewhere and came by an import (D16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from fadu.analytics.arithmetic import percent
from fadu.analytics.figures import Figure
from fadu.kernel import access
from fadu.kernel.access import Session
from fadu.rules.indicators import Count, Indicator, Mirrored, Pending, Rate, Sum, Total

Counts = Callable[[Sequence[Indicator]], Mapping[str, Figure]]


def shares(s: Session, computed: Mapping[str, Figure], count: Counts) -> dict[str, str]:
    """A sentence for each figure that mirrored cases are part of; of a rate, of its denominator.

    count: as the figures themselves were computed. A house without mirrored cases is asked one question, and nothing
    is counted a second time.
    """
    systems = set(access.cases(s).filter(mirrored=True).order_by().values_list("system", flat=True).distinct())
    asked = of_mirrored(figure.indicator for figure in computed.values() if figure.indicator.source in systems)
    found = count(list(asked.values())) if asked else {}
    return {name: _said(computed[name], found[name]) for name in asked if found[name].value}


def of_mirrored(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """The same over mirrored cases only, by name; a median is left out: it has no parts."""
    return {one.name: mine for one in indicators if (mine := _of_mirrored(one))}


@cache
def _of_mirrored(indicator: Indicator) -> Count | Sum | Pending | Total | None:
    """The same over mirrored cases only, one object for each: statements are found by it; a median has no parts."""
    counted, reach = indicator.denominator if isinstance(indicator, Rate) else indicator, indicator.reach
    match counted:
        case Count() | Sum() | Pending():
            return replace(counted, name=indicator.name, where=(*counted.where, Mirrored()), reach=reach)
        case Total():
            parts = tuple(replace(part, where=(*part.where, Mirrored())) for part in counted.parts)
            return replace(counted, parts=parts)
        case _:
            return None


def _said(whole: Figure, mirrored: Figure) -> str:
    if whole.denominator is not None:
        return f"分母中转录{mirrored}（{percent(mirrored.value or 0, whole.denominator)}）"
    return f"其中转录{mirrored}（{percent(mirrored.value or 0, whole.value or 0)}）"
