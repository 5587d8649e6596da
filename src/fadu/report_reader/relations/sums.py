"""Totals and their parts: 其中, 分别, parentheses, lists behind a colon, parts and then the total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.relations.arithmetic import compatible, shown
from fadu.report_reader.relations.scope import AMONG, COMPARED, MOST_FIGURES, OPEN, PARTS, REST, TOTAL, Check, Scope

LEAST_WITHOUT_CUE = 10
SELDOM_BY_CHANCE = 50
LATEST_START = 4
NEAR = 12
_DONE = re.compile("(?:其中)?已(?:完成|办结|整改|化解|处理|审结|回复|办理)")
OVERLAPPING = re.compile("涉|同时|兼")
OPENS = re.compile(r"[(:]|.(?:其中|分别)")


def sums(scope: Scope) -> Iterator[Check]:
    """Every total of a sentence with its parts, and every part that must not be more than its whole."""
    counts = scope.counts()[:MOST_FIGURES]
    taken: set[int] = set()
    for at, index in enumerate(counts):
        if COMPARED.search(scope.figures[index].left):
            continue
        runs = list(_forward(scope, counts, at, index in taken)) or _backward(scope, counts, at)
        for parts in runs:
            taken.update(parts)
            yield _sum(scope, index, parts, "holds")
        if runs:
            continue
        listed, whole = _listed(scope, counts, at)
        nested = OPENS.match(scope.text, scope.figures[index].tail)
        if len(listed) >= 2 and whole and (index not in taken or nested):
            taken.update(listed)
            yield _unequal(scope, index, listed, counts)
    yield from _bounds(scope, counts, taken)


def _forward(scope: Scope, counts: list[int], at: int, part: bool) -> Iterator[list[int]]:
    """Runs of figures behind a total whose sum it is; a part of another total has parts only where words say so."""
    total = scope.figures[counts[at]]
    later = [i for i in counts[at + 1 :] if compatible(total, scope.figures[i])]
    first = found = 0
    while first < min(found + LATEST_START, len(later)):
        run = _run(scope, later[first:], total.value)
        if run and _belongs(scope, total, run, first, part):
            yield run
            found = first = first + len(run)
        else:
            first += 1


def _belongs(scope: Scope, total: Quantity, run: list[int], first: int, part: bool) -> bool:
    """Whether figures with the right sum are said to be the parts: their words say so, or they follow at once."""
    gap = scope.gap(run[0])
    if PARTS.search(gap) or gap.rstrip("“").endswith(("(", ":")) or AMONG.search(gap):
        return True
    between = scope.text[total.tail : scope.figures[run[-1]].start]
    if part or ";" in between or TOTAL.search(between):
        return False
    return total.value >= LEAST_WITHOUT_CUE or len(run) > 2 if first == 0 else total.value >= SELDOM_BY_CHANCE


def _backward(scope: Scope, counts: list[int], at: int) -> list[list[int]]:
    """Parts before a total that is announced: 合计, 共."""
    total = scope.figures[counts[at]]
    if not TOTAL.search(total.left):
        return []
    earlier = [i for i in reversed(counts[:at]) if compatible(total, scope.figures[i])]
    run = _run(scope, earlier, total.value)
    return [run[::-1]] if run else []


def _run(scope: Scope, candidates: list[int], total: Decimal) -> list[int]:
    """Figures from the first on until their sum is the total; nothing when it is passed."""
    reached = Decimal(0)
    for number, index in enumerate(candidates, start=1):
        reached += scope.figures[index].value
        if reached == total and number >= 2:
            return candidates[:number]
        if reached >= total:
            break
    return []


def _listed(scope: Scope, counts: list[int], at: int) -> tuple[list[int], bool]:
    """Figures listed as the parts of a total, and whether the list says that it is whole."""
    index = counts[at]
    total = scope.figures[index]
    later = [i for i in counts[at + 1 :] if compatible(total, scope.figures[i])]
    if not later:
        return _announced(scope, counts, at)
    between = scope.text[total.tail : scope.figures[later[0]].start]
    opening = between[:1]
    if opening == "(":
        listed = [i for i in later if scope.group[i] == total.tail]
        closed = scope.text.find(")", total.tail, scope.end)
        inside = scope.text[total.tail : closed if closed > 0 else scope.end]
        return _level(scope, listed), not OPEN.search(inside) and not PARTS.search(inside)
    same = [i for i in later if scope.group[i] == scope.group[index]]
    if not same:
        return [], False
    stop = scope.text.find(";", total.tail, scope.end)
    same = [i for i in same if stop < 0 or scope.figures[i].start < stop]
    if not same:
        return [], False
    span = scope.text[total.tail : scope.figures[same[-1]].tail]
    if opening == ":":
        return same, not OPEN.search(span)
    rest = REST.search(span)
    if rest and (PARTS.search(span) or not TOTAL.search(span)) and not OPEN.search(span):
        return same, True
    if not PARTS.search(between):
        return [], False
    more = sum((scope.figures[i].value for i in same), Decimal(0)) > total.value
    return same, ("全部" in between or more) and not OPEN.search(span) and not OVERLAPPING.search(span)


def _announced(scope: Scope, counts: list[int], at: int) -> tuple[list[int], bool]:
    """分别为 … 合计 …: parts before their total, which say that they are all."""
    total = scope.figures[counts[at]]
    if not total.left.startswith(("合计", "总计", "共计")):
        return [], False
    earlier = [
        i for i in counts[:at] if compatible(total, scope.figures[i]) and scope.group[i] == scope.group[counts[at]]
    ]
    whole = bool(earlier) and "分别" in scope.text[scope.start : scope.figures[earlier[0]].start]
    return earlier, whole


def _level(scope: Scope, listed: list[int]) -> list[int]:
    """The outer parts of a list: those behind a 其中 inside it are parts of parts."""
    for place, index in enumerate(listed):
        if place and PARTS.search(scope.gap(index)):
            return listed[:place]
    return listed


def _sum(scope: Scope, index: int, parts: list[int], verdict: str) -> Check:
    total, listed = scope.figures[index], [scope.figures[i] for i in parts]
    computed = sum((one.value for one in listed), Decimal(0))
    said = "＋".join(shown(one.value) for one in listed)
    reason = f"各部分相加{said}＝{shown(computed)}，与{shown(total.value)}{'相符' if verdict == 'holds' else '不符'}。"
    return Check("sum", [total, *listed], "=+", computed, verdict, reason)


def _unequal(scope: Scope, index: int, listed: list[int], counts: list[int]) -> Check:
    """A whole list that does not add up: another figure of the sentence may explain it."""
    check = _sum(scope, index, listed, "fails")
    missing = check.figures[0].value - (check.computed or Decimal(0))
    others = [scope.figures[i] for i in counts if i != index and i not in listed]
    if explaining := next(
        (one for one in others if one.value == abs(missing) and compatible(one, check.figures[0])), None
    ):
        check.verdict = "alternative"
        check.reading = f"另计“{explaining.left.strip()}{shown(explaining.value)}{explaining.unit}”才相符"
        check.figures.append(explaining)
        check.computed = check.figures[0].value
    return check


def _bounds(scope: Scope, counts: list[int], taken: set[int]) -> Iterator[Check]:
    """其中 …, 97项中的80项: a part is not more than its whole."""
    whole: int | None = None
    for place, index in enumerate(counts[1:], start=1):
        part = scope.figures[index]
        previous = next((i for i in reversed(counts[:place]) if compatible(scope.figures[i], part)), None)
        if previous is None or COMPARED.search(part.left):
            continue
        gap = scope.text[scope.figures[previous].tail : part.start]
        done = _DONE.match(part.left) and TOTAL.search(scope.figures[previous].left) and len(gap) < NEAR
        direct = done or gap.endswith(("中的", "当中")) or ("其中" in gap and ";" not in gap.partition("其中")[0])
        if direct:
            whole = previous
        elif ";" in gap or TOTAL.search(gap) or AMONG.search(gap):
            whole = None
        if whole is None or index in taken:
            continue
        total = scope.figures[whole]
        if part.value <= total.value:
            reason = f"其中{shown(part.value)}不超过{shown(total.value)}。"
            yield Check("bound", [total, part], ">=", part.value, "holds", reason)
        elif direct:
            reason = f"其中{shown(part.value)}超过了总数{shown(total.value)}。"
            yield Check("bound", [total, part], ">=", part.value, "fails", reason)


def parts_of(checks: list[Check]) -> dict[int, list[Quantity]]:
    """Total of each part, by identity of the part: what a share may be a share of."""
    found: dict[int, list[Quantity]] = {}
    for check in checks:
        if check.kind in ("sum", "bound"):
            for part in check.figures[1:]:
                found.setdefault(id(part), []).append(check.figures[0])
    return found
