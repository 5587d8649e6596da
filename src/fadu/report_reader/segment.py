"""Second stage: headings, sentences, clauses; quoted names and titles; depth of parentheses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_END = re.compile(r"[。!?！？\n]+")
_HEADING = re.compile(
    r"[ ]*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节部]分?)"
)
_MARKS = frozenset("一二三四五六七八九十(第0123456789")
_LEVELS = (re.compile(r"[ ]*(?:[一二三四五六七八九十]{1,3}、|第)"), re.compile(r"[ ]*\("))
_TITLE = re.compile(r"《[^《》\n]{0,120}(?:《[^《》\n]{0,120}》[^《》\n]{0,120})*》")
_QUOTE = re.compile(r"“[^“”\n]{1,80}”|\"[^\"\n]{1,80}\"|「[^「」\n]{1,80}」|‘[^‘’\n]{1,40}’|'[^'\n]{1,40}'")
_BRACKET = re.compile(r"〔[^〔〕\n]{0,20}〕|\[[^\[\]\n]{0,20}\]|【[^【】\n]{0,40}】")
_COUNTED = re.compile(r"[\u4e00-\u9fff]\d")
_STATEMENT = re.compile(r"[,，。;].*\d|\d.*[,，。;]")
LONGEST_HEADING = 60
LONGEST_NAME = 24
LONGEST_SENTENCE = 2000


class Sentence(NamedTuple):
    """start, end: in the normalised text, without the final mark. headings: above it, outermost first."""

    start: int
    end: int
    headings: tuple[str, ...]
    paragraph: int


@dataclass(slots=True)
class Layout:
    """The structure of a text, by places in the normalised text."""

    text: str
    sentences: list[Sentence] = field(default_factory=list)
    names: list[tuple[int, int]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _name_starts: list[int] = field(default_factory=list)

    def sentence_at(self, place: int) -> int:
        """The index of the sentence in which a character stands."""
        return max(bisect_right(self._starts, place) - 1, 0)

    def in_name(self, place: int) -> bool:
        """Whether a character stands in a title, in a quoted name or in the brackets of a document's number."""
        index = bisect_right(self._name_starts, place) - 1
        return index >= 0 and place < self.names[index][1]


def segment(text: str) -> Layout:
    """Cuts a normalised text into sentences under their headings."""
    layout = Layout(text, names=_names(text))
    layout._name_starts = [start for start, _ in layout.names]
    above: list[str] = []
    headings: tuple[str, ...] = ()
    paragraph = 0
    place = 0
    for match in [*_END.finditer(text), None]:
        start, end = place, match.start() if match else len(text)
        place = match.end() if match else len(text)
        while start < end and text[start] == " ":
            start += 1
        if start < end:
            mark = text[start] in _MARKS and _HEADING.match(text, start, end)
            if mark and (start == 0 or text[start - 1] in "\n "):
                _put_heading(above, text[start : min(end, start + LONGEST_HEADING)])
                headings = tuple(above)
            if end - start <= LONGEST_SENTENCE:
                layout.sentences.append(Sentence(start, end, headings, paragraph))
            else:
                layout.sentences += (Sentence(*cut, headings, paragraph) for cut in _cut(text, start, end))
        if match and "\n" in match.group():
            paragraph += 1
    layout._starts = [one.start for one in layout.sentences]
    return layout


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One without end in pieces, so that no text takes more than its share."""
    while end - start > LONGEST_SENTENCE:
        stop = max(text.rfind(sign, start, start + LONGEST_SENTENCE) for sign in ",，;；、 ")
        stop = stop + 1 if stop > start else start + LONGEST_SENTENCE
        yield start, stop
        start = stop
    yield start, end


def _put_heading(above: list[str], heading: str) -> None:
    level = next((index for index, mark in enumerate(_LEVELS) if mark.match(heading)), len(_LEVELS))
    del above[level:]
    above.extend([""] * (level - len(above)))
    above.append(heading.split("。")[0].strip())


def _names(text: str) -> list[tuple[int, int]]:
    """Spans whose numbers belong to a name. Quoted statements, with a figure and a stop, are no names."""
    found = [match.span() for match in _TITLE.finditer(text)]
    found += [match.span() for match in _BRACKET.finditer(text) if not _COUNTED.search(match.group())]
    for match in _QUOTE.finditer(text):
        quoted = match.group()
        if len(quoted) <= LONGEST_NAME or not _STATEMENT.search(quoted):
            found.append(match.span())
    found.sort()
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
