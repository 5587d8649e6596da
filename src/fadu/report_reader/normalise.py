"""First stage: one form for every sign, broken lines and spaced-out words joined, each character's place kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

HAN = "\u3400-\u9fff"

# Signs of the block "CJK Radicals Supplement" that PDF files use in place of the ordinary ideographs.
_RADICALS = (
    "⺁厂⺅亻⺆冂⺇几⺌小⺍小⺟母⺠民⺡氵⺢水⺣灬⺧牛⺩王⺫目⺭示⺮竹⺷羊⺸羊⻁虎⻂衣⻄西⻅见⻆角⻇角"
    "⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿"
    "⻰龙"
)
_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_SIGNS = {"∶": ":", "﹪": "%", "﹕": ":", "﹐": ",", "﹑": "、", "〜": "~", "−": "-", "－": "-", "─": "—", "‑": "-"}
_SIGNS |= dict.fromkeys("∗﹡⁎✱", "*")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\r"


def _table() -> dict[int, str]:
    full = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) != "，"}
    kangxi = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    radicals = dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    return str.maketrans({**full, **kangxi, **radicals, **dict.fromkeys(_SPACES, " "), **_SIGNS})


_TABLE = _table()
_OTHER_FORM = re.compile("[" + re.escape("".join(map(chr, _TABLE))) + "]")
_HIDDEN = re.compile(rf"[{_INVISIBLE}]+")
_SPACE = re.compile(r"[ ]+")
_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160);")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ]\d{3}){1,5}(?![\d ])")
_CUT = re.compile(r"\d[ ]*\n[ ]*(?=(?:\d+(?:\.\d+)?)?[%‰" + HAN + "])")
_ROW = re.compile(r"[ ]*(?:\d{1,3}[ ]+)?[^\d\s.,][^\s]*(?:[ ]+(?:\d[\d,]*(?:\.\d+)?[%‰]?|[-—]{1,2})){2,}[ ]*")
_STOPS = frozenset("、,，。:;!?()“”《》〈〉〔〕%‰")
_MARK = re.compile(
    r"[ ]*(?:[一二三四五六七八九十]{1,3}[、是]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]"
    r"|[①-⑳●■◆▪•·*—-]|第[一二三四五六七八九十]+[章节])"
)
_SENTENCE_END = re.compile(r"[。!?:;：；][”\")]?[ ]*$")
_SHORTEST_WRAP = 18
_WRAPPED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Text:
    """The normalised text. starts: where each of its pieces begins in it, gaps: how many signs were left out before."""

    source: str
    text: str
    starts: list[int]
    gaps: list[int]

    def offset(self, place: int) -> int:
        """Where in the source a character of the normalised text stands."""
        return place + self.gaps[bisect_right(self.starts, place) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source a piece of the normalised text stands."""
        piece = bisect_right(self.starts, start)
        gap = self.gaps[piece - 1]
        if piece == len(self.starts) or end <= self.starts[piece]:
            return start + gap, end + gap
        return start + gap, self.offset(end - 1) + 1


def normalise(source: str) -> Text:
    """Every character of the result stands in the source, in the same order; signs may differ in form only."""
    text = _OTHER_FORM.sub(_plain, source)
    if "&" in text:
        text = _ENTITY.sub(lambda match: " " * len(match[0]), text)
    text = _with_cells(text)
    kept: list[str] = []
    starts, gaps = [0], [0]
    length = place = 0
    for start, end in sorted({*_holes(text)}):
        if start > place:
            kept.append(text[place:start])
            length += start - place
        if end > place:
            place = end
            starts.append(length)
            gaps.append(place - length)
    kept.append(text[place:])
    return Text(source, "".join(kept), starts, gaps)


def _with_cells(text: str) -> str:
    """The spaces of a table as tabulators: lines of a name and as many numbers, below a line with their heads."""
    lines = text.split("\n")
    rows = [_ROW.fullmatch(line) is not None if " " in line else False for line in lines]
    place = 1
    while place < len(lines):
        width = len(lines[place].split()) if rows[place] else 0
        end = place
        while end < len(lines) and rows[end] and len(lines[end].split()) == width:
            end += 1
        above = lines[place - 1]
        if end - place > 1 and len(above.split()) == width and not rows[place - 1] and "\t" not in above:
            lines[place - 1 : end] = [_SPACE.sub(_tabulator, line.rstrip()) for line in lines[place - 1 : end]]
        place = max(end, place + 1)
    return "\n".join(lines)


def _tabulator(spaces: re.Match[str]) -> str:
    return spaces.group() if not spaces.start() else "\t" + spaces.group()[1:]


def _plain(match: re.Match[str]) -> str:
    return _TABLE[ord(match.group())]


def _holes(text: str) -> Iterator[tuple[int, int]]:
    if any(sign in text for sign in _INVISIBLE):
        for match in _HIDDEN.finditer(text):
            yield match.span()
    numbers = False
    for match in _SPACE.finditer(text) if " " in text else ():
        start, end = match.span()
        if start > 0 and end < len(text):
            numbers = numbers or (text[start - 1].isdigit() and text[end].isdigit())
            if _joined(text[start - 1], text[end]):
                yield start, end
    if numbers:
        yield from _in_numbers(text)
    lines = text.split("\n")
    if any(line.rstrip(" ")[-1:].isdigit() for line in lines):
        yield from _cut(text)
    yield from _wrapped(lines)


def _in_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Spaces that group the digits of a number in a sentence: 共1 024件."""
    for match in _GROUPED.finditer(text):
        start, end = match.span()
        if _han(text[start - 1 : start]) and _han(text[end : end + 1]):
            yield from ((place, place + 1) for place in range(start, end) if text[place] == " ")


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Ends of lines inside a number, where no cells are."""
    for match in _CUT.finditer(text):
        cells = "\t" in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if not cells and (text[match.end()] in "%‰" or text[match.end()].isdigit()):
            yield match.start() + 1, match.end()


def _han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _joined(before: str, after: str) -> bool:
    """Whether a space between two signs separates nothing: one of them is an ideograph or a stop."""
    if before == "\n" or after == "\n":
        return False
    return _han(before) or _han(after) or before in _STOPS or after in _STOPS


def _wrapped(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Ends of lines in the middle of a sentence, where the text was broken to a width."""
    width = _width(lines)
    if not width:
        return
    place = 0
    for line, following in pairwise(lines):
        place += len(line) + 1
        full = len(line.rstrip()) >= width - 3 and "\t" not in line + following
        heading = _MARK.match(line) and "。" not in line and len(line.rstrip()) < width - 3
        if full and not heading and following.strip() and not _SENTENCE_END.search(line) and not _MARK.match(following):
            yield place - 1 - (len(line) - len(line.rstrip())), place + len(following) - len(following.lstrip())


def _width(lines: list[str]) -> int:
    """The width to which lines were broken; 0 when they were not."""
    long = [line for line in lines if len(line) >= _SHORTEST_WRAP]
    lengths = Counter(len(line.rstrip()) for line in long if len(line.strip()) >= _SHORTEST_WRAP)
    total = sum(lengths.values())
    if total < 3:
        return 0
    width, _ = max(lengths.items(), key=lambda item: (sum(lengths[item[0] + d] for d in (-2, -1, 0)), item[0]))
    near = sum(lengths[width + d] for d in (-3, -2, -1, 0, 1))
    return width if near / total >= _WRAPPED_SHARE and width < 120 else 0
