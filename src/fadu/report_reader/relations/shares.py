"""Rates by name beside their counts: which counts a rate is of, and whether they give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import takewhile

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, load, words
from fadu.report_reader.measures import words_of
from fadu.report_reader.relations.arithmetic import (
    Digits,
    agrees,
    compatible,
    ends,
    exact,
    parts,
    rounded,
    shown,
    shown_like,
    told,
    wholes,
)
from fadu.report_reader.relations.scope import CARRIED, COMPARED, NEAREST, Check, Scope

_NAME = re.compile(r"([\u4e00-\u9fff“”]{0,14}?)(?:率|比例|比重|案比|(?<=[查盖])面)(?:[为达至到是仅均高约近有]{0,3})$")
_SHARE_OF = re.compile(r"([\u4e00-\u9fff]{2,4})占比(?:[为达至到是高约近有]{0,3})$")
_THEN = re.compile("[,，:](?:其中|共|即)")
_NEXT = re.compile("[,，(:]")
_PART = re.compile("占[^,，;]{0,24}$")
_LEFT_OVER = re.compile(
    r"未|在办|正在|不予|其他|其它|转|尚|剩余|期限内|待|撤回|撤诉|终止|中止|退回|移送|告知|重复|无效"
)
_NOT = re.compile(r"(?:不予|不符合|未|不|没有|尚未)$")
_NEGATIVE = re.compile("(?:不|未)$")
_CLAUSE = re.compile("[,，;。]")
_TIMELY = re.compile("按期|按时|及时|法定|期限|时限|限时|时效|限期|准时|如期")
_OF_SOME = re.compile(r"\([^()]{0,20}(?:到期|应|除|含|剔|按|口径|计算)")
_SEVERAL = re.compile(r"分别")
OPPOSITES = [pair.split("/") for pair in words("cues", "either")]
OF_ALL = "/+%"
ALL = 100
LEAST_STEM = 3
LONGEST_CORE = 4
TRIED = 3
LEAST = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """What a rate is, by the words beside the counts above and below the line. stem: its name; word: what told it."""

    above: re.Pattern[str]
    below: re.Pattern[str] | None
    summed: bool = False
    stem: str = ""
    word: str = ""


@cache
def _rates() -> tuple[tuple[re.Pattern[str], Rate], ...]:
    return tuple(
        (
            re.compile(any_of(entry["rate"])),
            Rate(re.compile(any_of(entry["above"])), re.compile(any_of(entry["below"])), entry.get("sum", False)),
        )
        for entry in load("rates")
    )


def rate_of(left: str) -> Rate | None:
    """The rate that the words before a percentage name; None when they name none."""
    name = _NAME.search(left)
    if not name or COMPARED.search(left) or _PART.search(left):
        return None
    stem = name[1].strip("“”的") + ("案" if "案比" in name[0] else "")
    for names, rate in _rates():
        if told := names.search(stem[-6:]):
            if negative := _NEGATIVE.search(stem[-6:][: told.start()]):
                return replace(rate, above=re.compile(negative.group() + told.group()), summed=False, stem=stem)
            return replace(rate, stem=stem, word=told.group())
    core = stem[-LONGEST_CORE:]
    turned = f"|{re.escape(core[2:] + core[:2])}" if len(core) == LONGEST_CORE else ""
    return Rate(re.compile(re.escape(core) + turned), None, stem=stem) if len(core) >= 2 else None


def shares(scope: Scope, wholes_of: dict[int, list[Quantity]], above_it: Sequence[Quantity]) -> Iterator[Check]:
    """One check for each rate whose counts stand in its sentence.

    above_it: counts of the sentences before in its paragraph; they may be below the line where that agrees.
    """
    counts = [scope.figures[i] for i in scope.counts()]
    for index, stated in enumerate(scope.figures):
        if stated.unit != "%" or stated.high is not None or _SEVERAL.search(stated.left):
            continue
        rate = rate_of(stated.left)
        if told_after := _told_after(scope, index, rate) or _part_after(scope, index, rate, counts):
            yield told_after
            continue
        if rate is None or (index and scope.figures[index - 1].percent and scope.gap(index) in ("、", "和")):
            continue
        before = [one for one in counts if one.start < stated.start][-NEAREST:]
        check = _share(scope, stated, rate, before, wholes_of)
        if check is None or check.verdict == "unverifiable" or check.expr == OF_ALL:
            found = _from_before(stated, rate, check.figures[1], above_it) if check else None
            agreed = found or (check if check and check.expr == OF_ALL else None) or _by_numbers(stated, before)
            check = agreed or _told_before(scope, stated, rate, above_it, before) or check
        if check := check or _above_unprinted(stated, rate, before):
            yield check


def _share(
    scope: Scope, stated: Quantity, rate: Rate, before: list[Quantity], wholes_of: dict[int, list[Quantity]]
) -> Check | None:
    fitting = [one for one in before if rate.above.search(_beside(one)) and not _negated(rate, one)]
    above = [one for one in fitting if not CARRIED.search(one.left)][::-1]
    if rate.summed:
        return _summed(stated, rate, above[::-1], before)
    named: list[tuple[Quantity, Quantity]] = []
    cut: tuple[Quantity, Quantity] | None = None
    for numerator in above:
        for denominator, cued in _below(rate, numerator, before, wholes_of):
            digits = agrees(*_quotient([numerator], [denominator]), stated)
            if digits == Digits.TRUNCATED and not cued:  # another one may give the figure by rounding
                cut = cut or ((numerator, denominator) if stated.decimals else None)
                continue
            if digits or _beyond(stated, numerator, denominator):
                return _held(stated, [numerator], [denominator], "/%")
            if cued and _together(scope, numerator, denominator, stated):
                named.append((numerator, denominator))
    if cut:
        return _held(stated, [cut[0]], [cut[1]], "/%")
    if not above:
        return _complement(stated, [one for one in before if _negated(rate, one)], before)
    if across := _across(scope, stated, above[0]) or _both_named(stated, above, wholes_of):
        return across
    if named:
        likeliest = next((pair for pair in named if not rate.above.search(_beside(pair[1]))), named[0])
        return _other_reading(stated, *likeliest, before) or _missed(stated, *likeliest)
    found = _of_all(scope, stated, above[0], before)
    return found or _of_inexact(scope, stated, rate, above[0]) or unprinted(stated, above[0])


def _across(scope: Scope, stated: Quantity, part: Quantity) -> Check | None:
    """为276所学校配备副校长276名,配备率100%: what is counted directly before it in its clause, in another unit."""
    last = next((one for one in reversed(scope.figures) if one.start < part.start), None)
    if (
        last is None
        or not exact(last)
        or last.percent
        or last.unit == part.unit
        or last.value < part.value
        or part.value <= 0
    ):
        return None
    direct = not _CLAUSE.search(scope.between(last, part)) and not _CLAUSE.search(scope.between(part, stated)[1:])
    return _held(stated, [part], [last], "/%") if direct and agrees(*_quotient([part], [last]), stated) else None


def _both_named(stated: Quantity, above: list[Quantity], wholes_of: dict[int, list[Quantity]]) -> Check | None:
    """满意121件、基本满意7件,满意率100%: two parts of one whole that have the name of the rate."""
    if len(above) != 2:
        return None
    second, first = above
    whole = next((one for one in wholes_of.get(id(first), []) if one in wholes_of.get(id(second), [])), None)
    if whole is None or not agrees(*_quotient([first, second], [whole]), stated):
        return None
    return _alternative(stated, [first], [whole], second, f"分子加上{_named(second)}", "+/%")


def _of_all(scope: Scope, stated: Quantity, part: Quantity, before: list[Quantity]) -> Check | None:
    """优秀32卷、合格66卷、不合格2卷, 优秀率32%: of a list together; or of a part and what is left."""
    listed = [one for one in before if one.unit == part.unit and ";" not in scope.between(one, stated)]
    apart = len(listed) == 2 and any(_parted(pair, listed) for pair in OPPOSITES)
    if (len(listed) > 2 or apart) and part in listed and agrees(*_quotient([part], listed), stated):
        return _held(stated, [part], listed, "/+%")
    rest = next((one for one in scope.figures if one.start > stated.start), None)
    left = rest and rest.unit == part.unit and _LEFT_OVER.search(rest.left) and part.value > 0
    if rest and left and agrees(*_quotient([part], [part, rest]), stated):
        return _held(stated, [part], [part, rest], "/+%")
    return None


def _of_inexact(scope: Scope, stated: Quantity, rate: Rate, part: Quantity) -> Check | None:
    """受理420余条,办结412条,办结率97.2%: what is below the line is printed without its last digits."""
    below = (one for one in scope.figures if one.approx and one.high is None and one.start < part.start)
    whole = next(
        (one for one in below if rate.below and rate.below.search(_beside(one)) and compatible(one, part)), None
    )
    check = unprinted(stated, part) if whole and whole.value > 0 and stated.value < ALL else None
    if check and whole:
        check.figures, check.expr = [stated, part, whole], "/%"
        check.reason = check.reason.replace("文中没有印出与", f"“{words_of(whole)}”只印出{told(whole)}这个约数，与", 1)
    return check


def _parted(pair: list[str], listed: list[Quantity]) -> bool:
    """胜诉265件、败诉23件: each thing is one or the other."""
    return all(any(word in one.left for one in listed) for word in pair)


def _complement(stated: Quantity, without: list[Quantity], before: list[Quantity]) -> Check | None:
    """不合格12批次, 合格率99%: all but those; only where it agrees."""
    for one in without:
        for whole in reversed(before):
            left = whole.value - one.value
            if (
                left > 0
                and compatible(one, whole)
                and agrees(left * 100 / whole.value, left * 100 / whole.value, stated)
            ):
                check = _held(stated, [one], [whole], "1-/%")
                check.computed = round(left * 100 / whole.value, 4)
                check.reason = f"扣除{_named(one)}后，{shown(left)}÷{told(whole)}＝{shown(check.computed)}%，相符。"
                return check
    return None


def _from_before(stated: Quantity, rate: Rate, numerator: Quantity, above_it: Sequence[Quantity]) -> Check | None:
    """The denominator in a sentence before: only where words and numbers both fit."""
    for one in reversed(above_it):
        cued = rate.below and rate.below.search(_beside(one)) and compatible(one, numerator)
        if cued and one.value > 0 and agrees(*_quotient([numerator], [one]), stated):
            return _held(stated, [numerator], [one], "/%")
    return None


def _told_after(scope: Scope, index: int, rate: Rate | None) -> Check | None:
    """办结率达90%,其中受理100件,办结90件: a rate before both of its counts; only where it agrees."""
    stated = scope.figures[index]
    share = None if rate else _SHARE_OF.search(stated.left)
    rate = rate or (Rate(re.compile(re.escape(share[1])), None) if share else None)
    if rate is None or rate.summed or not _THEN.match(scope.text, stated.tail):
        return None
    after = list(takewhile(lambda one: not one.percent, scope.figures[index + 1 : index + 1 + TRIED]))
    counts = [one for one in after if exact(one) and ";" not in scope.between(stated, one)]
    check = _share(scope, stated, rate, counts, {}) if len(counts) > 1 else None
    return (
        check if check and check.verdict == "holds" and len(check.figures) == len({*map(id, check.figures)}) else None
    )


def _part_after(scope: Scope, index: int, rate: Rate | None, counts: list[Quantity]) -> Check | None:
    """清理205项,取消率58.5%,取消120项; 执行率90%,预算4000万元,支出3600万元: only where words and numbers agree."""
    stated = scope.figures[index]
    after = [one for one in scope.figures[index + 1 : index + TRIED] if one in counts]
    if rate is None or rate.summed or not after or not _NEXT.match(scope.text, stated.tail):
        return None
    part = next((one for one in after if rate.above.search(_beside(one)) and not _negated(rate, one)), None)
    if part is None or part.value <= 0 or ";" in scope.between(stated, part):
        return None
    earlier = [one for one in counts if one.start < stated.start][-1:] if stated.decimals and part is after[0] else []
    told_so = [one for one in after if one is not part and rate.below and rate.below.search(_beside(one))]
    for whole in [*told_so, *earlier]:
        if compatible(part, whole) and whole.value > 0 and agrees(*_quotient([part], [whole]), stated):
            return _held(stated, [part], [whole], "/%")
    return None


def _told_before(
    scope: Scope, stated: Quantity, rate: Rate, above_it: Sequence[Quantity], before: Sequence[Quantity]
) -> Check | None:
    """A rate whose counts stand in the sentences before: only where it agrees."""
    if rate.summed and (own := _by_own_name(stated, rate, [*above_it, *before])):
        return own
    check = _share(scope, stated, rate, list(above_it), {})
    return check if check and check.verdict == "holds" else None


def _above_unprinted(stated: Quantity, rate: Rate, before: Sequence[Quantity]) -> Check | None:
    """开庭审理268件,出庭率98.88%: the count above the line is not printed: which whole numbers would do."""
    whole = before[-1] if before and rate.below and rate.below.search(_beside(before[-1])) else None
    if whole is None or rounded(whole) or stated.approx or stated.value >= ALL or not stated.decimals:
        return None
    fitting = None if _TIMELY.search(stated.left) else parts(whole.value, stated.value, stated.decimals)
    if fitting is None:
        return None
    said = f"{fitting[0]}" if fitting[0] == fitting[1] else f"{fitting[0]}至{fitting[1]}"
    reason = f"文中没有印出与{told(stated)}%对应的分子；若分母是{told(whole)}，分子应为{said}。"
    return Check("ratio", [stated, whole], "?/%", None, "unverifiable", reason)


def _by_numbers(stated: Quantity, before: list[Quantity]) -> Check | None:
    """A rate whose words name no count: the last count over one before it, or over both of two, to the very digits."""
    if not stated.decimals or stated.approx or stated.value >= ALL:
        return None
    for place in range(len(before) - 1, max(len(before) - 1 - TRIED, 0), -1):
        part = before[place]
        alike = [one for one in before[max(place - TRIED, 0) : place][::-1] if compatible(part, one) and part.value > 0]
        for one in alike:
            if one.value > part.value and agrees(*_quotient([part], [one]), stated):
                return _held(stated, [part], [one], "/%")
        if before[place - 1] in alike and agrees(*_quotient([part], [part, before[place - 1]]), stated):
            return _held(stated, [part], [part, before[place - 1]], "/+%")
    return None


def _together(scope: Scope, above: Quantity, below: Quantity, stated: Quantity) -> bool:
    """Whether both counts stand in one clause with the rate, and no other rate between them and it.

    A rate of what was due (按期办结率) is not one of all.
    """
    if stated.approx or _TIMELY.search(stated.left) or ";" in scope.text[min(above.start, below.start) : stated.start]:
        return False
    if _OF_SOME.match(scope.text, stated.tail):
        return False
    others = (one for one in scope.figures if above.start < one.start < stated.start and one.percent)
    return not any(_NAME.search(one.left) for one in others)


def _beside(one: Quantity) -> str:
    return one.left[-20:] + "□" + one.right[:10]


def _negated(rate: Rate, one: Quantity) -> bool:
    """不予受理 is no 受理, 未化解 no 化解."""
    match = rate.above.search(_beside(one))
    return bool(match and _NOT.search(_beside(one)[: match.start()]))


def _below(
    rate: Rate, numerator: Quantity, before: list[Quantity], wholes_of: dict[int, list[Quantity]]
) -> Iterator[tuple[Quantity, bool]]:
    """Counts that may stand below the line, likeliest first, and whether the words say that one does."""
    others = [one for one in before if one is not numerator and compatible(one, numerator) and one.value > 0]
    cued = [
        one
        for one in reversed(others)
        if rate.below and rate.below.search(_beside(one)) and one.start < numerator.start
    ]
    for one in cued:
        yield one, True
    for one in (whole for whole in wholes_of.get(id(numerator), []) if whole.value > 0):
        yield one, _tells(rate, numerator)
    for one in reversed(others):
        if one not in cued and one.value >= numerator.value:
            yield one, False
    if rate.below and numerator.value > 0 and rate.below.search(_beside(numerator)):
        yield numerator, False


def _tells(rate: Rate, one: Quantity) -> bool:
    """Whether the words of a count have the whole name of the rate in them: 以调解方式结案 for 调解结案率."""
    return len(rate.stem) >= LEAST_STEM and bool(re.search(".*".join(map(re.escape, rate.stem)), one.left))


def _quotient(above: list[Quantity], below: list[Quantity], less: Quantity | None = None) -> tuple[Decimal, Decimal]:
    """The ends of a share of sums, with what is left out below the line."""
    (top_low, top_high), (low, high) = _both_ends(above), _both_ends(below)
    out = less.value if less else Decimal(0)
    return top_low * 100 / (high - out), top_high * 100 / max(low - out, LEAST)


def _both_ends(figures: list[Quantity]) -> tuple[Decimal, Decimal]:
    low, high = zip(*map(ends, figures), strict=True)
    return sum(low, Decimal(0)), sum(high, Decimal(0))


def _beyond(stated: Quantity, above: Quantity, below: Quantity) -> bool:
    """约24%, 95%以上: near enough, or not less."""
    if not stated.approx:
        return False
    low, high = _quotient([above], [below])
    if stated.qualifier in ("以上", "超过", "超", "逾"):
        return high >= stated.value
    return low < stated.value + stated.step and high > stated.value - stated.step


def _plain(above: list[Quantity], below: list[Quantity], less: Quantity | None = None) -> Decimal:
    whole = sum((one.value for one in below), Decimal(0)) - (less.value if less else 0)
    return sum((one.value for one in above), Decimal(0)) * 100 / whole


def _told(above: list[Quantity], below: list[Quantity], stated: Quantity, holds: bool) -> str:
    top, bottom = (shown_like(sum((one.value for one in side), Decimal(0)), side[0]) for side in (above, below))
    share = shown(_plain(above, below), stated.decimals + 2)
    return f"{top}÷{bottom}＝{share}%，与{told(stated)}%{'相符' if holds else '不符'}。"


def _named(one: Quantity) -> str:
    return f"“{words_of(one)}”{told(one)}{one.unit}"


def _held(stated: Quantity, above: list[Quantity], below: list[Quantity], expr: str) -> Check:
    ends_of = _quotient(above, below)
    digits = (agrees(*ends_of, stated) or "") if ends_of[0] == ends_of[1] else ""
    computed = round(_plain(above, below), 4)
    reason = _told(above, below, stated, holds=True)
    return Check("ratio", [stated, *above, *below], expr, computed, "holds", reason, digits=digits)


def _missed(stated: Quantity, above: Quantity, below: Quantity) -> Check:
    computed = round(_plain([above], [below]), 4)
    reason = _told([above], [below], stated, holds=False)
    return Check("ratio", [stated, above, below], "/%", computed, "fails", reason)


def _other_reading(stated: Quantity, above: Quantity, below: Quantity, before: list[Quantity]) -> Check | None:
    """Another figure of the sentence left out below the line, or added above it."""
    for other in reversed(before):
        if other is above or other is below or not compatible(other, below):
            continue
        left_over = below.value > other.value and (_LEFT_OVER.search(other.left) or CARRIED.search(other.left))
        if left_over and agrees(*_quotient([above], [below], other), stated):
            return _alternative(stated, [above], [below], other, f"分母扣除{_named(other)}", "/-%")
        if above.value + other.value <= below.value and agrees(*_quotient([above, other], [below]), stated):
            return _alternative(stated, [above], [below], other, f"分子加上{_named(other)}", "+/%")
    return None


def _alternative(
    stated: Quantity, above: list[Quantity], below: list[Quantity], other: Quantity, reading: str, expr: str
) -> Check:
    added = expr == "+/%"
    computed = _plain([*above, other], below) if added else _plain(above, below, other)
    reason = f"直接计算为{shown(_plain(above, below))}%；只有{reading}，才得到{told(stated)}%。"
    figures = [stated, *above, *below, other]
    return Check("ratio", figures, expr, round(computed, 4), "alternative", reason, reading)


def _summed(stated: Quantity, rate: Rate, above: list[Quantity], before: list[Quantity]) -> Check | None:
    """A rate whose numerator is the sum of several results (纠错率)."""
    below = next(
        (one for one in reversed(before) if rate.below and rate.below.search(one.left) and one not in above), None
    )
    if below is None or below.value <= 0:
        return None
    above = [one for one in above if compatible(one, below) and one.start > below.start]
    if not above:
        return None
    if own := _by_own_name(stated, rate, before):
        return own
    if agrees(*_quotient(above, [below]), stated):
        return _held(stated, above, [below], "++/%")
    for other in before:
        if other is below or other in above or other.value >= below.value or not _LEFT_OVER.search(other.left):
            continue
        if agrees(*_quotient(above, [below], other), stated):
            return _alternative(stated, above, [below], other, f"分母扣除{_named(other)}", "++/-%")
    return unprinted(stated, above[0])


def _by_own_name(stated: Quantity, rate: Rate, before: Sequence[Quantity]) -> Check | None:
    """以撤销、确认违法方式纠错20件,纠错率14.7%: a count has the name of the rate; only where it agrees."""
    own = next((one for one in reversed(before) if rate.word in one.left and one.value > 0), None)
    for one in reversed(before) if own and rate.below else ():
        if own and rate.below and one.start < own.start and one.value > own.value and rate.below.search(one.left):
            return _held(stated, [own], [one], "/%") if agrees(*_quotient([own], [one]), stated) else None
    return None


def unprinted(stated: Quantity, above: Quantity) -> Check | None:
    """The denominator is not printed: which whole numbers would do."""
    clear = not (stated.approx or rounded(above)) and stated.value < ALL
    fitting = wholes(above.value, stated.value, stated.decimals) if clear else None
    if fitting is None:
        return None
    low, high = fitting
    said = f"{low}" if low == high else f"{low}至{high}"
    reason = f"文中没有印出与{told(stated)}%对应的分母；若分子是{told(above)}，分母应为{said}。"
    return Check("ratio", [stated, above], "/?%", None, "unverifiable", reason)
