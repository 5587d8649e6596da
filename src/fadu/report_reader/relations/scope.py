"""The figures of one sentence in order, with the words between them: what the checks look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from fadu.report_reader.found import Quantity
from fadu.report_reader.lexicon import any_of, words
from fadu.report_reader.relations.arithmetic import ALIKE, exact
from fadu.report_reader.segment import Layout

PARTS = re.compile(any_of(words("cues", "parts")))
AMONG = re.compile(r"[\u4e00-\u9fff]中[,，、]?[^,，]{0,8}$|其中")
TOTAL = re.compile(any_of(words("cues", "total")))
REST = re.compile(any_of(words("cues", "rest")))
OPEN = re.compile(any_of(words("cues", "open")))
EARLIER = re.compile(any_of(words("cues", "earlier")))
GROWS = re.compile(any_of(words("cues", "grows")))
FALLS = re.compile(any_of(words("cues", "falls")))
CARRIED = re.compile(any_of(words("cues", "carried")))
FRESH = re.compile(any_of(words("cues", "fresh")))
_PARENTHESES = re.compile("[()〔〕]")
WHOLE = re.compile(any_of(words("cues", "whole")))
COMPARED = re.compile(
    r"同比|环比|较(?![大高多好重为强快小])|比上|比去|比前|上年|去年|同期|增长|下降|上升|增幅|降幅|增产|减产|递增"
)
CHANGED = re.compile(
    "(?:(?<!新)"
    + any_of(words("cues", "grows") + words("cues", "falls"))
    + "率?(?:(?<=[率幅])[为达]到?)?|(?<![至最不])[多少])"
    "(?:了|达|约|近|超过|超)?$"
)

_LAST = 16
"""Signs before a figure in which words of change can stand."""
_CHANGE_ENDS = frozenset(word[-1] for word in words("cues", "grows") + words("cues", "falls")) | set(
    "多少率幅为达到了约近过超"
)
_LAST_YEAR = re.compile("^[^,，]?(?:去年|上年|上一年)度?(?!同期)")
MOST_FIGURES = 60
"""Of one sentence that are compared with one another."""
NEAREST = 10
"""Before a share or an average that may belong to it."""


@dataclass(slots=True)
class Scope:
    """One sentence, the place-th with figures.

    group: for each figure, the place of the parenthesis in which it stands (-1: in none). leading: what lists.py makes
    of its counts.
    """

    text: str
    start: int
    end: int
    figures: list[Quantity]
    place: int = 0
    group: list[int] = field(default_factory=list)
    leading: list[Quantity] | None = None
    _changing: list[bool] | None = None
    _counts: list[int] | None = None
    _alike: bool | None = None

    def gap(self, index: int) -> str:
        """The words between the figure before and this one."""
        before = self.figures[index - 1].tail if index else self.start
        return self.text[before : self.figures[index].start]

    def inside(self, opening: int) -> str:
        """What stands between a parenthesis and its end, without what stands in parentheses there."""
        depth, kept, said = 0, opening + 1, ""
        for sign in _PARENTHESES.finditer(self.text, opening, self.end):
            outside = depth == 1
            depth += 1 if sign.group() in "(〔" else -1
            said += self.text[kept : sign.start()] if outside else ""
            kept = sign.end()
            if depth == 0:
                return said
        return said + self.text[kept : self.end]

    def between(self, one: Quantity, other: Quantity) -> str:
        """The words behind one figure and before another one."""
        return self.text[one.tail : other.start]

    def changing(self, index: int) -> bool:
        """Whether a figure is a change or of an earlier time."""
        if self._changing is None:
            self._changing = [is_change(one, not place) for place, one in enumerate(self.figures)]
        return self._changing[index]

    def said(self) -> str:
        return self.text[self.start : self.end]

    def has_alike(self) -> bool:
        """Whether it has two counts that can be added."""
        if self._alike is None:
            units = [one.group if one.group in ALIKE else one.unit for one in self.figures if not one.percent]
            self._alike = "" in units or len(set(units)) < len(units)
        return self._alike

    def counts(self) -> list[int]:
        """Indexes of figures that can be added: no shares, exact."""
        if self._counts is None:
            figures = enumerate(self.figures)
            self._counts = [i for i, one in figures if not one.percent and exact(one) and one.group != "points"]
        return self._counts


@dataclass(slots=True)
class Check:
    """A relation over figures, before it has ids: the stated one first."""

    kind: str
    figures: list[Quantity]
    expr: str
    computed: Decimal | None
    verdict: str
    reason: str
    reading: str = ""
    stated: Decimal | None = None
    digits: str = ""


def changed(one: Quantity) -> re.Match[str] | None:
    """The words of change directly before a figure, looked for once."""
    if one.changed is False:
        may = one.left[-1:] in _CHANGE_ENDS
        one.changed = CHANGED.search(one.left, max(0, len(one.left) - _LAST)) if may else None
    return one.changed


def is_change(one: Quantity, first: bool = False) -> bool:
    """first: of its sentence, where 去年 is when it was and nothing to compare with."""
    begun = first and _LAST_YEAR.match(one.left)
    left = one.left[begun.end() :] if begun else one.left
    return bool(changed(one) or COMPARED.search(left)) and not CARRIED.search(left)


def scopes(layout: Layout, figures: list[Quantity]) -> Iterator[Scope]:
    """The sentences that have figures."""
    start = place = 0
    while start < len(figures):
        sentence = layout.sentences[figures[start].sentence]
        end = start
        while end < len(figures) and figures[end].sentence == figures[start].sentence:
            end += 1
        scope = Scope(layout.text, sentence.start, sentence.end, figures[start:end], place)
        scope.group = _groups(scope)
        yield scope
        start = end
        place += 1


def _groups(scope: Scope) -> list[int]:
    found: list[int] = []
    opened: list[int] = []
    if scope.text.find("(", scope.start, scope.end) < 0 and scope.text.find("〔", scope.start, scope.end) < 0:
        return [-1] * len(scope.figures)
    place = scope.start
    for one in scope.figures:
        for sign in _PARENTHESES.finditer(scope.text, place, one.start):
            if sign.group() in "(〔":
                opened.append(sign.start())
            elif opened:
                opened.pop()
        place = max(place, one.start)
        found.append(opened[-1] if opened else -1)
    return found
