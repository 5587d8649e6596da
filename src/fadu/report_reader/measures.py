"""Fourth stage: what a figure measures, of whom, in which period; what the report says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, words
from fadu.report_reader.model import Meta
from fadu.report_reader.segment import Layout, Sentence

_PERIOD = re.compile(
    r"(?P<year>(?:19|20)\d{2})年(?:度)?(?:(?P<from>\d{1,2})(?:[-—~–至到]{1,2}(?P<to>\d{1,2}))?月(?:份|底|末)?)?"
)
_UNTIL = re.compile(r"截至|截止|至今|以来")
_OFTEN = re.compile(r"(?:19|20)\d{2}年")
_EXTENT = (
    r"全[省市区县州旗镇乡](?:各[^,，。;、\d]{2,8})?|[省市区县州旗](?:政府)?本级"
    r"|各(?:级|部门|街道|乡镇|单位)[^,，。;、\d]{0,8}"
)
_BODIES = ("委员会", "仲裁委", "人大", "政协", "法院", "检察院")
_ONLY_EXTENT = re.compile(_EXTENT)
_SUBJECT = re.compile(rf"{_EXTENT}|[\u4e00-\u9fff]{{0,6}}(?:{'|'.join(_BODIES)})")
_FILLER = re.compile(
    r"^(?:其中|以及|并且|同时|另外|此外|截至目前|目前|已经|全年|今年以来|今年|本年度|当年|年内|分别|的|了|对|将|和|与|及|并|已|还|共|把|为|累计|共计|总共|合计|总计|一共|先后|均|都|在|由|经|经过|通过|至|从|按)+"
)
_ENDS = tuple(words("cues", "ending"))
_ENDING = re.compile(any_of(list(_ENDS)).replace("(?:", "(?>", 1) + "+$")
_DATES = re.compile(
    r"(?:19|20)\d{2}年(?:度)?(?:\d{1,2}(?:[-—~至到]\d{1,2})?月(?:\d{1,2}日|底|份)?)?(?:以来|至今)?|(?:截至|截止)[^,，]{0,10}$"
)
_NUMBERS = re.compile(r"[\d.,]+[万亿余多]*(?:%|个|件|项|名|人|家|户|次)?")
_BEFORE_PLACE = "标题|题名|题目|名称|主题|关于|印发|转发|报送|呈报|公布|发布|公开|推进|中共|来源"
_NO_PLACE = "[在由被与请各我对将的以局院厅该]|(?<!无)为|全(?![椒州南])|[年度]"
_PLACE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[年度在的]))(?:{_BEFORE_PLACE})*"
    rf"(?P<place>(?:(?!{_NO_PLACE})[\u4e00-\u9fff]){{2,10}}?(?:自治区|自治州|自治县|省|市|区|县|州|旗|镇|乡|街道))"
    r"(?:人民政府|政府|委员会|.{0,2}(?:19|20)\d{2}年|法治|依法|司法局|推进|关于|$)"
)
_TITLE = re.compile(r"[^\n]*(?:法治政府建设|依法行政|法治建设)[^\n]{0,30}(?:报告|情况|总结)[^\n]{0,6}")
_LABEL = re.compile("^(?:标题|题名|题目|名称)[::]?[ ]*")
_ISSUED = re.compile(
    r"(?P<y>20\d{2})[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})日?|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>20\d{2})"
)
_TO = re.compile(
    r"^(?P<to>[\u4e00-\u9fff、]{2,24}(?:人民政府|人大常委会|常务委员会|委员会|党委|省委|市委|区委|县委|办公室|办|局))[::]$",
    re.MULTILINE,
)
_HEADING_MARK = re.compile(r"^[ ]*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])")
LONGEST = 24
FARTHEST = 80


def meta_of(layout: Layout) -> Meta:
    """Place, year, day of issue, title and addressee, as far as the text has them."""
    text = layout.text
    head, tail = text[:1500], text[-400:]
    meta = Meta()
    title = next((found for found in _titles(head) if len(found.group().strip()) <= 60), None)
    meta.title = _LABEL.sub("", title.group().strip()) if title else ""
    place = _PLACE.search(meta.title) or _PLACE.search(head) or _PLACE.search(tail)
    meta.place = place["place"] if place else ""
    years = Counter(int(year[:4]) for year in _OFTEN.findall(meta.title) or _OFTEN.findall(text))
    meta.year = max(years, key=lambda year: (years[year], -year)) if years else None
    addressee = _TO.search(head)
    meta.reports_to = addressee["to"] if addressee else ""
    meta.issued = _issued(head, tail)
    return meta


def _titles(head: str) -> Iterator[re.Match[str]]:
    """Line by line, and only where a word of a title stands: the expression tries every beginning of a line."""
    for line in head.split("\n"):
        if "法治" in line or "依法" in line:
            yield from _TITLE.finditer(line)


def _issued(head: str, tail: str) -> str:
    labelled = re.search(r"(?:发布日期|发文日期|发布时间|成文日期|日期|时间)[:：]?\s*" + _ISSUED.pattern, head)
    found = labelled or _ISSUED.search(head[:400]) or next(iter(reversed(list(_ISSUED.finditer(tail)))), None)
    if not found:
        return ""
    year, month, day = (found["y"], found["m"], found["d"]) if found["y"] else (found["y2"], found["m2"], found["d2"])
    return f"{int(year):04d}-{int(month):02d}-{int(day):02d}"


class Named(NamedTuple):
    """What a sentence with figures names, found once for all of them. around: the sentence and the headings above."""

    text: str
    around: str
    topic: str
    periods: tuple[tuple[int, str], ...]
    subjects: tuple[tuple[int, str], ...]


def named_in(layout: Layout, index: int) -> Named:
    """The periods and subjects of a sentence, each with the place where it ends."""
    sentence = layout.sentences[index]
    text = layout.text[sentence.start : sentence.end]
    periods = (
        (match.end(), _period(layout, sentence, match))
        for match in _PERIOD.finditer(layout.text, sentence.start, sentence.end)
    )
    named = _SUBJECT if any(body in text for body in _BODIES) else _ONLY_EXTENT
    subjects = ((m.end(), m.group()) for m in named.finditer(layout.text, sentence.start, sentence.end))
    return Named(text, text + "".join(sentence.headings), _topic(sentence), tuple(periods), tuple(subjects))


def _period(layout: Layout, sentence: Sentence, named: re.Match[str]) -> str:
    if not named["from"]:
        return named["year"]
    first, end = int(named["from"]), int(named["to"] or named["from"])
    if _UNTIL.search(layout.text, max(sentence.start, named.start() - 4), named.start()):
        return f"{named['year']}-01/{named['year']}-{end:02d}"
    return f"{named['year']}-{first:02d}/{named['year']}-{end:02d}"


def period_of(named: Named, one: Quantity, year: int | None) -> str:
    """The period named last before a figure in its sentence; else the year of the report."""
    found = next((period for end, period in reversed(named.periods) if end <= one.start), "")
    return found or (str(year) if year else "")


def subject_of(named: Named, one: Quantity) -> str:
    """Of whom the figure is, when its sentence says so not far before it; else empty."""
    return next((who for end, who in reversed(named.subjects) if one.start - FARTHEST < end <= one.start), "")


def measure_of(named: Named, one: Quantity) -> str:
    """A readable name of what is counted: the topic of the section and the words beside the figure."""
    if one.in_table:
        return one.left
    return "-".join(part for part in (named.topic, words_of(one)) if part)


def words_of(one: Quantity) -> str:
    """The words beside a figure without period, filler and other figures."""
    if one.words is None:
        one.words = _words(one)
    return one.words


def _words(one: Quantity) -> str:
    left = one.left
    if "年" in left or "截" in left:
        left = "".join([part for part in _DATES.split(left) if part.strip()][-1:])
    left = _behind_filler(_NUMBERS.sub("", left).strip("“” "))
    if left.endswith(_ENDS):
        left = _ENDING.sub("", left)
    left = _behind_filler(left)
    right = _NUMBERS.sub("", one.right).strip("“” 的")
    if len(left) < 2 or (len(left) <= 4 and right):
        left = f"{left}{right}"
    return left[-LONGEST:]


def _behind_filler(words: str) -> str:
    filler = _FILLER.match(words)
    return words[filler.end() :] if filler else words


def _topic(sentence: Sentence) -> str:
    heading = next((line for line in reversed(sentence.headings) if line), "")
    return re.split(r"[,，。:;]", _HEADING_MARK.sub("", heading))[0][:16]
