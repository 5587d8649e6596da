"""A later import of mirrored cases: which of its rows are new, which tell a case otherwise, which as it was.

The cases belong to bodies that the importing administrator does not see. They are reached through functions of the
database, which answer only what imports said of them: docs/decisions/0017.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from fadu.kernel import ledger, mirrored, models, store
from fadu.kernel.access import Session
from fadu.kernel.bulk.tree import Tree
from fadu.kernel.ledger import Deed
from fadu.kernel.titles import title_of
from fadu.rules.casefile import UPDATING, CaseFile, Operation, Recorded, apply, note, refold, set_head
from fadu.rules.facts import Audience
from fadu.rules.procedure import Procedure

UPDATED = "转录更新"
KNOWN = "SELECT place, told::text FROM fadu_bulk_known(%s, %s, %s)"
CHANGED = 'SELECT "position", told::text FROM fadu_bulk_changed(%s)'
Row = tuple[int, str, str]
"""Number, canonical body, canonical form of what follows from it."""


class Result(StrEnum):
    """What became of a row, or of a case that has none."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"new": "新增", "updated": "更新", "unchanged": "未变", "faulty": "错误", "missing": "文件中没有"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report on an import. row: none of a case that the file does not have."""

    row: int | None
    number: str
    result: Result
    said: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A mirrored case as imports told it. acted: something else was done in it; whole: the case where nothing was."""

    told: CaseFile
    whole: store.Loaded | None
    origin: Mapping[str, Any]
    destroyed: bool

    @property
    def acted(self) -> bool:
        return self.whole is None


class Matching:
    """Compares the rows of an import with the mirrored cases of its system, and writes what changed."""

    def __init__(self, s: Session, bulk: models.Bulk, deed: Deed, columns: Mapping[str, str]) -> None:
        """deed: the import's act, under whose id the cases are changed."""
        self._s, self._bulk, self._deed = s, bulk, deed
        self._said = frozenset(columns.values())
        self._headings = {meaning: heading for heading, meaning in columns.items()}
        self._seen: dict[int, int] = {}
        self._lines: list[Line] = []
        ledger.rows("SELECT fadu_bulk_hold(%s)::text", [bulk.pk])

    def new(self, rows: Sequence[Row], tree: Tree) -> list[Row]:
        """The rows whose cases are not there yet. Of the others the changed ones are written, until a row is faulty."""
        bodies = [json.loads(body) for _, body, _ in rows]
        organs = [json.loads(derived)["organ"] for *_, derived in rows]
        found = ledger.rows(KNOWN, [self._bulk.pk, [body["number"] for body in bodies], organs])
        known = {int(place) - 1: _known(json.loads(told)) for place, told in found}
        left, matched = [], []
        for place, (row, body) in enumerate(zip(rows, bodies, strict=True)):
            if place not in known:
                left.append(row)
                self._lines.append(Line(row[0], body["number"] or "", Result.NEW))
            elif one := self._told(row[0], body, known[place], tree):
                matched.append(one)
        models.Matched.objects.bulk_create(matched if not tree.count else ())
        return left

    def _told(self, row: int, body: Mapping[str, Any], known: Known, tree: Tree) -> models.Matched | None:
        """Judges and enters one row about a case that is there; None when it is refused."""
        case = known.told
        first = self._seen.setdefault(case.id, row)
        if first != row:
            tree.fault(row, self._heading("number"), f"案号“{body['number']}”在第{first}行已经有了")
            return None
        if known.destroyed:
            tree.fault(row, self._heading("number"), "本案的内容已经依法销毁，不能再转录，请从文件中删去这一行")
            return None
        procedure = self._s.registry.procedure(case.system, case.version)
        operations = _titled(case, procedure, mirrored.anew(case, body, self._said), self._said)
        faults = dict(_refused(known, body, operations))
        for meaning, sentence in faults.items():
            tree.fault(row, self._heading(meaning), sentence)
        if faults:
            return None
        said = "；".join(map(str, mirrored.differences(procedure, case, operations)))
        self._lines.append(Line(row, case.number or "", Result.UPDATED if operations else Result.UNCHANGED, said))
        position = self._write(row, known, procedure, operations) if operations and not tree.count else None
        return models.Matched(bulk=self._bulk, row=row, case_id=case.id, position=position)

    def _heading(self, meaning: str) -> str:
        return self._headings.get(meaning, "")

    def _write(self, row: int, known: Known, procedure: Procedure, operations: list[Operation]) -> int:
        """One event on the chain of the case; returns its position."""
        loaded = known.whole
        assert loaded is not None  # a case in which something else was done is refused
        if not loaded.stream:
            mirrored.begin(self._s, loaded, procedure, known.origin)
        origin = note(mirrored.ORIGIN, {"stream": self._bulk.stream_id, "position": self._bulk.position, "row": row})
        deed = replace(self._deed, step=UPDATING, label=UPDATED, audience=Audience.PARTIES.value)
        apply(loaded.case, operations)
        store.write(self._s, loaded, procedure, deed, [*operations, origin], None, self._bulk.pk)
        return loaded.case.position

    def report(self, tree: Tree) -> tuple[Line, ...]:
        """Every row and what became of it, then the cases of the same organs that the file does not have."""
        faulty = {fault.row for fault in tree.faults}
        told = [line for line in self._lines if line.row not in faulty]
        told += [Line(fault.row, "", Result.FAULTY, fault.sentence) for fault in tree.faults]
        if not tree.count:
            told += self._missing()
        return tuple(sorted(told, key=lambda line: (line.row is None, line.row or 0)))

    def _missing(self) -> Iterator[Line]:
        """Cases that were mirrored and which this file does not tell: they stay as they are."""
        for (number,) in ledger.rows("SELECT number FROM fadu_bulk_missing(%s)", [self._bulk.pk]):
            yield Line(None, number, Result.MISSING)


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How many rows were new, updated, unchanged; how many cases the file does not have."""
    found = Counter(line.result for line in lines)
    return {result.value: found[result] for result in Result}


def take_back(s: Session, bulk: models.Bulk, deed: Deed) -> None:
    """Gives the cases that an import changed the values back which they had, each by an event of the same act."""
    for position, told in ledger.rows(CHANGED, [bulk.pk]):
        known, record = _known(json.loads(told)), _record(json.loads(told))
        loaded = known.whole
        assert loaded is not None  # otherwise it is refused to take the import back
        procedure = s.registry.procedure(known.told.system, known.told.version)
        loaded.case = refold(loaded.case, record, frozenset({position}))
        mine = replace(deed, label=f"撤回{UPDATED}", audience=Audience.PARTIES.value, reverses=position)
        store.write(s, loaded, procedure, mine, [], None, bulk.pk)


def _known(told: Mapping[str, Any]) -> Known:
    whole = store.of_whole(told["whole"]) if told["whole"] else None
    if whole is not None:
        case = whole.case
    else:
        names = ("id", "system", "version", "organ", "body", "opened")
        case = refold(CaseFile(**{name: told[name] for name in names}), _record(told))
    return Known(case, whole, told["origin"], told["destroyed"])


def _record(told: Mapping[str, Any]) -> list[Recorded]:
    """The events of a case with what imports said in them."""
    values = {(position, slot): value for position, slot, value in told["values"]}
    return [
        Recorded(e["position"], e["step"], "", None, e["reverses"],
                 ledger.with_values(e["position"], e["operations"], values))
        for e in told["record"]
    ]  # fmt: skip


def _titled(
    case: CaseFile, procedure: Procedure, operations: list[Operation], said: Collection[str]
) -> list[Operation]:
    """With the title that follows from what changed, where the title was made from it and the file has none."""
    if not operations or "title" in said or case.title != title_of(case, procedure):
        return operations
    after = case.copy()
    apply(after, operations)
    title = title_of(after, procedure)
    return operations if title == case.title else [*operations, set_head(title=title)]


def _refused(known: Known, body: Mapping[str, Any], operations: Sequence[Operation]) -> Iterator[tuple[str, str]]:
    """Why a row cannot be entered, by what it is about."""
    case = known.told
    if operations and known.acted:
        yield "number", "本案转录以后已有其他办理，不能由导入更新，请从文件中删去这一行，由办理机构核对后在本案中登记"
    if body["opened"] != case.opened:
        yield "opened", f"收件日期原为{case.opened}，决定适用的程序文本，不能由导入更新，请核对后删去这一行或者改回"
    elif body["version"] != case.version:
        yield "opened", f"原按{case.version}文本转录，现行法律库对这一天给出{body['version']}文本，请先核对法律库"
    if body["body"] != case.body:
        yield "body", "办理机构与原来转录的不同，不能由导入更新，请核对后删去这一行或者改回"
