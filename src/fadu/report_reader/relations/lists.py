"""Parts in other sentences than their total: 其中 at the beginning of a sentence, 一是 … 二是 …."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
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
LONGEST_LABELS = 40
_LINE = re.compile(r"(?P<name>[^:：,，。;；()\d]{2,20})(?:\([^()\d]{1,12}\))?[:：]?[ ]*")
_SUMS = ("合计", "总计", "共计", "总数", "合 计", "总 计")
_NO_PART = re.compile("其中|同比|增长|率|均|上年|去年")
_OF = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)中[,，]")
_RESULT = re.compile("成功|化解")
_LABELS = re.compile(r"[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{2,12})*[、和与及][\u4e00-\u9fff]{2,16}$")
_CLAUSE = re.compile(r".*[,，。;:()\d]", re.DOTALL)
_JOINED = re.compile("[、和与及]")
_NO_LABEL = re.compile("^(?:其中|以|对|作出|决定|予以|经)+")
_BY = re.compile(r"按[^,，]{1,12}(?:分|划分|看)|从[^,，]{1,12}看|分类|分为|分别|包括|具体")


def continued(scope: Scope, before: Sequence[Quantity], near: Sequence[Quantity]) -> Iterator[Check]:
    """A sentence that lists the parts of a total before it. near: the counts before it in its paragraph."""
    counts = _leading(scope)
    if not counts or not before:
        return
    opening = scope.text[scope.start : counts[0].start]
    said = bool(PARTS.search(opening) or opening.endswith(":") or _BY.search(opening))
    of = _OF.match(opening)
    yield from _by_labels(scope, counts, near)
    columns = _columns(scope, counts)
    begun = near[0].start if near else scope.start
    most = max(len(counts), *map(len, columns)) if columns else len(counts)
    for total in reversed(before) if most >= (2 if said or of else SEVERAL) else ():
        named = of and total.left.endswith(of["name"])
        least = 2 if said or named else MANY if total.start < begun else SEVERAL
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
    if near and nearest is near[-1] and _with_rest(scope, counts, opening):
        parts = sum((one.value for one in counts), Decimal(0))
        whole = min(nearest, _before_result(nearest, near), key=lambda one: abs(one.value - parts))
        if close(whole, counts):
            yield added(whole, counts)
            return
    nearest = _before_result(nearest, near) if nearest else None
    if opening.startswith("其中") and nearest and not is_change(nearest) and nearest.value >= counts[0].value:
        said_less = f"其中{told(counts[0])}不超过{told(nearest)}。"
        yield bound(nearest, counts[0], said_less, "holds")


def _before_result(one: Quantity, near: Sequence[Quantity]) -> Quantity:
    """调解4731件,调解成功4657件。其中: what is told next is of all that were mediated, not of the successes."""
    if not _RESULT.search(one.left):
        return one
    alike = (all_ for all_ in reversed(near) if all_.sentence == one.sentence and all_.start < one.start)
    return next((all_ for all_ in alike if compatible(all_, one) and all_.value >= one.value), one)


def _by_labels(scope: Scope, counts: list[Quantity], near: Sequence[Quantity]) -> Iterator[Check]:
    """以撤销、确认违法、责令履行方式纠错20件: the counts before it that have these names; only where they give it."""
    for one in counts if len(near) > 1 else ():
        first = max(scope.start, one.start - LONGEST_LABELS)
        clause = _CLAUSE.match(scope.text, first, one.start)
        first = clause.end() if clause else first
        joined = _JOINED.search(scope.text, first, one.start)
        labels = _LABELS.search(scope.text, first, one.start) if joined else None
        names = [_NO_LABEL.sub("", name) for name in _JOINED.split(labels.group())] if labels else []
        parts = [_labelled(name, near, place == len(names) - 1) for place, name in enumerate(names)]
        found = [part for part in parts if part and _alike(one, part)]
        if len(found) > 1 and len({*map(id, found)}) == len(names) and sum(part.value for part in found) == one.value:
            yield added(one, found)


def _labelled(name: str, near: Sequence[Quantity], last: bool) -> Quantity | None:
    """The count whose words are a name; the last one of a list goes on: 责令履行方式纠错."""
    for one in reversed(near):
        label = _NO_LABEL.sub("", one.left)
        if len(label) > 1 and (label == name or (last and name.startswith(label))):
            return one
    return None


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
