"""A report beside its reading: figures as they were printed, as they were claimed, and what was not proved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from fadu.analytics.figures import Figure
from fadu.infra.official import Heading, Paragraph, Table, plain
from fadu.infra.official.model import Block, Run
from fadu.report_reader import Reading, Verdict
from fadu.report_writer.outline import outline
from fadu.report_writer.provenance import link_of

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


def written(blocks: Iterable[Block], figures: Mapping[str, Figure]) -> Figures:
    """Value and unit of every figure that the report states, each as often as it does: what was counted where the text
    puts it, and what is said against last year."""
    counted = {link_of(one): one.printed(outline().rates) for one in figures.values()}
    runs = [run for block in blocks for run in _runs(block) if run.kind == "figure"]
    printed = [counted.get(run.link or "", run.text) for run in runs]
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
