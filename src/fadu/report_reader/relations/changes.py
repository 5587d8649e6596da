"""Growth against a figure printed elsewhere, averages, differences, items named, the same thing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from fadu.report_reader.found import Quantity
from fadu.report_reader.relations.arithmetic import compatible, exact, printed_as, shown
from fadu.report_reader.relations.scope import EARLIER, FALLS, MOST_FIGURES, NEAREST, Check, Scope

_RATE = re.compile(
    r"(?:增长|上升|增加|提高|提升|攀升|增幅|增|下降|减少|降低|回落|降幅|降)(?:了|为|达|达到|约|近|率为|率)?$"
)
_COMPARED = re.compile(r"同比|比上年|较上年|比去年|较去年|上年同期|去年同期|同期|增幅|降幅|增长|下降|上升")
_DELTA = re.compile(r"(?:增加|增长|上升|多|减少|下降|降低|少)了?$")
_DAILY = re.compile(r"日均|平均每天|每天平均")
_MONTHLY = re.compile(r"月均|平均每月")
_EACH = re.compile(r"(?:人均|户均|件均|平均每(?:名|人|户|件|家|个)?|每(?:名|人|户|件|家|个))")
_PER = re.compile(r"(?P<unit>人|户|件|名|家|个)")
_REMOVED = re.compile(r"(?:取消|减少|核减|废止|删除|压减|移出)$")
_ADDED = re.compile(r"(?:新增|增加|承接|纳入|补充)$")
_RESULT = re.compile(r"(?:后为|现有|调整为|现为|后共|至|保留)$")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[万亿]?")
DAYS = (365, 366)
MONTHS = 12


def growth(scope: Scope, following: Scope | None) -> Iterator[Check]:
    """A rate of change with both figures, or with one figure and the difference."""
    counts = [scope.figures[i] for i in scope.counts()][:MOST_FIGURES]
    near = counts + ([following.figures[i] for i in following.counts()[:MOST_FIGURES]] if following else [])
    for stated in scope.figures:
        if stated.unit != "%" or stated.approx or not (_RATE.search(stated.left) and _COMPARED.search(stated.left)):
            continue
        sign = -1 if FALLS.search(_RATE.search(stated.left).group()) else 1  # type: ignore[union-attr]
        current = next(
            (one for one in reversed(counts) if one.start < stated.start and not _earlier(one) and not _delta(one)),
            None,
        )
        if current is None:
            continue
        earlier = [one for one in near if _earlier(one) and not _delta(one) and compatible(one, current)]
        former = min(earlier, key=lambda one: abs(one.start - current.start), default=None)
        if former and former.value > 0:
            change = Fraction(current.value - former.value) * 100 / Fraction(former.value)
            yield _grown(stated, [current, former], "growth", change * sign)
            continue
        delta = next(
            (one for one in counts if _delta(one) and compatible(one, current) and one.start > current.start), None
        )
        if delta and (base := current.value - delta.value * sign) > 0:
            yield _grown(stated, [current, delta], "delta", Fraction(delta.value) * 100 / Fraction(base))


def _earlier(one: Quantity) -> bool:
    own = _FIGURE.split(one.left)[-1]
    return bool(EARLIER.search(own)) and not _RATE.search(own)


def _delta(one: Quantity) -> bool:
    return bool(_DELTA.search(one.left)) and bool(_COMPARED.search(one.left) or EARLIER.search(one.left))


def _grown(stated: Quantity, used: list[Quantity], expr: str, change: Fraction) -> Check:
    digits = printed_as(change, stated.value, stated.decimals)
    told = "相符" if digits else "不符"
    reason = f"由{shown(used[0].value)}与{shown(used[1].value)}计算为{shown(change)}%，与{shown(stated.value)}%{told}。"
    verdict = "holds" if digits else "fails"
    return Check("growth", [stated, *used], expr, Decimal(shown(change, 4)), verdict, reason, digits=digits or "")


def averages(scope: Scope) -> Iterator[Check]:
    """日均, 人均, 平均每个: only where they hold; days of work or other bases are not known."""
    counts = [scope.figures[i] for i in scope.counts()]
    for place, stated in enumerate(counts):
        before = counts[max(0, place - NEAREST) : place]
        bases: list[tuple[Decimal, Quantity | None]] = []
        if _DAILY.search(stated.left):
            bases = [(Decimal(days), None) for days in DAYS]
        elif _MONTHLY.search(stated.left):
            bases = [(Decimal(MONTHS), None)]
        elif _EACH.search(stated.left):
            bases = [(one.value, one) for one in before if one.value > 1]
        totals = [one for one in reversed(before) if bases and one.value > stated.value and _same_thing(one, stated)]
        for total in totals:
            fitting = next(
                (base for base in bases if base[1] is not total and _fits(total.value, base[0], stated)), None
            )
            if fitting:
                yield _average(stated, total, *fitting)
                break


def _same_thing(total: Quantity, stated: Quantity) -> bool:
    return compatible(total, stated) or total.group == stated.group


def _fits(total: Decimal, base: Decimal, stated: Quantity) -> bool:
    decimals = stated.decimals
    scale = Decimal(1)
    while stated.value / scale >= 10**4 and stated.decimals:
        scale *= 10**4
    return printed_as(Fraction(total) / Fraction(base) / Fraction(scale), stated.value / scale, decimals) is not None


def _average(stated: Quantity, total: Quantity, base: Decimal, other: Quantity | None) -> Check:
    value = Fraction(total.value) / Fraction(base)
    reason = f"{shown(total.value)}÷{shown(base)}＝{shown(value)}，与{shown(stated.value)}相符。"
    figures = [stated, total, *([other] if other else [])]
    return Check("ratio", figures, "/" if other else f"/{base}", Decimal(shown(value, 4)), "holds", reason)


def differences(scope: Scope) -> Iterator[Check]:
    """共860项，取消24项、新增16项后为852项."""
    counts = [scope.figures[i] for i in scope.counts()][:MOST_FIGURES]
    for place, result in enumerate(counts):
        if place < 2 or not _RESULT.search(result.left):
            continue
        changed = [one for one in counts[:place] if _REMOVED.search(one.left) or _ADDED.search(one.left)]
        base = next((one for one in counts[:place] if one not in changed and compatible(one, result)), None)
        changed = [one for one in changed if base and one.start > base.start and compatible(one, result)]
        if base is None or not changed:
            continue
        signs = [-1 if _REMOVED.search(one.left) else 1 for one in changed]
        computed = base.value + sum((one.value * sign for one, sign in zip(changed, signs, strict=True)), Decimal(0))
        holds = computed == result.value
        said = shown(base.value) + "".join(
            f"{'－' if s < 0 else '＋'}{shown(one.value)}" for one, s in zip(changed, signs, strict=True)
        )
        reason = f"{said}＝{shown(computed)}，与{shown(result.value)}{'相符' if holds else '不符'}。"
        expr = "".join("-" if s < 0 else "+" for s in signs)
        yield Check("difference", [result, base, *changed], expr, computed, "holds" if holds else "fails", reason)


_NAMED = re.compile(r"[^,，。;；:、()]{0,14}\((?P<list>[^()\d]{3,160})\)")
_AFTER_COLON = re.compile(r"[^,，。;；:、()]{0,24}:(?P<list>[^()\d\n;；]{3,200})(?=$|[。;；\n])")
_FAR = re.compile(r"\((?P<list>[^()\d“”]{3,160})\)")
_NOT_A_LIST = re.compile(r"等|包括|含|如|其中|即|及以|简称|以下|试行|[,，:;。]|[一二三四五六七八九]")
MOST_NAMED = 30


def enumerations(scope: Scope) -> Iterator[Check]:
    """4个村(a、b、c、d): as many are named as are counted."""
    for index, stated in enumerate(scope.figures):
        if stated.percent or not exact(stated) or not 2 <= stated.value <= MOST_NAMED or stated.decimals:
            continue
        direct = _NAMED.match(scope.text, stated.tail, scope.end) or _AFTER_COLON.match(
            scope.text, stated.tail, scope.end
        )
        listed = _items(direct["list"]) if direct else 0
        if listed >= 2:
            holds = listed == stated.value
            if holds or (stated.group == "entry" and listed < stated.value and index + 1 <= len(scope.figures)):
                yield _enumerated(stated, listed, holds)
            continue
        following = scope.figures[index + 1].start if index + 1 < len(scope.figures) else scope.end
        far = [_items(match["list"]) for match in _FAR.finditer(scope.text, stated.tail, following)]
        if stated.value in far and stated.value > 2:
            yield _enumerated(stated, int(stated.value), True)


def _items(listed: str) -> int:
    """How many things a list names; 0 when it does not say that it is whole."""
    return 0 if _NOT_A_LIST.search(listed) else listed.count("、") + 1


def _enumerated(stated: Quantity, listed: int, holds: bool) -> Check:
    reason = f"列名{listed}个，与{shown(stated.value)}{stated.unit}{'相符' if holds else '不符'}。"
    return Check("enumeration", [stated], "named", Decimal(listed), "holds" if holds else "fails", reason)
