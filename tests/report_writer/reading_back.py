"""A report beside its reading: figures as they were printed, as they were claimed, and what was not proved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from fadu.infra.official import Heading, Paragraph, Table, plain
from fadu.infra.official.model import Block, Run
from fadu.report_reader import Reading, Verdict

_PRINTED = re.compile(r"(\d+(?:\.\d+)?)余?(%|个百分点|[\u4e00-\u9fff]*)")
_COMPARED = re.compile(r"(?:比上年|同比)[^，]*$")
Figures = Counter[tuple[Decimal, str]]


def text_of(blocks: Iterable[Block]) -> str:
    """The bare text, a paragraph or a row of a table a line."""
    lines = []
    for block in blocks:
        match block:
            case Paragraph(runs):
                lines.append(plain(runs))
            case Heading(_, text, runs):
                lines.append(text + plain(runs))
            case Table(rows):
                lines += ["\t".join(plain(cell) for cell in row) for row in rows]
    return "\n".join(lines)


def _runs(block: Block) -> list[Run]:
    match block:
        case Paragraph(runs) | Heading(_, _, runs):
            return list(runs)
        case Table(rows):
            return [run for row in rows for cell in row for run in cell]
        case _:
            return []


def written(blocks: Iterable[Block]) -> Figures:
    """Value and unit of every figure that the report prints, from the runs that carry figures."""
    printed = [run.text for block in blocks for run in _runs(block) if run.kind == "figure"]
    return Counter((Decimal(number), unit) for text in printed for number, unit in _PRINTED.findall(text))


def claimed(reading: Reading) -> Figures:
    """The same of what the reader found."""
    return Counter((claim.value, claim.unit) for claim in reading.claims)


def doubts(reading: Reading) -> list[str]:
    """Relations that do not hold, and rates that none proves; a change against last year is no rate."""
    proved = {name for one in reading.relations if one.verdict is Verdict.HOLDS for name in one.claims[:1]}
    rates = [one for one in reading.claims if one.unit == "%" and one.id not in proved]
    found = [one.reason for one in reading.relations if one.verdict is not Verdict.HOLDS]
    return found + [one.sentence for one in rates if not _COMPARED.search(reading.source[: one.start])]
