"""Third stage: every number of the text with its unit, or the kind of non-figure that it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from fadu.report_reader import patterns as p
from fadu.report_reader.found import UNREAD, Found, NoFigure, Quantity
from fadu.report_reader.numerals import LARGEST, LONGEST_NUMBER, chinese, multiplier
from fadu.report_reader.segment import Layout

LOOKBACK = 40
SHORTEST_CODE = 11
SHORTEST_PHONE = 5
LEAST_ABOUT = 10


def quantities(layout: Layout, in_tables: Mapping[int, Quantity]) -> list[Found]:
    """Every number of the text in order, read once. in_tables: those of tables, by the place where they begin."""
    found: list[Found] = []
    place = 0
    text = layout.text
    while sign := p.SIGN.search(text, place):
        place = sign.start()
        match = (p.IN_DIGITS if text[place].isdecimal() else p.IN_SIGNS).match(text, place)
        if match is None:
            place += 1
            continue
        one = in_tables.get(place) or _bounded(layout, match)
        found.append(one)
        place = max(one.end, place + 1)
    _bare_beside_figures(layout, found)
    return found


def _bounded(layout: Layout, match: re.Match[str]) -> Found:
    """No figure has so many signs, or is so large: it is a code."""
    if match.end() - match.start() > LONGEST_NUMBER:
        return NoFigure(match.start(), match.end(), "编码" if match["arabic"] else "词语")
    one = _judged(layout, match)
    if isinstance(one, Quantity) and (one.value >= LARGEST or (one.high is not None and one.high >= LARGEST)):
        return NoFigure(one.start, one.end, "编码")
    return one


def _judged(layout: Layout, match: re.Match[str]) -> Found:
    start, end = match.span()
    text = layout.text
    whole, part, chinese, rest = match.group("set", "part", "chinese", "rest")
    if whole:
        return NoFigure(start, end, "词语")
    following = text[end : end + 1]
    if (part or following in "成半/") and (share := _share(layout, match)):
        return share
    if chinese and not rest and following not in p.UNIT_HEADS:
        return _no_count(text, match)
    if layout.in_name(start):
        return NoFigure(start, end, "名称")
    if date := _date(text, match):
        return NoFigure(start, date.end(), "日期")
    if text[start - 1 : start] == "第":
        return NoFigure(start, end, "序数")
    if match["arabic"]:
        return _arabic(layout, match)
    if match["hundredth"]:
        return _hundredth(layout, match)
    return _chinese(layout, match)


def _date(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """A date that begins with a number: asked only where a sign of dates follows its digits."""
    digits = match["arabic"]
    if digits and "." not in digits and text[match.end("arabic") : match.end("arabic") + 1] not in p.DATE_SIGNS:
        return None
    return p.DATE.match(text, match.start())


def _share(layout: Layout, match: re.Match[str]) -> Found | None:
    """四分之三, 1/4, 六成, 一半: a part of one; a quorum that the law asks for is none."""
    text, start = layout.text, match.start()
    if layout.in_name(start):
        return None
    if match["part"]:
        if p.QUORUM.match(text, match.end()) and p.MUST.search(text, max(0, start - LOOKBACK), start):
            return NoFigure(start, match.end(), "泛称")
        return _part(layout, start, match.end(), match["part"], match["whole"])
    if (match["chinese"] or match["arabic"]) and (tenths := p.TENTHS.match(text, start)):
        if not p.BEFORE_SHARE.search(text, max(0, start - 4), start) and not p.AFTER.match(text, tenths.end()):
            return None
        return _part(layout, start, tenths.end(), tenths["tenths"] or "五", "十")
    if match["arabic"] and (slashed := p.SLASHED.match(text, start)):
        return _part(layout, start, slashed.end(), slashed["part"], slashed["whole"])
    return None


def _part(layout: Layout, start: int, end: int, part: str, whole: str) -> Found | None:
    above, below = (Decimal(sign) if sign.isdigit() and sign.isascii() else chinese(sign) for sign in (part, whole))
    if not above or not below or above >= below:
        return None
    one = _figure(layout, start, end, round(above / below, 4), 0)
    one.unit = one.group = ""
    return one


# ---------------------------------------------------------------- Arabic numbers


def _arabic(layout: Layout, match: re.Match[str]) -> Found:
    text, start, end = layout.text, match.start(), match.end()
    if kind := _code(text, match):
        return kind
    after = text[end : end + 1]
    if after == ":" and (proportion := p.PROPORTION.match(text, start)):
        return NoFigure(start, proportion.end(), "比例")
    figure = Decimal(match["arabic"].replace(",", ""))
    low = p.RANGE.match(text, start) if after in p.RANGE_SIGNS else None
    if low and not match["times"] and len(low["high"]) <= LONGEST_NUMBER and Decimal(low["high"]) > figure:
        return _range(layout, low)
    decimals = len(match["arabic"].partition(".")[2])
    if after in ("%", "‰"):
        return _percent(layout, start, end + 1, figure, decimals)
    times = multiplier(match["times"])
    one = _figure(layout, start, end, figure * times if times > 1 else figure, decimals)
    if times > 1 or decimals:
        one.step = Decimal(times).scaleb(-decimals)
    inexact = match["fill"] or match["more"]
    if inexact:
        one.qualifier, one.approx = inexact, True
    if not one.unit:
        if match["times"] or inexact or p.COUNTABLE.match(text, end) or p.BARE.match(text, end):
            return one
        return NoFigure(start, end, _unitless(text, start, end))
    if (text[start - 1 : start] == "前" and one.group in ("person", "entry")) or (
        one.unit == "届" and not p.VERB.search(one.left)
    ):
        return NoFigure(start, end, "序数")
    return one if _counts(one) else NoFigure(start, one.tail, "期间")


def _code(text: str, match: re.Match[str]) -> NoFigure | None:
    """Telephone numbers, codes, marks of a list, numbers of documents, 1+8, 3.0版, IPv6 …"""
    start, end = match.start(), match.end("arabic")
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "*" or (before == "*" and text[start - 2 : start - 1] not in ("", "\n", " ")):
        return NoFigure(start, end, "遮盖")
    may_be_code = after in "-/.@" or (after.isascii() and after.isalpha()) or end - start >= SHORTEST_CODE
    if may_be_code and (code := p.CODE.match(text, start)):
        return NoFigure(start, code.end(), "编码")
    if (
        (before.isascii() and (before.isalpha() or (before in "+./_#" and before)))
        or before == "×"
        or (before == " " and p.ABBREVIATED.search(text, max(0, start - 3), start))
    ):
        return NoFigure(start, match.end("arabic"), "编码")
    if after and after in "+×":
        return NoFigure(start, end, "名称")
    if (
        ((start == 0 or before in "\n ") and p.LIST.match(text, start))
        or (before == "(" and after == ")" and end - start < 3)
        or (after == "." and p.POINTED.match(text, start))
    ):
        return NoFigure(start, end, "列表序号")
    numbered = before in p.NUMBERED_ENDS and p.NUMBERED.search(text, max(0, start - 2), start)
    if (
        after in ("号", "版", "室")
        or text[end : end + 2] in ("系列", "项目")
        or (numbered and not _counted(text, match))
    ):
        return NoFigure(start, end, "编号")
    if match["arabic"] in p.LINES and not _counted(text, match):
        return NoFigure(start, end, "名称")
    phone = end - start >= SHORTEST_PHONE and p.PHONE_BEFORE.search(text, max(0, start - LOOKBACK), start)
    if phone and not _counted(text, match):
        return NoFigure(start, end, "编码")
    if after == "大" and p.unit(text, end + 1) is None:
        return NoFigure(start, end, "名称")
    return None


def _counted(text: str, match: re.Match[str]) -> bool:
    """Whether a multiplier, a measure word or a sign of shares stands behind the digits."""
    end = match.end("arabic")
    return bool(match["fill"] or match["times"] or text[end : end + 1] in ("%", "‰") or p.unit(text, end))


def _range(layout: Layout, low: re.Match[str]) -> Found:
    """3—5件, 10%至15%: one figure with two ends."""
    text, start = layout.text, low.start()
    end = low.end("high")
    high = Decimal(low["high"])
    decimals = len(low["high"].partition(".")[2])
    value = Decimal(low["low"])
    if text[end : end + 1] in ("%", "‰"):
        one = _percent(layout, start, end + 1, value, decimals)
    else:
        one = _figure(layout, start, end, value, decimals)
        if not one.unit:
            return NoFigure(start, end, UNREAD)
        if not _counts(one):
            return NoFigure(start, one.tail, "期间")
    one.high, one.approx, one.qualifier = high, True, "至"
    return one


def _unitless(text: str, start: int, end: int) -> str:
    """What a number without a unit is: a year, a time, or not known yet."""
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    if before == "前":
        return "序数"
    year = p.YEAR.fullmatch(text, start, end) and (after in "年、,至-—\t\n" or before in " ,，。;:(\n")
    return "日期" if year else UNREAD


def _counts(one: Quantity) -> bool:
    """Whether a length of time is a figure: where it is a limit or an average."""
    if one.group not in p.SPANS or one.step > 1:
        return True
    if one.group == "year":
        return False
    return bool(one.qualifier) or bool(p.LIMIT.search(one.left))


# ---------------------------------------------------------------- Chinese numbers


def _no_count(text: str, match: re.Match[str]) -> NoFigure:
    """A Chinese number with no measure word behind it: a mark, a point, an ordinal, or part of a word."""
    start, end = match.span()
    if text[end : end + 1] in p.CHINESE_DATE_SIGNS and (date := p.DATE.match(text, start)):
        return NoFigure(start, date.end(), "日期")
    before = text[start - 1 : start]
    if (p.LIST.match(text, start) and (start == 0 or before in "\n ")) or (
        before == "(" and text[end : end + 1] == ")"
    ):
        return NoFigure(start, end, "列表序号")
    if p.POINT.match(text, start) or before == "其":
        return NoFigure(start, end, "列表序号")
    return NoFigure(start, end, "序数" if before == "第" or p.ORDINAL_AFTER.match(text, end) else "词语")


def _chinese(layout: Layout, match: re.Match[str]) -> Found:
    text, start, end = layout.text, match.start(), match.end()
    signs = match["chinese"]
    vague = signs[0] if signs[0] in "数几上成" else ""
    value = chinese(signs[len(vague) :])
    if value is None or text[end : end + 2] == "分之":
        return NoFigure(start, end, "词语")
    if match["last"]:
        value *= multiplier(match["last"])
    one = _figure(layout, start, end, value, 0)
    inexact = vague or match["rest"][:1]
    if inexact:
        one.qualifier, one.approx = inexact, True
    elif text[end : end + 1] == "%":
        return NoFigure(start, end, "词语")
    if not one.unit and not (inexact and p.COUNTABLE.match(text, end)):
        return _no_count(text, match)
    if one.group in p.SPANS or p.ORDINAL_AFTER.match(text, end):
        return NoFigure(start, end, "期间")
    about = one.approx and value >= LEAST_ABOUT
    return one if inexact or about or _chinese_counts(text, one) else NoFigure(start, end, "泛称")


def _chinese_counts(text: str, one: Quantity) -> bool:
    """Whether 两次, 七项 … is a figure and not a manner of speaking: a verb before it, or a stop behind it."""
    if one.unit not in p.STRONG:
        return False
    stopped = text[one.tail : one.tail + 1] in p.STOPS or one.tail >= len(text)
    if one.unit == "番":
        return one.left.endswith(("翻", "翻了"))
    if one.value == 1:
        return stopped and bool(p.ONCE.search(one.left))
    if stopped and p.THINGS.search(one.left):
        return True
    subject = not one.left.strip() and p.SUBJECT.match(text, one.tail)
    if one.unit == "个":
        return bool(p.COUNTABLE.match(text, one.tail)) and bool(subject or p.VERB.search(one.left))
    return bool(subject or p.VERB.search(one.left)) or (stopped and one.unit not in ("项", "条", "面", "处", "张"))


def _hundredth(layout: Layout, match: re.Match[str]) -> Quantity:
    signs = match["hundredth"]
    value = Decimal(signs) if signs[0].isdigit() else chinese(signs) or Decimal(0)
    return _percent(layout, match.start(), match.end(), value, len(signs.partition(".")[2]))


# ---------------------------------------------------------------- both


def _percent(layout: Layout, start: int, end: int, value: Decimal, decimals: int) -> Quantity:
    """A share: 以上 and the like belong to its raw text."""
    sign = "‰" if layout.text[end - 1] == "‰" else "%"
    one = Quantity(start, end, end, value, sign, sign, decimals, step=Decimal(1).scaleb(-decimals))
    if qualifier := p.AFTER.match(layout.text, end):
        one.qualifier, one.end, one.tail = qualifier.group(), qualifier.end(), qualifier.end()
    _placed(layout, one)
    one.approx = one.approx or bool(qualifier)
    return one


def _figure(layout: Layout, start: int, end: int, value: Decimal, decimals: int) -> Quantity:
    text = layout.text
    one = Quantity(start, end, end, value, "", "", decimals)
    unit = p.unit(text, end)
    if unit and text[unit.end() : unit.end() + 1] not in p.NOT_UNIT.get(unit.group(), ()):
        one.unit, one.tail = unit.group(), unit.end()
        one.group = p.GROUPS[one.unit.partition("(")[0]]
    if text[one.tail : one.tail + 1] in p.AFTER_HEADS and (qualifier := p.AFTER.match(text, one.tail)):
        one.qualifier, one.tail = qualifier.group(), qualifier.end()
        one.approx = one.qualifier not in p.EXACT
    _placed(layout, one)
    return one


def _placed(layout: Layout, one: Quantity) -> None:
    """The words of the clause before and behind a figure, and the qualifier that stands before it."""
    text = layout.text
    one.sentence = layout.sentence_at(one.start)
    sentence = layout.sentences[one.sentence]
    one.left = _left(text, max(sentence.start, one.start - LOOKBACK), one.start)
    last = min(sentence.end, one.tail + LOOKBACK)
    stop = p.CLAUSE.search(text, one.tail, last)
    one.right = text[one.tail : stop.start() if stop else last]
    if not one.qualifier and one.left.endswith(p.BEFORE_ENDS) and (qualifier := p.BEFORE.search(one.left)):
        one.qualifier = qualifier.group()
        one.approx = one.qualifier not in p.EXACT


def _left(text: str, first: int, start: int) -> str:
    """The words of the clause before a figure; behind an explanation in parentheses, those before it."""
    end = start
    if text[start - 1 : start] == ")" and (opening := text.rfind("(", first, start)) > 0:
        end = opening
    broken = p.LAST_CLAUSE.match(text, first, end)
    return text[broken.end() if broken else first : end]


def _bare_beside_figures(layout: Layout, found: list[Found]) -> None:
    """其他处理21: a bare number before a stop counts when its sentence has figures, or its words announce one."""
    counted = {one.sentence for one in found if isinstance(one, Quantity)}
    text = layout.text
    for index in range(len(found) - 1, -1, -1):
        one = found[index]
        if not isinstance(one, NoFigure) or one.kind != UNREAD:
            continue
        following = found[index + 1] if index + 1 < len(found) else None
        joined = isinstance(following, Quantity) and p.JOINED.fullmatch(text, one.end, following.start)
        if not joined and text[one.end : one.end + 1] not in p.STOPS:
            continue
        if not p.PLAIN.fullmatch(text, one.start, one.end):
            continue
        figure = _figure(layout, one.start, one.end, Decimal(text[one.start : one.end].replace(",", "")), 0)
        announced = p.ANNOUNCED.search(figure.left)
        if joined or announced or (figure.sentence in counted and p.HAN_END.search(figure.left)):
            figure.decimals = len(text[one.start : one.end].partition(".")[2])
            figure.step = Decimal(1).scaleb(-figure.decimals)
            if joined and isinstance(following, Quantity) and not figure.unit:
                figure.unit, figure.group = following.unit, following.group
            found[index] = figure
