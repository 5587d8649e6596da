"""A part is not more than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fadu.report_reader.found import Quantity
from fadu.report_reader.relations.arithmetic import compatible, exact, told
from fadu.report_reader.relations.scope import AMONG, CARRIED, COMPARED, MOST_FIGURES, TOTAL, Check, Scope, changed

_DONE = re.compile("(?:其中)?已(?:完成|办结|整改|化解|处理|审结|回复|办理)")
_INSIDE = re.compile(r"[^,，;。:()〔〕]{0,4}[(〔](?:含|涉|其中|包括)")
_WITH = re.compile(r"[^,，;。:()]{0,4}[,，](?:含|包括)[^,，;、()]{1,12}")
_OF_THEM = re.compile(r"[^,，;。]{1,12}中[,，]?(?:(?:目前|现)?(?:已|共)?有)?$")
_AVERAGE = re.compile("平均|[人户村日月年]均")
NEAR = 12


def bounds(scope: Scope, taken: set[int]) -> Iterator[Check]:
    """其中 …, 97项中的80项, 5104件(含1890件), 1103名,含586名: a part is not more than its whole."""
    counts = [i for i, one in enumerate(scope.figures) if _can_bound(one)][:MOST_FIGURES]
    whole: int | None = None
    for place, index in enumerate(counts[1:], start=1):
        part = scope.figures[index]
        previous = next((i for i in reversed(counts[:place]) if compatible(scope.figures[i], part)), None)
        if previous is None or (COMPARED.search(part.left) and not CARRIED.search(part.left)):
            continue
        gap = scope.between(scope.figures[previous], part)
        direct = _is_direct(scope, previous, index, gap, previous == counts[place - 1])
        only = ";其中" in gap and not any(scope.figures[i].unit == part.unit for i in counts[:place] if i != previous)
        if direct or only or (_WITH.fullmatch(gap) and previous == counts[place - 1]):
            whole = previous
        elif ";" in gap or TOTAL.search(gap) or AMONG.search(gap):
            whole = None
        if whole is not None and not (direct or only) and not taken.isdisjoint(range(whole + 1, index)):
            whole = None  # its parts were all named before
        if whole is None or index in taken:
            continue
        total = scope.figures[whole]
        if part.value <= total.value:
            yield bound(total, part, f"其中{told(part)}不超过{told(total)}。", "holds")
        elif direct and exact(part) and exact(total) and counts[place - 1] == previous:
            yield bound(total, part, f"其中{told(part)}超过了总数{told(total)}。", "fails")


def _is_direct(scope: Scope, whole: int, index: int, gap: str, next_to: bool) -> bool:
    """Whether the words between two figures say that one is of the other. next_to: no figure stands between them."""
    part = scope.figures[index]
    if "中" in gap:
        if gap.endswith(("中的", "当中", "中有", "中已有")) or (next_to and _OF_THEM.fullmatch(gap)):
            return True
        if "其中" in gap and ";" not in gap.partition("其中")[0]:
            return True
    if _INSIDE.match(gap) and scope.group[index] > scope.figures[whole].start:
        return True
    return len(gap) < NEAR and bool(_DONE.match(part.left) and TOTAL.search(scope.figures[whole].left))


def _can_bound(one: Quantity) -> bool:
    if _AVERAGE.search(one.left):
        return False
    return not one.percent and one.high is None and one.group != "points" and not changed(one)


def bound(total: Quantity, part: Quantity, reason: str, verdict: str) -> Check:
    return Check("bound", [total, part], ">=", part.value, verdict, reason)


def parts_of(checks: list[Check]) -> dict[int, list[Quantity]]:
    """Total of each part, by identity of the part: what a share may be a share of."""
    found: dict[int, list[Quantity]] = {}
    for check in checks:
        if check.kind in ("sum", "bound"):
            for part in check.figures[1:]:
                found.setdefault(id(part), []).append(check.figures[0])
    return found
