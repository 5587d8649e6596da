"""Changes whose sides stand apart: the earlier figures behind them or in the next sentence, lists of years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fadu.report_reader.found import Quantity
from fadu.report_reader.relations.arithmetic import agrees, ends, exact, shown, told
from fadu.report_reader.relations.growth import (
    Compared,
    alike,
    change,
    countable,
    delta_beside,
    difference,
    falls,
    labelled,
    own_words,
)
from fadu.report_reader.relations.scope import EARLIER, NEAREST, Check, Scope, changed

_ABOVE = re.compile(r"[,，]?[^,，;\d]{0,4}(?:高于|低于|超过|优于)[^,，;\d]{0,14}")
_APART = re.compile(r"[,，]?(?:高出|超出|领先|高|低)(?:了)?")
_YEARS = re.compile(r"((?:19|20)\d{2})年?(?:至|到|[-—~–]{1,2})((?:19|20)\d{2})年")
_SINCE = re.compile(r"(?:较|比|与)((?:19|20)\d{2})年[^,，;\d]{0,8}$")
_LIST = re.compile("[、和与及]")
_TIME = re.compile(
    f"^(?:{EARLIER.pattern}[度末底]?|(?:19|20)\\d{{2}}年|同期|分别|的|为|是|仅|有|共)+|(?:分别)?[为是有]$"
)
_NOW = re.compile(r"[,，](?:总数|总量|总计|共|达|降至|增至|减至|升至|现有|目前|现|保留|尚有)[^,，;\d]{0,6}")
_OF_EARLIER = re.compile(f"(?:是|为|相当于){EARLIER.pattern}[^,，;]{{0,4}}的$")
MOST = 6


def farther(scope: Scope, following: Scope | None) -> Iterator[Check]:
    """Only where all agrees, but for two shares and the points between them side by side."""
    figures = scope.figures
    run = 0
    for index, stated in enumerate(figures):
        if stated.group == "points" and exact(stated) and index > 1:
            yield from _points(scope, index)
        if index < run or not exact(stated):
            continue
        if stated.unit == "倍" and index and _OF_EARLIER.search(stated.left):
            yield from _times(scope, index, following)
        elif stated.percent and changed(stated):
            run = _end(scope, index)
            yield from _told_later(scope, index, run, following)
            if delta := delta_beside(scope, index) if index else None:
                yield from _total_behind(scope, stated, delta)


def _points(scope: Scope, index: int) -> Iterator[Check]:
    """98.4%,高于全省95.7%,高出2.7个百分点; 2021年至2024年分别为14.2% … 7.5%,较2021年下降6.7个百分点."""
    stated, first, second = scope.figures[index], *scope.figures[index - 2 : index]
    if first.percent and second.percent and exact(first) and exact(second):
        compared = _ABOVE.fullmatch(scope.between(first, second))
        if compared and _APART.fullmatch(scope.between(second, stated)):
            yield difference(stated, first, second, 1 if first.value >= second.value else -1)
            return
    since = _SINCE.search(stated.left[: found.start()]) if (found := changed(stated)) else None
    listed = _list(scope, index - 1) if since else []
    opening = scope.text[scope.start : listed[0].start] if listed else ""
    years = list(_YEARS.finditer(opening))
    if since and years and "分别" in opening and listed[0].percent:
        begun, ended = int(years[-1][1]), int(years[-1][2])
        if len(listed) == ended - begun + 1 and begun <= int(since[1]) < ended:
            check = difference(stated, listed[-1], listed[int(since[1]) - begun], -1 if falls(stated) else 1)
            yield from [check] if check.verdict == "holds" else []


def _list(scope: Scope, last: int) -> list[Quantity]:
    """The figures of one unit joined by 、 and 和, of which the last is told by its place."""
    first = last
    while first and _LIST.fullmatch(scope.gap(first)) and scope.figures[first - 1].unit == scope.figures[last].unit:
        first -= 1
    return scope.figures[first : last + 1]


def _end(scope: Scope, index: int) -> int:
    """Where a list of shares that begins there ends."""
    end = index + 1
    while end < len(scope.figures) and scope.figures[end].percent and _LIST.fullmatch(scope.gap(end)):
        end += 1
    return end


def _told_later(scope: Scope, index: int, end: int, following: Scope | None) -> Iterator[Check]:
    """受理18件,审结9件,分别增长20%和50%;上年受理15件、审结6件: of a list all must agree."""
    later = _earlier_figures(scope, index, end, following)
    counts = [one for one in scope.figures[:index][-NEAREST:] if not one.percent and countable(one)] if later else []
    sign = -1 if falls(scope.figures[index]) else 1
    found = [_agreeing(one, counts, later, sign) for one in scope.figures[index:end]] if counts else [None]
    if all(found):
        yield from (check for check in found if check)


def _earlier_figures(scope: Scope, index: int, end: int, following: Scope | None) -> list[Quantity]:
    """Those behind 上年 in the sentence; else those of the next one, when it begins with that time."""
    behind = scope.figures[end : end + NEAREST]
    place = next((i for i, one in enumerate(behind) if labelled(one) and countable(one)), None)
    if place is not None:
        listed = behind[place:]
    elif following and not following.figures[0].in_table:
        since = (
            _SINCE.search(scope.figures[index].left[: found.start()])
            if (found := changed(scope.figures[index]))
            else None
        )
        opening = following.text[following.start : following.figures[0].start]
        same = f"{since[1]}年" in opening if since else labelled(following.figures[0])
        listed = following.figures if same else []
    else:
        listed = []
    return [one for one in listed[:MOST] if countable(one) and one.value > 0]


def _agreeing(stated: Quantity, counts: list[Quantity], later: list[Quantity], sign: int) -> Check | None:
    for current in reversed(counts):
        for former in later:
            name = _TIME.sub("", own_words(former).removeprefix(former.unit).strip("、和与及"))[-2:]
            named = not name or name in current.left or name in current.right
            if named and alike(current, former):
                checks = change(stated, Compared(current, former, None), sign)
                if check := next((one for one in checks if one.verdict == "holds"), None):
                    return check
    return None


def _total_behind(scope: Scope, stated: Quantity, delta: Quantity) -> Iterator[Check]:
    """较上年减少20件,降幅11.1%,总数为160件: what was reached follows the change."""
    last = max(stated, delta, key=lambda one: one.start)
    current = next((one for one in scope.figures if one.start > last.start), None)
    if current and exact(current) and alike(current, delta) and _NOW.fullmatch(scope.between(last, current)):
        checks = change(stated, Compared(current, None, delta), -1 if falls(stated) else 1)
        yield from (check for check in checks if check.verdict == "holds")


def _times(scope: Scope, index: int, following: Scope | None) -> Iterator[Check]:
    """公开3.2万条,是上年的1.6倍,上年为2万条."""
    stated, current = scope.figures[index], scope.figures[index - 1]
    former = next(iter(_earlier_figures(scope, index, index + 1, following)), None)
    if former and exact(current) and alike(current, former):
        (low, high), (base, top) = ends(current), ends(former)
        if agrees(low / top, high / base, stated):
            times = current.value / former.value
            reason = f"{told(current)}÷{told(former)}＝{shown(times, stated.decimals + 1)}，与{told(stated)}倍相符。"
            yield Check("ratio", [stated, current, former], "/", round(times, 4), "holds", reason)
