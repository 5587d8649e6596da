"""Reads the files of passages and scores the reader against them. See passages/README.md."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from fadu.report_reader import Reading, Verdict, read

FOLDER = Path(__file__).parent / "passages"
_MARKED = re.compile(r"\{([^{}=]+)(?:=([\d.]+))?\}", re.DOTALL)
_RELATION = re.compile(r"> (?P<kind>\w+) (?P<claims>[\d .=+\-/]+) (?P<verdict>\w+)$")
RIGHT = {
    "holds": {Verdict.HOLDS},
    "fails": {Verdict.FAILS, Verdict.ALTERNATIVE},
    "alternative": {Verdict.FAILS, Verdict.ALTERNATIVE},
    "unverifiable": {Verdict.UNVERIFIABLE},
}
"""A wrong figure may be told with a reading in which it holds, or plainly."""


@dataclass(frozen=True)
class Passage:
    """text: without marks; claims: (start, end, value) in order; relations: kind, claims by order, verdict."""

    text: str
    claims: list[tuple[int, int, Decimal]]
    relations: list[tuple[str, list[int], str]]


@dataclass
class Score:
    """What was found of what there is, and what was found besides."""

    claims: int = 0
    found: int = 0
    given: int = 0
    relations: int = 0
    agreed: int = 0
    alarms: int = 0
    numbers: int = 0
    unread: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.claims

    @property
    def precision(self) -> float:
        return self.found / max(self.given, 1)

    @property
    def relation_recall(self) -> float:
        return self.agreed / self.relations


def passages(name: str) -> list[Passage]:
    """All passages of a file."""
    blocks = re.split(r"\n{2,}", (FOLDER / name).read_text(encoding="utf-8"))
    return [parsed for block in blocks if (parsed := _parsed(block)) is not None]


def _parsed(block: str) -> Passage | None:
    lines = [line for line in block.splitlines() if not line.startswith("# ") and line.strip()]
    marked = "\n".join(line for line in lines if not line.startswith("> "))
    if not marked:
        return None
    text, place = "", 0
    claims: list[tuple[int, int, Decimal]] = []
    for match in _MARKED.finditer(marked):
        text += marked[place : match.start()]
        value = match[2] or re.sub(r"[,\s]", "", match[1])
        claims.append((len(text), len(text) + len(match[1]), Decimal(value)))
        text += match[1]
        place = match.end()
    relations = []
    for line in lines:
        if line.startswith("> "):
            told = _RELATION.match(line)
            assert told, f"not a relation: {line}"
            named = [int(n) for n in re.findall(r"(?<![\d.])\d+(?![\d.])", told["claims"])]
            relations.append((told["kind"], [n for n in named if n <= len(claims)], told["verdict"]))
    return Passage(text + marked[place:], claims, relations)


def score(name: str) -> Score:
    """Reads each passage by itself and adds up."""
    total = Score()
    for passage in passages(name):
        _add(total, passage, read(passage.text))
    return total


def _add(total: Score, passage: Passage, reading: Reading) -> None:
    total.claims += len(passage.claims)
    total.given += len(reading.claims)
    total.numbers += len(reading.claims) + len(reading.others) + len(reading.unread)
    total.unread += len(reading.unread)
    order: dict[str, int] = {}
    for number, (start, end, value) in enumerate(passage.claims, start=1):
        hit = next((one for one in reading.claims if one.start < end and start < one.end and one.value == value), None)
        if hit:
            order[hit.id] = number
            total.found += 1
        else:
            total.faults.append(f"missed {passage.text[start:end]!r} in {passage.text[:60]!r}")
    for one in reading.claims:
        if one.id not in order:
            total.faults.append(f"no claim {one.raw!r} = {one.value} in {passage.text[:60]!r}")
    _relations(total, passage, reading, order)


def _relations(total: Score, passage: Passage, reading: Reading, order: dict[str, int]) -> None:
    found = [({order.get(name, 0) for name in one.claims}, one) for one in reading.relations]
    failing = [set(claims) for _, claims, verdict in passage.relations if verdict in ("fails", "alternative")]
    for kind, claims, verdict in passage.relations:
        total.relations += 1
        if any(set(claims) == got and one.kind == kind and one.verdict in RIGHT[verdict] for got, one in found):
            total.agreed += 1
        else:
            total.faults.append(f"relation {kind} {claims} {verdict} in {passage.text[:60]!r}")
    for got, one in found:
        if one.verdict is Verdict.FAILS and got not in failing:
            total.alarms += 1
            total.faults.append(f"false alarm {one.kind} {sorted(got)} in {passage.text[:60]!r}: {one.reason}")
