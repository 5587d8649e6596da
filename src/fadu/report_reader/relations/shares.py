"""Shares and rates beside their parts: which counts a percentage is of, and whether they give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, load
from fadu.report_reader.measures import words_of
from fadu.report_reader.relations.arithmetic import compatible, printed_as, shown, wholes
from fadu.report_reader.relations.scope import COMPARED, NEAREST, Check, Scope

_NAME = re.compile(r"([\u4e00-\u9fff“”]{0,14}?)(?:率|占比|比例|比重|案比)(?:[为达至到是仅均高约近有]{0,3})$")
_PART = re.compile(r"占(?:总数|全部|比)?(?:的|[为达到约近]{0,2})?$")
_LEFT_OVER = re.compile(r"未|在办|正在|不予|其他|其它|转|尚|剩余|期限内|待")
_SEVERAL = re.compile(r"分别")
ALL = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """What a rate is, by the words beside the counts above and below the line."""

    above: re.Pattern[str]
    below: re.Pattern[str] | None
    summed: bool = False


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
    if COMPARED.search(left):
        return None
    if _PART.search(left):
        return Rate(re.compile(""), None)
    name = _NAME.search(left)
    if not name:
        return None
    stem = name[1].strip("“”的") + ("案" if "案比" in name[0] else "")
    for words, rate in _rates():
        if words.search(stem[-6:]):
            return rate
    core = stem[-4:] if len(stem) > 4 else stem
    return Rate(re.compile(re.escape(core)), None) if len(core) >= 2 else None


def shares(scope: Scope, wholes_of: dict[int, list[Quantity]], above_it: Sequence[Quantity]) -> Iterator[Check]:
    """One check for each percentage whose counts stand in its sentence.

    above_it: counts of the sentences before in its paragraph; they may be below the line where that agrees.
    """
    counts = [scope.figures[i] for i in scope.counts()]
    for index, stated in enumerate(scope.figures):
        if stated.unit != "%" or stated.high is not None or _SEVERAL.search(stated.left):
            continue
        rate = rate_of(stated.left)
        if rate is None or (index and scope.figures[index - 1].percent and scope.gap(index) in ("、", "和")):
            continue
        before = [one for one in counts if one.start < stated.start][-NEAREST:]
        check = _share(stated, rate, before, wholes_of)
        if check and check.verdict == "unverifiable":
            check = _from_before(stated, rate, check.figures[1], above_it) or check
        if check:
            yield check


def _share(stated: Quantity, rate: Rate, before: list[Quantity], wholes_of: dict[int, list[Quantity]]) -> Check | None:
    above = [one for one in before if rate.above.search(_beside(one)) and not _negated(rate, one)]
    if rate.summed:
        return _summed(stated, rate, above, before)
    above = above[-1:] if rate.below is None and rate.above.pattern == "" else above[::-1]
    named: tuple[Quantity, Quantity] | None = None
    for numerator in above:
        for denominator, cued in _below(rate, numerator, before, wholes_of):
            if _fits(stated, numerator.value, denominator.value):
                return _held(stated, numerator, denominator)
            if cued and named is None:
                named = (numerator, denominator)
    if named:
        return _other_reading(stated, *named, before) or _missed(stated, *named)
    return _unprinted(stated, above[0]) if above and rate.above.pattern else None


def _from_before(stated: Quantity, rate: Rate, numerator: Quantity, above_it: Sequence[Quantity]) -> Check | None:
    """The denominator in a sentence before: only where words and numbers both fit."""
    for one in reversed(above_it):
        if (
            rate.below
            and rate.below.search(_beside(one))
            and compatible(one, numerator)
            and _fits(stated, numerator.value, one.value)
        ):
            return _held(stated, numerator, one)
    return None


def _beside(one: Quantity) -> str:
    return one.left[-16:] + "□" + one.right[:10]


def _negated(rate: Rate, one: Quantity) -> bool:
    """不予受理 is no 受理, 未化解 no 化解."""
    match = rate.above.search(_beside(one))
    return bool(match and match.group() and re.search(r"(?:不予|未|不|没有|尚未)$", _beside(one)[: match.start()]))


def _below(
    rate: Rate, numerator: Quantity, before: list[Quantity], wholes_of: dict[int, list[Quantity]]
) -> Iterator[tuple[Quantity, bool]]:
    """Counts that may stand below the line, likeliest first, and whether the words say that one does."""
    others = [one for one in before if one is not numerator and compatible(one, numerator) and one.value > 0]
    known = wholes_of.get(id(numerator), [])
    cued = [
        one
        for one in reversed(others)
        if rate.below and rate.below.search(_beside(one)) and one.start < numerator.start
    ]
    for one in cued:
        yield one, True
    for one in known:
        yield one, rate.below is None and rate.above.pattern == ""
    for one in reversed(others):
        if one not in cued and one.value >= numerator.value:
            yield one, rate.below is None and rate.above.pattern == ""
    if rate.below and rate.below.search(_beside(numerator)):
        yield numerator, False


def _share_of(above: Decimal, below: Decimal) -> Fraction:
    return Fraction(above) * 100 / Fraction(below)


def _quotient(above: Decimal, below: Decimal, stated: Quantity) -> str:
    exact = shown(_share_of(above, below), stated.decimals + 2)
    return f"{shown(above)}÷{shown(below)}＝{exact}%，与{shown(stated.value)}%"


def _named(one: Quantity) -> str:
    return f"“{words_of(one)}”{shown(one.value)}{one.unit}"


def _fits(stated: Quantity, above: Decimal, below: Decimal) -> bool:
    exact = _share_of(above, below)
    if stated.approx:
        return stated.qualifier == "以上" and exact >= stated.value
    return printed_as(exact, stated.value, stated.decimals) is not None


def _held(stated: Quantity, above: Quantity, below: Quantity) -> Check:
    exact = _share_of(above.value, below.value)
    reason = _quotient(above.value, below.value, stated) + "相符。"
    computed = Decimal(shown(exact, 4))
    check = Check("ratio", [stated, above, below], "/%", computed, "holds", reason)
    check.digits = printed_as(exact, stated.value, stated.decimals) or ""
    return check


def _missed(stated: Quantity, above: Quantity, below: Quantity) -> Check:
    exact = _share_of(above.value, below.value)
    reason = _quotient(above.value, below.value, stated) + "不符。"
    return Check("ratio", [stated, above, below], "/%", Decimal(shown(exact, 4)), "fails", reason)


def _other_reading(stated: Quantity, above: Quantity, below: Quantity, before: list[Quantity]) -> Check | None:
    """Another figure of the sentence left out below the line, or added above it."""
    for other in reversed(before):
        if other is above or other is below or not compatible(other, below):
            continue
        plain = _share_of(above.value, below.value)
        less = below.value - other.value
        if less > 0 and _LEFT_OVER.search(other.left) and _fits(stated, above.value, less):
            reading = f"分母扣除{_named(other)}"
            return _alternative(stated, [above, below, other], "/-%", plain, _share_of(above.value, less), reading)
        more = above.value + other.value
        if more <= below.value and _fits(stated, more, below.value):
            reading = f"分子加上{_named(other)}"
            return _alternative(stated, [above, below, other], "+/%", plain, _share_of(more, below.value), reading)
    return None


def _alternative(
    stated: Quantity, used: list[Quantity], expr: str, plain: Fraction, exact: Fraction, reading: str
) -> Check:
    reason = f"直接计算为{shown(plain)}%；只有{reading}，才得到{shown(stated.value)}%。"
    return Check("ratio", [stated, *used], expr, Decimal(shown(exact, 4)), "alternative", reason, reading)


def _summed(stated: Quantity, rate: Rate, above: list[Quantity], before: list[Quantity]) -> Check | None:
    """A rate whose numerator is the sum of several results (纠错率)."""
    below = next(
        (one for one in reversed(before) if rate.below and rate.below.search(one.left) and one not in above), None
    )
    above = [one for one in above if below and compatible(one, below) and one.start > below.start]
    if below is None or not above:
        return None
    top = sum((one.value for one in above), Decimal(0))
    if _fits(stated, top, below.value):
        check = _held(stated, above[0], below)
        exact = _share_of(top, below.value)
        check.figures, check.expr, check.computed = [stated, *above, below], "++/%", Decimal(shown(exact, 4))
        check.reason = _quotient(top, below.value, stated) + "相符。"
        return check
    for other in before:
        less = below.value - other.value
        if other in (below, *above) or less <= 0 or not _LEFT_OVER.search(other.left):
            continue
        if _fits(stated, top, less):
            reading = f"分母扣除{_named(other)}"
            exact = _share_of(top, less)
            return _alternative(stated, [*above, below, other], "++/-%", _share_of(top, below.value), exact, reading)
    return _unprinted(stated, above[0])


def _unprinted(stated: Quantity, above: Quantity) -> Check | None:
    """The denominator is not printed: which whole numbers would do."""
    if stated.approx or stated.value >= ALL:
        return None
    fitting = wholes(above.value, stated.value, stated.decimals)
    if fitting is None:
        return None
    low, high = fitting
    said = f"{low}" if low == high else f"{low}至{high}"
    reason = f"文中没有印出与{shown(stated.value)}%对应的分母；若分子是{shown(above.value)}，分母应为{said}。"
    return Check("ratio", [stated, above], "/?%", None, "unverifiable", reason)
