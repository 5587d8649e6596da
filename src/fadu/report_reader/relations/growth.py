"""Changes against an earlier figure: rates of growth, percentage points, multiples and differences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.numerals import chinese
from fadu.report_reader.relations.arithmetic import agrees, ends, exact, rounded, shown, shown_like, slack, told
from fadu.report_reader.relations.scope import CARRIED, CHANGED, EARLIER, FALLS, Check, Scope, changed

_AGAINST = re.compile(r"(?:比|较|与|同)[^,，]{0,12}$")
FROM = re.compile(r"(?:由|从)[^,，;]{0,16}$")
TO = re.compile(r"^[^,，;。]{0,10}(?:至|到|为)(?:了)?(?:(?:(?:19|20)\d{2}年|[今本]年|目前|现在|如今)的?)?$")
_PARENTHESIS = re.compile(r"^[^,，;。()]{0,6}\([^()]{0,12}$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年|(?=总|共|全))")
_YEAR_IS = re.compile(r"^[^,，;\d]{0,3}[,，(]?(?:19|20)\d{2}年(?:同期)?(?:为|是|仅)?$")
_MONTH = re.compile(r"(?<![\d-])(\d{1,2})月")
_QUARTER = re.compile("([一二三四])季度")
_NOW = re.compile("本年|本期|今年|当年")
_TWO = re.compile(r"((?:19|20)\d{2})年?(?:度)?[、和与]((?:19|20)\d{2})年[^,，;]{0,24}分别")
_SEVERAL = re.compile("分别|(?<!年)均|都|各|累计")
_TIMES = re.compile(r"(?:是|为|达|达到|相当于)[^,，;]{0,16}$")
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d{2}(?!\d))\d[\d,]*(?:\.\d+)?[万亿]?(?![\d年月,.])")
_CUE = re.compile(
    r"(?:同比|环比|比|较|与|同|上年|去年|同期|相比|实际|有所|大幅|分别|又|再|的|(?:19|20)\d{2}年|末|总体|[-—~至\d]+月份?|[上下]半年|前?[一二三四]季度)+$"
)
_GENERAL = re.compile("数量?$|量$|额$|案件$|[\u4e00-\u9fff]?均$")
_EARLIER = re.compile(EARLIER.pattern + "[^增减升降涨跌提多少]{0,8}$")
_OTHER_BASE = re.compile("可比|不变价|实际增长|价格因素|口径|环比|年均")
_YEARLY = re.compile("年均")
_WHOLE_YEAR = re.compile("全年|整年")
_PART_OF_YEAR = re.compile("[半前]年|季度|(?:至|到|前|[-—~])[\\d一二三四五六七八九十]{1,2}个?月|月份")
_BASE_OF = re.compile("(?:比|较)[^,，;]{1,16}的$")
_DIRECT = re.compile("^(?:相比)?(?:大幅|明显|净|共)?" + CHANGED.pattern)
_AGAINST_TIME = re.compile(r"(?:比|较)(?P<time>[^,，;比较]{0,8}(?:[年月期]|季度|届|轮))(?:的|时)?[\u4e00-\u9fff]{1,6}$")
_SAME_LEAD = re.compile(
    r"^[^\d去上今本]{0,6}?(?:(?P<year>(?:19|20)\d{2})年|(?P<past>[去上]年)|[今本]年)度?[,，]?(?P<words>.{2,})$"
)
_ON_YEAR = re.compile("同比|(?:比|较)(?:上|去|前一)年")
_BEHIND = re.compile("[,，](?:即|已)?[由从][^,，;]{0,8}")
_ASIDE = re.compile(r"(?:比|较|与)[^,，;()]{1,10}\($")
LONGEST_LEAD = 80
_NEXT = re.compile(r"[,，、(](?:同比|(?:比|较)(?:上年|去年|同期|上年同期|去年同期))?(?:实际)?[\u4e00-\u9fff]{1,3}")
NEAR = 24
LEAST_YEARS = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure, the earlier one beside it, and the printed difference; one of the two last is there."""

    current: Quantity
    former: Quantity | None
    delta: Quantity | None


def growth(scope: Scope, following: Scope | None, near: Sequence[Quantity]) -> Iterator[Check]:
    """Every printed change whose two sides are printed beside it; near: counts of the sentences before."""
    for index, stated in enumerate(scope.figures):
        if stated.unit == "%" and exact(stated) and changed(stated) and (told := _from_to(scope, index)):
            yield from (one for one in change(stated, told, -1 if falls(stated) else 1) if one.verdict == "holds")
            continue
        if not exact(stated) or not index:
            continue
        if stated.unit == "倍":
            yield from _multiple(scope, index)
        elif changed(stated) and not _SEVERAL.search(stated.left):
            compared = _compared(scope, index, following)
            if _YEARLY.search(own_words(stated)):
                yield from _compound(stated, compared) if compared else ()
            elif compared and _same_measure(stated, compared.current):
                yield from _in_same_prices(scope, stated, compared)
            elif compared is None and (delta := delta_beside(scope, index)):
                within = [one for one in scope.figures[:index] if one.start < delta.start and not one.percent]
                yield from _told_before(stated, delta, [*near, *within])
            elif compared is None and (apart := _year_before(scope, index, near)):
                same = _same_measure(stated, apart.current, general=False)
                yield from _in_same_prices(scope, stated, apart) if same else ()


def _in_same_prices(scope: Scope, stated: Quantity, compared: Compared) -> Iterator[Check]:
    """What a change by comparable prices is of is not printed: then only where it agrees."""
    other = _OTHER_BASE.search(scope.text, scope.start, stated.start)
    delta = compared.delta if compared.former is None else None
    other_thing = delta is not None and not _same_measure(delta, compared.current)
    checks = change(stated, compared, -1 if falls(stated) else 1)
    yield from (check for check in checks if check.verdict == "holds" or not (other or other_thing))


def _from_to(scope: Scope, index: int) -> Compared | None:
    """下降40%,由500次降至300次: both sides behind their change; only where it agrees."""
    stated, *later = scope.figures[index : index + 3]
    if len(later) < 2 or not alike(*later) or not _BEHIND.fullmatch(scope.between(stated, later[0])):
        return None
    return _pair(later[1], later[0], None) if TO.match(scope.between(*later)) else None


def _told_before(stated: Quantity, delta: Quantity, near: Sequence[Quantity]) -> Iterator[Check]:
    """死亡人数减少169人,下降30.2%: the figure itself stands in a sentence before; only where it agrees."""
    sign = -1 if falls(stated) else 1
    for one in reversed(near) if stated.decimals and falls(delta) == (sign < 0) else ():
        if alike(one, delta) and countable(one):
            checks = change(stated, Compared(one, None, delta), sign)
            if found := next((check for check in checks if check.verdict == "holds"), None):
                yield found
                return


def _year_before(scope: Scope, index: int, near: Sequence[Quantity]) -> Compared | None:
    """2023年,全县受理50件。2024年,全县受理60件,同比增长20%: a sentence before says all the same but the year."""
    current = scope.figures[index - 1]
    now = _SAME_LEAD.match(_lead(scope, current)) if _ON_YEAR.search(scope.figures[index].left) else None
    for one in reversed(near) if now and not now["past"] and countable(current) else ():
        then = _SAME_LEAD.match(_lead(scope, one)) if alike(one, current) and exact(one) else None
        if now and then and then["words"] == now["words"] and bool(then["year"]) == bool(now["year"]):
            before = then["past"] if not now["year"] else int(then["year"]) == int(now["year"]) - 1
            return _pair(current, one, None) if before else None
    return None


def _lead(scope: Scope, one: Quantity) -> str:
    """All that its sentence says before a figure, when it is no more than a reader would compare."""
    first = max(0, one.start - LONGEST_LEAD)
    begun = max(scope.text.rfind(sign, first, one.start) for sign in "。;\n")
    return scope.text[begun + 1 : one.start] if begun >= 0 or first == 0 else ""


def falls(one: Quantity) -> bool:
    found = changed(one)
    return bool(found and (FALLS.match(found.group()) or found.group().startswith("少")))


def _compared(scope: Scope, index: int, following: Scope | None) -> Compared | None:
    """The figure that changed, before a change, and the earlier figure or the difference beside them."""
    figures = scope.figures
    stated = figures[index]
    delta = delta_beside(scope, index)
    place = index - 1 - (delta is figures[index - 1])
    if stated.unit != "%" and stated.group != "points" and place > 0 and figures[place].percent:
        place -= 1
    if place < 0 or ";" in scope.between(figures[place], stated):
        return None
    last = figures[place]
    other = figures[place - 1] if place else None
    if base := _of_that_time(scope, last, stated, figures[:place]):
        return _pair(last, base, None)
    if other and alike(last, other) and ";" not in scope.between(other, last):
        if place == index - 1 and _told_against(scope, other, last, stated):
            return _pair(other, last, None)
        if _is_former(scope, last, other):
            return _pair(other, last, delta)
        if _is_former(scope, other, last):
            return _pair(last, other, delta)
    if delta:
        behind = _behind_delta(scope, last, max(stated, delta, key=lambda one: one.start))
        return _pair(last, behind, delta) if behind else _with_delta(scope, figures[: place + 1], delta)
    if not countable(last) or CARRIED.search(last.left) or labelled(last):
        return None
    later = figures[index + 1] if index + 1 < len(figures) else following.figures[0] if following else None
    if later and later.in_table:
        return None
    if later is None or not alike(last, later) or len(scope.between(stated, later)) >= NEAR:
        return None
    told = (labelled(later) or _YEAR_IS.search(own_words(later))) and _as_long(scope, last, later)
    return _pair(last, later, None) if told else None


def _told_against(scope: Scope, other: Quantity, last: Quantity, stated: Quantity) -> bool:
    """收录90项,比公布时的120项减少30项: what it is compared with stands directly before the change."""
    direct = _BASE_OF.search(last.left) and _DIRECT.fullmatch(scope.between(last, stated))
    return bool(direct) and countable(other) and not _AGAINST.search(other.left)


def _of_that_time(scope: Scope, last: Quantity, stated: Quantity, earlier: Sequence[Quantity]) -> Quantity | None:
    """上半年90件;前三季度140件,比上半年多50件: the figure whose words name the time; only where it agrees."""
    against = _AGAINST_TIME.search(stated.left)
    if against is None or stated.percent or stated.unit != last.unit:
        return None
    sign = -1 if falls(stated) else 1
    for one in reversed(earlier):
        named = scope.text[max(scope.start, one.start - LONGEST_LEAD) : one.start].rpartition(";")[2]
        if against["time"] in named and alike(one, last) and (last.value - one.value) * sign == stated.value:
            return one
    return None


def _as_long(scope: Scope, current: Quantity, former: Quantity) -> bool:
    """Nine months are not compared with the whole of a year."""
    now = scope.text[max(scope.start, current.start - LONGEST_LEAD) : current.start]
    if _WHOLE_YEAR.search(own_words(former)):
        return not _PART_OF_YEAR.search(now) or bool(_WHOLE_YEAR.search(now))
    return not (_WHOLE_YEAR.search(now) and _PART_OF_YEAR.search(own_words(former)))


def delta_beside(scope: Scope, index: int) -> Quantity | None:
    """The printed difference directly before or behind a rate."""
    stated = scope.figures[index]
    if stated.unit != "%":
        return None
    before = scope.figures[index - 1]
    if not before.percent and _is_delta(before) and len(scope.between(before, stated)) < NEAR:
        return before
    later = scope.figures[index + 1] if index + 1 < len(scope.figures) else None
    if later and not later.percent and _is_delta(later) and _NEXT.fullmatch(scope.between(stated, later)):
        return later
    return None


def _behind_delta(scope: Scope, current: Quantity, last: Quantity) -> Quantity | None:
    """律师100名,增加20名,增长25%,上年末为80名: the earlier figure directly behind a change and its rate."""
    former = next((one for one in scope.figures if one.start > last.start), None)
    if former is None or not (labelled(former) and alike(current, former) and countable(current)):
        return None
    return former if len(scope.between(last, former)) < NEAR and _as_long(scope, current, former) else None


def _with_delta(scope: Scope, before: list[Quantity], delta: Quantity) -> Compared | None:
    """The figure before a rate and its difference; shares may stand between them."""
    kept = [one for one, later in zip(before, [*before[1:], delta], strict=True) if not _is_base(scope, one, later)]
    current = next((one for one in reversed(kept) if not one.percent), None)
    if current is None or not alike(current, delta) or not countable(current):
        return None
    if CARRIED.search(current.left) or labelled(current) or ";" in scope.between(before[-1], delta):
        return None
    return Compared(current, None, delta) if ";" not in scope.text[current.tail : delta.start] else None


def _is_base(scope: Scope, one: Quantity, later: Quantity) -> bool:
    """完成预算数60999万元的40.4%: what a share is of."""
    return later.percent and scope.between(one, later).startswith("的")


def _same_measure(stated: Quantity, current: Quantity, *, general: bool = True) -> bool:
    """标的额增长5% tells nothing of the cases before it: words of its own must be those of the figure.

    general: words for any amount (数量, 总额) may stand there.
    """
    own = own_words(stated)
    words_of_change = CHANGED.search(own)
    if not words_of_change:
        return True
    words = _CUE.sub("", own[: words_of_change.start()].removeprefix(current.unit))
    return len(words) < 2 or bool(general and _GENERAL.search(words)) or words[-2:] in current.left + current.right


def _pair(current: Quantity, former: Quantity, delta: Quantity | None) -> Compared | None:
    return Compared(current, former, delta) if exact(current) and exact(former) and former.value > 0 else None


def countable(one: Quantity) -> bool:
    return exact(one) and one.group != "points" and not _is_delta(one)


def alike(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and (one.unit != "" or (one.in_table and other.in_table))


def _is_delta(one: Quantity) -> bool:
    return not one.percent and one.group != "points" and bool(changed(one))


def own_words(one: Quantity) -> str:
    """The words of its clause behind the figure before it."""
    return _FIGURE.split(one.left)[-1]


def labelled(one: Quantity) -> bool:
    """上年为100件: its own words say that it is of an earlier period."""
    own = own_words(one)
    return bool(_EARLIER.search(own)) and not CARRIED.search(own)


def _is_former(scope: Scope, one: Quantity, other: Quantity) -> bool:
    """Whether one figure is the earlier of two beside each other."""
    if CARRIED.search(one.left) or CARRIED.search(other.left):
        return False
    if one.start < other.start:
        two = _TWO.search(scope.text, scope.start, one.start)
        if FROM.search(one.left) and TO.match(scope.between(one, other)):
            return True
        return bool(two and two[1] < two[2] and len(scope.between(one, other)) < 6) or _before(one, other)
    own = own_words(one)
    if labelled(one) or (_YEAR.search(own) and _AGAINST.search(own)):
        return not labelled(other)
    if _YEAR_IS.search(own) and not _YEAR.search(own_words(other)):
        return not labelled(other)
    if _ASIDE.search(scope.text, max(scope.start, one.start - NEAR), one.start):
        return True
    aside = _PARENTHESIS.match(scope.between(other, one)) and _YEAR.search(own) and not _YEAR.search(other.left)
    return bool(aside) or _before(one, other)


def _before(one: Quantity, other: Quantity) -> bool:
    """Whether the words of both name a year, a month or a quarter, and the first the earlier one."""
    for label in (_YEAR, _MONTH, _QUARTER):
        first, second = label.findall(own_words(one)), label.findall(own_words(other))
        if first and second and first[-1] != second[-1]:
            return _order(first[-1]) < _order(second[-1])
    return labelled(one) and bool(_YEAR.search(own_words(other)) or (other.in_table and _NOW.search(own_words(other))))


def _order(label: str) -> int:
    return int(chinese(label) or label)


# ---------------------------------------------------------------- checks


def change(stated: Quantity, found: Compared, sign: int) -> Iterator[Check]:
    current, former, delta = found.current, found.former, found.delta
    if stated.group == "points":
        if former and current.percent:
            yield difference(stated, current, former, sign)
    elif stated.unit != "%":
        if former and alike(stated, current):
            yield difference(stated, current, former, sign)
    elif former and not current.percent:
        (low, high), (base, top) = ends(current), ends(former)
        if delta and (falls(delta) == (sign < 0)):
            yield difference(delta, current, former, sign)
        grown = sorted(((low - top) * 100 * sign / top, (high - base) * 100 * sign / base))
        yield _grown(stated, [current, former], "growth", grown[0], grown[1])
    elif delta and falls(delta) == (sign < 0) and not current.percent:
        (low, high), (least, most) = ends(current), ends(delta)
        if low - most * sign > 0 and low - least * sign > 0:
            shares = sorted((least * 100 / (high - least * sign), most * 100 / (low - most * sign)))
            yield _grown(stated, [current, delta], "delta", shares[0], shares[1])


def _grown(stated: Quantity, used: list[Quantity], expr: str, low: Decimal, high: Decimal) -> Check:
    digits = agrees(low, high, stated)
    change = (low + high) / 2
    verdict, agree = ("holds", "相符") if digits else ("fails", "不符")
    reason = f"由{told(used[0])}与{told(used[1])}计算为{shown(change)}%，与{told(stated)}%{agree}。"
    known = digits or "" if not any(map(rounded, used)) else ""
    return Check("growth", [stated, *used], expr, round(change, 4), verdict, reason, digits=known)


def _compound(stated: Quantity, found: Compared) -> Iterator[Check]:
    """由2018年的100件增至2023年的161件,年均增长10%: only where it agrees."""
    current, former = found.current, found.former
    if former is None or current.percent or current.value <= 0:
        return
    first, last = _YEAR.findall(former.left), _YEAR.findall(current.left)
    years = int(last[-1]) - int(first[-1]) if first and last else 0
    if years < LEAST_YEARS:
        return
    sign = -1 if falls(stated) else 1
    (low, high), (base, top) = ends(current), ends(former)
    grown = sorted(((part ** (Decimal(1) / years)) - 1) * 100 * sign for part in (low / top, high / base))
    if agrees(grown[0], grown[1], stated):
        change = (grown[0] + grown[1]) / 2
        said = f"{years}年由{told(former)}到{told(current)}，年均{shown(change)}%"
        reason = f"{said}，与{told(stated)}%相符。"
        yield Check("growth", [stated, current, former], f"^{years}", round(change, 4), "holds", reason)


def difference(stated: Quantity, current: Quantity, former: Quantity, sign: int) -> Check:
    computed = (current.value - former.value) * sign
    holds = abs(computed - stated.value) <= slack([stated, current, former])
    larger, less = (current, former) if sign > 0 else (former, current)
    said = f"{told(larger)}－{told(less)}＝{shown_like(computed, current)}"
    reason = f"{said}，与{told(stated)}{'相符' if holds else '不符'}。"
    return Check("difference", [stated, larger, less], "-", computed, "holds" if holds else "fails", reason)


def _times(earlier: list[Quantity], former: Quantity, stated: Quantity) -> Quantity | None:
    """受理28640件,增长44%,达到收案数15912件的1.8倍: only the count that agrees."""
    if former.value <= 0 or not exact(former):
        return None
    candidates = (one for one in reversed(earlier) if alike(one, former) and exact(one))
    (base, top) = ends(former)
    return next((one for one in candidates if agrees(ends(one)[0] / top, ends(one)[1] / base, stated)), None)


def _multiple(scope: Scope, index: int) -> Iterator[Check]:
    """120件, 是去年48件的2.5倍."""
    stated, former = scope.figures[index], scope.figures[index - 1]
    current = scope.figures[index - 2] if index > 1 else None
    if current is not None and not alike(current, former) and scope.between(former, stated) == "的":
        current = _times(scope.figures[: index - 2], former, stated)
    if current is None or not alike(current, former) or not (exact(current) and exact(former) and former.value):
        return
    less = 0
    if not (scope.between(former, stated) == "的" and _TIMES.search(former.left)):
        if not _is_former(scope, current, former):
            return
        current, former = former, current
        less = 1 if changed(stated) else 0
    if former.value > 0:
        (low, high), (base, top) = ends(current), ends(former)
        holds = agrees(low / top - less, high / base - less, stated) is not None
        times = current.value / former.value
        said = f"{told(current)}÷{told(former)}＝{shown(times, stated.decimals + 1)}"
        reason = f"{said}，与{told(stated)}倍{'相符' if holds else '不符'}。"
        verdict = "holds" if holds else "fails"
        yield Check("ratio", [stated, current, former], "/", round(times, 4), verdict, reason)
