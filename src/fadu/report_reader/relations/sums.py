"""Totals and their parts: 其中, 分别, parentheses, lists behind a colon, parts and then the total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, words
from fadu.report_reader.numerals import chinese
from fadu.report_reader.relations.arithmetic import compatible, shown_like, slack, told
from fadu.report_reader.relations.bounds import bounds
from fadu.report_reader.relations.growth import FROM, TO
from fadu.report_reader.relations.scope import (
    AMONG,
    CARRIED,
    COMPARED,
    FRESH,
    MOST_FIGURES,
    OPEN,
    PARTS,
    REST,
    TOTAL,
    WHOLE,
    Check,
    Scope,
)

LEAST_WITHOUT_CUE = 10
SELDOM_BY_CHANCE = 50
LATEST_START = 4
NEAR = 12
LEAST_TOO_MANY = Decimal(2)
SOME = 30
NEAR_ENOUGH = 4
NEARER = 10
HARDLY = 100
QUARTERS = 4
LEAST_LABEL = 2
OPPOSITES = [tuple(pair.split("/")) for pair in words("cues", "opposites")]
COMPLETE = [tuple(listed.split("/")) for listed in words("cues", "complete")]
SORTED = re.compile("[,，](?:" + any_of(words("cues", "sorted")) + ")[^,，;。:()]{0,8}")
OVERLAPPING = re.compile("涉|同时|兼(?!职)|并处|没收|吊销")
ALTOGETHER = re.compile(
    "(?:共计?|合计|总计|累计|总)(?:有|办理|受理|承办|收|数|应办|处理)?(?:各类)?(?:案件)?$|应办总数$"
)
IN_ALL = re.compile(
    "(?:(?P<year>全年|四个季度|[今本]年)|(?P<many>[两二三四五六])(?:年|[项者类家级地]))?"
    "(?:总共|一共|累计|合计|共计?|总计)[^,，]{2,8}$"
)
LAST = re.compile("[,，、;和及(](?:其中)?" + REST.pattern + "[^,，、;]{0,12}$")
NO_PARTS = re.compile(
    r"上年|去年|同期|(?:19|20)\d{2}年|\d{1,2}月|较|比|不含|占|最[多少高低]|平均|人均|每|[一二三四五六七]是"
)
PAID = re.compile("[、,，和][^,，、;]{0,8}" + any_of(words("cues", "remainder")) + "[^,，、;\\d]{0,8}$")
THINGS = frozenset(("person", "piece", "household", "document", "entry", "case_visit", "times"))
JOINS = re.compile("[^,，;。()、]{0,12}[、和与及][^,，;。()、]{0,12}")
AT_ONCE = re.compile("[^,，;。()、]{0,12}[,，]?(?:一?共|共计|合计|总计|累计)[^,，;。()、]{0,6}")
ALL_OF = re.compile("(?:全部|所有)(?P<what>[\u4e00-\u9fff]{2,6})$")
LABEL = re.compile(r"[\u4e00-\u9fff]+")
OPENED = re.compile(r"[(:][^,，;。:]{0,12}$")
OPENS = re.compile(r"[(:]|.(?:其中|分别)")


def sums(scope: Scope) -> Iterator[Check]:
    """Every total of a sentence with its parts, and every part that must not be more than its whole."""
    counts = [i for i in scope.counts() if not scope.changing(i)][:MOST_FIGURES]
    announced = [_backward(scope, counts, at) for at in range(len(counts))]
    taken = {i for runs in announced for parts in runs for i in parts}
    for at, index in enumerate(counts):
        behind = [i for i in counts[at + 1 :] if compatible(scope.figures[index], scope.figures[i])]
        runs = [*_forward(scope, index, behind, index in taken), *announced[at]]
        for parts in runs:
            taken.update(parts)
            yield added(scope.figures[index], [scope.figures[i] for i in parts])
        if runs:
            continue
        listed, whole = _carried(scope, counts, at) or _listed(scope, counts, at, behind)
        if whole and len(listed) >= 2 and (index not in taken or OPENS.match(scope.text, scope.figures[index].tail)):
            taken.update(listed)
            yield _unequal(scope, index, listed, counts)
    yield from bounds(scope, taken)


def _forward(scope: Scope, index: int, behind: list[int], part: bool) -> Iterator[list[int]]:
    """Runs of figures behind a total whose sum it is; a part of another total has parts only where words say so."""
    total = scope.figures[index]
    if len(behind) < 2 or (FROM.search(total.left) and TO.match(scope.between(total, scope.figures[behind[0]]))):
        return
    for level in dict.fromkeys((scope.group[index], scope.group[behind[0]])):
        yield from _runs(scope, total, [i for i in behind if scope.group[i] == level], part)


def _runs(scope: Scope, total: Quantity, later: list[int], part: bool) -> Iterator[list[int]]:
    first = found = 0
    while first < min(found + LATEST_START, len(later)):
        run = _run(scope, later[first:], total)
        if run and _belongs(scope, total, run, first, part):
            yield run
            found = first = first + len(run)
        else:
            first += 1


def _belongs(scope: Scope, total: Quantity, run: list[int], first: int, part: bool) -> bool:
    """Whether figures with the right sum are said to be the parts: their words say so, or they follow at once."""
    gap = scope.gap(run[0])
    if PARTS.search(gap) or OPENED.search(gap) or AMONG.search(gap):
        return True
    between = scope.text[total.tail : scope.figures[run[-1]].start]
    if ";" in between and _own_clause(scope, total, run):
        return not part
    whole = first == 0 and total.value >= SELDOM_BY_CHANCE and run[-1] == max(scope.counts())
    if part or (";" in between and not whole) or TOTAL.search(between):
        return False
    return total.value >= LEAST_WITHOUT_CUE or len(run) > 2 if first == 0 else total.value >= SELDOM_BY_CHANCE


def _own_clause(scope: Scope, total: Quantity, run: list[int]) -> bool:
    """Whether figures fill the part of a sentence between two semicolons, and their total stands far from small."""
    first, last = scope.figures[run[0]], scope.figures[run[-1]]
    begun = scope.text.rfind(";", total.tail, first.start)
    ended = scope.text.find(";", last.tail, scope.end)
    if ";" in scope.between(first, last):
        return False
    counted = (one for one in scope.figures if not one.percent)
    inside = [one for one in counted if begun <= one.start and (ended < 0 or one.start < ended)]
    return total.value >= SELDOM_BY_CHANCE and [id(one) for one in inside] == [id(scope.figures[i]) for i in run]


def _backward(scope: Scope, counts: list[int], at: int) -> list[list[int]]:
    """Parts before a total that is announced: 合计, 共."""
    total = scope.figures[counts[at]]
    if not at:
        return []
    quarters = "全年" in total.left and at >= QUARTERS and _complete(scope, counts[at - QUARTERS : at])
    if all_of := ALL_OF.search(total.left):
        same = [i for i in counts[:at] if scope.figures[i].left.endswith(all_of["what"])]
        alike = len(same) > 1 and all(scope.figures[i].unit == total.unit for i in same)
        return [same] if alike and sum(scope.figures[i].value for i in same) == total.value else []
    if not (quarters or TOTAL.search(total.left)):
        return []
    earlier = [i for i in reversed(counts[:at]) if compatible(total, scope.figures[i])]
    outside = [i for i in earlier if scope.group[i] == scope.group[counts[at]]]
    run = _run(scope, earlier, total) or _run(scope, outside, total) or _of_one_name(scope, counts[:at], total)
    run = run or _side_by_side(scope, counts[:at], total)
    return [run[::-1]] if run else []


def _side_by_side(scope: Scope, before: list[int], total: Quantity) -> list[int]:
    """32个部门和14个县区共46家单位: joined things of other measure words, and their total at once."""
    found: list[int] = []
    following = total
    for i in reversed(before):
        gap = scope.between(scope.figures[i], following)
        if not (JOINS.fullmatch(gap) if found else AT_ONCE.fullmatch(gap)) or scope.figures[i].group not in THINGS:
            break
        found.append(i)
        following = scope.figures[i]
        if sum(scope.figures[j].value for j in found) == total.value and len(found) > 1:
            return found if total.group in THINGS else []
    return []


def _of_one_name(scope: Scope, before: list[int], total: Quantity) -> list[int]:
    """法治公园14个、法治广场37个、法治长廊62处,法治阵地总数113个: things of other measure words with one name."""
    name = total.left[:LEAST_LABEL]
    alike = [i for i in reversed(before) if scope.figures[i].group == total.group and name in scope.figures[i].left]
    return _run(scope, alike, total) if total.group == "entry" and len(name) == LEAST_LABEL else []


def reach(total: Quantity, parts: Sequence[Quantity]) -> int:
    """How many figures from the first on have the total as their sum; 0 when it is passed."""
    reached = Decimal(0)
    for number, one in enumerate(parts, start=1):
        reached += one.value
        if number < 2 or reached < total.value - total.step * number:
            continue
        allowed = slack([total, *parts[:number]])
        if _equal(reached, total.value, allowed):
            return number
        if reached > total.value + allowed:
            break
    return 0


def _equal(computed: Decimal, stated: Decimal, allowed: Decimal) -> bool:
    return computed == stated or abs(computed - stated) < allowed


def _run(scope: Scope, candidates: list[int], total: Quantity) -> list[int]:
    return candidates[: reach(total, [scope.figures[i] for i in candidates])]


def _listed(scope: Scope, counts: list[int], at: int, later: list[int]) -> tuple[list[int], bool]:
    """Figures listed as the parts of a total, and whether the list says that it is whole. later: those it may have."""
    index = counts[at]
    total = scope.figures[index]
    if not later:
        return _announced(scope, counts, at)
    between = scope.between(total, scope.figures[later[0]])
    if between.startswith("("):
        inside = [i for i in later if scope.group[i] == total.tail]
        outer, within = _level(scope, inside), scope.inside(total.tail)
        return outer, (_is_whole(within) and _close(scope, total, inside)) or (
            within.startswith("其中") and not OPEN.search(within) and _too_many(scope, total, outer)
        )
    stop = scope.text.find(";", total.tail, scope.end)
    same = [i for i in later if scope.group[i] == scope.group[index] and (stop < 0 or scope.figures[i].start < stop)]
    if not same:
        return [], False
    span = scope.text[total.tail : scope.figures[same[-1]].tail]
    if between.startswith(":"):
        return same, _is_whole(span) and _close(scope, total, same)
    if SORTED.fullmatch(between):
        more = _more(scope, total, same)
        return same, _in_row(scope, same) and len(same) > 2 and 0 < more <= max(LEAST_TOO_MANY, total.value / HARDLY)
    if not PARTS.search(between) or OPEN.search(span) or len(PARTS.findall(span)) > 1:
        return [], False
    rest = LAST.search(scope.gap(same[-1])) or LAST.match(scope.text, scope.figures[same[-1]].tail)
    paid = len(same) > 1 and PAID.search(scope.gap(same[-1])) and total.group == "money" and _close(scope, total, same)
    paid = paid or (len(PARTS.findall(span)) == 1 and _complete(scope, same))
    said = rest or paid or WHOLE.search(scope.text[total.tail : scope.end])
    return same, bool(said) or _too_many(scope, total, same)


def _close(scope: Scope, total: Quantity, parts: list[int], near: int = NEAR_ENOUGH) -> bool:
    """Whether parts come near their total: a list of a few of them is no list of all."""
    return close(total, [scope.figures[i] for i in parts], near)


def close(total: Quantity, parts: Sequence[Quantity], near: int = NEAR_ENOUGH) -> bool:
    return abs(sum((one.value for one in parts), Decimal(0)) - total.value) * near <= total.value


def _is_whole(listed: str) -> bool:
    """Whether a list in parentheses or behind a colon has nothing but parts."""
    return not (OPEN.search(listed) or PARTS.search(listed) or NO_PARTS.search(listed))


def _too_many(scope: Scope, total: Quantity, same: list[int]) -> bool:
    """Parts of one kind, which exclude each other, that are more than their whole: 线上4期, 线下6期 of 9.

    Three parts or more that are more by next to nothing are hardly so by chance.
    """
    if OVERLAPPING.search(scope.text, total.tail, scope.figures[same[-1]].tail):
        return False
    labels = ["".join(LABEL.findall(scope.gap(i).replace("其中", ","))[-1:]) for i in same]
    alike = all(labels) and len({len(one) for one in labels}) == 1
    more = _more(scope, total, same)
    if total.group == "person":
        alike = alike and _opposite(labels)
    elif len(same) > 2 and 0 < more <= total.value / HARDLY:
        return True
    return alike and 0 < more <= max(LEAST_TOO_MANY, total.value / SOME)


def _complete(scope: Scope, parts: list[int]) -> bool:
    """一季度 … 四季度, 男 … 女: nothing is left beside such parts."""
    gaps = [scope.gap(i) for i in parts]
    return any(
        len(parts) == len(names) and all(name in gap for name, gap in zip(names, gaps, strict=True))
        for names in COMPLETE
    )


def _more(scope: Scope, total: Quantity, parts: list[int]) -> Decimal:
    """By how much parts are more than their whole."""
    return sum((scope.figures[i].value for i in parts), Decimal(0)) - total.value


def _opposite(labels: list[str]) -> bool:
    """Whether two labels exclude each other: 专职, 兼职."""
    return len(labels) == 2 and any(one in labels[0] and other in labels[1] for one, other in OPPOSITES)


def _in_row(scope: Scope, parts: list[int]) -> bool:
    """Whether figures are joined by 、 and nothing follows them in their sentence."""
    joined = all(scope.gap(i).startswith("、") for i in parts[1:])
    last = scope.figures[parts[-1]]
    return joined and (last.tail >= scope.end or scope.text[last.tail] == ";")


def _carried(scope: Scope, counts: list[int], at: int) -> tuple[list[int], bool] | None:
    """上年结转42件,本年新增526件,应办总数568件."""
    total = scope.figures[counts[at]]
    if at < 2 or not ALTOGETHER.search(total.left):
        return None
    earlier = counts[at - 2 : at]
    carried, fresh = (scope.figures[i] for i in earlier)
    between = scope.between(carried, total)
    either = CARRIED.search(carried.left) and FRESH.search(fresh.left)
    either = either or (FRESH.search(carried.left) and CARRIED.search(fresh.left))
    said = either and not (";" in between or PARTS.search(between))
    near = len(scope.between(fresh, total)) < NEAR and compatible(carried, fresh) and compatible(fresh, total)
    return (earlier, True) if said and near else None


def _announced(scope: Scope, counts: list[int], at: int) -> tuple[list[int], bool]:
    """分别为 … 合计 …, 甲96件、乙128件,合计 …: parts before their total, which say that they are all."""
    total = scope.figures[counts[at]]
    added_up = total.left.startswith(("合计", "总计", "共计"))
    in_all = IN_ALL.match(total.left)
    if not (added_up or in_all):
        return [], False
    earlier = [
        i for i in counts[:at] if compatible(total, scope.figures[i]) and scope.group[i] == scope.group[counts[at]]
    ]
    if not earlier:
        return [], False
    opening = scope.text[scope.start : scope.figures[earlier[0]].start]
    if added_up and "分别" in opening:
        return earlier, True
    row = counts[:at] == earlier and len(earlier) > 1 and all(scope.gap(i).startswith("、") for i in earlier[1:])
    at_once = scope.text[scope.figures[earlier[-1]].tail : total.start - len(total.left)] in (",", "，", "、")
    if in_all and not added_up:
        same = "分别" in opening and total.left[-2:] in opening and not COMPARED.search(opening)
        same = same and _as_many(in_all, opening, len(earlier))
        return earlier, bool(same and row and at_once and _close(scope, total, earlier, NEARER))
    said = scope.text[scope.start : total.start]
    return earlier, row and at_once and not NO_PARTS.search(said) and _close(scope, total, earlier, NEARER)


def _as_many(in_all: re.Match[str], opening: str, parts: int) -> bool:
    """Whether a total is of the parts: 全年 of four quarters, 三年 of three figures."""
    if in_all["many"]:
        return chinese(in_all["many"]) == parts
    quarters = "季度" in opening
    return quarters == bool(in_all["year"]) and (not quarters or parts == QUARTERS)


def _level(scope: Scope, listed: list[int]) -> list[int]:
    """The outer parts of a list: those behind a 其中 inside it are parts of parts."""
    for place, index in enumerate(listed):
        if place and PARTS.search(scope.gap(index)):
            return listed[:place]
    return listed


def added(total: Quantity, listed: list[Quantity]) -> Check:
    computed = sum((one.value for one in listed), Decimal(0))
    verdict = "holds" if _equal(computed, total.value, slack([total, *listed])) else "fails"
    said = "＋".join(told(one) for one in listed)
    agrees = "相符" if verdict == "holds" else "不符"
    reason = f"各部分相加{said}＝{shown_like(computed, total)}，与{told(total)}{agrees}。"
    return Check("sum", [total, *listed], "=+", computed, verdict, reason)


def _unequal(scope: Scope, index: int, listed: list[int], counts: list[int]) -> Check:
    """A whole list that does not add up: another figure of the sentence may explain it."""
    check = added(scope.figures[index], [scope.figures[i] for i in listed])
    if check.verdict == "holds":
        return check
    missing = check.figures[0].value - (check.computed or Decimal(0))
    others = [scope.figures[i] for i in counts if i != index and i not in listed]
    if explaining := next(
        (one for one in others if one.value == abs(missing) and compatible(one, check.figures[0])), None
    ):
        check.verdict = "alternative"
        check.reading = f"另计“{explaining.left.strip()}{told(explaining)}{explaining.unit}”才相符"
        check.figures.append(explaining)
        check.computed = check.figures[0].value
    return check
