"""Averages, what is left after taking away and adding, and items that are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, words
from fadu.report_reader.numerals import chinese
from fadu.report_reader.relations.arithmetic import agrees, compatible, ends, exact, shown, shown_like, slack, told
from fadu.report_reader.relations.growth import FROM, TO
from fadu.report_reader.relations.scope import MOST_FIGURES, NEAREST, TOTAL, Check, Scope

_DAILY = re.compile(r"日均|平均每[天日]|每[天日]平均")
_MONTHLY = re.compile(r"月均|平均每个?月|每个?月平均")
_EACH = re.compile(r"[\u4e00-\u9fff]均|平均每|每(?:名|人|户|件|家|个|所|村|镇|乡|场|次|期|处)")
_EACH_OF = re.compile("平均每[个名家户所件]?(?P<what>[\u4e00-\u9fff]{1,6}?)(?:有|约|配备|设|建|拥有|办理|办结)?$")
_AFTER = re.compile("(?:后|调整|精简|变更)[为共]?$")
_STOCK = re.compile("结转|结存|年初|期初|结余|旧存|未结|年末|期末|在办|剩余|尚余")
_RECEIVED = re.compile("新收|收到|受理|新增|接收")
_DONE = re.compile("办结|审结|结案|完成|处理")
_NET = re.compile(r"净(?P<sign>增|减)[加少]?$")
_MOVED = r"(?:改为|改由|转为|并入|归并|合并|划转|移交|整合|下放)[^,，、;\d]{0,8}"
_GONE = re.compile(rf"(?:取消|减少|核减|废止|删除|压减|移出|注销|清退|清理|退出|撤销|核销|收回|{_MOVED})$")
_NEW = re.compile("新|增|核发|成立|设立")
_LESS = re.compile("取消|减|废止|删除|注销|清退|清理|退出|撤销|核销")
_COME = re.compile(r"(?:新增|增加|承接|纳入|补充|新核发|核发|新办|新设|新建|新发|新成立|设立)$")
_CUT = re.compile("[,，](?:共|累计|合计|总共)?" + _GONE.pattern)
_GAINED = re.compile("[,，](?:共|累计|合计|总共)?" + _COME.pattern)
_BEGIN, _END = re.compile("[年期月]初|上年末|上期末|去年底"), re.compile("[年期月]末|[年月]底")
_NEXT_YEAR = re.compile("结转(?:至|到)?下|转入下|下年度")
_OVER = re.compile("超额(?:完成)?$|超(?:计划|任务|目标)$")
_PLANNED = re.compile("计划|任务|目标")
_REACHED = re.compile("完成|实际|实现|达到")
_FOR = re.compile("[在为对给向]$")
_RESULT = re.compile(r"(?:后为|现有|调整为|现为|后共|至|保留)$")
_FORMERLY = re.compile("原有?|原先|此前|改革前|清理前|调整前|现有")
_HAVING = re.compile("[^,，;。、]{0,6}后[,，](?:现|最终|实际|全[市区县])?(?:保留|共|有|尚有|还有|剩余|留下)")
_PER_YEAR = re.compile(r"年均|平均每年|每年平均")
_YEARS = re.compile(
    r"(?P<plan>[“\"]?十[一二三四五六]五[”\"]?(?:期间|时期|以来|规划)|五年规划期)"
    r"|(?P<first>(?:19|20)\d{2})年?(?:[-—~–至到]{1,2})(?P<last>(?:19|20)\d{2})年"
    r"|(?:近|过去|最近|[这前])?(?P<many>[二两三四五六七八九十])年(?:来|间|以来|里|累计|共)"
)
PLAN = 5
DAYS = (365, 366)
MONTHS = 12


def averages(scope: Scope) -> Iterator[Check]:
    """日均, 人均, 平均每个: only where they hold; days of work or other bases are not known."""
    counts = [scope.figures[i] for i in scope.counts()]
    for place, stated in enumerate(counts):
        around = [*counts[place + 1 : place + NEAREST], *counts[max(0, place - NEAREST) : place]]
        bases: list[tuple[Decimal, Quantity | None]] = []
        if _DAILY.search(stated.left):
            bases = [(Decimal(days), None) for days in DAYS]
        elif _MONTHLY.search(stated.left):
            bases = [(Decimal(MONTHS), None)]
        elif _PER_YEAR.search(stated.left):
            bases = [(Decimal(years), None) for years in _years(scope)]
        elif _EACH.search(stated.left):
            bases = [(one.value, one) for one in around if one.value > 1]
        totals = [one for one in reversed(around) if bases and one.value > stated.value and _same_thing(one, stated)]
        for total in totals:
            fitting = next((base for base in bases if base[1] is not total and _fits(total, base[0], stated)), None)
            if fitting:
                yield _average(stated, total, *fitting)
                break
        else:
            if told := _spread(scope, stated, counts[max(0, place - 2) : place]):
                yield _average(stated, told[1], told[0].value, told[0], "fails")


def _years(scope: Scope) -> list[int]:
    """Over how many years a sentence says that it counts."""
    found = _YEARS.search(scope.text, scope.start, scope.end)
    if found is None:
        return []
    if found["first"]:
        return [int(found["last"]) - int(found["first"]) + 1]
    return [PLAN if found["plan"] else int(chinese(found["many"]) or 0)]


def _spread(scope: Scope, stated: Quantity, before: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """28个乡镇共设站点364个,平均每个乡镇13个: what each has, by the words of the first, of all that there are."""
    each = _EACH_OF.search(stated.left)
    if len(before) < 2 or scope.figures[scope.figures.index(stated) - 1] is not before[1]:
        return None
    base, total = before
    if each is None and (stated.left != "人均" or base.group != "person" or not _FOR.search(base.left)):
        return None
    named = each is None or each["what"] in base.right[: len(each["what"]) + 2]
    shared = named and (TOTAL.search(total.left) or _FOR.search(base.left)) and total.unit == stated.unit
    clean = shared and exact(base) and exact(total) and not (stated.approx or stated.qualifier)
    near = clean and not re.search("[;；]", scope.text[base.start : stated.start])
    return (base, total) if near and base.value > 1 else None


def _same_thing(total: Quantity, stated: Quantity) -> bool:
    same = compatible(total, stated) or total.group == stated.group
    return same or {total.group, stated.group} == {"person", "visit"}


def _fits(total: Quantity, base: Decimal, stated: Quantity) -> bool:
    low, high = ends(total)
    return agrees(low / base, high / base, stated) is not None


def _average(stated: Quantity, total: Quantity, base: Decimal, other: Quantity | None, verdict: str = "holds") -> Check:
    value = total.value / base
    agree = "相符" if verdict == "holds" else "不符"
    reason = f"{told(total)}÷{shown(base)}＝{shown(value)}，与{told(stated)}{agree}。"
    figures = [stated, total, *([other] if other else [])]
    return Check("ratio", figures, "/" if other else f"/{base}", round(value, 4), verdict, reason)


def differences(scope: Scope) -> Iterator[Check]:
    """共860项,取消24项、新增16项后为852项; 核发1450个,注销318个,净增1132个."""
    counts = [scope.figures[i] for i in scope.counts()][:MOST_FIGURES]
    for place, result in enumerate(counts):
        if place < 2:
            continue
        if _cut(scope, counts[place - 2], counts[place - 1], result, counts[place + 1 : place + 2]):
            yield _left(result, counts[place - 2], [counts[place - 1]], [-1])
        elif _gained(scope, counts[place - 2], counts[place - 1], result):
            yield _left(result, counts[place - 1], [counts[place - 2]], [-1])
        elif _OVER.search(result.left) and (beyond := _beyond_plan(result, counts[place - 2], counts[place - 1])):
            yield beyond
        elif net := _NET.search(result.left):
            more, less = counts[place - 2], counts[place - 1]
            more, less = (less, more) if net["sign"] == "减" else (more, less)
            if _NEW.search(more.left) and _LESS.search(less.left) and compatible(more, less):
                yield _left(result, more, [less], [-1])
        elif _STOCK.search(result.left) and (balance := _balance(result, counts[:place])):
            yield balance
        elif _RESULT.search(result.left) or _HAVING.match(scope.between(counts[place - 1], result)):
            alike = [one for one in counts[:place] if compatible(one, result)]
            changed = [one for one in alike if _GONE.search(one.left) or _COME.search(one.left)]
            base = alike[-len(changed) - 1] if len(alike) > len(changed) else None
            if base and changed and base.start < changed[0].start:
                signs = [-1 if _GONE.search(one.left) else 1 for one in changed]
                check = _left(result, base, changed, signs)
                if check.verdict == "holds" or _AFTER.search(result.left) or _afterwards(scope, base, changed, result):
                    yield check


def _afterwards(scope: Scope, base: Quantity, changed: list[Quantity], result: Quantity) -> bool:
    """原有90项,取消8项、合并5项后,保留77项: nothing else is counted between what there was and what is kept."""
    between = [one for one in scope.figures if base.start < one.start < result.start]
    said = _FORMERLY.search(base.left) and _HAVING.match(scope.between(changed[-1], result))
    return bool(said) and [id(one) for one in between] == [id(one) for one in changed]


def _cut(scope: Scope, base: Quantity, kept: Quantity, gone: Quantity, later: list[Quantity]) -> bool:
    """由75项压减到29项,取消46项: what went is all of the difference, when nothing else is told."""
    said = FROM.search(base.left) and TO.match(scope.between(base, kept)) and _CUT.fullmatch(scope.between(kept, gone))
    alike = base.unit == kept.unit == gone.unit and base.value > kept.value
    return bool(said) and alike and not any(compatible(one, gone) for one in later)


def _beyond_plan(result: Quantity, planned: Quantity, reached: Quantity) -> Check | None:
    """计划120公里,实际完成138公里,超额完成18公里: only where it agrees."""
    said = _PLANNED.search(planned.left) and _REACHED.search(reached.left)
    alike = planned.unit == reached.unit == result.unit
    check = _left(result, reached, [planned], [-1]) if said and alike else None
    return check if check and check.verdict == "holds" else None


def _gained(scope: Scope, base: Quantity, now: Quantity, come: Quantity) -> bool:
    """由85台增加到112台,新增27台: only where it agrees; some may have gone as well."""
    said = FROM.search(base.left) and TO.match(scope.between(base, now)) and _GAINED.fullmatch(scope.between(now, come))
    return bool(said) and base.unit == now.unit == come.unit and now.value - base.value == come.value


def _balance(result: Quantity, before: list[Quantity]) -> Check | None:
    """上年结转30件,新收270件,办结280件,年末未结20件; 合计479件 …,总计470件,结转下年9件: only where it agrees."""
    checks: list[Check] = []
    if len(before) > 2:
        base, come, done = before[-3:]
        base, come = (come, base) if _STOCK.search(come.left) else (base, come)
        received = _RECEIVED.search(come.left) or _COME.search(come.left)
        gone = _DONE.search(done.left) or _GONE.search(done.left)
        begun = _BEGIN.search(base.left) and _END.search(result.left)
        alike = base.unit == come.unit == done.unit == result.unit
        if _STOCK.search(base.left) and ((received and gone) or (begun and alike)):
            checks.append(_left(result, base, [come, done], [1, -1]))
    if _NEXT_YEAR.search(result.left) and TOTAL.search(before[-1].left):
        wholes = (one for one in before[:-1] if TOTAL.search(one.left) and compatible(one, result))
        checks += (_left(result, one, [before[-1]], [-1]) for one in wholes)
    return next((one for one in checks if one.verdict == "holds"), None)


def _left(result: Quantity, base: Quantity, changed: list[Quantity], signs: list[int]) -> Check:
    computed = base.value + sum((one.value * sign for one, sign in zip(changed, signs, strict=True)), Decimal(0))
    holds = abs(computed - result.value) <= slack([result, base, *changed])
    said = "".join(f"{'－' if s < 0 else '＋'}{told(one)}" for one, s in zip(changed, signs, strict=True))
    agree = "相符" if holds else "不符"
    reason = f"{told(base)}{said}＝{shown_like(computed, result)}，与{told(result)}{agree}。"
    expr = "".join("-" if s < 0 else "+" for s in signs)
    return Check("difference", [result, base, *changed], expr, computed, "holds" if holds else "fails", reason)


_NAMED = re.compile(r"[^,，。;；:、()]{0,14}\((?P<list>[^()\d]{3,160})\)(?P<first>)")
_AFTER_COLON = re.compile(
    r"[^,，。;；:、()]{0,24}:(?P<list>[^()\d\n;；]{3,200})(?=$|[。;；\n])"
    rf"|[^,，。;；:、()]{{0,24}}:(?P<first>[^()\d\n,，。;；]{{3,200}})(?=[,，]{any_of(words('cues', 'verbs'))})"
)
_FAR = re.compile(r"\((?P<list>[^()\d“”]{3,160})\)")
_NOT_A_LIST = re.compile(
    r"等|包括|含|如|其中|即|及以|简称|以下|试行|[,，:;。]|[一二三四五六七八九十两]+(?:[个项类种名位家条批次]|是|方面)"
)
_KIND = re.compile("[\u4e00-\u9fff]{0,4}?(?P<end>[县区镇乡村街局所队]|街道|社区)$")
_TITLES = re.compile("(?:《[^《》]{2,60}》[、和与及]?){2,}")
_AND = re.compile("[、和与及]")
_CALLED = re.compile(r"(?:(?:自治)?[省市区县旗盟州镇乡场所站]|街道|社区|兵团|单位|部门|村|、)+")
_THEN = re.compile(
    r"[^,，。;；:、()]{0,12}[,，](?:即|分别(?:是|为|位于|在|设在)?|依次(?:是|为))(?P<list>[^()\d,，。;；:]{3,200})(?=$|[,，。;；\n])"
)
_CLAUSE = re.compile(r".*[,，。;；:()\d]", re.DOTALL)
_LISTED = re.compile(r"(?P<list>(?:[^,，。;；、:()\d]{2,16}、)+[^,，。;；、:()\d]{2,24}?)(?:等|共|这)?$")
MOST_NAMED = 30
FARTHEST = 160
MOST_MISSING = 2


def enumerations(scope: Scope) -> Iterator[Check]:
    """4个村(a、b、c、d): as many are named as are counted."""
    said = scope.said()
    if not _AND.search(said) and "》《" not in said:
        return
    opened, told = "(" in said, "(" in said or ":" in said
    for index, stated in enumerate(scope.figures):
        if stated.percent or not exact(stated) or not 2 <= stated.value <= MOST_NAMED or stated.decimals:
            continue
        direct = told and (
            _NAMED.match(scope.text, stated.tail, scope.end) or _AFTER_COLON.match(scope.text, stated.tail, scope.end)
        )
        if stated.value in _then(scope, stated) or stated.value in _named_before(scope, stated):
            yield _enumerated(stated, int(stated.value), True)
            continue
        names = (direct["list"] or direct["first"]) if direct else ""
        counted = _items(names)
        listed = max(counted, default=0)
        if direct and listed >= 2:
            holds = stated.value in counted
            listed = int(stated.value) if holds else listed
            missing = stated.value - listed
            named = stated.group in ("entry", "person") and _is_other(names, missing)
            if holds or named or _of_one_kind(names, stated, missing):
                yield _enumerated(stated, listed, holds)
            continue
        following = scope.figures[index + 1].start if index + 1 < len(scope.figures) else scope.end
        aside = _FAR.finditer(scope.text, stated.tail, following) if opened else ()
        far = [n for match in aside for n in _items(match["list"])]
        if stated.value in far and stated.value > 2:
            yield _enumerated(stated, int(stated.value), True)


def _then(scope: Scope, stated: Quantity) -> Sequence[int]:
    """3个巡回法庭,分别位于城东、城西和城南: how many names follow."""
    match = _THEN.match(scope.text, stated.tail, scope.end)
    return _items(match["list"]) if match else ()


def _named_before(scope: Scope, stated: Quantity) -> Sequence[int]:
    """东河镇、西山镇、南湖镇等3个镇: how many names stand directly before it."""
    first = max(scope.start, stated.start - FARTHEST)
    clause = _CLAUSE.match(scope.text, first, stated.start)
    first = clause.end() if clause else first
    match = _LISTED.search(scope.text, first, stated.start) if scope.text.find("、", first, stated.start) >= 0 else None
    return _items(match["list"]) if match else ()


def _items(listed: str) -> Sequence[int]:
    """How many things a list names: 和 may join two, or be of a name (中和镇).

    None when it does not say that it is whole, or only says what they are called.
    """
    if _TITLES.fullmatch(listed):
        return (listed.count("《"),)
    if _NOT_A_LIST.search(listed) or _CALLED.fullmatch(listed):
        return ()
    return len(_AND.split(listed)), listed.count("、") + 1


def _is_other(listed: str, missing: Decimal) -> bool:
    """Whether a list of full names has but one or two less, or more, than its number."""
    names = listed.split("、")
    few = abs(missing) <= MOST_MISSING < len(names)
    return few and not _AND.search("".join(names)) and min(map(len, names)) > 1


def _of_one_kind(listed: str, stated: Quantity, missing: Decimal) -> bool:
    """3个县(清水县、红石县): every name ends as what is counted does, and one is missing or too many."""
    names, kind = listed.split("、"), _KIND.match(stated.right)
    return abs(missing) == 1 and kind is not None and all(len(n) > 2 and n.endswith(kind["end"]) for n in names)


def _enumerated(stated: Quantity, listed: int, holds: bool) -> Check:
    reason = f"列名{listed}个，与{told(stated)}{stated.unit}{'相符' if holds else '不符'}。"
    return Check("enumeration", [stated], "named", Decimal(listed), "holds" if holds else "fails", reason)
