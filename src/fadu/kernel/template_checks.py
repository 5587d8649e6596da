"""Checks of a template that an office has edited: what it may say, and what of the built-in one it must keep.

What must be kept is our own reading (本系统理解) of what the built-in paper says by law: its name and number, on whom
it is served, periods, the articles it cites, and the remedies it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fadu.infra.official import parse
from fadu.infra.official.template_reading import Fault
from fadu.kernel.template_words import MARK, NUMBER, TOKEN, Words, normalised

LONGEST = 50_000
DEEPEST = 8
"""So many conditions and loops within each other."""
QUOTED = 16
_NUMBER = "[一二三四五六七八九十百零〇]+"
_CITED = re.compile(rf"《[^《》]+》第{_NUMBER}条(?:第{_NUMBER}款)?(?:第（{_NUMBER}）项)?")
_REMEDIES = (
    "申请行政复议", "提起行政诉讼", "提起诉讼", "提出上诉", "提起上诉", "申请复核", "陈述、申辩", "要求举行听证",
    "要求听证", "提出异议", "申请回避", "申请复查", "申请国家赔偿", "委托代理人", "查阅、复制",
)  # fmt: skip
"""Words by which papers tell people of their rights."""
_LOOP = re.compile(r"\{% for (\w+) in ")
_OF = re.compile(r"(?<![\w.])(\w+)\.")
ELSE = "{% else %}"
_EVERYWHERE = frozenset(("facts", "raw", "more"))


@dataclass(slots=True)
class _Open:
    """A condition or loop that waits for its end. variable: of a loop; other: an 否则 was there."""

    label: str
    line: int
    variable: str = ""
    other: bool = False

    @property
    def bound(self) -> str:
        """The variable that may be used here."""
        return "" if self.other else self.variable

    @property
    def end(self) -> str:
        return "{% endfor %}" if self.variable else "{% endif %}"


def faults(words: Words, built_in: str, text: str) -> list[Fault]:
    """All that is wrong with a text, in its order, then what it lacks."""
    if len(text) > LONGEST:
        return [Fault(0, f"模板超过{LONGEST}字，不像是一份文书的模板")]
    lines = normalised(text).splitlines()
    found = [*_strange(words, lines), *_unbalanced(words, lines)]
    return [*found, *_missing(words, normalised(built_in), lines), *([] if found else _unprintable(lines))]


def placed(words: Words, text: str, found: Sequence[Fault]) -> list[tuple[str, str]]:
    """Each fault as people read it: where, quoting how the paragraph begins, and the sentence."""
    lines = [words.shown(line) for line in normalised(text).splitlines()]
    ordered = sorted(found, key=lambda one: one.line or len(lines) + 1)
    return [(_place(one.line, lines), one.sentence) for one in ordered]


def _place(number: int, lines: Sequence[str]) -> str:
    if not 0 < number <= len(lines):
        return "全文"
    return f"第{number}段“{_quoted(lines[number - 1])}”"


def _quoted(line: str) -> str:
    said = line.lstrip("# ")
    return f"{said[:QUOTED]}……" if len(said) > QUOTED else said


def _strange(words: Words, lines: Sequence[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, start=1):
        for token in TOKEN.findall(line):
            if token not in words.by_token:
                yield Fault(number, f"不认识的占位“{token}”")
        rest = TOKEN.sub("", line)
        yield from (Fault(number, words.unknown(label)) for label in dict.fromkeys(MARK.findall(rest)))
        if any(sign in MARK.sub("", rest) for sign in "{}【】"):
            yield Fault(number, "有不成对的【】，或者花括号；占位的写法是【文号】，括号要成对")


def _unbalanced(words: Words, lines: Sequence[str]) -> Iterator[Fault]:
    """Conditions and loops that are not closed, or closed and never opened; what stands in none, or the wrong one."""
    waiting: list[_Open] = []
    for number, line in enumerate(lines, start=1):
        for token in TOKEN.findall(line):
            label, loop = words.by_token.get(token, token), _LOOP.match(token)
            bound = {one.bound for one in waiting}
            yield from (Fault(number, why) for why in _misplaced(words, token, label, bound))
            if loop or token.startswith("{% if"):
                if len(waiting) == DEEPEST:
                    yield Fault(number, f"【{label}】套了超过{DEEPEST}层，请减少")
                waiting.append(_Open(label, number, loop[1] if loop else ""))
            elif token.startswith("{% el"):
                last = waiting[-1] if waiting else None
                if last is None or last.other or (last.variable and token != ELSE):
                    yield Fault(number, f"【{label}】前面没有与它对应的【如果……】")
                else:
                    last.other = token == ELSE
            elif token.startswith("{% end"):
                if waiting and waiting[-1].end == token:
                    waiting.pop()
                else:
                    yield Fault(number, f"【{label}】前面没有与它成对的开始")
    for one in waiting:
        yield Fault(one.line, f"【{one.label}】没有结束，请在后面补上【{words.by_token[one.end]}】")


def _misplaced(words: Words, token: str, label: str, bound: set[str]) -> Iterator[str]:
    """bound: the variables of the loops around it, empty for a condition."""
    loop = _LOOP.match(token)
    if loop and loop[1] in bound:
        yield f"【{label}】套在同一种逐项里面，请先结束前一个"
    if token == NUMBER and bound:
        yield f"【{label}】每份文书都要有，不能放在【如果……】或者逐项里面"
    known = _EVERYWHERE | bound | ({loop[1]} if loop else set()) | ({"loop"} if any(bound) else set())
    for variable in sorted(set(_OF.findall(token)) - known):
        starts = [f"【{start}】" for other, start in words.by_token.items() if _loops_over(other, variable)]
        yield f"【{label}】只能写在逐项里面，前面要有{'、'.join(starts[:2])}{'等' * (len(starts) != 1)}"


def _loops_over(token: str, variable: str) -> bool:
    loop = _LOOP.match(token)
    return loop is not None and loop[1] == variable


def _missing(words: Words, built_in: str, lines: Sequence[str]) -> Iterator[Fault]:
    before, now = built_in.splitlines(), "\n".join(lines).replace("**", "")
    if not lines or lines[0] != before[0]:
        yield Fault(1, f"第一段是文书的名称“{before[0].removeprefix('# ')}”，由程序规定，不能改")
    told: set[str] = set()
    for number, line in enumerate(before, start=1):
        for kept, what in _kept(words, line):
            if kept not in now and kept not in told:
                told.add(kept)
                yield Fault(0, f"少了{what}，须照自带模板第{number}段“{_quoted(words.shown(line))}”保留")


def _kept(words: Words, line: str) -> Iterator[tuple[str, str]]:
    """What of a line must stay, and its name."""
    served = {f'{{{{ names("{role.name}") }}}}' for role in words.paper.to}
    for found in TOKEN.findall(line):
        if found == NUMBER or found in served or found.startswith(("{{ period(", "{{ extension(")):
            yield found, f"占位【{words.by_token[found]}】"
    for cited in _CITED.findall(TOKEN.sub("", line)):
        yield cited, f"依据“{cited}”"
    for remedy in _REMEDIES:
        if remedy in line:
            yield remedy, f"权利告知“{remedy}”"


def _unprintable(lines: Sequence[str]) -> Iterator[Fault]:
    try:
        parse("\n".join(line for line in lines if TOKEN.sub("", line) or not TOKEN.match(line)))
    except ValueError as error:
        yield Fault(0, str(error))
