"""Compares an import with what it left: the kept file with its event, and rows that nobody touched with the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import merge
from itertools import islice
from typing import Any

from fadu.kernel import files, models
from fadu.kernel.access import Session
from fadu.kernel.bulk.columns import said_of
from fadu.kernel.bulk.erasing import digest_left, gone_of, with_gone
from fadu.kernel.bulk.running import canonical, rows_of
from fadu.kernel.bulk.sheet import sheet
from fadu.kernel.bulk.targets import target_of
from fadu.kernel.bulk.tree import Tree
from fadu.rules.errors import Refusal

BATCH = 2000
SHOWN = 20
ENTRY = ("bulk_row", "key", "data", "since", "before", "ended_by")
CASE = ("closed", "done", "facts", "number", "opened", "outcome", "state", "title", "version")
Kept = tuple[int, str | None]
"""Row number and canonical form of a row in the house; None when something was done on it since."""


def faults(s: Session, bulk: models.Bulk) -> Iterator[str]:
    """What does not fit: digest of the file, root of its rows, rows that differ or are missing."""
    said = said_of(bulk)
    if bulk.file is None or not said:
        yield "没有登记导入的文件"
        return
    path, gone = files.path_of(bulk.file.digest), gone_of(bulk)
    if not path.is_file() or files.digests(path).sm3 != (digest_left(bulk) or said["digest"]):
        yield f"导入的文件“{said['name']}”已不在磁盘上，或者与记录的摘要不符"
        return
    tree = Tree()
    try:
        with sheet(path) as read:
            left = replace(read, rows=with_gone(read.rows, gone, tree))
            rows = rows_of(target_of(s, bulk), left, dict(said["columns"]), tree)
            kept = (one for one in merge(_kept(bulk), _matched(bulk)) if one[0] not in gone)
            differing = list(_differing(kept, ((row, body + _indexed(derived)) for row, body, derived in rows)))
    except Refusal as refused:
        yield f"按现行声明不能重新读出导入的文件：{refused.message}"
        return
    if tree.count or tree.rows != said["rows"] or "sm3:" + tree.edge.root().hex() != said["root"]:
        yield "导入的文件重新读出的各行与记录的树根不符（声明、单位名称可能有变动）"
    yield from differing[:SHOWN]
    if len(differing) > SHOWN:
        yield f"另有{len(differing) - SHOWN}行与导入的文件不同"


def _differing(kept: Iterator[Kept], rows: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Both in the order of the file."""
    here = next(kept, None)
    for row, body in rows:
        while here is not None and here[0] < row:
            yield f"第{here[0]}行不在导入的文件中"
            here = next(kept, None)
        if here is None or here[0] > row:
            yield f"导入的第{row}行已经不在"
            continue
        if here[1] is not None and here[1] != body:
            yield f"第{row}行与导入的文件不同"
        here = next(kept, None)
    for left, _ in ([here] if here else []) + list(kept):
        yield f"第{left}行不在导入的文件中"


def _indexed(derived: str) -> str:
    """The indexed facts and the texts to be found by that follow from a row; an entry has none."""
    said = json.loads(derived)
    return canonical([sorted(said["indexed"]), sorted(said["sought"])]) if said else ""


def _kept(bulk: models.Bulk) -> Iterator[Kept]:
    return _entries(bulk) if bulk.kind == "register" else _cases(bulk)


def _entries(bulk: models.Bulk) -> Iterator[Kept]:
    rows = models.RegisterEntry.objects.filter(bulk=bulk).order_by("bulk_row").values(*ENTRY)
    for row in rows.iterator(chunk_size=BATCH):
        before = None if row["ended_by"] is not None else row["before"]  # only what had no end can be ended
        days = {"since": row["since"].isoformat(), "before": before.isoformat() if before else None}
        yield row["bulk_row"], canonical({"key": row["key"], "data": row["data"], **days})


def _cases(bulk: models.Bulk) -> Iterator[Kept]:
    names = ("id", "bulk_row", "stream_id", "body_id", *CASE)
    rows = models.Case.objects.filter(bulk=bulk).order_by("bulk_row").values(*names).iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        parties, indexed, texts = _parties(batch), _indexed_facts(batch), _texts(batch)
        for row in batch:
            said = {name: row[name] for name in CASE} | {"body": row["body_id"], "parties": parties[row["id"]]}
            said |= {name: row[name].isoformat() if row[name] else None for name in ("opened", "closed")}
            body = canonical(said) + canonical([sorted(indexed[row["id"]]), sorted(texts[row["id"]])])
            yield row["bulk_row"], None if row["stream_id"] else body


def _matched(bulk: models.Bulk) -> Iterator[Kept]:
    """Rows about cases that were there before: what they changed stands in the record of those."""
    rows = models.Matched.objects.filter(bulk=bulk).order_by("row").values_list("row", flat=True)
    yield from ((row, None) for row in rows.iterator(chunk_size=BATCH))


def _parties(batch: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """The parties of cases, as their columns say it where these differ from the row."""
    found: dict[int, dict[str, Any]] = {row["id"]: {} for row in batch}
    for one in models.Party.objects.filter(case_id__in=list(found)):
        since, before = one.since.isoformat(), one.before.isoformat() if one.before else None
        columns = {"role": one.role, "name": one.name, "organ": one.organ_id, "since": since, "before": before}
        found[one.case_id][one.key] = one.data | columns
    return found


def _indexed_facts(batch: Sequence[Mapping[str, Any]]) -> dict[int, list[list[Any]]]:
    """The indexed facts of cases as the import made them: name, day, number, text."""
    found: dict[int, list[list[Any]]] = {row["id"]: [] for row in batch}
    for one in models.CaseFact.objects.filter(case_id__in=list(found)):
        number = None if one.number is None else str(one.number)
        found[one.case_id].append([one.name, one.day.isoformat() if one.day else None, number, one.text])
    return found


def _texts(batch: Sequence[Mapping[str, Any]]) -> dict[int, list[list[Any]]]:
    """What cases are found by, as the import made it."""
    found: dict[int, list[list[Any]]] = {row["id"]: [] for row in batch}
    for one in models.Sought.objects.filter(case_id__in=list(found)):
        found[one.case_id].append([one.place, one.audience, one.label, one.text])
    return found
