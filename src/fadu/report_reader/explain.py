"""What each stage makes of a text, or of the sentences asked for, in words: why a figure was read so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fadu.report_reader.found import Found, Quantity
from fadu.report_reader.model import Claim, Relation
from fadu.report_reader.reading import Stages, stages

_BELOW = "　　　　"
LONGEST = 200
"""Signs of an expression: one over thousands is cut."""


def explained(source: str, about: str = "") -> list[str]:
    """Lines for the terminal. about: id of a figure or of a check, or words of a sentence; empty for all with numbers.

    An empty list when nothing fits.
    """
    done = stages(source)
    numbers: dict[int, list[Found]] = {}
    for one in done.found:
        numbers.setdefault(done.layout.sentence_at(one.start), []).append(one)
    checks = _by_sentence(done)
    chosen = _chosen(done, about, checks) if about else sorted(numbers)
    if about and not chosen:
        return []
    lines = list(_whole(done, len(numbers)))
    for index in chosen:
        lines += ["", *_sentence(done, index, numbers.get(index, []), checks.get(index, []))]
    return lines


def _by_sentence(done: Stages) -> dict[int, list[Relation]]:
    """The checks in which a figure of a sentence takes part."""
    sentences = {done.claims[id(one)].id: one.sentence for one in done.found if isinstance(one, Quantity)}
    found: dict[int, list[Relation]] = {}
    for relation in done.reading.relations:
        for index in sorted({sentences[name] for name in relation.claims}):
            found.setdefault(index, []).append(relation)
    return found


def _chosen(done: Stages, about: str, checks: dict[int, list[Relation]]) -> list[int]:
    figures = [one for one in done.found if isinstance(one, Quantity)]
    if named := {one.sentence for one in figures if done.claims[id(one)].id == about}:
        return sorted(named)
    if named := {index for index, listed in checks.items() if any(one.id == about for one in listed)}:
        return sorted(named)
    return [index for index in range(len(done.layout.sentences)) if about in _raw(done, index) + _plain(done, index)]


def _raw(done: Stages, index: int) -> str:
    sentence = done.layout.sentences[index]
    start, end = done.text.span(sentence.start, sentence.end)
    return done.text.source[start:end]


def _plain(done: Stages, index: int) -> str:
    sentence = done.layout.sentences[index]
    return done.layout.text[sentence.start : sentence.end]


def _whole(done: Stages, with_numbers: int) -> Iterator[str]:
    """The stages over the whole text, in counts."""
    source, text, reading = done.text.source, done.text.text, done.reading
    less = len(source) - len(text)
    yield f"规范化：原文 {len(source)} 字，规范后 {len(text)} 字；断行、多余空格和不可见字符去掉 {less} 个。"
    layout = done.layout
    yield (
        f"分句：{len(layout.sentences)} 句，{with_numbers} 句有数字；书名号、引号、文号括号 {len(layout.names)} 处；"
        f"表格 {len(done.tables)} 张。"
    )
    yield f"数字：统计数字 {len(reading.claims)} 个，其他 {len(reading.others)} 个，没有读懂 {len(reading.unread)} 个。"
    yield f"关系：{len(reading.relations)} 项，需要询问的 {len(reading.findings)} 项。"


def _sentence(done: Stages, index: int, numbers: list[Found], checks: list[Relation]) -> Iterator[str]:
    """One sentence from stage to stage."""
    sentence = done.layout.sentences[index]
    start, end = done.text.span(sentence.start, sentence.end)
    raw, plain = _raw(done, index), _plain(done, index)
    yield f"第 {index + 1} 句（原文第 {start + 1}—{end} 字）"
    yield f"原文　　{_one_line(raw)}"
    yield f"规范化　{'不变' if plain == raw else _one_line(plain)}"
    headings = " › ".join(heading for heading in sentence.headings if heading)
    yield f"分句　　{f'标题：{headings}' if headings else '没有标题'}{_names(done, sentence.start, sentence.end)}"
    yield from _listed("数字　　", (_number(done, one) for one in numbers))
    figures = [(one, done.claims[id(one)]) for one in numbers if isinstance(one, Quantity)]
    yield from _listed("事项　　", (_measure(one, claim) for one, claim in figures))
    yield from _listed("关系　　", (_relation(one) for one in checks))
    yield from _listed("结论　　", (f"{one.id}　{one.verdict.label}：{one.reason}" for one in checks))


def _listed(label: str, told: Iterable[str]) -> Iterator[str]:
    """A label before the first line, the others below it."""
    for place, line in enumerate(list(told) or ["没有"]):
        yield (label if not place else _BELOW) + line


def _one_line(text: str) -> str:
    return text.replace("\n", "⏎").replace("\t", "│")


def _names(done: Stages, start: int, end: int) -> str:
    names = [done.layout.text[a:b] for a, b in done.layout.names if start <= a < end]
    return f"；名称：{'、'.join(names)}" if names else ""


def _number(done: Stages, one: Found) -> str:
    start, end = done.text.span(one.start, one.end)
    raw = _one_line(done.text.source[start:end])
    if not isinstance(one, Quantity):
        return f"“{raw}”　不是统计数字：{one.kind}"
    claim = done.claims[id(one)]
    high = f"至{claim.high:f}" if claim.high is not None else ""
    qualifier = f"，限定词“{claim.qualifier}”" if claim.qualifier else ""
    place = "，在表格中" if one.in_table else ""
    approx = "，约数" if claim.approx else ""
    return f"“{raw}”　{claim.id}＝{claim.value:f}{high}{claim.unit or '（没有单位）'}{qualifier}{approx}{place}"


def _measure(one: Quantity, claim: Claim) -> str:
    beside = f"前文“{_one_line(one.left)}”" + (f"，后文“{_one_line(one.right)}”" if one.right else "")
    told = (("事项", claim.measure), ("对象", claim.subject), ("期间", claim.period), ("目录中的统计", claim.indicator))
    return f"{claim.id}　{beside}；" + "；".join(f"{label}：{word or '没有写明'}" for label, word in told)


def _relation(one: Relation) -> str:
    computed = "算不出" if one.computed is None else f"算得 {one.computed:f}"
    reading = f"；另一口径：{one.reading}" if one.reading else ""
    expr = one.expr if len(one.expr) <= LONGEST else f"{one.expr[:LONGEST]} …"
    return f"{one.id}　{one.kind.label}　{expr}；文中 {one.stated:f}，{computed}{reading}"
