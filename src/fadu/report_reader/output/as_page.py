"""The text with every figure marked, the findings beside it: one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from fadu.report_reader.model import Claim, Reading, Relation, Verdict

WORST_FIRST = (Verdict.FAILS, Verdict.ALTERNATIVE, Verdict.UNVERIFIABLE, Verdict.HOLDS)


def verdicts(reading: Reading) -> dict[str, Verdict]:
    """For each claim that is part of a relation, the worst verdict of those it is part of."""
    found: dict[str, Verdict] = {}
    for verdict in reversed(WORST_FIRST):
        for relation in reading.relations:
            if relation.verdict is verdict:
                found |= dict.fromkeys(relation.claims, verdict)
    return found


def marked(reading: Reading) -> str:
    """The source as HTML paragraphs; each figure is a <mark> with the class of its verdict and its id."""
    worst = verdicts(reading)
    pieces: list[str] = []
    place = 0
    for claim in reading.claims:
        kind = worst[claim.id].value if claim.id in worst else "unchecked"
        pieces.append(escape(reading.source[place : claim.start]))
        pieces.append(f'<mark class="{kind}" id="{claim.id}" title="{escape(_told(claim))}">{escape(claim.raw)}</mark>')
        place = claim.end
    pieces.append(escape(reading.source[place:]))
    lines = "".join(pieces).split("\n")
    return "\n".join(f"<p>{line}</p>" for line in lines if line.strip())


def listed(relations: Iterable[Relation]) -> str:
    """Relations as a list; each leads to its first figure."""
    return "\n".join(
        f'<li class="{one.verdict.value}"><a href="#{one.claims[0]}">'
        f"<b>{one.verdict.label}</b>　{escape(one.reason)}</a></li>"
        for one in sorted(relations, key=lambda one: WORST_FIRST.index(one.verdict))
    )


def _told(claim: Claim) -> str:
    return "；".join(part for part in (claim.measure, claim.subject, claim.period, claim.qualifier) if part)


STYLE = """
:root {
  color-scheme: light dark;
  --holds: #d8f0dc; --fails: #ffd6d0; --other: #ffe8b8; --grey: #e6e6e6; --ink: #1d2129;
}
@media (prefers-color-scheme: dark) {
  :root { --holds: #1f4a2a; --fails: #6b211a; --other: #5c4410; --grey: #3a3a3a; --ink: #e8e8e8; }
}
body {
  font: 17px/1.8 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui;
  color: var(--ink); margin: 1rem auto; max-width: 75rem; padding: 0 1rem;
}
main { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 2rem; }
@media (max-width: 50rem) { main { display: block; } }
mark { color: inherit; border-radius: 3px; padding: 0 2px; background: var(--grey); }
mark.holds { background: var(--holds); }
mark.fails { background: var(--fails); outline: 2px solid #c0392b; }
mark.alternative { background: var(--other); }
mark:target { outline: 3px solid #1a73e8; }
aside { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; }
aside ul { list-style: none; padding: 0; }
li { border-left: .4rem solid var(--grey); padding: .2rem .6rem; margin: .4rem 0; }
li.fails { border-color: #c0392b; }
li.alternative { border-color: #d99a00; }
li.holds { border-color: #3c9a54; }
li a { color: inherit; text-decoration: none; }
p { margin: .4em 0; }
@media print { main { display: block; } aside { position: static; max-height: none; } }
"""
WARNING = "核对结果是向发布单位提出的问题，不是结论。"


def as_page(reading: Reading, file: str = "") -> str:
    """A whole page for one report."""
    title = escape(reading.meta.title or file or "报告核对")
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = f"<h1>{title}</h1><p>{counted(reading)}{WARNING}</p>"
    body += f"<main><article>{marked(reading)}</article>"
    body += f"<aside><h2>核对</h2><ul>{listed(reading.relations)}</ul></aside></main>"
    return f'<!doctype html><html lang="zh-CN"><head>{head}<style>{STYLE}</style></head><body>{body}</body></html>'


def counted(reading: Reading) -> str:
    """How many numbers the text has, and as what they were read."""
    total = len(reading.claims) + len(reading.others) + len(reading.unread)
    others = f"年份、文号、名称等{len(reading.others)}个，没有读懂的{len(reading.unread)}个。"
    return f"数字{total}个：统计数字{len(reading.claims)}个，{others}"
