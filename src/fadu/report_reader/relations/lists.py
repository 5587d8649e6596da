"""Parts in other sentences than their total: 其中 at the beginning of a sentence, 一是 … 二是 …."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from fadu.report_reader.found import Quantity
from fadu.report_reader.relations.arithmetic import compatible, exact, told
from fadu.report_reader.relations.bounds import bound
from fadu.report_reader.relations.scope import MOST_FIGURES, NEAREST, OPEN, PARTS, Check, Scope, is_change
from fadu.report_reader.relations.sums import (
    LAST,
    LEAST_WITHOUT_CUE,
    NEARER,
    SELDOM_BY_CHANCE,
    added,
    close,
    reach,
)

SEVERAL, MANY = 3, 4
_LINE = re.compile(r"(?P<name>[^:：,，。;；()\d]{2,20})(?:\([^()\d]{1,12}\))?[:：]?[ ]*")
_SUMS = ("合计", "总计", "共计", "总数", "合 计", "总 计")
_NO_PART = re.compile("其中|同比|增长|率|均|上年|去年")
_BY = re.compile(r"按[^,，]{1,12}(?:分|划分|看)|从[^,，]{1,12}看|分类|分为|分别|包括|具体")


def continued(scope: Scope, before: Sequence[Quantity], near: Sequence[Quantity]) -> Iterator[Check]:
    """A sentence that lists the parts of a total before it. near: the counts before it in its paragraph."""
    counts = _leading(scope)
    if not counts or not before:
        return
    opening = scope.text[scope.start : counts[0].start]
    said = bool(PARTS.search(opening) or opening.endswith(":") or _BY.search(opening))
    columns = _columns(scope, counts)
    begun = near[0].start if near else scope.start
    most = max(len(counts), *map(len, columns)) if columns else len(counts)
    for total in reversed(before) if most >= (2 if said else SEVERAL) else ():
        least = 2 if said else MANY if total.start < begun else SEVERAL
        if total.value < (LEAST_WITHOUT_CUE if said else SELDOM_BY_CHANCE):
            continue
        for listed in [counts, *columns]:
            if len(listed) < least or total.value <= listed[0].value or not _alike(total, listed[0]):
                continue
            alike = [one for one in listed if _alike(total, one)]
            number = reach(total, alike)
            if number >= least:
                yield added(total, alike[:number])
                if listed is counts:
                    return
    nearest = next((one for one in reversed(near) if compatible(one, counts[0])), None)
    if near and nearest is near[-1] and _with_rest(scope, counts, opening) and close(nearest, counts):
        yield added(nearest, counts)
        return
    if opening.startswith("其中") and nearest and not is_change(nearest) and nearest.value >= counts[0].value:
        said_less = f"其中{told(counts[0])}不超过{told(nearest)}。"
        yield bound(nearest, counts[0], said_less, "holds")


def _with_rest(scope: Scope, counts: list[Quantity], opening: str) -> bool:
    """其中,甲30件,乙12件,其余5件: a list of one unit, with nothing else counted, whose last is what is left."""
    whole = len(counts) > 1 and len(counts) == len(scope.figures) and len({one.unit for one in counts}) == 1
    last = len(scope.figures) - 1
    return opening.startswith("其中") and whole and bool(LAST.search(scope.gap(last))) and not OPEN.search(scope.said())


def _columns(scope: Scope, counts: list[Quantity]) -> list[list[Quantity]]:
    """The first figures of all parts between semicolons, the second ones and so on, when all parts have as many."""
    rows: dict[int, list[Quantity]] = {}
    if scope.text.count(";", scope.start, scope.end) < SEVERAL - 1:
        return []
    for one in counts:
        rows.setdefault(scope.text.count(";", scope.start, one.start), []).append(one)
    widths = {len(row) for row in rows.values()}
    several = len(rows) >= SEVERAL and len(widths) == 1 and widths != {1}
    return [list(column) for column in zip(*rows.values(), strict=True)] if several else []


def _leading(scope: Scope) -> list[Quantity]:
    """The counts of a sentence outside of parentheses, without changes."""
    if scope.leading is None:
        listed = [i for i in scope.counts()[:MOST_FIGURES] if scope.group[i] < 0]
        scope.leading = [scope.figures[i] for i in listed if not scope.changing(i)]
    return scope.leading


def gathered(scopes: Sequence[Scope]) -> Iterator[Check]:
    """A list of sentences, 一是 … 二是 …: the first counts of several sentences, and a total before them."""
    if len(scopes) <= SEVERAL:
        return
    leading = [_leading(scope) for scope in scopes]
    for place, totals in enumerate(leading):
        parts = [listed[0] for listed in leading[place + 1 : place + 1 + NEAREST] if listed]
        for total in totals:
            alike = list(takewhile(lambda one, total=total: _alike(total, one), parts))  # type: ignore[misc]
            number = reach(total, alike)
            if number >= SEVERAL and total.value >= SELDOM_BY_CHANCE:
                yield added(total, alike[:number])


def stacked(scopes: Sequence[Scope]) -> Iterator[Check]:
    """Lines of a name and a figure, and then their total: 甲局:30件 / 乙局:12件 / 合计:42件."""
    for place, scope in enumerate(scopes):
        if not scope.text.startswith(_SUMS, scope.start) or _on_line(scope, scope.start) is None:
            continue
        lines: list[Quantity] = []
        below = scope.figures[0]
        for above in reversed(scopes[max(0, place - MOST_FIGURES) : place]):
            one = _on_line(above, below.start)
            if one is None or not _alike(below, one) or above.text.startswith(_SUMS, above.start):
                break
            lines.append(one)
            below = one
        if len(lines) > 1 and close(scope.figures[0], lines, NEARER):
            yield added(scope.figures[0], lines[::-1])


def _on_line(scope: Scope, following: int) -> Quantity | None:
    """The figure of a line that has a name, a figure and nothing else; following: where the figure below it stands."""
    one = scope.figures[0]
    if len(scope.figures) > 1 or one.in_table or not exact(one):
        return None
    name = _LINE.fullmatch(scope.text, scope.start, one.start)
    alone = (
        scope.text[one.tail : scope.end].strip() in ("", "。", ";") and scope.text.count("\n", one.tail, following) < 2
    )
    return one if name and alone and not _NO_PART.search(name["name"]) else None


def _alike(total: Quantity, part: Quantity) -> bool:
    return compatible(total, part) or {total.unit, part.unit} == {"份", "件"}
