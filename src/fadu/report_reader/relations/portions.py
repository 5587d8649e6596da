"""Shares of a whole: 占比, 占总数的, 占应检用户8万户的. Several of one list share their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from fadu.report_reader.found import Quantity
from fadu.report_reader.measures import words_of
from fadu.report_reader.relations.arithmetic import agrees, compatible, quotient, shown, told
from fadu.report_reader.relations.scope import COMPARED, MOST_FIGURES, NEAREST, Check, Scope, changed, is_change
from fadu.report_reader.relations.shares import unprinted

_SHARE = re.compile(
    r"占(?P<of>[^;；。占]{0,28}?)(?:的)?(?:比重|比例|占比|比)?(?:最高|最大)?[,，]?[为达至到约近仅的]{0,3}$"
)
_OF = re.compile(r"(?:占|完成|为)[^;；。占]{0,24}$")
_JOINED = re.compile(r"[^,，;。]{0,10}[,，、(]?(?:共|约|均)?(?:占|完成|为)")
_WHO = re.compile("^(?P<who>[\u4e00-\u9fff]{2})[^占]{0,10}占(?:比|总数|全部)?[为达约]{0,2}$")
_EACH = re.compile(r"分别占[^,，;]{0,20}$|占[^,，;]{0,12}分别[为是达]?$")
_AMONG = re.compile(r"[^,，;:]{0,8}[,，]其中[^,，;:]{1,16}")
_BEHIND = re.compile(r"(?:\([^()]{0,20}\))?的(?:比重|比例)?[为达约近]{0,2}$")
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_ADDED = re.compile(r"(?:合计|总计|共|一共|累计)占[^,，;。]{0,20}$")
_PLANNED = re.compile("计划|任务|目标|预算|指标")
_OF_PLAN = re.compile(rf"完成[^,，;。]{{0,8}}(?:{_PLANNED.pattern})(?:数|任务)?的$")
_REACHED = re.compile("完成|实际|实现|新建|建成")
_ALTOGETHER = re.compile("^(?:全[省市区县州镇]|全部)|(?:总数|总量|总|数)?的?$")
FARTHEST = 24
LEAST_NAME = 2
LEAST_ADDED = 3
LEAST_SECOND = 4
"""Signs of the name of a whole that a second share of one count must have."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A percentage with the count that it tells of. of: what it is a share of, in words; named: that count."""

    stated: Quantity
    part: Quantity
    of: str
    named: Quantity | None = None


def portions(scope: Scope, before: Sequence[Quantity], paragraph: int) -> Iterator[Check]:
    """Every share of the sentence whose whole is printed. before: counts before it; the last `paragraph` are near."""
    yield from _in_order(scope, before)
    yield from _by_name(scope, before[len(before) - paragraph :])
    yield from _of_several(scope, before)
    listed = [one for one in _portions(scope) if one.part.value > 0]
    together = [one for one in listed if one.named is None and compatible(one.part, listed[0].part)]
    whole = _common(scope, together, before)
    said: dict[str, Quantity] = {}
    for one in listed:
        if one.named is not None:
            yield checked(one, one.named, fails=True)
            continue
        check = whole.get(id(one.stated)) or _single(scope, one, before, paragraph)
        held = check is not None and check.verdict == "holds"
        if (same := said.get(one.of)) and not (held or _elsewhen(one.part)) and _clearly_not(one, same):
            check = checked(one, same, fails=True)
        if check:
            yield check
        if check and check.verdict == "holds" and _tells(check.figures[-1], one.of):
            said[one.of] = check.figures[-1]


def _portions(scope: Scope) -> Iterator[Portion]:
    used: Quantity | None = None
    for index, stated in enumerate(scope.figures[: 2 * MOST_FIGURES]):
        if stated.unit != "%" or stated.high is not None or not index:
            continue
        last = scope.figures[index - 1]
        gap = scope.between(last, stated)
        part = next((one for one in reversed(scope.figures[max(0, index - NEAREST) : index]) if _count(one)), None)
        if part is last and index > 1 and _OF.search(last.left) and _BEHIND.match(gap):
            former = scope.figures[index - 2]
            if _count(former) and compatible(former, last) and _JOINED.match(scope.between(former, last)):
                yield Portion(stated, former, "", last)
        elif part is last and gap == "(" and scope.text.startswith(")", stated.tail):
            yield Portion(stated, last, "()")
        elif part and (share := _SHARE.search(gap)) and _is_share(share["of"]):
            first, used = part is not used, part
            if not first:
                part = part if len(_ALTOGETHER.sub("", share["of"])) >= LEAST_SECOND else None
            if part and ";" not in scope.between(part, stated):
                yield Portion(stated, part, share["of"])


def _in_order(scope: Scope, before: Sequence[Quantity]) -> Iterator[Check]:
    """60件、30人分别占总数的40%和50%: shares and parts in the same order; only where all agree with some whole."""
    figures = scope.figures[:MOST_FIGURES]
    for place, first in enumerate(figures):
        if not first.percent or not place or not _EACH.search(scope.gap(place)):
            continue
        stated = list(takewhile(lambda one: one.percent, figures[place:]))
        parts = [one for one in figures[:place] if _count(one)][-len(stated) :]
        listed = [Portion(one, part, "") for one, part in zip(stated, parts, strict=False) if part.value > 0]
        known = [*before, _together(parts)]
        wholes = [next((one for one in reversed(known) if fits(portion, one)), None) for portion in listed]
        if len(listed) == len(stated) > 1 and all(wholes):
            for portion, whole in zip(listed, wholes, strict=True):
                if whole:
                    yield checked(portion, whole) if whole.end else _of_all(portion, whole, parts)


def _of_several(scope: Scope, before: Sequence[Quantity]) -> Iterator[Check]:
    """废止9件、修改14件,合计占总数的15.8%; 计划120公里,完成138公里,完成计划的115%: only where a count agrees."""
    for index, stated in enumerate(scope.figures[: 2 * MOST_FIGURES]):
        planned_for = stated.percent and _OF_PLAN.search(stated.left)
        if not planned_for and not (stated.percent and stated.decimals and _ADDED.search(stated.left)):
            continue
        counts = [
            one for one in scope.figures[:index][-NEAREST:] if _count(one) and ";" not in scope.between(one, stated)
        ]
        if planned_for:
            planned = [one for one in counts if _PLANNED.search(one.left)]
            pairs = (Portion(stated, one, "") for one in counts if one not in planned and _REACHED.search(one.left))
            fitting = [checked(one, whole) for one in pairs for whole in planned if _reaches(one, whole)]
            yield from fitting[:1]
        else:
            yield from _added_up(stated, counts, [*before, *[one for one in scope.figures[:index] if _count(one)]])


def _reaches(one: Portion, whole: Quantity) -> bool:
    return compatible(one.part, whole) and whole.value > 0 and _agrees(one, whole)


def _added_up(stated: Quantity, counts: list[Quantity], before: Sequence[Quantity]) -> Iterator[Check]:
    for several in range(2, LEAST_ADDED + 2):
        parts = counts[-several:]
        if len(parts) < several or any(one.unit != parts[0].unit for one in parts):
            return
        added = Portion(stated, _together(parts), "")
        whole = next((one for one in reversed(before) if one.start < parts[0].start and fits(added, one)), None)
        if whole and added.part.value > 0:
            check = checked(added, whole)
            check.figures, check.expr = [stated, *parts, whole], "++/%"
            yield check
            return


def _by_name(scope: Scope, near: Sequence[Quantity]) -> Iterator[Check]:
    """留用52人,转岗30人,留用人员占65%: the count that has the words before 占; only where a count before it agrees."""
    for index, stated in enumerate(scope.figures[: 2 * MOST_FIGURES]):
        who = _WHO.search(stated.left) if stated.percent and index > 1 else None
        counts = [one for one in scope.figures[:index] if _count(one)] if who else []
        for part in reversed(counts[:-1] if who else []):
            if who and part.value > 0 and who["who"] in part.left:
                portion = Portion(stated, part, "")
                earlier = (one for one in [*near, *counts][::-1] if one.start < part.start)
                if whole := next((one for one in earlier if fits(portion, one)), None):
                    yield checked(portion, whole)
                    break


def _is_share(words: str) -> bool:
    return not words.endswith("率") and not COMPARED.search(words)


def _count(one: Quantity) -> bool:
    """A figure that can be part or whole: an exact one that is no difference."""
    return not (one.percent or one.approx or one.high or one.group == "points" or changed(one))


def fits(one: Portion, whole: Quantity) -> bool:
    if one.part is whole or not compatible(one.part, whole) or whole.value < one.part.value:
        return False
    return _agrees(one, whole)


def _agrees(one: Portion, whole: Quantity) -> bool:
    low, high = quotient(one.part, whole)
    if one.stated.approx:
        return low < one.stated.value + one.stated.step and high > one.stated.value - one.stated.step
    return agrees(low, high, one.stated) is not None


def _common(scope: Scope, listed: list[Portion], before: Sequence[Quantity]) -> dict[int, Check]:
    """The checks of shares that have one whole: most of them agree with it, so that the others should."""
    if len(listed) < 2:
        return {}
    first = listed[0].part.start
    inside = [one for one in scope.figures if one.start < first and _count(one)]
    candidates = [*before, *inside][-FARTHEST:][::-1]
    best = max(candidates, key=lambda whole: sum(fits(one, whole) for one in listed), default=None)
    fitting = [one for one in listed if best and fits(one, best)]
    if best is None or len(fitting) < 2 or len(fitting) * 2 <= len(listed):
        return _of_their_sum(listed)
    found = {id(one.stated): checked(one, best) for one in fitting}
    for one in listed:
        if id(one.stated) not in found and one.of == fitting[0].of and _clearly_not(one, best):
            found[id(one.stated)] = checked(one, best, fails=True)
    return found


def _clearly_not(one: Portion, whole: Quantity) -> bool:
    """More than one step of the last digit away: shares are sometimes shifted by one so that they make a hundred."""
    low, high = quotient(one.part, whole)
    away = one.stated.step * 3 / 2
    near = one.stated.value - away < high and low < one.stated.value + away
    return not (near or one.stated.approx or whole.value < one.part.value)


def _of_their_sum(listed: list[Portion]) -> dict[int, Check]:
    """A list whose whole is not printed: each is a share of all together."""
    parts = [one.part for one in listed]
    if len(listed) < LEAST_ADDED:
        return {}
    total = _together(parts)
    if not all(fits(one, total) for one in listed):
        return {}
    found = {}
    for one in listed:
        found[id(one.stated)] = _of_all(one, total, parts)
    return found


def _of_all(one: Portion, total: Quantity, parts: list[Quantity]) -> Check:
    check = checked(one, total)
    check.figures, check.expr = [one.stated, one.part, *parts], "/+%"
    return check


def _together(parts: list[Quantity]) -> Quantity:
    """What all the parts are together, as if it were printed."""
    value = sum((one.value for one in parts), Decimal(0))
    unit, group = (parts[0].unit, parts[0].group) if parts else ("", "")
    return Quantity(0, 0, 0, value, unit, group, step=max((one.step for one in parts), default=Decimal(1)))


def _single(scope: Scope, one: Portion, before: Sequence[Quantity], paragraph: int) -> Check | None:
    """One share by itself: only where a count before it agrees."""
    inside = [other for other in scope.figures if other.start < one.part.start and _count(other)]
    near = [*before[len(before) - paragraph :], *inside]
    fitting = [other for other in reversed(near) if fits(one, other)]
    if fitting:
        return checked(one, next((other for other in fitting if _names(one, other)), fitting[0]))
    if not any(_names(one, other) for other in near) and (behind := _behind(scope, one)):
        return behind
    last = inside[-1] if inside else None
    named = last and not one.of and compatible(last, one.part) and _AMONG.fullmatch(scope.between(last, one.part))
    if not any(compatible(other, one.part) for other in near) and not any(fits(one, other) for other in before):
        return unprinted(one.stated, one.part)
    said = named or (last and compatible(last, one.part) and _is_of(one, last))
    return checked(one, last, fails=True) if last and said and _clearly_not(one, last) else None


def _behind(scope: Scope, one: Portion) -> Check | None:
    """占受理案件数的38.3%;全年受理204件,审结180件: the whole that the share names follows it, or another one agrees."""
    name = _ALTOGETHER.sub("", one.of)[:LEAST_NAME]
    later = [other for other in scope.figures if other.start > one.stated.start and _count(other)]
    later = [other for other in later if not _elsewhen(other)]
    word = name or "总"
    named = next((other for other in later if len(name) != 1 and word in other.left), None)
    if named is None or not compatible(named, one.part) or named.value <= one.part.value:
        return None
    if _agrees(one, named):
        return checked(one, named)
    other = next((other for other in later if other is not named and fits(one, other)), None)
    if other is None or not one.stated.decimals:
        return None
    check = checked(one, named, fails=True)
    check.verdict, check.reading = "alternative", f"分母用“{words_of(other)}”{told(other)}{other.unit}"
    check.reason = f"{check.reason[:-1]}；只有{check.reading}，才得到{told(one.stated)}%。"
    check.figures, check.expr = [one.stated, one.part, other, named], "/%"
    check.computed = round(one.part.value * 100 / other.value, 4)
    return check


def _elsewhen(one: Quantity) -> bool:
    """Whether a count is of another time, or a change."""
    return is_change(one) or bool(_YEAR.search(one.left))


def _names(one: Portion, whole: Quantity) -> bool:
    """Whether a count has the name that a share gives its whole: 占受理总量的, 受理各类事项38万件."""
    name = _ALTOGETHER.sub("", one.of)
    return len(name) >= LEAST_NAME and name in f"{whole.left}{whole.right}"


def _tells(whole: Quantity, of: str) -> bool:
    """Whether the words before a count end with the name of what a share is of: 执法人员1873人, 占执法人员总数的."""
    name = _ALTOGETHER.sub("", of)
    return len(name) > LEAST_NAME and whole.left.endswith(name)


def _is_of(one: Portion, whole: Quantity) -> bool:
    """60个行政村 …占行政村总数的75%: the share says the name of what was counted."""
    name = _ALTOGETHER.sub("", one.of)
    return len(name) >= LEAST_NAME and whole.right.startswith(name)


def checked(one: Portion, whole: Quantity, *, fails: bool = False) -> Check:
    share = one.part.value * 100 / whole.value
    digits = agrees(*quotient(one.part, whole), one.stated)
    holds = not fails or _agrees(one, whole)
    said = f"{told(one.part)}÷{told(whole)}＝{shown(share, one.stated.decimals + 2)}%"
    reason = f"{said}，与{shown(one.stated.value)}%{'相符' if holds else '不符'}。"
    verdict = "holds" if holds else "fails"
    figures = [one.stated, one.part, whole]
    return Check("ratio", figures, "/%", round(share, 4), verdict, reason, digits=digits or "" if holds else "")
