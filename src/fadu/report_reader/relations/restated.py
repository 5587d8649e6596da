"""The same measure said twice in one report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.measures import words_of
from fadu.report_reader.model import Claim
from fadu.report_reader.relations.arithmetic import exact, shown
from fadu.report_reader.relations.scope import Check
from fadu.report_reader.segment import Layout

_LOOSE = re.compile(r"全年|今年|本年度|共|累计|全[省市区县]|的|了|总|\s|“|”")
_FILLER = re.compile(r"共|的|了|总|\s|“|”")
_NO_MEASURE = re.compile("^占|(?:增长|上升|下降|提高|降低|减少|增加)$")
_MARK = re.compile(r"^[ ]*(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、])")
_AT_LARGE = re.compile(r"全[省市区县州旗镇年]|各级|本年度|(?:19|20)\d{2}年")
SHORTEST = 6
LONGEST = 80
LEAST = Decimal("0.0001")


def restated(layout: Layout, figures: list[Quantity], claims: list[Claim]) -> Iterator[Check]:
    """Figures of other sentences with the same words, unit, subject and period."""
    known: dict[tuple[str, str, str, str], list[Quantity]] = {}
    last: Quantity | None = None
    first_said: set[int] = set()
    for one, claim in zip(figures, claims, strict=True):
        if one.in_table or not exact(one):
            last = one
            continue
        words = _LOOSE.sub("", words_of(one))
        if len(words) < SHORTEST:
            words = _opening(layout, one)
            if last is None or last.sentence != one.sentence:
                first_said.add(id(one))
        last = one
        if len(words) >= SHORTEST:
            known.setdefault((words, one.unit, claim.subject, claim.period), []).append(one)
    for (words, *_), (first, *others) in known.items():
        if not others or _NO_MEASURE.search(words):
            continue
        for one in others:
            sure = len(others) == 1 and id(one) not in first_said
            holds = abs(first.value - one.value) < max(first.step, one.step, LEAST)
            if one.sentence != first.sentence and (holds or (sure and _same(layout, one, first))):
                yield _compared(words, one, first, holds)


def _opening(layout: Layout, one: Quantity) -> str:
    """全年举办培训班14期、培训: for a figure of few words all that is said before it, another figure with it."""
    first = layout.sentences[one.sentence].start
    if one.start - first > LONGEST or not _AT_LARGE.search(layout.text, first, one.start):
        return ""
    return _FILLER.sub("", _lead(layout, one)[1])


def _same(layout: Layout, one: Quantity, other: Quantity) -> bool:
    """Whether two sentences of different paragraphs say all the same before a figure, and speak of the whole."""
    (place, said), (elsewhere, again) = _lead(layout, one), _lead(layout, other)
    same = _FILLER.sub("", said) == _FILLER.sub("", again)
    return place != elsewhere and same and bool(_AT_LARGE.search(said))


def _lead(layout: Layout, one: Quantity) -> tuple[int, str]:
    sentence = layout.sentences[one.sentence]
    return sentence.paragraph, _MARK.sub("", layout.text[sentence.start : one.start])


def _compared(words: str, one: Quantity, former: Quantity, holds: bool) -> Check:
    told = "相同" if holds else f"而另一处是{shown(former.value)}{one.unit}"
    reason = f"“{words}”两处分别说明，此处是{shown(one.value)}{one.unit}，{told}。"
    return Check("restated", [one, former], "==", former.value, "holds" if holds else "fails", reason)
