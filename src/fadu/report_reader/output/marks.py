"""The text with every figure marked and what was found beside it; the same fragment for page and file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from fadu.report_reader.model import Claim, Other, Reading, Relation, Verdict
from fadu.report_reader.normalise import normalise

WORST_FIRST = (Verdict.FAILS, Verdict.ALTERNATIVE, Verdict.UNVERIFIABLE, Verdict.HOLDS)
ASKED = {
    Verdict.FAILS: "✗ 与文中数字不符，请核对",
    Verdict.ALTERNATIVE: "≈ 换一种算法才相符，请核对口径",
    Verdict.UNVERIFIABLE: "? 文中少一个数，无法核对",
    Verdict.HOLDS: "✓ 相符",
}
"""A finding is a question to the publisher, and nothing is said by colour alone."""
WARNING = "核对结果是向发布单位提出的问题，不是结论：只看文中的数字相互之间对不对得上，不判断数字本身是否属实。"
NEAR = 24
_CLAUSE = re.compile(r"[，。；：,;:]")
_LATIN_BREAK = re.compile(r"(?<=[0-9A-Za-z,.;])\n(?=[0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class Note:
    """A relation with the figure that it is about."""

    relation: Relation
    about: Claim

    @property
    def name(self) -> str:
        """Of its place on the page."""
        return self.relation.id


@dataclass(frozen=True, slots=True)
class Proof:
    """A reading with its notes and the spans to mark, in the order of the text, and what is looked up by id."""

    reading: Reading
    notes: list[Note]
    spans: list[Claim | Other]
    claims: dict[str, Claim]
    of_claim: dict[str, list[Note]]


def body(reading: Reading, notes: Sequence[str] = ()) -> str:
    """Counts, findings, the marked text and the numbers left unread, as sections of a page.

    notes: what of the file was not read.
    """
    proof = _proof(reading)
    return "\n".join((_about(proof), _missed(notes), _counts(proof), _asked(proof), _text(proof), _left(proof)))


def _proof(reading: Reading) -> Proof:
    claims = {one.id: one for one in reading.claims}
    notes = [Note(one, claims[one.claims[0]]) for one in reading.relations]
    of_claim: dict[str, list[Note]] = {}
    for note in sorted(notes, key=_gravity):
        for name in note.relation.claims:
            of_claim.setdefault(name, []).append(note)
    spans: list[Claim | Other] = [*reading.claims, *reading.unread]
    return Proof(reading, sorted(notes, key=_place), sorted(spans, key=_start), claims, of_claim)


def _start(one: Claim | Other) -> int:
    return one.start


def _place(note: Note) -> int:
    return note.about.start


def _gravity(note: Note) -> int:
    return WORST_FIRST.index(note.relation.verdict)


def _of(proof: Proof, verdict: Verdict) -> list[Note]:
    return [note for note in proof.notes if note.relation.verdict is verdict]


# ---------------------------------------------------------------- above the text


def _about(proof: Proof) -> str:
    """What the report says of itself, so that a wrong reading of it is seen."""
    meta = proof.reading.meta
    told = (
        ("地方", meta.place),
        ("年度", str(meta.year or "")),
        ("发布", meta.issued),
        ("报送", meta.reports_to),
        ("比率的末位", meta.rounding),
    )
    said = "　".join(f"{label}：{escape(value)}" for label, value in told if value)
    return f'<p class="about">{said}</p>' if said else ""


def _missed(notes: Sequence[str]) -> str:
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<section class="missed"><h2>文件中没有读到的部分</h2><ul>{lines}</ul></section>' if notes else ""


def _counts(proof: Proof) -> str:
    """What there is, and what the marks mean."""
    reading = proof.reading
    checked = len(proof.of_claim)
    lines = [
        ("", "统计数字", len(reading.claims), "件数、人数、金额、比率等"),
        ("", "其他数字", len(reading.others), "年份、日期、文号、名称等，不核对"),
        ("unread", "没有读懂", len(reading.unread), "列在文后"),
    ]
    lines += [(verdict.value, ASKED[verdict], len(_of(proof, verdict)), "") for verdict in WORST_FIRST]
    lines.append(("unchecked", "没有核对的统计数字", len(reading.claims) - checked, "文中没有能与之对照的数字"))
    told = "".join(
        f'<div class="{name}"><dt>{escape(label)}</dt><dd>{number}{f"<small>{why}</small>" if why else ""}</dd></div>'
        for name, label, number, why in lines
    )
    return f'<dl class="reading-counts">{told}</dl>'


def _asked(proof: Proof) -> str:
    """Findings first, the worst first; each leads to its figure in the text."""
    asked = sorted((note for note in proof.notes if note.relation.verdict is not Verdict.HOLDS), key=_gravity)
    if not asked:
        kind, said = (
            ("good", "没有发现需要核对的地方。没有发现不等于没有差错。") if proof.notes else ("none", _nothing(proof))
        )
        return f'<section class="asked"><h2>核对结果</h2><p class="{kind}">{said}</p></section>'
    lines = "".join(_line(proof, note) for note in asked)
    return f'<section class="asked"><h2>请核对的地方：{len(asked)}处</h2><ol>{lines}</ol></section>'


def _nothing(proof: Proof) -> str:
    return "文中没有能够相互印证的数字，没有可以核对的。" if proof.claims else "文中没有统计数字。"


def _line(proof: Proof, note: Note) -> str:
    one = note.relation
    link = f'<a href="#{note.about.id}">{escape(one.reason)}</a>'
    place = escape(_near(proof.reading.source, note.about))
    return f'<li class="{one.verdict.value}"><p class="asks">{ASKED[one.verdict]}</p>{link}<q>{place}</q></li>'


def _near(source: str, one: Claim) -> str:
    """A few words around a figure, from the beginning of a clause where one is near."""
    before = source[max(0, one.start - NEAR) : one.start].split("\n")[-1]
    clause = _CLAUSE.split(before, maxsplit=1)[-1]
    after = source[one.end : one.end + NEAR // 2].split("\n")[0]
    return f"…{clause.lstrip()}{_told(one, unit=False)}{after.rstrip()}…"


def _left(proof: Proof) -> str:
    """Numbers left unread are shown, so that nobody takes them for checked."""
    left = proof.reading.unread
    if not left:
        return ""
    links = "、".join(f'<a href="#{_name(one)}">{escape(one.raw)}</a>' for one in left)
    return f'<section class="left"><h2>没有读懂的数字</h2><p>不知道它们是什么，没有核对：{links}。</p></section>'


# ---------------------------------------------------------------- the text


def _text(proof: Proof) -> str:
    pieces = ['<section class="proof" aria-labelledby="proof-title"><h2 id="proof-title">全文</h2>']
    for start, end, is_table in _blocks(proof):
        inside = proof.notes[bisect_left(proof.notes, start, key=_place) : bisect_left(proof.notes, end, key=_place)]
        shown = _table(proof, start, end) if is_table else f"<p>{_marked(proof, start, end)}</p>"
        pieces.append(f'<div class="place">{shown}{_notes(proof, inside)}</div>')
    return "\n".join(pieces) + "</section>"


def _blocks(proof: Proof) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs as they were read, with broken lines joined; rows in line, between tabulators, as one table."""
    source = proof.reading.source
    text = normalise(source)
    kept = [text.offset(place) for place, sign in enumerate(text.text) if sign == "\n"]
    starts = [0, *(place + 1 for place in kept)]
    lines = [(start, end) for start, end in zip(starts, [*kept, len(source)], strict=True) if source[start:end].strip()]
    for is_table, group in groupby(lines, key=lambda line: "\t" in source[line[0] : line[1]].strip()):
        if is_table:
            rows = list(group)
            yield rows[0][0], rows[-1][1], True
        else:
            yield from ((start, end, False) for start, end in group)


def _table(proof: Proof, start: int, end: int) -> str:
    rows = []
    for row_start, row_end in _cut(proof.reading.source, start, end, "\n"):
        cells = _cut(proof.reading.source, row_start, row_end, "\t")
        rows.append("<tr>" + "".join(f"<td>{_marked(proof, *cell)}</td>" for cell in cells) + "</tr>")
    region = '<div class="grid" role="region" aria-label="表格" tabindex="0">'
    return f"{region}<table><tbody>{''.join(rows)}</tbody></table></div>"


def _cut(source: str, start: int, end: int, sign: str) -> Iterator[tuple[int, int]]:
    place = start
    for part in source[start:end].split(sign):
        yield place, place + len(part)
        place += len(part) + 1


def _marked(proof: Proof, start: int, end: int) -> str:
    """A piece of the source with its figures marked."""
    pieces: list[str] = []
    place = start
    for one in proof.spans[bisect_left(proof.spans, start, key=_start) : bisect_left(proof.spans, end, key=_start)]:
        pieces.append(_plain(proof.reading.source[place : one.start]))
        pieces.append(_mark(proof, one))
        place = one.end
    pieces.append(_plain(proof.reading.source[place:end]))
    return "".join(pieces)


def _plain(text: str) -> str:
    """Text without the line ends that only broke it to a width."""
    return escape(_LATIN_BREAK.sub(" ", text).replace("\n", ""))


def _name(one: Claim | Other) -> str:
    return one.id if isinstance(one, Claim) else f"u{one.start}"


def _mark(proof: Proof, one: Claim | Other) -> str:
    raw = _plain(one.raw)
    if isinstance(one, Other):
        return f'<mark class="unread" id="{_name(one)}" title="没有读懂，没有核对">{raw}</mark>'
    told = escape("；".join(part for part in (one.measure, one.subject, one.period, one.qualifier) if part))
    notes = proof.of_claim.get(one.id, [])
    if not notes:
        return f'<mark class="unchecked" id="{one.id}" title="{told}">{raw}</mark>'
    names = " ".join(note.name for note in notes)
    kind = notes[0].relation.verdict.value
    return f'<a class="{kind}" id="{one.id}" href="#{notes[0].name}" data-notes="{names}" title="{told}">{raw}</a>'


# ---------------------------------------------------------------- beside the text


def _notes(proof: Proof, notes: list[Note]) -> str:
    """What needs a look stands open; what agrees is folded."""
    if not notes:
        return ""
    asked = [note for note in notes if note.relation.verdict is not Verdict.HOLDS]
    held = [note for note in notes if note.relation.verdict is Verdict.HOLDS]
    pieces = [_note(proof, note) for note in sorted(asked, key=_gravity)]
    if held:
        inside = "".join(_note(proof, note) for note in held)
        pieces.append(f'<details class="held"><summary>✓ 相符 {len(held)}项</summary>{inside}</details>')
    return f'<div class="notes">{"".join(pieces)}</div>'


def _note(proof: Proof, note: Note) -> str:
    one = note.relation
    asked = "" if one.verdict is Verdict.HOLDS else f'<p class="asks">{ASKED[one.verdict]}</p>'
    figures = "、".join(f'<a href="#{name}">{escape(_told(proof.claims[name]))}</a>' for name in one.claims)
    return (
        f'<div class="note {one.verdict.value}" id="{note.name}" tabindex="-1" data-figures="{" ".join(one.claims)}">'
        f'{asked}<p>{escape(one.reason)}</p><p class="of">涉及的数字：{figures}</p></div>'
    )


def _told(one: Claim, *, unit: bool = True) -> str:
    """A figure by itself, as printed."""
    return one.raw.replace("\n", "") + (one.unit if unit and not one.raw.endswith(("%", "％", "‰")) else "")
