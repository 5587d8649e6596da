"""Takes rows out of the kept file of an import: an act of destruction on a case reaches what it was imported from.

The row's line becomes empty, its leaf of the import's tree is told by the act: the root is still that of the event.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.db import transaction
from django.db.models import Q

from fadu.kernel import files, ledger, merkle, models
from fadu.kernel.access import Session
from fadu.kernel.bulk.columns import said_of
from fadu.kernel.bulk.running import rows_of
from fadu.kernel.bulk.sheet import FIRST, sheet
from fadu.kernel.bulk.targets import target_of
from fadu.kernel.bulk.tree import Tree
from fadu.rules.casefile import DESTROYING
from fadu.rules.errors import Refusal

NOTES = """
SELECT v.value FROM kernel_event e JOIN kernel_eventvalue v USING (stream_id, position)
WHERE e.step = %s AND v.value LIKE '%%"imports":[{%%' ORDER BY e.stream_id, e.position
"""
Row = tuple[int, list[str]]


def kept_rows(case: int) -> list[tuple[models.Bulk, int]]:
    """The imports, and rows of their kept files, that told a case: the first, and all that told it again."""
    made = models.Case.objects.filter(pk=case, bulk__isnull=False).values_list("bulk", "bulk_row")
    again = models.Matched.objects.filter(case=case).order_by("bulk").values_list("bulk", "row")
    found = [(models.Bulk.objects.get(pk=bulk), row) for bulk, row in [*made, *again] if row is not None]
    return [(bulk, row) for bulk, row in found if row not in gone_of(bulk)]


def gone_of(bulk: models.Bulk) -> dict[int, str]:
    """The rows that acts of destruction took out of an import's file, as the record tells them."""
    return {one["row"]: one["leaf"] for one in _told(bulk)}


def digest_left(bulk: models.Bulk) -> str | None:
    """SM3 that the record tells of the file which is kept now; none when no act left it."""
    return next((one["digest"] for one in _told(bulk) if one["file"] == bulk.file_id), None)


def _told(bulk: models.Bulk) -> list[dict[str, Any]]:
    if bulk.file_id is None or bulk.file_id == said_of(bulk).get("file"):
        return []  # nothing was taken out: it is the file that was imported
    notes = [json.loads(text) for (text,) in ledger.rows(NOTES, [DESTROYING])]
    return [one for note in notes for one in note["imports"] if one["bulk"] == bulk.pk]


def take_out(s: Session, bulk: models.Bulk, row: int) -> dict[str, Any] | None:
    """Rewrites an import's file without one row; returns what the act of destruction has to tell of it.

    The former file goes once the act is certain, unless another import keeps it. None when it is not on the disk.
    """
    bulk = models.Bulk.objects.select_for_update(of=("self",)).select_related("file").get(pk=bulk.pk)
    former = bulk.file
    if former is None or not (path := files.path_of(former.digest)).is_file():
        return None
    leaf = _leaf(s, bulk, path, row)
    with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, suffix=".part") as written:
        with sheet(path) as read:
            csv.writer(written).writerows(_without(read.headings, read.rows, row))
        written.flush()
        digests = files.digests(Path(written.name))
        left = files.keep_instead(former, Path(written.name), digests)
    same = Q(pk=bulk.pk) | Q(taken_back__isnull=False)
    models.Bulk.objects.filter(same, file=former).update(file=left)
    if not models.Bulk.objects.filter(file=former).exists():
        former.delete()
        transaction.on_commit(partial(path.unlink, missing_ok=True))
    return {"bulk": bulk.pk, "row": row, "leaf": leaf, "file": left.digest, "digest": digests.sm3}


def _without(headings: Sequence[str], rows: Iterable[Row], gone: int) -> Iterator[Sequence[str]]:
    """The lines of a file with one of them empty; lines that were empty stay so, since rows are told by number."""
    yield headings
    number = FIRST
    for row, cells in rows:
        yield from ([] for _ in range(number, row))
        yield [] if row == gone else cells
        number = row + 1


def _leaf(s: Session, bulk: models.Bulk, path: Path, wanted: int) -> str:
    """The leaf of a row in the import's tree; none when the declarations of today do not read it any more."""
    columns = dict(said_of(bulk)["columns"])
    try:
        with sheet(path) as read:
            alone = replace(read, rows=(one for one in read.rows if one[0] == wanted))
            found = [
                merkle.leaf(body.encode()).hex() for _, body, _ in rows_of(target_of(s, bulk), alone, columns, Tree())
            ]
    except Refusal:
        return ""
    return found[0] if found else ""


def with_gone(rows: Iterable[Row], gone: Mapping[int, str], tree: Tree) -> Iterator[Row]:
    """The rows that are left; the tree grows by the leaves of the others in their places."""
    left = sorted(gone)
    for row, cells in rows:
        while left and left[0] < row:
            _grow(tree, gone[left.pop(0)])
        yield row, cells
    for number in left:
        _grow(tree, gone[number])


def _grow(tree: Tree, leaf: str) -> None:
    tree.rows += 1
    tree.edge.append(bytes.fromhex(leaf))
